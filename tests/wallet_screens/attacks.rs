//! What an attacker gives for registration, on the screen.

use super::*;

/// 2 of the open seed, Bob and Carol, registered.
fn registered() -> Stage {
    let mut stage = opened(80, 25);
    stage.register(&descriptor("wsh(sortedmulti(2,@A,@B,@C))"));
    stage
}

/// The offered wallet gets the registered one's name.
fn call_it_the_same(stage: &mut Stage) {
    stage.press(Key::Char('n'));
    for _ in 0..24 {
        stage.press(Key::Backspace);
    }
    stage.type_keys("Wallet 1\n");
}

#[test]
fn an_exchanged_cosigner_under_a_known_name_is_shown_key_by_key() {
    let mut stage = registered();
    show(&mut stage, &descriptor("wsh(sortedmulti(2,@A,@B,@E))"));
    says(&stage, "is also in the wallet Wallet 1");
    call_it_the_same(&mut stage);
    says(&stage, "Change a shared wallet?");
    tells(&mut stage, "It is not the Wallet 1 that is registered. It differs in:");
    tells(&mut stage, "key 3 is another key");
    for person in [CAROL, FIVE[4]] {
        tells(&mut stage, &key(person));
    }
    tells(&mut stage, "Its addresses are others.");
    // Esc leaves the known one as it was
    stage.press(Key::Esc);
    stage.press(Key::Enter);
    tells(&mut stage, key(CAROL).rsplit(']').next().expect("a key"));
}

#[test]
fn a_known_name_given_at_the_end_of_the_page_shows_the_difference_before_it_replaces() {
    let mut stage = registered();
    show(&mut stage, &descriptor("wsh(sortedmulti(2,@A,@B,@E))"));
    while !squeezed(&stage.text()).contains("Enterregisterit") {
        stage.press(Key::Enter);
    }
    call_it_the_same(&mut stage);
    says(&stage, "It is not the Wallet 1 that is registered. It differs in:");
    says(&stage, &format!("was {}", key(CAROL)));
}

#[test]
fn the_same_keys_in_another_arrangement_are_shown_under_any_name() {
    let mut stage = registered();
    show(&mut stage, &descriptor("wsh(sortedmulti(1,@A,@B,@C))"));
    says(&stage, "Change a shared wallet?");
    tells(&mut stage, "the script (@0 is key 1)");
    tells(&mut stage, "Any one of 3 can spend alone.");
}

#[test]
fn a_shortened_lock_is_told_with_both_times() {
    let mut stage = opened(80, 25);
    stage.register(&firm());
    let shorter = firm().replace("52560", "144");
    show(&mut stage, &checked(shorter.split('#').next().expect("a body")));
    says(&stage, "Change a shared wallet?");
    tells(&mut stage, "gone: once a coin has rested for 52,560 blocks (about a year)");
    tells(&mut stage, "new: once a coin has rested for 144 blocks (about 24 hours)");
}

#[test]
fn a_key_that_is_only_said_to_be_ours_is_refused_and_cannot_be_taken() {
    let (ours, bobs) = (key(OURS), key(BOB));
    let (origin, _) = ours.split_once(']').expect("an origin");
    let (_, his) = bobs.split_once(']').expect("an origin");
    let honest = descriptor("wsh(sortedmulti(2,@A,@C))");
    let (body, _) = honest.split_once('#').expect("a checksum");
    let text = checked(&body.replace(&ours, &format!("{origin}]{his}")));
    let mut stage = opened(80, 25);
    show(&mut stage, &text);
    tells(&mut stage, "REFUSED Key 1 names the open seed, but the seed does not give this key");
    for _ in 0..10 {
        stage.press(Key::Enter);
    }
    assert!(!stage.text().contains("It is registered."), "{}", stage.text());
    while !is_home(&stage) {
        stage.press(Key::Esc);
    }
    says(&stage, "none is registered");
}

#[test]
fn a_wallet_without_a_key_of_ours_is_warned_of() {
    let mut stage = opened(80, 25);
    show(&mut stage, &descriptor("wsh(sortedmulti(2,@B,@C))"));
    tells(&mut stage, "WARNING None of the keys is the open seed's");
    tells(&mut stage, "All 2 keys are needed and there is no other way");
}
