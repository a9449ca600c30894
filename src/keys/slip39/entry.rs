//! Typing a share, one letter at a time. Keystrokes are secrets here, so what was typed lives here
//! and is wiped here.

use super::share::{MOST, Share, ShareError};
use super::words::{self, Index, LONGEST};
use crate::keys::Typed;
use zeroize::{Zeroize, Zeroizing};

/// Words of a share being typed. Wiped when dropped; never grows, so that nothing stays behind.
pub struct Entry {
    words: Zeroizing<Vec<Index>>,
    prefix: Zeroizing<String>,
}

impl Default for Entry {
    fn default() -> Self {
        Self {
            words: Zeroizing::new(Vec::with_capacity(MOST)),
            prefix: Zeroizing::new(String::with_capacity(LONGEST)),
        }
    }
}

impl Entry {
    /// Nothing typed yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// A letter of the current word, any case; a space accepts the word. A letter with which no
    /// word of the list goes on is not taken.
    pub fn push(&mut self, letter: char) -> Typed {
        if letter == ' ' {
            return if self.accept() { Typed::Taken } else { Typed::Unknown };
        }
        if self.words.len() == MOST {
            return Typed::Full;
        }
        if !letter.is_ascii_alphabetic() || self.prefix.len() == LONGEST {
            return Typed::Unknown;
        }
        self.prefix.push(letter.to_ascii_lowercase());
        if self.completions().is_empty() {
            self.prefix.pop();
            return Typed::Unknown;
        }
        Typed::Taken
    }

    /// Takes the last letter back; at the start of a word, opens the word before for correction.
    /// False when there was nothing left.
    pub fn backspace(&mut self) -> bool {
        if self.prefix.pop().is_some() {
            return true;
        }
        let Some(mut last) = self.words.pop() else { return false };
        self.prefix.push_str(words::word(last));
        last.zeroize();
        true
    }

    /// The current word as it will be accepted: the only one that begins so. Four letters always
    /// suffice, and no word of the list begins another.
    pub fn completed(&self) -> Option<&'static str> {
        match (self.prefix.as_str(), self.completions()) {
            ("", _) => None,
            (_, [only]) => Some(only),
            _ => None,
        }
    }

    /// Accepts the current word; false when it is not clear yet which one it is.
    pub fn accept(&mut self) -> bool {
        let Some(index) = self.completed().and_then(words::index_of) else { return false };
        if self.words.len() == MOST {
            return false;
        }
        self.words.push(index);
        self.prefix.zeroize();
        true
    }

    /// The letters of the current word so far, lower case.
    pub fn prefix(&self) -> &str {
        &self.prefix
    }

    /// The words of the list that the current word may become; every word when nothing is typed.
    pub fn completions(&self) -> &'static [&'static str] {
        words::completions(&self.prefix)
    }

    /// How many words are done.
    pub fn words_done(&self) -> usize {
        self.words.len()
    }

    /// The words that are done, in order.
    pub fn words(&self) -> impl Iterator<Item = &'static str> {
        self.words.iter().map(|index| words::word(*index))
    }

    /// The share of the accepted words. A word that is begun but not accepted is unknown.
    pub fn finish(&self) -> Result<Share, ShareError> {
        if !self.prefix.is_empty() {
            return Err(ShareError::Unknown(self.words.len() + 1));
        }
        Share::from_indices(&self.words)
    }
}
