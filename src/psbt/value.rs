//! Field values and key data to types: every length and format rule of BIP174, 371 and 373.

use super::ParseError;
use super::map::RawPair;
use super::model::{PrevTx, TapLeaf, TapOrigin};
use super::read::{Fault, Reader};
use bitcoin::absolute::LockTime;
use bitcoin::bip32::{ChildNumber, DerivationPath, Fingerprint, KeySource};
use bitcoin::consensus::{Decodable, encode};
use bitcoin::hashes::Hash;
use bitcoin::secp256k1::{self, XOnlyPublicKey};
use bitcoin::taproot::{ControlBlock, LeafVersion, TAPROOT_CONTROL_MAX_NODE_COUNT, TapLeafHash};
use bitcoin::transaction;
use bitcoin::{Amount, PublicKey, ScriptBuf, Transaction, TxIn, TxOut, Witness};

impl<'a> RawPair<'a> {
    /// The key has no data besides its type.
    pub(super) fn bare_key(&self) -> Result<(), ParseError> {
        if self.key_data.is_empty() { Ok(()) } else { Err(self.key_length()) }
    }

    pub(super) fn key_length(&self) -> ParseError {
        ParseError::KeyLength { field: self.field, bytes: self.key_data.len() }
    }

    pub(super) fn value_length(&self) -> ParseError {
        ParseError::ValueLength { field: self.field, bytes: self.value.len() }
    }

    /// A bare key, and the value as an array.
    pub(super) fn bare_array<const N: usize>(&self) -> Result<[u8; N], ParseError> {
        self.bare_key()?;
        self.value.try_into().map_err(|_| self.value_length())
    }

    /// A bare key, and the value as a little-endian number.
    pub(super) fn bare_u32(&self) -> Result<u32, ParseError> {
        self.bare_array().map(u32::from_le_bytes)
    }

    /// A bare key, and the value as a script.
    pub(super) fn bare_script(&self) -> Result<ScriptBuf, ParseError> {
        self.bare_key()?;
        Ok(ScriptBuf::from_bytes(self.value.to_vec()))
    }

    /// A bare key, and the value as one compact size.
    pub(super) fn bare_count(&self) -> Result<u64, ParseError> {
        self.bare_key()?;
        let mut reader = Reader::new(self.value);
        match reader.compact_size() {
            Ok(count) if reader.is_empty() => Ok(count),
            _ => Err(ParseError::ValueNotCount(self.field)),
        }
    }

    /// A public key of 33 or 65 bytes as key data.
    pub(super) fn key_public_key(&self) -> Result<PublicKey, ParseError> {
        if ![33, 65].contains(&self.key_data.len()) {
            return Err(self.key_length());
        }
        PublicKey::from_slice(self.key_data).map_err(|_| ParseError::KeyNotPublicKey(self.field))
    }

    /// An x-only key as key data.
    pub(super) fn key_x_only(&self) -> Result<XOnlyPublicKey, ParseError> {
        let data: &[u8; 32] = self.key_data.try_into().map_err(|_| self.key_length())?;
        self.x_only(data)
    }

    fn x_only(&self, data: &[u8; 32]) -> Result<XOnlyPublicKey, ParseError> {
        XOnlyPublicKey::from_slice(data).map_err(|_| ParseError::KeyNotPublicKey(self.field))
    }

    /// An x-only key and a leaf hash as key data.
    pub(super) fn key_x_only_and_leaf(&self) -> Result<(XOnlyPublicKey, TapLeafHash), ParseError> {
        let mut reader = Reader::new(self.key_data);
        match (reader.array(), reader.array(), reader.is_empty()) {
            (Ok(key), Ok(leaf), true) => {
                Ok((self.x_only(&key)?, TapLeafHash::from_byte_array(leaf)))
            }
            _ => Err(self.key_length()),
        }
    }

    /// `count` compressed public keys as key data, and perhaps 32 bytes more.
    pub(super) fn key_compressed(
        &self,
        count: usize,
        hash_may_follow: bool,
    ) -> Result<(), ParseError> {
        let hash = self.key_data.len().checked_sub(33 * count).ok_or_else(|| self.key_length())?;
        if hash != 0 && !(hash_may_follow && hash == 32) {
            return Err(self.key_length());
        }
        let (keys, _) = self.key_data.as_chunks::<33>();
        match keys.iter().take(count).all(is_compressed) {
            true => Ok(()),
            false => Err(ParseError::KeyNotPublicKey(self.field)),
        }
    }

    /// Compressed public keys as the value, one after another.
    pub(super) fn value_compressed(&self) -> Result<(), ParseError> {
        let (keys, rest) = self.value.as_chunks::<33>();
        if !keys.iter().all(is_compressed) {
            return Err(ParseError::ValueNotPublicKey(self.field));
        }
        if rest.is_empty() { Ok(()) } else { Err(self.value_length()) }
    }

    /// A value of this length.
    pub(super) fn value_of(&self, bytes: usize) -> Result<(), ParseError> {
        if self.value.len() == bytes { Ok(()) } else { Err(self.value_length()) }
    }

    /// A Schnorr signature: 64 bytes, or 65 with the sighash byte.
    pub(super) fn value_schnorr(&self) -> Result<Vec<u8>, ParseError> {
        if [64, 65].contains(&self.value.len()) {
            Ok(self.value.to_vec())
        } else {
            Err(self.value_length())
        }
    }

    /// A bare key, and an x-only key as the value.
    pub(super) fn bare_x_only(&self) -> Result<XOnlyPublicKey, ParseError> {
        let data = self.bare_array::<32>()?;
        XOnlyPublicKey::from_slice(&data).map_err(|_| ParseError::ValueNotPublicKey(self.field))
    }

    /// Fingerprint and path as the value.
    pub(super) fn value_origin(&self) -> Result<KeySource, ParseError> {
        self.origin(self.value)
    }

    fn origin(&self, bytes: &[u8]) -> Result<KeySource, ParseError> {
        let wrong = ParseError::ValueNotOrigin(self.field);
        let Some((fingerprint, path)) = bytes.split_first_chunk::<4>() else { return Err(wrong) };
        let (steps, []) = path.as_chunks::<4>() else { return Err(wrong) };
        let steps: Vec<ChildNumber> =
            steps.iter().map(|step| u32::from_le_bytes(*step).into()).collect();
        Ok((Fingerprint::from(*fingerprint), DerivationPath::from(steps)))
    }

    /// PSBT_{IN,OUT}_TAP_BIP32_DERIVATION.
    pub(super) fn tap_origin(&self) -> Result<TapOrigin, ParseError> {
        let key = self.key_x_only()?;
        let wrong = |_| ParseError::ValueNotLeafHashes(self.field);
        let mut reader = Reader::new(self.value);
        let count = reader.count(32).map_err(wrong)?;
        let (leaves, _) = reader.take(32 * count).map_err(wrong)?.as_chunks::<32>();
        let leaves = leaves.iter().map(|leaf| TapLeafHash::from_byte_array(*leaf)).collect();
        Ok(TapOrigin { key, leaves, source: self.origin(reader.rest())? })
    }

    /// PSBT_IN_TAP_LEAF_SCRIPT.
    pub(super) fn tap_leaf(&self) -> Result<TapLeaf, ParseError> {
        // BIP341: 33 bytes and 32 for each of at most 128 levels.
        let path = self.key_data.len().checked_sub(33).ok_or_else(|| self.key_length())?;
        if !path.is_multiple_of(32) || path / 32 > TAPROOT_CONTROL_MAX_NODE_COUNT {
            return Err(self.key_length());
        }
        let control_block = ControlBlock::decode(self.key_data)
            .map_err(|_| ParseError::KeyNotControlBlock(self.field))?;
        let (version, script) =
            self.value.split_last().ok_or(ParseError::LeafScriptEmpty(self.field))?;
        let version = self.leaf_version(*version)?;
        Ok(TapLeaf { control_block, script: ScriptBuf::from_bytes(script.to_vec()), version })
    }

    fn leaf_version(&self, version: u8) -> Result<LeafVersion, ParseError> {
        let wrong = |_| ParseError::LeafVersion { field: self.field, version };
        LeafVersion::from_consensus(version).map_err(wrong)
    }

    /// PSBT_OUT_TAP_TREE: leaves in depth-first order.
    pub(super) fn tap_tree(&self) -> Result<Vec<(u8, LeafVersion, ScriptBuf)>, ParseError> {
        self.bare_key()?;
        let cut = |_| ParseError::TreeTruncated(self.field);
        let incomplete = ParseError::TreeIncomplete(self.field);
        let mut reader = Reader::new(self.value);
        let mut leaves = Vec::new();
        // Depths of the finished subtrees that still lack a right sibling: strictly increasing,
        // so never more than 129 of them.
        let mut open: Vec<u8> = Vec::new();
        while !reader.is_empty() {
            let depth = reader.byte().map_err(cut)?;
            let version = reader.byte().map_err(cut)?;
            let script = reader.sized().map_err(cut)?;
            if usize::from(depth) > TAPROOT_CONTROL_MAX_NODE_COUNT {
                return Err(ParseError::TreeTooDeep(self.field));
            }
            let version = self.leaf_version(version)?;
            leaves.push((depth, version, ScriptBuf::from_bytes(script.to_vec())));
            let mut subtree = depth;
            while open.last() == Some(&subtree) && subtree > 0 {
                open.pop();
                subtree -= 1;
            }
            if open.last().is_some_and(|last| *last >= subtree) {
                return Err(incomplete);
            }
            open.push(subtree);
        }
        match open.as_slice() {
            [] => Err(ParseError::TreeEmpty(self.field)),
            [0] => Ok(leaves),
            _ => Err(incomplete),
        }
    }

    /// PSBT_IN_WITNESS_UTXO.
    pub(super) fn tx_out(&self) -> Result<TxOut, ParseError> {
        self.bare_key()?;
        let wrong = |_| ParseError::ValueNotTxOut(self.field);
        let mut reader = Reader::new(self.value);
        let value = Amount::from_sat(u64::from_le_bytes(reader.array().map_err(wrong)?));
        let script = reader.sized().map_err(wrong)?;
        if !reader.is_empty() {
            return Err(wrong(Fault::Truncated));
        }
        Ok(TxOut { value, script_pubkey: ScriptBuf::from_bytes(script.to_vec()) })
    }

    /// PSBT_IN_NON_WITNESS_UTXO: one transaction, with or without witnesses.
    pub(super) fn previous_tx(&self) -> Result<PrevTx, ParseError> {
        self.bare_key()?;
        let tx = read_transaction(self.value).ok_or(ParseError::ValueNotTransaction(self.field))?;
        Ok(PrevTx { txid: tx.compute_txid(), tx })
    }

    /// PSBT_GLOBAL_UNSIGNED_TX: one transaction in the format without witnesses, nothing signed.
    pub(super) fn unsigned_tx(&self) -> Result<Transaction, ParseError> {
        self.bare_key()?;
        if skim_tx(self.value, false).is_err() {
            let with_witness = skim_tx(self.value, true).is_ok();
            return Err(match with_witness {
                true => ParseError::UnsignedTxWithWitness,
                false => ParseError::ValueNotTransaction(self.field),
            });
        }
        let tx = decode_legacy_tx(self.value)
            .map_err(|_| ParseError::ValueNotTransaction(self.field))?;
        match tx.input.iter().position(|input| !input.script_sig.is_empty()) {
            Some(input) => Err(ParseError::UnsignedTxSigned { input }),
            None => Ok(tx),
        }
    }

    /// PSBT_IN_FINAL_SCRIPTWITNESS.
    pub(super) fn witness(&self) -> Result<Witness, ParseError> {
        self.bare_key()?;
        witness(self.value).map_err(|_| ParseError::ValueNotWitness(self.field))
    }

    /// Key of a proprietary field: sized identifier, compact size subtype, anything.
    pub(super) fn proprietary_key(&self) -> Result<(), ParseError> {
        let mut reader = Reader::new(self.key_data);
        match (reader.sized(), reader.compact_size()) {
            (Ok(_), Ok(_)) => Ok(()),
            _ => Err(ParseError::KeyNotProprietary(self.field)),
        }
    }
}

/// Exactly one witness stack in consensus form (BIP144): a count, then each element with its length.
/// Nothing is allocated for what is not there.
pub fn read_witness(bytes: &[u8]) -> Option<Witness> {
    witness(bytes).ok()
}

fn witness(bytes: &[u8]) -> Result<Witness, Fault> {
    let mut reader = Reader::new(bytes);
    let count = reader.count(1)?;
    // Gathered first: `Witness::push` moves all that is there already.
    let mut elements = Vec::with_capacity(count);
    for _ in 0..count {
        elements.push(reader.sized()?);
    }
    if reader.is_empty() { Ok(Witness::from_slice(&elements)) } else { Err(Fault::Truncated) }
}

/// Exactly one transaction in network form, with or without witnesses (BIP144). Nothing is
/// allocated for what is not there.
pub fn read_transaction(bytes: &[u8]) -> Option<Transaction> {
    skim_tx(bytes, true).ok()?;
    encode::deserialize(bytes).ok()
}

fn is_compressed(key: &[u8; 33]) -> bool {
    secp256k1::PublicKey::from_slice(key).is_ok()
}

/// Walks one transaction, so that no count in it is believed before the bytes for it are seen:
/// `bitcoin`'s decoder reserves by count. `witness`: BIP144's marker is understood.
fn skim_tx(bytes: &[u8], witness: bool) -> Result<(), Fault> {
    let mut reader = Reader::new(bytes);
    reader.take(4)?;
    let marked = witness && reader.rest().starts_with(&[0, 1]);
    if marked {
        reader.take(2)?;
    }
    // outpoint 36, script 1, sequence 4
    let inputs = reader.count(41)?;
    for _ in 0..inputs {
        reader.take(36)?;
        reader.sized()?;
        reader.take(4)?;
    }
    // amount 8, script 1
    for _ in 0..reader.count(9)? {
        reader.take(8)?;
        reader.sized()?;
    }
    if marked {
        for _ in 0..inputs {
            for _ in 0..reader.count(1)? {
                reader.sized()?;
            }
        }
    }
    reader.take(4)?;
    if reader.is_empty() { Ok(()) } else { Err(Fault::Truncated) }
}

/// `bitcoin`'s own decoder takes a transaction without inputs for one with witnesses.
fn decode_legacy_tx(bytes: &[u8]) -> Result<Transaction, encode::Error> {
    let reader = &mut &bytes[..];
    Ok(Transaction {
        version: transaction::Version::consensus_decode(reader)?,
        input: Vec::<TxIn>::consensus_decode_from_finite_reader(reader)?,
        output: Vec::<TxOut>::consensus_decode_from_finite_reader(reader)?,
        lock_time: LockTime::consensus_decode(reader)?,
    })
}
