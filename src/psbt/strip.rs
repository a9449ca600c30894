//! What a combiner needs and no more, so that the QR answer is short.

use super::Psbt;

impl Psbt {
    /// Keeps the unsigned transaction (or its v2 equivalents), signatures, final fields, scripts,
    /// witness UTXOs and sighash types; leaves out previous transactions, derivations, global
    /// extended keys, unknown and proprietary pairs. A legacy input keeps what a finaliser needs.
    pub fn stripped(&self) -> Self {
        todo!()
    }
}
