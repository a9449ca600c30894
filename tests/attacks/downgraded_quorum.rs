//! The right keys under a weaker policy: one signature where two were agreed.

use crate::build::*;
use coldlight::review::Code::*;
use coldlight::review::OutputKind;
use coldlight::review::Place::*;

#[test]
fn change_to_the_same_keys_with_a_lower_quorum_is_refused() {
    let (ours, bob, carol) = (Person::new(OURS), Person::new(BOB), Person::new(CAROL));
    let all = [&ours, &bob, &carol];
    let family = Multi::new("wsh(sortedmulti(2,KEYS))", &all);
    let desk = Desk::of(&ours).with(family.wallet("Family"));
    for weaker in [
        "wsh(sortedmulti(1,KEYS))",
        "sh(wsh(sortedmulti(2,KEYS)))", // another output kind hides the coins from the wallet
    ] {
        let mut draft = Draft::new();
        draft.spend(&family.at(0, 0), 1_000_000);
        draft.back(&Multi::new(weaker, &all).at(1, 0), 990_000);
        assert_refused(&desk.examine(&draft), ChangeFalse, Output(0));
    }
    let mut draft = Draft::new();
    draft.spend(&family.at(0, 0), 1_000_000);
    draft.back(&family.at(1, 0), 990_000);
    assert_eq!(desk.facts(&draft).outputs[0].kind, OutputKind::Change);
}

#[test]
fn multisig_coins_going_to_our_single_key_are_never_change() {
    let (ours, bob) = (Person::new(OURS), Person::new(BOB));
    let shared = Multi::new("wsh(sortedmulti(2,KEYS))", &[&ours, &bob]);
    let desk = Desk::of(&ours).with(shared.wallet("Shared"));
    let mut draft = Draft::new();
    draft.spend(&shared.at(0, 0), 1_000_000);
    draft.back(&ours_at(&ours, 1, 0), 990_000);
    let facts = desk.facts(&draft);
    assert_found(&facts, OwnOtherWallet, coldlight::review::Grade::Warn, Output(0));
    assert_eq!(facts.outputs[0].kind, OutputKind::Own);
}
