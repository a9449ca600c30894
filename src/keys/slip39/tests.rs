//! SLIP-0039: from the secret to the words and back.

use super::*;
use crate::keys::random::testing::{FailingAfter, Steady};
use crate::keys::{Generator, Passphrase, RandomError, Typed};

const FAMILY: [GroupSpec; 4] = [
    GroupSpec { threshold: 1, count: 1 },
    GroupSpec { threshold: 1, count: 1 },
    GroupSpec { threshold: 3, count: 5 },
    GroupSpec { threshold: 2, count: 6 },
];

fn made(secret: &[u8], passphrase: &str, extendable: bool) -> Vec<Vec<Share>> {
    let mut random = Generator::new(Steady(secret.len() as u64));
    split(secret, &Passphrase::new(passphrase), 2, &FAMILY, extendable, &mut random)
        .unwrap_or_else(|e| panic!("{e}"))
}

fn text(share: &Share) -> String {
    share.words().collect::<Vec<_>>().join(" ")
}

fn read(share: &Share) -> Share {
    Share::parse(&text(share)).unwrap_or_else(|e| panic!("{e}"))
}

fn collected<'a>(shares: impl IntoIterator<Item = &'a Share>) -> Shares {
    let mut collected = Shares::new();
    for share in shares {
        collected.add(read(share)).unwrap_or_else(|e| panic!("{e}"));
    }
    collected
}

fn secret(shares: &Shares, passphrase: &str) -> Result<Vec<u8>, UnlockError> {
    let mut unlock = shares.unlock(&Passphrase::new(passphrase))?;
    loop {
        let before = unlock.done();
        if let Some(secret) = unlock.advance(7_000) {
            assert_eq!(unlock.done(), unlock.total());
            return Ok(secret.to_vec());
        }
        assert!(unlock.done() > before && unlock.done() < unlock.total());
    }
}

/// Words of one share, of the vector "valid mnemonic without sharing (128 bits)".
const ALONE: &str = "duckling enlarge academic academic agency result length solution fridge kidney coal piece deal husband erode duke ajar critical decision keyboard";

#[test]
fn two_of_four_groups_give_the_secret_of_every_length() {
    for length in (16..=64u8).step_by(2) {
        let bytes: Vec<u8> = (0..length).map(|byte| byte * 3 + length).collect();
        let extendable = length % 4 == 0;
        let all = made(&bytes, "TREZOR", extendable);
        let sizes: Vec<usize> = all.iter().map(Vec::len).collect();
        assert_eq!(sizes, [1, 1, 5, 6]);
        let some = [&all[3][4], &all[2][0], &all[2][4], &all[3][1], &all[2][2]];
        let shares = collected(some);
        assert_eq!(shares.set().map(Set::extendable), Some(extendable));
        assert_eq!(shares.set().map(Set::words), Some(text(some[0]).split(' ').count()));
        assert_eq!(secret(&shares, "TREZOR"), Ok(bytes));
    }
}

#[test]
fn another_passphrase_gives_another_secret() {
    let all = made(&[7; 16], "", true);
    let alone = collected([&all[0][0], &all[1][0]]);
    assert_eq!(secret(&alone, ""), Ok(vec![7; 16]));
    assert!(secret(&alone, "x").is_ok_and(|other| other != [7; 16]));
    assert_eq!(secret(&alone, "ä"), Err(UnlockError::Passphrase));
}

#[test]
fn what_is_missing_is_told_group_by_group() {
    let all = made(&[1; 32], "", true);
    let mut shares = collected([&all[2][1], &all[0][0]]);
    let group = |number, given, needed| Group { number, given, needed };
    assert_eq!(
        shares.groups(),
        [group(1, 1, Some(1)), group(2, 0, None), group(3, 1, Some(3)), group(4, 0, None)]
    );
    let missing = UnlockError::Missing { needed: 2, complete: 1 };
    assert_eq!(secret(&shares, ""), Err(missing));
    assert!(!shares.is_complete());
    for share in [&all[2][0], &all[2][4]] {
        assert_eq!(shares.add(read(share)), Ok(()));
    }
    assert!(shares.is_complete() && !shares.is_empty());
    assert_eq!((shares.len(), secret(&shares, "")), (4, Ok(vec![1; 32])));
    let none = Shares::new();
    assert!(none.groups().is_empty() && !none.is_complete());
    assert_eq!(secret(&none, ""), Err(UnlockError::Missing { needed: 1, complete: 0 }));
}

#[test]
fn what_does_not_belong_is_refused_by_name_and_changes_nothing() {
    let all = made(&[1; 16], "", true);
    let mut shares = collected([&all[2][0], &all[2][1]]);
    let mut refused = |share: Share, reason| {
        assert_eq!(shares.add(share), Err(reason));
        assert_eq!(shares.len(), 2);
    };
    refused(read(&all[2][1]), AddError::Repeated(3, 2));
    let (before, this) = (all[0][0].set().identifier(), 7945);
    let alone = Share::parse(ALONE).unwrap_or_else(|e| panic!("{e}"));
    assert_eq!(alone.set().identifier(), this);
    refused(alone, AddError::OtherSet { before, this });
    let mut other = read(&all[2][2]);
    other.set.group_threshold = 3;
    refused(other, AddError::OtherParameters);
    let mut other = read(&all[2][2]);
    other.member_threshold = 2;
    refused(other, AddError::OtherThreshold(3));
    let mut other = read(&all[2][1]);
    other.value[15] ^= 1;
    refused(other, AddError::Conflict(3, 2));
    assert_eq!(shares.add(read(&all[2][2])), Ok(()));
    assert_eq!(shares.add(read(&all[2][3])), Err(AddError::Complete(3)));
    let mut beyond = read(&all[3][0]);
    beyond.group = 4;
    assert_eq!(shares.add(beyond), Err(AddError::OtherParameters));
}

#[test]
fn a_false_share_is_found_in_its_group() {
    let all = made(&[1; 16], "", true);
    let mut shares = collected([&all[0][0], &all[3][0]]);
    let mut forged = read(&all[3][1]);
    forged.value[3] ^= 0x10;
    assert_eq!(shares.add(read(&forged)), Ok(()));
    assert_eq!(secret(&shares, ""), Err(UnlockError::Group(4)));
    let mut forged = read(&all[0][0]);
    forged.value[0] ^= 1;
    let shares = collected([&forged, &all[1][0]]);
    assert_eq!(secret(&shares, ""), Err(UnlockError::Groups));
}

#[test]
fn a_wrong_word_is_told_by_its_place() {
    let error = |text: &str| Share::parse(text).err();
    assert_eq!(error(ALONE), None);
    assert_eq!(error(&format!(" {}\n", ALONE.to_uppercase().replace(' ', "\t "))), None);
    let probably = |place| Some(ShareError::Checksum { probably: place });
    assert_eq!(error(&ALONE.replace("solution", "zero")), probably(Some(8)));
    assert_eq!(error(&ALONE.replace("keyboard", "kidney")), probably(Some(20)));
    assert_eq!(error(&ALONE.replace("academic academic", "academic agency")), probably(Some(4)));
    assert_eq!(error(&ALONE.replace("result length", "length result")), probably(None));
    assert_eq!(error(&ALONE.replace("solution", "solutions")), Some(ShareError::Unknown(8)));
    assert_eq!(error(&ALONE.replace("solution", "sölutio")), Some(ShareError::Unknown(8)));
    for (count, words) in [
        (0, String::new()),
        (19, ALONE.replace(" keyboard", "")),
        (21, format!("{ALONE} keyboard")),
        (100_000, "academic ".repeat(100_000)),
    ] {
        assert_eq!(error(&words), Some(ShareError::Count(count)));
    }
}

#[test]
fn a_share_is_typed_by_four_letters_a_word() {
    let mut entry = Entry::new();
    let (letters, places) = (entry.prefix().as_ptr(), entry.words_done());
    assert_eq!(places, 0);
    for word in ALONE.split(' ') {
        for key in word[..4].chars() {
            assert_eq!(entry.push(key), Typed::Taken);
        }
        assert_eq!(entry.completed(), Some(word));
        assert_eq!(entry.push(' '), Typed::Taken);
    }
    assert!(entry.words().eq(ALONE.split(' ')));
    assert!(entry.finish().is_ok_and(|share| text(&share) == ALONE));
    assert!(entry.backspace());
    assert_eq!((entry.prefix(), entry.words_done()), ("keyboard", 19));
    assert_eq!(entry.finish().err(), Some(ShareError::Unknown(20)));
    assert_eq!(entry.push('s'), Typed::Unknown);
    for _ in 0.."keyboard".len() {
        assert!(entry.backspace());
    }
    assert_eq!(
        (entry.push('1'), entry.push('x'), entry.completed()),
        (Typed::Unknown, Typed::Unknown, None)
    );
    assert_eq!(entry.finish().err(), Some(ShareError::Count(19)));
    for _ in 0..60 {
        for key in "zero ".chars() {
            entry.push(key);
        }
    }
    assert_eq!((entry.words_done(), entry.push('a')), (59, Typed::Full));
    assert_eq!(entry.prefix().as_ptr(), letters);
    while entry.backspace() {}
    assert_eq!(entry.words_done(), 0);
}

#[test]
fn impossible_plans_make_no_share() {
    let refused = |secret: &[u8], passphrase: &str, threshold, groups: &[GroupSpec]| {
        let passphrase = Passphrase::new(passphrase);
        split(secret, &passphrase, threshold, groups, true, &mut Generator::new(Steady(1))).err()
    };
    let group = |threshold, count| GroupSpec { threshold, count };
    for length in [0, 14, 15, 17, 65, 66] {
        let secret = vec![1; length];
        assert_eq!(refused(&secret, "", 1, &[group(1, 1)]), Some(SplitError::Length(length)));
    }
    for (threshold, groups) in [(0, 1), (2, 1), (1, 0), (1, 17)] {
        let groups = vec![group(1, 1); groups];
        assert_eq!(refused(&[1; 16], "", threshold, &groups), Some(SplitError::Groups));
    }
    for wrong in [group(0, 1), group(3, 2), group(2, 17)] {
        assert_eq!(refused(&[1; 16], "", 1, &[group(1, 1), wrong]), Some(SplitError::Group(2)));
    }
    assert_eq!(refused(&[1; 16], "", 1, &[group(1, 2)]), Some(SplitError::OneOfMany(1)));
    assert_eq!(refused(&[1; 16], "ö", 1, &[group(1, 1)]), Some(SplitError::Passphrase));
}

#[test]
fn a_source_that_fails_at_any_moment_makes_no_share() {
    let plan = [GroupSpec { threshold: 3, count: 3 }; 3];
    let attempt = |fills| {
        let mut random = Generator::new(FailingAfter::blocks(fills));
        split(&[1; 16], &Passphrase::new(""), 3, &plan, true, &mut random).err()
    };
    // identifier; digest and one free share of the groups and of each group's members
    for fills in 0..9 {
        assert_eq!(attempt(fills), Some(SplitError::Random(RandomError::Failed)), "{fills}");
    }
    assert_eq!(attempt(9), None);
}

#[test]
fn every_reason_is_a_sentence() {
    let mut told: Vec<String> = Vec::new();
    for error in [
        ShareError::Count(19),
        ShareError::Unknown(3),
        ShareError::Checksum { probably: Some(3) },
        ShareError::Checksum { probably: None },
        ShareError::Padding,
        ShareError::Groups,
    ] {
        told.push(error.to_string());
    }
    for error in [
        AddError::OtherSet { before: 1, this: 2 },
        AddError::OtherParameters,
        AddError::OtherThreshold(1),
        AddError::Repeated(1, 2),
        AddError::Conflict(1, 2),
        AddError::Complete(1),
    ] {
        told.push(error.to_string());
    }
    for error in [
        UnlockError::Missing { needed: 2, complete: 1 },
        UnlockError::Passphrase,
        UnlockError::Group(2),
        UnlockError::Groups,
    ] {
        told.push(error.to_string());
    }
    for error in [
        SplitError::Groups,
        SplitError::Group(1),
        SplitError::OneOfMany(1),
        SplitError::Length(3),
        SplitError::Passphrase,
        SplitError::Random(RandomError::Failed),
        SplitError::Unverified,
    ] {
        told.push(error.to_string());
    }
    for sentence in told {
        assert!(sentence.ends_with('.') && !sentence.contains("  "), "{sentence}");
    }
}
