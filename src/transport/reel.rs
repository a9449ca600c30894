//! Parts out: one message as a loop of texts, one a frame.

use super::{Dialect, Kind};

/// How a message is cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReelOptions {
    /// Longest fragment: bytes for UR, characters otherwise. None: the dialect's usual.
    pub fragment: Option<usize>,
}

/// Why a message cannot be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReelError {}

/// A message cut into parts, shown one after the other without end.
pub struct Reel {}

impl Reel {
    /// Cuts `bytes` for `dialect`. PSBTs go out as `crypto-psbt` in UR and `P` in BBQr.
    pub fn new(
        bytes: &[u8],
        kind: Kind,
        dialect: Dialect,
        options: ReelOptions,
    ) -> Result<Self, ReelError> {
        let _ = (bytes, kind, dialect, options);
        todo!()
    }

    /// Parts in one loop (for UR: the pure ones).
    pub fn len(&self) -> usize {
        todo!()
    }

    /// Never: a message has at least one part.
    pub fn is_empty(&self) -> bool {
        false
    }

    /// The text of frame `n`, from 0 without end: UR gives the pure parts, then the fountain's;
    /// all other dialects repeat their loop.
    pub fn frame(&self, n: usize) -> String {
        let _ = n;
        todo!()
    }
}
