//! The last line: what the record adds up to, signed by a key that lives as long as the run.

use super::header::{Header, Previous};
use super::json;
use super::line::domain;
use super::text::{Bytes, Digest, Run, Whole};
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// At its end; everyday use was closed by a person.
    Completed,
    /// Before its end.
    Aborted,
}

impl Outcome {
    /// Its word in a record.
    pub fn word(self) -> &'static str {
        match self {
            Self::Completed => "completed",
            Self::Aborted => "aborted",
        }
    }
}

/// What a record adds up to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Note {
    /// How many events there are.
    pub count: Whole,
    /// The last link, which stands for the whole record.
    pub fingerprint: Digest,
    /// SHA-256 of the image, as in the header.
    pub image: Option<Digest>,
    /// How the run ended.
    pub outcome: Outcome,
    /// The record before this one, as in the header.
    pub previous: Option<Previous>,
    /// SHA-256 of the procedure's file, as in the header.
    pub procedure: Option<Digest>,
    /// Was it a rehearsal?
    pub rehearsal: bool,
    /// Which run.
    pub run: Run,
    /// How many records came before.
    pub sequence: Whole,
}

impl Note {
    /// The note that belongs under `count` events of that header.
    pub(super) fn of(header: &Header, count: u64, fingerprint: Digest, outcome: Outcome) -> Self {
        Self {
            count: Whole::at_most(count),
            fingerprint,
            image: header.image.digest,
            outcome,
            previous: header.previous,
            procedure: header.procedure.as_ref().map(|procedure| procedure.digest),
            rehearsal: header.rehearsal,
            run: header.run,
            sequence: header.sequence,
        }
    }

    fn to_sign(&self) -> Vec<u8> {
        let mut text = domain("note");
        text.extend_from_slice(json::write(self).as_bytes());
        text
    }
}

/// A note with its signature: the last line of a record, and the receipt that stays with people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Receipt {
    /// What the record adds up to.
    pub note: Note,
    pub(super) signature: Bytes<64>,
}

impl Receipt {
    /// Reads a receipt's text, one line. What it says is a claim until it stands beside its record.
    /// None when it is not a receipt.
    pub fn read(text: &str) -> Option<Self> {
        json::read(text.trim_ascii_end()).ok()
    }

    /// The text, canonical JSON in one line without its end.
    pub fn text(&self) -> String {
        json::write(self)
    }

    /// What the next record's header says of this one.
    pub fn as_previous(&self) -> Previous {
        Previous { fingerprint: self.note.fingerprint, run: self.note.run }
    }

    /// Was the note signed by the key of that header?
    pub(super) fn is_signed_by(&self, header: &Header) -> bool {
        let Ok(key) = VerifyingKey::from_bytes(&header.key.0) else { return false };
        key.verify_strict(&self.note.to_sign(), &Signature::from_bytes(&self.signature.0)).is_ok()
    }
}

/// The key of one run: made at its start, wiped at its end, so that nobody can write the record anew
/// afterwards.
pub struct RunKey(SigningKey);

impl RunKey {
    /// From 32 random bytes.
    pub fn new(random: &Zeroizing<[u8; 32]>) -> Self {
        Self(SigningKey::from_bytes(random))
    }

    pub(super) fn public(&self) -> Bytes<32> {
        Bytes(self.0.verifying_key().to_bytes())
    }

    pub(super) fn sign(&self, note: Note) -> Receipt {
        let signature = Bytes(self.0.sign(&note.to_sign()).to_bytes());
        Receipt { note, signature }
    }
}
