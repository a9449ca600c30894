//! The small values that a record is written with. Each has one spelling only.

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;

/// Longest free text in an event, in bytes.
const NAME_MAX: usize = 400;

/// A SHA-256 digest, written as 64 small hexadecimal digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digest(pub [u8; 32]);

/// Which run: 16 random bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Run(pub [u8; 16]);

/// What keeps an event from being guessed by its leaf: 16 random bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Salt(pub [u8; 16]);

/// An Ed25519 public key or signature, in hexadecimal digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Bytes<const N: usize>(pub(super) [u8; N]);

macro_rules! written_as_hex {
    ($type:ident, $size:expr) => {
        impl fmt::Display for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&data_encoding::HEXLOWER.encode(&self.0))
            }
        }

        impl Serialize for $type {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                Bytes(self.0).serialize(serializer)
            }
        }

        impl<'de> Deserialize<'de> for $type {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                Bytes::<$size>::deserialize(deserializer).map(|bytes| Self(bytes.0))
            }
        }

        impl std::str::FromStr for $type {
            type Err = NotHex;

            fn from_str(text: &str) -> Result<Self, NotHex> {
                from_hex(text).map(Self)
            }
        }
    };
}

written_as_hex!(Digest, 32);
written_as_hex!(Run, 16);
written_as_hex!(Salt, 16);

impl Digest {
    /// A transaction's id, in the order of bytes that people see.
    pub fn of_txid(id: bitcoin::Txid) -> Self {
        let mut bytes = *bitcoin::hashes::Hash::as_byte_array(&id);
        bytes.reverse();
        Self(bytes)
    }
}

/// A text that is not that many bytes in small hexadecimal digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotHex {
    digits: usize,
}

impl fmt::Display for NotHex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "expected {} digits of 0 to 9 and a to f", self.digits)
    }
}

impl std::error::Error for NotHex {}

fn from_hex<const N: usize>(text: &str) -> Result<[u8; N], NotHex> {
    let wrong = NotHex { digits: 2 * N };
    let mut bytes = [0; N];
    if text.len() != 2 * N {
        return Err(wrong);
    }
    match data_encoding::HEXLOWER.decode_mut(text.as_bytes(), &mut bytes) {
        Ok(_) => Ok(bytes),
        Err(_) => Err(wrong),
    }
}

impl<const N: usize> Serialize for Bytes<N> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&data_encoding::HEXLOWER.encode(&self.0))
    }
}

impl<'de, const N: usize> Deserialize<'de> for Bytes<N> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Digits<const N: usize>;
        impl<const N: usize> serde::de::Visitor<'_> for Digits<N> {
            type Value = Bytes<N>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{} hexadecimal digits", 2 * N)
            }

            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Bytes<N>, E> {
                from_hex(text).map(Bytes).map_err(E::custom)
            }
        }
        deserializer.deserialize_str(Digits)
    }
}

/// A short text for people: a name, a reason, a number on a seal. One line, at most 400 bytes,
/// without control characters and without marks that turn the direction of writing.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Name(String);

impl Name {
    /// That text. None when it is too long, empty, or has characters that cannot be seen.
    pub fn new(text: &str) -> Option<Self> {
        let fits = !text.is_empty() && text.len() <= NAME_MAX && text.chars().all(is_seen);
        fits.then(|| Self(text.to_owned()))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A character that shows: no control character, and none of those that turn the writing around or
/// take no room (Unicode's bidirectional controls and zero-width characters).
fn is_seen(c: char) -> bool {
    let hidden =
        matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}');
    !c.is_control() && !hidden && c != '\u{feff}' && c != '\u{61c}'
}

impl<'de> Deserialize<'de> for Name {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::new(&text).ok_or_else(|| {
            D::Error::custom("a text is empty, longer than 400 bytes, or has hidden characters")
        })
    }
}

/// A whole number that every JSON reader takes for the same: at most 2^53 - 1 (RFC 8785, RFC 7493).
/// Seconds, milliseconds, satoshi and counts stand in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize)]
pub struct Whole(u64);

impl Whole {
    /// The largest.
    pub const MAX: u64 = (1 << 53) - 1;

    /// That number, or the largest where it is larger.
    pub fn at_most(number: u64) -> Self {
        Self(number.min(Self::MAX))
    }

    /// The number.
    pub fn get(self) -> u64 {
        self.0
    }
}

impl From<u32> for Whole {
    fn from(number: u32) -> Self {
        Self(number.into())
    }
}

impl fmt::Display for Whole {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<'de> Deserialize<'de> for Whole {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let number = u64::deserialize(deserializer)?;
        if number > Self::MAX {
            return Err(D::Error::custom("a number is above 2^53 - 1"));
        }
        Ok(Self(number))
    }
}
