//! The ways to spend as people speak of them: "2 of: you, Bob, Carol; or after 52,560 blocks: you
//! alone". A threshold that counts a lock among its members becomes several ways.

use super::{Condition, HashLock, Lock, PathPlace, SpendingPolicy};

/// One way to spend.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alternative {
    /// Where it stands.
    pub place: PathPlace,
    /// Every one of these groups must sign.
    pub signers: Vec<Quorum>,
    /// Every one of these locks must be open.
    pub locks: Vec<Lock>,
    /// Every one of these secrets must be known.
    pub hashes: Vec<HashLock>,
}

/// So many of some signers.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Quorum {
    /// The signer of this number.
    One(usize),
    /// So many of these.
    Of {
        /// How many.
        needed: usize,
        /// Of which.
        of: Vec<Quorum>,
    },
}

impl Alternative {
    /// The number of the one signer who can spend so alone, secrets aside.
    pub fn alone(&self) -> Option<usize> {
        match self.signers.as_slice() {
            [Quorum::One(signer)] => Some(*signer),
            _ => None,
        }
    }

    /// The single quorum: how many of how many signers, where it is that simple.
    pub fn quorum(&self) -> Option<(usize, usize)> {
        match self.signers.as_slice() {
            [Quorum::One(_)] => Some((1, 1)),
            [Quorum::Of { needed, of }] if of.iter().all(|one| matches!(one, Quorum::One(_))) => {
                Some((*needed, of.len()))
            }
            several if several.iter().all(|one| matches!(one, Quorum::One(_))) => {
                Some((several.len(), several.len()))
            }
            _ => None,
        }
    }
}

impl Quorum {
    fn is_group(&self) -> bool {
        matches!(self, Self::Of { .. })
    }

    /// The numbers of everyone in it.
    pub fn everyone(&self) -> Vec<usize> {
        match self {
            Self::One(signer) => vec![*signer],
            Self::Of { of, .. } => of.iter().flat_map(Self::everyone).collect(),
        }
    }
}

/// What must be there together.
#[derive(Clone, Default)]
struct Demand {
    signers: Vec<Quorum>,
    locks: Vec<Lock>,
    hashes: Vec<HashLock>,
}

impl Demand {
    fn and(&self, other: &Self) -> Self {
        let mut both = self.clone();
        both.signers.extend(other.signers.iter().cloned());
        for lock in &other.locks {
            if !both.locks.contains(lock) {
                both.locks.push(*lock);
            }
        }
        for hash in &other.hashes {
            if !both.hashes.contains(hash) {
                both.hashes.push(hash.clone());
            }
        }
        both
    }
}

pub(super) fn alternatives(policy: &SpendingPolicy) -> Option<Vec<Alternative>> {
    let mut found = Vec::new();
    for path in &policy.paths {
        for Demand { signers, mut locks, hashes } in demands(&path.condition)? {
            locks.sort_unstable();
            found.push(Alternative { place: path.place, signers, locks, hashes });
        }
        if found.len() > SpendingPolicy::MOST {
            return None;
        }
    }
    // the soonest first; ways without a lock before those with a relative, then an absolute one
    found.sort_by(|one, other| {
        one.locks.len().cmp(&other.locks.len()).then_with(|| {
            let seconds =
                |way: &Alternative| way.locks.iter().filter_map(|lock| lock.seconds()).max();
            seconds(one).cmp(&seconds(other)).then_with(|| one.locks.cmp(&other.locks))
        })
    });
    Some(found)
}

/// The ways to meet a condition; None when they are too many.
fn demands(condition: &Condition) -> Option<Vec<Demand>> {
    if let Some(quorum) = quorum(condition) {
        let by = |signers| Demand { signers, ..Demand::default() };
        return Some(match quorum {
            // groups of signers side by side are ways of their own; groups that are all needed, one
            Quorum::Of { needed: 1, of } if of.iter().any(Quorum::is_group) => {
                of.into_iter().map(|one| by(vec![one])).collect()
            }
            Quorum::Of { needed, of } if needed == of.len() && of.iter().any(Quorum::is_group) => {
                vec![by(of)]
            }
            quorum => vec![by(vec![quorum])],
        });
    }
    Some(match condition {
        Condition::Never => Vec::new(),
        Condition::Always | Condition::Key(_) => vec![Demand::default()],
        Condition::Lock(lock) => vec![Demand { locks: vec![*lock], ..Demand::default() }],
        Condition::Hash(hash) => vec![Demand { hashes: vec![hash.clone()], ..Demand::default() }],
        Condition::Threshold { needed, of } => threshold(*needed, of)?,
    })
}

/// A condition of signatures alone.
fn quorum(condition: &Condition) -> Option<Quorum> {
    match condition {
        Condition::Key(signer) => Some(Quorum::One(*signer)),
        Condition::Threshold { needed, of } => {
            let of: Option<Vec<Quorum>> = of.iter().map(quorum).collect();
            match of?.as_slice() {
                [one] if *needed == 1 => Some(one.clone()),
                of => Some(Quorum::Of { needed: *needed, of: of.to_vec() }),
            }
        }
        _ => None,
    }
}

/// Signatures stay together as one group; of the other members every choice is its own way.
fn threshold(needed: usize, of: &[Condition]) -> Option<Vec<Demand>> {
    let signers: Vec<Quorum> = of.iter().filter_map(quorum).collect();
    let others: Vec<&Condition> = of.iter().filter(|one| quorum(one).is_none()).collect();
    // ways to meet so many of the other members, by how many
    let mut met: Vec<Vec<Demand>> = vec![vec![Demand::default()]];
    for other in others {
        let ways = demands(other)?;
        let mut next = met.clone();
        next.push(Vec::new());
        for (count, demands) in met.iter().enumerate() {
            for demand in demands {
                next[count + 1].extend(ways.iter().map(|way| demand.and(way)));
            }
        }
        if next.iter().map(Vec::len).sum::<usize>() > SpendingPolicy::MOST {
            return None;
        }
        met = next;
    }
    let mut found = Vec::new();
    for (count, demands) in met.iter().enumerate().take(needed + 1) {
        let group = match (needed - count, signers.as_slice()) {
            (0, _) => None,
            (more, signers) if more > signers.len() => continue,
            (1, [one]) => Some(one.clone()),
            (more, signers) => Some(Quorum::Of { needed: more, of: signers.to_vec() }),
        };
        for demand in demands {
            let mut demand = demand.clone();
            if let Some(group) = &group {
                demand.signers.insert(0, group.clone());
            }
            found.push(demand);
        }
    }
    Some(found)
}
