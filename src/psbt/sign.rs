//! Adding signatures to a PSBT.

use super::Psbt;
use bitcoin::PublicKey;
use bitcoin::secp256k1::XOnlyPublicKey;
use bitcoin::taproot::TapLeafHash;

/// Where a signature goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SignatureField {
    /// PSBT_IN_PARTIAL_SIG of this key.
    Partial(PublicKey),
    /// PSBT_IN_TAP_KEY_SIG.
    TapKey,
    /// PSBT_IN_TAP_SCRIPT_SIG of this key in this leaf.
    TapScript(XOnlyPublicKey, TapLeafHash),
}

/// A signature with its sighash byte, as the field wants it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewSignature {
    /// Input number from 0.
    pub input: usize,
    /// Which field.
    pub field: SignatureField,
    /// DER with sighash byte, or 64 or 65 bytes of Schnorr.
    pub bytes: Vec<u8>,
    /// The sighash type it was made with (BIP370's TX_MODIFIABLE depends on it).
    pub sighash_type: u32,
}

impl Psbt {
    /// Adds signatures to the original pairs, each map kept in its order (a new pair stands before
    /// the first greater key); updates TX_MODIFIABLE after BIP370.
    pub fn add_signatures(self, signatures: &[NewSignature]) -> Self {
        let _ = signatures;
        todo!()
    }
}
