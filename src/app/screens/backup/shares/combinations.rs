//! Every minimal combination of shares: of the groups that are complete as many as are needed, and
//! in each of them as many shares as are needed.

/// Shares of one group that were given back.
pub struct Group {
    /// How many of them are needed.
    pub needed: usize,
    /// Their numbers among all that were given.
    pub shares: Vec<usize>,
}

/// All minimal combinations, one after the other.
pub struct Combinations {
    groups: Vec<Group>,
    /// Which groups.
    among: Choice,
    /// In each of those, which shares. None once all were given.
    within: Option<Vec<Choice>>,
    done: u64,
    total: u64,
}

impl Combinations {
    /// Of `groups`, as many as `needed`; those that lack shares are left out. None where too few
    /// are complete.
    pub fn new(groups: Vec<Group>, needed: usize) -> Option<Self> {
        let complete = |group: &Group| group.needed > 0 && group.shares.len() >= group.needed;
        let groups: Vec<Group> = groups.into_iter().filter(complete).collect();
        if needed == 0 || groups.len() < needed {
            return None;
        }
        let among = Choice::first(needed, groups.len());
        let within = Some(within(&groups, &among));
        let total = total(&groups, needed);
        Some(Self { groups, among, within, done: 0, total })
    }

    /// How many there are.
    pub fn total(&self) -> u64 {
        self.total
    }

    /// How many were given so far.
    pub fn done(&self) -> u64 {
        self.done
    }

    fn advance(&mut self) {
        let Some(within) = &mut self.within else { return };
        // as a counter: the last digit first, and what overflows begins anew
        if within.iter_mut().rev().any(Choice::advance) {
            return;
        }
        self.within = self.among.advance().then(|| self::within(&self.groups, &self.among));
    }
}

impl Iterator for Combinations {
    type Item = Vec<usize>;

    /// The numbers of the next combination's shares.
    fn next(&mut self) -> Option<Vec<usize>> {
        let groups = self.among.chosen.iter().map(|place| &self.groups[*place]);
        let parts = self.within.as_ref()?.iter().zip(groups);
        let shares = parts
            .flat_map(|(choice, group)| choice.chosen.iter().map(|place| group.shares[*place]))
            .collect();
        self.done += 1;
        self.advance();
        Some(shares)
    }
}

fn within(groups: &[Group], among: &Choice) -> Vec<Choice> {
    let chosen = among.chosen.iter().map(|place| &groups[*place]);
    chosen.map(|group| Choice::first(group.needed, group.shares.len())).collect()
}

/// How many combinations: the sum over all choices of groups of the product of their choices.
fn total(groups: &[Group], needed: usize) -> u64 {
    let mut sums = vec![0u64; needed + 1];
    sums[0] = 1;
    for group in groups {
        let ways = choices(group.needed as u64, group.shares.len() as u64);
        for taken in (1..=needed).rev() {
            sums[taken] = sums[taken].saturating_add(sums[taken - 1].saturating_mul(ways));
        }
    }
    sums[needed]
}

/// In how many ways `k` of `n` are chosen.
fn choices(k: u64, n: u64) -> u64 {
    (0..k).fold(1u64, |ways, step| ways.saturating_mul(n - step) / (step + 1))
}

/// A choice of some places below `of`, in order.
struct Choice {
    chosen: Vec<usize>,
    of: usize,
}

impl Choice {
    fn first(count: usize, of: usize) -> Self {
        Self { chosen: (0..count).collect(), of }
    }

    /// To the next choice. False after the last one, when it begins anew.
    fn advance(&mut self) -> bool {
        let count = self.chosen.len();
        for place in (0..count).rev() {
            if self.chosen[place] < self.of - (count - place) {
                let first = self.chosen[place] + 1;
                (place..count).for_each(|later| self.chosen[later] = first + later - place);
                return true;
            }
        }
        *self = Self::first(count, self.of);
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn all(groups: &[(usize, &[usize])], needed: usize) -> Vec<Vec<usize>> {
        let groups = groups
            .iter()
            .map(|(needed, shares)| Group { needed: *needed, shares: shares.to_vec() });
        let Some(mut combinations) = Combinations::new(groups.collect(), needed) else {
            return vec![];
        };
        let total = combinations.total();
        let all: Vec<_> = combinations.by_ref().collect();
        assert_eq!((all.len() as u64, combinations.done()), (total, total));
        assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), all.len());
        all
    }

    #[test]
    fn two_of_three_are_three() {
        assert_eq!(all(&[(2, &[0, 1, 2])], 1), [[0, 1], [0, 2], [1, 2]]);
        assert_eq!(all(&[(3, &[0, 1, 2])], 1), [[0, 1, 2]]);
        assert_eq!(all(&[(5, &[0, 1, 2, 3, 4, 5, 6, 7, 8])], 1).len(), 126);
    }

    #[test]
    fn groups_are_chosen_and_their_shares_within_them() {
        let groups: [(usize, &[usize]); 3] = [(1, &[0]), (2, &[1, 2, 3]), (2, &[4, 5])];
        let two = all(&groups, 2);
        // 1 x 3, 1 x 1, 3 x 1
        assert_eq!(two.len(), 7);
        assert!(two.contains(&vec![0, 1, 3]) && two.contains(&vec![2, 3, 4, 5]));
        assert_eq!(all(&groups, 3).len(), 3);
    }

    #[test]
    fn a_group_that_lacks_shares_is_left_out() {
        assert_eq!(all(&[(1, &[0]), (3, &[1, 2])], 1), [[0]]);
        assert!(all(&[(1, &[0]), (3, &[1, 2])], 2).is_empty());
        assert!(all(&[], 1).is_empty());
    }

    #[test]
    fn a_number_beyond_counting_is_no_fault() {
        let groups = (0..16)
            .map(|group| Group { needed: 8, shares: (group * 16..group * 16 + 16).collect() });
        let combinations = Combinations::new(groups.collect(), 8).expect("all are complete");
        assert_eq!(combinations.total(), u64::MAX);
    }
}
