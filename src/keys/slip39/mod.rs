//! SLIP-0039: a master seed (BIP32) as shares of words, in groups, under a passphrase.
//!
//! In: [`Entry`] takes a share's words as they are typed, [`Share::parse`] a whole text; [`Shares`]
//! collects what belongs together and says what is missing; [`Unlock`] does the slow work with the
//! passphrase. Out: [`split`].
//!
//! A share alone is not a secret of the same weight as a seed, but it is handled like one: with a
//! threshold of 1 it is all that is needed.

mod checksum;
mod cipher;
mod collect;
mod entry;
mod share;
mod split;
pub mod words;

pub use collect::{AddError, Group, Shares, Unlock, UnlockError};
pub use entry::Entry;
pub use share::{Set, Share, ShareError};
pub use split::{GroupSpec, SplitError, split};

#[cfg(test)]
mod tests;
