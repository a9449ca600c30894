//! What one try of a passphrase costs: Argon2id's parameters (RFC 9106).

use super::VaultError;
use super::secret::Key;
use argon2::{Algorithm, Argon2, Block, Params, Version};
use zeroize::Zeroize;

/// Argon2id's parameters, within the bounds that a vault may have. They stand in the file's head.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cost {
    memory: u32,
    passes: u32,
    lanes: u32,
}

impl Cost {
    /// Least memory, in KiB.
    pub const MEMORY_LEAST: u32 = 64 * 1024;
    /// Most memory, in KiB: the dedicated machine may have 256 MB in all.
    pub const MEMORY_MOST: u32 = 128 * 1024;
    /// Most passes, at the least memory; more memory, fewer passes.
    pub const PASSES_MOST: u32 = 256;
    /// Fewest passes that [`Self::calibrate`] chooses.
    pub const PASSES_LEAST_NEW: u32 = 3;
    /// Most lanes.
    pub const LANES_MOST: u32 = 4;
    /// What a try shall take on the machine that makes the vault, in milliseconds.
    pub const AIM: u64 = 1000;

    /// `memory` in KiB. Refused outside the bounds: a head that asks for less was weakened, one that
    /// asks for more is there to exhaust the machine.
    pub fn new(memory: u32, passes: u32, lanes: u32) -> Result<Self, VaultError> {
        let work = u64::from(memory) * u64::from(passes);
        let most = u64::from(Self::MEMORY_LEAST) * u64::from(Self::PASSES_MOST);
        let within = (Self::MEMORY_LEAST..=Self::MEMORY_MOST).contains(&memory)
            && (1..=most).contains(&work)
            && (1..=Self::LANES_MOST).contains(&lanes);
        within.then_some(Self { memory, passes, lanes }).ok_or(VaultError::Cost {
            memory,
            passes,
            lanes,
        })
    }

    /// About one second on this machine, with the least memory and at least three passes.
    /// `stopwatch` gives milliseconds. Takes about as long as three passes.
    pub fn calibrate(stopwatch: &dyn Fn() -> u64) -> Result<Self, VaultError> {
        let passes = Self::PASSES_LEAST_NEW;
        let trial = Self { memory: Self::MEMORY_LEAST, passes, lanes: 1 };
        let begin = stopwatch();
        trial.root(b"calibration", &[0; 32])?;
        let took = stopwatch().saturating_sub(begin).max(1);
        let fitting = (Self::AIM * u64::from(passes) / took).min(u64::from(Self::PASSES_MOST));
        Ok(Self { passes: (fitting as u32).max(passes), ..trial })
    }

    /// KiB of memory that one try needs.
    pub fn memory(self) -> u32 {
        self.memory
    }

    /// Passes over that memory.
    pub fn passes(self) -> u32 {
        self.passes
    }

    /// Lanes.
    pub fn lanes(self) -> u32 {
        self.lanes
    }

    /// Runs Argon2id version 1.3. Takes about a second and [`Self::memory`], which is wiped.
    pub(super) fn root(self, secret: &[u8], salt: &[u8; 32]) -> Result<Key, VaultError> {
        let invariant = "the bounds of a cost are inside Argon2's";
        let params =
            Params::new(self.memory, self.passes, self.lanes, Some(Key::BYTES)).expect(invariant);
        let mut memory =
            Scratch::new(params.block_count()).ok_or(VaultError::Memory(self.memory))?;
        let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        let root = Key::made(|root| {
            argon2
                .hash_password_into_with_memory(secret, salt, root, &mut memory.blocks[..])
                .expect(invariant);
        });
        crate::keys::wipe::stack();
        Ok(root)
    }
}

/// Argon2's memory. Wiped when dropped.
struct Scratch {
    blocks: Vec<Block>,
}

impl Scratch {
    /// None when there is not so much memory.
    fn new(blocks: usize) -> Option<Self> {
        let mut scratch = Self { blocks: Vec::new() };
        scratch.blocks.try_reserve_exact(blocks).ok()?;
        scratch.blocks.resize(blocks, Block::new());
        Some(scratch)
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        self.blocks.iter_mut().for_each(Zeroize::zeroize);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::Cell;

    #[test]
    fn only_costs_within_the_bounds_are_taken() {
        let taken = |m, t, p| Cost::new(m, t, p).is_ok();
        assert!(taken(65_536, 1, 1) && taken(65_536, 256, 4) && taken(131_072, 128, 1));
        assert!(!taken(65_535, 3, 1), "less than 64 MiB");
        assert!(!taken(131_073, 1, 1), "more than 128 MiB");
        assert!(!taken(65_536, 257, 1) && !taken(131_072, 129, 1), "too much work");
        assert!(!taken(65_536, 0, 1) && !taken(65_536, 3, 0) && !taken(65_536, 3, 5));
        assert!(!taken(u32::MAX, u32::MAX, u32::MAX));
    }

    /// A machine on which three passes take so many milliseconds.
    fn passes_at(milliseconds: u64) -> u32 {
        let now = Cell::new(0);
        let stopwatch = || now.replace(now.get() + milliseconds);
        Cost::calibrate(&stopwatch).map_or(0, Cost::passes)
    }

    #[test]
    fn passes_follow_the_machines_speed_and_are_never_few() {
        assert_eq!(passes_at(300), 10);
        assert_eq!(passes_at(9_000), 3);
        assert_eq!(passes_at(0), 256);
    }
}
