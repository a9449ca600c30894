//! Multisig change in which a cosigner's key was exchanged for the attacker's: our key is in it,
//! our path is right, and yet the coins are hostage or gone.

use crate::build::*;
use coldlight::review::Code::*;
use coldlight::review::Place::*;
use coldlight::review::{Grade, OutputKind};

const THIEF: &str = "zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo wrong";

#[test]
fn change_with_a_foreign_key_is_refused() {
    let (ours, bob, carol) = (Person::new(OURS), Person::new(BOB), Person::new(CAROL));
    let thief = Person::new(THIEF);
    for form in
        ["wsh(sortedmulti(2,KEYS))", "sh(wsh(sortedmulti(2,KEYS)))", "sh(sortedmulti(2,KEYS))"]
    {
        let family = Multi::new(form, &[&ours, &bob, &carol]);
        let poisoned = Multi::new(form, &[&ours, &bob, &thief]);
        let desk = Desk::of(&ours).with(family.wallet("Family"));
        let with = |change: &Multi| {
            let mut draft = Draft::new();
            draft.spend(&family.at(0, 0), 1_000_000);
            draft.pay(payee(), 600_000);
            draft.back(&change.at(1, 0), 390_000);
            draft
        };
        assert_eq!(desk.facts(&with(&family)).outputs[1].kind, OutputKind::Change);
        let examined = desk.examine(&with(&poisoned));
        assert_refused(&examined, ChangeFalse, Output(1));
        assert_eq!(examined.facts().outputs[1].kind, OutputKind::External);
    }
}

#[test]
fn without_the_wallet_it_is_a_payment_to_somebody_else() {
    let (ours, thief) = (Person::new(OURS), Person::new(THIEF));
    let poisoned = Multi::new("wsh(sortedmulti(1,KEYS))", &[&ours, &thief]);
    let mut draft = Draft::ordinary(&ours);
    let n = draft.back(&poisoned.at(1, 0), 500);
    let facts = Desk::of(&ours).facts(&draft);
    assert_found(&facts, WalletUnknown, Grade::Warn, Output(n));
    assert_eq!(facts.outputs[n].kind, OutputKind::External);
}

#[test]
fn an_input_with_a_foreign_key_is_not_signed() {
    let (ours, bob, carol) = (Person::new(OURS), Person::new(BOB), Person::new(CAROL));
    let family = Multi::new("wsh(sortedmulti(2,KEYS))", &[&ours, &bob, &carol]);
    let poisoned = Multi::new("wsh(sortedmulti(2,KEYS))", &[&ours, &bob, &Person::new(THIEF)]);
    let mut draft = Draft::new();
    draft.spend(&poisoned.at(0, 0), 1_000_000);
    draft.pay(payee(), 990_000);
    let desk = Desk::of(&ours).with(family.wallet("Family"));
    assert_refused(&desk.examine(&draft), WalletUnknown, Input(0));
}
