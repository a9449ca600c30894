//! Bitcoin Core's own script verification (`libbitcoinconsensus`), Taproot included.

use bitcoin::consensus::serialize;
use bitcoin::{Transaction, TxOut};
use bitcoinconsensus::{Utxo, VERIFY_ALL_PRE_TAPROOT, VERIFY_TAPROOT, verify_with_flags};

/// Does every input of `tx` spend its output by Core's consensus rules?
pub fn accepts(tx: &Transaction, spent: &[TxOut]) -> bool {
    assert_eq!(tx.input.len(), spent.len(), "one output spent an input");
    let bytes = serialize(tx);
    let outputs: Vec<Utxo> = spent
        .iter()
        .map(|output| Utxo {
            script_pubkey: output.script_pubkey.as_bytes().as_ptr(),
            script_pubkey_len: output.script_pubkey.len() as u32,
            value: output.value.to_sat() as i64,
        })
        .collect();
    spent.iter().enumerate().all(|(input, output)| {
        verify_with_flags(
            output.script_pubkey.as_bytes(),
            output.value.to_sat(),
            &bytes,
            Some(&outputs),
            input,
            VERIFY_ALL_PRE_TAPROOT | VERIFY_TAPROOT,
        )
        .is_ok()
    })
}
