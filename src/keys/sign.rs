//! The only place where a signature is made.

use super::branch::Branch;
use super::{Seed, wipe};
use crate::psbt::sighash::{DigestError, Digester, Spend, ecdsa_holds, schnorr_holds};
use crate::psbt::{NewSignature, Psbt, SignatureField};
use crate::review::{Approved, Task};
use bitcoin::key::TapTweak;
use bitcoin::secp256k1::{Keypair, Message, SECP256K1, SecretKey, XOnlyPublicKey};
use bitcoin::sighash::{EcdsaSighashType, TapSighashType};
use std::sync::atomic::{AtomicU64, Ordering};

/// A PSBT with our signatures, each verified.
pub struct Signed {
    psbt: Psbt,
    made: usize,
}

impl Signed {
    /// The PSBT with the signatures added.
    pub fn psbt(&self) -> &Psbt {
        &self.psbt
    }
    /// How many signatures were made.
    pub fn made(&self) -> usize {
        self.made
    }
}

/// Why nothing was signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SignError {
    /// The seed does not give the key that was reviewed for this input.
    KeyDiffers {
        /// Input number from 0.
        input: usize,
    },
    /// The output that this Taproot input spends is not locked to the key that was reviewed.
    OutputDiffers {
        /// Input number from 0.
        input: usize,
    },
    /// What was reviewed for this input contradicts itself: the field does not fit the spend.
    Contradiction {
        /// Input number from 0.
        input: usize,
    },
    /// No digest can be made for this input.
    Digest {
        /// Input number from 0.
        input: usize,
        /// Why.
        reason: DigestError,
    },
    /// A signature did not verify (a fault of this machine): nothing leaves.
    NotVerified {
        /// Input number from 0.
        input: usize,
    },
    /// The seed does not give the key that was reviewed for this message.
    MessageKeyDiffers,
    /// The signature under a message did not verify (a fault of this machine): it does not leave.
    MessageNotVerified,
}

impl std::fmt::Display for SignError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::KeyDiffers { input } => write!(
                f,
                "Nothing was signed: the open seed does not give the key that was reviewed for input {input}."
            ),
            Self::OutputDiffers { input } => write!(
                f,
                "Nothing was signed: input {input} spends an output of another key than the one that was reviewed."
            ),
            Self::Contradiction { input } => write!(
                f,
                "Nothing was signed: what was reviewed for input {input} contradicts itself."
            ),
            Self::Digest { input, reason } => {
                write!(f, "Nothing was signed: input {input} cannot be signed. {reason}")
            }
            Self::NotVerified { input } => write!(
                f,
                "Nothing was signed: the signature made for input {input} does not verify, so this computer is faulty."
            ),
            Self::MessageKeyDiffers => f.write_str(
                "Nothing was signed: the open seed does not give the key that was reviewed for this message.",
            ),
            Self::MessageNotVerified => f.write_str(
                "Nothing was signed: the signature made under this message does not verify, so this computer is faulty.",
            ),
        }
    }
}

impl std::error::Error for SignError {}

/// SIGHASH_SINGLE, its ANYONECANPAY bit left aside.
const SINGLE: u32 = EcdsaSighashType::Single as u32;

static CALLS: AtomicU64 = AtomicU64::new(0);

/// Signs every task of an approved transaction and verifies each signature before any leaves.
pub fn sign(approved: Approved, seed: &Seed) -> Result<Signed, SignError> {
    CALLS.fetch_add(1, Ordering::Relaxed);
    let signatures = make(&mut Digester::of(approved.psbt()), approved.tasks(), seed)?;
    let psbt = approved.into_psbt().add_signatures(&signatures);
    Ok(Signed { psbt, made: signatures.len() })
}

/// How often [`sign`] was called in this process. The journeys' tests read it at the end.
pub fn signing_calls() -> u64 {
    CALLS.load(Ordering::Relaxed)
}

/// All signatures, or none.
fn make(
    digester: &mut Digester<'_>,
    tasks: &[Task],
    seed: &Seed,
) -> Result<Vec<NewSignature>, SignError> {
    let made = tasks.iter().map(|task| make_one(digester, task, seed)).collect();
    wipe::stack();
    made
}

fn make_one(
    digester: &mut Digester<'_>,
    task: &Task,
    seed: &Seed,
) -> Result<NewSignature, SignError> {
    let input = task.input;
    // A legacy digest of SINGLE without an output beside the input is the number one, whatever the
    // transaction says: such a signature would spend any coin of this key. BIP143's signs no output.
    if task.sighash_type & 0x1f == SINGLE && !digester.has_output_beside(input) {
        return Err(SignError::Digest { input, reason: DigestError::NoOutputBeside });
    }
    let digest = digester
        .digest(input, &task.spend, task.sighash_type)
        .map_err(|reason| SignError::Digest { input, reason })?;
    let bytes = seed
        .with_key(&task.path, |key| match &task.field {
            _ if key.public().public_key != task.key => Err(SignError::KeyDiffers { input }),
            SignatureField::Partial(_) => with_ecdsa(key, task, &digest),
            SignatureField::TapKey => {
                let spent = digester.prevout(input).map(|spent| spent.script_pubkey.as_bytes());
                with_key_path(key, task, &digest, spent.unwrap_or_default())
            }
            SignatureField::TapScript(..) => with_leaf(key, task, &digest),
        })
        .ok_or(SignError::KeyDiffers { input })??;
    let (field, sighash_type) = (task.field.clone(), task.sighash_type);
    Ok(NewSignature { input, field, bytes, sighash_type })
}

/// DER with the sighash byte: what PSBT_IN_PARTIAL_SIG holds (BIP174).
fn with_ecdsa(key: &Branch, task: &Task, digest: &[u8; 32]) -> Result<Vec<u8>, SignError> {
    let input = task.input;
    let fits = match (&task.spend, &task.field) {
        (Spend::Legacy { .. }, SignatureField::Partial(named)) => named.inner == task.key,
        // BIP143: keys of segwit inputs are compressed.
        (Spend::SegwitV0 { .. }, SignatureField::Partial(named)) => {
            named.inner == task.key && named.compressed
        }
        _ => false,
    };
    if !fits {
        return Err(SignError::Contradiction { input });
    }
    let kind = EcdsaSighashType::from_standard(task.sighash_type).map_err(|_| {
        SignError::Digest { input, reason: DigestError::SighashType(task.sighash_type) }
    })?;
    let der = low_r(digest, &key.private().private_key);
    if !ecdsa_holds(digest, &der, &task.key) {
        return Err(SignError::NotVerified { input });
    }
    Ok([&der[..], &[kind as u8]].concat())
}

/// RFC6979 with Bitcoin Core's grinding: counting up until R has its highest bit clear.
pub(super) fn low_r(digest: &[u8; 32], secret: &SecretKey) -> Vec<u8> {
    SECP256K1.sign_ecdsa_low_r(&Message::from_digest(*digest), secret).serialize_der().to_vec()
}

/// BIP341 key path: the key tweaked by the merkle root, checked against the key in the output that
/// is spent.
fn with_key_path(
    key: &Branch,
    task: &Task,
    digest: &[u8; 32],
    spent: &[u8],
) -> Result<Vec<u8>, SignError> {
    let input = task.input;
    if task.spend != Spend::TapKey {
        return Err(SignError::Contradiction { input });
    }
    let keypair = Erased(Keypair::from_secret_key(SECP256K1, &key.private().private_key));
    let tweaked = Erased(keypair.0.tap_tweak(SECP256K1, task.merkle_root).to_keypair());
    // BIP341: OP_1 and a push of the 32-byte output key.
    let output = match spent {
        [0x51, 0x20, output @ ..] => XOnlyPublicKey::from_slice(output).ok(),
        _ => None,
    };
    match output {
        Some(output) if output == tweaked.0.x_only_public_key().0 => {
            schnorr_verified(task, digest, &tweaked.0, &output)
        }
        _ => Err(SignError::OutputDiffers { input }),
    }
}

/// BIP342: in a leaf the key stands as it is.
fn with_leaf(key: &Branch, task: &Task, digest: &[u8; 32]) -> Result<Vec<u8>, SignError> {
    let own = task.key.x_only_public_key().0;
    match (&task.spend, &task.field) {
        (Spend::TapLeaf { leaf }, SignatureField::TapScript(named, place))
            if *named == own && place == leaf =>
        {
            let keypair = Keypair::from_secret_key(SECP256K1, &key.private().private_key);
            schnorr_verified(task, digest, &Erased(keypair).0, &own)
        }
        _ => Err(SignError::Contradiction { input: task.input }),
    }
}

fn schnorr_verified(
    task: &Task,
    digest: &[u8; 32],
    keypair: &Keypair,
    key: &XOnlyPublicKey,
) -> Result<Vec<u8>, SignError> {
    let input = task.input;
    let mut bytes = schnorr(digest, keypair);
    if !schnorr_holds(digest, &bytes, key) {
        return Err(SignError::NotVerified { input });
    }
    // BIP341: SIGHASH_DEFAULT has no byte of its own.
    if task.sighash_type != TapSighashType::Default as u32 {
        let byte = u8::try_from(task.sighash_type).map_err(|_| SignError::Digest {
            input,
            reason: DigestError::SighashType(task.sighash_type),
        })?;
        bytes.push(byte);
    }
    Ok(bytes)
}

/// BIP340 with 32 zero bytes of auxiliary randomness, so that a second appliance gives the same.
pub(super) fn schnorr(digest: &[u8; 32], keypair: &Keypair) -> Vec<u8> {
    let message = Message::from_digest(*digest);
    SECP256K1.sign_schnorr_with_aux_rand(&message, keypair, &[0; 32]).serialize().to_vec()
}

/// A key pair that is wiped when dropped.
struct Erased(Keypair);

impl Drop for Erased {
    fn drop(&mut self) {
        self.0.non_secure_erase();
    }
}

mod message;

pub use message::{SignedMessage, sign_message};

#[cfg(test)]
mod core;
#[cfg(test)]
mod tests;
