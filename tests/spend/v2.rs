//! The wallet's PSBT as version 2 (BIP370) and the answer's signatures back, by `psbt-v2`'s own data
//! model: bdk reads and writes version 0 only.

use bdk_wallet::bitcoin::Psbt;
use psbt_v2::Version;
use psbt_v2::v2::{self, Global, Input, Output};

/// The same PSBT in version 2.
pub fn from_v0(psbt: &Psbt) -> Vec<u8> {
    let tx = &psbt.unsigned_tx;
    assert!(psbt.unknown.is_empty() && psbt.proprietary.is_empty(), "bdk adds no such pairs");
    let inputs = psbt.inputs.iter().zip(&tx.input).map(|(input, from)| Input {
        sequence: Some(from.sequence),
        non_witness_utxo: input.non_witness_utxo.clone(),
        witness_utxo: input.witness_utxo.clone(),
        redeem_script: input.redeem_script.clone(),
        witness_script: input.witness_script.clone(),
        bip32_derivations: input
            .bip32_derivation
            .iter()
            .map(|(key, source)| ((*key).into(), source.clone()))
            .collect(),
        partial_sigs: input.partial_sigs.clone(),
        tap_key_sig: input.tap_key_sig,
        tap_script_sigs: input.tap_script_sigs.clone(),
        tap_scripts: input.tap_scripts.clone(),
        tap_key_origins: input.tap_key_origins.clone(),
        tap_internal_key: input.tap_internal_key,
        tap_merkle_root: input.tap_merkle_root,
        ..Input::new(&from.previous_output)
    });
    let outputs = psbt.outputs.iter().zip(&tx.output).map(|(output, to)| Output {
        redeem_script: output.redeem_script.clone(),
        witness_script: output.witness_script.clone(),
        bip32_derivations: output
            .bip32_derivation
            .iter()
            .map(|(key, source)| ((*key).into(), source.clone()))
            .collect(),
        tap_internal_key: output.tap_internal_key,
        tap_tree: output.tap_tree.clone(),
        tap_key_origins: output.tap_key_origins.clone(),
        ..Output::new(to.clone())
    });
    let global = Global {
        version: Version::TWO,
        tx_version: tx.version,
        fallback_lock_time: Some(tx.lock_time),
        tx_modifiable_flags: 0,
        input_count: psbt.inputs.len(),
        output_count: psbt.outputs.len(),
        xpubs: psbt.xpub.clone(),
        ..Global::default()
    };
    v2::Psbt { global, inputs: inputs.collect(), outputs: outputs.collect() }.serialize()
}

/// Puts the signatures of a version 2 answer into the wallet's own PSBT.
pub fn combine_into(psbt: &mut Psbt, answer: &[u8]) {
    let answer = v2::Psbt::deserialize(answer).unwrap_or_else(|_| panic!("psbt-v2 cannot read it"));
    assert_eq!(answer.inputs.len(), psbt.inputs.len());
    for (input, signed) in psbt.inputs.iter_mut().zip(answer.inputs) {
        input.partial_sigs.extend(signed.partial_sigs);
        input.tap_script_sigs.extend(signed.tap_script_sigs);
        input.tap_key_sig = input.tap_key_sig.or(signed.tap_key_sig);
    }
}
