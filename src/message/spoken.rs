//! `signmessage <path> ascii:<message>`: how coordinators ask for a message by light.

use super::{MessageText, TextError};
use bitcoin::bip32::DerivationPath;
use std::fmt;
use std::str::FromStr;

/// Longest path that is read, in characters: ten steps of the largest numbers.
const LONGEST_PATH: usize = 130;

/// What such a text asks for: the message, signed by the key at the path (BIP137).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spoken {
    /// From the master key.
    pub path: DerivationPath,
    /// The message, to its last byte.
    pub text: MessageText,
}

/// Why a text that begins as such a request is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SpokenError {
    /// No path, or one that cannot be read.
    Path,
    /// The message does not stand behind `ascii:`.
    Encoding,
    /// The message itself.
    Text(TextError),
}

impl fmt::Display for SpokenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Path => f.write_str(
                "This asks for a signed message, but the path of the key cannot be read: it must \
                 look like m/84h/0h/0h/0/0.",
            ),
            Self::Encoding => f.write_str(
                "This asks for a signed message, but the message does not stand behind \"ascii:\".",
            ),
            Self::Text(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for SpokenError {}

impl Spoken {
    /// Reads such a text; None where it does not begin as one.
    pub fn read(bytes: &[u8]) -> Option<Result<Self, SpokenError>> {
        const WORD: &[u8] = b"signmessage";
        let (word, rest) = bytes.split_at_checked(WORD.len())?;
        let begins = word.eq_ignore_ascii_case(WORD) && rest.first() == Some(&b' ');
        begins.then(|| Self::behind_the_word(rest.trim_ascii_start()))
    }

    fn behind_the_word(rest: &[u8]) -> Result<Self, SpokenError> {
        let end = rest.iter().position(|byte| *byte == b' ').ok_or(SpokenError::Path)?;
        let (path, rest) = rest.split_at(end);
        let path = std::str::from_utf8(path).ok().and_then(read_path).ok_or(SpokenError::Path)?;
        let message =
            rest.trim_ascii_start().strip_prefix(b"ascii:").ok_or(SpokenError::Encoding)?;
        let text = MessageText::new(message).map_err(SpokenError::Text)?;
        Ok(Self { path, text })
    }
}

/// A path in writing (`m/84h/0h/0h/0/0`, with `h`, `H` or an apostrophe).
pub fn read_path(text: &str) -> Option<DerivationPath> {
    let short = text.len() <= LONGEST_PATH && (text == "m" || text.starts_with("m/"));
    short.then(|| DerivationPath::from_str(&text.replace('H', "h")).ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_of_coordinators_is_read_to_its_last_byte() {
        let spoken = Spoken::read(b"signmessage m/84h/1'/0H/0/7 ascii:Hello,  world \n").unwrap();
        let spoken = spoken.unwrap();
        assert_eq!(spoken.path.to_string(), "84'/1'/0'/0/7");
        assert_eq!(spoken.text.as_str(), "Hello,  world \n");
        let empty = Spoken::read(b"signmessage m ascii:").unwrap().unwrap();
        assert_eq!((empty.path.len(), empty.text.as_str()), (0, ""));
    }

    #[test]
    fn what_only_begins_so_is_refused_in_a_sentence() {
        for other in [&b"signmessages m ascii:x"[..], b"signmessage", b"", b"cHNidP8"] {
            assert_eq!(Spoken::read(other), None);
        }
        for (text, error) in [
            (&b"signmessage "[..], SpokenError::Path),
            (b"signmessage ascii:hello", SpokenError::Path),
            (b"signmessage m/84h/0h ", SpokenError::Encoding),
            (b"signmessage 84h/0h ascii:hello", SpokenError::Path),
            (b"signmessage m/2147483648/0 ascii:hello", SpokenError::Path),
            (b"signmessage m/84h/0h hex:6869", SpokenError::Encoding),
            (b"signmessage m/84h ascii:\xff", SpokenError::Text(TextError::NotText(0))),
        ] {
            assert_eq!(Spoken::read(text), Some(Err(error.clone())));
            assert!(error.to_string().ends_with('.'));
        }
        let deep = format!("signmessage m/{} ascii:x", ["0"; 5_000].join("/"));
        assert_eq!(Spoken::read(deep.as_bytes()), Some(Err(SpokenError::Path)));
    }
}
