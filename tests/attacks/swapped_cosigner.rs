//! A cosigner's key is exchanged under the cosigner's own name, in a wallet that is registered again,
//! or our own key under our name.

use crate::build::*;
use crate::registered::{Registered, SHARED, found, people, thief, wallet};
use coldlight::review::Code::*;
use coldlight::wallet::{KeyDifference, RegistrationFinding};

const FORM: &str = "wsh(sortedmulti(2,@0,@1,@2))";

/// The thief's key under somebody's fingerprint and path.
fn disguised(text: &Multi, whose: &Person) -> Multi {
    let (honest, false_one) = (whose.xpub(SHARED), thief().xpub(SHARED));
    Multi::of_template(
        text.at(0, 0).replace("/0/0", "/{}").replace(&honest.to_string(), &false_one.to_string()),
    )
}

#[test]
fn a_cosigners_key_that_is_exchanged_is_told_and_its_coins_are_not_signed() {
    let [ours, bob, carol] = people();
    let honest = wallet(FORM, &[&ours, &bob, &carol]);
    let swapped = disguised(&honest, &bob);
    let scene = Registered::new(honest);
    let elsewhere =
        RegistrationFinding::FingerprintElsewhere { signer: 1, wallet: "Family".into() };
    assert!(scene.judged(&swapped).findings.contains(&elsewhere));
    let difference = scene.difference(&swapped);
    assert!(matches!(difference.keys[..], [KeyDifference::Replaced { signer: 1, .. }]));
    scene.assert_change_refused(&swapped);
    scene.assert_coins_refused(&swapped, WalletUnknown);
}

#[test]
fn our_own_key_that_is_exchanged_is_refused_at_registration() {
    let [ours, bob, carol] = people();
    let honest = wallet(FORM, &[&ours, &bob, &carol]);
    let swapped = disguised(&honest, &ours);
    let scene = Registered::new(honest);
    let judged = scene.judged(&swapped);
    assert!(judged.is_refused());
    assert!(judged.findings.contains(&RegistrationFinding::FalselyYours { signer: 0 }));
    scene.assert_change_refused(&swapped);
}

#[test]
fn a_wallet_from_which_our_key_was_taken_is_told_as_not_ours() {
    let [ours, bob, carol] = people();
    let scene = Registered::new(wallet(FORM, &[&ours, &bob, &carol]));
    let without = wallet(FORM, &[&thief(), &bob, &carol]);
    assert!(found(&scene.judged(&without)).contains(&"NO_KEY_YOURS"));
    scene.assert_change_refused(&without);
}
