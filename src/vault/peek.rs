//! What the heads of a vault's file say before anyone has opened it: which vault, and how old.

use super::head::{Head, HeadFault};
use super::{Generation, Identity, VaultError, layout};

/// The newest whole head of a file. The areas below it were not looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Peek {
    head: Head,
}

/// How one copy of a vault stands to another copy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Another vault.
    Other,
    /// The same write.
    Same,
    /// It was written later.
    Newer,
    /// It was written earlier: the other one is to be used.
    Older,
    /// Both were written equally often since they were copied, each something else: changes of the
    /// one are not in the other.
    Diverged,
}

/// Reads the heads of a file's slots, [`layout::HEAD`] bytes each.
pub fn peek(heads: &[Vec<u8>; layout::SLOTS]) -> Result<Peek, VaultError> {
    match [Head::read(&heads[0]), Head::read(&heads[1])] {
        [Ok(a), Ok(b)] if a.same_file(&b) => {
            Ok(Peek { head: if b.generation > a.generation { b } else { a } })
        }
        [Ok(_), Ok(_)] => Err(VaultError::Mixed),
        [Ok(head), Err(_)] | [Err(_), Ok(head)] => Ok(Peek { head }),
        [Err(a), Err(b)] => Err(neither(a, b)),
    }
}

/// Why there is no vault when neither head is read.
pub(super) fn neither(a: HeadFault, b: HeadFault) -> VaultError {
    use HeadFault::*;
    match (a, b) {
        (Newer(format), _) | (_, Newer(format)) => VaultError::Newer(format),
        (Cost(error), _) | (_, Cost(error)) => error,
        (NotAVault, NotAVault) => VaultError::NotAVault,
        _ => VaultError::NothingWhole,
    }
}

impl Peek {
    pub(super) fn of(head: &Head) -> Self {
        Self { head: head.clone() }
    }

    /// Which vault.
    pub fn identity(&self) -> Identity {
        self.head.identity
    }

    /// How often it was written.
    pub fn generation(&self) -> Generation {
        self.head.generation
    }

    /// How this copy stands to `other`.
    pub fn beside(&self, other: &Self) -> Standing {
        use std::cmp::Ordering;
        if !self.head.same_file(&other.head) {
            return Standing::Other;
        }
        match self.head.generation.cmp(&other.head.generation) {
            Ordering::Greater => Standing::Newer,
            Ordering::Less => Standing::Older,
            Ordering::Equal if self.head == other.head => Standing::Same,
            Ordering::Equal => Standing::Diverged,
        }
    }
}
