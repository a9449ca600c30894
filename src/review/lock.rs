//! How a spent output is locked, and whether the scripts that the PSBT gives for it hold: a script
//! that does not hash to the output, or a leaf that its control block does not prove, is a lie.

use super::InputScript;
use crate::psbt::Input;
use bitcoin::hashes::{Hash, hash160};
use bitcoin::key::TapTweak;
use bitcoin::script::Instruction;
use bitcoin::secp256k1::{self, PublicKey, XOnlyPublicKey};
use bitcoin::taproot::TapLeafHash;
use bitcoin::{Script, ScriptBuf};

/// How an output is locked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Lock {
    /// P2PKH.
    Pkh,
    /// P2WPKH, plain or inside P2SH.
    Wpkh {
        /// Inside P2SH.
        nested: bool,
    },
    /// P2SH, P2WSH or P2SH-P2WSH.
    Script {
        /// Which of the three.
        kind: InputScript,
        /// What is executed; None where it is not given.
        script: Option<ScriptBuf>,
    },
    /// P2TR.
    Taproot {
        /// The output key.
        output: XOnlyPublicKey,
    },
    /// Anything else; the words name it.
    Other(&'static str),
}

impl Lock {
    /// The kind, the Taproot path in use not yet known.
    pub(super) fn kind(&self) -> InputScript {
        match self {
            Self::Pkh => InputScript::P2pkh,
            Self::Wpkh { nested: false } => InputScript::P2wpkh,
            Self::Wpkh { nested: true } => InputScript::P2shP2wpkh,
            Self::Script { kind, .. } => *kind,
            Self::Taproot { .. } => InputScript::P2trKey,
            Self::Other(_) => InputScript::Other,
        }
    }
}

/// Reads the lock of `script`, the output's script, with the scripts that `input` gives.
/// The second part: one sentence's end for each thing that does not hold.
pub(super) fn lock(script: &Script, input: &Input) -> (Lock, Vec<&'static str>) {
    let redeem = input.redeem_script.as_deref();
    let witness = input.witness_script.as_deref();
    let (lock, mut wrong) = of_scripts(script, redeem, witness);
    match &lock {
        Lock::Taproot { output } => wrong.extend(taproot_trouble(input, *output)),
        _ if input.tap_internal_key.is_some()
            || input.tap_merkle_root.is_some()
            || !input.tap_leaves.is_empty() =>
        {
            wrong.push("has Taproot data, but the output that it spends is not Taproot");
        }
        _ => {}
    }
    (lock, wrong)
}

/// The lock of an output script with a redeem and a witness script.
pub(super) fn of_scripts(
    script: &Script,
    redeem: Option<&Script>,
    witness: Option<&Script>,
) -> (Lock, Vec<&'static str>) {
    let mut wrong = Vec::new();
    if redeem.is_some() && !script.is_p2sh() {
        wrong.push("has a redeem script, but its output is not P2SH");
    }
    let mut inner = script;
    let nested = script.is_p2sh();
    if let (true, Some(redeem)) = (nested, redeem) {
        if script == ScriptBuf::new_p2sh(&redeem.script_hash()).as_script() {
            inner = redeem;
        } else {
            wrong.push("has a redeem script that does not hash to the output");
        }
    }
    let takes_witness_script = inner.is_p2wsh();
    let mut proven = None;
    match witness {
        Some(_) if !takes_witness_script => {
            wrong.push("has a witness script, but its output is not P2WSH");
        }
        Some(witness) if ScriptBuf::new_p2wsh(&witness.wscript_hash()).as_script() == inner => {
            proven = Some(witness.to_owned());
        }
        Some(_) => wrong.push("has a witness script that does not hash to the output"),
        None => {}
    }
    let lock = if inner.is_p2wpkh() {
        Lock::Wpkh { nested }
    } else if takes_witness_script {
        let kind = if nested { InputScript::P2shP2wsh } else { InputScript::P2wsh };
        Lock::Script { kind, script: proven }
    } else if nested {
        let script = (inner != script).then(|| inner.to_owned());
        Lock::Script { kind: InputScript::P2sh, script }
    } else if inner.is_p2pkh() {
        Lock::Pkh
    } else {
        taproot(inner).unwrap_or_else(|| Lock::Other(other_name(inner)))
    };
    (lock, wrong)
}

fn taproot(script: &Script) -> Option<Lock> {
    let output = XOnlyPublicKey::from_slice(script.is_p2tr().then(|| script.as_bytes().get(2..))??);
    Some(Lock::Taproot { output: output.ok()? })
}

fn other_name(script: &Script) -> &'static str {
    if script.is_multisig() {
        "multisig without a script hash"
    } else if script.is_p2pk() {
        "pay to a bare public key"
    } else if script.is_op_return() {
        "data"
    } else if script.is_witness_program() {
        "a future witness version"
    } else {
        "an unrecognised script"
    }
}

/// The output key that an internal key and a merkle root give (BIP341).
pub(super) fn tweaked(
    internal: XOnlyPublicKey,
    root: Option<bitcoin::taproot::TapNodeHash>,
) -> XOnlyPublicKey {
    internal.tap_tweak(secp256k1::SECP256K1, root).0.to_x_only_public_key()
}

fn taproot_trouble(input: &Input, output: XOnlyPublicKey) -> Vec<&'static str> {
    let mut wrong = Vec::new();
    for leaf in &input.tap_leaves {
        let proof = &leaf.control_block;
        if !proof.verify_taproot_commitment(secp256k1::SECP256K1, output, &leaf.script) {
            wrong.push("has a leaf script that its control block does not prove for the output");
        }
        if leaf.version != proof.leaf_version {
            wrong.push("has a leaf script of another version than its control block says");
        }
        if input.tap_internal_key.is_some_and(|key| key != proof.internal_key) {
            wrong.push("names another internal key than its control block");
        }
    }
    if let Some(internal) = input.tap_internal_key {
        // without a root the leaves above prove the internal key
        let checked = input.tap_merkle_root.is_some() || input.tap_leaves.is_empty();
        if checked && tweaked(internal, input.tap_merkle_root) != output {
            wrong.push("names an internal key that does not give the output");
        }
    }
    wrong.dedup();
    wrong
}

/// Does the script push this key, or its HASH160?
pub(super) fn names_key(script: &Script, key: &PublicKey, x_only: bool) -> bool {
    let full = key.serialize();
    let bytes = if x_only { full.get(1..).unwrap_or_default() } else { &full[..] };
    let hash = hash160::Hash::hash(bytes);
    script.instructions().any(|instruction| match instruction {
        Ok(Instruction::PushBytes(push)) => {
            push.as_bytes() == bytes || push.as_bytes() == hash.as_byte_array()
        }
        _ => false,
    })
}

/// A leaf's hash.
pub(super) fn leaf_hash(leaf: &crate::psbt::TapLeaf) -> TapLeafHash {
    TapLeafHash::from_script(&leaf.script, leaf.version)
}
