//! The reader of input and output maps.

use super::field::{Field, Place, input, output};
use super::locktime::Required;
use super::map::{RawMap, RawPair};
use super::{Input, Output, ParseError, Unbuilt, Version};
use bitcoin::hashes::{Hash, hash160, ripemd160, sha256, sha256d};
use bitcoin::taproot::TapNodeHash;
use bitcoin::{Amount, OutPoint, ScriptBuf, Sequence, TxIn, TxOut, Txid};

/// Lock times from here on are Unix times, below are heights (BIP370, BIP65).
const TIME_THRESHOLD: u32 = 500_000_000;

impl Input {
    fn new() -> Self {
        Self {
            map: Default::default(),
            required: Required::default(),
            outpoint: OutPoint::null(),
            sequence: Sequence::MAX,
            previous: None,
            witness_utxo: None,
            partial_sigs: Vec::new(),
            sighash_type: None,
            redeem_script: None,
            witness_script: None,
            origins: Vec::new(),
            final_script_sig: None,
            final_script_witness: None,
            tap_key_sig: None,
            tap_script_sigs: Vec::new(),
            tap_leaves: Vec::new(),
            tap_origins: Vec::new(),
            tap_internal_key: None,
            tap_merkle_root: None,
            preimages: Vec::new(),
        }
    }

    /// Reads input `i`; `in_tx` is the unsigned transaction's input, `None` for v2.
    pub(super) fn read(
        raw: RawMap<'_>,
        i: usize,
        in_tx: Option<&TxIn>,
        unbuilt: &mut Vec<Unbuilt>,
    ) -> Result<Self, ParseError> {
        let mut found = Self::new();
        for pair in &raw.pairs {
            let v2_only = (input::PREVIOUS_TXID..=input::REQUIRED_HEIGHT_LOCKTIME)
                .contains(&pair.field.key_type);
            if v2_only && in_tx.is_some() {
                return Err(ParseError::FieldForbidden(pair.field, Version::V0));
            }
            if !found.read_taproot(pair)? && !found.read_unbuilt(pair, unbuilt)? {
                found.read_common(pair, i)?;
            }
        }
        raw.whole()?;
        (found.outpoint, found.sequence) = match in_tx {
            Some(txin) => (txin.previous_output, txin.sequence),
            None => v2_input(&raw, i)?,
        };
        found.map = raw.to_map()?;
        Ok(found)
    }

    fn read_common(&mut self, pair: &RawPair<'_>, i: usize) -> Result<(), ParseError> {
        match pair.field.key_type {
            input::NON_WITNESS_UTXO => self.previous = Some(pair.previous_tx()?),
            input::WITNESS_UTXO => self.witness_utxo = Some(pair.tx_out()?),
            input::PARTIAL_SIG => {
                self.partial_sigs.push((pair.key_public_key()?, pair.value.to_vec()));
            }
            input::SIGHASH_TYPE => self.sighash_type = Some(pair.bare_u32()?),
            input::REDEEM_SCRIPT => self.redeem_script = Some(pair.bare_script()?),
            input::WITNESS_SCRIPT => self.witness_script = Some(pair.bare_script()?),
            input::BIP32_DERIVATION => {
                self.origins.push((pair.key_public_key()?, pair.value_origin()?));
            }
            input::FINAL_SCRIPTSIG => self.final_script_sig = Some(pair.bare_script()?),
            input::FINAL_SCRIPTWITNESS => self.final_script_witness = Some(pair.witness()?),
            input::RIPEMD160..=input::HASH256 => self.read_preimage(pair)?,
            // the values: `v2_input`
            input::PREVIOUS_TXID | input::OUTPUT_INDEX | input::SEQUENCE => pair.bare_key()?,
            input::REQUIRED_TIME_LOCKTIME => {
                let time = pair.bare_u32()?;
                if time < TIME_THRESHOLD {
                    return Err(ParseError::TimeTooSmall { input: i, time });
                }
                self.required.time = Some(time);
            }
            input::REQUIRED_HEIGHT_LOCKTIME => {
                let height = pair.bare_u32()?;
                if height == 0 || height >= TIME_THRESHOLD {
                    return Err(ParseError::HeightOutOfRange { input: i, height });
                }
                self.required.height = Some(height);
            }
            input::PROPRIETARY => pair.proprietary_key()?,
            _ => {}
        }
        Ok(())
    }

    /// BIP174: the value must hash to the key.
    fn read_preimage(&mut self, pair: &RawPair<'_>) -> Result<(), ParseError> {
        let value = pair.value;
        let hash: Vec<u8> = match pair.field.key_type {
            input::RIPEMD160 => ripemd160::Hash::hash(value).to_byte_array().into(),
            input::SHA256 => sha256::Hash::hash(value).to_byte_array().into(),
            input::HASH160 => hash160::Hash::hash(value).to_byte_array().into(),
            _ => sha256d::Hash::hash(value).to_byte_array().into(),
        };
        if pair.key_data.len() != hash.len() {
            return Err(pair.key_length());
        }
        if pair.key_data != hash {
            return Err(ParseError::ValueNotPreimage(pair.field));
        }
        // The match in `read_common` lets only 0x0a to 0x0d through.
        self.preimages.push((pair.field.key_type as u8, hash, value.to_vec()));
        Ok(())
    }

    /// BIP371; whether the field is one of them.
    fn read_taproot(&mut self, pair: &RawPair<'_>) -> Result<bool, ParseError> {
        match pair.field.key_type {
            input::TAP_KEY_SIG => {
                pair.bare_key()?;
                self.tap_key_sig = Some(pair.value_schnorr()?);
            }
            input::TAP_SCRIPT_SIG => {
                self.tap_script_sigs.push((pair.key_x_only_and_leaf()?, pair.value_schnorr()?));
            }
            input::TAP_LEAF_SCRIPT => self.tap_leaves.push(pair.tap_leaf()?),
            input::TAP_BIP32_DERIVATION => self.tap_origins.push(pair.tap_origin()?),
            input::TAP_INTERNAL_KEY => self.tap_internal_key = Some(pair.bare_x_only()?),
            input::TAP_MERKLE_ROOT => {
                self.tap_merkle_root = Some(TapNodeHash::from_byte_array(pair.bare_array()?));
            }
            _ => return Ok(false),
        }
        Ok(true)
    }

    /// BIP373, 375 and 376; whether the field is one of them.
    fn read_unbuilt(
        &mut self,
        pair: &RawPair<'_>,
        unbuilt: &mut Vec<Unbuilt>,
    ) -> Result<bool, ParseError> {
        let feature = match pair.field.key_type {
            input::MUSIG2_PARTICIPANT_PUBKEYS => {
                pair.key_compressed(1, false)?;
                pair.value_compressed()?;
                Unbuilt::MuSig2
            }
            input::MUSIG2_PUB_NONCE => {
                pair.key_compressed(2, true)?;
                pair.value_of(66)?;
                Unbuilt::MuSig2
            }
            input::MUSIG2_PARTIAL_SIG => {
                pair.key_compressed(2, true)?;
                pair.value_of(32)?;
                Unbuilt::MuSig2
            }
            input::SP_ECDH_SHARE => {
                pair.key_compressed(1, false)?;
                pair.value_of(33)?;
                Unbuilt::SilentPayments
            }
            input::SP_DLEQ => {
                pair.key_compressed(1, false)?;
                pair.value_of(64)?;
                Unbuilt::SilentPayments
            }
            input::SP_SPEND_BIP32_DERIVATION => {
                pair.key_compressed(1, false)?;
                pair.value_origin()?;
                Unbuilt::SilentPayments
            }
            input::SP_TWEAK => {
                pair.bare_array::<32>()?;
                Unbuilt::SilentPayments
            }
            _ => return Ok(false),
        };
        note(unbuilt, feature);
        Ok(true)
    }
}

/// Each feature once.
pub(super) fn note(unbuilt: &mut Vec<Unbuilt>, feature: Unbuilt) {
    if !unbuilt.contains(&feature) {
        unbuilt.push(feature);
    }
}

/// BIP370: what is spent, and the sequence number, final unless given.
fn v2_input(raw: &RawMap<'_>, i: usize) -> Result<(OutPoint, Sequence), ParseError> {
    let required = |key_type| {
        let field = Field { place: Place::Input(i), key_type };
        raw.get(key_type).ok_or(ParseError::FieldMissing(field, Version::V2))
    };
    let txid = Txid::from_byte_array(required(input::PREVIOUS_TXID)?.bare_array()?);
    let vout = required(input::OUTPUT_INDEX)?.bare_u32()?;
    let sequence = match raw.get(input::SEQUENCE) {
        Some(pair) => Sequence(pair.bare_u32()?),
        None => Sequence::MAX,
    };
    Ok((OutPoint { txid, vout }, sequence))
}

impl Output {
    /// Reads output `i`; `in_tx` is the unsigned transaction's output, `None` for v2.
    pub(super) fn read(
        raw: RawMap<'_>,
        i: usize,
        in_tx: Option<&TxOut>,
        unbuilt: &mut Vec<Unbuilt>,
    ) -> Result<Self, ParseError> {
        let mut found = Self {
            map: Default::default(),
            txout: TxOut::NULL,
            redeem_script: None,
            witness_script: None,
            origins: Vec::new(),
            tap_internal_key: None,
            tap_tree: None,
            tap_origins: Vec::new(),
        };
        for pair in &raw.pairs {
            match pair.field.key_type {
                output::REDEEM_SCRIPT => found.redeem_script = Some(pair.bare_script()?),
                output::WITNESS_SCRIPT => found.witness_script = Some(pair.bare_script()?),
                output::BIP32_DERIVATION => {
                    found.origins.push((pair.key_public_key()?, pair.value_origin()?));
                }
                output::AMOUNT | output::SCRIPT if in_tx.is_some() => {
                    return Err(ParseError::FieldForbidden(pair.field, Version::V0));
                }
                // the values: `v2_output`
                output::AMOUNT | output::SCRIPT => pair.bare_key()?,
                output::TAP_INTERNAL_KEY => found.tap_internal_key = Some(pair.bare_x_only()?),
                output::TAP_TREE => found.tap_tree = Some(pair.tap_tree()?),
                output::TAP_BIP32_DERIVATION => found.tap_origins.push(pair.tap_origin()?),
                output::MUSIG2_PARTICIPANT_PUBKEYS => {
                    pair.key_compressed(1, false)?;
                    pair.value_compressed()?;
                    note(unbuilt, Unbuilt::MuSig2);
                }
                output::SP_V0_INFO => {
                    pair.bare_array::<66>()?;
                    pair.value_compressed()?;
                    note(unbuilt, Unbuilt::SilentPayments);
                }
                output::SP_V0_LABEL => {
                    pair.bare_u32()?;
                    note(unbuilt, Unbuilt::SilentPayments);
                }
                output::PROPRIETARY => pair.proprietary_key()?,
                _ => {}
            }
        }
        raw.whole()?;
        found.txout = match in_tx {
            Some(txout) => txout.clone(),
            None => v2_output(&raw, i)?,
        };
        found.map = raw.to_map()?;
        Ok(found)
    }
}

/// BIP370: amount and script; BIP375: without a script while a silent payment's is not computed.
fn v2_output(raw: &RawMap<'_>, i: usize) -> Result<TxOut, ParseError> {
    let required = |key_type| {
        let field = Field { place: Place::Output(i), key_type };
        raw.get(key_type).ok_or(ParseError::FieldMissing(field, Version::V2))
    };
    let value = Amount::from_sat(u64::from_le_bytes(required(output::AMOUNT)?.bare_array()?));
    let script_pubkey = match required(output::SCRIPT) {
        Ok(pair) => pair.bare_script()?,
        Err(_) if raw.get(output::SP_V0_INFO).is_some() => ScriptBuf::new(),
        Err(missing) => return Err(missing),
    };
    Ok(TxOut { value, script_pubkey })
}
