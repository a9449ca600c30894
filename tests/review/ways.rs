//! A registered wallet's ways to spend, as a transaction stands to them: by label, key by key.

use crate::build::*;
use bitcoin::Sequence;
use coldlight::psbt::Psbt;
use coldlight::review::{Closed, Facts, Party, Way};
use coldlight::wallet::{Lock, Network, PathPlace, Registered, Wallet};

fn you() -> Party {
    Party::You
}

fn other(name: &str) -> Party {
    Party::Cosigner(name.into())
}

/// Two of us three; after ten blocks ours alone, by a key of the same account that is used for
/// nothing else.
fn recovery(ours: &Person, bob: &Person) -> String {
    let key = |person: &Person| person.origin("m/48h/1h/0h/2h");
    format!(
        "wsh(or_d(multi(2,{0}/{{}},{1}/{{}}),and_v(v:pkh({0}/[]),older(10))))",
        key(ours),
        key(bob)
    )
}

fn placed(template: &str, chain: u32, index: u32) -> String {
    template
        .replace("{}", &format!("{chain}/{index}"))
        .replace("[]", &format!("{}/{index}", chain + 2))
}

fn registered(template: &str, labels: &[Option<String>]) -> Registered {
    let text = template.replace("{}", "<0;1>/*").replace("[]", "<2;3>/*");
    let wallet = Wallet::parse(&with_checksum(&text), "Family", Network::Test).unwrap();
    Registered::new(wallet, labels)
}

fn payment(template: &str) -> Draft {
    let mut draft = Draft::new();
    draft.spend(&placed(template, 0, 3), 1_000_000);
    draft.pay(payee(), 600_000);
    draft.back(&placed(template, 1, 4), 390_000);
    draft
}

fn desk(person: &Person, wallet: &Registered) -> Desk {
    Desk { wallets: vec![wallet.clone()], ..Desk::of(person) }
}

fn text(pages: &[coldlight::review::Page]) -> String {
    let lines = pages.iter().flat_map(|page| &page.lines);
    let lines = lines.map(|line| line.spans.iter().map(|span| span.text.as_str()).collect());
    lines.collect::<Vec<String>>().join("\n")
}

fn ways(facts: &Facts) -> &[Way] {
    &facts.inputs[0].ways
}

#[test]
fn cosigners_are_told_by_label_else_by_fingerprint_and_as_signed_or_missing() {
    let people = [Person::new(OURS), Person::new(BOB), Person::new(CAROL)];
    let [ours, bob, carol] = &people;
    let wallet = Multi::new("wsh(sortedmulti(2,KEYS))", &[ours, bob, carol]);
    let registered =
        Registered::new(wallet.wallet("Family"), &[None, Some("Bob at home".into()), None]);
    let mut draft = Draft::new();
    draft.spend(&wallet.at(0, 3), 1_000_000);
    draft.pay(payee(), 990_000);
    let by_bob: Psbt = desk(bob, &registered).sign(&draft);
    let examined = desk(ours, &registered).examine_psbt(by_bob);
    let facts = examined.facts();
    let carol = other(&carol.fingerprint().to_string());
    let [way] = ways(facts) else { panic!("one way") };
    assert_eq!(way.signed, [other("Bob at home")]);
    let mut unsigned = way.unsigned.clone();
    unsigned.sort();
    assert_eq!(unsigned, [you(), carol.clone()]);
    assert_eq!((way.missing, way.helped, way.is_open()), (1, true, true));
    let names = facts.inputs[0].signers.iter().map(|one| (one.party.clone().unwrap(), one.signed));
    let mut names: Vec<(Party, bool)> = names.collect();
    names.sort();
    let mut told = vec![(you(), false), (other("Bob at home"), true), (carol, false)];
    told.sort();
    assert_eq!(names, told);
    let inputs = text(&facts.input_pages());
    assert!(inputs.contains("Bob at home signed") && inputs.contains("you missing"), "{inputs}");
}

#[test]
fn the_first_page_names_who_is_asked_next() {
    let (ours, bob, carol) = (Person::new(OURS), Person::new(BOB), Person::new(CAROL));
    let wallet = Multi::new("wsh(sortedmulti(2,KEYS))", &[&ours, &bob, &carol]);
    let labels = [None, Some("Bob".into()), Some("Carol".into())];
    let registered = Registered::new(wallet.wallet("Family"), &labels);
    let mut draft = Draft::new();
    draft.spend(&wallet.at(0, 3), 1_000_000);
    draft.pay(payee(), 990_000);
    let page = text(&desk(&ours, &registered).facts(&draft).pages());
    let either = ["Then 1 more: Bob or Carol.", "Then 1 more: Carol or Bob."];
    assert!(either.iter().any(|told| page.contains(told)), "{page}");
    assert!(!page.contains("Yours helps"), "one way needs no word: {page}");
}

#[test]
fn a_signature_helps_the_way_in_which_its_key_stands_and_no_other_of_the_same_signer() {
    let (ours, bob) = (Person::new(OURS), Person::new(BOB));
    let template = recovery(&ours, &bob);
    let wallet = registered(&template, &[None, Some("Bob".into())]);
    let draft = payment(&template);
    let facts = desk(&bob, &wallet).facts(&draft);
    let [together, late] = ways(&facts) else { panic!("two ways: {:?}", ways(&facts)) };
    // Bob's key stands in the first way alone
    assert!(together.helped && !late.helped);
    assert_eq!((together.missing, late.missing), (2, 1));
    let signed = desk(&bob, &wallet).sign(&draft);
    let facts = desk(&bob, &wallet).examine_psbt(signed).facts().clone();
    let [together, late] = ways(&facts) else { panic!("two ways") };
    assert_eq!((together.missing, late.missing), (1, 1));
    assert_eq!(together.signed, [you()]);
    assert!(late.signed.is_empty());
    assert_eq!(late.unsigned, [other(&ours.fingerprint().to_string())]);
}

#[test]
fn a_relative_lock_is_open_from_its_very_block_on_and_closed_one_before() {
    let (ours, bob) = (Person::new(OURS), Person::new(BOB));
    let template = recovery(&ours, &bob);
    let wallet = registered(&template, &[]);
    let late = |sequence: u32, version: i32| {
        let mut draft = payment(&template);
        draft.psbt.unsigned_tx.input[0].sequence = Sequence(sequence);
        draft.psbt.unsigned_tx.version = bitcoin::transaction::Version(version);
        let facts = desk(&ours, &wallet).facts(&draft);
        ways(&facts)[1].locks.clone()
    };
    let lock = Lock::BlocksAfter(10);
    assert_eq!(late(10, 2), [(lock, None)]);
    assert_eq!(late(9, 2), [(lock, Some(Closed::Sequence))]);
    // BIP68: not in force in version 1, nor for a sequence of time, nor where it is disabled
    for (sequence, version) in [(10, 1), (10 | 1 << 22, 2), (10 | 1 << 31, 2)] {
        assert_eq!(late(sequence, version), [(lock, Some(Closed::Sequence))]);
    }
}

#[test]
fn an_absolute_lock_is_held_against_the_locktime_and_the_clock() {
    let (ours, bob) = (Person::new(OURS), Person::new(BOB));
    let time = 1_700_000_500;
    let key = |person: &Person| person.origin("m/48h/1h/0h/2h");
    let template =
        format!("wsh(or_d(pk({}/{{}}),and_v(v:pk({}/{{}}),after({time}))))", key(&bob), key(&ours));
    let wallet = registered(&template, &[]);
    let late = |lock_time: u32, now: Option<u64>| {
        let mut draft = payment(&template);
        draft.psbt.unsigned_tx.lock_time = bitcoin::absolute::LockTime::from_consensus(lock_time);
        draft.psbt.unsigned_tx.input[0].sequence = Sequence(0xffff_fffd);
        let desk = Desk { now, ..desk(&ours, &wallet) };
        let facts = desk.facts(&draft);
        let pages = text(&facts.pages());
        (ways(&facts)[1].locks[0].1, pages.contains("opens no way to spend"))
    };
    let at = Some(u64::from(time));
    assert_eq!(late(time, at), (None, false));
    assert_eq!(late(time - 1, at), (Some(Closed::LockTime), true));
    assert_eq!(late(time, at.map(|now| now - 1)), (Some(Closed::Clock), false));
    assert_eq!(late(time, None), (None, false));
    // a height is no time
    assert_eq!(late(499_999_999, at), (Some(Closed::LockTime), true));
}

#[test]
fn in_taproot_each_leaf_has_its_own_signatures() {
    let (ours, bob, carol) = (Person::new(OURS), Person::new(BOB), Person::new(CAROL));
    let key = |person: &Person| format!("{}/{{}}", person.origin("m/48h/1h/0h/2h"));
    let template =
        format!("tr({},{{pk({}),and_v(v:pk({}),older(10))}})", key(&carol), key(&bob), key(&ours));
    let labels = [Some("Carol".into()), Some("Bob".into()), None];
    let wallet = registered(&template, &labels);
    let facts = desk(&ours, &wallet).facts(&payment(&template));
    let told: Vec<_> = ways(&facts)
        .iter()
        .map(|way| (way.place, way.unsigned.clone(), way.helped, way.is_open()))
        .collect();
    let leaf = |number| PathPlace::Leaf { number, depth: 1 };
    assert_eq!(
        told,
        [
            (PathPlace::InternalKey, vec![other("Carol")], false, true),
            (leaf(1), vec![other("Bob")], false, true),
            (leaf(2), vec![you()], true, false),
        ]
    );
}

#[test]
fn a_cosigner_that_claims_the_origin_of_another_is_told_apart_by_its_key() {
    let (ours, bob, carol) = (Person::new(OURS), Person::new(BOB), Person::new(CAROL));
    let path = "m/48h/1h/0h/2h";
    let keys = [&ours, &bob, &carol].map(|person| format!("{}/{{}}", person.origin(path)));
    let honest = format!("wsh(sortedmulti(2,{}))", keys.join(","));
    let signed = desk(&bob, &registered(&honest, &[])).sign(&payment(&honest));
    // Carol's key under Bob's origin: the same scripts
    let origin = bob.origin(path);
    let (origin, _) = origin.split_once(']').unwrap();
    let false_one = format!("{origin}]{}", carol.xpub(path));
    let template = format!(
        "wsh(sortedmulti(2,{}/{{}},{}/{{}},{false_one}/{{}}))",
        ours.origin(path),
        bob.origin(path)
    );
    let labels = [None, Some("Bob".into()), Some("Carol".into())];
    let wallet = registered(&template, &labels);
    let facts = desk(&ours, &wallet).examine_psbt(signed).facts().clone();
    assert_eq!(ways(&facts)[0].signed, [other("Bob")]);
    assert!(ways(&facts)[0].unsigned.contains(&other("Carol")));
}
