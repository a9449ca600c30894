//! Backup words in numbered columns, to be copied by hand.

use super::*;
use crate::keys::words::Index;
use crate::keys::{Language, Mnemonic};

/// Rows of words on a page.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Rows {
    /// One below the other.
    Dense,
    /// With an empty one behind each.
    Spaced,
}

/// Words, numbered, down the columns, as backup cards are written. One that is not English stands
/// behind its number in the printed list, 0001 to 2048, where letters alone may not do.
pub(super) fn columns(text: &mut Text, mnemonic: &Mnemonic, columns: usize, rows: Rows) {
    let depth = mnemonic.count().div_ceil(columns);
    let language = mnemonic.language();
    for row in 0..depth {
        let mut line = Line::new("  ");
        for (place, index) in mnemonic.indices().enumerate().skip(row).step_by(depth) {
            line = line.and(Tone::Faint, format!("{:>2} ", place + 1));
            if language != Language::English {
                line = line.and(Tone::Strong, format!("{:04} ", index + 1));
            }
            let width = if language == Language::English { 14 } else { 9 };
            for letter in spelled(language, index).chain(std::iter::repeat(' ')).take(width) {
                line = line.and(Tone::Strong, letter);
            }
        }
        text.line(line);
        if rows == Rows::Spaced {
            text.gap();
        }
    }
}

/// A word in the letters that the console has: those of a list in Latin script without accents,
/// none of another.
pub(super) fn spelled(language: Language, index: Index) -> impl Iterator<Item = char> {
    let word = language.word(index).filter(|_| language.is_latin());
    word.unwrap_or_default().chars().filter(char::is_ascii_alphabetic)
}

/// What stands in those columns, where the words are not English.
pub(super) fn legend(language: Language) -> Option<String> {
    match language {
        Language::English => None,
        latin if latin.is_latin() => Some(format!(
            "Words of the list in {}: each behind its number from 1, without accents.",
            latin.name()
        )),
        other => Some(format!(
            "{} words cannot be shown here. These are their numbers in the printed list (BIP39): 1 is \
             the first, 2048 the last.",
            other.name()
        )),
    }
}
