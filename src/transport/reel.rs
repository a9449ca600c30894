//! Parts out: one message as a loop of texts, one a frame.

use super::{Dialect, Kind, MAX_ALPHANUMERIC, MAX_BYTE_MODE, base43, bbqr, specter, ur};
use base64::{Engine, engine::general_purpose::STANDARD};
use data_encoding::HEXUPPER;
use std::fmt;

/// How a message is cut.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ReelOptions {
    /// Longest fragment: bytes for UR, characters of one code otherwise. None: the dialect's usual.
    pub fragment: Option<usize>,
}

/// Why a message cannot be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReelError {
    /// There is nothing to show.
    Empty,
    /// The message is longer than the limit, both in bytes.
    TooLarge {
        /// Bytes of the message.
        len: usize,
        /// Bytes that fit.
        max: usize,
    },
    /// One code of a static format cannot hold the message.
    OneCode {
        /// Characters of the message in that format.
        len: usize,
        /// Characters that one code holds.
        max: usize,
    },
    /// Cut so small the message has too many parts.
    TooManyParts {
        /// Parts that it would have.
        parts: usize,
        /// Parts that the format allows.
        max: usize,
    },
    /// Nothing fits a fragment of this length.
    FragmentTooSmall {
        /// The smallest, in the unit of [`ReelOptions::fragment`].
        min: usize,
    },
    /// A fragment of this length does not fit one code.
    FragmentTooLarge {
        /// Characters of its code.
        len: usize,
        /// Characters that one code holds.
        max: usize,
    },
    /// BBQr says what it carries, and has no name for bytes of no known type that wallets read.
    NoTypeForBytes,
    /// Shown as it is, a message must be text.
    NotText,
}

impl fmt::Display for ReelError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => write!(f, "There is nothing to show: the input is empty."),
            Self::TooLarge { len, max } => write!(
                f,
                "The message has {len} bytes, and this format holds at most {max}. Use a file instead."
            ),
            Self::OneCode { len, max } => write!(
                f,
                "The message needs {len} characters in this format, and one QR code holds at most \
                 {max} of them. Choose UR or BBQr, which use many codes."
            ),
            Self::TooManyParts { parts, max } => write!(
                f,
                "The message would need {parts} codes, and this format counts at most {max}. Choose \
                 larger fragments."
            ),
            Self::FragmentTooSmall { min } => {
                write!(f, "The fragments are too small for this format. Choose at least {min}.")
            }
            Self::FragmentTooLarge { len, max } => write!(
                f,
                "A code would have {len} characters, and one QR code holds at most {max}. Choose \
                 smaller fragments."
            ),
            Self::NoTypeForBytes => write!(
                f,
                "BBQr carries PSBTs, transactions and text, and this is none of them. Choose UR."
            ),
            Self::NotText => write!(f, "This is not text. Choose UR, base64, base43 or hex."),
        }
    }
}

impl std::error::Error for ReelError {}

/// A message cut into parts, shown one after the other without end.
pub struct Reel {
    parts: Parts,
}

enum Parts {
    Fountain(ur::Show),
    Loop(Vec<String>),
}

/// After each loop of pure parts: so many loops of mixed ones.
///
/// Two are enough to finish for a reader that lost half of all frames. Then the pure parts come
/// again, for those who began to read late with a decoder that needs them: peeling decoders that
/// saw only mixed parts take long, and one coordinator starts over after 2 x seqLen frames.
///
/// No part of the fountain is left out. Without those of one fragment our own reader would need
/// fewer (1.11 instead of 1.17 times 50 parts at 30 percent loss), and a peeling one, as phones
/// have, many more (1.99 instead of 1.58).
const MIXED_LOOPS: usize = 2;

impl Reel {
    /// Cuts `bytes` for `dialect`. PSBTs go out as `crypto-psbt` in UR and `P` in BBQr.
    pub fn new(
        bytes: &[u8],
        kind: Kind,
        dialect: Dialect,
        options: ReelOptions,
    ) -> Result<Self, ReelError> {
        if bytes.is_empty() {
            return Err(ReelError::Empty);
        }
        let usual = dialect.fragments().get(dialect.usual_fragment());
        let fragment = options.fragment.or(usual.copied()).unwrap_or(MAX_ALPHANUMERIC);
        let parts = match dialect {
            Dialect::Ur => Parts::Fountain(ur::Show::new(bytes, kind, fragment)?),
            Dialect::Bbqr => Parts::Loop(bbqr::show(bytes, kind, fragment)?),
            Dialect::Specter => Parts::Loop(specter::show(bytes, fragment)?),
            _ => Parts::Loop(vec![one_code(bytes, dialect)?]),
        };
        Ok(Self { parts })
    }

    /// Parts in one loop (for UR: the pure ones).
    pub fn len(&self) -> usize {
        match &self.parts {
            Parts::Fountain(show) => show.count(),
            Parts::Loop(texts) => texts.len(),
        }
    }

    /// Never: a message has at least one part.
    pub fn is_empty(&self) -> bool {
        false
    }

    /// Part `n` of the message, from 0 without end: UR has the pure parts, then the fountain's
    /// without end (sequence number `n + 1`, which wraps at 2^32); all other dialects repeat their
    /// loop.
    pub fn part(&self, n: usize) -> String {
        match &self.parts {
            Parts::Fountain(show) => show.part(sequence(n)),
            Parts::Loop(texts) => texts.get(n % texts.len().max(1)).cloned().unwrap_or_default(),
        }
    }

    /// The text to show as frame `n`, from 0 without end. For UR: the pure parts, then twice as many
    /// of the fountain's, then the pure ones again and new ones of the fountain's, and so on.
    pub fn frame(&self, n: usize) -> String {
        self.part(self.part_at(n))
    }

    /// Which part frame `n` shows, from 0.
    pub fn part_at(&self, n: usize) -> usize {
        let len = self.len();
        match &self.parts {
            Parts::Loop(_) => n % len.max(1),
            Parts::Fountain(_) if len <= 1 => 0,
            Parts::Fountain(_) => {
                let mixed = MIXED_LOOPS * len;
                let (rounds, within) = (n / (len + mixed), n % (len + mixed));
                if within < len { within } else { within + rounds * mixed }
            }
        }
    }
}

/// BCR-2024-001: sequence numbers count from 1 and wrap at 2^32; 0 is no part.
fn sequence(n: usize) -> u32 {
    (n as u64 % u64::from(u32::MAX)) as u32 + 1
}

fn one_code(bytes: &[u8], dialect: Dialect) -> Result<String, ReelError> {
    // Look at the length first: base43 takes time with its square.
    let (least, max) = match dialect {
        Dialect::Hex => (bytes.len() * 2, MAX_ALPHANUMERIC),
        // A base43 digit holds 5.4263 bits.
        Dialect::Base43 => (bytes.len() * 80_000 / 54_263, MAX_ALPHANUMERIC),
        Dialect::Base64 => (bytes.len().div_ceil(3) * 4, MAX_BYTE_MODE),
        _ => (bytes.len(), MAX_BYTE_MODE),
    };
    if least > max {
        return Err(ReelError::OneCode { len: least, max });
    }
    let text = match dialect {
        Dialect::Hex => HEXUPPER.encode(bytes),
        Dialect::Base43 => base43::encode(bytes),
        Dialect::Base64 => STANDARD.encode(bytes),
        _ => String::from_utf8(bytes.to_vec()).map_err(|_| ReelError::NotText)?,
    };
    match text.len() {
        len if len > max => Err(ReelError::OneCode { len, max }),
        _ => Ok(text),
    }
}
