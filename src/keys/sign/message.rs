//! Signing messages: an approved message and nothing else.

use super::{CALLS, SignError, make};
use crate::keys::branch::Branch;
use crate::keys::{Seed, wipe};
use crate::message::{
    LegacyKind, MessageText, Recoverable, Signature, Verdict, legacy_digest, smallest_form, verify,
};
use crate::psbt::Psbt;
use crate::psbt::sighash::Digester;
use crate::review::message::{MessageApproved, Work};
use crate::wallet::single_sig_script;
use bitcoin::secp256k1::{Message, SECP256K1};
use std::sync::atomic::Ordering;

/// What was signed under a message; each signature was verified.
pub struct SignedMessage {
    /// BIP322: the request with our signatures.
    psbt: Option<Box<Psbt>>,
    /// The signature in writing, where it is complete.
    signature: Option<Signature>,
    made: usize,
}

impl SignedMessage {
    /// BIP322: the request with our signatures added, for those who ask in PSBTs.
    pub fn psbt(&self) -> Option<&Psbt> {
        self.psbt.as_deref()
    }
    /// The signature as it is written, where no other's is missing.
    pub fn signature(&self) -> Option<&Signature> {
        self.signature.as_ref()
    }
    /// How many signatures were made.
    pub fn made(&self) -> usize {
        self.made
    }
}

/// Signs what was approved and verifies each signature before any leaves.
pub fn sign_message(approved: MessageApproved, seed: &Seed) -> Result<SignedMessage, SignError> {
    CALLS.fetch_add(1, Ordering::Relaxed);
    let (text, work) = approved.into_parts();
    match work {
        Work::Legacy { path, key, kind } => {
            let digest = legacy_digest(&text);
            let made = seed.with_key(&path, |branch| {
                (branch.public().public_key == key).then(|| recoverable(branch, &digest, kind))
            });
            wipe::stack();
            let made = made.flatten().ok_or(SignError::MessageKeyDiffers)?;
            let signature = Signature::Recoverable(made);
            let script = single_sig_script(&key, kind.script_type());
            if !matches!(verify(&script, &text, &signature), Verdict::Valid(_)) {
                return Err(SignError::MessageNotVerified);
            }
            Ok(SignedMessage { psbt: None, signature: Some(signature), made: 1 })
        }
        Work::Virtual { psbt, challenge, tasks } => {
            let signatures = make(&mut Digester::of(&psbt), &tasks, seed)?;
            let psbt = psbt.add_signatures(&signatures);
            let signature = complete(&psbt, &challenge, &text);
            let made = signatures.len();
            Ok(SignedMessage { psbt: Some(Box::new(psbt)), signature, made })
        }
    }
}

/// The whole signature, where no other's is missing or does not hold.
fn complete(psbt: &Psbt, challenge: &bitcoin::Script, text: &MessageText) -> Option<Signature> {
    let signature = smallest_form(psbt).ok()?;
    let holds = !matches!(verify(challenge, text, &signature), Verdict::Invalid(_));
    holds.then_some(signature)
}

/// RFC6979, without grinding, as all who sign in this form do: the same signature everywhere.
fn recoverable(branch: &Branch, digest: &[u8; 32], kind: LegacyKind) -> Recoverable {
    let secret = &branch.private().private_key;
    let signature = SECP256K1.sign_ecdsa_recoverable(&Message::from_digest(*digest), secret);
    Recoverable::new(&signature, kind)
}
