//! codex32 shares that are being collected until they give the seed.

use super::split::interpolate;
use super::text::{Identifier, SECRET, Text};
use zeroize::Zeroizing;

/// Why a text was not taken. What was collected before stays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AddError {
    /// It belongs to another secret.
    OtherIdentifier {
        /// The identifier of the shares before.
        before: Identifier,
        /// The identifier of this one.
        this: Identifier,
    },
    /// It asks for another number of shares than those before.
    OtherThreshold,
    /// It has another length than those before.
    OtherLength,
    /// This share was given before.
    Repeated(char),
    /// Another share with this letter was given before: one of the two is false.
    Conflict(char),
    /// It is the secret itself, but shares were given before.
    Secret,
    /// No more are needed.
    Complete,
}

impl std::fmt::Display for AddError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::OtherIdentifier { before, this } => write!(
                f,
                "This share belongs to another secret ({this}) than those before ({before}). Give \
                 one of the same secret."
            ),
            Self::OtherThreshold => f.write_str(
                "This share asks for another number of shares than those before. They do not \
                 belong together.",
            ),
            Self::OtherLength => f.write_str(
                "This share has another length than those before. They do not belong together.",
            ),
            Self::Repeated(index) => write!(
                f,
                "Share {} was given before. Give another one.",
                index.to_ascii_uppercase()
            ),
            Self::Conflict(index) => write!(
                f,
                "Another share {} was given before. One of the two is false, or they belong to \
                 different secrets.",
                index.to_ascii_uppercase()
            ),
            Self::Secret => f.write_str(
                "This is the secret itself, which needs no shares. Start again with it alone.",
            ),
            Self::Complete => f.write_str("There are enough shares. This one is not needed."),
        }
    }
}

impl std::error::Error for AddError {}

/// Texts of one secret, one after the other. Wiped when dropped.
#[derive(Default)]
pub struct Shares {
    texts: Vec<Text>,
}

impl Shares {
    /// None yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes one more share, if it belongs to those before and is needed; or the secret itself, if
    /// nothing was given before.
    pub fn add(&mut self, text: Text) -> Result<(), AddError> {
        if let Some(first) = self.texts.first() {
            let (before, this) = (first.identifier(), text.identifier());
            if before != this {
                return Err(AddError::OtherIdentifier { before, this });
            }
            if let Some(same) = self.texts.iter().find(|other| other.index() == text.index()) {
                return Err(if *same.data == *text.data {
                    AddError::Repeated(text.index())
                } else {
                    AddError::Conflict(text.index())
                });
            }
            if self.is_complete() {
                return Err(AddError::Complete);
            }
            if text.is_secret() {
                return Err(AddError::Secret);
            }
            if first.threshold() != text.threshold() {
                return Err(AddError::OtherThreshold);
            }
            if first.data.len() != text.data.len() {
                return Err(AddError::OtherLength);
            }
        }
        self.texts.push(text);
        Ok(())
    }

    /// How many were taken.
    pub fn given(&self) -> usize {
        self.texts.len()
    }

    /// How many are needed; None before the first.
    pub fn needed(&self) -> Option<usize> {
        let first = self.texts.first()?;
        Some(if first.is_secret() { 1 } else { usize::from(first.threshold()) })
    }

    /// Which secret they belong to; None before the first.
    pub fn identifier(&self) -> Option<Identifier> {
        self.texts.first().map(Text::identifier)
    }

    /// Are there enough?
    pub fn is_complete(&self) -> bool {
        self.needed() == Some(self.given())
    }

    /// The master seed (BIP32), 16 to 64 bytes; None while shares are missing. Shares of two secrets
    /// with the same identifier give a seed, too: only the wallet's fingerprint shows that.
    pub fn seed(&self) -> Option<Zeroizing<Vec<u8>>> {
        if !self.is_complete() {
            return None;
        }
        match &self.texts[..] {
            [secret] if secret.is_secret() => secret.seed(),
            shares => {
                let shares: Vec<&Text> = shares.iter().collect();
                interpolate(&shares, SECRET).seed()
            }
        }
    }
}
