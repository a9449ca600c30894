//! A signature in our key's place that is not ours: the answer would carry it as if we had made it.

use crate::build::*;
use bitcoin::Amount;
use coldlight::review::Code::*;
use coldlight::review::Place::*;

#[test]
fn a_signature_of_ours_from_another_transaction_is_refused() {
    let ours = Person::new(OURS);
    let desk = Desk::of(&ours);
    let forms = [("pkh(KEY)", 44), ("sh(wpkh(KEY))", 49), ("wpkh(KEY)", 84), ("tr(KEY)", 86)];
    for (form, purpose) in forms {
        let mut draft = Draft::new();
        draft.spend(&form.replace("KEY", &ours.at(&format!("m/{purpose}h/1h/0h/0/0"))), 1_000_000);
        draft.pay(payee(), 990_000);
        let mut psbt = bitcoin::Psbt::deserialize(&desk.sign(&draft).serialize()).unwrap();
        assert_found(
            &desk.facts(&Draft { psbt: psbt.clone() }),
            AlreadySigned,
            coldlight::review::Grade::Note,
            Input(0),
        );
        psbt.unsigned_tx.output[0].value = Amount::from_sat(1);
        assert_refused(&desk.examine(&Draft { psbt }), SignatureInvalid, Input(0));
    }
}

#[test]
fn a_cosigners_forged_signature_is_not_counted() {
    let (ours, bob) = (Person::new(OURS), Person::new(BOB));
    let shared = Multi::new("wsh(sortedmulti(2,KEYS))", &[&ours, &bob]);
    let mut draft = Draft::new();
    draft.spend(&shared.at(0, 0), 1_000_000);
    draft.pay(payee(), 990_000);
    let bobs = Desk::of(&bob).with(shared.wallet("Shared")).sign(&draft);
    let mut psbt = bitcoin::Psbt::deserialize(&bobs.serialize()).unwrap();
    let desk = Desk::of(&ours).with(shared.wallet("Shared"));
    assert_eq!(desk.facts(&Draft { psbt: psbt.clone() }).inputs[0].signatures.present, 1);
    psbt.unsigned_tx.output[0].value = Amount::from_sat(1);
    assert_eq!(desk.facts(&Draft { psbt }).inputs[0].signatures.present, 0);
}
