//! One codex32 text: a seed or a share of one (BIP93).

use super::checksum::{self, Code};
use super::correct::repair;
use super::field::{element, letter};
use crate::keys::{Generator, RandomError};
use zeroize::Zeroizing;

/// Every codex32 text of a master seed begins so.
pub(super) const PREFIX: &str = "ms1";
/// Letters of the longest text: a share of a 512-bit seed.
pub(super) const LONGEST: usize = 127;
/// Letters before the payload: threshold, identifier, index.
pub(super) const HEADER: usize = 6;
/// The index of a secret, "s".
pub(super) const SECRET: u8 = 16;

/// Four letters that tell the shares of one secret from those of others. Not secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Identifier([u8; 4]);

impl Identifier {
    /// Four letters of the alphabet `qpzry9x8gf2tvdw0s3jn54khce6mua7l`, any case.
    pub fn parse(text: &str) -> Option<Self> {
        let mut elements = [0; 4];
        let letters = <[u8; 4]>::try_from(text.as_bytes()).ok()?;
        for (place, letter) in letters.iter().enumerate() {
            elements[place] = element(letter.to_ascii_lowercase())?;
        }
        Some(Self(elements))
    }

    /// A random one. Two sets of shares of one secret need two identifiers, or nobody can tell that
    /// their shares do not belong together.
    pub fn random(random: &mut Generator) -> Result<Self, RandomError> {
        let mut bytes = [0; 4];
        random.fill(&mut bytes)?;
        Ok(Self(bytes.map(|byte| byte & 0x1f)))
    }

    pub(super) fn elements(&self) -> [u8; 4] {
        self.0
    }
}

impl std::fmt::Display for Identifier {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.iter().try_for_each(|element| write!(f, "{}", letter(*element)))
    }
}

/// Why a text is not codex32. Carries places, never letters of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ParseError {
    /// The letters at these places (from 1, white space not counted) are not of codex32's alphabet,
    /// or stand for unreadable ones ("?").
    Letters(Vec<usize>),
    /// The first letter (place from 1) in another case than those before.
    Case(usize),
    /// It does not begin with "ms1".
    Prefix,
    /// No text of a seed of 16 to 64 bytes has so many letters.
    Length(usize),
    /// The checksum does not fit.
    Checksum {
        /// The places (from 1) that would have to be other letters, where up to four would suffice;
        /// empty where there are more, or letters missing and too many.
        probably: Vec<usize>,
    },
    /// The letter after "ms1" is not one of the digits 0 and 2 to 9.
    Threshold,
    /// A text that is not shared has another index than "s".
    Index,
}

impl std::fmt::Display for ParseError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Letters(places) => write!(
                f,
                "codex32 has no such letters as stand at {}. It uses no B, I and O, and no 1 but in \
                 the third place.",
                places_in_words(places)
            ),
            Self::Case(place) => write!(
                f,
                "Small and capital letters are mixed, first at place {place}. Write all of them in \
                 one way."
            ),
            Self::Prefix => f.write_str("A codex32 text begins with MS1, this one does not."),
            Self::Length(letters) => write!(
                f,
                "This has {letters} letters, which is too few, too many, or between two lengths. A \
                 codex32 text has 48 for a seed of 128 bits, 74 for 256 and 127 for 512."
            ),
            Self::Checksum { probably } if probably.is_empty() => f.write_str(
                "The letters fail their checksum in more than four places. Compare them with what \
                 is written down.",
            ),
            Self::Checksum { probably } => write!(
                f,
                "The letters fail their checksum: probably those at {} are others. Compare them \
                 with what is written down.",
                places_in_words(probably)
            ),
            Self::Threshold => f.write_str(
                "The letter after MS1 says how many shares are needed: a digit from 2 to 9, or 0 \
                 for none. This one says something else.",
            ),
            Self::Index => f.write_str(
                "This text says that it is not shared (0 after MS1), but its ninth letter is not S. \
                 It was not made by the rules of BIP93.",
            ),
        }
    }
}

impl std::error::Error for ParseError {}

/// "place 7", "places 7, 9 and 12"
fn places_in_words(places: &[usize]) -> String {
    match places {
        [only] => format!("place {only}"),
        [first @ .., last] => {
            let first: Vec<String> = first.iter().map(usize::to_string).collect();
            format!("places {} and {last}", first.join(", "))
        }
        [] => String::new(),
    }
}

/// A valid codex32 text: a seed, or a share of one. Wiped when dropped.
pub struct Text {
    /// The data part without its checksum.
    pub(super) data: Zeroizing<Vec<u8>>,
}

impl Text {
    /// All small or all capital letters; white space and hyphens between them do not count. `text`
    /// stays the caller's to wipe.
    pub fn parse(text: &str) -> Result<Self, ParseError> {
        let letters = Letters::read(text)?;
        if !letters.unknown.is_empty() {
            return Err(ParseError::Letters(letters.unknown.iter().map(|at| at + 1).collect()));
        }
        let whole = &letters.whole[..];
        let code = letters.code().ok_or(ParseError::Length(letters.count()))?;
        if !code.holds(whole) {
            let probably = repair(text).map(|repair| repair.places().to_vec()).unwrap_or_default();
            return Err(ParseError::Checksum { probably });
        }
        let mut data = Zeroizing::new(Vec::with_capacity(whole.len() - code.length));
        data.extend_from_slice(&whole[..whole.len() - code.length]);
        Self::from_data(data).map_err(|error| error.unwrap_or(ParseError::Length(letters.count())))
    }

    /// A data part without its checksum, by its rules; `None` for a wrong length.
    pub(super) fn from_data(data: Zeroizing<Vec<u8>>) -> Result<Self, Option<ParseError>> {
        let payload = data.len().checked_sub(HEADER).ok_or(None)?;
        if !is_seed_length(payload) {
            return Err(None);
        }
        match (letter(data[0]), data[5]) {
            ('0', SECRET) | ('2'..='9', _) => Ok(Self { data }),
            ('0', _) => Err(Some(ParseError::Index)),
            _ => Err(Some(ParseError::Threshold)),
        }
    }

    /// Shares that are needed, 2 to 9; 0 for a seed that is not shared.
    pub fn threshold(&self) -> u8 {
        letter(self.data[0]).to_digit(10).map_or(0, |digit| digit as u8)
    }

    /// What the shares of one secret have in common.
    pub fn identifier(&self) -> Identifier {
        Identifier([self.data[1], self.data[2], self.data[3], self.data[4]])
    }

    /// The letter of the share, lower case; `s` for the secret itself.
    pub fn index(&self) -> char {
        letter(self.data[5])
    }

    /// Is it the secret itself, not a share?
    pub fn is_secret(&self) -> bool {
        self.data[5] == SECRET
    }

    /// The master seed (BIP32), 16 to 64 bytes; None for a share.
    pub fn seed(&self) -> Option<Zeroizing<Vec<u8>>> {
        if !self.is_secret() {
            return None;
        }
        let payload = &self.data[HEADER..];
        let mut seed = Zeroizing::new(vec![0u8; payload.len() * 5 / 8]);
        for (place, byte) in seed.iter_mut().enumerate() {
            for bit in place * 8..place * 8 + 8 {
                *byte = *byte << 1 | payload[bit / 5] >> (4 - bit % 5) & 1;
            }
        }
        Some(seed)
    }

    /// The text in small letters, to show it to its owner.
    pub fn text(&self) -> Zeroizing<String> {
        let code = checksum::of_data(self.data.len());
        let mut text = Zeroizing::new(String::with_capacity(LONGEST));
        text.push_str(PREFIX);
        text.extend(self.data.iter().map(|element| letter(*element)));
        text.extend(code.create(&self.data).map(letter));
        text
    }

    /// The text in capital letters: for handwriting, and for a QR code, which packs them tighter.
    pub fn capitals(&self) -> Zeroizing<String> {
        let mut text = self.text();
        text.make_ascii_uppercase();
        text
    }
}

/// BIP93: the bits that are left over when the payload is cut into bytes are at most four.
fn is_seed_length(payload: usize) -> bool {
    (16..=64).contains(&(payload * 5 / 8)) && payload * 5 % 8 <= 4
}

/// The letters of a text, known or not, of the right case and behind the right prefix.
pub(super) struct Letters {
    /// The whole data part; unknown letters are zero.
    pub(super) whole: Zeroizing<Vec<u8>>,
    /// Where in the text (from 0) letters are unknown.
    pub(super) unknown: Vec<usize>,
}

impl Letters {
    pub(super) fn read(text: &str) -> Result<Self, ParseError> {
        let letters = || text.chars().filter(|c| !c.is_whitespace() && *c != '-');
        let count = letters().count();
        if count > LONGEST {
            return Err(ParseError::Length(count));
        }
        let mut cased = letters().enumerate().filter(|(_, letter)| letter.is_ascii_alphabetic());
        if let Some((_, first)) = cased.next()
            && let Some((place, _)) =
                cased.find(|(_, other)| other.is_ascii_uppercase() != first.is_ascii_uppercase())
        {
            return Err(ParseError::Case(place + 1));
        }
        let prefix = letters().take(PREFIX.len()).map(|letter| letter.to_ascii_lowercase());
        if !prefix.eq(PREFIX.chars()) {
            return Err(ParseError::Prefix);
        }
        let mut whole = Zeroizing::new(Vec::with_capacity(LONGEST));
        let mut unknown = Vec::new();
        for (place, letter) in letters().enumerate().skip(PREFIX.len()) {
            let known =
                u8::try_from(letter).ok().and_then(|byte| element(byte.to_ascii_lowercase()));
            whole.push(known.unwrap_or_default());
            if known.is_none() {
                unknown.push(place);
            }
        }
        Ok(Self { whole, unknown })
    }

    /// The code that a text of this length has; None where no seed has such a text.
    pub(super) fn code(&self) -> Option<&'static Code> {
        let code = checksum::of_whole(self.whole.len())?;
        let payload = self.whole.len().checked_sub(HEADER + code.length)?;
        is_seed_length(payload).then_some(code)
    }

    /// Letters of the whole text.
    pub(super) fn count(&self) -> usize {
        PREFIX.len() + self.whole.len()
    }
}
