//! A global extended key in our name: a wallet set up from it would be the attacker's.

use crate::build::*;
use coldlight::review::Code::*;
use coldlight::review::Place::*;

#[test]
fn an_attackers_extended_key_in_our_name_is_refused() {
    let (ours, thief) = (Person::new(OURS), Person::new(BOB));
    let path = "m/48h/1h/0h/2h";
    let mut draft = Draft::ordinary(&ours);
    draft.psbt.xpub.insert(ours.xpub(path), ours.source(path));
    assert_eq!(codes(&Desk::of(&ours).facts(&draft)), []);
    let mut draft = Draft::ordinary(&ours);
    draft.psbt.xpub.insert(thief.xpub(path), ours.source(path));
    assert_refused(&Desk::of(&ours).examine(&draft), KeyOriginFalse, Tx);
    // our key from another path
    let mut draft = Draft::ordinary(&ours);
    draft.psbt.xpub.insert(ours.xpub("m/48h/1h/1h/2h"), ours.source(path));
    assert_refused(&Desk::of(&ours).examine(&draft), KeyOriginFalse, Tx);
}
