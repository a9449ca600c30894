//! How strong a passphrase is that somebody made up: a rule of thumb, said as one.
//!
//! The rule is that of NIST SP 800-63 (2006), appendix A, for passphrases that people choose: 4 bits
//! for the first character, 2 for each of the next seven, 1.5 up to the twentieth, 1 for each behind
//! it, and 6 more where capitals and other characters than letters are mixed in. A character that
//! only repeats the one before counts nothing. Words that were drawn by dice are stronger than it
//! says; words out of a book are weaker.

/// Fewest characters that are taken.
pub(super) const SHORTEST: usize = 8;

/// What is said of a passphrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Strength {
    /// Not taken.
    TooShort,
    /// May be guessed by somebody who has the stick and a good computer.
    Weak,
    /// Holds against most.
    Fair,
    /// Holds.
    Strong,
}

/// Bits from which on a passphrase is fair, and strong. Each guess costs a second and 64 MiB:
/// 2^36 of them are some 2,000 years of one such computer, 2^52 are out of reach.
const FAIR: usize = 36;
const STRONG: usize = 52;

impl Strength {
    /// Judges a passphrase as it is typed.
    pub(super) fn of(text: &str) -> Self {
        if text.chars().count() < SHORTEST {
            return Self::TooShort;
        }
        match bits(text) {
            ..FAIR => Self::Weak,
            FAIR..STRONG => Self::Fair,
            STRONG.. => Self::Strong,
        }
    }

    /// In one sentence.
    pub(super) fn words(self) -> &'static str {
        match self {
            Self::TooShort => "Too short: 8 characters at least.",
            Self::Weak => WEAK,
            Self::Fair => "Fair. It is stronger with more words.",
            Self::Strong => {
                "Strong, if it was made up by you or drawn by dice, and stands nowhere."
            }
        }
    }
}

/// The rule's bits; see the module.
fn bits(text: &str) -> usize {
    let mut last = None;
    let counted = text.chars().filter(|&character| last.replace(character) != Some(character));
    let halves: usize = counted
        .enumerate()
        .map(|(place, _)| match place {
            0 => 8,
            1..8 => 4,
            8..20 => 3,
            _ => 2,
        })
        .sum();
    let capitals = text.chars().any(char::is_uppercase);
    let others = text.chars().any(|character| !character.is_alphabetic() && character != ' ');
    halves / 2 + if capitals && others { 6 } else { 0 }
}

const WEAK: &str = "Weak: whoever has the stick and a good computer may guess it. Seven words that were drawn \
    by dice hold.";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rule_is_the_published_one() {
        assert_eq!(bits("abcdefgh"), 18);
        assert_eq!(bits("abcdefghijklmnopqrst"), 36);
        assert_eq!(bits("abcdefghijklmnopqrstuvwxyzabcdefghijklmn"), 56);
        assert_eq!(bits("Abcdefg1"), 24);
    }

    #[test]
    fn what_repeats_counts_nothing() {
        assert_eq!(bits("aaaaaaaaaaaa"), 4);
        assert_eq!(
            Strength::of("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"),
            Strength::Weak
        );
    }

    #[test]
    fn seven_words_are_strong_and_eight_letters_are_weak() {
        assert_eq!(Strength::of("horse7!"), Strength::TooShort);
        assert_eq!(Strength::of("password"), Strength::Weak);
        assert_eq!(Strength::of("correct horse battery staple"), Strength::Fair);
        let seven = "evoke slab plural mango drift cabin ozone";
        assert_eq!(Strength::of(seven), Strength::Strong);
    }
}
