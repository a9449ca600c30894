//! Why a registration is not read: what is wrong, where, and what to do.

use super::{BsmsError, KeyError, MAX_REGISTRATION, PolicyRule, RegistryError};
use crate::wallet::{Network, WalletError};
use std::fmt;

/// Why a registration is not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RegistrationError {
    /// Nothing stands in it.
    Empty,
    /// More bytes than are looked at.
    TooLong {
        /// How many it has.
        bytes: usize,
    },
    /// A private key, or words of a seed, stand in it.
    PrivateKey,
    /// None of the forms that are read.
    Unknown,
    /// A descriptor that makes no wallet.
    Wallet(WalletError),
    /// A key that cannot be used: its number and the place of its first letter, both from 1.
    Key {
        /// Its number.
        number: usize,
        /// Its place.
        at: usize,
        /// What is wrong.
        why: KeyError,
    },
    /// Descriptors side by side that are not the receive and the change chain of one wallet. Holds
    /// the line of the one that does not fit, from 1.
    Disagree {
        /// The line.
        line: usize,
    },
    /// A wallet policy that breaks a rule of BIP388.
    Policy(PolicyRule),
    /// A BSMS record that is not good.
    Bsms(BsmsError),
    /// A line of a text that cannot be used, from 1.
    Line {
        /// The line.
        line: usize,
        /// What is wrong.
        why: Part,
    },
    /// Not JSON: the line and column, from 1.
    Json {
        /// The line.
        line: usize,
        /// The column.
        column: usize,
    },
    /// A field of JSON that is missing or cannot be used.
    Field {
        /// Its name, with the path to it.
        field: String,
        /// What is wrong.
        why: Part,
    },
    /// A UR that is not good.
    Registry(RegistryError),
    /// It says that it is of another network.
    OtherNetwork {
        /// The network that is chosen.
        chosen: Network,
    },
    /// The wallet cannot be derived: no first address.
    Underivable,
}

/// What is wrong with a line or a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// It is missing.
    Missing,
    /// It stands there twice.
    Twice,
    /// It is none of the values that it may have.
    Value,
    /// More keys than it says, or fewer.
    Count,
    /// A key.
    Key(KeyError),
}

impl fmt::Display for RegistrationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const AGAIN: &str = "Export the wallet again.";
        match self {
            Self::Empty => write!(f, "There is nothing in it. {AGAIN}"),
            Self::TooLong { bytes } => write!(
                f,
                "It has {bytes} bytes, and at most {MAX_REGISTRATION} are read. Export this wallet \
                 alone."
            ),
            Self::PrivateKey => write!(
                f,
                "A private key or backup words stand in it. Export the wallet with public keys only, \
                 and treat that key as exposed."
            ),
            Self::Unknown => write!(
                f,
                "This is no wallet in a form that is read here. Export its output descriptor, its \
                 multisig file or its policy."
            ),
            Self::Wallet(error) => error.fmt(f),
            Self::Key { number, at, why } => {
                write!(f, "Key {number} of the wallet, at character {at}: {why}. {AGAIN}")
            }
            Self::Disagree { line } => write!(
                f,
                "The descriptor in line {line} is not the other chain of the same wallet. Export one \
                 wallet, with its receive and its change descriptor."
            ),
            Self::Policy(rule) => rule.fmt(f),
            Self::Bsms(error) => error.fmt(f),
            Self::Line { line, why } => write!(f, "Line {line}: {why}. {AGAIN}"),
            Self::Json { line, column } => write!(
                f,
                "This is not good JSON: it breaks off at line {line}, column {column}. {AGAIN}"
            ),
            Self::Field { field, why } => write!(f, "Field {field}: {why}. {AGAIN}"),
            Self::Registry(error) => error.fmt(f),
            Self::OtherNetwork { chosen } => write!(
                f,
                "This wallet says that it is of another network than {}. Choose its network in the \
                 settings, or load a wallet of this one.",
                chosen.label()
            ),
            Self::Underivable => {
                write!(f, "No address of this wallet can be derived. {AGAIN}")
            }
        }
    }
}

impl std::error::Error for RegistrationError {}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => f.write_str("it is missing"),
            Self::Twice => f.write_str("it stands there twice"),
            Self::Value => f.write_str("its value is none that is read"),
            Self::Count => f.write_str("the number of keys is another than it says"),
            Self::Key(error) => error.fmt(f),
        }
    }
}

impl From<WalletError> for RegistrationError {
    fn from(error: WalletError) -> Self {
        Self::Wallet(error)
    }
}

impl From<PolicyRule> for RegistrationError {
    fn from(rule: PolicyRule) -> Self {
        Self::Policy(rule)
    }
}

impl From<BsmsError> for RegistrationError {
    fn from(error: BsmsError) -> Self {
        Self::Bsms(error)
    }
}

impl From<RegistryError> for RegistrationError {
    fn from(error: RegistryError) -> Self {
        Self::Registry(error)
    }
}
