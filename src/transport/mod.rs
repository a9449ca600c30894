//! Text parts to payload bytes and back, in the dialects that coordinators speak.

mod collect;
mod reel;

pub use collect::{Collector, Offered, PartsMap, Progress, Trouble};
pub use reel::{Reel, ReelError, ReelOptions};

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
}

/// One whole message, unwrapped.
#[derive(Clone, PartialEq, Eq)]
pub struct Payload {
    bytes: Vec<u8>,
    kind: Kind,
    dialect: Dialect,
}

impl Payload {
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
