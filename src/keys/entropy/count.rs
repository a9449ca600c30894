//! How many words a new seed has, and what follows from it (BIP39).

use super::Bits;

/// 12, 15, 18, 21 or 24 words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WordCount {
    words: u8,
}

impl WordCount {
    /// All of them, from few to many.
    pub const ALL: [Self; 5] = [
        Self { words: 12 },
        Self { words: 15 },
        Self { words: 18 },
        Self { words: 21 },
        Self { words: 24 },
    ];

    /// 12 words: 128 bits.
    pub const LEAST: Self = Self::ALL[0];
    /// 24 words: 256 bits.
    pub const MOST: Self = Self::ALL[4];

    /// The number of words.
    pub fn words(self) -> usize {
        usize::from(self.words)
    }

    /// Bytes of entropy: 16 to 32.
    pub fn bytes(self) -> usize {
        self.words() / 3 * 4
    }

    /// Bits of entropy: 128 to 256.
    pub fn strength(self) -> Bits {
        Bits::whole(u32::from(self.words) / 3 * 32)
    }
}
