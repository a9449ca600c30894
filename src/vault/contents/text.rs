//! Text that every screen can show and that has an end.

use crate::wallet::visible;
use zeroize::Zeroize;

/// At most `MOST` bytes of printable text: what [`crate::wallet::visible`] shows as it is. May be
/// empty. Wiped when dropped: names tell about their owner.
#[derive(Clone, PartialEq, Eq)]
pub struct Text<const MOST: usize> {
    text: String,
}

/// Why a text is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextError {
    /// It has more bytes than this.
    Long(usize),
    /// The character at this place (from 1) could hide something, or cannot be shown.
    Unprintable(usize),
}

impl std::fmt::Display for TextError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Long(most) => {
                write!(f, "This text is longer than {most} characters. Make it shorter.")
            }
            Self::Unprintable(place) => write!(
                f,
                "Character {place} of this text cannot be shown on every screen. Use letters, digits \
                 and signs of the keyboard."
            ),
        }
    }
}

impl std::error::Error for TextError {}

impl<const MOST: usize> Text<MOST> {
    /// Takes `text` as it is, or not at all.
    pub fn new(text: &str) -> Result<Self, TextError> {
        if text.len() > MOST {
            return Err(TextError::Long(MOST));
        }
        if visible(text) == text {
            return Ok(Self { text: text.to_owned() });
        }
        let mut ends = text.char_indices().map(|(at, character)| at + character.len_utf8());
        let hidden = ends.position(|end| visible(&text[..end]) != text[..end]);
        Err(TextError::Unprintable(hidden.map_or(1, |place| place + 1)))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

impl<const MOST: usize> std::fmt::Display for Text<MOST> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(&self.text)
    }
}

impl<const MOST: usize> Drop for Text<MOST> {
    fn drop(&mut self) {
        self.text.zeroize();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_short_and_printable_text_is_taken() {
        let error = |text| Text::<8>::new(text).err();
        assert_eq!(error("Z\u{fc}rich"), None);
        assert_eq!(error(""), None);
        assert_eq!(error("12345678"), None);
        assert_eq!(error("123456789"), Some(TextError::Long(8)));
        assert_eq!(error("ab\u{202e}"), Some(TextError::Unprintable(3)));
        assert_eq!(error("a\nb"), Some(TextError::Unprintable(2)));
        assert_eq!(error("a<U+2"), Some(TextError::Unprintable(3)));
        assert!(TextError::Long(8).to_string().ends_with('.'));
        assert!(TextError::Unprintable(2).to_string().contains("Character 2"));
    }
}
