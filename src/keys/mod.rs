//! Entropy, mnemonic, seed, derivation, backup formats, signing. The only room that can spend.
//!
//! Nothing in here has `Debug` or `Clone`; everything secret is wiped when dropped. `bitcoin`'s
//! `Xpriv` (Copy + Debug) never leaves this room.
//!
//! The limit of wiping inside a living process: copies that the compiler makes while a value moves.
//! Secrets therefore live on the heap, are handled in few functions, and the dead stack below those
//! is overwritten; the rest ends with the process.

mod accounts;
mod attest;
mod bip85;
mod branch;
pub mod codex32;
mod electrum;
pub mod entropy;
mod entry;
pub mod kef;
mod language;
mod line;
mod material;
mod mnemonic;
mod random;
mod seed;
mod seed_xor;
mod seedqr;
mod self_test;
pub(crate) mod shamir;
mod sign;
pub mod slip39;
mod stretch;
pub(crate) mod wipe;
pub mod words;

pub use bip85::{Application, Child, ChildError};
pub use electrum::{ElectrumError, ElectrumKind, ElectrumSeed};
pub use entry::{Entry, PassphraseEntry, Status, Typed, Way};
pub use language::Language;
pub use line::LineEntry;
pub use material::{Material, MaterialError};
pub use mnemonic::{Mnemonic, MnemonicError, Passphrase};
pub use random::{Generator, RandomError, RandomSource};
pub use seed::{Seed, XprvError};
pub use seed_xor::{XorError, XorParts};
pub use seedqr::is_secret;
pub use self_test::known_answers;
pub use sign::{SignError, Signed, SignedMessage, sign, sign_message, signing_calls};
