//! What coordinators are given: an account's keys, or a whole wallet, in the form that each of them
//! reads. Whoever has an account's key sees all its past and future addresses. The master key cannot
//! be given: [`AccountKey`] has hardened steps only, and at least one.

mod account;
mod cbor;
mod coordinator;
mod keys;
mod wallets;

pub use account::{AccountKey, AccountKind};
pub use coordinator::Coordinator;
pub use keys::{KeyForm, export_keys};
pub use wallets::{WalletForm, export_wallet};

use super::registration::RegistryType;

/// What is shown or written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Exported {
    /// Text, for a code or a file with this ending.
    Text {
        /// The text.
        text: String,
        /// The file name's ending, without its dot.
        ending: &'static str,
    },
    /// The CBOR of a UR.
    Registry(RegistryType, Vec<u8>),
}

/// Why nothing can be given in a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExportError {
    /// No key was named.
    NoKey,
    /// The form holds one key, and several were named.
    OneKey,
    /// The keys come from several seeds.
    SeveralSeeds,
    /// The form cannot say what this key is for.
    Kind,
    /// The form has only shared wallets of sorted keys with an origin and the usual chains.
    NotSorted,
    /// The form has only single keys and plain multisig.
    NotPlain,
    /// No address of the wallet can be derived.
    Underivable,
}

impl std::fmt::Display for ExportError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::NoKey => "No account was chosen. Choose one.",
            Self::OneKey => "This form holds one account. Choose one, or another form.",
            Self::SeveralSeeds => "These accounts are of several seeds. Export each seed's alone.",
            Self::Kind => "This form has no way to say what this account is for. Choose another form.",
            Self::NotSorted => {
                "This form has only wallets of several sorted keys (sortedmulti), each with its origin. \
                 Choose another form."
            }
            Self::NotPlain => {
                "This form has only single keys and plain multisig. Choose another form."
            }
            Self::Underivable => "No address of this wallet can be derived. Register it again.",
        })
    }
}

impl std::error::Error for ExportError {}

fn text(text: String, ending: &'static str) -> Exported {
    Exported::Text { text, ending }
}
