//! The health tests of NIST SP 800-90B, section 4.4, over the bytes of a random source, and one of
//! our own for sources that give the same again.
//!
//! A byte of the source is taken for one symbol, and at least [`CLAIM`] = 6 bits of min-entropy are
//! claimed for it. That is conservative in the sense that matters for false alarms: the kernel's
//! generator gives 8. A false alarm of a source with 6 bits has a probability of 2^-40 a symbol
//! (repetition count) or a window (adaptive proportion); of one with 8 bits it is below 2^-55.
//!
//! * Repetition count (4.4.1): C = 1 + ceil(40 / 6) = 8 equal bytes in a row.
//! * Adaptive proportion (4.4.2): of a window of W = 512 bytes, C = 35 equal the first of them:
//!   C = 1 + critbinom(512, 2^-6, 1 - 2^-40). A test computes it again.
//! * Blocks: no block of 16 bytes is one of the start-up's, or the one before it. By chance that is
//!   so once in 2^122. A source that gives one buffer again and again, or has a short period, does
//!   it.
//!
//! No test can tell a good generator from one that is seeded with a constant: that is what the
//! user's own sources are mixed in for.

use zeroize::Zeroizing;

/// Bytes of a block: what the source is asked for at once.
pub(super) const BLOCK: usize = 16;
/// Blocks of the start-up test: 1,024 bytes.
pub(super) const START: usize = 64;

/// Min-entropy that is claimed for a byte, in bits; what the cut-offs follow from.
#[cfg(test)]
pub(super) const CLAIM: u32 = 6;
/// So many equal bytes in a row are an alarm.
const MOST_IN_A_ROW: u32 = 8;
/// Bytes of a window.
const WINDOW: u32 = 512;
/// So many bytes of a window that equal its first (which counts) are an alarm.
const MOST_IN_A_WINDOW: u32 = 35;

/// One draw.
pub(super) type Block = [u8; BLOCK];

/// What the tests remember of the bytes so far. Wiped when dropped.
pub(super) struct Health {
    last: Zeroizing<u8>,
    /// How often `last` stood there in a row; 0 before the first byte.
    in_a_row: u32,
    first: Zeroizing<u8>,
    /// Bytes of the window so far.
    seen: u32,
    /// Those of them that equal `first`.
    equal: u32,
    /// The start-up's blocks. They are in no output.
    start: Zeroizing<Vec<Block>>,
    before: Option<Zeroizing<Block>>,
}

impl Default for Health {
    fn default() -> Self {
        Self {
            last: Zeroizing::new(0),
            in_a_row: 0,
            first: Zeroizing::new(0),
            seen: 0,
            equal: 0,
            start: Zeroizing::new(Vec::with_capacity(START)),
            before: None,
        }
    }
}

impl Health {
    /// Takes the next block; false when a random source does not give it.
    pub(super) fn accepts(&mut self, block: &Block) -> bool {
        let mut well = true;
        for byte in block {
            // both tests see every byte, whatever the other finds
            well &= self.repetition(*byte);
            well &= self.proportion(*byte);
        }
        let again = self.start.contains(block)
            || self.before.as_ref().is_some_and(|before| **before == *block);
        self.before = Some(Zeroizing::new(*block));
        well && !again
    }

    /// Remembers a block of the start-up.
    pub(super) fn remember(&mut self, block: &Block) {
        if self.start.len() < START {
            self.start.push(*block);
        }
    }

    /// SP 800-90B, 4.4.1.
    fn repetition(&mut self, byte: u8) -> bool {
        if self.in_a_row > 0 && *self.last == byte {
            self.in_a_row = self.in_a_row.saturating_add(1);
        } else {
            (*self.last, self.in_a_row) = (byte, 1);
        }
        self.in_a_row < MOST_IN_A_ROW
    }

    /// SP 800-90B, 4.4.2.
    fn proportion(&mut self, byte: u8) -> bool {
        if self.seen == 0 {
            (*self.first, self.equal) = (byte, 0);
        }
        self.equal += u32::from(*self.first == byte);
        self.seen = (self.seen + 1) % WINDOW;
        self.equal < MOST_IN_A_WINDOW
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2^-40.
    const FALSE_ALARM: f64 = 1.0 / (1u64 << 40) as f64;

    #[test]
    fn the_cut_offs_follow_from_the_claim() {
        assert_eq!(MOST_IN_A_ROW, 1 + 40u32.div_ceil(CLAIM));
        // the binomial distribution of WINDOW symbols, each with the probability 2^-CLAIM
        let p = 1.0 / f64::from(1 << CLAIM);
        let mut terms = vec![(1.0 - p).powi(WINDOW as i32)];
        for k in 1..=WINDOW {
            let ratio = f64::from(WINDOW - k + 1) / f64::from(k) * p / (1.0 - p);
            terms.push(terms[k as usize - 1] * ratio);
        }
        // from the small end, so that nothing small is lost beside something large
        let above = |k: u32| terms[k as usize + 1..].iter().rev().sum::<f64>();
        let critical = (0..WINDOW).find(|k| above(*k) <= FALSE_ALARM);
        assert_eq!(critical.map(|k| k + 1), Some(MOST_IN_A_WINDOW));
    }

    #[test]
    fn a_run_is_counted_across_blocks() {
        let mut health = Health::default();
        let mut ends: Block = std::array::from_fn(|at| at as u8);
        ends[12..].fill(99);
        let mut begins: Block = std::array::from_fn(|at| 100 + at as u8);
        begins[..3].fill(99);
        assert!(health.accepts(&ends));
        assert!(health.accepts(&begins), "7 in a row");
        begins[3] = 99;
        let mut health = Health::default();
        assert!(health.accepts(&ends));
        assert!(!health.accepts(&begins), "8 in a row");
    }

    #[test]
    fn a_window_that_favours_its_first_byte_is_an_alarm() {
        let byte = |at: usize| if at.is_multiple_of(15) { 7 } else { 8 + (at * 31 % 240) as u8 };
        let mut health = Health::default();
        let alarms: Vec<usize> = (0..512 / BLOCK)
            .filter(|block| !health.accepts(&std::array::from_fn(|at| byte(block * BLOCK + at))))
            .collect();
        // the 35th of them stands at 34 * 15 = 510
        assert_eq!(alarms, [31]);
    }
}
