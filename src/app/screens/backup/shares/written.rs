//! One share as it is written down, whatever its kind.

use super::*;
use crate::keys::{Mnemonic, codex32, slip39};
use zeroize::Zeroizing;

/// One share.
pub enum Written {
    /// SLIP-39.
    Slip39(slip39::Share),
    /// codex32.
    Codex32(codex32::Text),
    /// A part of Seed XOR.
    Xor(Mnemonic),
}

/// Room for a SLIP-39 share's words: 59 of at most 8 letters.
const TEXT: usize = 59 * 9;
/// Columns of words.
const COLUMNS: usize = 5;

impl Written {
    /// What is copied, for a page.
    pub fn page(&self, text: &mut Text) {
        match self {
            Self::Slip39(share) => share_words(text, share.words()),
            Self::Xor(part) => columns(text, part, 4, Rows::Dense),
            Self::Codex32(share) => {
                line::letters(text, &share.capitals(), Tone::Strong);
            }
        }
    }

    /// Which one of its set it is.
    pub fn name(&self) -> Option<String> {
        match self {
            Self::Slip39(share) if share.set().group_count() > 1 => {
                Some(format!("group {}, share {}", share.group(), share.member()))
            }
            Self::Slip39(share) => Some(format!("share {}", share.member())),
            Self::Codex32(share) => Some(format!("share {}", share.index().to_ascii_uppercase())),
            Self::Xor(_) => None,
        }
    }

    /// How many are needed: of its group, where there are several.
    pub fn needed(&self) -> Option<String> {
        match self {
            Self::Slip39(share) if share.set().group_count() > 1 => {
                let (groups, of) = (share.set().group_threshold(), share.set().group_count());
                let (shares, group) = (share.member_threshold(), share.group());
                Some(format!("{shares} of group {group}; {groups} of {of} groups"))
            }
            Self::Slip39(share) => Some(share.member_threshold().to_string()),
            Self::Codex32(share) => Some(share.threshold().max(1).to_string()),
            Self::Xor(_) => None,
        }
    }

    /// Why it cannot stand beside one that was given before; None where it can.
    pub fn clash(&self, before: &Self) -> Option<&'static str> {
        match (self, before) {
            (Self::Slip39(this), Self::Slip39(before)) => {
                let same = (this.group(), this.member()) == (before.group(), before.member());
                let threshold = this.member_threshold() == before.member_threshold();
                match () {
                    () if this.set() != before.set() => Some(OTHER_SET),
                    () if same => Some(TWICE),
                    () if this.group() == before.group() && !threshold => Some(OTHER_SET),
                    () => None,
                }
            }
            (Self::Codex32(this), Self::Codex32(before)) => match () {
                () if this.identifier() != before.identifier() => Some(OTHER_SET),
                () if this.threshold() != before.threshold() => Some(OTHER_SET),
                () if this.index() == before.index() => Some(TWICE),
                () => None,
            },
            (Self::Xor(this), Self::Xor(before)) => match () {
                () if this.count() != before.count() => Some(OTHER_SET),
                () if this.indices().eq(before.indices()) => Some(TWICE),
                () => None,
            },
            _ => Some(OTHER_SET),
        }
    }

    /// The same SLIP-39 share once more: combining uses it up.
    pub fn slip39_again(&self) -> Option<slip39::Share> {
        let Self::Slip39(share) = self else { return None };
        let mut text = Zeroizing::new(String::with_capacity(TEXT));
        for word in share.words() {
            text.push_str(word);
            text.push(' ');
        }
        slip39::Share::parse(&text).ok()
    }

    /// The same codex32 text once more.
    pub fn codex32_again(&self) -> Option<codex32::Text> {
        let Self::Codex32(share) = self else { return None };
        codex32::Text::parse(&share.text()).ok()
    }
}

/// Words down the columns, numbered.
fn share_words(text: &mut Text, words: impl Iterator<Item = &'static str>) {
    let words: Vec<&str> = words.collect();
    let depth = words.len().div_ceil(COLUMNS);
    for row in 0..depth {
        let mut line = Line::new(" ");
        for (place, word) in words.iter().enumerate().skip(row).step_by(depth) {
            line = line.and(Tone::Faint, format!("{:>2} ", place + 1));
            for letter in word.chars().chain(std::iter::repeat(' ')).take(11) {
                line = line.and(Tone::Strong, letter);
            }
        }
        text.line(line);
    }
}

const OTHER_SET: &str = "This one does not belong to those before: it was made for another set.";
const TWICE: &str = "This one was given already. Give another one.";
