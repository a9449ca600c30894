//! The only place where a signature is made.

use super::Seed;
use crate::psbt::Psbt;
use crate::review::Approved;

/// A PSBT with our signatures, each verified.
pub struct Signed {
    psbt: Psbt,
    made: usize,
}

impl Signed {
    /// The PSBT with the signatures added.
    pub fn psbt(&self) -> &Psbt {
        &self.psbt
    }
    /// How many signatures were made.
    pub fn made(&self) -> usize {
        self.made
    }
}

/// Why nothing was signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SignError {
    /// The seed does not give the key that was reviewed for this input.
    KeyDiffers {
        /// Input number from 0.
        input: usize,
    },
    /// A signature did not verify (a fault of this machine): nothing leaves.
    NotVerified {
        /// Input number from 0.
        input: usize,
    },
}

/// Signs every task of an approved transaction and verifies each signature before any leaves.
pub fn sign(approved: Approved, seed: &Seed) -> Result<Signed, SignError> {
    let _ = (approved, seed);
    todo!()
}

/// How often [`sign`] was called in this process. The journeys' tests read it at the end.
pub fn signing_calls() -> u64 {
    todo!()
}
