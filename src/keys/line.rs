//! Typing a secret line: a key as text, the words of a seed that is no list's.

use super::Typed;
use zeroize::Zeroizing;

/// A line being typed, edited at its end. Wiped when dropped; never grows, so that nothing stays
/// behind.
pub struct LineEntry {
    text: Zeroizing<String>,
    most: usize,
}

impl LineEntry {
    /// Nothing typed yet; room for `most` bytes of UTF-8.
    pub fn new(most: usize) -> Self {
        Self { text: Zeroizing::new(String::with_capacity(most)), most }
    }

    /// One more character; a control character is not taken.
    pub fn push(&mut self, character: char) -> Typed {
        if character.is_control() {
            return Typed::Unknown;
        }
        if self.text.len() + character.len_utf8() > self.most {
            return Typed::Full;
        }
        self.text.push(character);
        Typed::Taken
    }

    /// Takes the last character back; false when there was none.
    pub fn backspace(&mut self) -> bool {
        self.text.pop().is_some()
    }

    /// Replaces what was typed by a text that was read elsewhere. False, and nothing changes, when it
    /// does not fit or holds a control character.
    pub fn replace(&mut self, text: &str) -> bool {
        if text.len() > self.most || text.chars().any(char::is_control) {
            return false;
        }
        self.text.clear();
        self.text.push_str(text);
        true
    }

    /// What is typed, to show it to its owner.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The most bytes that it takes.
    pub fn most(&self) -> usize {
        self.most
    }

    /// How many characters.
    pub fn len(&self) -> usize {
        self.text.chars().count()
    }

    /// Nothing typed?
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_typed_in_its_place_and_not_beyond() {
        let mut line = LineEntry::new(8);
        let place = line.text().as_ptr();
        assert!(line.is_empty() && !line.backspace());
        for key in "ab cdé".chars() {
            assert_eq!(line.push(key), Typed::Taken);
        }
        assert_eq!(line.push('\t'), Typed::Unknown);
        assert_eq!(
            (line.push('é'), line.push('f'), line.push('g')),
            (Typed::Full, Typed::Taken, Typed::Full)
        );
        assert_eq!((line.text(), line.len(), line.most()), ("ab cdéf", 7, 8));
        assert!(line.backspace());
        assert!(!line.replace("123456789") && !line.replace("1\n"));
        assert_eq!(line.text(), "ab cdé");
        assert!(line.replace("12345678"));
        assert_eq!((line.text(), line.text().as_ptr()), ("12345678", place));
    }
}
