//! One share: words to fields and back (SLIP-0039, Format of the share mnemonic).

use super::checksum;
use super::words::{self, Index, LONGEST};
use crate::keys::shamir;
use zeroize::Zeroizing;

/// Words before the value: identifier, flag, exponent, group and member numbers.
const BEFORE: usize = 4;
/// Words of a share whose secret has 128 bits, the fewest allowed.
const FEWEST: usize = 20;
/// Words of a share whose secret has 512 bits, the most that BIP32 takes.
pub(super) const MOST: usize = 59;

/// What is the same in every share of one set. Nothing in it is secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Set {
    pub(super) identifier: u16,
    pub(super) extendable: bool,
    pub(super) exponent: u8,
    pub(super) group_threshold: u8,
    pub(super) group_count: u8,
    /// Bytes of the secret.
    pub(super) length: usize,
}

impl Set {
    /// The random number of the set, 15 bits.
    pub fn identifier(&self) -> u16 {
        self.identifier
    }

    /// Is the identifier left out of the encryption, so that further sets of shares can be made for
    /// the same secret and passphrase?
    pub fn extendable(&self) -> bool {
        self.extendable
    }

    /// Groups that are needed, 1 to 16.
    pub fn group_threshold(&self) -> u8 {
        self.group_threshold
    }

    /// Groups that there are, 1 to 16.
    pub fn group_count(&self) -> u8 {
        self.group_count
    }

    /// Iterations of PBKDF2 from the shares to the secret: 10,000 to 327,680,000.
    pub fn iterations(&self) -> u32 {
        10_000 << self.exponent
    }

    /// Words of each share.
    pub fn words(&self) -> usize {
        BEFORE + (self.length * 8).div_ceil(10) + checksum::LENGTH
    }
}

/// Why words are not a share. Carries places, never words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ShareError {
    /// No share has so many words.
    Count(usize),
    /// The word at this place (from 1) is not in the list.
    Unknown(usize),
    /// All words are in the list, the checksum does not fit.
    Checksum {
        /// The one place (from 1) where another word would make it fit; a guess, as more than one
        /// word may be wrong.
        probably: Option<usize>,
    },
    /// The checksum fits, but the bits before the value are not zero: no program writes that.
    Padding,
    /// More groups are needed than there are: no program writes that.
    Groups,
}

impl std::fmt::Display for ShareError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Count(count) => write!(
                f,
                "A share has 20 words, or 33, seldom another number; these are {count}. Look for \
                 what is missing or too much."
            ),
            Self::Unknown(place) => {
                write!(f, "Word {place} is not in the list of share words (SLIP-39).")
            }
            Self::Checksum { probably: Some(place) } => write!(
                f,
                "Every word is in the list, but together they fail their checksum: probably word \
                 {place} is another one. Compare it with what is written down."
            ),
            Self::Checksum { probably: None } => f.write_str(
                "Every word is in the list, but together they fail their checksum: two or more are \
                 other words, or stand in another order. Compare them with what is written down.",
            ),
            Self::Padding => f.write_str(
                "The words fit together, but hold a value that no share has. It was not made by \
                 the rules of SLIP-39.",
            ),
            Self::Groups => f.write_str(
                "This share asks for more groups than there are. It was not made by the rules of \
                 SLIP-39.",
            ),
        }
    }
}

impl std::error::Error for ShareError {}

/// One share of a secret. Wiped when dropped.
pub struct Share {
    pub(super) set: Set,
    pub(super) group: u8,
    pub(super) member: u8,
    pub(super) member_threshold: u8,
    pub(super) value: Zeroizing<Vec<u8>>,
}

impl Share {
    /// Words separated by white space, any case. `text` stays the caller's to wipe.
    pub fn parse(text: &str) -> Result<Self, ShareError> {
        let count = text.split_whitespace().count();
        if !(FEWEST..=MOST).contains(&count) {
            return Err(ShareError::Count(count));
        }
        let mut indices = Zeroizing::new([0; MOST]);
        for (place, word) in text.split_whitespace().enumerate() {
            indices[place] = index_of_any_case(word).ok_or(ShareError::Unknown(place + 1))?;
        }
        Self::from_indices(&indices[..count])
    }

    /// By the words' places in the list.
    pub(super) fn from_indices(indices: &[Index]) -> Result<Self, ShareError> {
        let length = secret_length(indices.len()).ok_or(ShareError::Count(indices.len()))?;
        if !checksum::holds(indices) {
            let probably = checksum::one_wrong(indices).map(|place| place + 1);
            return Err(ShareError::Checksum { probably });
        }
        // 15 bits, 1, and six times 4: forty bits, which are four words.
        let fields = indices[..BEFORE].iter().fold(0u64, |all, word| all << 10 | u64::from(*word));
        let nibble = |place: u32| (fields >> (4 * place) & 0xf) as u8;
        let set = Set {
            identifier: (fields >> 25) as u16,
            extendable: fields >> 24 & 1 == 1,
            exponent: nibble(5),
            group_threshold: nibble(3) + 1,
            group_count: nibble(2) + 1,
            length,
        };
        if set.group_threshold > set.group_count {
            return Err(ShareError::Groups);
        }
        let value = value(&indices[BEFORE..indices.len() - checksum::LENGTH], length)?;
        Ok(Self {
            set,
            group: nibble(4),
            member: nibble(1),
            member_threshold: nibble(0) + 1,
            value,
        })
    }

    /// The words' places in the list.
    pub(super) fn indices(&self) -> Zeroizing<Vec<Index>> {
        let set = &self.set;
        let mut fields = u64::from(set.identifier) << 1 | u64::from(set.extendable);
        for nibble in [
            set.exponent,
            self.group,
            set.group_threshold - 1,
            set.group_count - 1,
            self.member,
            self.member_threshold - 1,
        ] {
            fields = fields << 4 | u64::from(nibble);
        }
        let mut indices = Zeroizing::new(Vec::with_capacity(set.words()));
        indices.extend([30, 20, 10, 0].map(|shift| (fields >> shift) as Index & 0x3ff));
        let count = (self.value.len() * 8).div_ceil(10);
        let padding = count * 10 - self.value.len() * 8;
        for word in 0..count {
            let bits = (word * 10..word * 10 + 10).map(|bit| match bit.checked_sub(padding) {
                Some(bit) => Index::from(self.value[bit / 8] >> (7 - bit % 8) & 1),
                None => 0,
            });
            indices.push(bits.fold(0, |word, bit| word << 1 | bit));
        }
        let checksum = checksum::create(&indices);
        indices.extend(checksum);
        indices
    }

    /// The words in order, to show them to their owner.
    pub fn words(&self) -> impl Iterator<Item = &'static str> {
        let indices = self.indices();
        (0..indices.len()).map(move |place| words::word(indices[place]))
    }

    /// What it has in common with the others of its set.
    pub fn set(&self) -> &Set {
        &self.set
    }

    /// The number of its group, from 1.
    pub fn group(&self) -> u8 {
        self.group + 1
    }

    /// Its number in the group, from 1.
    pub fn member(&self) -> u8 {
        self.member + 1
    }

    /// Shares of its group that are needed, 1 to 16.
    pub fn member_threshold(&self) -> u8 {
        self.member_threshold
    }

    /// Its value at its place in the group.
    pub(super) fn point(&self) -> shamir::Share {
        shamir::Share { index: self.member, value: Zeroizing::new(self.value.to_vec()) }
    }
}

/// Bytes of the secret whose shares have `count` words; None where there is no such secret. The
/// padding is less than a word and at most 8 bits, so that the number of words is enough to know.
fn secret_length(count: usize) -> Option<usize> {
    let bits = count.checked_sub(BEFORE + checksum::LENGTH)? * 10;
    ((FEWEST..=MOST).contains(&count) && bits % 16 <= 8).then_some(bits / 16 * 2)
}

/// The bytes of the value, which zero bits before it fill up to whole words.
fn value(words: &[Index], length: usize) -> Result<Zeroizing<Vec<u8>>, ShareError> {
    let bit = |place: usize| words[place / 10] >> (9 - place % 10) & 1;
    let padding = words.len() * 10 - length * 8;
    if (0..padding).any(|place| bit(place) != 0) {
        return Err(ShareError::Padding);
    }
    let mut value = Zeroizing::new(vec![0u8; length]);
    for (byte, first) in value.iter_mut().zip((padding..).step_by(8)) {
        *byte = (first..first + 8).fold(0, |byte, place| byte << 1 | bit(place) as u8);
    }
    Ok(value)
}

fn index_of_any_case(word: &str) -> Option<Index> {
    if word.len() > LONGEST {
        return None;
    }
    let mut lower = Zeroizing::new([0; LONGEST]);
    let lower = &mut lower[..word.len()];
    lower.copy_from_slice(word.as_bytes());
    lower.make_ascii_lowercase();
    words::index_of(std::str::from_utf8(lower).ok()?)
}
