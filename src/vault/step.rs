//! What is written into a vault's file, and in which order, so that a write that stops at any byte
//! leaves the old or the new vault, whole. What a file system and a stick make of a cut is not
//! known here.

use super::Vault;
use super::layout::{self, HEAD};

/// Bytes at a place in a file.
#[derive(Clone, PartialEq, Eq)]
pub struct Piece {
    /// Where, in bytes from the beginning of the file.
    pub offset: u64,
    /// What stands there.
    pub bytes: Vec<u8>,
}

/// One write: flushed and read back before the next one begins.
#[derive(Clone, PartialEq, Eq)]
pub struct Step {
    /// What is written: a whole slot that is not in force.
    pub patch: Piece,
    /// What must stand in the file before it: the head in force. Else the file is another one, or
    /// was written by someone else meanwhile.
    pub guard: Piece,
}

impl Step {
    pub(super) fn new(before: &Vault, to: usize, slot: Vec<u8>) -> Self {
        let offset = |number| layout::slot(number).start as u64;
        let guard = before.slot[..HEAD].to_vec();
        Self {
            patch: Piece { offset: offset(to), bytes: slot },
            guard: Piece { offset: offset(before.number), bytes: guard },
        }
    }
}
