//! What a PSBT says: typed, read-only, beside the original key-value pairs.

use super::locktime::Required;
use super::map::Map;
use bitcoin::bip32::{KeySource, Xpub};
use bitcoin::secp256k1::XOnlyPublicKey;
use bitcoin::taproot::{ControlBlock, LeafVersion, TapLeafHash, TapNodeHash};
use bitcoin::{OutPoint, PublicKey, ScriptBuf, Sequence, Transaction, TxOut, Txid, Witness};
use std::collections::HashMap;

/// The PSBT version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Version {
    /// BIP174: an unsigned transaction stands in the global map.
    V0,
    /// BIP370: the transaction is spread over the maps.
    V2,
}

impl std::fmt::Display for Version {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::V0 => "PSBT version 0",
            Self::V2 => "PSBT version 2",
        })
    }
}

/// A PSBT that kept every rule of its BIP. Made only by [`Psbt::parse`] and by the steps that add
/// to one (`add_signatures`, `stripped`); unknown and proprietary pairs are kept to the byte.
#[derive(Clone)]
pub struct Psbt {
    pub(super) version: Version,
    pub(super) global: Map,
    pub(super) tx: Transaction,
    pub(super) xpubs: Vec<(Xpub, KeySource)>,
    pub(super) tx_modifiable: Option<u8>,
    pub(super) lock_time_conflict: bool,
    pub(super) message: Option<Vec<u8>>,
    pub(super) unbuilt: Vec<Unbuilt>,
    pub(super) inputs: Vec<Input>,
    pub(super) outputs: Vec<Output>,
}

/// A feature that a PSBT asks for and that is not built: refused by this name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Unbuilt {
    /// BIP375 silent payment fields.
    SilentPayments,
    /// BIP373 MuSig2 fields.
    MuSig2,
}

/// A previous transaction and its id, computed from its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PrevTx {
    /// Its id, hashed by us.
    pub txid: Txid,
    /// The transaction.
    pub tx: Transaction,
}

/// A leaf script with the control block that proves it (PSBT_IN_TAP_LEAF_SCRIPT).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TapLeaf {
    /// The proof of the script's place in the tree.
    pub control_block: ControlBlock,
    /// The script.
    pub script: ScriptBuf,
    /// Its leaf version.
    pub version: LeafVersion,
}

/// A claimed origin of an x-only key (PSBT_IN_TAP_BIP32_DERIVATION).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TapOrigin {
    /// The key.
    pub key: XOnlyPublicKey,
    /// The leaves in which it stands; empty for the internal key.
    pub leaves: Vec<TapLeafHash>,
    /// Fingerprint and path.
    pub source: KeySource,
}

/// One input map. All of it is the coordinator's claim.
#[derive(Debug, Clone)]
pub struct Input {
    pub(super) map: Map,
    pub(super) required: Required,
    /// What is spent.
    pub outpoint: OutPoint,
    /// nSequence, the default filled in for v2.
    pub sequence: Sequence,
    /// PSBT_IN_NON_WITNESS_UTXO.
    pub previous: Option<PrevTx>,
    /// PSBT_IN_WITNESS_UTXO.
    pub witness_utxo: Option<TxOut>,
    /// PSBT_IN_PARTIAL_SIG: key and signature bytes as they are (BIP174's reader checks their form
    /// only as far as its vectors ask; `review` judges them).
    pub partial_sigs: Vec<(PublicKey, Vec<u8>)>,
    /// PSBT_IN_SIGHASH_TYPE.
    pub sighash_type: Option<u32>,
    /// PSBT_IN_REDEEM_SCRIPT.
    pub redeem_script: Option<ScriptBuf>,
    /// PSBT_IN_WITNESS_SCRIPT.
    pub witness_script: Option<ScriptBuf>,
    /// PSBT_IN_BIP32_DERIVATION.
    pub origins: Vec<(PublicKey, KeySource)>,
    /// PSBT_IN_FINAL_SCRIPTSIG.
    pub final_script_sig: Option<ScriptBuf>,
    /// PSBT_IN_FINAL_SCRIPTWITNESS.
    pub final_script_witness: Option<Witness>,
    /// PSBT_IN_TAP_KEY_SIG: 64 or 65 bytes.
    pub tap_key_sig: Option<Vec<u8>>,
    /// PSBT_IN_TAP_SCRIPT_SIG: 64 or 65 bytes each.
    pub tap_script_sigs: Vec<((XOnlyPublicKey, TapLeafHash), Vec<u8>)>,
    /// PSBT_IN_TAP_LEAF_SCRIPT.
    pub tap_leaves: Vec<TapLeaf>,
    /// PSBT_IN_TAP_BIP32_DERIVATION.
    pub tap_origins: Vec<TapOrigin>,
    /// PSBT_IN_TAP_INTERNAL_KEY.
    pub tap_internal_key: Option<XOnlyPublicKey>,
    /// PSBT_IN_TAP_MERKLE_ROOT.
    pub tap_merkle_root: Option<TapNodeHash>,
    /// Hash preimages, by (kind's key type, hash): miniscript's finisher uses them.
    pub preimages: Vec<(u8, Vec<u8>, Vec<u8>)>,
}

/// One output map. All of it is the coordinator's claim.
#[derive(Debug, Clone)]
pub struct Output {
    pub(super) map: Map,
    /// Amount and script, as they stand in the transaction.
    pub txout: TxOut,
    /// PSBT_OUT_REDEEM_SCRIPT.
    pub redeem_script: Option<ScriptBuf>,
    /// PSBT_OUT_WITNESS_SCRIPT.
    pub witness_script: Option<ScriptBuf>,
    /// PSBT_OUT_BIP32_DERIVATION.
    pub origins: Vec<(PublicKey, KeySource)>,
    /// PSBT_OUT_TAP_INTERNAL_KEY.
    pub tap_internal_key: Option<XOnlyPublicKey>,
    /// PSBT_OUT_TAP_TREE, as (depth, leaf version, script).
    pub tap_tree: Option<Vec<(u8, LeafVersion, ScriptBuf)>>,
    /// PSBT_OUT_TAP_BIP32_DERIVATION.
    pub tap_origins: Vec<TapOrigin>,
}

/// Why the output that an input spends is not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UtxoFault {
    /// Neither the previous transaction nor the witness UTXO is there.
    Missing,
    /// The previous transaction does not hash to the outpoint, lacks the output, or disagrees with
    /// the witness UTXO.
    Wrong,
}

impl Input {
    /// The output that is spent, as far as the fields say: from the previous transaction where it
    /// is there (its id is checked), else from the witness UTXO, which stays a claim.
    pub fn utxo(&self) -> Result<&TxOut, UtxoFault> {
        let Some(previous) = &self.previous else {
            return self.witness_utxo.as_ref().ok_or(UtxoFault::Missing);
        };
        let spent = usize::try_from(self.outpoint.vout)
            .ok()
            .and_then(|vout| previous.tx.output.get(vout))
            .filter(|_| previous.txid == self.outpoint.txid)
            .ok_or(UtxoFault::Wrong)?;
        match &self.witness_utxo {
            Some(claimed) if claimed != spent => Err(UtxoFault::Wrong),
            _ => Ok(spent),
        }
    }
}

impl Psbt {
    /// For each input that tells nothing about the output that it spends: that output, where an
    /// earlier input has the transaction that made it (BIP322 lets large proofs leave repetitions
    /// out). Proven, for the transaction's id was hashed by us.
    pub(crate) fn told_earlier(&self) -> Vec<Option<&TxOut>> {
        let mut seen: HashMap<Txid, &Transaction> = HashMap::new();
        let mut told = Vec::with_capacity(self.inputs.len());
        for input in &self.inputs {
            let OutPoint { txid, vout } = input.outpoint;
            let silent = input.previous.is_none() && input.witness_utxo.is_none();
            let earlier = seen.get(&txid).filter(|_| silent);
            told.push(earlier.and_then(|tx| tx.output.get(usize::try_from(vout).ok()?)));
            if let Some(previous) = &input.previous {
                seen.insert(previous.txid, &previous.tx);
            }
        }
        told
    }
    /// Version 0 or 2.
    pub fn version(&self) -> Version {
        self.version
    }
    /// The transaction without its signatures (for v2: built after BIP370, locktime determined).
    pub fn tx(&self) -> &Transaction {
        &self.tx
    }
    /// Global extended keys with their claimed origins.
    pub fn xpubs(&self) -> &[(Xpub, KeySource)] {
        &self.xpubs
    }
    /// BIP370's TX_MODIFIABLE flags.
    pub fn tx_modifiable(&self) -> Option<u8> {
        self.tx_modifiable
    }
    /// v2: the inputs' required locktimes cannot be joined (BIP370); `tx` then has the fallback.
    pub fn lock_time_conflict(&self) -> bool {
        self.lock_time_conflict
    }
    /// PSBT_GLOBAL_GENERIC_SIGNED_MESSAGE (BIP322), as it stands there: what is signed is said to be
    /// this message. Whether it is so is judged by [`crate::message`].
    pub fn message(&self) -> Option<&[u8]> {
        self.message.as_deref()
    }
    /// Features asked for that are not built.
    pub fn unbuilt(&self) -> &[Unbuilt] {
        &self.unbuilt
    }
    /// The input maps, as many as `tx().input`.
    pub fn inputs(&self) -> &[Input] {
        &self.inputs
    }
    /// The output maps, as many as `tx().output`.
    pub fn outputs(&self) -> &[Output] {
        &self.outputs
    }
}
