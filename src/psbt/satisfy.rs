//! One input's scripts satisfied with what the PSBT holds, by miniscript.

use super::field::input;
use super::{FinishError, Input};
use bitcoin::hashes::{Hash, hash160};
use bitcoin::key::XOnlyPublicKey;
use bitcoin::taproot::{LeafVersion, TapLeafHash};
use bitcoin::{
    PublicKey, Script, ScriptBuf, Transaction, Witness, absolute, ecdsa, relative, taproot,
    transaction,
};
use miniscript::{
    BareCtx, Descriptor, ExtParams, Legacy, Miniscript, MiniscriptKey, Preimage32, Satisfier,
    ScriptContext, Segwitv0, SigType, Tap, ToPublicKey,
};

/// An input with its signatures decoded.
pub(super) struct Signed<'a> {
    tx: &'a Transaction,
    index: usize,
    input: &'a Input,
    ecdsa: Vec<(PublicKey, ecdsa::Signature)>,
    tap_key: Option<taproot::Signature>,
    tap_leaf: Vec<((XOnlyPublicKey, TapLeafHash), taproot::Signature)>,
}

impl<'a> Signed<'a> {
    /// Decodes the signatures; each must be of the sighash type that the input asks for (BIP174,
    /// "Input Finalizer").
    pub(super) fn new(
        tx: &'a Transaction,
        index: usize,
        input: &'a Input,
    ) -> Result<Self, FinishError> {
        let invalid = FinishError::Invalid { input: index };
        let tap = |bytes: &Vec<u8>| taproot::Signature::from_slice(bytes);
        let mut signed =
            Self { tx, index, input, ecdsa: Vec::new(), tap_key: None, tap_leaf: Vec::new() };
        for (key, bytes) in &input.partial_sigs {
            let signature = ecdsa::Signature::from_slice(bytes).map_err(|_| invalid.clone())?;
            signed.ecdsa.push((*key, signature));
        }
        for (key, bytes) in &input.tap_script_sigs {
            signed.tap_leaf.push((*key, tap(bytes).map_err(|_| invalid.clone())?));
        }
        signed.tap_key = input.tap_key_sig.as_ref().map(tap).transpose().map_err(|_| invalid)?;
        match input.sighash_type {
            Some(asked) if signed.sighash_types().any(|found| found != asked) => {
                Err(FinishError::SighashMismatch { input: index })
            }
            _ => Ok(signed),
        }
    }

    fn sighash_types(&self) -> impl Iterator<Item = u32> {
        let ecdsa = self.ecdsa.iter().map(|(_, signature)| signature.sighash_type.to_u32());
        let tap = self.tap_key.iter().chain(self.tap_leaf.iter().map(|(_, signature)| signature));
        ecdsa.chain(tap.map(|signature| signature.sighash_type as u32))
    }

    fn incomplete(&self) -> FinishError {
        FinishError::Incomplete { input: self.index }
    }

    fn unknown(&self) -> FinishError {
        FinishError::ScriptUnknown { input: self.index }
    }

    /// scriptSig and witness for this scriptPubKey.
    pub(super) fn satisfy(&self, spk: &Script) -> Result<(ScriptBuf, Witness), FinishError> {
        if spk.is_p2tr() {
            let stack = self.taproot()?;
            return Ok((ScriptBuf::new(), Witness::from_slice(&stack)));
        }
        if spk.is_p2sh() {
            let redeem = self.input.redeem_script.as_ref().ok_or_else(|| self.incomplete())?;
            if redeem.to_p2sh() != *spk {
                return Err(self.unknown());
            }
            if redeem.is_witness_program() {
                let mut push = bitcoin::script::PushBytesBuf::new();
                // A witness program is 42 bytes at most.
                push.extend_from_slice(redeem.as_bytes()).map_err(|_| self.unknown())?;
                let script_sig = ScriptBuf::builder().push_slice(push).into_script();
                return Ok((script_sig, self.segwit_v0(redeem)?));
            }
            let script = self.parse::<Legacy>(redeem)?;
            return self.descriptor(Descriptor::new_sh(script));
        }
        if spk.is_witness_program() {
            return Ok((ScriptBuf::new(), self.segwit_v0(spk)?));
        }
        if spk.is_p2pkh() {
            let key = self.signing_key(|key| ScriptBuf::new_p2pkh(&key.pubkey_hash()) == *spk)?;
            return self.descriptor(Descriptor::new_pkh(key));
        }
        self.descriptor(Descriptor::new_bare(self.parse::<BareCtx>(spk)?))
    }

    /// P2WPKH and P2WSH, nested or not.
    fn segwit_v0(&self, program: &Script) -> Result<Witness, FinishError> {
        if program.is_p2wpkh() {
            let key = self.signing_key(|key| {
                key.wpubkey_hash().is_ok_and(|hash| ScriptBuf::new_p2wpkh(&hash) == *program)
            })?;
            return Ok(self.descriptor(Descriptor::new_wpkh(key))?.1);
        }
        if !program.is_p2wsh() {
            return Err(self.unknown());
        }
        let script = self.input.witness_script.as_ref().ok_or_else(|| self.incomplete())?;
        if script.to_p2wsh() != *program {
            return Err(self.unknown());
        }
        let mut stack = self.stack(&self.parse::<Segwitv0>(script)?)?;
        stack.push(script.to_bytes());
        Ok(Witness::from_slice(&stack))
    }

    /// BIP341: the key path if it is signed, else the cheapest leaf that can be satisfied.
    fn taproot(&self) -> Result<Vec<Vec<u8>>, FinishError> {
        if let Some(signature) = &self.tap_key {
            return Ok(vec![signature.to_vec()]);
        }
        let leaves = self.input.tap_leaves.iter().filter(|leaf| {
            // Other versions are spendable by anyone today: nothing to sign there.
            leaf.version == LeafVersion::TapScript
        });
        let stacks = leaves.filter_map(|leaf| {
            let script = Miniscript::<XOnlyPublicKey, Tap>::parse_with_ext(
                &leaf.script,
                &ExtParams::allow_all(),
            );
            let mut stack = self.stack(&script.ok()?).ok()?;
            stack.push(leaf.script.to_bytes());
            stack.push(leaf.control_block.serialize());
            Some(stack)
        });
        let size = |stack: &Vec<Vec<u8>>| stack.iter().map(Vec::len).sum::<usize>();
        stacks.min_by_key(size).ok_or_else(|| self.incomplete())
    }

    fn parse<Ctx: ScriptContext<Key = PublicKey>>(
        &self,
        script: &Script,
    ) -> Result<Miniscript<PublicKey, Ctx>, FinishError> {
        Miniscript::parse_with_ext(script, &ExtParams::allow_all()).map_err(|_| self.unknown())
    }

    /// The script's inputs; a malleable satisfaction only where there is no other.
    fn stack<Pk: MiniscriptKey + ToPublicKey, Ctx: ScriptContext>(
        &self,
        script: &Miniscript<Pk, Ctx>,
    ) -> Result<Vec<Vec<u8>>, FinishError> {
        script
            .satisfy(self)
            .or_else(|_| script.satisfy_malleable(self))
            .map_err(|_| self.incomplete())
    }

    fn descriptor(
        &self,
        descriptor: Result<Descriptor<PublicKey>, miniscript::Error>,
    ) -> Result<(ScriptBuf, Witness), FinishError> {
        let descriptor = descriptor.map_err(|_| self.unknown())?;
        let (witness, script_sig) = descriptor
            .get_satisfaction(self)
            .or_else(|_| descriptor.get_satisfaction_mall(self))
            .map_err(|_| self.incomplete())?;
        Ok((script_sig, Witness::from_slice(&witness)))
    }

    /// The key with a signature that fits.
    fn signing_key(&self, fits: impl Fn(&PublicKey) -> bool) -> Result<PublicKey, FinishError> {
        let keys = self.ecdsa.iter().map(|(key, _)| *key);
        keys.into_iter().find(fits).ok_or_else(|| self.incomplete())
    }

    fn preimage(&self, key_type: u64, hash: &[u8]) -> Option<Preimage32> {
        let mut all = self.input.preimages.iter();
        let (_, _, preimage) =
            all.find(|(kind, known, _)| u64::from(*kind) == key_type && known == hash)?;
        preimage.as_slice().try_into().ok()
    }
}

impl<Pk: MiniscriptKey + ToPublicKey> Satisfier<Pk> for Signed<'_> {
    fn lookup_ecdsa_sig(&self, key: &Pk) -> Option<ecdsa::Signature> {
        let key = key.to_public_key();
        self.ecdsa.iter().find(|(known, _)| *known == key).map(|(_, signature)| *signature)
    }

    fn lookup_tap_key_spend_sig(&self) -> Option<taproot::Signature> {
        self.tap_key
    }

    fn lookup_tap_leaf_script_sig(
        &self,
        key: &Pk,
        leaf: &TapLeafHash,
    ) -> Option<taproot::Signature> {
        let wanted = (key.to_x_only_pubkey(), *leaf);
        self.tap_leaf.iter().find(|(known, _)| *known == wanted).map(|(_, signature)| *signature)
    }

    fn lookup_raw_pkh_pk(&self, hash: &hash160::Hash) -> Option<PublicKey> {
        let signed = self.ecdsa.iter().map(|(key, _)| key);
        let known = self.input.origins.iter().map(|(key, _)| key);
        signed.chain(known).find(|key| key.to_pubkeyhash(SigType::Ecdsa) == *hash).copied()
    }

    fn lookup_raw_pkh_x_only_pk(&self, hash: &hash160::Hash) -> Option<XOnlyPublicKey> {
        let signed = self.tap_leaf.iter().map(|((key, _), _)| key);
        let known = self.input.tap_origins.iter().map(|origin| &origin.key);
        signed.chain(known).find(|key| key.to_pubkeyhash(SigType::Schnorr) == *hash).copied()
    }

    fn lookup_raw_pkh_ecdsa_sig(
        &self,
        hash: &hash160::Hash,
    ) -> Option<(PublicKey, ecdsa::Signature)> {
        self.ecdsa.iter().find(|(key, _)| key.to_pubkeyhash(SigType::Ecdsa) == *hash).copied()
    }

    fn lookup_raw_pkh_tap_leaf_script_sig(
        &self,
        (hash, leaf): &(hash160::Hash, TapLeafHash),
    ) -> Option<(XOnlyPublicKey, taproot::Signature)> {
        let fits = |(key, known): &(XOnlyPublicKey, TapLeafHash)| {
            known == leaf && key.to_pubkeyhash(SigType::Schnorr) == *hash
        };
        let ((key, _), signature) = self.tap_leaf.iter().find(|(known, _)| fits(known))?;
        Some((*key, *signature))
    }

    fn lookup_sha256(&self, hash: &Pk::Sha256) -> Option<Preimage32> {
        self.preimage(input::SHA256, &Pk::to_sha256(hash).to_byte_array())
    }

    fn lookup_hash256(&self, hash: &Pk::Hash256) -> Option<Preimage32> {
        self.preimage(input::HASH256, &Pk::to_hash256(hash).to_byte_array())
    }

    fn lookup_ripemd160(&self, hash: &Pk::Ripemd160) -> Option<Preimage32> {
        self.preimage(input::RIPEMD160, &Pk::to_ripemd160(hash).to_byte_array())
    }

    fn lookup_hash160(&self, hash: &Pk::Hash160) -> Option<Preimage32> {
        self.preimage(input::HASH160, &Pk::to_hash160(hash).to_byte_array())
    }

    /// BIP68, BIP112: from transaction version 2 (as an unsigned number) on.
    fn check_older(&self, lock: relative::LockTime) -> bool {
        let version_counts = self.tx.version.0 as u32 >= transaction::Version::TWO.0 as u32;
        let sequence = self.input.sequence.to_relative_lock_time();
        version_counts && sequence.is_some_and(|sequence| lock.is_implied_by(sequence))
    }

    /// BIP65: not when the sequence number is final.
    fn check_after(&self, lock: absolute::LockTime) -> bool {
        self.input.sequence.enables_absolute_lock_time() && lock.is_implied_by(self.tx.lock_time)
    }
}
