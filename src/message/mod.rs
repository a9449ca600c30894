//! Signed messages, public knowledge only: the message itself, BIP137's digest, BIP322's virtual
//! transactions, which PSBTs ask for a signature under a message, how signatures are written, and
//! whether they hold.

mod legacy;
mod request;
mod spoken;
mod text;
mod verify;
mod virtual_tx;
mod written;

pub use legacy::{LegacyKind, Recoverable, legacy_digest};
pub use request::{Falsehood, Request, falsehood};
pub use spoken::{Spoken, SpokenError, read_path};
pub use text::{LONGEST_MESSAGE, MessageText, TextError};
pub use verify::{Coin, Invalid, MOST_COINS, Proof, Unclear, Verdict, verify};
pub use virtual_tx::{message_hash, to_sign, to_spend};
pub use written::{Signature, SignatureError, smallest_form};
