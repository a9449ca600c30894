//! Mnemonic, seed, derivation, signing. The only room that can spend.
//!
//! Nothing in here has `Debug` or `Clone`; everything secret is wiped when dropped. `bitcoin`'s
//! `Xpriv` (Copy + Debug) never leaves this room.

mod mnemonic;
mod seed;
mod seedqr;
mod sign;
pub mod words;

pub use mnemonic::{Mnemonic, MnemonicError, Passphrase};
pub use seed::Seed;
pub use sign::{SignError, Signed, sign, signing_calls};
