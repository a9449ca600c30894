//! What a registration means: who can spend and when, whose keys are in it, what is unusual.

use crate::common::vectors;
use crate::people::{Person, SHARED, body, checked, descriptor, seed};
use bitcoin::bip32::{ChainCode, DerivationPath, Xpub};
use bitcoin::hashes::{Hash, sha256};
use coldlight::wallet::registration::{Content, read};
use coldlight::wallet::{
    Alternative, ChainCodeOf, Grade, HashKind, Judged, KeyRing, Known, Layout, Lock, Network,
    Owner, PathPlace, PolicyError, Quorum, Registered, RegistrationFinding as Finding, Unspendable,
    Wallet, judge, judge_registration,
};
use libtest_mimic::Trial;

pub fn tests() -> Vec<Trial> {
    vec![
        vectors::constant!(the_ways_to_spend_are_told_the_soonest_first),
        vectors::constant!(too_many_ways_are_not_listed),
        vectors::constant!(unsound_scripts_are_named),
        vectors::constant!(keys_are_yours_when_the_seed_gives_them),
        vectors::constant!(keys_that_nobody_can_spend_with_are_named),
        vectors::constant!(what_is_unusual_is_found),
        vectors::constant!(the_accounts_of_an_electrum_seed_are_usual_for_it_alone),
        vectors::constant!(every_finding_has_its_own_code),
    ]
}

pub fn wallet(form: &str) -> Wallet {
    Wallet::parse(&descriptor(form), "w", Network::Main).unwrap_or_else(|e| panic!("{form}: {e}"))
}

fn ways(form: &str) -> Vec<(Vec<Quorum>, Vec<Lock>)> {
    let policy = wallet(form).spending_policy().unwrap_or_else(|error| panic!("{form}: {error}"));
    let ways = policy.alternatives().expect("few enough");
    ways.into_iter().map(|way| (way.signers, way.locks)).collect()
}

fn of(needed: usize, keys: &[usize]) -> Vec<Quorum> {
    vec![Quorum::Of { needed, of: keys.iter().copied().map(Quorum::One).collect() }]
}

fn one(key: usize) -> Vec<Quorum> {
    vec![Quorum::One(key)]
}

fn the_ways_to_spend_are_told_the_soonest_first() {
    let none = Vec::new;
    let blocks = |number| vec![Lock::BlocksAfter(number)];
    for (form, expected) in [
        ("wpkh(A)", vec![(one(0), none())]),
        ("wsh(sortedmulti(2,A,B,C))", vec![(of(2, &[0, 1, 2]), none())]),
        ("sh(multi(2,A,B))", vec![(of(2, &[0, 1]), none())]),
        // the example
        (
            "wsh(or_d(multi(2,A,B,C),and_v(v:pkh(D),older(52560))))",
            vec![(of(2, &[0, 1, 2]), none()), (one(3), blocks(52_560))],
        ),
        // a threshold that counts a lock: BIP388's 3 of 3 that becomes 2 of 3
        (
            "wsh(thresh(3,pk(A),s:pk(B),s:pk(C),sln:older(12960)))",
            vec![(of(3, &[0, 1, 2]), none()), (of(2, &[0, 1, 2]), blocks(12_960))],
        ),
        // Taproot: internal key and leaves, whatever their order
        (
            "tr(A,{and_v(v:pk(B),older(144)),and_v(v:multi_a(2,C,D),older(12))})",
            vec![(one(0), none()), (of(2, &[2, 3]), blocks(12)), (one(1), blocks(144))],
        ),
        (
            "wsh(andor(pk(A),older(4194305),and_v(v:pk(B),after(800000))))",
            vec![(one(1), vec![Lock::FromHeight(800_000)]), (one(0), vec![Lock::UnitsAfter(1)])],
        ),
        (
            "wsh(and_v(v:pk(A),or_d(pk(B),after(1900000000))))",
            vec![(of(2, &[0, 1]), none()), (one(0), vec![Lock::FromTime(1_900_000_000)])],
        ),
        // groups side by side are ways of their own
        (
            "wsh(or_i(multi(2,A,B),multi(2,C,D)))",
            vec![(of(2, &[0, 1]), none()), (of(2, &[2, 3]), none())],
        ),
    ] {
        let mut found = ways(form);
        if form.contains("or_d(pk(B),after") {
            // two keys that are both needed: as one group or side by side
            let (signers, _) = &mut found[0];
            if signers.len() == 2 {
                *signers = vec![Quorum::Of { needed: 2, of: std::mem::take(signers) }];
            }
        }
        assert_eq!(found, expected, "{form}");
    }
    let hash = "926a54995ca48600920a19bf7bc502ca5f2f7d07e6f804c4f00ebf0325084dfc";
    let policy = wallet(&format!("wsh(andor(pk(A),sha256({hash}),and_v(v:pk(B),older(9))))"));
    let policy = policy.spending_policy().unwrap();
    let [first, second] = &policy.alternatives().unwrap()[..] else { panic!("two ways") };
    assert_eq!((first.alone(), first.hashes.len()), (Some(0), 1));
    assert_eq!((first.hashes[0].kind, first.hashes[0].hash.as_str()), (HashKind::Sha256, hash));
    assert_eq!((second.alone(), second.locks.as_slice()), (Some(1), &[Lock::BlocksAfter(9)][..]));
    assert_eq!(policy.locks(), [Lock::BlocksAfter(9)]);
}

fn too_many_ways_are_not_listed() {
    let mut form = "pk(A)".to_owned();
    for lock in 1..=20 {
        form = format!("{form},sln:older({lock})");
    }
    let policy =
        wallet(&format!("wsh(and_v(v:pk(B),thresh(8,{form})))")).spending_policy().unwrap();
    assert_eq!(policy.alternatives(), None);
    assert_eq!(policy.locks().len(), 20);
}

fn unsound_scripts_are_named() {
    for (form, why) in [
        ("wsh(or_i(pk(A),older(10)))", PolicyError::NoSignature),
        ("wsh(and_v(v:pk(A),and_v(v:after(10),after(500000001))))", PolicyError::MixedLocks),
    ] {
        let wallet = wallet(form);
        assert_eq!(wallet.spending_policy(), Err(why), "{form}");
        let judged = judge(&wallet, &Known::default());
        assert!(judged.is_refused() && judged.policy.is_none());
        assert_eq!(judged.findings[0], Finding::Unsound(why));
    }
}

fn judged(wallet: &Wallet) -> Judged {
    judge(wallet, &Known { ring: Some(&seed(Network::Main)), ..Known::default() })
}

fn keys_are_yours_when_the_seed_gives_them() {
    let ours = seed(Network::Main);
    let wallet = wallet("wsh(sortedmulti(2,A,B,C))");
    let found = judged(&wallet);
    assert_eq!(found.owners, [Owner::Yours, Owner::Cosigner, Owner::Cosigner]);
    assert_eq!(found.findings, []);
    assert_eq!(judge(&wallet, &Known::default()).owners, [Owner::Untold; 3]);
    // our fingerprint and path over another key
    let lie = body("wsh(sortedmulti(2,A,B))");
    let lie = lie.replace(
        &Person::new(0).xpub(SHARED).to_string(),
        &Person::new(4).xpub(SHARED).to_string(),
    );
    let wallet = Wallet::parse(&checked(&lie), "w", Network::Main).unwrap();
    let found = judged(&wallet);
    assert!(found.is_refused());
    assert_eq!(found.findings[..2], [Finding::FalselyYours { signer: 0 }, Finding::NotYours]);
    // our key with another chain code: its addresses are another's
    let mut key: Xpub = Person::new(0).xpub(SHARED);
    key.chain_code = ChainCode::from([7; 32]);
    let twisted = body("wsh(sortedmulti(2,A,B))")
        .replace(&Person::new(0).xpub(SHARED).to_string(), &key.to_string());
    let wallet = Wallet::parse(&checked(&twisted), "w", Network::Main).unwrap();
    assert_eq!(judged(&wallet).owners[0], Owner::Cosigner);
    // our key under no fingerprint that PSBTs would carry
    let unnamed = body("wsh(sortedmulti(2,A,B))").replace("[73c5da0a", "[00000000");
    let wallet = Wallet::parse(&checked(&unnamed), "w", Network::Main).unwrap();
    let found = judged(&wallet);
    assert_eq!(found.owners[0], Owner::Yours);
    let said = Some([0; 4].into());
    assert_eq!(
        found.findings,
        [Finding::YoursUnnamed { signer: 0, said }, Finding::NoSpare { of: 2 }]
    );
    assert_eq!(KeyRing::fingerprint(&ours).to_string(), "73c5da0a");
}

fn internal(code: [u8; 32]) -> String {
    let point = "0250929b74c1a04954b78b4b6035e97a5e078a5a0f28ec96d547bfee9ace803ac0";
    let key = Xpub {
        network: bitcoin::NetworkKind::Main,
        depth: 0,
        parent_fingerprint: Default::default(),
        child_number: bitcoin::bip32::ChildNumber::Normal { index: 0 },
        public_key: point.parse().unwrap(),
        chain_code: ChainCode::from(code),
    };
    format!("{key}/<0;1>/*")
}

fn keys_that_nobody_can_spend_with_are_named() {
    let keys: Vec<[u8; 33]> =
        [1, 2, 1].map(|number| Person::new(number).xpub(SHARED).public_key.serialize()).to_vec();
    let in_order = sha256::Hash::hash(&keys.concat()).to_byte_array();
    let mut sorted = keys.clone();
    sorted.sort_unstable();
    sorted.dedup();
    let sorted = sha256::Hash::hash(&sorted.concat()).to_byte_array();
    let point = "50929b74c1a04954b78b4b6035e97a5e078a5a0f28ec96d547bfee9ace803ac0".to_owned();
    for (key, why) in [
        (point, Unspendable::Point),
        (internal(in_order), Unspendable::Extended(ChainCodeOf::KeysInOrder)),
        (internal(sorted), Unspendable::Extended(ChainCodeOf::KeysSorted)),
        (internal([0; 32]), Unspendable::Extended(ChainCodeOf::Zero)),
        (internal([9; 32]), Unspendable::Extended(ChainCodeOf::Other)),
    ] {
        let leaves = body("{multi_a(2,B,C),and_v(v:pk(B),older(5))}")
            .replace("),older", ",older")
            .replace("/<0;1>/*,older", "/<2;3>/*),older");
        let wallet = Wallet::parse(&checked(&format!("tr({key},{leaves})")), "w", Network::Main)
            .unwrap_or_else(|error| panic!("{error}"));
        let found = judged(&wallet);
        let policy = found.policy.expect("a policy");
        assert_eq!(policy.paths[0].place, PathPlace::Nobody(why), "{key}");
        assert_eq!(found.owners, [Owner::Nobody, Owner::Cosigner, Owner::Cosigner]);
        let ways: Vec<Alternative> = policy.alternatives().unwrap();
        assert_eq!(ways.len(), 2, "nobody is no way to spend");
        assert_eq!(
            found.findings,
            [Finding::NotYours, near(5), Finding::InternalKeyOfNobody(why), Finding::OrderCounts]
        );
    }
    // a point that only looks like it
    let other = "f9308a019258c31049344f85f89d5229b531c845836f99b08601f113bce036f9";
    let text = format!("tr({other},{})", body("multi_a(2,B,C)"));
    let wallet = Wallet::parse(&checked(&text), "w", Network::Main);
    let wallet = wallet.unwrap_or_else(|error| panic!("{text}: {error}"));
    let codes: Vec<&str> = judged(&wallet).findings.iter().map(Finding::code).collect();
    assert!(codes.contains(&"INTERNAL_KEY_SPENDS") && codes.contains(&"KEY_FIXED"), "{codes:?}");
}

fn near(blocks: u16) -> Finding {
    Finding::LockNear { lock: Lock::BlocksAfter(blocks), seconds: u64::from(blocks) * 600 }
}

fn what_is_unusual_is_found() {
    let ours = seed(Network::Main);
    let found = |form: &str| judged(&wallet(form)).findings;
    assert_eq!(found("wsh(sortedmulti(1,A,B,C))"), [Finding::OneOfMany { of: 3 }]);
    assert_eq!(found("wsh(sortedmulti(3,A,B,C))"), [Finding::NoSpare { of: 3 }]);
    assert_eq!(found("wsh(multi(2,A,B))"), [Finding::NoSpare { of: 2 }, Finding::OrderCounts]);
    // with a way out there is a spare
    assert_eq!(
        found("wsh(or_d(multi(2,A,B),and_v(v:pkh(C),older(52560))))"),
        [Finding::OrderCounts]
    );
    let path = |text: &str| text.parse().unwrap();
    assert_eq!(
        found("sh(wsh(sortedmulti(2,A,B,C)))"),
        [Finding::UnusualPath { signer: 0, path: path(SHARED), usual: path("48'/0'/0'/1'") }]
    );
    assert_eq!(
        found("wpkh(A)"),
        [Finding::UnusualPath { signer: 0, path: path(SHARED), usual: path("84'/0'/0'") }]
    );
    let at = |first: &str, second: &str| {
        let keys = [Person::new(0).key(first), Person::new(1).key(second)];
        let text = format!("wsh(sortedmulti(2,{}/<0;1>/*,{}/<0;1>/*,C))", keys[0], keys[1]);
        let text = text.replace(",C)", &format!(",{})", Person::new(2).ranged()));
        judged(&Wallet::parse(&checked(&text), "w", Network::Main).unwrap()).findings
    };
    assert_eq!(at("87'/0'/5'", SHARED), []);
    let codes =
        |findings: Vec<Finding>| -> Vec<&str> { findings.iter().map(Finding::code).collect() };
    assert_eq!(codes(at(SHARED, "48'/1'/0'/2'")), ["PATH_OTHER_NETWORK", "NETWORKS_MIXED"]);
    // one seed twice: somebody else's, and ours
    let twice = |number: u8| {
        let person = Person::new(number);
        let (one, two) = (person.key(SHARED), person.key("48'/0'/1'/2'"));
        let other = Person::new(if number == 0 { 1 } else { 0 }).ranged();
        let text = format!("wsh(sortedmulti(2,{one}/<0;1>/*,{two}/<0;1>/*,{other}))");
        Wallet::parse(&checked(&text), "w", Network::Main).unwrap()
    };
    let fingerprint = Person::new(1).fingerprint().parse().unwrap();
    assert_eq!(
        judged(&twice(1)).findings,
        [Finding::SameSeed { fingerprint, signers: vec![0, 1] }]
    );
    assert_eq!(judged(&twice(0)).findings, [Finding::SeveralHeld { signers: vec![0, 1] }]);
    // another seed of this appliance
    let held = [fingerprint];
    let known = Known { ring: Some(&ours), held: &held, ..Known::default() };
    let family = wallet("wsh(sortedmulti(2,A,B,C))");
    assert_eq!(judge(&family, &known).findings, [Finding::SeveralHeld { signers: vec![0, 1] }]);
    // registered before, with this key and with another of the same seed
    let other = Person::new(1).key("48'/0'/7'/2'");
    let other = checked(&format!("wsh(sortedmulti(1,{other}/<0;1>/*))"));
    let registered = [
        Wallet::parse(&descriptor("wpkh(C)"), "Alone", Network::Main).unwrap(),
        Wallet::parse(&other, "Firm", Network::Main).unwrap(),
    ]
    .map(Registered::from);
    let known = Known { ring: Some(&ours), wallets: &registered, ..Known::default() };
    assert_eq!(
        judge(&family, &known).findings,
        [
            Finding::FingerprintElsewhere { signer: 1, wallet: "Firm".into() },
            Finding::KeyElsewhere { signer: 2, wallet: "Alone".into() },
        ]
    );
    // locks against the clock and the height
    let locked = wallet("wsh(or_d(pk(A),and_v(v:pkh(B),after(900000))))");
    let at_height =
        |height| judge(&locked, &Known { ring: Some(&ours), height, ..Known::default() }).findings;
    let lock = Lock::FromHeight(900_000);
    assert_eq!(at_height(None), []);
    assert_eq!(at_height(Some(895_000)), []);
    assert_eq!(at_height(Some(899_000)), [Finding::LockNear { lock, seconds: 600_000 }]);
    assert_eq!(at_height(Some(900_001)), [Finding::LockNear { lock, seconds: 0 }]);
    // without an origin, and with one that is not the key's depth
    let bare = format!("wsh(sortedmulti(2,{}/<0;1>/*,A,B))", Person::new(2).xpub(SHARED));
    let bare =
        bare.replace(",A,B", &format!(",{},{}", Person::new(0).ranged(), Person::new(1).ranged()));
    let bare = Wallet::parse(&checked(&bare), "w", Network::Main).unwrap();
    assert_eq!(judged(&bare).findings, [Finding::NoOrigin { signer: 0 }]);
    let short = body("wsh(sortedmulti(2,A,B,C))");
    let mine = format!("[{}/{SHARED}]", Person::new(1).fingerprint());
    let short = short.replace(&mine, &mine.replace("/2'", ""));
    let short = Wallet::parse(&checked(&short), "w", Network::Main).unwrap();
    assert_eq!(judged(&short).findings, [Finding::Depth { signer: 1, path: 3, key: 4 }]);
    // how it came
    let sheet = format!(
        "Name: F\nPolicy: 2 of 3\nFormat: P2WSH\nDerivation: m/{SHARED}\n{}",
        (0..3)
            .map(|number| {
                let person = Person::new(number);
                format!("{}: {}\n", person.fingerprint(), person.xpub(SHARED))
            })
            .collect::<String>()
    );
    let read = read(Content::Text(&sheet), "w", Network::Main).unwrap();
    let judged =
        judge_registration(read.only().unwrap(), &Known { ring: Some(&ours), ..Known::default() });
    assert_eq!(codes(judged.findings), ["NO_CHECKSUM", "CHAINS_ASSUMED"]);
}

/// The public side of person 0, with another layout of its accounts.
struct Laid(Layout);

impl KeyRing for Laid {
    fn fingerprint(&self) -> bitcoin::bip32::Fingerprint {
        KeyRing::fingerprint(&seed(Network::Main))
    }
    fn public_key(&self, path: &DerivationPath) -> Option<bitcoin::secp256k1::PublicKey> {
        seed(Network::Main).public_key(path)
    }
    fn layout(&self) -> Layout {
        self.0
    }
}

fn the_accounts_of_an_electrum_seed_are_usual_for_it_alone() {
    let codes = |layout, path: &str| -> Vec<&'static str> {
        let text = checked(&format!("wpkh({}/<0;1>/*)", Person::new(0).key(path)));
        let wallet = Wallet::parse(&text, "w", Network::Main).unwrap();
        let ring = Laid(layout);
        let found = judge(&wallet, &Known { ring: Some(&ring), ..Known::default() });
        found.findings.iter().map(Finding::code).collect()
    };
    for (layout, usual, unusual) in
        [(Layout::Purposes, "84'/0'/0'", "0'"), (Layout::ElectrumSegwit, "0'", "84'/0'/0'")]
    {
        assert_eq!(codes(layout, usual), [""; 0]);
        assert_eq!(codes(layout, unusual), ["PATH_UNUSUAL"]);
    }
}

fn every_finding_has_its_own_code() {
    use coldlight::wallet::registration::Adaptation;
    let signer = 0;
    let all = [
        Finding::Unsound(PolicyError::MixedLocks),
        Finding::Unsound(PolicyError::TooLarge),
        Finding::Unsound(PolicyError::NoSignature),
        Finding::Unsound(PolicyError::Untold),
        Finding::FalselyYours { signer },
        Finding::NotYours,
        Finding::YoursUnnamed { signer, said: None },
        Finding::UnusualPath { signer, path: Default::default(), usual: Default::default() },
        Finding::OtherNetwork { signer },
        Finding::MixedNetworks,
        Finding::SeveralHeld { signers: vec![0, 1] },
        Finding::SameSeed { fingerprint: Default::default(), signers: vec![0, 1] },
        Finding::KeyElsewhere { signer, wallet: String::new() },
        Finding::FingerprintElsewhere { signer, wallet: String::new() },
        Finding::OneOfMany { of: 2 },
        Finding::NoSpare { of: 2 },
        near(5),
        Finding::InternalKeySpends { signer },
        Finding::InternalKeyOfNobody(Unspendable::Point),
        Finding::FixedKey { signer },
        Finding::NoOrigin { signer },
        Finding::OriginsDiffer { signer },
        Finding::Depth { signer, path: 1, key: 2 },
        Finding::SeveralPaths { signer },
        Finding::Malleable,
        Finding::OrderCounts,
        Finding::Unchecked,
        Finding::Adapted(Adaptation::ChangeChain),
        Finding::Adapted(Adaptation::Chains),
        Finding::Adapted(Adaptation::Prefix {
            number: 1,
            prefix: coldlight::wallet::Prefix::SegwitSingle,
        }),
    ];
    let mut codes: Vec<&str> = all.iter().map(Finding::code).collect();
    codes.sort_unstable();
    codes.dedup();
    assert_eq!(codes.len(), all.len());
    let refused = all.iter().filter(|finding| finding.grade() == Grade::Refuse).count();
    assert_eq!(refused, 5);
}
