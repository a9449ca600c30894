//! Adding signatures to a PSBT.

use super::field::{global, input};
use super::{Input, Psbt, Version};
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

/// BIP370: inputs may be added or removed.
const INPUTS_MODIFIABLE: u8 = 1;
/// BIP370: outputs may be added or removed.
const OUTPUTS_MODIFIABLE: u8 = 1 << 1;
/// BIP370: there is a SIGHASH_SINGLE signature whose input and output must stay a pair.
const HAS_SIGHASH_SINGLE: u8 = 1 << 2;

impl Psbt {
    /// Adds signatures to the original pairs, each map kept in its order (a new pair stands behind
    /// the last of its key type, else before the first greater type); updates TX_MODIFIABLE after BIP370. A signature for a key that has
    /// one replaces it; one for an input that does not exist is left out.
    pub fn add_signatures(mut self, signatures: &[NewSignature]) -> Self {
        for signature in signatures {
            if let Some(input) = self.inputs.get_mut(signature.input) {
                input.add_signature(&signature.field, &signature.bytes);
                self.restrict_changes(signature.sighash_type);
            }
        }
        self
    }

    /// What may still be changed after a signature of this type (BIP370, "Signer").
    fn restrict_changes(&mut self, sighash_type: u32) {
        if self.version != Version::V2 {
            return;
        }
        let flags = sighash_flags(sighash_type, self.tx_modifiable.unwrap_or(0));
        if flags != self.tx_modifiable.unwrap_or(0) {
            self.tx_modifiable = Some(flags);
            self.global.put(vec![global::TX_MODIFIABLE as u8], vec![flags]);
        }
    }
}

/// BIP370's flags after a signature of this type; bits not defined stay.
fn sighash_flags(sighash_type: u32, mut flags: u8) -> u8 {
    const ANYONE_CAN_PAY: u32 = 0x80;
    const NONE: u32 = 2;
    const SINGLE: u32 = 3;
    // As Bitcoin Core reads it: the low five bits, all that is not NONE or SINGLE is ALL.
    let outputs = sighash_type & 0x1f;
    if sighash_type & ANYONE_CAN_PAY == 0 {
        flags &= !INPUTS_MODIFIABLE;
    }
    if outputs != NONE {
        flags &= !OUTPUTS_MODIFIABLE;
    }
    if outputs == SINGLE {
        flags |= HAS_SIGHASH_SINGLE;
    }
    flags
}

/// The flags of two copies of one PSBT: what both allow, and every undefined bit of either.
pub(super) fn both_allow([ours, theirs]: [u8; 2]) -> u8 {
    const MODIFIABLE: u8 = INPUTS_MODIFIABLE | OUTPUTS_MODIFIABLE;
    (ours & theirs & MODIFIABLE) | ((ours | theirs) & !MODIFIABLE)
}

impl Input {
    fn add_signature(&mut self, field: &SignatureField, bytes: &[u8]) {
        let key = match field {
            SignatureField::Partial(key) => {
                upsert(&mut self.partial_sigs, *key, bytes);
                [&[input::PARTIAL_SIG as u8][..], &key.to_bytes()].concat()
            }
            SignatureField::TapKey => {
                self.tap_key_sig = Some(bytes.to_vec());
                vec![input::TAP_KEY_SIG as u8]
            }
            SignatureField::TapScript(key, leaf) => {
                upsert(&mut self.tap_script_sigs, (*key, *leaf), bytes);
                let leaf: &[u8] = leaf.as_ref();
                [&[input::TAP_SCRIPT_SIG as u8][..], &key.serialize(), leaf].concat()
            }
        };
        self.map.put(key, bytes.to_vec());
    }
}

fn upsert<K: PartialEq>(entries: &mut Vec<(K, Vec<u8>)>, key: K, bytes: &[u8]) {
    match entries.iter_mut().find(|(known, _)| *known == key) {
        Some((_, value)) => *value = bytes.to_vec(),
        None => entries.push((key, bytes.to_vec())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flags_follow_the_signature_types_of_bip370() {
        let all = INPUTS_MODIFIABLE | OUTPUTS_MODIFIABLE;
        assert_eq!(sighash_flags(0x00, all), 0, "DEFAULT");
        assert_eq!(sighash_flags(0x01, all), 0, "ALL");
        assert_eq!(sighash_flags(0x81, all), INPUTS_MODIFIABLE, "ALL with ANYONECANPAY");
        assert_eq!(sighash_flags(0x02, all), OUTPUTS_MODIFIABLE, "NONE");
        assert_eq!(sighash_flags(0x82, all), all, "NONE with ANYONECANPAY");
        assert_eq!(sighash_flags(0x03, all), HAS_SIGHASH_SINGLE, "SINGLE");
        assert_eq!(sighash_flags(0x83, all), INPUTS_MODIFIABLE | HAS_SIGHASH_SINGLE);
        assert_eq!(sighash_flags(0x01, 0xff), 0xfc, "bits not defined stay");
        assert_eq!(sighash_flags(0x03, 0), HAS_SIGHASH_SINGLE);
    }
}
