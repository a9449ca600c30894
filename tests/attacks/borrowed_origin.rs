//! Claims that carry our fingerprint without our key: only derivation counts.

use crate::build::*;
use coldlight::review::Code::*;
use coldlight::review::OutputKind;
use coldlight::review::Place::*;

#[test]
fn an_input_of_somebody_else_under_our_fingerprint_is_refused() {
    let (ours, thief) = (Person::new(OURS), Person::new(BOB));
    let mut draft = Draft::ordinary(&ours);
    let n = draft.spend(&ours_at(&thief, 0, 0), 5_000);
    assert!(!Desk::of(&ours).facts(&draft).inputs[n].ours);
    for source in draft.psbt.inputs[n].bip32_derivation.values_mut() {
        source.0 = ours.fingerprint();
    }
    assert_refused(&Desk::of(&ours).examine(&draft), ScriptWrong, Input(n));
}

#[test]
fn hundreds_of_false_claims_do_not_hide_a_true_one() {
    let (ours, thief) = (Person::new(OURS), Person::new(BOB));
    let mut draft = Draft::ordinary(&ours);
    for index in 0..300 {
        let path = format!("m/84h/1h/0h/1/{index}");
        draft.psbt.outputs[1].bip32_derivation.insert(thief.key(&path), thief.source(&path));
    }
    // others' claims about our output are nobody's business; it is ours by derivation
    let facts = Desk::of(&ours).facts(&draft);
    assert_eq!(facts.outputs[1].kind, OutputKind::Change);
    for source in draft.psbt.outputs[1].bip32_derivation.values_mut() {
        source.0 = ours.fingerprint();
    }
    assert_refused(&Desk::of(&ours).examine(&draft), ChangeFalse, Output(1));
}
