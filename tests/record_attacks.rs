//! Records under attack: every change is noticed, and the line where it shows is named.

#[path = "common/record.rs"]
mod made;
#[path = "common/prng.rs"]
mod prng;

use coldlight::record::{Chain, Fault, Gap, Receipt, Record, aloud, from_words};
use made::record;
use prng::Prng;

const CHANGES: usize = 10_000;
const EVENTS: usize = 12;

fn joined(lines: &[&[u8]]) -> Vec<u8> {
    lines.concat()
}

fn lines(text: &str) -> Vec<&[u8]> {
    text.as_bytes().split_inclusive(|byte| *byte == b'\n').collect()
}

/// The line that reading names.
fn bad_line(bytes: &[u8], change: &str) -> usize {
    match Record::read(bytes) {
        Ok(_) => panic!("{change}: not noticed"),
        Err(error) => {
            assert!(error.to_string().starts_with(&format!("Line {}: ", error.line)));
            error.line
        }
    }
}

#[test]
fn ten_thousand_changes_are_each_named_with_their_line() {
    let mut random = Prng(6);
    let first = record(None, EVENTS, &mut random);
    let whole = record(Some(first.receipt.clone()), EVENTS, &mut random);
    let other = record(Some(first.receipt.clone()), EVENTS, &mut random);
    let (whole_lines, other_lines) = (lines(&whole.text), lines(&other.text));
    let count = whole_lines.len();
    assert_eq!(count, EVENTS + 2);
    let before = Record::read(first.text.as_bytes()).unwrap();
    let good = Record::read(whole.text.as_bytes()).unwrap();

    for n in 0..CHANGES {
        match n % 8 {
            0 => {
                let mut bytes = whole.text.clone().into_bytes();
                let at = random.below(bytes.len());
                let line = whole.text.as_bytes()[..at].iter().filter(|b| **b == b'\n').count() + 1;
                bytes[at] ^= 1 << random.below(8);
                let named = bad_line(&bytes, &format!("a bit of byte {at}"));
                // a header that still reads is found by the first link that does not follow from it
                assert!(named == line || line == 1 && named == 2, "byte {at}: {line}, {named}");
            }
            1 => {
                let at = random.below(count);
                let mut kept = whole_lines.clone();
                kept.remove(at);
                assert_eq!(bad_line(&joined(&kept), "a line dropped"), at + 1);
            }
            2 => {
                let one = random.below(count - 1);
                let two = one + 1 + random.below(count - 1 - one);
                let mut kept = whole_lines.clone();
                kept.swap(one, two);
                assert_eq!(bad_line(&joined(&kept), "two lines swapped"), one + 1);
            }
            3 => {
                let at = 1 + random.below(count - 1);
                let spliced = [&whole_lines[..at], &other_lines[at..]].concat();
                assert_eq!(bad_line(&joined(&spliced), "two records spliced"), at + 1);
            }
            4 => {
                let length = 1 + random.below(3);
                let fork = record(Some(first.receipt.clone()), length, &mut random);
                let fork = Record::read(fork.text.as_bytes()).unwrap();
                let given = [before.clone(), good.clone(), fork];
                assert_eq!(Chain::of(&given).gaps, [Gap::Fork { first: 1, second: 2 }]);
            }
            5 => {
                let line = random.below(count);
                let at = line + 1 + random.below(count - line);
                let mut more = whole_lines.clone();
                more.insert(at, whole_lines[line]);
                assert_eq!(bad_line(&joined(&more), "a line replayed"), at + 1);
            }
            6 => {
                // without the last line's end it is whole, which another test shows
                let end = 1 + random.below(whole.text.len() - 2);
                let kept = &whole.text.as_bytes()[..end];
                let line = kept.iter().filter(|byte| **byte == b'\n').count() + 1;
                assert_eq!(bad_line(kept, "the end cut off"), line);
            }
            _ => {
                let mut text = whole.receipt.text().into_bytes();
                let at = random.below(text.len());
                text[at] ^= 1 << random.below(8);
                let forged = std::str::from_utf8(&text).ok().and_then(Receipt::read);
                let mut chain = Chain::of(&[before.clone(), good.clone()]);
                if let Some(forged) = forged {
                    chain.hold_receipt(&[before.clone(), good.clone()], &forged);
                    assert_eq!(chain.gaps, [Gap::ReceiptElsewhere]);
                }
                let mut signed = joined(&whole_lines[..count - 1]);
                signed.extend_from_slice(&text);
                assert_eq!(bad_line(&signed, "a forged receipt as the note"), count);
            }
        }
    }
}

#[test]
fn a_record_given_twice_is_named() {
    let closed = record(None, 3, &mut Prng(1));
    let one = Record::read(closed.text.as_bytes()).unwrap();
    let chain = Chain::of(&[one.clone(), one]);
    assert_eq!(chain.gaps, [Gap::Twice { first: 0, second: 1 }]);
}

#[test]
fn a_record_written_anew_by_another_key_is_missed_by_the_next_one() {
    let mut random = Prng(2);
    let first = record(None, 3, &mut random);
    let second = record(Some(first.receipt.clone()), 3, &mut random);
    let anew = record(None, 3, &mut random);
    let given = [&anew, &second].map(|closed| Record::read(closed.text.as_bytes()).unwrap());
    let previous = first.receipt.note.fingerprint;
    assert_eq!(Chain::of(&given).gaps, [Gap::Missing { record: 1, previous }]);
}

#[test]
fn an_older_receipt_is_told_from_the_newest() {
    let mut random = Prng(3);
    let first = record(None, 3, &mut random);
    let second = record(Some(first.receipt.clone()), 3, &mut random);
    let given = [&second, &first].map(|closed| Record::read(closed.text.as_bytes()).unwrap());
    let mut chain = Chain::of(&given);
    assert_eq!(chain.order, [1, 0]);
    chain.hold_receipt(&given, &second.receipt);
    assert_eq!(chain.gaps, []);
    chain.hold_fingerprint(&given, &first.receipt.note.fingerprint);
    assert_eq!(chain.gaps, [Gap::ReceiptOlder { record: 1 }]);
}

#[test]
fn a_fingerprint_heard_wrong_is_noticed() {
    let fingerprint = record(None, 1, &mut Prng(4)).receipt.note.fingerprint;
    let words = aloud(&fingerprint);
    assert_eq!(words.split(' ').count(), 36);
    assert_eq!(from_words(&words.to_uppercase().replace(' ', "\n ")), Some(fingerprint));
    let heard: Vec<&str> = words.split(' ').collect();
    for at in 0..heard.len() {
        let mut wrong = heard.clone();
        wrong[at] = if heard[at] == "able" { "acid" } else { "able" };
        assert_eq!(from_words(&wrong.join(" ")), None, "word {at}");
    }
    assert_eq!(from_words(&format!("{words} able")), None);
}

#[test]
fn another_spelling_of_the_same_content_is_refused() {
    let closed = record(None, 1, &mut Prng(5));
    let spaced = closed.text.replacen(":", ": ", 1);
    let error = Record::read(spaced.as_bytes()).unwrap_err();
    assert_eq!((error.line, error.fault), (1, Fault::OtherSpelling));
}
