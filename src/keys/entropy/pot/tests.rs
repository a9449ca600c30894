//! What is enough, what is not, and what comes of it.

use super::*;
use crate::keys::{Language, RandomSource, Typed};
use bitcoin::hashes::{Hash, sha256};

/// 99 throws without a pattern, of SeedSigner's documentation.
const DICE: &str = "655152231316521321611331544441236164664431121534415633526456254462245546236542364246312613322234612";

/// A counter, scattered: healthy, and the same each time.
struct Counter(u64);

impl RandomSource for Counter {
    fn fill(&mut self, bytes: &mut [u8]) -> Result<(), RandomError> {
        for byte in bytes {
            self.0 += 1;
            *byte = sha256::Hash::hash(&self.0.to_be_bytes()).to_byte_array()[0];
        }
        Ok(())
    }
}

/// A source that fails, always.
struct Broken;

impl RandomSource for Broken {
    fn fill(&mut self, _: &mut [u8]) -> Result<(), RandomError> {
        Err(RandomError::Failed)
    }
}

fn pot(count: WordCount, kernel: bool, dice: &str) -> Pot {
    let mut pot = Pot::new(count);
    pot.kernel = kernel;
    dice.bytes().for_each(|digit| assert_eq!(pot.dice.push(digit - b'0'), Typed::Taken));
    pot
}

fn recipe(pot: &Pot) -> Result<Recipe, Shortfall> {
    pot.plan().map(|plan| plan.recipe())
}

fn words(pot: &Pot, random: impl RandomSource + 'static) -> Result<String, RandomError> {
    let plan = pot.plan().unwrap_or_else(|shortfall| panic!("{shortfall:?}"));
    let mixture = plan.make(&mut Generator::new(random))?;
    Ok(mixture.fresh.mnemonic(Language::English).words().collect::<Vec<_>>().join(" "))
}

#[test]
fn dice_alone_need_the_published_number_of_throws_and_no_random_source() {
    for (count, throws) in [(WordCount::LEAST, 50), (WordCount::MOST, 99)] {
        let short = pot(count, false, &DICE[..throws - 1]);
        let shortfall = Shortfall::TooFewThrows { have: throws - 1, need: throws };
        assert_eq!(recipe(&short), Err(shortfall));
        assert_eq!(short.target(SourceKind::Dice), Some(throws));
        let enough = pot(count, false, &DICE[..throws]);
        assert_eq!(recipe(&enough), Ok(Recipe::Published(Rule::Dice)));
        let made = words(&enough, Broken).expect("no random source is asked");
        assert_eq!(made.split(' ').count(), count.words());
        if count == WordCount::MOST {
            assert!(made.starts_with("eyebrow obvious such suggest poet"), "{made}");
        }
    }
}

#[test]
fn coins_alone_give_the_beginning_of_their_digest() {
    let mut pot = pot(WordCount::LEAST, false, "");
    let mut flips = String::new();
    for byte in sha256::Hash::hash(b"flips").to_byte_array().iter().take(16) {
        for bit in 0..8 {
            pot.coins.push(byte >> bit & 1);
            flips.push(char::from(b'0' + (byte >> bit & 1)));
        }
    }
    assert_eq!(recipe(&pot), Ok(Recipe::Published(Rule::Coins)));
    let digest = sha256::Hash::hash(flips.as_bytes()).to_byte_array();
    let expected = crate::keys::Mnemonic::from_entropy(&digest[..16]).expect("16 bytes");
    let expected: Vec<_> = expected.words().collect();
    assert_eq!(words(&pot, Broken), Ok(expected.join(" ")));
    pot.coins.undo();
    assert_eq!(recipe(&pot), Err(Shortfall::TooFewThrows { have: 127, need: 128 }));
}

#[test]
fn two_sources_without_the_kernel_are_mixed_and_need_the_whole_strength() {
    let mut two = pot(WordCount::LEAST, false, &DICE[..49]);
    two.coins.push(1);
    let shortfall = Shortfall::TooFew {
        have: Bits::milli(49 * 2584 + 1000),
        need: Bits::whole(128),
        kernel: false,
        flawed: None,
    };
    assert_eq!(recipe(&two), Err(shortfall));
    two.coins.push(0);
    assert_eq!(recipe(&two), Ok(Recipe::Mixed));
    assert!(words(&two, Broken).is_ok(), "no random source is asked");
}

#[test]
fn beside_the_kernel_64_bits_are_needed_and_128_asked_for() {
    let short = pot(WordCount::MOST, true, &DICE[..24]);
    assert!(matches!(recipe(&short), Err(Shortfall::TooFew { kernel: true, .. })));
    assert_eq!(short.target(SourceKind::Dice), Some(50));
    let enough = pot(WordCount::MOST, true, &DICE[..25]);
    assert_eq!(recipe(&enough), Ok(Recipe::Mixed));
    assert_eq!(enough.goal(), Bits::whole(128));
}

#[test]
fn nothing_is_made_of_a_random_source_that_fails() {
    let pot = pot(WordCount::MOST, true, DICE);
    assert_eq!(words(&pot, Broken), Err(RandomError::Failed));
    assert_eq!(pot.dice.len(), 99);
    let alone = Pot::new(WordCount::LEAST);
    let plan = alone.plan_with_kernel_alone().expect("it is alone");
    let mut broken = Generator::new(Broken);
    assert!(plan.make(&mut broken).is_err());
}

#[test]
fn the_kernel_alone_needs_another_word() {
    let alone = Pot::new(WordCount::MOST);
    assert_eq!(recipe(&alone), Err(Shortfall::KernelAlone));
    assert!(alone.plan_with_kernel_alone().is_some());
    let dice = pot(WordCount::MOST, true, DICE);
    assert!(dice.plan_with_kernel_alone().is_none());
    let nothing = pot(WordCount::MOST, false, "");
    assert_eq!(recipe(&nothing), Err(Shortfall::Nothing));
    assert!(nothing.plan_with_kernel_alone().is_none());
}

#[test]
fn each_source_of_two_decides() {
    let one = pot(WordCount::MOST, true, DICE);
    let same = pot(WordCount::MOST, true, DICE);
    let other = pot(WordCount::MOST, true, &DICE[1..]);
    assert_eq!(words(&one, Counter(0)), words(&same, Counter(0)));
    assert_ne!(words(&one, Counter(0)), words(&same, Counter(1)));
    assert_ne!(words(&one, Counter(0)), words(&other, Counter(0)));
}

#[test]
fn flawed_throws_are_not_counted_and_named_however_many_there_are() {
    let pattern = pot(WordCount::LEAST, false, &"123456".repeat(20));
    let Err(Shortfall::TooFew { have, flawed, .. }) = recipe(&pattern) else {
        panic!("a pattern was taken")
    };
    assert_eq!((have, flawed), (Bits::of_choices(6).times(2), Some(SourceKind::Dice)));
    let target = pattern.target(SourceKind::Dice).expect("dice have one");
    assert_eq!(target, 120 + 48);
    // beside the kernel, too
    let beside = pot(WordCount::LEAST, true, &"123456".repeat(20));
    assert!(matches!(recipe(&beside), Err(Shortfall::TooFew { flawed: Some(_), .. })));
}
