//! Attacks on a registration: what was agreed is changed before it is taken, or after it was kept.

use crate::common::vectors;
use crate::meaning::wallet;
use crate::people::{Person, SHARED, body, checked, descriptor, seed};
use coldlight::wallet::{
    AttestedError, Difference, KeyDifference, Known, Lock, Network, Registered,
    RegistrationFinding, Wallet, WalletError, judge,
};
use libtest_mimic::Trial;

pub fn tests() -> Vec<Trial> {
    vec![
        vectors::constant!(the_same_wallet_written_in_another_way_differs_in_nothing),
        vectors::constant!(a_swapped_cosigner_key_is_shown),
        vectors::constant!(keys_in_another_order_under_multi_are_shown),
        vectors::constant!(an_added_leaf_is_shown),
        vectors::constant!(a_shortened_timelock_is_shown),
        vectors::constant!(a_downgraded_quorum_is_shown),
        vectors::constant!(an_internal_key_that_is_somebodys_is_shown),
        vectors::constant!(a_key_of_another_network_is_refused),
        vectors::constant!(a_key_that_counts_twice_is_refused),
        vectors::constant!(another_origin_is_shown),
        vectors::constant!(a_kept_registration_comes_back_as_it_was),
        vectors::constant!(a_kept_registration_altered_by_one_bit_is_refused),
        vectors::constant!(a_kept_registration_of_another_seed_is_named),
    ]
}

fn difference(known: &str, other: &str) -> Difference {
    Difference::between(&wallet(known), &wallet(other)).expect("they differ")
}

fn the_same_wallet_written_in_another_way_differs_in_nothing() {
    let text = body("wsh(sortedmulti(2,A,B))").replace('\'', "h");
    let other = Wallet::parse(&checked(&text), "Other", Network::Main).unwrap();
    assert_eq!(Difference::between(&wallet("wsh(sortedmulti(2,A,B))"), &other), None);
    // sorted keys in another order: told, and the addresses are the same
    let moved = difference("wsh(sortedmulti(2,A,B))", "wsh(sortedmulti(2,B,A))");
    assert!(!moved.addresses && moved.template.is_none());
    assert_eq!(moved.keys.len(), 2);
}

fn a_swapped_cosigner_key_is_shown() {
    let found = difference("wsh(sortedmulti(2,A,B,C))", "wsh(sortedmulti(2,A,D,C))");
    assert_eq!(
        found.keys,
        [KeyDifference::Replaced {
            signer: 1,
            before: Person::new(1).key(SHARED),
            after: Person::new(3).key(SHARED),
        }]
    );
    assert!(found.addresses && found.template.is_none());
}

fn keys_in_another_order_under_multi_are_shown() {
    let found = difference("wsh(multi(2,A,B,C))", "wsh(multi(2,A,C,B))");
    assert_eq!(
        found.keys,
        [
            KeyDifference::Moved { before: 1, after: 2 },
            KeyDifference::Moved { before: 2, after: 1 },
        ]
    );
    assert!(found.addresses);
}

fn an_added_leaf_is_shown() {
    let found = difference("tr(A,pk(B))", "tr(A,{pk(B),pk(E)})");
    let (before, after) = found.template.expect("another script");
    assert_eq!(before, "tr(@0/<0;1>/*,pk(@1/<0;1>/*))");
    assert_eq!(after, "tr(@0/<0;1>/*,{pk(@1/<0;1>/*),pk(@2/<0;1>/*)})");
    assert_eq!(found.keys, [KeyDifference::Added { signer: 2, key: Person::new(4).key(SHARED) }]);
}

fn a_shortened_timelock_is_shown() {
    let found = difference(
        "wsh(or_d(pk(A),and_v(v:pkh(B),older(52560))))",
        "wsh(or_d(pk(A),and_v(v:pkh(B),older(144))))",
    );
    assert_eq!(found.locks_before, [Lock::BlocksAfter(52_560)]);
    assert_eq!(found.locks_after, [Lock::BlocksAfter(144)]);
    assert!(found.keys.is_empty() && found.template.is_some() && found.addresses);
    // and it is near, whatever was known before
    let judged = judge(&wallet("wsh(or_d(pk(A),and_v(v:pkh(B),older(144))))"), &Known::default());
    let near = RegistrationFinding::LockNear { lock: Lock::BlocksAfter(144), seconds: 86_400 };
    assert!(judged.findings.contains(&near));
}

fn a_downgraded_quorum_is_shown() {
    let found = difference("wsh(sortedmulti(2,A,B,C))", "wsh(sortedmulti(1,A,B,C))");
    let (before, after) = found.template.expect("another script");
    assert!(before.contains("sortedmulti(2,") && after.contains("sortedmulti(1,"));
    assert!(found.keys.is_empty());
}

fn an_internal_key_that_is_somebodys_is_shown() {
    let point = "50929b74c1a04954b78b4b6035e97a5e078a5a0f28ec96d547bfee9ace803ac0";
    let ours = seed(Network::Main);
    let known = Known { ring: Some(&ours), ..Known::default() };
    let parse = |internal: &str| {
        let leaf = body("multi_a(2,A,B,C)");
        let text = checked(&format!("tr({internal},{leaf})"));
        Wallet::parse(&text, "w", Network::Main).unwrap()
    };
    let (nobody, somebody) = (parse(point), parse(&Person::new(4).ranged()));
    let codes = |wallet: &Wallet| -> Vec<&str> {
        judge(wallet, &known).findings.iter().map(RegistrationFinding::code).collect()
    };
    assert_eq!(codes(&nobody), ["INTERNAL_KEY_UNSPENDABLE", "KEY_ORDER_COUNTS"]);
    assert_eq!(codes(&somebody), ["INTERNAL_KEY_SPENDS", "KEY_ORDER_COUNTS"]);
    let found = Difference::between(&nobody, &somebody).expect("they differ");
    assert!(
        matches!(&found.keys[0], KeyDifference::Replaced { signer: 0, before, .. } if before.ends_with(point))
    );
}

fn a_key_of_another_network_is_refused() {
    let mut key = Person::new(2).xpub(SHARED);
    key.network = bitcoin::NetworkKind::Test;
    let text = body("wsh(sortedmulti(2,A,B,C))");
    let text = text.replace(&Person::new(2).xpub(SHARED).to_string(), &key.to_string());
    let error = Wallet::parse(&checked(&text), "w", Network::Main).unwrap_err();
    assert_eq!(error, WalletError::Network);
}

fn a_key_that_counts_twice_is_refused() {
    for form in [
        "wsh(sortedmulti(2,A,B,A))",
        "wsh(multi(2,B,A,A))",
        "sh(sortedmulti(2,A,A))",
        "tr(B,multi_a(2,A,A))",
        "tr(B,sortedmulti_a(2,A,C,A))",
        "wsh(or_d(pk(A),and_v(v:pkh(A),older(9))))",
    ] {
        let error = Wallet::parse(&descriptor(form), "w", Network::Main).unwrap_err();
        assert!(matches!(error, WalletError::Repeated { .. }), "{form}: {error}");
    }
    // the same key again with a changed origin, or on chains that overlap
    let again = format!("[deadbeef/{SHARED}]{}/<1;2>/*", Person::new(0).xpub(SHARED));
    let other = format!("wsh(sortedmulti(2,{again},{}))", body("A,B"));
    let error = Wallet::parse(&checked(&other), "w", Network::Main).unwrap_err();
    assert_eq!(error, WalletError::Repeated { signer: 1 });
    // on other chains it is another key
    let apart = other.replace("<1;2>", "<2;3>");
    assert!(Wallet::parse(&checked(&apart), "w", Network::Main).is_ok());
}

fn another_origin_is_shown() {
    let text = body("wsh(sortedmulti(2,A,B))").replace("73c5da0a", "00000000");
    let other = Wallet::parse(&checked(&text), "w", Network::Main).unwrap();
    let found = Difference::between(&wallet("wsh(sortedmulti(2,A,B))"), &other);
    let found = found.expect("they differ");
    assert!(!found.addresses, "the addresses are the same, the PSBTs are not");
    assert!(matches!(found.keys[..], [KeyDifference::Origin { signer: 0, .. }]));
}

fn kept() -> Registered {
    let labels = [Some("Ann".to_owned()), None, Some("Caro\u{202e}l".to_owned())];
    Registered::new(wallet("wsh(sortedmulti(2,A,B,C))").named("Family"), &labels)
}

fn a_kept_registration_comes_back_as_it_was() {
    let ours = seed(Network::Main);
    let kept = kept();
    let text = kept.write(&ours);
    assert!(Registered::looks_so(&text) && text.ends_with('\n'));
    // a code may lose the last line feed
    for text in [text.as_str(), text.trim_end()] {
        let read = Registered::read(text, &ours).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(read.wallet().text(), kept.wallet().text());
        assert_eq!((read.wallet().name(), read.wallet().network()), ("Family", Network::Main));
        let labels: Vec<Option<&str>> = read.labels().iter().map(Option::as_deref).collect();
        assert_eq!(labels, [Some("Ann"), None, Some("Caro<U+202E>l")]);
        assert_eq!(read.write(&ours), kept.write(&ours));
    }
    // the seed says so on any network
    assert!(Registered::read(&text, &seed(Network::Test)).is_ok());
}

fn a_kept_registration_altered_by_one_bit_is_refused() {
    let ours = seed(Network::Main);
    let bytes = kept().write(&ours).into_bytes();
    let mut altered = 0;
    for place in 0..bytes.len() * 8 {
        let mut changed = bytes.clone();
        changed[place / 8] ^= 1 << (place % 8);
        let Ok(text) = String::from_utf8(changed) else { continue };
        match Registered::read(&text, &ours) {
            Err(AttestedError::Altered) => altered += 1,
            Err(AttestedError::Form { .. } | AttestedError::OtherSeed { .. }) => {}
            other => panic!("bit {place}: {other:?}"),
        }
    }
    assert!(altered > 3_000, "{altered}");
    // lines added, swapped and left out
    let text = String::from_utf8(bytes).unwrap();
    for changed in [
        text.replace("Name: ", "Name:  "),
        text.replace("Label 1: Ann\n", ""),
        text.replace("Label 1: Ann\n", "Label 2: Ann\n"),
        text.replace("Label 1: Ann\n", "Label 1: Ann\nLabel 2: Bob\n"),
        text.replace('\n', "\r\n"),
        format!("{text}\n"),
        format!(" {text}"),
        text.replace("Code: ", "Code:"),
        text.to_uppercase(),
        String::new(),
    ] {
        assert!(Registered::read(&changed, &ours).is_err(), "{changed}");
    }
}

fn a_kept_registration_of_another_seed_is_named() {
    let ours = seed(Network::Main);
    let text = kept().write(&ours);
    let words = coldlight::keys::Mnemonic::parse(crate::people::OURS)
        .unwrap_or_else(|error| panic!("{error}"));
    let passphrase = coldlight::keys::Passphrase::new("another");
    let other = coldlight::keys::Seed::open(&words, &passphrase, Network::Main);
    let error = Registered::read(&text, &other).unwrap_err();
    let AttestedError::OtherSeed { made, open } = error else { panic!("{error}") };
    assert_eq!(made.to_string(), "73c5da0a");
    assert_ne!(open, made);
    // under that seed's own name it is altered
    let renamed = text.replace("Seed: 73c5da0a", &format!("Seed: {open}"));
    assert_eq!(Registered::read(&renamed, &other).unwrap_err(), AttestedError::Altered);
}
