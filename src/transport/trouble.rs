//! Why a code was refused, and what to choose in the wallet instead.
//!
//! Nothing of an unknown code's content is carried or shown: it may be a seed.

use super::{Dialect, MAX_MESSAGE, MAX_PARTS};
use std::fmt;

/// Why a symbol was refused. `Display` says what it is and what to choose in the wallet instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// A code of UR version 1.
    Ur1,
    /// A UR of a type that carries no PSBT.
    UrType(UrForeign),
    /// A BBQr of a type that carries no PSBT.
    BbqrType(BbqrForeign),
    /// A part, or a message put together, that breaks its format's rules.
    Damaged(Dialect),
    /// All parts are there, and the message's checksum does not fit.
    Checksum,
    /// BBQr Z that does not inflate.
    NotInflated,
    /// A message of more bytes than `MAX_MESSAGE`, or a code longer than any QR code.
    TooLarge,
    /// A message of more parts than `MAX_PARTS`.
    TooManyParts,
    /// Said to be a PSBT, and does not begin as one.
    NotPsbt,
    /// Looks like a seed, seed words or a private key.
    Secret,
    /// An address.
    Address,
    /// A payment request: `bitcoin:` or Lightning.
    PaymentRequest,
    /// An extended public key, with or without its origin.
    ExtendedKey,
    /// A link.
    Link,
    /// None of what is read.
    Unknown,
}

/// UR types that are recognised and carry no PSBT.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UrForeign {
    /// `crypto-account`, `account-descriptor`, `crypto-multi-accounts`.
    Account,
    /// `crypto-hdkey`, `hdkey`.
    Key,
    /// `crypto-output`, `output-descriptor`.
    Descriptor,
    /// `crypto-address`, `address`.
    Address,
    /// `crypto-request`, `crypto-response` and their kind.
    Request,
    /// A signing request of another currency.
    OtherCurrency,
    /// A type that is not known here.
    Unknown,
}

/// BBQr types that are recognised and not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BbqrForeign {
    /// `C`.
    Cbor,
    /// `B`.
    Binary,
    /// `X`.
    Executable,
    /// `K`, `R`, `S`, `E`.
    KeyTeleport,
    /// A type that is not known here.
    Unknown,
}

impl Trouble {
    /// Names the UR type (lower case).
    pub(super) fn foreign_ur(ur_type: &str) -> Self {
        let foreign = match ur_type.strip_prefix("crypto-").unwrap_or(ur_type) {
            "seed" | "bip39" | "eckey" | "sskr" => return Self::Secret,
            "account" | "account-descriptor" | "multi-accounts" => UrForeign::Account,
            "hdkey" => UrForeign::Key,
            "output" | "output-descriptor" => UrForeign::Descriptor,
            "address" => UrForeign::Address,
            "request" | "response" | "envelope" => UrForeign::Request,
            other if other.ends_with("-sign-request") || other.ends_with("-signature") => {
                UrForeign::OtherCurrency
            }
            _ => UrForeign::Unknown,
        };
        Self::UrType(foreign)
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const SHOW: &str = "In the wallet, open the transaction and choose to show it for signing, \
                            as \"BBQr\" or as \"UR\" (crypto-psbt).";
        match self {
            Self::Ur1 => write!(
                f,
                "This is a code of the old UR version 1, which is not read. In BlueWallet turn off \
                 \"Legacy URv1 QR\"; in Sparrow and Specter choose another device than Cobo Vault, \
                 for example Keystone or Jade."
            ),
            Self::UrType(foreign) => write!(f, "This UR code holds {foreign}. {SHOW}"),
            Self::BbqrType(foreign) => write!(f, "This BBQr code holds {foreign}. {SHOW}"),
            Self::Damaged(dialect) => write!(
                f,
                "This {} code breaks its format's rules. Show it again in the wallet, or choose \
                 another QR format there.",
                name(*dialect)
            ),
            Self::Checksum => write!(
                f,
                "All parts were read, but together they fail their checksum. The scan starts over: \
                 let the wallet's animation run again."
            ),
            Self::NotInflated => write!(
                f,
                "All parts were read, but the compressed message is damaged. The scan starts over: \
                 let the wallet's animation run again."
            ),
            Self::TooLarge => write!(
                f,
                "This message is larger than {} MiB, the most that is read. Use a smaller \
                 transaction.",
                MAX_MESSAGE / 1024 / 1024
            ),
            Self::TooManyParts => write!(
                f,
                "This message has more than {MAX_PARTS} parts, the most that are read. Choose denser \
                 codes in the wallet."
            ),
            Self::NotPsbt => write!(
                f,
                "This code says that it holds a PSBT, and what it holds is none. Show the \
                 transaction again in the wallet, or choose another QR format there."
            ),
            Self::Secret => write!(
                f,
                "This looks like a seed or a private key. Hide it: it is not read here, and nothing \
                 of it is shown or kept."
            ),
            Self::Address => write!(f, "This is an address, not a transaction. {SHOW}"),
            Self::PaymentRequest => {
                write!(f, "This is a request for a payment, not a transaction. {SHOW}")
            }
            Self::ExtendedKey => write!(
                f,
                "This is an extended public key, not a transaction. {SHOW} To load a wallet, export \
                 its output descriptor."
            ),
            Self::Link => write!(f, "This is a link, not a transaction. {SHOW}"),
            Self::Unknown => write!(f, "This code is none that is read here. {SHOW}"),
        }
    }
}

impl std::error::Error for Trouble {}

impl fmt::Display for UrForeign {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Account => "an account's public keys (crypto-account), not a transaction",
            Self::Key => "an extended key (crypto-hdkey), not a transaction",
            Self::Descriptor => "a wallet's descriptor (crypto-output), not a transaction",
            Self::Address => "an address (crypto-address), not a transaction",
            Self::Request => "a request (crypto-request), not a transaction",
            Self::OtherCurrency => "a request of another currency",
            Self::Unknown => "a type that is not read here",
        })
    }
}

impl fmt::Display for BbqrForeign {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Cbor => "CBOR data (type C), not a transaction",
            Self::Binary => "binary data (type B), not a transaction",
            Self::Executable => "a program (type X), not a transaction",
            Self::KeyTeleport => "a key teleport, not a transaction",
            Self::Unknown => "a type that is not read here",
        })
    }
}

/// The dialect in words.
pub(super) fn name(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::Ur => "UR",
        Dialect::Bbqr => "BBQr",
        Dialect::Specter => "Specter",
        Dialect::Base64 => "base64",
        Dialect::Base43 => "base43",
        Dialect::Hex => "hex",
        Dialect::Plain => "QR",
    }
}
