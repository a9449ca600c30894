//! What a vault holds, as its owner knows it. Everything is bounded where it is made, so that what
//! is written can always be read again.

mod decode;
mod encode;
mod key;
mod list;
mod record;
mod signed;
mod state;
mod text;
mod wallet;

pub(super) use decode::decode;
pub(super) use encode::encode;
pub use key::{Child, Drill, KeyEntry};
pub use list::{List, NoRoom};
pub use record::{Minutes, Record, Settings};
pub use signed::SignedBefore;
pub use state::{Change, State, WrongMove};
pub use text::{Text, TextError};
pub use wallet::{Label, LabelKind, Succession, WalletEntry};

/// Seconds since 1970, by the machine's clock, which nobody checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date(pub u64);

/// What a vault holds. Keys are wiped when dropped.
#[derive(Default)]
pub struct Contents {
    /// Keys, with what became of them.
    pub keys: List<KeyEntry, 64>,
    /// Wallets that are known by their descriptor.
    pub wallets: List<WalletEntry, 128>,
    /// Names of addresses, transactions and outputs (BIP329).
    pub labels: List<Label, 4096>,
    /// Which wallet takes over from which key.
    pub successions: List<Succession, 128>,
    /// Records of procedures.
    pub records: List<Record, 128>,
    /// What the user chose.
    pub settings: Settings,
    /// What was signed for before.
    pub signed: SignedBefore,
}

impl Contents {
    /// The last registered successor of the key with this fingerprint.
    pub fn successor(&self, of: bitcoin::bip32::Fingerprint) -> Option<&Succession> {
        self.successions.iter().rev().find(|succession| succession.from == of)
    }

    /// How many bytes of the room are used, of how many: to be told before the vault is full.
    pub fn room(&self) -> (usize, usize) {
        (encode::length(&[], self), encode::ROOM)
    }
}
