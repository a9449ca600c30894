//! The same keys under `multi` in another order: other addresses, which no restored wallet finds.

use crate::build::codes;
use crate::registered::{Registered, payment, people, wallet};
use coldlight::review::Code::*;
use coldlight::wallet::KeyDifference;

#[test]
fn keys_in_another_order_are_another_wallet() {
    let [ours, bob, carol] = people();
    for form in ["wsh(multi(2,@0,@1,@2))", "sh(multi(2,@0,@1,@2))", "sh(wsh(multi(2,@0,@1,@2)))"] {
        let scene = Registered::new(wallet(form, &[&ours, &bob, &carol]));
        let moved = wallet(form, &[&ours, &carol, &bob]);
        scene.assert_change_refused(&moved);
        scene.assert_coins_refused(&moved, WalletUnknown);
        let difference = scene.difference(&moved);
        assert!(difference.addresses && difference.template.is_none());
        let [KeyDifference::Moved { .. }, KeyDifference::Moved { .. }] = difference.keys[..] else {
            panic!("{:?}", difference.keys)
        };
    }
}

#[test]
fn under_sortedmulti_the_order_does_not_count() {
    let [ours, bob, carol] = people();
    let form = "wsh(sortedmulti(2,@0,@1,@2))";
    let scene = Registered::new(wallet(form, &[&ours, &bob, &carol]));
    let moved = wallet(form, &[&carol, &ours, &bob]);
    assert!(!scene.difference(&moved).addresses);
    let facts = scene.desk.facts(&payment(&moved, &moved));
    assert_eq!(codes(&facts), []);
}
