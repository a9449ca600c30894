//! Records of procedures, and settings.

use super::{NoRoom, Text};

/// A procedure's record, as bytes that mean nothing here.
#[derive(Clone, PartialEq, Eq)]
pub struct Record {
    /// Its name.
    pub name: Text<64>,
    bytes: Vec<u8>,
}

impl Record {
    /// Most bytes of one.
    pub const LONGEST: usize = 1 << 16;

    /// At most [`Self::LONGEST`] bytes.
    pub fn new(name: Text<64>, bytes: Vec<u8>) -> Result<Self, NoRoom> {
        let fits = bytes.len() <= Self::LONGEST;
        fits.then_some(Self { name, bytes }).ok_or(NoRoom(Self::LONGEST))
    }

    /// The record.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }
}

/// 1 to 240 minutes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Minutes(u8);

impl Minutes {
    /// None outside 1 to 240.
    pub fn new(minutes: u8) -> Option<Self> {
        (1..=240).contains(&minutes).then_some(Self(minutes))
    }

    /// How many.
    pub fn get(self) -> u8 {
        self.0
    }
}

/// What the user chose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settings {
    /// Lock after so long without a key.
    pub lock_after: Minutes,
}

impl Default for Settings {
    fn default() -> Self {
        Self { lock_after: Minutes(10) }
    }
}
