//! The sealed form of what outlives an open wallet: seeds, wallets, labels, records, settings. Bytes
//! in, bytes out: what carries them to a stick and back is not known here.
//!
//! # Making, opening, writing
//!
//! * [`Cost::calibrate`], [`Blank::new`]; [`Unlock::derive`] for each passphrase (a second each);
//!   [`Locks`]; [`Blank::create`] gives the file and the [`Opened`] vault.
//! * [`Vault::read`] finds damage in any byte and says what it means; [`Opening::offer`] takes one
//!   passphrase after another until it gives an [`Opened`] vault and its [`Contents`].
//! * [`Opened::seal`] gives a [`Write`]: write its [`Step`], [`Opened::settle`], then write
//!   [`Opened::mirror`] and say [`Opened::mirrored`].
//!
//! # The file
//!
//! 2 MiB: two slots, each a whole vault: a head in clear ([`layout`], `head.rs`) and two areas. An
//! area is 16 key entries and contents of a fixed size, sealed, or nothing but random bytes; nobody
//! without a passphrase can tell which. The user's vault is in an area that a random coin chose. The
//! other one is random, or the duress vault.
//!
//! A passphrase becomes a key by Argon2id with the file's salt, once a try; HKDF-SHA-256 makes of it
//! a key for each of the 2 x 16 entries (with a key file, its SHA-256 is the extracting salt). An
//! entry holds the area's data key, or a custodian's share of it (SLIP-0039's sharing over GF(256)).
//! Entries and contents are XChaCha20-Poly1305 with random nonces, bound to magic, format, cost,
//! salt, identity and place, the contents also to the entries above them.
//!
//! Both vaults of a file know one seal key. Whoever writes seals the head with it: generation and
//! the digests of both areas. So each vault sees that nothing was put together from parts of
//! different times, without knowing what the other one wrote, or whether there is one.
//!
//! # What copies of a file show
//!
//! A write changes one area and the head, in the slot that is not in force; then the other slot is
//! made the same. So:
//! * One copy shows nothing: both slots are the same to the byte, no area says when it was written,
//!   and the generation counts the writes of both vaults. This holds against someone who was given
//!   one passphrase, too. A copy from a stick whose last write was cut short shows which area that
//!   write changed.
//! * Two copies taken at different times show which areas changed between them. If ever both did,
//!   there are two vaults. The one whose passphrase is given opens an area; if it is the other one
//!   that changed, there are two vaults as well.
//! * Every write carries the area that is not open over to the byte, so that it never harms a second
//!   vault. Only [`Opened::add_second`] and [`Opened::erase_second`] write into it, which
//!   [`DestroysWhatMayBeThere`].

mod area;
pub mod contents;
mod cost;
mod create;
mod entry;
mod error;
mod file;
mod head;
pub mod layout;
mod opened;
mod opening;
mod peek;
mod sealing;
mod secret;
mod step;
mod unlock;
mod ways;

pub use contents::Contents;
pub use cost::Cost;
pub use create::{Blank, Created, Draft};
pub use error::{Part, VaultError};
pub use file::{Refused, Vault};
pub use head::{Generation, Identity};
pub use opened::{DestroysWhatMayBeThere, Opened, Write};
pub use opening::{Offer, Opening};
pub use peek::{Peek, Standing, peek};
pub use step::{Piece, Step};
pub use unlock::{KeyFile, Terms, Unlock};
pub use ways::{Custodians, Locks, Way, WayKind};

/// The name of whoever holds a passphrase.
pub type Holder = contents::Text<64>;
