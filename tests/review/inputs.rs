//! Findings about inputs.

use crate::build::*;
use bitcoin::psbt::PsbtSighashType;
use bitcoin::{Amount, ScriptBuf};
use coldlight::psbt::Psbt;
use coldlight::review::Code::*;
use coldlight::review::Examined;
use coldlight::review::Grade::*;
use coldlight::review::InputScript;
use coldlight::review::Place::*;

#[test]
fn every_single_key_kind_is_ours_and_needs_one_signature() {
    let ours = Person::new(OURS);
    let mut draft = Draft::new();
    draft.spend(&format!("pkh({})", ours.at("m/44h/1h/0h/0/0")), 1_000_000);
    draft.spend(&format!("sh(wpkh({}))", ours.at("m/49h/1h/1h/0/0")), 1_000_000);
    draft.spend(&format!("wpkh({})", ours.at("m/84h/1h/2h/1/3")), 1_000_000);
    draft.spend(&format!("tr({})", ours.at("m/86h/1h/9h/0/19999")), 1_000_000);
    draft.pay(payee(), 3_990_000);
    let facts = Desk::of(&ours).facts(&draft);
    assert_eq!(codes(&facts), []);
    let kinds: Vec<InputScript> = facts.inputs.iter().map(|input| input.script).collect();
    use InputScript::*;
    assert_eq!(kinds, [P2pkh, P2shP2wpkh, P2wpkh, P2trKey]);
    for input in &facts.inputs {
        assert!(input.ours && input.proven);
        assert_eq!((input.signatures.present, input.signatures.needed), (0, Some(1)));
        assert_eq!(input.to_sign, 1);
    }
    let tx = Desk::of(&ours).sign(&draft).finish().unwrap();
    assert_eq!(tx.input.len(), 4);
}

#[test]
fn an_input_that_is_not_ours_is_warned_about() {
    let ours = Person::new(OURS);
    let mut draft = Draft::ordinary(&ours);
    draft.spend(&ours_at(&Person::new(BOB), 0, 0), 5_000);
    let facts = Desk::of(&ours).facts(&draft);
    assert_eq!(codes(&facts), [(ForeignInput, Warn, Input(1))]);
    assert!(!facts.inputs[1].ours);
    assert_eq!(facts.inputs[1].to_sign, 0);
}

#[test]
fn an_unusual_path_of_an_input_is_warned_about() {
    let ours = Person::new(OURS);
    let mut draft = Draft::new();
    draft.spend(&format!("wpkh({})", ours.at("m/84h/1h/10h/0/0")), 1_000_000);
    draft.pay(payee(), 999_000);
    let facts = Desk::of(&ours).facts(&draft);
    assert_eq!(codes(&facts), [(UnusualPath, Warn, Input(0))]);
    assert_eq!(facts.inputs[0].to_sign, 1);
}

#[test]
fn a_legacy_input_needs_its_previous_transaction() {
    let ours = Person::new(OURS);
    let legacy = format!("pkh({})", ours.at("m/44h/1h/0h/0/0"));
    let mut draft = Draft::new();
    draft.spend(&legacy, 1_000_000);
    draft.pay(payee(), 999_000);
    assert_eq!(codes(&Desk::of(&ours).facts(&draft)), []);
    draft.unproven(0);
    assert_refused(&Desk::of(&ours).examine(&draft), PrevTxMissing, Input(0));
    // BIP174 forbids it for anybody's input
    let mut draft = Draft::ordinary(&ours);
    let n = draft.spend(&legacy, 5_000);
    draft.unproven(n);
    draft.psbt.inputs[n].bip32_derivation.clear();
    assert_refused(&Desk::of(&ours).examine(&draft), PrevTxMissing, Input(n));
}

#[test]
fn a_segwit_input_needs_either_field() {
    let ours = Person::new(OURS);
    let mut draft = Draft::ordinary(&ours);
    draft.psbt.inputs[0].witness_utxo = None;
    assert_eq!(codes(&Desk::of(&ours).facts(&draft)), []);
    draft.psbt.inputs[0].non_witness_utxo = None;
    assert_refused(&Desk::of(&ours).examine(&draft), PrevTxMissing, Input(0));
}

#[test]
fn a_taproot_input_needs_the_outputs_that_all_inputs_spend() {
    let ours = Person::new(OURS);
    let mut draft = Draft::ordinary(&ours);
    draft.spend(&format!("tr({})", ours.at("m/86h/1h/0h/0/0")), 5_000);
    let foreign = draft.spend(&ours_at(&Person::new(BOB), 0, 0), 5_000);
    assert_lacks(&Desk::of(&ours).facts(&draft), PrevTxMissing);
    draft.psbt.inputs[foreign].non_witness_utxo = None;
    draft.psbt.inputs[foreign].witness_utxo = None;
    assert_refused(&Desk::of(&ours).examine(&draft), PrevTxMissing, Input(1));
}

#[test]
fn a_wrong_previous_transaction_is_refused() {
    let ours = Person::new(OURS);
    // it does not hash to the outpoint
    let mut draft = Draft::ordinary(&ours);
    draft.psbt.inputs[0].non_witness_utxo.as_mut().unwrap().output[1].value = Amount::from_sat(7);
    draft.psbt.inputs[0].witness_utxo = None;
    assert_refused(&Desk::of(&ours).examine(&draft), PrevTxWrong, Input(0));
    // it lacks the output
    let mut draft = Draft::ordinary(&ours);
    draft.psbt.unsigned_tx.input[0].previous_output.vout = 2;
    draft.psbt.inputs[0].witness_utxo = None;
    assert_refused(&Desk::of(&ours).examine(&draft), PrevTxWrong, Input(0));
    // it disagrees with the witness UTXO
    let mut draft = Draft::ordinary(&ours);
    draft.psbt.inputs[0].witness_utxo.as_mut().unwrap().value = Amount::from_sat(1_000_001);
    assert_refused(&Desk::of(&ours).examine(&draft), PrevTxWrong, Input(0));
    // somebody else's input is judged as strictly
    let mut draft = Draft::ordinary(&ours);
    let n = draft.spend(&ours_at(&Person::new(BOB), 0, 0), 5_000);
    draft.psbt.inputs[n].witness_utxo.as_mut().unwrap().value = Amount::from_sat(1);
    assert_refused(&Desk::of(&ours).examine(&draft), PrevTxWrong, Input(1));
}

#[test]
fn scripts_that_do_not_match_the_output_are_refused() {
    let ours = Person::new(OURS);
    let nested = format!("sh(wpkh({}))", ours.at("m/49h/1h/0h/0/0"));
    let with = |change: &dyn Fn(&mut bitcoin::psbt::Input)| {
        let mut draft = Draft::ordinary(&ours);
        let n = draft.spend(&nested, 5_000);
        change(&mut draft.psbt.inputs[n]);
        Desk::of(&ours).examine(&draft)
    };
    let redeem = |script: &str| Some(ScriptBuf::from_hex(script).unwrap());
    let wrong =
        with(&|input| input.redeem_script = redeem("0014751e76e8199196d454941c45d1b3a323f1433bd6"));
    assert_refused(&wrong, ScriptWrong, Input(1));
    let wrong = with(&|input| input.witness_script = redeem("51"));
    assert_refused(&wrong, ScriptWrong, Input(1));
    let right = with(&|_| {});
    assert_lacks(right.facts(), ScriptWrong);
    // a redeem script where there is nothing to redeem
    let mut draft = Draft::ordinary(&ours);
    draft.psbt.inputs[0].redeem_script = redeem("51");
    assert_refused(&Desk::of(&ours).examine(&draft), ScriptWrong, Input(0));
}

#[test]
fn taproot_data_that_does_not_match_the_output_is_refused() {
    let ours = Person::new(OURS);
    let taproot = format!("tr({})", ours.at("m/86h/1h/0h/0/0"));
    let with = |change: &dyn Fn(&mut bitcoin::psbt::Input)| {
        let mut draft = Draft::ordinary(&ours);
        let n = draft.spend(&taproot, 5_000);
        change(&mut draft.psbt.inputs[n]);
        Desk::of(&ours).examine(&draft)
    };
    assert_lacks(with(&|_| {}).facts(), ScriptWrong);
    let other = ours.key("m/1").x_only_public_key().0;
    let wrong = with(&|input| input.tap_internal_key = Some(other));
    assert_refused(&wrong, ScriptWrong, Input(1));
    let root = bitcoin::hashes::Hash::from_byte_array([7; 32]);
    let wrong = with(&|input| input.tap_merkle_root = Some(root));
    assert_refused(&wrong, ScriptWrong, Input(1));
    // a leaf hash where there are no leaves
    let leaf = bitcoin::hashes::Hash::from_byte_array([7; 32]);
    let wrong = with(&|input| {
        input.tap_key_origins.values_mut().for_each(|origin| origin.0 = vec![leaf]);
    });
    assert_refused(&wrong, ScriptWrong, Input(1));
    // Taproot data on another kind of output
    let mut draft = Draft::ordinary(&ours);
    draft.psbt.inputs[0].tap_internal_key = Some(other);
    assert_refused(&Desk::of(&ours).examine(&draft), ScriptWrong, Input(0));
}

#[test]
fn a_path_of_ours_must_give_the_key_and_the_key_the_script() {
    let ours = Person::new(OURS);
    let bob = Person::new(BOB);
    // our fingerprint and path, another's key
    let mut draft = Draft::ordinary(&ours);
    draft.psbt.inputs[0].bip32_derivation =
        [(bob.key("m/84h/1h/0h/0/0"), ours.source("m/84h/1h/0h/0/0"))].into();
    assert_refused(&Desk::of(&ours).examine(&draft), ScriptWrong, Input(0));
    // our key, not the one that locks the output
    let mut draft = Draft::ordinary(&ours);
    draft.psbt.inputs[0].bip32_derivation =
        [(ours.key("m/84h/1h/0h/0/1"), ours.source("m/84h/1h/0h/0/1"))].into();
    assert_refused(&Desk::of(&ours).examine(&draft), ScriptWrong, Input(0));
}

#[test]
fn only_all_and_taproots_default_are_signed() {
    let ours = Person::new(OURS);
    let taproot = format!("tr({})", ours.at("m/86h/1h/0h/0/0"));
    let with = |descriptor: &str, sighash_type: Option<u32>| {
        let mut draft = Draft::new();
        draft.spend(descriptor, 1_000_000);
        draft.pay(payee(), 999_000);
        draft.psbt.inputs[0].sighash_type = sighash_type.map(PsbtSighashType::from_u32);
        draft
    };
    let segwit = ours_at(&ours, 0, 0);
    let desk = Desk::of(&ours);
    let expert = Desk { allow: true, ..Desk::of(&ours) };
    for usual in [None, Some(1)] {
        assert_eq!(codes(&desk.facts(&with(&segwit, usual))), []);
        assert_eq!(codes(&desk.facts(&with(&taproot, usual))), []);
    }
    assert_eq!(codes(&desk.facts(&with(&taproot, Some(0)))), []);
    for unusual in [2, 3, 0x81, 0x82, 0x83] {
        for descriptor in [&segwit, &taproot] {
            let draft = with(descriptor, Some(unusual));
            assert_refused(&desk.examine(&draft), SighashUnusual, Input(0));
            assert_found(&expert.facts(&draft), SighashUnusual, Warn, Input(0));
        }
    }
    // what no rule defines stays refused
    for unknown in [0, 4, 0x80, 0x84, 0x101, u32::MAX] {
        let draft = with(&segwit, Some(unknown));
        assert_refused(&expert.examine(&draft), SighashUnusual, Input(0));
    }
    // SINGLE with no output of its number: for a legacy input it would sign the number one
    let mut draft = with(&format!("pkh({})", ours.at("m/44h/1h/0h/0/0")), None);
    draft.spend(&format!("pkh({})", ours.at("m/44h/1h/0h/0/1")), 5_000);
    draft.psbt.inputs[1].sighash_type = Some(PsbtSighashType::from_u32(3));
    assert_refused(&expert.examine(&draft), SighashUnusual, Input(1));
    // somebody else's sighash type is theirs
    let mut draft = Draft::ordinary(&ours);
    let n = draft.spend(&ours_at(&Person::new(BOB), 0, 0), 5_000);
    draft.psbt.inputs[n].sighash_type = Some(PsbtSighashType::from_u32(0x83));
    assert_lacks(&desk.facts(&draft), SighashUnusual);
}

#[test]
fn our_valid_signature_is_noted_and_an_invalid_one_is_refused() {
    let ours = Person::new(OURS);
    let desk = Desk::of(&ours);
    let draft = Draft::ordinary(&ours);
    let signed = desk.sign(&draft);
    let examined = desk.examine_psbt(signed.clone());
    assert_eq!(codes(examined.facts()), [(AlreadySigned, Note, Input(0))]);
    assert_eq!(examined.facts().inputs[0].signatures.present, 1);
    let Examined::Reviewed(reviewed) = examined else { panic!("refused") };
    assert_eq!(reviewed.to_sign(), 0);

    let mut forged = bitcoin::Psbt::deserialize(&signed.serialize()).unwrap();
    forged.unsigned_tx.output[0].value = Amount::from_sat(599_999);
    let examined = desk.examine(&Draft { psbt: forged });
    assert_refused(&examined, SignatureInvalid, Input(0));
    assert_eq!(examined.facts().inputs[0].signatures.present, 0);
}

#[test]
fn our_signature_of_an_unusual_kind_is_refused_though_the_field_hides_it() {
    let ours = Person::new(OURS);
    let taproot = format!("tr({})", ours.at("m/86h/1h/0h/0/0"));
    let expert = Desk { allow: true, ..Desk::of(&ours) };
    for descriptor in [&ours_at(&ours, 0, 0), &taproot] {
        let mut draft = Draft::new();
        draft.spend(descriptor, 1_000_000);
        draft.pay(payee(), 999_000);
        draft.psbt.inputs[0].sighash_type = Some(PsbtSighashType::from_u32(0x82));
        let signed = expert.sign(&draft).serialize();
        // the coordinator takes the field away and asks again
        let mut hidden = bitcoin::Psbt::deserialize(&signed).unwrap();
        hidden.inputs[0].sighash_type = None;
        let hidden = Draft { psbt: hidden };
        assert_refused(&Desk::of(&ours).examine(&hidden), SighashUnusual, Input(0));
        assert_found(&expert.facts(&hidden), SighashUnusual, Warn, Input(0));
    }
}

#[test]
fn a_signature_of_ours_that_is_no_signature_is_refused() {
    let ours = Person::new(OURS);
    let draft = Draft::ordinary(&ours);
    let mut bytes = draft.psbt.serialize();
    // PSBT_IN_PARTIAL_SIG of our key: nine bytes that are not DER
    let key = ours.key("m/84h/1h/0h/0/0").serialize();
    let mut pair = vec![34, 2];
    pair.extend(key);
    pair.extend([9, 0x30, 6, 2, 1, 1, 2, 2, 1, 1]);
    // before PSBT_IN_BIP32_DERIVATION of the same key
    let mut origin = vec![34, 6];
    origin.extend(key);
    let place = bytes.windows(origin.len()).position(|window| window == origin).unwrap();
    bytes.splice(place..place, pair);
    match Psbt::parse(&bytes, &Default::default()) {
        Ok(psbt) => {
            assert_refused(&Desk::of(&ours).examine_psbt(psbt), SignatureInvalid, Input(0));
        }
        Err(error) => panic!("{error}"),
    }
}

#[test]
fn taproot_signatures_that_are_there_are_verified_too() {
    let ours = Person::new(OURS);
    let desk = Desk::of(&ours);
    let mut draft = Draft::new();
    draft.spend(&format!("tr({})", ours.at("m/86h/1h/0h/0/0")), 1_000_000);
    draft.pay(payee(), 999_000);
    let signed = desk.sign(&draft);
    let facts = desk.examine_psbt(signed.clone()).facts().clone();
    assert_eq!(codes(&facts), [(AlreadySigned, Note, Input(0))]);
    assert!(facts.inputs[0].proven);
    let mut forged = bitcoin::Psbt::deserialize(&signed.serialize()).unwrap();
    forged.unsigned_tx.output[0].value = Amount::from_sat(1);
    assert_refused(&desk.examine(&Draft { psbt: forged }), SignatureInvalid, Input(0));
}

#[test]
fn a_finished_input_of_ours_is_already_signed() {
    let ours = Person::new(OURS);
    let desk = Desk::of(&ours);
    let draft = Draft::ordinary(&ours);
    let tx = desk.sign(&draft).finish().unwrap();
    let mut finished = draft.psbt.clone();
    finished.inputs[0].final_script_witness = Some(tx.input[0].witness.clone());
    let facts = desk.facts(&Draft { psbt: finished.clone() });
    assert_eq!(codes(&facts), [(AlreadySigned, Note, Input(0))]);
    assert_eq!((facts.weight, facts.weight_exact), (Some(tx.weight().to_wu()), true));
    finished.unsigned_tx.output[0].value = Amount::from_sat(1);
    assert_refused(&desk.examine(&Draft { psbt: finished }), SignatureInvalid, Input(0));
}

#[test]
fn a_bare_public_key_of_ours_is_refused_by_name() {
    let ours = Person::new(OURS);
    let mut draft = Draft::ordinary(&ours);
    let key = ours.key("m/44h/1h/0h/0/0");
    let n = draft.spend_script(ScriptBuf::new_p2pk(&key.into()), 5_000);
    draft.psbt.inputs[n].bip32_derivation = [(key, ours.source("m/44h/1h/0h/0/0"))].into();
    assert_refused(&Desk::of(&ours).examine(&draft), FeatureUnsupported, Input(1));
}
