//! BIP322's two transactions that are never sent: `to_spend`, whose only output carries the address's
//! script and whose id commits to the message, and `to_sign`, which spends it.

use super::MessageText;
use bitcoin::hashes::{Hash, HashEngine, sha256};
use bitcoin::opcodes::all::OP_RETURN;
use bitcoin::script::Instruction;
use bitcoin::transaction::Version;
use bitcoin::{
    Amount, OutPoint, Script, ScriptBuf, Sequence, Transaction, TxIn, TxOut, Witness, absolute,
};

/// BIP322's tag.
const TAG: &[u8] = b"BIP0322-signed-message";

/// The BIP340-tagged hash of the message.
pub fn message_hash(text: &MessageText) -> [u8; 32] {
    let tag = sha256::Hash::hash(TAG);
    let mut engine = sha256::Hash::engine();
    engine.input(tag.as_byte_array());
    engine.input(tag.as_byte_array());
    engine.input(text.as_bytes());
    sha256::Hash::from_engine(engine).to_byte_array()
}

/// `to_spend` for a message and the script of an address. It spends an outpoint that cannot exist,
/// so that neither it nor what spends it can ever be in the chain.
pub fn to_spend(text: &MessageText, challenge: &Script) -> Transaction {
    let input = TxIn {
        previous_output: OutPoint::null(),
        script_sig: ScriptBuf::builder().push_int(0).push_slice(message_hash(text)).into_script(),
        sequence: Sequence::ZERO,
        witness: Witness::new(),
    };
    let output = TxOut { value: Amount::ZERO, script_pubkey: challenge.to_owned() };
    Transaction {
        version: Version(0),
        lock_time: absolute::LockTime::ZERO,
        input: vec![input],
        output: vec![output],
    }
}

/// `to_sign` with BIP322's default values: one input, unsigned, and the one output.
pub fn to_sign(to_spend: &Transaction) -> Transaction {
    let input = TxIn {
        previous_output: OutPoint { txid: to_spend.compute_txid(), vout: 0 },
        script_sig: ScriptBuf::new(),
        sequence: Sequence::ZERO,
        witness: Witness::new(),
    };
    Transaction {
        version: Version(0),
        lock_time: absolute::LockTime::ZERO,
        input: vec![input],
        output: vec![TxOut { value: Amount::ZERO, script_pubkey: sink() }],
    }
}

/// OP_RETURN and nothing else.
fn sink() -> ScriptBuf {
    ScriptBuf::builder().push_opcode(OP_RETURN).into_script()
}

/// Are these the outputs of `to_sign`: one, of 0 sat, that is OP_RETURN?
pub(super) fn pays_nothing(outputs: &[TxOut]) -> bool {
    matches!(outputs, [only] if only.value == Amount::ZERO && only.script_pubkey == sink())
}

/// Has `tx` the form of a `to_spend`, whatever its message and address?
pub(super) fn is_to_spend(tx: &Transaction) -> bool {
    let ([input], [output]) = (&tx.input[..], &tx.output[..]) else { return false };
    let mut script = input.script_sig.instructions();
    let hash = matches!(
        (script.next(), script.next(), script.next()),
        (Some(Ok(Instruction::PushBytes(zero))), Some(Ok(Instruction::PushBytes(hash))), None)
            if zero.is_empty() && hash.len() == 32
    );
    hash && input.previous_output.is_null() && output.value == Amount::ZERO
}
