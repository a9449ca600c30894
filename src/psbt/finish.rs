//! Finaliser and extractor (BIP174): a PSBT with enough signatures to a transaction.

use super::Psbt;
use bitcoin::Transaction;

/// Why there is no transaction yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FinishError {
    /// This input lacks signatures or other data.
    Incomplete {
        /// Input number from 0.
        input: usize,
    },
}

impl Psbt {
    /// The final transaction, every input's script satisfied and interpreted.
    pub fn finish(&self) -> Result<Transaction, FinishError> {
        todo!()
    }
}
