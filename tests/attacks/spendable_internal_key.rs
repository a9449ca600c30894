//! A Taproot wallet that was to be spent by its leaves alone has an internal key of somebody: the
//! thief's, alone and at any time.

use crate::registered::{NUMS, Registered, SHARED, found, people, thief, wallet};
use coldlight::review::Code::*;

#[test]
fn an_internal_key_that_is_not_the_point_of_nobody_is_another_wallet_and_told() {
    let [ours, bob, _] = people();
    let with = |internal: &str| wallet(&format!("tr({internal},multi_a(2,@0,@1))"), &[&ours, &bob]);
    let scene = Registered::new(with(NUMS));
    assert!(found(&scene.judged(&with(NUMS))).contains(&"INTERNAL_KEY_UNSPENDABLE"));
    let extended = format!("{}/{{}}", thief().origin(SHARED));
    let fixed = thief().key(SHARED).x_only_public_key().0.to_string();
    // the point of nobody with its last digit changed, where that is still a point
    let near = ('0'..='f')
        .filter(|digit| digit.is_ascii_hexdigit() && !NUMS.ends_with(*digit))
        .map(|digit| format!("{}{digit}", &NUMS[..63]))
        .find(|text| text.parse::<bitcoin::XOnlyPublicKey>().is_ok())
        .expect("every second number is a point");
    for internal in [extended, fixed, near] {
        let changed = with(&internal);
        let told = found(&scene.judged(&changed));
        assert!(told.contains(&"INTERNAL_KEY_SPENDS"), "{internal}: {told:?}");
        assert!(!told.contains(&"INTERNAL_KEY_UNSPENDABLE"), "{internal}: {told:?}");
        scene.assert_change_refused(&changed);
        scene.assert_coins_refused(&changed, WalletUnknown);
    }
}

#[test]
fn a_cosigners_internal_key_is_told() {
    let [ours, bob, carol] = people();
    let form = "tr(@2,multi_a(2,@0,@1))";
    let honest = wallet(&format!("tr({NUMS},multi_a(2,@0,@1))"), &[&ours, &bob]);
    let scene = Registered::new(honest);
    let carols = wallet(form, &[&ours, &bob, &carol]);
    assert!(found(&scene.judged(&carols)).contains(&"INTERNAL_KEY_SPENDS"));
    scene.assert_change_refused(&carols);
}
