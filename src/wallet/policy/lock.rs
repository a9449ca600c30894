//! Locks that time opens (BIP65, BIP68, BIP112), and locks that a secret opens.

use bitcoin::relative;
use miniscript::{AbsLockTime, RelLockTime};

/// A lock that time opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Lock {
    /// So many blocks after the coin was received (BIP68).
    BlocksAfter(u16),
    /// So many times 512 seconds after the coin was received (BIP68).
    UnitsAfter(u16),
    /// From this block height on (BIP65).
    FromHeight(u32),
    /// From this time on, seconds since 1970 (BIP65; blocks lag about an hour behind).
    FromTime(u32),
}

/// Seconds in one unit of BIP68's relative time.
const UNIT: u64 = 512;
/// Seconds between blocks, on average.
const BLOCK: u64 = 600;

impl Lock {
    pub(super) fn relative(lock: RelLockTime) -> Self {
        match relative::LockTime::from(lock) {
            relative::LockTime::Blocks(blocks) => Self::BlocksAfter(blocks.value()),
            relative::LockTime::Time(units) => Self::UnitsAfter(units.value()),
        }
    }

    pub(super) fn absolute(lock: AbsLockTime) -> Self {
        let number = lock.to_consensus_u32();
        if lock.is_block_height() { Self::FromHeight(number) } else { Self::FromTime(number) }
    }

    /// For a lock that counts from when a coin was received: how long it lasts, in seconds, a block
    /// taken for ten minutes.
    pub fn seconds(self) -> Option<u64> {
        match self {
            Self::BlocksAfter(blocks) => Some(u64::from(blocks) * BLOCK),
            Self::UnitsAfter(units) => Some(u64::from(units) * UNIT),
            Self::FromHeight(_) | Self::FromTime(_) => None,
        }
    }
}

/// Which hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum HashKind {
    /// SHA-256.
    Sha256,
    /// SHA-256 twice.
    Hash256,
    /// RIPEMD-160.
    Ripemd160,
    /// RIPEMD-160 of SHA-256.
    Hash160,
}

/// A lock that a secret of 32 bytes opens (BIP379).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct HashLock {
    /// Which hash.
    pub kind: HashKind,
    /// The hash in hexadecimal digits, as the descriptor has it.
    pub hash: String,
}
