//! Signatures that are already there: each is verified with the digest that the signer would use.

use super::lock::Lock;
use super::sizes::KeyName;
use crate::psbt::sighash::{Digester, Spend, ecdsa_holds, schnorr_holds};
use crate::psbt::{Input, TapLeaf};
use bitcoin::secp256k1::XOnlyPublicKey;
use bitcoin::taproot::TapLeafHash;
use bitcoin::{PublicKey, Script};

/// A valid signature: by which key, how long with its sighash byte.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Present {
    /// The key's bytes as they stand in the script; the output key for a Taproot key path.
    pub(super) key: Vec<u8>,
    /// The leaf, for a Taproot script path.
    pub(super) leaf: Option<TapLeafHash>,
    /// Bytes, sighash byte included.
    pub(super) length: usize,
    /// Its own sighash type: 0 is Taproot's DEFAULT, which has no byte.
    pub(super) sighash_type: u8,
}

impl Present {
    /// An ECDSA signature; its last byte is the sighash type.
    fn ecdsa(key: Vec<u8>, bytes: &[u8]) -> Self {
        let sighash_type = bytes.last().copied().unwrap_or_default();
        Self { key, leaf: None, length: bytes.len(), sighash_type }
    }

    /// A Schnorr signature; a 65th byte is the sighash type.
    pub(super) fn schnorr(key: Vec<u8>, leaf: Option<TapLeafHash>, bytes: &[u8]) -> Self {
        let sighash_type = bytes.get(64).copied().unwrap_or_default();
        Self { key, leaf, length: bytes.len(), sighash_type }
    }

    /// It commits to its own input only (BIP143, BIP341).
    pub(super) fn anyone_can_pay(&self) -> bool {
        self.sighash_type & ANYONE_CAN_PAY != 0
    }
}

/// The sighash type's bit.
const ANYONE_CAN_PAY: u8 = 0x80;

/// Bytes that are hashed at most to verify legacy signatures: ten times what the largest standard
/// transaction takes. What is beyond is not verified and so not counted as there.
const LEGACY_HASHED: u64 = 1_000_000_000;

/// Is `bytes` a valid DER signature with sighash byte by `key`?
pub(super) fn ecdsa_valid(
    digester: &mut Digester<'_>,
    input: usize,
    spend: &Spend,
    key: &PublicKey,
    bytes: &[u8],
) -> bool {
    if matches!(spend, Spend::Legacy { .. }) && digester.legacy_hashed() > LEGACY_HASHED {
        return false;
    }
    bytes.split_last().is_some_and(|(sighash_type, der)| {
        digester
            .digest(input, spend, u32::from(*sighash_type))
            .is_ok_and(|digest| ecdsa_holds(&digest, der, &key.inner))
    })
}

/// Is `bytes` a valid BIP340 signature, with or without sighash byte, by `key`?
pub(super) fn schnorr_valid(
    digester: &mut Digester<'_>,
    input: usize,
    spend: &Spend,
    key: &XOnlyPublicKey,
    bytes: &[u8],
) -> bool {
    let (signature, sighash_type) = match bytes.split_at_checked(64) {
        Some((signature, [])) => (signature, 0),
        // BIP341: a 65th byte of 0 is not allowed
        Some((signature, &[byte])) if byte != 0 => (signature, byte),
        _ => return false,
    };
    digester
        .digest(input, spend, u32::from(sighash_type))
        .is_ok_and(|digest| schnorr_holds(&digest, signature, key))
}

/// The valid ECDSA signatures by keys that the script names, each key once.
pub(super) fn ecdsa_present(
    digester: &mut Digester<'_>,
    number: usize,
    spend: &Spend,
    names: &[KeyName],
    offered: &[(PublicKey, Vec<u8>)],
) -> Vec<Present> {
    let mut present: Vec<Present> = Vec::new();
    for (key, bytes) in offered {
        let raw = key.to_bytes();
        let named = names.iter().any(|name| name.names(&raw));
        let new = !present.iter().any(|known| known.key == raw);
        if named && new && ecdsa_valid(digester, number, spend, key, bytes) {
            present.push(Present::ecdsa(raw, bytes));
        }
    }
    present
}

/// The valid Schnorr signatures in one leaf.
pub(super) fn leaf_present(
    digester: &mut Digester<'_>,
    number: usize,
    leaf: TapLeafHash,
    names: &[KeyName],
    offered: &[((XOnlyPublicKey, TapLeafHash), Vec<u8>)],
) -> Vec<Present> {
    let mut present: Vec<Present> = Vec::new();
    let spend = Spend::TapLeaf { leaf };
    for ((key, _), bytes) in offered.iter().filter(|((_, of), _)| *of == leaf) {
        let raw = key.serialize().to_vec();
        let named = names.iter().any(|name| name.names(&raw));
        let new = !present.iter().any(|known| known.key == raw);
        if named && new && schnorr_valid(digester, number, &spend, key, bytes) {
            present.push(Present::schnorr(raw, Some(leaf), bytes));
        }
    }
    present
}

/// What a finished input holds: its stack, from the witness or from the scriptSig's pushes.
pub(super) fn final_stack(input: &Input, lock: &Lock) -> Option<Vec<Vec<u8>>> {
    let legacy = !lock.kind().is_segwit();
    if !legacy && let Some(witness) = &input.final_script_witness {
        return Some(witness.iter().map(<[u8]>::to_vec).collect());
    }
    let script = input.final_script_sig.as_ref()?;
    Some(pushes(script))
}

fn pushes(script: &Script) -> Vec<Vec<u8>> {
    script
        .instructions()
        .map_while(Result::ok)
        .filter_map(|instruction| instruction.push_bytes().map(|push| push.as_bytes().to_vec()))
        .collect()
}

/// The leaf with a hash.
pub(super) fn leaf_of(leaves: &[TapLeaf], hash: TapLeafHash) -> Option<&TapLeaf> {
    leaves.iter().find(|leaf| super::lock::leaf_hash(leaf) == hash)
}
