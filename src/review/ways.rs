//! The ways to spend from a registered wallet, as one input of this transaction stands to each: who
//! signed, who is missing, which locks the transaction does not open, which ways our signature helps.

use super::examine::Context;
use super::inputs::Case;
use super::owner::{Owned, Owner};
use crate::psbt::{Input, Psbt};
use crate::wallet::{Condition, Lock, PathPlace, PlacedPolicy, Quorum, Registered};
use bitcoin::taproot::{LeafVersion, TapLeafHash};
use bitcoin::{PublicKey, absolute, relative};

/// One way to spend, as an input stands to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Way {
    /// Where it stands in the wallet's policy.
    pub place: PathPlace,
    /// Valid signatures that it needs and that are not there yet, ours among them.
    pub missing: usize,
    /// Who has signed it.
    pub signed: Vec<Party>,
    /// Who has not, and could.
    pub unsigned: Vec<Party>,
    /// A signature of ours counts in it, there or to be made now.
    pub helped: bool,
    /// Its locks, each with why it is still closed; None where it is open.
    pub locks: Vec<(Lock, Option<Closed>)>,
    /// How many secrets behind hashes it takes.
    pub secrets: usize,
}

/// Who may sign.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Party {
    /// The open seed: its key was derived here.
    You,
    /// A cosigner: the label that it was registered with, else its fingerprint.
    Cosigner(String),
}

/// Why a lock is closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Closed {
    /// BIP112: the input's sequence does not ask for it, or the version is below 2.
    Sequence,
    /// BIP65: the transaction's locktime does not ask for it.
    LockTime,
    /// The transaction asks for it, but this machine's clock has not come so far.
    Clock,
}

impl Way {
    /// May it be used by this transaction as it stands, once everybody signed?
    pub fn is_open(&self) -> bool {
        self.locks.iter().all(|(_, closed)| matches!(closed, None | Some(Closed::Clock)))
    }
}

impl Party {
    /// The signer of this number in a wallet that is not ours to sign as.
    fn cosigner(wallet: &Registered, number: usize) -> Self {
        let label = wallet.labels().get(number).and_then(Option::as_deref);
        let origin = wallet.signers().get(number).and_then(|signer| signer.origin.as_ref());
        Self::Cosigner(match (label, origin) {
            (Some(label), _) => label.to_owned(),
            (None, Some((fingerprint, _))) => fingerprint.to_string(),
            (None, None) => format!("key {}", number + 1),
        })
    }
}

impl std::fmt::Display for Party {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::You => f.write_str("you"),
            Self::Cosigner(name) => f.write_str(name),
        }
    }
}

impl Closed {
    /// The reason as the end of a sentence.
    pub fn reason(self) -> &'static str {
        match self {
            Self::Sequence => "the input's sequence does not ask for it",
            Self::LockTime => "the transaction's locktime does not ask for it",
            Self::Clock => "this machine's clock has not come so far",
        }
    }
}

/// The registered wallet's policy at the place that an input spends from.
pub(super) struct Standing<'a> {
    wallet: &'a Registered,
    owned: &'a Owned,
    placed: PlacedPolicy,
}

impl<'a> Standing<'a> {
    /// None for a seed's own coins, and where the policy cannot be told.
    pub(super) fn of(context: &Context<'a>, owned: &'a Owned) -> Option<Self> {
        let Owner::Wallet(number) = owned.owner else { return None };
        let wallet = context.wallets.get(number)?;
        let (chain, index) = (owned.chain?, owned.index?);
        let placed = wallet.spending_policy_at(chain, index, owned.derived.as_ref()?).ok()?;
        Some(Self { wallet, owned, placed })
    }

    /// Who signs with the key that stands in the script with these bytes.
    pub(super) fn party(&self, names: impl Fn(&[u8]) -> bool) -> Option<Party> {
        let stands = |key: &PublicKey| {
            names(&key.to_bytes()) || names(&key.inner.x_only_public_key().0.serialize())
        };
        let number = self.placed.keys.iter().position(|(key, _)| stands(key))?;
        self.name(number)
    }

    /// Who signs with Taproot's internal key.
    pub(super) fn internal(&self) -> Option<Party> {
        let first = self.placed.policy.paths.first()?;
        match (first.place, &first.condition) {
            (PathPlace::InternalKey, Condition::Key(number)) => self.name(*number),
            _ => None,
        }
    }

    /// Whose the key of this number is.
    fn name(&self, number: usize) -> Option<Party> {
        let (key, signer) = self.placed.keys.get(number)?;
        Some(if self.is_ours(key) { Party::You } else { Party::cosigner(self.wallet, *signer) })
    }

    fn is_ours(&self, key: &PublicKey) -> bool {
        let key = key.inner.x_only_public_key().0;
        self.owned.keys.iter().any(|ours| ours.key.x_only_public_key().0 == key)
    }

    /// The leaf that a Taproot way's signatures are for.
    fn leaf(&self, place: PathPlace) -> Option<TapLeafHash> {
        let PathPlace::Leaf { number, .. } = place else { return None };
        let miniscript::Descriptor::Tr(tr) = &self.owned.derived.as_ref()?.descriptor else {
            return None;
        };
        let (_, script) = tr.iter_scripts().nth(number.checked_sub(1)?)?;
        Some(TapLeafHash::from_script(&script.encode(), LeafVersion::TapScript))
    }

    /// Every way, the soonest first; none where they are too many to be listed.
    pub(super) fn ways(
        &self,
        psbt: &Psbt,
        input: &Input,
        case: &Case,
        now: Option<u64>,
    ) -> Vec<Way> {
        let alternatives = self.placed.policy.alternatives().unwrap_or_default();
        let ways = alternatives.into_iter().map(|way| {
            let leaf = self.leaf(way.place);
            let signed = |number: usize| self.signed(case, number, way.place, leaf);
            let mut everyone: Vec<usize> = way.signers.iter().flat_map(Quorum::everyone).collect();
            everyone.sort_unstable();
            everyone.dedup();
            let parties = |there: bool| {
                let of = everyone.iter().filter(|number| signed(**number) == there);
                of.filter_map(|number| self.name(*number)).collect::<Vec<Party>>()
            };
            let ours = everyone.iter().filter(|number| self.name(**number) == Some(Party::You));
            let makes = case.tasks.iter().any(|task| made_for(task, way.place, leaf));
            let mut ours = ours.peekable();
            let helped = ours.peek().is_some() && (makes || ours.any(|number| signed(*number)));
            Way {
                place: way.place,
                missing: way.signers.iter().map(|quorum| missing(quorum, &signed)).sum(),
                signed: parties(true),
                unsigned: parties(false),
                helped,
                locks: way
                    .locks
                    .iter()
                    .map(|lock| (*lock, closed(*lock, psbt, input, now)))
                    .collect(),
                secrets: way.hashes.len(),
            }
        });
        ways.collect()
    }

    /// Is a valid signature by the key of this number there, for this way?
    fn signed(
        &self,
        case: &Case,
        number: usize,
        place: PathPlace,
        leaf: Option<TapLeafHash>,
    ) -> bool {
        let Some((route, (key, _))) = case.route.as_ref().zip(self.placed.keys.get(number)) else {
            return false;
        };
        let x_only = key.inner.x_only_public_key().0.serialize();
        route.present.iter().filter(|present| present.leaf == leaf).any(|present| match place {
            // its signature is by the output key
            PathPlace::InternalKey | PathPlace::Nobody(_) => true,
            PathPlace::Leaf { .. } => present.key == x_only,
            PathPlace::Only => present.key == key.to_bytes(),
        })
    }
}

/// Is a signature to be made for this way?
fn made_for(task: &super::Task, place: PathPlace, leaf: Option<TapLeafHash>) -> bool {
    use crate::psbt::SignatureField::*;
    match (&task.field, place) {
        (Partial(_), PathPlace::Only) | (TapKey, PathPlace::InternalKey) => true,
        (TapScript(_, of), PathPlace::Leaf { .. }) => Some(*of) == leaf,
        _ => false,
    }
}

/// Signatures that a quorum lacks: of its members those who lack least.
fn missing(quorum: &Quorum, signed: &dyn Fn(usize) -> bool) -> usize {
    match quorum {
        Quorum::One(number) => usize::from(!signed(*number)),
        Quorum::Of { needed, of } => {
            let mut each: Vec<usize> = of.iter().map(|one| missing(one, signed)).collect();
            each.sort_unstable();
            each.iter().take(*needed).sum()
        }
    }
}

/// Why the transaction does not open a lock at this input.
fn closed(lock: Lock, psbt: &Psbt, input: &Input, now: Option<u64>) -> Option<Closed> {
    let relative = |lock: relative::LockTime| {
        // BIP68 is in force from version 2 on
        let given = (psbt.tx().version.0 >= 2).then(|| input.sequence.to_relative_lock_time());
        let met = given.flatten().is_some_and(|given| lock.is_implied_by(given));
        (!met).then_some(Closed::Sequence)
    };
    let absolute = |number: u32| {
        let lock = absolute::LockTime::from_consensus(number);
        let met = !input.sequence.is_final() && lock.is_implied_by(psbt.tx().lock_time);
        (!met).then_some(Closed::LockTime)
    };
    match lock {
        Lock::BlocksAfter(blocks) => relative(relative::LockTime::from_height(blocks)),
        Lock::UnitsAfter(units) => relative(relative::LockTime::from_512_second_intervals(units)),
        Lock::FromHeight(height) => absolute(height),
        Lock::FromTime(time) => absolute(time)
            .or_else(|| now.is_some_and(|now| now < u64::from(time)).then_some(Closed::Clock)),
    }
}
