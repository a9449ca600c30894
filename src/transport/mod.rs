//! Text parts to payload bytes and back, in the dialects that coordinators speak.
//!
//! What comes in is hostile light: every count and length is held against a limit before anything
//! is allocated for it, and two messages are never mixed. [`Collector`] reads, [`Reel`] shows.

mod base43;
mod bbqr;
mod collect;
mod content;
mod pieces;
mod readings;
mod reel;
mod specter;
mod trouble;
mod ur;

pub use collect::{Collector, Offered, PartsMap, Progress, Wanted};
pub use content::holds_private_key;
pub use readings::readings;
pub use reel::{Reel, ReelError, ReelOptions};
pub use trouble::{BbqrForeign, Trouble, UrForeign};

use crate::wallet::registration::RegistryType;

/// Longest message that is collected or shown, in bytes.
pub const MAX_MESSAGE: usize = 16 * 1024 * 1024;

/// Most parts of one message.
pub const MAX_PARTS: usize = 10_000;

/// Longest content of one QR code: version 40 at level L in numeric mode, in characters.
pub const MAX_SYMBOL: usize = 7_089;

/// Most letters of one alphanumeric QR code (version 40, level L).
pub const MAX_ALPHANUMERIC: usize = 4_296;

/// Most bytes of one byte-mode QR code (version 40, level L).
pub const MAX_BYTE_MODE: usize = 2_953;

/// A way to put bytes into one or many QR codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Dialect {
    /// Uniform Resources 2 (BCR-2020-005, BCR-2024-001).
    Ur,
    /// BBQr.
    Bbqr,
    /// Specter Desktop's `pMofN `.
    Specter,
    /// One static code, base64 text.
    Base64,
    /// One static code, Electrum's base43.
    Base43,
    /// One static code, hexadecimal.
    Hex,
    /// One static code, the content as it is (text, raw bytes).
    Plain,
}

impl Dialect {
    /// Fragment lengths worth offering, from sparse to dense, in the unit of
    /// [`ReelOptions::fragment`]. Empty for the static dialects.
    pub fn fragments(self) -> &'static [usize] {
        match self {
            Dialect::Ur => &[10, 20, 30, 40, 60, 80, 100, 130, 160, 200, 250, 320, 400, 600, 1000],
            Dialect::Bbqr => {
                &[48, 80, 120, 160, 200, 280, 400, 500, 750, 1000, 1400, 2000, 2900, 4296]
            }
            Dialect::Specter => &[40, 70, 100, 150, 200, 300, 400, 600, 1000, 2000, 2953],
            Dialect::Base64 | Dialect::Base43 | Dialect::Hex | Dialect::Plain => &[],
        }
    }

    /// The place in [`Dialect::fragments`] of the length to begin with: what phones and laptop
    /// cameras read well.
    pub fn usual_fragment(self) -> usize {
        match self {
            Dialect::Ur => 8,
            Dialect::Bbqr => 6,
            Dialect::Specter => 5,
            Dialect::Base64 | Dialect::Base43 | Dialect::Hex | Dialect::Plain => 0,
        }
    }
}

/// What the sender said, or what the bytes show, that a payload is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A PSBT (begins with its magic; whether it is a good one is for `psbt::Psbt::parse`).
    Psbt,
    /// A network-serialised transaction.
    Transaction,
    /// Text: descriptor, JSON, message.
    Text,
    /// Bytes of no stated type.
    Bytes,
    /// The CBOR of a UR that holds a wallet or keys.
    Registry(RegistryType),
}

impl Kind {
    /// What `bytes` are by their content: the PSBT magic, the shape of a transaction, printable
    /// UTF-8, or just bytes.
    pub fn of(bytes: &[u8]) -> Self {
        content::kind_of(bytes)
    }
}

/// One whole message, unwrapped.
#[derive(Clone, PartialEq, Eq)]
pub struct Payload {
    bytes: Vec<u8>,
    kind: Kind,
    dialect: Dialect,
}

impl Payload {
    pub(crate) fn new(bytes: Vec<u8>, kind: Kind, dialect: Dialect) -> Self {
        Self { bytes, kind, dialect }
    }

    /// What a file holds: a PSBT or a transaction as bytes, hex or base64; else its content as it
    /// is. The white space around an encoded form does not belong to it.
    pub fn of_file(bytes: Vec<u8>) -> Self {
        content::of_file(bytes)
    }

    /// The unwrapped bytes.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }
    /// The unwrapped bytes, without copying.
    pub fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }
    /// What it is.
    pub fn kind(&self) -> Kind {
        self.kind
    }
    /// The dialect it came in, so that the answer can be given in the same.
    pub fn dialect(&self) -> Dialect {
        self.dialect
    }
}

#[cfg(test)]
mod tests {
    use super::Dialect;

    #[test]
    fn the_usual_fragment_is_on_the_ladder_and_the_ladder_rises() {
        for dialect in [Dialect::Ur, Dialect::Bbqr, Dialect::Specter] {
            let ladder = dialect.fragments();
            assert!(ladder.get(dialect.usual_fragment()).is_some(), "{dialect:?}");
            assert!(ladder.is_sorted_by(|a, b| a < b), "{dialect:?}");
        }
    }
}
