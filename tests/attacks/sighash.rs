//! A signature that leaves the outputs open.

use crate::build::*;
use bitcoin::psbt::PsbtSighashType;
use coldlight::review::Code::*;
use coldlight::review::Grade::*;
use coldlight::review::Place::*;

#[test]
fn a_signature_that_others_can_turn_against_us_is_refused() {
    let ours = Person::new(OURS);
    for sighash_type in [0x02, 0x03, 0x81, 0x82, 0x83] {
        let mut draft = Draft::ordinary(&ours);
        draft.psbt.inputs[0].sighash_type = Some(PsbtSighashType::from_u32(sighash_type));
        assert_refused(&Desk::of(&ours).examine(&draft), SighashUnusual, Input(0));
    }
}

#[test]
fn one_open_input_among_many_is_enough_to_refuse() {
    let ours = Person::new(OURS);
    let mut draft = Draft::ordinary(&ours);
    for index in 1..20 {
        draft.spend(&ours_at(&ours, 0, index), 1_000);
    }
    assert_eq!(codes(&Desk::of(&ours).facts(&draft)), []);
    draft.psbt.inputs[13].sighash_type = Some(PsbtSighashType::from_u32(0x83));
    assert_refused(&Desk::of(&ours).examine(&draft), SighashUnusual, Input(13));
}

#[test]
fn what_the_expert_allows_is_signed_as_asked_and_never_the_number_one() {
    let ours = Person::new(OURS);
    let expert = Desk { allow: true, ..Desk::of(&ours) };
    let legacy = |index: u32| format!("pkh({})", ours.at(&format!("m/44h/1h/0h/0/{index}")));
    let mut draft = Draft::new();
    draft.spend(&legacy(0), 1_000_000);
    draft.spend(&legacy(1), 1_000_000);
    draft.pay(payee(), 1_990_000);
    draft.psbt.inputs[0].sighash_type = Some(PsbtSighashType::from_u32(0x03));
    assert_found(&expert.facts(&draft), SighashUnusual, Warn, Input(0));
    let signed = expert.sign(&draft);
    let (_, bytes) = &signed.inputs()[0].partial_sigs[0];
    assert_eq!(bytes.last(), Some(&0x03));
    // input 1 has no output 1: SINGLE would sign the number one, good for every coin of the key
    draft.psbt.inputs[1].sighash_type = Some(PsbtSighashType::from_u32(0x03));
    assert_refused(&expert.examine(&draft), SighashUnusual, Input(1));
}
