//! Seed XOR: one mnemonic as two to four, each a valid mnemonic of its own, all of which are needed.
//! Source: Coldcard's documentation, `docs/seed-xor.md`, and its firmware for what is hashed.

use super::{Generator, Mnemonic, RandomError, wipe};
use sha2::{Digest, Sha256};
use zeroize::{Zeroize, Zeroizing};

/// What a deterministic part's hash begins with.
const TAG: &[u8] = b"Batshitoshi ";
/// How many words a mnemonic may have that is split or combined.
const COUNTS: [usize; 3] = [12, 18, 24];
/// Bytes of entropy at most.
const LONGEST: usize = 32;

/// In how many parts a mnemonic is split.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum XorParts {
    /// Two parts.
    Two = 2,
    /// Three parts.
    Three = 3,
    /// Four parts.
    Four = 4,
}

/// Why parts were not made or not put together. Carries places, never words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum XorError {
    /// The part at this place (from 1), or what was to be split (place 1), has this number of words:
    /// not 12, 18 or 24.
    Count {
        /// Which part, from 1.
        part: usize,
        /// Its number of words.
        words: usize,
    },
    /// One part alone, or none, gives nothing.
    TooFew,
    /// This part (from 1) has another number of words than the first, or another language.
    Different(usize),
    /// This part (from 1) is the same as an earlier one: the two would cancel out.
    Twice(usize),
    /// The parts cancel out: together they are zero, which no seed is.
    Zero,
    /// The random parts could not be made.
    Random(RandomError),
}

impl std::fmt::Display for XorError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Count { part, words } => write!(
                f,
                "Part {part} has {words} words. Seed XOR is for mnemonics of 12, 18 or 24 words."
            ),
            Self::TooFew => f.write_str("At least two parts are needed. Add the next one."),
            Self::Different(part) => write!(
                f,
                "Part {part} has another number of words than part 1, or is in another language. Check \
                 that it belongs to the same seed."
            ),
            Self::Twice(part) => write!(
                f,
                "Part {part} is the same as an earlier part, and the two would cancel out. Add \
                 another one."
            ),
            Self::Zero => f.write_str(
                "These parts cancel out: together they are zero, which no seed is. One of them does \
                 not belong to the others.",
            ),
            Self::Random(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for XorError {}

impl Mnemonic {
    /// Splits the words as Coldcard does by default: the same words always give the same parts, so
    /// that a split can be checked by doing it again. Who has all parts can tell that they were made
    /// in this way.
    pub fn split_xor(&self, parts: XorParts) -> Result<Vec<Self>, XorError> {
        let entropy = self.entropy();
        self.split(parts, |part, mask| {
            let mut hasher = Sha256::new();
            hasher.update(TAG);
            hasher.update(&*entropy);
            hasher.update(format!("{part} of {} parts", parts as usize));
            hash_again(hasher, mask);
            Ok(())
        })
    }

    /// Splits the words into parts that are random: all but the last are drawn, and hashed as
    /// Coldcard hashes them.
    pub fn split_xor_at_random(
        &self,
        parts: XorParts,
        random: &mut Generator,
    ) -> Result<Vec<Self>, XorError> {
        self.split(parts, |_, mask| {
            let mut drawn = Zeroizing::new([0; LONGEST]);
            random.fill(drawn.as_mut()).map_err(XorError::Random)?;
            let mut hasher = Sha256::new();
            hasher.update(drawn.as_slice());
            hash_again(hasher, mask);
            Ok(())
        })
    }

    fn split(
        &self,
        parts: XorParts,
        mut draw: impl FnMut(usize, &mut [u8; LONGEST]) -> Result<(), XorError>,
    ) -> Result<Vec<Self>, XorError> {
        check_count(1, self)?;
        let mut rest = self.entropy();
        let mut made = Vec::with_capacity(parts as usize);
        for part in 0..parts as usize - 1 {
            let mut mask = Zeroizing::new([0; LONGEST]);
            draw(part, &mut mask)?;
            wipe::stack();
            let mask = &mask[..rest.len()];
            add(&mut rest, mask);
            made.push(self.like(mask));
        }
        made.push(self.like(&rest));
        Ok(made)
    }

    /// Puts parts together, in any order. Parts cannot say whether all are there: fewer give another,
    /// empty wallet, so its fingerprint must be compared.
    pub fn combine_xor(parts: &[&Self]) -> Result<Self, XorError> {
        let [first, others @ ..] = parts else { return Err(XorError::TooFew) };
        check_count(1, first)?;
        if others.is_empty() {
            return Err(XorError::TooFew);
        }
        let mut sum = first.entropy();
        for (place, part) in (2..).zip(others) {
            check_count(place, part)?;
            if part.count() != first.count() || part.language() != first.language() {
                return Err(XorError::Different(place));
            }
            let same = |earlier: &&Self| earlier.indices().eq(part.indices());
            if parts[..place - 1].iter().any(same) {
                return Err(XorError::Twice(place));
            }
            add(&mut sum, &part.entropy());
        }
        if sum.iter().all(|byte| *byte == 0) {
            return Err(XorError::Zero);
        }
        Ok(first.like(&sum))
    }

    /// Words of the same language for as many bytes as this one's entropy.
    fn like(&self, entropy: &[u8]) -> Self {
        Self::from_entropy_in(self.language(), entropy)
            .expect("the length is that of a mnemonic's entropy")
    }
}

fn check_count(part: usize, mnemonic: &Mnemonic) -> Result<(), XorError> {
    let words = mnemonic.count();
    if COUNTS.contains(&words) { Ok(()) } else { Err(XorError::Count { part, words }) }
}

fn add(sum: &mut [u8], part: &[u8]) {
    sum.iter_mut().zip(part).for_each(|(sum, part)| *sum ^= part);
}

/// SHA-256 over the SHA-256 of what `hasher` took.
fn hash_again(hasher: Sha256, out: &mut [u8; LONGEST]) {
    let mut once = hasher.finalize();
    let mut twice = Sha256::digest(once);
    out.copy_from_slice(&twice);
    once.zeroize();
    twice.zeroize();
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::Language;
    use crate::keys::random::testing::{FailingAfter, Steady};

    fn words(text: &str) -> Mnemonic {
        Mnemonic::parse(text).unwrap_or_else(|e| panic!("{e}: {text}"))
    }

    fn text(mnemonic: &Mnemonic) -> String {
        mnemonic.words().collect::<Vec<_>>().join(" ")
    }

    fn combined(parts: &[Mnemonic]) -> Result<String, XorError> {
        let parts: Vec<&Mnemonic> = parts.iter().collect();
        Mnemonic::combine_xor(&parts).map(|mnemonic| text(&mnemonic))
    }

    /// Coldcard's documentation (docs/seed-xor.md): its two examples of three parts each.
    const EXAMPLES: [([&str; 3], &str); 2] = [
        (
            [
                "romance wink lottery autumn shop bring dawn tongue range crater truth ability miss spice fitness easy legal release recall obey exchange recycle dragon room",
                "lion misery divide hurry latin fluid camp advance illegal lab pyramid unaware eager fringe sick camera series noodle toy crowd jeans select depth lounge",
                "vault nominee cradle silk own frown throw leg cactus recall talent worry gadget surface shy planet purpose coffee drip few seven term squeeze educate",
            ],
            "silent toe meat possible chair blossom wait occur this worth option bag nurse find fish scene bench asthma bike wage world quit primary indoor",
        ),
        (
            [
                "romance wink lottery autumn shop bring dawn tongue range crater truth ability",
                "boat unfair shell violin tree robust open ride visual forest vintage approve",
                "lion misery divide hurry latin fluid camp advance illegal lab pyramid unhappy",
            ],
            "cannon opinion leader nephew found yard metal galaxy crouch between real trade",
        ),
    ];

    #[test]
    fn the_published_parts_give_the_published_seed_in_any_order() {
        for (parts, whole) in EXAMPLES {
            for order in [[0, 1, 2], [2, 0, 1], [1, 2, 0]] {
                let parts = order.map(|place| words(parts[place]));
                assert_eq!(combined(&parts), Ok(whole.into()));
            }
        }
    }

    #[test]
    fn what_is_split_comes_together_again() {
        let mut random = Generator::new(Steady(1));
        for bytes in [16, 24, 32] {
            let whole = Mnemonic::from_entropy_in(Language::Czech, &vec![7; bytes]).unwrap();
            for count in [XorParts::Two, XorParts::Three, XorParts::Four] {
                let fixed = whole.split_xor(count).unwrap_or_else(|e| panic!("{e}"));
                let again = whole.split_xor(count).unwrap_or_else(|e| panic!("{e}"));
                let drawn =
                    whole.split_xor_at_random(count, &mut random).unwrap_or_else(|e| panic!("{e}"));
                assert!(fixed.iter().map(text).eq(again.iter().map(text)));
                assert!(fixed.iter().map(text).ne(drawn.iter().map(text)));
                for parts in [fixed, drawn] {
                    assert_eq!(parts.len(), count as usize);
                    assert_eq!(combined(&parts), Ok(text(&whole)));
                    assert_ne!(combined(&parts[1..]), Ok(text(&whole)));
                }
            }
        }
    }

    /// Coldcard's rule by another road: SHA-256 twice over the tag, 16 zero bytes and "0 of 2 parts".
    #[test]
    fn the_first_part_is_the_hash_that_coldcard_takes() {
        use bitcoin::hashes::{Hash, sha256d};
        let whole = Mnemonic::from_entropy(&[0; 16]).unwrap();
        let hashed = [&b"Batshitoshi "[..], &[0; 16], b"0 of 2 parts"].concat();
        let hash = sha256d::Hash::hash(&hashed).to_byte_array();
        let parts = whole.split_xor(XorParts::Two).unwrap_or_else(|e| panic!("{e}"));
        assert_eq!(parts[0].entropy().as_slice(), &hash[..16]);
    }

    #[test]
    fn parts_that_do_not_go_together_are_named() {
        let [a, b, c] = EXAMPLES[1].0.map(words);
        let long = words(EXAMPLES[0].0[0]);
        let fifteen = Mnemonic::from_entropy(&[7; 20]).unwrap();
        let french = Mnemonic::from_entropy_in(Language::French, &[7; 16]).unwrap();
        let sum = Mnemonic::combine_xor(&[&a, &b]).unwrap_or_else(|e| panic!("{e}"));
        let error = |parts: &[&Mnemonic]| Mnemonic::combine_xor(parts).err();
        assert_eq!(error(&[]), Some(XorError::TooFew));
        assert_eq!(error(&[&a]), Some(XorError::TooFew));
        assert_eq!(error(&[&a, &b, &long]), Some(XorError::Different(3)));
        assert_eq!(error(&[&a, &french]), Some(XorError::Different(2)));
        assert_eq!(error(&[&a, &b, &c, &b]), Some(XorError::Twice(4)));
        assert_eq!(error(&[&a, &b, &sum]), Some(XorError::Zero));
        assert_eq!(error(&[&a, &fifteen]), Some(XorError::Count { part: 2, words: 15 }));
        let split = fifteen.split_xor(XorParts::Two).err();
        assert_eq!(split, Some(XorError::Count { part: 1, words: 15 }));
    }

    #[test]
    fn a_source_that_fails_makes_no_parts() {
        let split = words(EXAMPLES[1].1)
            .split_xor_at_random(XorParts::Three, &mut Generator::new(FailingAfter::blocks(0)))
            .err();
        assert_eq!(split, Some(XorError::Random(RandomError::Failed)));
        use XorError::{Count, Different, Random, TooFew, Twice, Zero};
        let count = Count { part: 1, words: 15 };
        let random = Random(RandomError::Failed);
        for error in [count, TooFew, Different(2), Twice(2), Zero, random] {
            assert!(error.to_string().ends_with('.'));
        }
    }
}
