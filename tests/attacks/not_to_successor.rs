//! A compromised key is asked for a sweep to its successor, and some of the coins go elsewhere. The
//! thief has the key, and the coordinator may be his.

use crate::build::*;
use coldlight::review::Code::*;
use coldlight::review::Place::*;
use coldlight::review::{Examined, Grade, OutputKind};
use coldlight::wallet::{Network, Successor, SuccessorError, Wallet};

/// Another wallet of the same owner takes over.
fn successor(person: &Person, left: &Person) -> Successor {
    let wallets = person.seed().descriptors();
    let wallets = wallets.iter().map(|text| parsed(text)).collect();
    Successor::new("Next", wallets, &left.seed()).unwrap_or_else(|error| panic!("{error}"))
}

fn parsed(text: &str) -> Wallet {
    Wallet::parse(text, "Next", Network::Test).unwrap_or_else(|error| panic!("{error}"))
}

/// The coordinator knows nothing of the successor but its addresses.
fn address(person: &Person, kind: &str, path: &str) -> bitcoin::ScriptBuf {
    definite(&kind.replace("KEY", &person.at(path))).script_pubkey()
}

struct Scene {
    ours: Person,
    next: Person,
    desk: Desk,
}

impl Scene {
    fn new() -> Self {
        let (ours, next) = (Person::new(OURS), Person::new(BOB));
        let only_to = Some(successor(&next, &ours));
        let desk = Desk { only_to, ..Desk::of(&ours) };
        Self { ours, next, desk }
    }

    /// Two coins, all of them to two addresses of the successor.
    fn sweep(&self) -> Draft {
        let mut draft = Draft::new();
        draft.spend(&ours_at(&self.ours, 0, 0), 1_000_000);
        draft.spend(&ours_at(&self.ours, 1, 7), 500_000);
        draft.pay(address(&self.next, "wpkh(KEY)", "m/84h/1h/0h/0/0"), 900_000);
        draft.pay(address(&self.next, "tr(KEY)", "m/86h/1h/0h/1/3"), 599_000);
        draft
    }

    fn assert_passes(&self) {
        let facts = self.desk.facts(&self.sweep());
        assert!(facts.graded(Grade::Refuse).next().is_none(), "{:#?}", facts.findings);
    }

    fn assert_refused(&self, draft: &Draft, place: usize) {
        self.assert_passes();
        assert_refused(&self.desk.examine(draft), NotToSuccessor, Output(place));
    }
}

#[test]
fn a_sweep_to_the_successor_is_proven_by_its_descriptors_alone() {
    let scene = Scene::new();
    let draft = scene.sweep();
    assert!(draft.psbt.outputs.iter().all(|output| output.bip32_derivation.is_empty()));
    let facts = scene.desk.facts(&draft);
    assert_lacks(&facts, NotToSuccessor);
    assert_lacks(&facts, OwnOtherWallet);
    let told: Vec<_> = facts.outputs.iter().map(|output| (output.kind, output.index)).collect();
    assert_eq!(told, [(OutputKind::Own, Some(0)), (OutputKind::Own, Some(3))]);
    assert!(facts.outputs.iter().all(|output| output.successor));
    let fingerprint = scene.next.fingerprint();
    let pages: Vec<String> = facts.pages().iter().map(|page| page.text()).collect();
    let said = pages[0].split_whitespace().collect::<Vec<_>>().join(" ");
    let expected =
        format!("All outputs belong to the successor wallet Next ({fingerprint}), proven.");
    assert!(said.contains(&expected), "{}", pages[0]);
    let signed = scene.desk.sign(&draft);
    assert_eq!(signed.inputs().len(), 2);
}

#[test]
fn an_output_to_somebody_else_is_refused() {
    let scene = Scene::new();
    let mut draft = scene.sweep();
    draft.psbt.unsigned_tx.output[1].script_pubkey = payee();
    scene.assert_refused(&draft, 1);
    let mut draft = scene.sweep();
    draft.pay(payee(), 600);
    scene.assert_refused(&draft, 2);
    let examined = scene.desk.examine(&draft);
    assert!(matches!(examined, Examined::Refused(_)));
    assert!(!examined.facts().pages()[0].text().contains("All outputs belong"));
}

#[test]
fn change_back_to_the_key_that_is_left_is_refused() {
    let scene = Scene::new();
    for chain in [0, 1] {
        let mut draft = scene.sweep();
        draft.psbt.unsigned_tx.output[1].value = bitcoin::Amount::from_sat(99_000);
        let n = draft.back(&ours_at(&scene.ours, chain, 8), 500_000);
        scene.assert_refused(&draft, n);
    }
}

#[test]
fn an_output_without_coins_is_refused_as_well() {
    let scene = Scene::new();
    // 0 sat to somebody else, a word for the thief, and coins that burn
    let data = bitcoin::ScriptBuf::new_op_return(b"thief");
    for (script, sat) in [(payee(), 0), (data.clone(), 0), (data, 10_000)] {
        let mut draft = scene.sweep();
        let n = draft.pay(script, sat);
        draft.psbt.unsigned_tx.output[0].value -= bitcoin::Amount::from_sat(sat);
        scene.assert_refused(&draft, n);
    }
}

#[test]
fn an_output_of_the_successors_without_coins_beside_a_theft_proves_nothing() {
    let scene = Scene::new();
    let mut draft = scene.sweep();
    draft.psbt.unsigned_tx.output[0].value = bitcoin::Amount::ZERO;
    draft.psbt.unsigned_tx.output[1].script_pubkey = payee();
    scene.assert_refused(&draft, 1);
}

#[test]
fn the_successors_path_with_another_key_proves_nothing() {
    let scene = Scene::new();
    let thief = Person::new(CAROL);
    let mut draft = scene.sweep();
    let path = "m/84h/1h/0h/0/0";
    // the thief's script under the successor's key and origin
    draft.psbt.unsigned_tx.output[0].script_pubkey = address(&thief, "wpkh(KEY)", path);
    draft.psbt.outputs[0].bip32_derivation =
        [(scene.next.key(path), scene.next.source(path))].into();
    scene.assert_refused(&draft, 0);
}

#[test]
fn a_successor_of_several_keys_with_one_exchanged_is_another_wallet() {
    let (ours, bob, carol) = (Person::new(OURS), Person::new(BOB), Person::new(CAROL));
    let thief = Person::new("zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo wrong");
    let form = "wsh(sortedmulti(2,KEYS))";
    let next = Multi::new(form, &[&bob, &carol]);
    let swapped = Multi::new(form, &[&bob, &thief]);
    let only_to = Successor::new("Family", vec![next.wallet("Family")], &ours.seed());
    let desk = Desk { only_to: only_to.ok(), ..Desk::of(&ours) };
    assert!(desk.only_to.is_some());
    let with = |wallet: &Multi| {
        let mut draft = Draft::new();
        draft.spend(&ours_at(&ours, 0, 0), 1_000_000);
        draft.back(&wallet.at(0, 5), 990_000);
        draft
    };
    assert_lacks(&desk.facts(&with(&next)), NotToSuccessor);
    assert_refused(&desk.examine(&with(&swapped)), NotToSuccessor, Output(0));
}

#[test]
fn a_wallet_with_the_key_that_is_left_does_not_take_over() {
    let (ours, bob) = (Person::new(OURS), Person::new(BOB));
    let refused = |wallet| Successor::new("Next", vec![wallet], &ours.seed()).err();
    let same = Some(SuccessorError::SameKey(ours.fingerprint()));
    for text in ours.seed().descriptors() {
        assert_eq!(refused(parsed(&text)), same);
    }
    let shared = Multi::new("wsh(sortedmulti(1,KEYS))", &[&ours, &bob]);
    assert_eq!(refused(shared.wallet("Shared")), same);
    // under a fingerprint that is not its own
    let hidden = ours.seed().descriptors()[2].replace(&ours.fingerprint().to_string(), "00000001");
    let (hidden, _) = hidden.split_once('#').unwrap_or_else(|| panic!("no checksum"));
    assert_eq!(refused(parsed(&with_checksum(hidden))), same);
}

#[test]
fn an_index_beyond_those_that_are_known_is_refused() {
    let scene = Scene::new();
    for (index, refused) in [(Successor::INDEXES - 1, false), (Successor::INDEXES, true)] {
        let mut draft = scene.sweep();
        let path = format!("m/84h/1h/0h/0/{index}");
        let script = address(&scene.next, "wpkh(KEY)", &path);
        draft.psbt.unsigned_tx.output[0].script_pubkey = script;
        let facts = scene.desk.facts(&draft);
        assert_eq!(facts.graded(Grade::Refuse).next().is_some(), refused, "{index}");
    }
}

#[test]
fn a_signature_that_lets_the_outputs_be_exchanged_cannot_be_allowed() {
    let scene = Scene::new();
    let mut draft = scene.sweep();
    draft.psbt.inputs[0].sighash_type = Some(bitcoin::psbt::PsbtSighashType::from_u32(2)); // NONE
    let free = Desk { allow: true, ..Desk::of(&scene.ours) };
    assert_found(&free.facts(&draft), SighashUnusual, Grade::Warn, Input(0));
    let bound = Desk { allow: true, only_to: scene.desk.only_to.clone(), ..Desk::of(&scene.ours) };
    assert_refused(&bound.examine(&draft), SighashUnusual, Input(0));
}
