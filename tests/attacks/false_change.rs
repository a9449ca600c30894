//! The payment's rest goes to the attacker, dressed as change.

use crate::build::*;
use coldlight::review::Code::*;
use coldlight::review::OutputKind;
use coldlight::review::Place::*;

#[test]
fn an_attackers_address_under_our_path_is_refused() {
    let ours = Person::new(OURS);
    let thief = Person::new(BOB);
    for form in ["pkh(KEY)", "sh(wpkh(KEY))", "wpkh(KEY)", "tr(KEY)"] {
        let purpose = match form {
            "pkh(KEY)" => 44,
            "sh(wpkh(KEY))" => 49,
            "wpkh(KEY)" => 84,
            _ => 86,
        };
        let path = format!("m/{purpose}h/1h/0h/1/0");
        let mut draft = Draft::new();
        draft.spend(&ours_at(&ours, 0, 0), 1_000_000);
        draft.pay(payee(), 600_000);
        let n = draft.back(&form.replace("KEY", &ours.at(&path)), 399_000);
        let honest = Desk::of(&ours).facts(&draft);
        assert_eq!(honest.outputs[n].kind, OutputKind::Change, "{form}");
        // the claims stay, the script is the thief's
        let theirs = definite(&form.replace("KEY", &thief.at(&path))).script_pubkey();
        draft.psbt.unsigned_tx.output[n].script_pubkey = theirs;
        let examined = Desk::of(&ours).examine(&draft);
        assert_refused(&examined, ChangeFalse, Output(n));
        assert_eq!(examined.facts().outputs[n].kind, OutputKind::External);
    }
}

#[test]
fn our_key_named_beside_the_attackers_proves_nothing() {
    let ours = Person::new(OURS);
    let thief = Person::new(BOB);
    let mut draft = Draft::ordinary(&ours);
    let n = draft.back(&ours_at(&thief, 1, 0), 500);
    let path = "m/84h/1h/0h/1/0";
    draft.psbt.outputs[n].bip32_derivation.insert(ours.key(path), ours.source(path));
    assert_refused(&Desk::of(&ours).examine(&draft), ChangeFalse, Output(n));
}

#[test]
fn an_anyone_can_spend_script_around_our_key_is_no_change() {
    let ours = Person::new(OURS);
    let path = "m/84h/1h/0h/1/0";
    // <our key> OP_DROP OP_TRUE
    let script = bitcoin::script::Builder::new()
        .push_key(&ours.key(path).into())
        .push_opcode(bitcoin::opcodes::all::OP_DROP)
        .push_int(1)
        .into_script();
    let mut draft = Draft::ordinary(&ours);
    let n = draft.pay(script.to_p2wsh(), 500);
    draft.psbt.outputs[n].witness_script = Some(script);
    draft.psbt.outputs[n].bip32_derivation = [(ours.key(path), ours.source(path))].into();
    let facts = Desk::of(&ours).facts(&draft);
    assert_found(&facts, WalletUnknown, coldlight::review::Grade::Warn, Output(n));
    assert_eq!(facts.outputs[n].kind, OutputKind::External);
}
