//! codex32: from the seed to the letters and back, and every damage that its codes can locate.

use super::*;
use crate::keys::random::testing::{FailingAfter, Steady};
use crate::keys::{Generator, RandomError, Typed};

/// BIP93, test vector 3.
const CASH: &str = "ms13cashsllhdmn9m42vcsamx24zrxgs3qqjzqud4m0d6nln";
const CASH_A: &str = "ms13casha320zyxwvutsrqpnmlkjhgfedca2a8d0zehn8a0t";
const CASH_C: &str = "ms13cashcacdefghjklmnpqrstuvwxyz023949xq35my48dr";
const CASH_D: &str = "ms13cashd0wsedstcdcts64cd7wvy4m90lm28w4ffupqs7rm";

fn parsed(text: &str) -> Text {
    Text::parse(text).unwrap_or_else(|e| panic!("{e}"))
}

fn error(text: &str) -> Option<ParseError> {
    Text::parse(text).err()
}

fn name() -> Identifier {
    Identifier::parse("NAME").unwrap_or_else(|| panic!("no identifier"))
}

/// A valid text of each length that there is.
fn texts() -> impl Iterator<Item = String> {
    (16..=64u8).map(|length| {
        let seed: Vec<u8> = (0..length).map(|byte| byte * 3 + length).collect();
        let text = encode(&seed, name()).unwrap_or_else(|e| panic!("{e}"));
        assert_eq!(text.seed().map(|seed| seed.to_vec()), Some(seed));
        text.text().to_string()
    })
}

/// Puts other letters (or "?") into these places.
fn damaged(text: &str, places: &[usize], unreadable: bool, random: &mut Steady) -> String {
    let mut letters = text.to_owned().into_bytes();
    for place in places {
        letters[*place] = if unreadable {
            b'?'
        } else {
            let other = field::element(letters[*place]).map(|e| e ^ (1 + random.next() % 31));
            field::letter(other.unwrap_or_default()) as u8
        };
    }
    String::from_utf8_lossy(&letters).into_owned()
}

/// Different places of the data part, in order.
fn places(count: usize, text: &str, random: &mut Steady) -> Vec<usize> {
    let mut places = Vec::new();
    while places.len() < count {
        let place =
            3 + (usize::from(random.next()) << 8 | usize::from(random.next())) % (text.len() - 3);
        if !places.contains(&place) {
            places.push(place);
        }
    }
    places.sort_unstable();
    places
}

#[test]
fn every_length_of_a_seed_is_written_and_read() {
    let lengths: Vec<usize> = texts().map(|text| text.len()).collect();
    assert_eq!((lengths[0], lengths[16], lengths[48]), (48, 74, 127));
    for text in texts() {
        let read = parsed(&text);
        assert_eq!((read.threshold(), read.index(), read.identifier()), (0, 's', name()));
        assert!(read.is_secret());
        let capitals = read.capitals();
        assert_eq!(*capitals, text.to_uppercase());
        assert_eq!(*parsed(&capitals).text(), text);
    }
}

#[test]
fn up_to_four_wrong_letters_are_located_and_the_text_is_offered() {
    let mut random = Steady(4);
    for text in texts() {
        for count in 1..=4 {
            for _ in 0..5 {
                let wrong = places(count, &text, &mut random);
                let damaged = damaged(&text, &wrong, false, &mut random);
                let told: Vec<usize> = wrong.iter().map(|place| place + 1).collect();
                assert_eq!(error(&damaged), Some(ParseError::Checksum { probably: told.clone() }));
                let repair = repair(&damaged).unwrap_or_else(|| panic!("{wrong:?}"));
                assert_eq!((repair.places(), &**repair.text()), (&told[..], &*text));
            }
        }
    }
}

#[test]
fn up_to_eight_unreadable_letters_are_offered_also_beside_wrong_ones() {
    let mut random = Steady(8);
    for text in texts().step_by(3) {
        for (unreadable, wrong) in [(1, 0), (8, 0), (6, 1), (4, 2), (2, 3), (1, 3)] {
            for _ in 0..5 {
                let all = places(unreadable + wrong, &text, &mut random);
                let damaged = damaged(&text, &all[..unreadable], true, &mut random);
                let damaged = self::damaged(&damaged, &all[unreadable..], false, &mut random);
                let told: Vec<usize> = all[..unreadable].iter().map(|place| place + 1).collect();
                assert_eq!(error(&damaged), Some(ParseError::Letters(told)));
                let repair = repair(&damaged).unwrap_or_else(|| panic!("{all:?}"));
                assert!(repair.places().iter().copied().eq(all.iter().map(|place| place + 1)));
                assert_eq!(*repair.text(), text);
            }
        }
    }
}

#[test]
fn more_damage_than_the_code_can_locate_never_gives_the_damaged_text_out_as_valid() {
    let mut random = Steady(5);
    let (mut located, mut all) = (0, 0);
    for text in texts() {
        for count in 5..=8 {
            let damaged = damaged(&text, &places(count, &text, &mut random), false, &mut random);
            all += 1;
            match error(&damaged) {
                Some(ParseError::Checksum { probably }) => {
                    located += usize::from(!probably.is_empty());
                }
                other => panic!("{other:?}"),
            }
        }
        let nine = places(9, &text, &mut random);
        assert!(repair(&self::damaged(&text, &nine, true, &mut random)).is_none());
        assert!(repair(&text).is_none(), "nothing is wrong");
    }
    assert!(located * 20 < all, "{located} of {all} were taken for less damage");
}

#[test]
fn what_is_wrong_with_a_text_is_told_by_its_place() {
    assert_eq!(error(CASH), None);
    assert_eq!(error(&format!(" {}-\n{}", &CASH[..9], &CASH[9..])), None);
    assert_eq!(error(&CASH.replace("n9m", "nbm")), Some(ParseError::Letters(vec![16])));
    assert_eq!(error(&CASH.replacen('s', "\u{17f}", 1)), Some(ParseError::Prefix));
    assert_eq!(error(&CASH.replace("n9m", "n9M")), Some(ParseError::Case(17)));
    assert_eq!(error(&CASH.replace("ms1", "ns1")), Some(ParseError::Prefix));
    assert_eq!(error(""), Some(ParseError::Prefix));
    assert_eq!(error("ms1"), Some(ParseError::Length(3)));
    assert_eq!(error(&"ms1".repeat(100_000)), Some(ParseError::Length(300_000)));
    for length in [20, 47] {
        assert_eq!(error(&CASH[..length]), Some(ParseError::Length(length)));
    }
    for error in [
        ParseError::Letters(vec![15]),
        ParseError::Letters(vec![15, 17, 19]),
        ParseError::Case(3),
        ParseError::Prefix,
        ParseError::Length(47),
        ParseError::Checksum { probably: vec![] },
        ParseError::Checksum { probably: vec![7, 9] },
        ParseError::Threshold,
        ParseError::Index,
    ] {
        assert!(error.to_string().ends_with('.'), "{error}");
    }
    assert!(ParseError::Letters(vec![15, 17, 19]).to_string().contains("places 15, 17 and 19"));
}

#[test]
fn any_three_of_the_published_shares_give_the_published_seed() {
    let mut shares = Shares::new();
    assert_eq!((shares.needed(), shares.identifier(), shares.is_complete()), (None, None, false));
    for (given, text) in [(1, CASH_C), (2, CASH_D), (3, CASH_A)] {
        assert!(shares.seed().is_none());
        assert_eq!(shares.add(parsed(&text.to_uppercase())), Ok(()));
        assert_eq!((shares.given(), shares.needed()), (given, Some(3)));
    }
    let seed = shares.seed().map(|seed| seed.to_vec());
    assert_eq!(seed, parsed(CASH).seed().map(|seed| seed.to_vec()));
    assert_eq!(seed.as_deref().map(|seed| &seed[..4]), Some(&[0xff, 0xee, 0xdd, 0xcc][..]));
    assert!(parsed(CASH_A).seed().is_none(), "a share is no seed");
    assert_eq!(shares.add(parsed(CASH)), Err(AddError::Complete));
}

#[test]
fn what_does_not_belong_is_refused_by_name_and_changes_nothing() {
    let mut random = Generator::new(Steady(1));
    let cash = parsed(CASH).identifier();
    let mut of = |length: usize, threshold| {
        split(&vec![7; length], cash, threshold, 5, &mut random).unwrap_or_else(|e| panic!("{e}"))
    };
    let (other, long, two) = (of(16, 3), of(32, 3), of(16, 2));
    let mut shares = Shares::new();
    assert_eq!(shares.add(parsed(CASH_A)), Ok(()));
    let mut refused = |text: &Text, reason| {
        assert_eq!(shares.add(parsed(&text.text())), Err(reason));
        assert_eq!(shares.given(), 1);
    };
    refused(&parsed(CASH_A), AddError::Repeated('a'));
    refused(&other[0], AddError::Conflict('a'));
    refused(&long[1], AddError::OtherLength);
    refused(&two[1], AddError::OtherThreshold);
    refused(&parsed(CASH), AddError::Secret);
    let foreign = encode(&[1; 16], name()).unwrap_or_else(|e| panic!("{e}"));
    refused(&foreign, AddError::OtherIdentifier { before: cash, this: name() });
    for error in [
        AddError::OtherIdentifier { before: cash, this: name() },
        AddError::OtherThreshold,
        AddError::OtherLength,
        AddError::Repeated('a'),
        AddError::Conflict('a'),
        AddError::Secret,
        AddError::Complete,
    ] {
        assert!(error.to_string().ends_with('.'), "{error}");
    }
    let mut alone = Shares::new();
    assert_eq!(alone.add(parsed(CASH)), Ok(()));
    assert_eq!((alone.needed(), alone.is_complete()), (Some(1), true));
    assert!(alone.seed().is_some());
}

#[test]
fn shares_of_every_threshold_give_the_seed_in_any_combination() {
    for length in [16usize, 17, 46, 47, 64] {
        let seed: Vec<u8> = (0..length as u8).collect();
        for threshold in 2..=9 {
            let count = if threshold < 5 { threshold + 2 } else { 31 };
            let mut random = Generator::new(Steady(length as u64));
            let made = split(&seed, name(), threshold, count, &mut random)
                .unwrap_or_else(|e| panic!("{e}"));
            assert_eq!(made.len(), usize::from(count));
            assert_eq!((made[0].index(), made[1].index()), ('a', 'c'));
            let mut shares = Shares::new();
            for share in made.iter().rev().take(threshold.into()) {
                assert_eq!(shares.add(parsed(&share.text())), Ok(()));
            }
            assert_eq!(shares.seed().map(|seed| seed.to_vec()), Some(seed.clone()));
            // one share less, and another one made up: another seed
            let mut short: Vec<&Text> = made[..usize::from(threshold) - 1].iter().collect();
            let wrong = encode(&seed, name()).unwrap_or_else(|e| panic!("{e}"));
            let mut forged = parsed(&wrong.text());
            forged.data[5] = field::element(b'l').unwrap_or_default();
            short.push(&forged);
            let given = split::interpolate(&short, 16).seed().map(|seed| seed.to_vec());
            assert_ne!(given, Some(seed.clone()));
        }
    }
}

#[test]
fn impossible_numbers_and_a_failing_source_make_no_share() {
    let refused = |length: usize, threshold, count, fills| {
        let mut random = Generator::new(FailingAfter::blocks(fills));
        split(&vec![1; length], name(), threshold, count, &mut random).err()
    };
    for (threshold, count) in [(0, 1), (1, 1), (10, 10), (3, 2), (2, 32)] {
        assert_eq!(refused(16, threshold, count, 99), Some(SplitError::Counts));
    }
    for length in [0, 15, 65] {
        assert_eq!(refused(length, 2, 3, 99), Some(SplitError::Length(length)));
        assert_eq!(encode(&vec![0; length], name()).err(), Some(SplitError::Length(length)));
    }
    for fills in 0..4 {
        assert_eq!(refused(16, 3, 3, fills), Some(SplitError::Random(RandomError::Failed)));
    }
    assert_eq!(refused(16, 3, 3, 4), None);
    assert!(Identifier::random(&mut Generator::new(FailingAfter::blocks(0))).is_err());
    let random = Identifier::random(&mut Generator::new(Steady(9)));
    assert!(random.is_ok_and(|id| Identifier::parse(&id.to_string()) == Some(id)));
    for text in ["", "abc", "cashx", "bash", "ca h", "caſh"] {
        assert_eq!(Identifier::parse(text), None);
    }
    for error in [
        SplitError::Length(3),
        SplitError::Counts,
        SplitError::Random(RandomError::Failed),
        SplitError::Unverified,
    ] {
        assert!(error.to_string().ends_with('.'), "{error}");
    }
}

#[test]
fn a_text_is_typed_letter_by_letter() {
    let mut entry = Entry::new();
    let place = entry.text().as_ptr();
    assert_eq!((entry.push('x'), entry.push('2')), (Typed::Unknown, Typed::Unknown));
    for key in "MS13 cash-S".chars() {
        assert_eq!(entry.push(key), Typed::Taken);
    }
    for key in ['b', 'i', 'O', '1', 'é', '\n', '_'] {
        assert_eq!(entry.push(key), Typed::Unknown);
    }
    assert_eq!(entry.text(), "ms13cashs");
    for key in CASH[9..].chars() {
        entry.push(key);
    }
    assert!(entry.finish().is_ok_and(|text| *text.text() == CASH));
    assert!(entry.repair().is_none());
    assert!(entry.backspace());
    assert_eq!(entry.push('?'), Typed::Taken);
    assert_eq!(entry.finish().err(), Some(ParseError::Letters(vec![48])));
    assert!(entry.repair().is_some_and(|repair| *repair.text() == CASH));
    while entry.push('q') == Typed::Taken {}
    assert_eq!((entry.text().len(), entry.push('q')), (127, Typed::Full));
    assert_eq!(entry.text().as_ptr(), place);
    while entry.backspace() {}
    assert_eq!(entry.text(), "");
}
