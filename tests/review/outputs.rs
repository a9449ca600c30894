//! Findings about outputs.

use crate::build::*;
use bitcoin::{Amount, ScriptBuf};
use coldlight::review::Code::*;
use coldlight::review::Grade::*;
use coldlight::review::OutputKind;
use coldlight::review::Place::*;

fn with_back(descriptor: &str) -> (Person, Draft) {
    let ours = Person::new(OURS);
    let mut draft = Draft::new();
    draft.spend(&ours_at(&ours, 0, 0), 1_000_000);
    draft.pay(payee(), 600_000);
    draft.back(descriptor, 399_000);
    (ours, draft)
}

#[test]
fn change_is_proven_by_derivation() {
    let ours = Person::new(OURS);
    let facts = Desk::of(&ours).facts(&Draft::ordinary(&ours));
    let change = &facts.outputs[1];
    assert_eq!((change.kind, change.index), (OutputKind::Change, Some(0)));
    assert_eq!(change.wallet.as_deref(), Some("single key, account 0"));
    let paid = &facts.outputs[0];
    assert_eq!((paid.kind, paid.index), (OutputKind::External, None));
    // BIP173's example address for the test network
    assert_eq!(paid.address.as_deref(), Some("tb1qw508d6qejxtdg4y5r3zarvary0c5xw7kxpjzsx"));
    assert_eq!(paid.wallet, None);
}

#[test]
fn change_of_every_single_key_kind_is_recognised_in_accounts_0_to_9() {
    let ours = Person::new(OURS);
    for (form, purpose) in
        [("pkh(KEY)", 44), ("sh(wpkh(KEY))", 49), ("wpkh(KEY)", 84), ("tr(KEY)", 86)]
    {
        for account in [0, 9] {
            let at = |chain: u32| {
                let path = format!("m/{purpose}h/1h/{account}h/{chain}/7");
                form.replace("KEY", &ours.at(&path))
            };
            let mut draft = Draft::new();
            draft.spend(&at(0), 1_000_000);
            draft.pay(payee(), 600_000);
            draft.back(&at(1), 399_000);
            let facts = Desk::of(&ours).facts(&draft);
            assert_eq!(codes(&facts), [], "{form}");
            assert_eq!(facts.outputs[1].kind, OutputKind::Change);
        }
    }
}

#[test]
fn an_output_to_our_receive_chain_is_own_and_noted() {
    let (ours, draft) = with_back(&ours_at(&Person::new(OURS), 0, 5));
    let facts = Desk::of(&ours).facts(&draft);
    assert_eq!(codes(&facts), [(OwnOutput, Note, Output(1))]);
    assert_eq!(facts.outputs[1].kind, OutputKind::Own);
    assert_eq!(facts.outputs[1].index, Some(5));
}

#[test]
fn a_false_claim_of_change_is_refused() {
    let ours = Person::new(OURS);
    let bob = Person::new(BOB);
    // our path, another's script
    let mut draft = Draft::ordinary(&ours);
    draft.psbt.unsigned_tx.output[1].script_pubkey = payee();
    assert_refused(&Desk::of(&ours).examine(&draft), ChangeFalse, Output(1));
    // our fingerprint, another's key
    let mut draft = Draft::ordinary(&ours);
    let n = draft.back(&ours_at(&bob, 1, 0), 500);
    for source in draft.psbt.outputs[n].bip32_derivation.values_mut() {
        source.0 = ours.fingerprint();
    }
    assert_refused(&Desk::of(&ours).examine(&draft), ChangeFalse, Output(2));
    // another's honest claim is an ordinary payment
    let mut draft = Draft::ordinary(&ours);
    draft.back(&ours_at(&bob, 1, 0), 500);
    let facts = Desk::of(&ours).facts(&draft);
    assert_lacks(&facts, ChangeFalse);
    assert_eq!(facts.outputs[2].kind, OutputKind::External);
}

#[test]
fn change_at_a_high_index_is_warned_about_and_beyond_the_end_it_is_external() {
    for (index, expected, kind) in [
        (999, None, OutputKind::Change),
        (1_000, Some(Warn), OutputKind::Change),
        (19_999, Some(Warn), OutputKind::Change),
        (20_000, Some(Warn), OutputKind::External),
        (2_147_483_647, Some(Warn), OutputKind::External),
    ] {
        let (ours, draft) = with_back(&ours_at(&Person::new(OURS), 1, index));
        let facts = Desk::of(&ours).facts(&draft);
        assert_eq!(facts.outputs[1].kind, kind, "{index}");
        match expected {
            Some(grade) => assert_eq!(codes(&facts), [(ChangeHighIndex, grade, Output(1))]),
            None => assert_eq!(codes(&facts), []),
        }
    }
}

#[test]
fn change_of_another_script_type_is_warned_about() {
    let ours = Person::new(OURS);
    let taproot = format!("tr({})", ours.at("m/86h/1h/0h/1/0"));
    let (ours, mut draft) = with_back(&taproot);
    let facts = Desk::of(&ours).facts(&draft);
    assert_eq!(codes(&facts), [(ChangeOtherScriptType, Warn, Output(1))]);
    assert_eq!(facts.outputs[1].kind, OutputKind::Change);
    // one input of that type is enough
    draft.spend(&format!("tr({})", ours.at("m/86h/1h/0h/0/0")), 1_000);
    assert_lacks(&Desk::of(&ours).facts(&draft), ChangeOtherScriptType);
}

#[test]
fn an_unusual_path_is_warned_about_and_is_never_change() {
    let ours = Person::new(OURS);
    for path in [
        "m/84h/1h/10h/1/0",  // account above 9
        "m/44h/1h/0h/1/0",   // another purpose than the script's
        "m/7h/1h/0h/1/0",    // unknown purpose
        "m/84h/1h/0h/2/0",   // unknown chain
        "m/84h/1h/0h/0/1/0", // another depth
    ] {
        let (ours, draft) = with_back(&format!("wpkh({})", ours.at(path)));
        let facts = Desk::of(&ours).facts(&draft);
        assert_eq!(codes(&facts), [(UnusualPath, Warn, Output(1))], "{path}");
        assert_eq!(facts.outputs[1].kind, OutputKind::Own, "{path}");
    }
    // hardened steps that a descriptor cannot express
    for path in ["m/84h/1h/0h/1h/0", "m/84h/1h/0h/1/0h"] {
        let mut draft = Draft::ordinary(&ours);
        let key = ours.key(path);
        let hash = bitcoin::CompressedPublicKey(key).wpubkey_hash();
        draft.psbt.unsigned_tx.output[1].script_pubkey = ScriptBuf::new_p2wpkh(&hash);
        draft.psbt.outputs[1].bip32_derivation = [(key, ours.source(path))].into();
        let facts = Desk::of(&ours).facts(&draft);
        assert_eq!(codes(&facts), [(UnusualPath, Warn, Output(1))], "{path}");
    }
}

#[test]
fn dust_is_bitcoin_cores_limit_for_each_script() {
    let ours = Person::new(OURS);
    // Bitcoin Core, GetDustThreshold at 3 sat/vB
    let p2pkh = "76a914751e76e8199196d454941c45d1b3a323f1433bd688ac";
    let p2sh = "a914751e76e8199196d454941c45d1b3a323f1433bd687";
    let p2wpkh = "0014751e76e8199196d454941c45d1b3a323f1433bd6";
    let p2wsh = "00201863143c14c5166804bd19203356da136c985678cd4d27a1b8c6329604903262";
    let p2tr = "512079be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798";
    for (script, limit) in [(p2pkh, 546), (p2sh, 540), (p2wpkh, 294), (p2wsh, 330), (p2tr, 330)] {
        for (sat, warned) in [(limit - 1, true), (limit, false)] {
            let mut draft = Draft::ordinary(&ours);
            draft.pay(ScriptBuf::from_hex(script).unwrap(), sat);
            let facts = Desk::of(&ours).facts(&draft);
            let found = codes(&facts).contains(&(DustOutput, Warn, Output(2)));
            assert_eq!(found, warned, "{script} {sat}");
        }
    }
}

#[test]
fn data_is_noted_and_with_coins_warned_about() {
    let ours = Person::new(OURS);
    let data = ScriptBuf::new_op_return(b"hello");
    // a push that promises more bytes than there are is still data
    let broken = ScriptBuf::from_hex("6a4c05aa").unwrap();
    for script in [data, broken, ScriptBuf::from_hex("6a").unwrap()] {
        for (sat, grade) in [(0, Note), (1, Warn)] {
            let mut draft = Draft::ordinary(&ours);
            draft.pay(script.clone(), sat);
            let facts = Desk::of(&ours).facts(&draft);
            assert_eq!(codes(&facts), [(DataOutput, grade, Output(2))]);
            assert_eq!(facts.outputs[2].kind, OutputKind::Data);
            assert_eq!(facts.outputs[2].address, None);
        }
    }
    assert_lacks(&Desk::of(&ours).facts(&Draft::ordinary(&ours)), DataOutput);
}

#[test]
fn scripts_without_an_address_are_unknown() {
    let ours = Person::new(OURS);
    let key = ours.key("m/0");
    let bare_multisig = bitcoin::blockdata::script::Builder::new()
        .push_int(1)
        .push_key(&key.into())
        .push_int(1)
        .push_opcode(bitcoin::opcodes::all::OP_CHECKMULTISIG)
        .into_script();
    let cases = [
        bare_multisig,
        ScriptBuf::new_p2pk(&key.into()),
        // witness version 2, and version 1 with 2 bytes (pay to anchor)
        ScriptBuf::from_hex("5220751e76e8199196d454941c45d1b3a323f1433bd6751e76e8199196d454941c45")
            .unwrap(),
        ScriptBuf::from_hex("51024e73").unwrap(),
        ScriptBuf::from_hex("51").unwrap(),
        ScriptBuf::new(),
    ];
    for script in cases {
        let mut draft = Draft::ordinary(&ours);
        draft.pay(script.clone(), 10_000);
        let facts = Desk::of(&ours).facts(&draft);
        assert_found(&facts, UnknownScript, Warn, Output(2));
        assert_eq!(facts.outputs[2].kind, OutputKind::Unknown, "{script}");
        assert_eq!(facts.outputs[2].address, None);
    }
    assert_lacks(&Desk::of(&ours).facts(&Draft::ordinary(&ours)), UnknownScript);
}

#[test]
fn two_outputs_to_one_script_are_warned_about() {
    let ours = Person::new(OURS);
    let mut draft = Draft::ordinary(&ours);
    draft.pay(payee(), 10_000);
    draft.pay(payee(), 20_000);
    let facts = Desk::of(&ours).facts(&draft);
    assert_found(&facts, DuplicateOutput, Warn, Output(2));
    assert_found(&facts, DuplicateOutput, Warn, Output(3));
    assert_eq!(facts.paid, Amount::from_sat(630_000));
    assert_lacks(&Desk::of(&ours).facts(&Draft::ordinary(&ours)), DuplicateOutput);
}
