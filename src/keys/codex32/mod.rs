//! codex32 (BIP93): a master seed (BIP32) as one text, or as shares of which 2 to 9 are needed, with a
//! checksum that can locate up to four wrong letters or eight unreadable ones.
//!
//! In: [`Entry`] takes a text as it is typed, [`Text::parse`] a whole one; [`repair`] locates wrong
//! letters; [`Shares`] collects what belongs together. Out: [`encode`] and [`split`].
//!
//! The shares carry no digest of the secret: shares of two sets that have the same identifier give a
//! seed that looks right and is not. Only the wallet's fingerprint shows that.

mod checksum;
mod collect;
mod correct;
mod entry;
mod field;
mod split;
mod text;

pub use collect::{AddError, Shares};
pub use correct::{Repair, repair};
pub use entry::Entry;
pub use split::{SplitError, encode, split};
pub use text::{Identifier, ParseError, Text};

#[cfg(test)]
mod tests;
