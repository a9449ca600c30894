//! Numbered pieces of one message, for the dialects without a fountain: BBQr and Specter.

use super::MAX_MESSAGE;
use std::collections::BTreeMap;

/// The pieces that were received, by their number. Memory is what was received.
pub(super) struct Pieces {
    total: usize,
    pieces: BTreeMap<usize, Vec<u8>>,
    bytes: usize,
}

/// What one part did.
pub(super) enum Placed {
    New,
    Known,
    /// It says otherwise than those before; nothing was changed.
    Contradiction,
    /// The message would be above the limit; nothing was changed.
    TooLarge,
}

impl Pieces {
    pub(super) fn new(total: usize) -> Self {
        Self { total, pieces: BTreeMap::new(), bytes: 0 }
    }

    /// Takes piece `index` (from 0, below the total).
    pub(super) fn place(&mut self, index: usize, piece: &[u8]) -> Placed {
        match self.pieces.get(&index) {
            Some(known) if known == piece => Placed::Known,
            Some(_) => Placed::Contradiction,
            None if self.bytes + piece.len() > MAX_MESSAGE => Placed::TooLarge,
            None => {
                self.bytes += piece.len();
                self.pieces.insert(index, piece.to_vec());
                Placed::New
            }
        }
    }

    pub(super) fn have(&self) -> usize {
        self.pieces.len()
    }

    pub(super) fn map(&self) -> Vec<bool> {
        (0..self.total).map(|index| self.pieces.contains_key(&index)).collect()
    }

    /// All pieces in order; None while one is missing.
    pub(super) fn joined(&self) -> Option<Vec<u8>> {
        let whole = self.pieces.len() == self.total;
        whole.then(|| self.pieces.values().flatten().copied().collect())
    }
}
