//! Address poisoning: a payee's address with the head and the tail of a known one.

use crate::build::*;
use bitcoin::hashes::Hash;
use bitcoin::{Address, ScriptBuf, WPubkeyHash};
use coldlight::review::Code::AddressImitated;
use coldlight::review::Grade::Warn;
use coldlight::review::Place::Output;
use coldlight::review::{Acquaintance, Facts};

fn text(script: &ScriptBuf) -> String {
    Address::from_script(script, bitcoin::Network::Testnet).unwrap().to_string()
}

/// Another P2WPKH script whose address has the same first `head` and last `tail` characters behind
/// `tb1q`. The first bytes of the program are the head.
fn ground(known: &ScriptBuf, head: usize, tail: usize) -> ScriptBuf {
    let address = text(known);
    let mut program: [u8; 20] = known.as_bytes()[2..].try_into().unwrap();
    for number in 0u32.. {
        program[12..16].copy_from_slice(&number.to_be_bytes());
        let script = ScriptBuf::new_p2wpkh(&WPubkeyHash::from_byte_array(program));
        let other = text(&script);
        let ends = other[..4 + head] == address[..4 + head]
            && other[other.len() - tail..] == address[address.len() - tail..];
        if ends && other != address {
            return script;
        }
    }
    unreachable!("2^32 tries for 15 bits")
}

fn pages(facts: &Facts) -> String {
    let pages = facts.pages();
    let lines = pages.iter().flat_map(|page| &page.lines);
    let lines = lines.map(|line| line.spans.iter().map(|span| span.text.as_str()).collect());
    lines.collect::<Vec<String>>().join("\n")
}

fn known() -> (Person, ScriptBuf) {
    let ours = Person::new(OURS);
    let script = definite(&ours_at(&ours, 1, 0)).script_pubkey();
    (ours, script)
}

#[test]
fn a_payee_that_looks_like_our_change_address_is_warned_of_and_both_are_shown() {
    let (ours, change) = known();
    let mut draft = Draft::new();
    draft.spend(&ours_at(&ours, 0, 0), 1_000_000);
    draft.back(&ours_at(&ours, 1, 0), 100_000);
    let poison = ground(&change, 3, 3);
    draft.pay(poison.clone(), 899_000);
    let facts = Desk::of(&ours).facts(&draft);
    assert_eq!(codes(&facts), [(AddressImitated, Warn, Output(1))]);
    let imitated = facts.outputs[1].imitated.clone().unwrap();
    assert_eq!((imitated.address, imitated.known), (text(&change), Acquaintance::Yours));
    let shown = pages(&facts);
    let whole: String = shown.chars().filter(|character| !character.is_whitespace()).collect();
    assert!(whole.contains(&text(&poison)), "{shown}");
    // a mark for each character that differs
    let (one, other) = (text(&change), text(&poison));
    let differ = one.chars().zip(other.chars()).filter(|(one, other)| one != other).count();
    assert_eq!(shown.matches('^').count(), differ, "{shown}");
    assert!(shown.contains("Not an address of yours:"), "{shown}");
}

#[test]
fn two_characters_at_an_end_are_chance_and_no_warning() {
    let (ours, change) = known();
    for script in [ground(&change, 3, 2), payee()] {
        let mut tail = text(&script);
        let tail = tail.split_off(tail.len() - 3);
        assert!(!text(&change).ends_with(&tail));
        let mut draft = Draft::new();
        draft.spend(&ours_at(&ours, 0, 0), 1_000_000);
        draft.back(&ours_at(&ours, 1, 0), 100_000);
        draft.pay(script, 899_000);
        assert_eq!(codes(&Desk::of(&ours).facts(&draft)), []);
    }
}

#[test]
fn a_payee_that_was_paid_before_is_marked_and_one_that_imitates_it_is_warned_of() {
    let (ours, _) = known();
    let friend = ScriptBuf::new_p2wpkh(&WPubkeyHash::from_byte_array([7; 20]));
    let pay = |script: &ScriptBuf, index: u32| {
        let mut draft = Draft::new();
        draft.spend(&ours_at(&ours, 0, index), 1_000_000);
        draft.pay(script.clone(), 990_000);
        draft
    };
    let mut desk = Desk::of(&ours);
    let facts = desk.facts(&pay(&friend, 0));
    assert!(!facts.outputs[0].paid_before);
    let mut walk = desk.reviewed(&pay(&friend, 0)).walk();
    while walk.next() {}
    let approved = walk.confirm("sign").unwrap_or_else(|_| panic!("not approved"));
    desk.history.remember(approved.footprint());
    let facts = desk.facts(&pay(&friend, 1));
    assert!(facts.outputs[0].paid_before);
    assert!(pages(&facts).contains("Paid before in this session."));
    assert_eq!(codes(&facts), []);
    let facts = desk.facts(&pay(&ground(&friend, 3, 3), 2));
    assert_found(&facts, AddressImitated, Warn, Output(0));
    let imitated = facts.outputs[0].imitated.clone().unwrap();
    assert_eq!((imitated.address, imitated.known), (text(&friend), Acquaintance::PaidBefore));
}
