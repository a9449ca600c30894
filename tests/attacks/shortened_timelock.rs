//! The recovery's timelock is shortened: who was to wait for a year waits for a day.

use crate::registered::{Registered, found, people, wallet};
use coldlight::review::Code::*;
use coldlight::wallet::Lock;

/// An owner, and an heir after `lock`.
fn forms(lock: &str) -> [String; 3] {
    [
        format!("wsh(or_d(pk(@0),and_v(v:pkh(@1),{lock})))"),
        format!("sh(wsh(or_d(pk(@0),and_v(v:pkh(@1),{lock}))))"),
        format!("tr(@0,and_v(v:pk(@1),{lock}))"),
    ]
}

#[test]
fn a_shorter_relative_lock_is_another_wallet() {
    let [ours, bob, _] = people();
    for (long, short) in forms("older(52560)").iter().zip(&forms("older(144)")) {
        let scene = Registered::new(wallet(long, &[&ours, &bob]));
        let shorter = wallet(short, &[&ours, &bob]);
        scene.assert_change_refused(&shorter);
        scene.assert_coins_refused(&shorter, WalletUnknown);
        assert!(found(&scene.judged(&shorter)).contains(&"LOCK_NEAR"), "{short}");
        let difference = scene.difference(&shorter);
        assert_eq!(difference.locks_before, [Lock::BlocksAfter(52_560)]);
        assert_eq!(difference.locks_after, [Lock::BlocksAfter(144)]);
    }
}

#[test]
fn an_earlier_height_is_another_wallet() {
    let [ours, bob, _] = people();
    for (late, early) in forms("after(1200000)").iter().zip(&forms("after(1199999)")) {
        let scene = Registered::new(wallet(late, &[&ours, &bob]));
        let earlier = wallet(early, &[&ours, &bob]);
        scene.assert_change_refused(&earlier);
        scene.assert_coins_refused(&earlier, WalletUnknown);
        assert_eq!(scene.difference(&earlier).locks_after, [Lock::FromHeight(1_199_999)]);
    }
}

#[test]
fn blocks_made_into_units_of_512_seconds_are_another_wallet() {
    // the same number with bit 22 set (BIP68): about the same wait, or what was agreed as blocks
    let [ours, bob, _] = people();
    let scene = Registered::new(wallet(&forms("older(4320)")[0], &[&ours, &bob]));
    let units = wallet(&forms("older(4198624)")[0], &[&ours, &bob]);
    scene.assert_change_refused(&units);
    assert_eq!(scene.difference(&units).locks_after, [Lock::UnitsAfter(4_320)]);
}
