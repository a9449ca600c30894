//! Typing a codex32 text, one letter at a time. Keystrokes are secrets here, so what was typed lives
//! here and is wiped here.

use super::correct::{Repair, repair};
use super::field::element;
use super::text::{LONGEST, PREFIX, ParseError, Text};
use crate::keys::Typed;
use zeroize::Zeroizing;

/// A text being typed. Wiped when dropped; never grows, so that nothing stays behind.
pub struct Entry {
    text: Zeroizing<String>,
}

impl Default for Entry {
    fn default() -> Self {
        Self { text: Zeroizing::new(String::with_capacity(LONGEST)) }
    }
}

impl Entry {
    /// Nothing typed yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// A letter, any case; "?" stands for an unreadable one. Spaces and hyphens are passed over. What
    /// cannot stand at this place of a codex32 text is not taken.
    pub fn push(&mut self, letter: char) -> Typed {
        if letter == ' ' || letter == '-' {
            return Typed::Taken;
        }
        if self.text.len() == LONGEST {
            return Typed::Full;
        }
        let letter = letter.to_ascii_lowercase();
        let taken = match PREFIX.chars().nth(self.text.len()) {
            Some(wanted) => letter == wanted,
            None => letter == '?' || u8::try_from(letter).is_ok_and(|byte| element(byte).is_some()),
        };
        if taken {
            self.text.push(letter);
            Typed::Taken
        } else {
            Typed::Unknown
        }
    }

    /// Takes the last letter back; false when there was none.
    pub fn backspace(&mut self) -> bool {
        self.text.pop().is_some()
    }

    /// The letters so far, lower case.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Reads what was typed.
    pub fn finish(&self) -> Result<Text, ParseError> {
        Text::parse(&self.text)
    }

    /// What was probably meant, where that can be told.
    pub fn repair(&self) -> Option<Repair> {
        repair(&self.text)
    }
}
