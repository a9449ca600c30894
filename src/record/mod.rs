//! The record of what was done: a chain of canonical JSON lines that an auditor can check without a
//! secret and without this machine.
//!
//! ```text
//! line 1       header   what runs, on which image, after which record; the run key's public half
//! line n + 1   event n  level, link, and the event with its salt, or only its leaf when withheld
//! last line    note     count, fingerprint, outcome; signed by the run key
//!
//! leaf     = SHA-256("Coldlight record leaf 1"   0  salt (16 bytes)  canonical JSON of the event)
//! link 0   = SHA-256("Coldlight record header 1" 0  canonical JSON of the header)
//! link n   = SHA-256("Coldlight record link 1"   0  link n - 1 (32)  n (8, high byte first)  level (1)  leaf (32))
//! signature: Ed25519 (RFC 8032) over "Coldlight record note 1" 0 and the canonical JSON of the note
//! ```
//!
//! The fingerprint of a record is its last link. An event that is withheld leaves its leaf behind, so
//! that a redacted record has the fingerprint of the whole one; the salt keeps a short event from
//! being guessed by its leaf. Canonical JSON is RFC 8785: one text for one content.
//!
//! An event has no place for a seed, dice, a passphrase, a share, or a digest of one: the types of
//! [`event`] hold what may be known, and nothing else can be appended.

mod chain;
mod error;
pub mod event;
mod header;
mod json;
mod line;
mod note;
mod read;
mod recorder;
mod redact;
mod text;
mod words;

pub use chain::{Chain, Gap};
pub use error::{Fault, RecordError};
pub use event::{Event, Said};
pub use header::{Header, Image, ImageKnown, Previous, ProcedureUsed};
pub use line::Level;
pub use note::{Note, Outcome, Receipt, RunKey};
pub use read::{Entry, RECORD_MAX, Record};
pub use recorder::{Beginning, Closed, EVENTS_MAX, Recorder};
pub use text::{Digest, Name, NotHex, Run, Salt, Whole};
pub use words::{aloud, from_words};
