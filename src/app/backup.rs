//! The backups of a wallet, and the drills that proved them.

use crate::keys::Application;

/// A way in which a wallet is backed up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Backup {
    /// BIP39 words on paper or steel.
    Words,
    /// SeedQR: the words' places as digits.
    SeedQr,
    /// CompactSeedQR: the entropy alone.
    CompactSeedQr,
    /// SLIP-39 shares.
    Slip39,
    /// codex32 shares, or one secret (BIP93).
    Codex32,
    /// Seed XOR parts.
    SeedXor,
    /// A QR code encrypted with a passphrase (KEF).
    Kef,
    /// The extended private key as text (BIP32).
    Xprv,
}

impl Backup {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 8] = [
        Self::Words,
        Self::SeedQr,
        Self::CompactSeedQr,
        Self::Slip39,
        Self::Codex32,
        Self::SeedXor,
        Self::Kef,
        Self::Xprv,
    ];

    /// What to call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Words => "words",
            Self::SeedQr => "SeedQR",
            Self::CompactSeedQr => "CompactSeedQR",
            Self::Slip39 => "SLIP-39 shares",
            Self::Codex32 => "codex32 shares",
            Self::SeedXor => "Seed XOR parts",
            Self::Kef => "encrypted QR code (KEF)",
            Self::Xprv => "extended private key",
        }
    }

    /// Its number in a vault; never given to another.
    pub fn code(self) -> u8 {
        match self {
            Self::Words => 1,
            Self::SeedQr => 2,
            Self::CompactSeedQr => 3,
            Self::Slip39 => 4,
            Self::Codex32 => 5,
            Self::SeedXor => 6,
            Self::Kef => 7,
            Self::Xprv => 8,
        }
    }

    /// The backup of that number.
    pub fn of_code(code: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|backup| backup.code() == code)
    }
}

/// A seed, key or password that was derived from a wallet (BIP85) and given to something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Child {
    /// What was derived.
    pub application: Application,
    /// Its number.
    pub index: u32,
    /// What it was given to, in its owner's words: at most [`Child::PURPOSE`] characters.
    pub purpose: String,
    /// Seconds since 1970 by this machine's clock, unchecked. None without a clock.
    pub at: Option<u64>,
}

impl Child {
    /// Longest purpose, in characters.
    pub const PURPOSE: usize = 40;
}

/// A backup was typed back or scanned whole, and gave the same wallet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Drill {
    /// Which backup.
    pub backup: Backup,
    /// Seconds since 1970 by this machine's clock, unchecked. None without a clock.
    pub at: Option<u64>,
}
