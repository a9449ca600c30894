//! A previous transaction that is not the one spent, to prove a false amount.

use crate::build::*;
use bitcoin::Amount;
use coldlight::review::Code::*;
use coldlight::review::Place::*;

#[test]
fn a_forged_previous_transaction_is_refused_for_every_kind_of_input() {
    let ours = Person::new(OURS);
    for (form, purpose) in
        [("pkh(KEY)", 44), ("sh(wpkh(KEY))", 49), ("wpkh(KEY)", 84), ("tr(KEY)", 86)]
    {
        let mut draft = Draft::new();
        draft.spend(&form.replace("KEY", &ours.at(&format!("m/{purpose}h/1h/0h/0/0"))), 1_000_000);
        draft.pay(payee(), 990_000);
        assert_eq!(codes(&Desk::of(&ours).facts(&draft)), []);
        let input = &mut draft.psbt.inputs[0];
        input.witness_utxo = None;
        input.non_witness_utxo.as_mut().unwrap().output[1].value = Amount::from_sat(991_000);
        assert_refused(&Desk::of(&ours).examine(&draft), PrevTxWrong, Input(0));
    }
}

#[test]
fn another_output_of_the_right_transaction_is_not_ours() {
    let ours = Person::new(OURS);
    let mut draft = Draft::ordinary(&ours);
    // output 0 of the previous transaction is somebody else's 1 BTC
    draft.psbt.unsigned_tx.input[0].previous_output.vout = 0;
    assert_refused(&Desk::of(&ours).examine(&draft), PrevTxWrong, Input(0));
    draft.psbt.inputs[0].witness_utxo = None;
    assert_refused(&Desk::of(&ours).examine(&draft), ScriptWrong, Input(0));
}

#[test]
fn a_legacy_coin_told_as_segwit_is_refused() {
    let ours = Person::new(OURS);
    let mut draft = Draft::new();
    draft.spend(&format!("pkh({})", ours.at("m/44h/1h/0h/0/0")), 1_000_000);
    draft.pay(payee(), 990_000);
    // the same key, told as P2WPKH without a previous transaction: signed with a false amount it
    // would be worthless, but the fee on the screen would be a lie
    let segwit = definite(&format!("wpkh({})", ours.at("m/44h/1h/0h/0/0"))).script_pubkey();
    draft.psbt.inputs[0].witness_utxo =
        Some(bitcoin::TxOut { value: Amount::from_sat(1_000_000), script_pubkey: segwit });
    assert_refused(&Desk::of(&ours).examine(&draft), PrevTxWrong, Input(0));
}
