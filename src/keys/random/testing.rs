//! Sources for tests: one that is the same in each run and looks random, one that fails.

use super::{BLOCK, RandomError, RandomSource, START};

/// Looks random to the health tests, and is the same in each run: a linear congruential sequence.
pub(crate) struct Steady(pub u64);

impl Steady {
    /// The next byte.
    pub(crate) fn next(&mut self) -> u8 {
        self.0 = self.0.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (self.0 >> 56) as u8
    }
}

impl RandomSource for Steady {
    fn fill(&mut self, bytes: &mut [u8]) -> Result<(), RandomError> {
        bytes.fill_with(|| self.next());
        Ok(())
    }
}

/// Gives the start-up's blocks and so many more, then fails.
pub(crate) struct FailingAfter {
    blocks: usize,
    steady: Steady,
}

impl FailingAfter {
    /// Fails when block `blocks` (from 0) of what is given out is asked for.
    pub(crate) fn blocks(blocks: usize) -> Self {
        Self { blocks: START + blocks, steady: Steady(7) }
    }
}

impl RandomSource for FailingAfter {
    fn fill(&mut self, bytes: &mut [u8]) -> Result<(), RandomError> {
        assert!(bytes.len() <= BLOCK, "the generator asks for one block at a time");
        self.blocks = self.blocks.checked_sub(1).ok_or(RandomError::Failed)?;
        self.steady.fill(bytes)
    }
}
