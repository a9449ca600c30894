//! The strict, bounded reader.

use super::{ParseError, Psbt};

/// What a PSBT may cost before anything is allocated for it.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Longest accepted PSBT in bytes.
    pub bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { bytes: 16 * 1024 * 1024 }
    }
}

impl Psbt {
    /// Reads a binary PSBT, v0 or v2.
    pub fn parse(bytes: &[u8], limits: &Limits) -> Result<Self, ParseError> {
        let _ = (bytes, limits);
        todo!()
    }

    /// The PSBT as bytes: what was read, to the byte, plus what was added.
    pub fn serialize(&self) -> Vec<u8> {
        todo!()
    }
}
