//! The two-signature fee attack: two claimed inputs, once the first one's amount is told as small,
//! once the second's. Each review shows a low fee; one signature of each makes a transaction that
//! burns the difference.

use crate::build::*;
use bitcoin::Amount;
use coldlight::review::Code::*;
use coldlight::review::Grade::*;
use coldlight::review::Place::*;

/// Two inputs of 15 and 20 BTC, told as given; 15 BTC are paid.
fn told(ours: &Person, amounts: [u64; 2]) -> Draft {
    let mut draft = Draft::new();
    draft.spend(&ours_at(ours, 0, 0), 1_500_000_000);
    draft.spend(&ours_at(ours, 0, 1), 2_000_000_000);
    for (n, amount) in amounts.into_iter().enumerate() {
        draft.unproven(n);
        draft.psbt.inputs[n].witness_utxo.as_mut().unwrap().value = Amount::from_sat(amount);
    }
    draft.pay(payee(), 1_500_000_000);
    draft
}

#[test]
fn the_second_round_is_refused() {
    let ours = Person::new(OURS);
    let mut desk = Desk::of(&ours);
    let first = told(&ours, [1_500_000_000, 1_000]);
    let facts = desk.facts(&first);
    assert_found(&facts, FeeUnproven, Warn, Tx);
    assert_eq!(facts.fee, Some(Amount::from_sat(1_000)), "what the attacker wants to be seen");
    let mut walk = desk.reviewed(&first).walk();
    while walk.next() {}
    let approved = walk.confirm("sign").unwrap_or_else(|_| panic!("not approved"));
    desk.history.remember(approved.footprint());

    let second = told(&ours, [1_000, 2_000_000_000]);
    let examined = desk.examine(&second);
    assert_refused(&examined, AmountChanged, Input(0));
    assert_refused(&examined, AmountChanged, Input(1));
}

#[test]
fn with_previous_transactions_the_lie_does_not_survive_the_first_round() {
    let ours = Person::new(OURS);
    let mut draft = told(&ours, [1_500_000_000, 2_000_000_000]);
    let mut honest = Draft::new();
    honest.spend(&ours_at(&ours, 0, 0), 1_500_000_000);
    honest.spend(&ours_at(&ours, 0, 1), 2_000_000_000);
    for n in 0..2 {
        draft.psbt.inputs[n].non_witness_utxo = honest.psbt.inputs[n].non_witness_utxo.clone();
    }
    assert_found(&Desk::of(&ours).facts(&draft), FeeHighShare, Warn, Tx);
    draft.psbt.inputs[1].witness_utxo.as_mut().unwrap().value = Amount::from_sat(1_000);
    assert_refused(&Desk::of(&ours).examine(&draft), PrevTxWrong, Input(1));
}
