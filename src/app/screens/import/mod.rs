//! Opening a wallet from a backup in another form than English words.

mod languages;

use super::*;

pub use languages::Languages;
