//! A transaction that was read, and where it came from: the answer goes back the same way.

use super::appliance::FileId;
use crate::psbt::{FileForm, Psbt};
use crate::transport::Dialect;

/// A transaction that was read and waits to be reviewed.
pub struct Request {
    pub(super) psbt: Psbt,
    pub(super) origin: Origin,
}

/// Where a transaction came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// A camera saw it, in this dialect.
    Scanned(Dialect),
    /// The demo camera showed it, in this dialect.
    Demo(Dialect),
    /// A file on a removable stick or card.
    File(Original),
}

/// The file that a transaction came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Original {
    /// The machine's own name for it.
    pub id: FileId,
    /// Its name, made printable and short.
    pub name: String,
    /// How it was written: the answer's file is written alike.
    pub form: FileForm,
}

impl Request {
    /// What it asks to sign, in a word.
    pub(super) fn noun(&self) -> &'static str {
        if self.psbt.message().is_some() { "message" } else { "payment" }
    }
}

impl Origin {
    /// The dialect of an answer by light. A file has none: then the one that most wallets read.
    pub(super) fn dialect(&self) -> Dialect {
        match self {
            Self::Scanned(dialect) | Self::Demo(dialect) => *dialect,
            Self::File(_) => Dialect::Ur,
        }
    }

    /// The file, where it came from one.
    pub(super) fn file(&self) -> Option<&Original> {
        match self {
            Self::File(original) => Some(original),
            Self::Scanned(_) | Self::Demo(_) => None,
        }
    }

    /// What was done to read it.
    pub(super) fn verb(&self) -> &'static str {
        match self {
            Self::Scanned(_) | Self::Demo(_) => "scanned",
            Self::File(_) => "read from a file",
        }
    }
}
