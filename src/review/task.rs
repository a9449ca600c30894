//! One signature that the review found right to make.

use crate::psbt::SignatureField;
use crate::psbt::sighash::Spend;
use bitcoin::bip32::DerivationPath;
use bitcoin::secp256k1::PublicKey;

/// One signature to make. Public knowledge only.
#[derive(Debug, Clone)]
pub struct Task {
    /// Input number from 0.
    pub input: usize,
    /// Where our key is, from the master key.
    pub path: DerivationPath,
    /// The public key at that path, as the review derived it (before any Taproot tweak).
    pub key: PublicKey,
    /// What is signed.
    pub spend: Spend,
    /// With which sighash type.
    pub sighash_type: u32,
    /// Where the signature goes.
    pub field: SignatureField,
    /// Taproot key path: the merkle root the internal key is tweaked with.
    pub merkle_root: Option<bitcoin::taproot::TapNodeHash>,
}
