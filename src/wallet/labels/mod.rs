//! Names of transactions, addresses, keys, inputs and outputs as wallets hand them on (BIP329: lines
//! of JSON, one label each).

mod error;
mod line;

pub use error::{LabelFault, LabelsError};

use bitcoin::address::NetworkUnchecked;
use bitcoin::bip32::Xpub;
use bitcoin::{Address, OutPoint, PublicKey, Txid, XOnlyPublicKey};

/// What a label is for. Only an output can be marked as spendable or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Labelled {
    /// `tx`: a transaction.
    Transaction(Txid),
    /// `addr`: an address, of whichever network.
    Address(Address<NetworkUnchecked>),
    /// `pubkey`: a public key of 33 or 65 bytes.
    PublicKey(PublicKey),
    /// `pubkey`: a public key of 32 bytes (BIP340).
    XOnlyKey(XOnlyPublicKey),
    /// `input`: the transaction and which of its inputs, from 0.
    Input(OutPoint),
    /// `output`: the transaction and which of its outputs, from 0.
    Output {
        /// Which one.
        outpoint: OutPoint,
        /// May the coordinator spend it? None where nothing is said.
        spendable: Option<bool>,
    },
    /// `xpub`: an extended public key.
    ExtendedKey(Xpub),
}

/// One label.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    reference: Labelled,
    text: Option<String>,
}

impl Label {
    /// Longest text in bytes (BIP329 lets a reader cut at 255 characters).
    pub const LONGEST: usize = 255;

    /// A label. What could deceive in its text becomes `?`, and it is cut at [`Self::LONGEST`]: so it
    /// can be shown, kept in a vault, and read again as it is written.
    pub fn new(reference: Labelled, text: Option<&str>) -> Self {
        Self { reference, text: text.map(plain) }
    }

    /// What it is for.
    pub fn reference(&self) -> &Labelled {
        &self.reference
    }

    /// The name; None where only spendable or not is told.
    pub fn text(&self) -> Option<&str> {
        self.text.as_deref()
    }
}

fn plain(text: &str) -> String {
    let shown = |character: char| {
        let alone = character.to_string();
        if super::visible(&alone) == alone { character } else { '?' }
    };
    // `<U` is how a hidden character is written out elsewhere
    let text: String = text.chars().map(shown).collect();
    let mut text = text.replace("<U", "?U");
    let mut end = text.len().min(Label::LONGEST);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.truncate(end);
    text
}

/// Labels, as many as a vault keeps at most, each thing once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Labels(Vec<Label>);

impl Labels {
    /// Most labels.
    pub const MOST: usize = 4_096;
    /// Most bytes of one line.
    pub const LONGEST_LINE: usize = 4_096;
    /// Most bytes of all lines.
    pub const LONGEST: usize = 2 << 20;

    /// Reads lines of JSON. Empty lines and unknown fields are passed over; a line with an unknown
    /// type, a reference that is none, or a field twice is a [`LabelsError`] with its number. Of two
    /// labels for one thing the later counts.
    pub fn read(text: &str) -> Result<Self, LabelsError> {
        if text.len() > Self::LONGEST {
            return Err(LabelsError::Long);
        }
        let mut places = std::collections::HashMap::new();
        let mut labels: Vec<Label> = Vec::new();
        for (number, line) in (1..).zip(text.lines()) {
            let line = line.trim();
            if line.is_empty() {
                continue;
            }
            let label = line::read(line).map_err(|fault| LabelsError::Line { number, fault })?;
            match places.entry(label.reference.key()) {
                std::collections::hash_map::Entry::Occupied(place) => labels[*place.get()] = label,
                std::collections::hash_map::Entry::Vacant(place) => {
                    if labels.len() == Self::MOST {
                        return Err(LabelsError::Many);
                    }
                    place.insert(labels.len());
                    labels.push(label);
                }
            }
        }
        if labels.is_empty() { Err(LabelsError::Empty) } else { Ok(Self(labels)) }
    }

    /// As lines of JSON, each ended.
    pub fn write(&self) -> String {
        self.0.iter().map(|label| line::write(label) + "\n").collect()
    }

    /// All of them, in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Label> {
        self.0.iter()
    }
}
