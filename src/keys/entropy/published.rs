//! Seeds by the rules that other devices publish, so that the same throws can be checked on one of
//! them: the entropy is the beginning of SHA-256 over the throws as text.
//!
//! * D6: the digits `1` to `6`, as Coldcard ("Verifying Dice Roll Math"), SeedSigner
//!   (`generate_mnemonic_from_dice`) and Krux (`DiceEntropy`) do; 50 throws for 12 words and 99 for
//!   24.
//! * Coins: `1` for heads, `0` for tails, as SeedSigner (`generate_mnemonic_from_coin_flips`) does;
//!   128 throws for 12 words and 256 for 24.
//! * D20: the numbers with hyphens between them, as Krux (`DiceEntropy`) does; 30 throws for 12
//!   words and 60 for 24.
//!
//! The published rules are for 12 and 24 words (Coldcard's for 24). For 15, 18 and 21 words the same
//! is done with the first 160, 192 and 224 bits, and as many throws as have so many bits; Ian
//! Coleman's BIP39 page does so, too ("hex", length chosen).

use super::{Throw, Throws, WordCount};
use crate::keys::wipe;
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

/// Whose throws alone a seed is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// A D6, as Coldcard, SeedSigner and Krux do.
    Dice,
    /// A D20, as Krux does.
    Dice20,
    /// Coins, as SeedSigner does.
    Coins,
}

impl Rule {
    /// The rule for throws of this.
    pub fn of(what: Throw) -> Self {
        match what {
            Throw::Die6 => Self::Dice,
            Throw::Die20 => Self::Dice20,
            Throw::Coin => Self::Coins,
        }
    }

    /// How many throws are needed.
    pub fn throws(self, count: WordCount) -> usize {
        match self {
            // 255.8 bits: one throw fewer than 256 bits ask for, as published
            Self::Dice if count == WordCount::MOST => 99,
            Self::Dice => count.strength().portions(Throw::Die6.each()),
            Self::Dice20 => count.strength().portions(Throw::Die20.each()),
            Self::Coins => count.strength().portions(Throw::Coin.each()),
        }
    }
}

/// The entropy that these throws give by their rule.
pub(super) fn entropy(throws: &Throws, count: WordCount) -> Zeroizing<Vec<u8>> {
    let mut entropy = Zeroizing::new(Vec::with_capacity(count.bytes()));
    let mut digest = Zeroizing::new([0u8; 32]);
    digest.copy_from_slice(&Sha256::digest(throws.text().as_bytes()));
    entropy.extend_from_slice(&digest[..count.bytes()]);
    wipe::stack();
    entropy
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::{Mnemonic, Typed};

    /// Throws, by digits or (with hyphens) numbers, and the words that are published for them.
    fn gives(what: Throw, text: &str, words: &str) {
        let mut throws = Throws::new(what);
        let numbers: Vec<u8> = if text.contains('-') {
            text.split('-').map(|number| number.parse().expect("a number")).collect()
        } else {
            text.bytes().map(|digit| digit - b'0').collect()
        };
        assert!(numbers.iter().all(|number| throws.push(*number) == Typed::Taken));
        let count = WordCount::ALL
            .into_iter()
            .find(|count| count.words() == words.split(' ').count())
            .expect("a number of words");
        let mnemonic = Mnemonic::from_entropy(&entropy(&throws, count)).unwrap();
        assert_eq!(mnemonic.words().collect::<Vec<_>>().join(" "), words);
    }

    /// Coldcard's documentation, "Verifying Dice Roll Math".
    #[test]
    fn dice_give_coldcards_published_words() {
        gives(
            Throw::Die6,
            "123456",
            "mirror reject rookie talk pudding throw happy era myth already payment own sentence \
             push head sting video explain letter bomb casual hotel rather garment",
        );
    }

    /// SeedSigner, `docs/dice_verification.md` and `tests/test_mnemonic_generation.py`.
    #[test]
    fn dice_give_seedsigners_published_words() {
        gives(
            Throw::Die6,
            "655152231316521321611331544441236164664431121534415633526456254462245546236542364246312613322234612",
            "eyebrow obvious such suggest poet seven breeze blame virtual frown dynamic donor harsh \
             pigeon express broccoli easy apology scatter force recipe shadow claim radio",
        );
        gives(
            Throw::Die6,
            &format!("5{}{}", "2".repeat(44), "5".repeat(54)),
            "resource timber firm banner horror pupil frozen main pear direct pioneer broken grid \
             core insane begin sister pony end debate task silk empty curious",
        );
        gives(
            Throw::Die6,
            "12345612345612345612345612345612345612345612345612",
            "unveil nice picture region tragic fault cream strike tourist control recipe tourist",
        );
        gives(
            Throw::Die6,
            &"6".repeat(50),
            "senior morning song proud recycle toy search apple trigger lend vibrant arrest",
        );
    }

    /// Krux, `tests/pages/new_mnemonic/test_dice_rolls.py`.
    #[test]
    fn dice_give_kruxs_published_words() {
        gives(
            Throw::Die6,
            &"1".repeat(50),
            "diet glad hat rural panther lawsuit act drop gallery urge where fit",
        );
        gives(
            Throw::Die6,
            &"1".repeat(99),
            "wheel erase puppy pistol chapter accuse carpet drop quote final attend near scrap \
             satisfy limit style crunch person south inspire lunch meadow enact tattoo",
        );
        gives(
            Throw::Die20,
            &["1"; 30].join("-"),
            "erupt remain ride bleak year cabin orange sure ghost gospel husband oppose",
        );
        gives(
            Throw::Die20,
            &["1"; 60].join("-"),
            "fun island vivid slide cable pyramid device tuition only essence thought gain silk \
             jealous eternal anger response virus couple faculty ozone test key vocal",
        );
    }

    #[test]
    fn the_published_numbers_of_throws_are_needed() {
        let needed = |rule: Rule| WordCount::ALL.map(|count| rule.throws(count));
        assert_eq!(needed(Rule::Dice), [50, 62, 75, 87, 99]);
        assert_eq!(needed(Rule::Dice20), [30, 38, 45, 52, 60]);
        assert_eq!(needed(Rule::Coins), [128, 160, 192, 224, 256]);
    }
}
