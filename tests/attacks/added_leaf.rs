//! A leaf of the attacker's is added to the Taproot tree, beside those that were agreed.

use crate::build::*;
use crate::registered::{NUMS, Registered, payment, people, thief, wallet};
use coldlight::review::Code::*;
use coldlight::review::OutputKind;
use coldlight::review::Place::*;

fn trees() -> (Registered, Multi) {
    let [ours, bob, _] = people();
    let honest = wallet(&format!("tr({NUMS},multi_a(2,@0,@1))"), &[&ours, &bob]);
    let form = format!("tr({NUMS},{{multi_a(2,@0,@1),pk(@2)}})");
    (Registered::new(honest), wallet(&form, &[&ours, &bob, &thief()]))
}

#[test]
fn change_and_coins_under_another_leaf_more_are_refused() {
    let (scene, grown) = trees();
    scene.assert_change_refused(&grown);
    scene.assert_coins_refused(&grown, WalletUnknown);
    let difference = scene.difference(&grown);
    let (before, after) = difference.template.expect("another script");
    assert!(!before.contains(",pk(@3") && after.contains(",pk(@3"), "{before} {after}");
}

#[test]
fn the_leaf_that_is_kept_back_is_refused_as_well() {
    // the PSBT shows the agreed leaf alone; the output's own key has the other one, too
    let [ours, bob, _] = people();
    let (scene, grown) = trees();
    let honest = wallet(&format!("tr({NUMS},multi_a(2,@0,@1))"), &[&ours, &bob]);
    let mut draft = payment(&honest, &honest);
    draft.psbt.unsigned_tx.output[1].script_pubkey = definite(&grown.at(1, 0)).script_pubkey();
    let examined = scene.desk.examine(&draft);
    assert_refused(&examined, ChangeFalse, Output(1));
    assert_eq!(examined.facts().outputs[1].kind, OutputKind::External);
    let mut draft = payment(&grown, &honest);
    let agreed = payment(&honest, &honest).psbt.inputs[0].tap_scripts.clone();
    draft.psbt.inputs[0].tap_scripts = agreed;
    assert_refused(&scene.desk.examine(&draft), ScriptWrong, Input(0));
}

#[test]
fn a_leaf_behind_the_internal_key_of_a_wallet_without_leaves_is_refused() {
    let [ours, ..] = people();
    let scene = Registered::new(wallet("tr(@0)", &[&ours]));
    let grown = wallet("tr(@0,pk(@1))", &[&ours, &thief()]);
    scene.assert_change_refused(&grown);
    scene.assert_coins_refused(&grown, WalletUnknown);
}
