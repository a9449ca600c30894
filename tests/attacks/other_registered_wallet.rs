//! Change that goes to another wallet of ours, one that needs fewer signatures or another hand.

use crate::build::*;
use crate::registered::{Registered, payment, people, wallet};
use coldlight::review::Code::*;
use coldlight::review::OutputKind;
use coldlight::review::Place::*;
use coldlight::review::{Facts, Grade};

fn two() -> (Registered, Multi, Multi) {
    let [ours, bob, carol] = people();
    let firm = wallet("wsh(sortedmulti(2,@0,@1))", &[&ours, &bob]);
    let hot = wallet("wsh(sortedmulti(1,@0,@1))", &[&ours, &carol]);
    let mut scene = Registered::new(wallet("wsh(sortedmulti(2,@0,@1))", &[&ours, &bob]));
    scene.desk = scene.desk.with(hot.wallet("Hot"));
    (scene, firm, hot)
}

fn assert_moved(facts: &Facts, place: usize) {
    assert_found(facts, OwnOtherWallet, Grade::Warn, Output(place));
    assert_eq!(facts.outputs[place].kind, OutputKind::Own);
    assert!(facts.outputs[place].other_wallet);
    let pages: String = facts.pages().iter().map(|page| page.text()).collect();
    assert!(pages.contains("another wallet of yours"), "{pages}");
}

#[test]
fn change_to_another_registered_wallet_is_no_change_and_told() {
    let (scene, firm, hot) = two();
    let facts = scene.desk.facts(&payment(&firm, &hot));
    assert_moved(&facts, 1);
    assert_eq!(facts.outputs[1].wallet.as_deref(), Some("Hot"));
}

#[test]
fn a_grain_of_the_other_wallet_among_the_inputs_does_not_make_it_change() {
    let (scene, firm, hot) = two();
    let mut draft = payment(&firm, &hot);
    draft.spend(&hot.at(0, 0), 1_000);
    assert_moved(&scene.desk.facts(&draft), 1);
    // what the other wallet gave may come back to it
    let mut draft = payment(&firm, &firm);
    draft.spend(&hot.at(0, 0), 1_000);
    draft.back(&hot.at(1, 0), 900);
    let facts = scene.desk.facts(&draft);
    assert_lacks(&facts, OwnOtherWallet);
    assert_eq!(facts.outputs[2].kind, OutputKind::Change);
}

#[test]
fn the_other_wallet_under_this_wallets_claims_is_still_the_other_wallet() {
    let (scene, firm, hot) = two();
    let mut draft = payment(&firm, &firm);
    let n = draft.back(&hot.at(1, 0), 900);
    draft.psbt.outputs[n] = draft.psbt.outputs[1].clone();
    // our key is at the same path in both: only what derives to the script counts
    assert_moved(&scene.desk.facts(&draft), n);
}
