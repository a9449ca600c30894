//! What one signature signs. The one place where digests are made: for signing, for verifying
//! signatures that are already there, and for the published vectors.

use super::{Input, Psbt};
use bitcoin::hashes::Hash;
use bitcoin::opcodes::all::OP_CODESEPARATOR;
use bitcoin::secp256k1::{Message, PublicKey, SECP256K1, XOnlyPublicKey, ecdsa, schnorr};
use bitcoin::sighash::{EcdsaSighashType, Prevouts, SighashCache, TapSighashType, TaprootError};
use bitcoin::taproot::TapLeafHash;
use bitcoin::{Amount, Script, ScriptBuf, Transaction, TxOut};
use std::borrow::Cow;

/// How an input is spent, with all that its digest commits to besides the transaction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Spend {
    /// Before segwit: the script that is executed.
    Legacy {
        /// The scriptPubKey or redeem script.
        script_code: ScriptBuf,
    },
    /// BIP143: the amount is part of what is signed.
    SegwitV0 {
        /// P2PKH form for P2WPKH, the witness script for P2WSH.
        script_code: ScriptBuf,
        /// The amount spent.
        amount: Amount,
    },
    /// BIP341 key path.
    TapKey,
    /// BIP342 script path.
    TapLeaf {
        /// The leaf in use.
        leaf: TapLeafHash,
    },
}

/// Why no digest can be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DigestError {
    /// No input of that number.
    NoSuchInput,
    /// Taproot needs every output spent, and one is missing.
    PrevoutsMissing,
    /// A sighash type that the rules of this spend do not know.
    SighashType(u32),
    /// BIP341: SIGHASH_SINGLE where no output stands beside the input.
    NoOutputBeside,
}

impl std::fmt::Display for DigestError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NoSuchInput => f.write_str("The transaction has no input of that number."),
            Self::PrevoutsMissing => f.write_str(
                "A Taproot signature covers every output that is spent, and the PSBT lacks one of them.",
            ),
            Self::SighashType(kind) => {
                write!(f, "The sighash type {kind:#04x} does not exist for this kind of input.")
            }
            Self::NoOutputBeside => f.write_str(
                "The sighash type SINGLE signs the output beside the input, and there is none.",
            ),
        }
    }
}

impl std::error::Error for DigestError {}

/// Makes the digests of one transaction; what the inputs share is hashed once.
pub struct Digester<'a> {
    cache: SighashCache<&'a Transaction>,
    prevouts: Option<Vec<TxOut>>,
    legacy_hashed: u64,
}

impl<'a> Digester<'a> {
    /// `prevouts`: the outputs spent, one an input, in order; needed for Taproot.
    pub fn new(tx: &'a Transaction, prevouts: Option<Vec<TxOut>>) -> Self {
        let prevouts = prevouts.filter(|all| all.len() == tx.input.len());
        Self { cache: SighashCache::new(tx), prevouts, legacy_hashed: 0 }
    }

    /// With the outputs spent as this PSBT tells them: out of the previous transaction where it is
    /// there, else the witness UTXO. That the two agree, and that the previous transaction is the
    /// right one, is the review's to judge.
    pub fn of(psbt: &'a Psbt) -> Self {
        let spent = |(input, earlier): (&Input, Option<&TxOut>)| match &input.previous {
            Some(previous) => previous.tx.output.get(input.outpoint.vout as usize).cloned(),
            None => input.witness_utxo.clone().or(earlier.cloned()),
        };
        Self::new(psbt.tx(), psbt.inputs().iter().zip(psbt.told_earlier()).map(spent).collect())
    }

    /// The output that `input` spends, where every input's is known.
    pub fn prevout(&self, input: usize) -> Option<&TxOut> {
        self.prevouts.as_ref()?.get(input)
    }

    /// Bytes hashed so far for legacy digests, about: each hashes the whole transaction again.
    pub fn legacy_hashed(&self) -> u64 {
        self.legacy_hashed
    }

    /// Does an output stand beside `input`, for SIGHASH_SINGLE to sign?
    pub fn has_output_beside(&self, input: usize) -> bool {
        input < self.cache.transaction().output.len()
    }

    /// The 32 bytes that a signature for `input` with `sighash_type` commits to.
    ///
    /// Legacy inputs take any `sighash_type`, as consensus does; the others only those that their
    /// BIPs define. A legacy SINGLE without an output beside it gives the number one, as consensus
    /// does: a signature of that is valid for every such input of the key, so never sign it.
    pub fn digest(
        &mut self,
        input: usize,
        spend: &Spend,
        sighash_type: u32,
    ) -> Result<[u8; 32], DigestError> {
        if input >= self.cache.transaction().input.len() {
            return Err(DigestError::NoSuchInput);
        }
        match spend {
            Spend::Legacy { script_code } => {
                let tx = self.cache.transaction();
                // outpoint, length and sequence of an input; the least output
                let hashed = 41 * tx.input.len() + 9 * tx.output.len() + script_code.len();
                self.legacy_hashed = self.legacy_hashed.saturating_add(hashed as u64);
                self.cache
                    .legacy_signature_hash(input, &without_separators(script_code), sighash_type)
                    .map(|hash| hash.to_byte_array())
                    .map_err(|_| DigestError::NoSuchInput)
            }
            Spend::SegwitV0 { script_code, amount } => {
                let kind = EcdsaSighashType::from_standard(sighash_type)
                    .map_err(|_| DigestError::SighashType(sighash_type))?;
                self.cache
                    .p2wsh_signature_hash(input, script_code, *amount, kind)
                    .map(|hash| hash.to_byte_array())
                    .map_err(|_| DigestError::NoSuchInput)
            }
            Spend::TapKey => self.taproot(input, None, sighash_type),
            Spend::TapLeaf { leaf } => self.taproot(input, Some(*leaf), sighash_type),
        }
    }

    fn taproot(
        &mut self,
        input: usize,
        leaf: Option<TapLeafHash>,
        sighash_type: u32,
    ) -> Result<[u8; 32], DigestError> {
        let kind = u8::try_from(sighash_type)
            .ok()
            .and_then(|byte| TapSighashType::from_consensus_u8(byte).ok())
            .ok_or(DigestError::SighashType(sighash_type))?;
        let prevouts = self.prevouts.as_ref().ok_or(DigestError::PrevoutsMissing)?;
        // BIP342: no OP_CODESEPARATOR was executed before the signature's opcode.
        let leaf = leaf.map(|hash| (hash, u32::MAX));
        self.cache
            .taproot_signature_hash(input, &Prevouts::All(prevouts), None, leaf, kind)
            .map(|hash| hash.to_byte_array())
            .map_err(|error| match error {
                TaprootError::SingleMissingOutput(_) => DigestError::NoOutputBeside,
                TaprootError::InputsIndex(_) => DigestError::NoSuchInput,
                _ => DigestError::PrevoutsMissing,
            })
    }
}

/// Consensus leaves OP_CODESEPARATOR out of the script that a legacy signature covers.
fn without_separators(script: &Script) -> Cow<'_, Script> {
    let places: Vec<usize> = script
        .instruction_indices()
        .map_while(Result::ok)
        .filter(|(_, instruction)| instruction.opcode() == Some(OP_CODESEPARATOR))
        .map(|(place, _)| place)
        .collect();
    if places.is_empty() {
        return Cow::Borrowed(script);
    }
    let kept = script.as_bytes().iter().enumerate();
    let kept = kept.filter(|(place, _)| places.binary_search(place).is_err());
    Cow::Owned(ScriptBuf::from_bytes(kept.map(|(_, byte)| *byte).collect()))
}

/// Is `der` (without its sighash byte) a signature of `digest` by `key` that Bitcoin accepts and
/// relays: strict DER (BIP66), low S (BIP146)?
pub fn ecdsa_holds(digest: &[u8; 32], der: &[u8], key: &PublicKey) -> bool {
    let Ok(signature) = ecdsa::Signature::from_der(der) else { return false };
    // BIP66: DER has one form for one signature.
    *signature.serialize_der() == *der
        && SECP256K1.verify_ecdsa(&Message::from_digest(*digest), &signature, key).is_ok()
}

/// Is `signature` (64 bytes, without a sighash byte) a BIP340 signature of `digest` by `key`?
pub fn schnorr_holds(digest: &[u8; 32], signature: &[u8], key: &XOnlyPublicKey) -> bool {
    let Ok(signature) = schnorr::Signature::from_slice(signature) else { return false };
    SECP256K1.verify_schnorr(&signature, &Message::from_digest(*digest), key).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_code_separators_are_left_out_not_bytes_that_look_like_them() {
        // OP_CODESEPARATOR, a push of the byte 0xab, OP_CODESEPARATOR, OP_1
        let script = Script::from_bytes(&[0xab, 0x01, 0xab, 0xab, 0x51]);
        assert_eq!(without_separators(script).as_bytes(), [0x01, 0xab, 0x51]);
        // what cannot be read stays as it is: a push of five bytes that has two
        let script = Script::from_bytes(&[0xab, 0x05, 0xab, 0xab]);
        assert_eq!(without_separators(script).as_bytes(), [0x05, 0xab, 0xab]);
    }

    #[test]
    fn every_reason_is_a_sentence() {
        use DigestError::*;
        for error in [NoSuchInput, PrevoutsMissing, SighashType(4), NoOutputBeside] {
            assert!(error.to_string().ends_with('.'), "{error}");
        }
    }
}
