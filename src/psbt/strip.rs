//! What a combiner needs and no more, so that the QR answer is short.

use super::field::{global, input, output};
use super::{Input, Output, Psbt, Unbuilt};

impl Psbt {
    /// Keeps the unsigned transaction (or its v2 equivalents), signatures, final fields, scripts,
    /// preimages, Taproot leaves and roots, witness UTXOs, sighash types and the message of a BIP322
    /// request. Leaves out previous
    /// transactions, derivations, global extended keys, unknown and proprietary pairs: who asked
    /// for the signature has them.
    pub fn stripped(&self) -> Self {
        let mut stripped = Self {
            version: self.version,
            global: self.global.clone(),
            tx: self.tx.clone(),
            xpubs: Vec::new(),
            tx_modifiable: self.tx_modifiable,
            lock_time_conflict: self.lock_time_conflict,
            message: self.message.clone(),
            unbuilt: Vec::new(),
            inputs: self.inputs.iter().map(Input::stripped).collect(),
            outputs: self.outputs.iter().map(Output::stripped).collect(),
        };
        stripped.global.retain(|key_type| {
            matches!(
                key_type,
                global::UNSIGNED_TX | global::TX_VERSION
                    ..=global::TX_MODIFIABLE | global::GENERIC_SIGNED_MESSAGE | global::VERSION
            )
        });
        // BIP375: the field stands for a script that is not there yet, so it stays.
        if stripped.outputs.iter().any(|output| output.map.has(output::SP_V0_INFO)) {
            stripped.unbuilt.push(Unbuilt::SilentPayments);
        }
        stripped
    }
}

impl Input {
    fn stripped(&self) -> Self {
        let mut stripped = Self {
            map: self.map.clone(),
            previous: None,
            origins: Vec::new(),
            tap_origins: Vec::new(),
            required: self.required,
            outpoint: self.outpoint,
            sequence: self.sequence,
            witness_utxo: self.witness_utxo.clone(),
            partial_sigs: self.partial_sigs.clone(),
            sighash_type: self.sighash_type,
            redeem_script: self.redeem_script.clone(),
            witness_script: self.witness_script.clone(),
            final_script_sig: self.final_script_sig.clone(),
            final_script_witness: self.final_script_witness.clone(),
            tap_key_sig: self.tap_key_sig.clone(),
            tap_script_sigs: self.tap_script_sigs.clone(),
            tap_leaves: self.tap_leaves.clone(),
            tap_internal_key: self.tap_internal_key,
            tap_merkle_root: self.tap_merkle_root,
            preimages: self.preimages.clone(),
        };
        stripped.map.retain(|key_type| {
            matches!(
                key_type,
                input::WITNESS_UTXO..=input::WITNESS_SCRIPT
                    | input::FINAL_SCRIPTSIG
                    | input::FINAL_SCRIPTWITNESS
                    | input::RIPEMD160..=input::TAP_LEAF_SCRIPT
                    | input::TAP_INTERNAL_KEY
                    | input::TAP_MERKLE_ROOT
            )
        });
        stripped
    }
}

impl Output {
    fn stripped(&self) -> Self {
        let mut stripped = Self {
            map: self.map.clone(),
            txout: self.txout.clone(),
            redeem_script: None,
            witness_script: None,
            origins: Vec::new(),
            tap_internal_key: None,
            tap_tree: None,
            tap_origins: Vec::new(),
        };
        stripped.map.retain(|key_type| {
            matches!(key_type, output::AMOUNT | output::SCRIPT | output::SP_V0_INFO)
        });
        stripped
    }
}
