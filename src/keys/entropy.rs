//! What a new seed is made of: what the user throws, draws, types and shows to the camera, each
//! counted in bits by a conservative rule; the machine's own random source; and the ways in which a
//! seed comes of them.
//!
//! | source | bits that it counts for |
//! | --- | --- |
//! | D6 | log2 6 = 2.584 a throw |
//! | D20 | log2 20 = 4.321 a throw |
//! | coin | 1 a throw |
//! | cards | log2 of the cards that are left in the deck: log2 (52! / (52 - n)!) for n of them |
//! | camera | 4 a picture that differs from every one before it ([`Frames`]) |
//! | typed text | at most 1 a character ([`TypedText`]) |
//!
//! Throws and draws with a pattern that chance does not make count less, and the pattern is named
//! ([`Flaw`]). All is counted in thousandths of a bit, rounded down.
//!
//! [`Pot`] holds all of it. [`Pot::plan`] says by which rule a seed comes of it ([`Recipe`]) or why
//! there is not enough ([`Shortfall`]); only a [`Plan`] makes a seed.

mod bits;
mod cards;
mod count;
mod frames;
mod fresh;
mod last_word;
mod mixing;
mod pot;
mod published;
mod statistics;
mod throws;
mod typed;

pub use bits::Bits;
pub use cards::{Card, Cards, Drawn, Suit};
pub use count::WordCount;
pub use frames::{Frame, Frames};
pub use fresh::Fresh;
pub use last_word::Unfinished;
pub use mixing::{Ingredient, MIXING_SALT, mixing_info};
pub use pot::{LEAST_BESIDE_KERNEL, Mixture, Plan, Pot, Recipe, Shortfall, SourceKind};
pub use published::Rule;
pub use statistics::Flaw;
pub use throws::{Throw, Throws};
pub use typed::TypedText;
