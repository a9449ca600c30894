//! Solving for the fragments of a UR message: Gauss-Jordan elimination over GF(2), one part at a
//! time. It ends as soon as the parts have full rank; the usual peeling decoder waits for parts
//! that happen to hold one unknown fragment.

/// The equations so far, each reduced by all others: a fragment that leads one row stands in no
/// other. At most one row a fragment, so memory is bounded by the parts that were received.
pub(super) struct Solver {
    fragments: usize,
    fragment_len: usize,
    /// Of each fragment: the row that it leads, plus one; 0 when it leads none.
    leads: Vec<u16>,
    rows: Vec<Row>,
}

/// One equation: a bit a fragment, then the bytes of their sum, in words so that adding is fast.
type Row = Box<[u64]>;

/// What one equation did.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Added {
    /// The rank grew.
    New,
    /// It follows from those before.
    Known,
    /// It contradicts those before; nothing was changed.
    Contradiction,
}

const WORD: usize = 8;

impl Solver {
    /// For `fragments` (at most `MAX_PARTS`, so that a row number fits 16 bits) of `fragment_len`
    /// bytes.
    pub(super) fn new(fragments: usize, fragment_len: usize) -> Self {
        Self { fragments, fragment_len, leads: vec![0; fragments], rows: Vec::new() }
    }

    /// Takes the sum `data` of the fragments `indexes` (each below the count, none twice).
    /// Bounded work: at most one addition of a row for each row there is, twice over.
    pub(super) fn add(&mut self, indexes: &[usize], data: &[u8]) -> Added {
        let mut row = self.row(indexes, data);
        for &index in indexes {
            if let Some(lead) = usize::from(self.leads[index]).checked_sub(1) {
                add_to(&mut row, &self.rows[lead]);
            }
        }
        let (bits, sum) = row.split_at(self.bit_words());
        let Some(lead) = ones(bits).next() else {
            let consistent = sum.iter().all(|word| *word == 0);
            return if consistent { Added::Known } else { Added::Contradiction };
        };
        for other in &mut self.rows {
            if other[lead / 64] >> (lead % 64) & 1 == 1 {
                add_to(other, &row);
            }
        }
        self.rows.push(row);
        self.leads[lead] = self.rows.len() as u16;
        Added::New
    }

    /// Independent parts so far.
    pub(super) fn rank(&self) -> usize {
        self.rows.len()
    }

    /// Which fragments are solved.
    pub(super) fn solved(&self) -> Vec<bool> {
        let mut solved = vec![false; self.fragments];
        for row in &self.rows {
            let mut bits = ones(&row[..self.bit_words()]);
            if let (Some(only), None) = (bits.next(), bits.next()) {
                solved[only] = true;
            }
        }
        solved
    }

    /// All fragments one after the other, padding included; None before full rank.
    pub(super) fn message(&self) -> Option<Vec<u8>> {
        if self.rank() < self.fragments {
            return None;
        }
        let mut message = Vec::with_capacity(self.fragments * self.fragment_len);
        for lead in &self.leads {
            let row = self.rows.get(usize::from(*lead).checked_sub(1)?)?;
            let sum = row[self.bit_words()..].iter().flat_map(|word| word.to_le_bytes());
            message.extend(sum.take(self.fragment_len));
        }
        Some(message)
    }

    fn bit_words(&self) -> usize {
        self.fragments.div_ceil(64)
    }

    fn row(&self, indexes: &[usize], data: &[u8]) -> Row {
        let mut row = vec![0_u64; self.bit_words() + self.fragment_len.div_ceil(WORD)];
        for &index in indexes {
            row[index / 64] |= 1 << (index % 64);
        }
        for (word, bytes) in row[self.bit_words()..].iter_mut().zip(data.chunks(WORD)) {
            let mut filled = [0; WORD];
            filled[..bytes.len()].copy_from_slice(bytes);
            *word = u64::from_le_bytes(filled);
        }
        row.into_boxed_slice()
    }
}

fn add_to(sum: &mut [u64], other: &[u64]) {
    for (a, b) in sum.iter_mut().zip(other) {
        *a ^= b;
    }
}

/// The places of the set bits, lowest first.
fn ones(bits: &[u64]) -> impl Iterator<Item = usize> + '_ {
    bits.iter().enumerate().flat_map(|(at, word)| {
        let mut left = *word;
        std::iter::from_fn(move || {
            let bit = left.checked_ilog2().map(|_| left.trailing_zeros() as usize)?;
            left &= left - 1;
            Some(at * 64 + bit)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::{Added, Solver};

    #[test]
    fn mixed_parts_of_full_rank_are_solved_without_any_pure_one() {
        // a = 1, b = 2, c = 4: no equation holds one fragment, so peeling could not begin.
        let mut solver = Solver::new(3, 1);
        assert_eq!(solver.add(&[0, 1], &[3]), Added::New);
        assert_eq!(solver.add(&[2, 1], &[6]), Added::New);
        assert_eq!(solver.message(), None);
        assert_eq!(solver.add(&[0, 2], &[5]), Added::Known);
        assert_eq!(solver.add(&[0, 2], &[4]), Added::Contradiction);
        assert_eq!(solver.solved(), [false; 3]);
        assert_eq!(solver.add(&[0, 1, 2], &[7]), Added::New);
        assert_eq!(solver.solved(), [true; 3]);
        assert_eq!(solver.message(), Some(vec![1, 2, 4]));
    }

    #[test]
    fn a_part_solved_from_mixed_ones_counts_as_known() {
        let mut solver = Solver::new(130, 9);
        assert_eq!(solver.add(&[129, 3], &[7; 9]), Added::New);
        assert_eq!(solver.add(&[3], &[5; 9]), Added::New);
        assert_eq!(solver.rank(), 2);
        let solved: Vec<usize> =
            solver.solved().iter().enumerate().filter(|(_, s)| **s).map(|(at, _)| at).collect();
        assert_eq!(solved, [3, 129]);
    }
}
