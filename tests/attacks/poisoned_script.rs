//! An input whose witness or redeem script is another than its output's, or which holds our key
//! only for show.

use crate::build::*;
use bitcoin::ScriptBuf;
use coldlight::review::Code::*;
use coldlight::review::Place::*;

#[test]
fn a_witness_script_that_does_not_hash_to_the_output_is_refused() {
    let (ours, bob) = (Person::new(OURS), Person::new(BOB));
    for form in ["wsh(sortedmulti(2,KEYS))", "sh(wsh(sortedmulti(2,KEYS)))"] {
        let shared = Multi::new(form, &[&ours, &bob]);
        let desk = Desk::of(&ours).with(shared.wallet("Shared"));
        let mut draft = Draft::new();
        draft.spend(&shared.at(0, 0), 1_000_000);
        draft.pay(payee(), 990_000);
        assert_eq!(codes(&desk.facts(&draft)), []);
        let other = definite(&shared.at(0, 1)).explicit_script().unwrap();
        draft.psbt.inputs[0].witness_script = Some(other);
        assert_refused(&desk.examine(&draft), ScriptWrong, Input(0));
    }
}

#[test]
fn a_redeem_script_that_does_not_hash_to_the_output_is_refused() {
    let (ours, bob) = (Person::new(OURS), Person::new(BOB));
    let shared = Multi::new("sh(sortedmulti(2,KEYS))", &[&ours, &bob]);
    let desk = Desk::of(&ours).with(shared.wallet("Shared"));
    let mut draft = Draft::new();
    draft.spend(&shared.at(0, 0), 1_000_000);
    draft.pay(payee(), 990_000);
    assert_eq!(codes(&desk.facts(&draft)), []);
    draft.psbt.inputs[0].redeem_script = Some(ScriptBuf::from_hex("51").unwrap());
    assert_refused(&desk.examine(&draft), ScriptWrong, Input(0));
}

#[test]
fn our_key_on_a_script_without_it_is_refused() {
    let (ours, bob, carol) = (Person::new(OURS), Person::new(BOB), Person::new(CAROL));
    let theirs = Multi::new("wsh(sortedmulti(2,KEYS))", &[&bob, &carol]);
    let mut draft = Draft::ordinary(&ours);
    let n = draft.spend(&theirs.at(0, 0), 5_000);
    let path = "m/48h/1h/0h/2h/0/0";
    draft.psbt.inputs[n].bip32_derivation.insert(ours.key(path), ours.source(path));
    assert_refused(&Desk::of(&ours).examine(&draft), ScriptWrong, Input(n));
}

#[test]
fn our_key_in_a_branch_of_an_unknown_script_is_not_signed_for() {
    let ours = Person::new(OURS);
    let path = "m/48h/1h/0h/2h/0/0";
    // OP_IF <our key> OP_CHECKSIG OP_ELSE OP_TRUE OP_ENDIF
    use bitcoin::opcodes::all::*;
    let script = bitcoin::script::Builder::new()
        .push_opcode(OP_IF)
        .push_key(&ours.key(path).into())
        .push_opcode(OP_CHECKSIG)
        .push_opcode(OP_ELSE)
        .push_int(1)
        .push_opcode(OP_ENDIF)
        .into_script();
    let mut draft = Draft::ordinary(&ours);
    let n = draft.spend_script(script.to_p2wsh(), 5_000);
    draft.psbt.inputs[n].witness_script = Some(script);
    draft.psbt.inputs[n].bip32_derivation = [(ours.key(path), ours.source(path))].into();
    assert_refused(&Desk::of(&ours).examine(&draft), WalletUnknown, Input(n));
}
