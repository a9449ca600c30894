//! The message: UTF-8, of bounded length.

use std::fmt;

/// Longest message that is signed or verified, in bytes of UTF-8. All of it is shown before it is
/// signed; BIP322 advises a few kilobytes, and a hash for more.
pub const LONGEST_MESSAGE: usize = 4_096;

/// A message, to the byte as it is signed. It may hold any character, control characters included:
/// only what shows it makes them visible.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MessageText(String);

/// Why bytes are no message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TextError {
    /// Longer than [`LONGEST_MESSAGE`]. Holds its length in bytes.
    TooLong(usize),
    /// Not UTF-8. Holds the place of the first wrong byte, from 0.
    NotText(usize),
}

impl fmt::Display for TextError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLong(bytes) => write!(
                f,
                "The message is {bytes} bytes long, and at most {LONGEST_MESSAGE} can be shown and \
                 signed: sign its SHA-256 hash instead."
            ),
            Self::NotText(place) => write!(
                f,
                "The message is no text: its byte {place} is not UTF-8, so that it cannot be shown."
            ),
        }
    }
}

impl std::error::Error for TextError {}

impl MessageText {
    /// A message of these bytes.
    pub fn new(bytes: &[u8]) -> Result<Self, TextError> {
        if bytes.len() > LONGEST_MESSAGE {
            return Err(TextError::TooLong(bytes.len()));
        }
        let text = std::str::from_utf8(bytes);
        let text = text.map_err(|error| TextError::NotText(error.valid_up_to()))?;
        Ok(Self(text.to_owned()))
    }

    /// The message as it is: not to be shown without making it visible.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Its bytes, which are what is signed.
    pub fn as_bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_too_long_or_no_text_is_no_message() {
        assert!(MessageText::new(&[b'a'; LONGEST_MESSAGE]).is_ok());
        assert_eq!(MessageText::new(&[b'a'; 4_097]), Err(TextError::TooLong(4_097)));
        assert_eq!(MessageText::new(b"ab\xff"), Err(TextError::NotText(2)));
        for error in [TextError::TooLong(5_000), TextError::NotText(2)] {
            let said = error.to_string();
            assert!(said.ends_with('.') && !said.contains("  "), "{said}");
        }
    }
}
