//! Signatures under messages as they are written: BIP137's 65 bytes, and BIP322's three forms with
//! their prefixes, all in base64.

use super::Recoverable;
use crate::psbt::{FinishError, Limits, ParseError, Psbt, read_transaction, read_witness};
use bitcoin::base64::prelude::{BASE64_STANDARD, Engine};
use bitcoin::consensus::encode::serialize;
use bitcoin::transaction::Version;
use bitcoin::{Sequence, Transaction, Witness, absolute};
use std::fmt;

/// Longest signature that is read, in characters: a proof of a thousand coins of a wide multisig.
const LONGEST: usize = 2 * 1024 * 1024;

/// A signature under a message. Whether it holds is for [`super::verify`] to say.
#[derive(Clone)]
pub enum Signature {
    /// BIP137.
    Recoverable(Recoverable),
    /// BIP322 simple, prefix `smp`: the witness of `to_sign`.
    Simple(Witness),
    /// BIP322 full, prefix `ful`: the whole of `to_sign`.
    Full(Transaction),
    /// BIP322 proof of funds, prefix `pof`: `to_sign` as a finalized PSBT.
    Funds(Box<Psbt>),
}

/// Why a text is no signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SignatureError {
    /// Nothing stands there.
    Empty,
    /// Longer than any that is read. Holds its length in characters.
    TooLong(usize),
    /// Not base64, behind a prefix that is known or without one.
    NotBase64,
    /// `smp`, or no prefix: not a witness stack.
    NotWitness,
    /// `ful`: not a transaction.
    NotTransaction,
    /// `pof`: not a PSBT.
    NotPsbt(ParseError),
}

impl fmt::Display for SignatureError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("The signature is empty."),
            Self::TooLong(length) => write!(
                f,
                "The signature is {length} characters long, more than the {LONGEST} that are read."
            ),
            Self::NotBase64 => f.write_str(
                "The signature is not base64, perhaps behind smp, ful or pof: a character is \
                 missing or wrong.",
            ),
            Self::NotWitness => f.write_str(
                "The signature is neither BIP137's 65 bytes nor a witness (BIP322 simple).",
            ),
            Self::NotTransaction => {
                f.write_str("The signature begins with ful, but no transaction follows.")
            }
            Self::NotPsbt(error) => {
                write!(f, "The signature begins with pof, but no PSBT follows. {error}")
            }
        }
    }
}

impl std::error::Error for SignatureError {}

impl Signature {
    /// Reads a signature; white space around it does not belong to it. Without a prefix it is
    /// BIP137's, or a simple one of BIP322 as it was written before its version 1.
    pub fn read(text: &str) -> Result<Self, SignatureError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(SignatureError::Empty);
        }
        if text.len() > LONGEST {
            return Err(SignatureError::TooLong(text.len()));
        }
        let decoded =
            |text: &str| BASE64_STANDARD.decode(text).map_err(|_| SignatureError::NotBase64);
        let witness =
            |bytes: &[u8]| read_witness(bytes).map(Self::Simple).ok_or(SignatureError::NotWitness);
        if let Some(rest) = text.strip_prefix("smp") {
            return witness(&decoded(rest)?);
        }
        if let Some(rest) = text.strip_prefix("ful") {
            let transaction = read_transaction(&decoded(rest)?);
            return transaction.map(Self::Full).ok_or(SignatureError::NotTransaction);
        }
        if let Some(rest) = text.strip_prefix("pof") {
            let psbt = Psbt::parse(&decoded(rest)?, &Limits::default());
            return psbt.map(|psbt| Self::Funds(Box::new(psbt))).map_err(SignatureError::NotPsbt);
        }
        let bytes = decoded(text)?;
        let recoverable = <[u8; 65]>::try_from(&bytes[..]).ok().and_then(Recoverable::from_bytes);
        recoverable.map_or_else(|| witness(&bytes), |short| Ok(Self::Recoverable(short)))
    }

    /// What it is called.
    pub fn form(&self) -> &'static str {
        match self {
            Self::Recoverable(_) => "BIP137",
            Self::Simple(_) => "BIP322 simple",
            Self::Full(_) => "BIP322 full",
            Self::Funds(_) => "BIP322 proof of funds",
        }
    }
}

impl fmt::Display for Signature {
    /// As it is written.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (prefix, bytes) = match self {
            Self::Recoverable(signature) => ("", signature.to_bytes().to_vec()),
            Self::Simple(witness) => ("smp", serialize(witness)),
            Self::Full(transaction) => ("ful", serialize(transaction)),
            Self::Funds(psbt) => ("pof", psbt.serialize()),
        };
        write!(f, "{prefix}{}", BASE64_STANDARD.encode(bytes))
    }
}

/// The signature that a completed request gives, in the shortest form that BIP322 allows for it.
pub fn smallest_form(psbt: &Psbt) -> Result<Signature, FinishError> {
    if psbt.inputs().len() > 1 {
        return Ok(Signature::Funds(Box::new(psbt.finalized()?)));
    }
    let to_sign = psbt.finish()?;
    let default = to_sign.version == Version(0) && to_sign.lock_time == absolute::LockTime::ZERO;
    Ok(match &to_sign.input[..] {
        [only]
            if default
                && only.sequence == Sequence::ZERO
                && only.script_sig.is_empty()
                && !only.witness.is_empty() =>
        {
            Signature::Simple(only.witness.clone())
        }
        _ => Signature::Full(to_sign),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_error_is_a_sentence_and_names_what_is_wrong() {
        for (text, error) in [
            ("  ", SignatureError::Empty),
            ("not-valid-base64!!!", SignatureError::NotBase64),
            ("fooAA==", SignatureError::NotBase64),
            ("smp/w==", SignatureError::NotWitness),
            ("AAAA", SignatureError::NotWitness),
            ("fulAUD", SignatureError::NotBase64),
            ("fulAUDZ/w==", SignatureError::NotTransaction),
            ("pofAUDZ/w==", SignatureError::NotPsbt(ParseError::NoMagic)),
        ] {
            assert_eq!(Signature::read(text).err(), Some(error.clone()), "{text}");
            assert!(error.to_string().ends_with('.'));
        }
        let long = "A".repeat(LONGEST + 1);
        assert_eq!(Signature::read(&long).err(), Some(SignatureError::TooLong(LONGEST + 1)));
    }
}
