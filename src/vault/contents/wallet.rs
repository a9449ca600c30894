//! Wallets, names and successors: what is public on the chain but private to its owner.

use super::{Date, List, Text};
use crate::wallet::Network;
use bitcoin::bip32::Fingerprint;

/// A wallet that was registered.
#[derive(Clone, PartialEq, Eq)]
pub struct WalletEntry {
    /// Its owner's name for it.
    pub name: Text<64>,
    /// Its descriptor, as it was read.
    pub descriptor: Text<20000>,
    /// What each of its keys is called, in the order of the descriptor, where it is.
    pub labels: List<Option<Text<160>>, 256>,
    /// The network that it is on.
    pub network: Network,
    /// When it was registered.
    pub when: Date,
}

/// What a label names (BIP329's types).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LabelKind {
    /// A transaction, by its id.
    Transaction,
    /// An address.
    Address,
    /// A public key.
    PublicKey,
    /// An input, by transaction and place.
    Input,
    /// An output, by transaction and place.
    Output,
    /// An extended public key.
    ExtendedKey,
}

impl LabelKind {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Transaction,
        Self::Address,
        Self::PublicKey,
        Self::Input,
        Self::Output,
        Self::ExtendedKey,
    ];
}

/// A name that the owner gave to something (BIP329).
#[derive(Clone, PartialEq, Eq)]
pub struct Label {
    /// What kind of thing.
    pub kind: LabelKind,
    /// Which one.
    pub reference: Text<200>,
    /// Its name.
    pub text: Text<255>,
}

/// A wallet that takes over from a key: a compromised key signs only sweeps to it.
#[derive(Clone, PartialEq, Eq)]
pub struct Succession {
    /// The key that is left.
    pub from: Fingerprint,
    /// The key that takes over.
    pub to: Fingerprint,
    /// The name of the wallet that takes over.
    pub wallet: Text<64>,
    /// When it was registered.
    pub when: Date,
}
