//! One key that counts as several: two of three in one hand.

use crate::build::*;
use crate::registered::{Registered, SHARED, found, people, wallet};
use coldlight::review::Code::*;
use coldlight::wallet::registration::{Content, RegistrationError, read};
use coldlight::wallet::{Network, WalletError};

fn refusal(wallet: &Multi) -> RegistrationError {
    let read = read(Content::Text(&wallet.text()), "Family", Network::Test);
    read.map(|_| ()).unwrap_err()
}

#[test]
fn a_key_that_stands_twice_in_one_script_is_refused() {
    let [ours, bob, _] = people();
    for form in [
        "wsh(sortedmulti(2,@0,@1,@1))",
        "wsh(multi(2,@1,@0,@1))",
        "sh(sortedmulti(2,@1,@1,@0))",
        "sh(wsh(multi(2,@1,@1)))",
        "tr(@0,multi_a(2,@1,@1))",
        "wsh(thresh(2,pk(@0),s:pk(@1),s:pk(@1)))",
    ] {
        let error = refusal(&wallet(form, &[&ours, &bob]));
        assert!(
            matches!(error, RegistrationError::Wallet(WalletError::Repeated { .. })),
            "{form}: {error}"
        );
    }
}

#[test]
fn a_key_under_a_second_name_is_the_same_key() {
    let [ours, bob, carol] = people();
    // Bob's key again, under Carol's fingerprint and path
    let disguised = format!("[{}/48h/1h/0h/2h]{}", carol.fingerprint(), bob.xpub(SHARED));
    let form = format!("wsh(sortedmulti(2,@0,@1,{disguised}/{{}}))");
    let error = refusal(&wallet(&form, &[&ours, &bob]));
    assert!(matches!(error, RegistrationError::Wallet(WalletError::Repeated { .. })), "{error}");
}

#[test]
fn two_keys_of_one_seed_are_told_and_their_wallet_is_another() {
    let [ours, bob, carol] = people();
    let form = "wsh(sortedmulti(2,@0,@1,@2))";
    let scene = Registered::new(wallet(form, &[&ours, &bob, &carol]));
    let again = format!("{}/{{}}", bob.origin("m/48h/1h/1h/2h"));
    let two = wallet(&format!("wsh(sortedmulti(2,@0,@1,{again}))"), &[&ours, &bob]);
    assert!(found(&scene.judged(&two)).contains(&"KEYS_OF_ONE_SEED"));
    scene.assert_change_refused(&two);
    scene.assert_coins_refused(&two, WalletUnknown);
    // ours twice: this appliance alone would spend
    let again = format!("{}/{{}}", ours.origin("m/48h/1h/1h/2h"));
    let alone = wallet(&format!("wsh(sortedmulti(2,@0,@1,{again}))"), &[&ours, &bob]);
    assert!(found(&scene.judged(&alone)).contains(&"KEYS_HELD_TOGETHER"));
    scene.assert_change_refused(&alone);
}
