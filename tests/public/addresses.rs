//! The addresses are those of the wallet, whole.

use super::*;
use coldlight::wallet::{Chain, address};

fn address_of(wallet: &Wallet, chain: Chain, index: u32) -> String {
    address(&wallet.script(chain, index).expect("a script"), Network::Test).expect("an address")
}

/// BIP84's, 86's, 49's and 44's first accounts, as the choice lists them.
fn accounts() -> Vec<Wallet> {
    // BIP44's, 49's, 84's and 86's
    let texts = Person::new(OURS).seed().descriptors();
    let wallet = |place: usize| Wallet::parse(&texts[place], "A", Network::Test);
    [2, 3, 1, 0].map(|place| wallet(place).unwrap_or_else(|error| panic!("{error}"))).into()
}

#[test]
fn every_kind_of_account_is_listed_with_its_own_addresses() {
    for (place, wallet) in accounts().iter().enumerate() {
        let mut stage = opened(80, 25);
        stage.type_keys("aa");
        (0..place).for_each(|_| stage.press(Key::Down));
        stage.press(Key::Enter);
        for index in [0, 1, 5] {
            says(&stage, &format!("{index} {}", address_of(wallet, Chain::Receive, index)));
        }
        stage.press(Key::Tab);
        says(&stage, &format!("0 {}", address_of(wallet, Chain::Change, 0)));
        stage.type_keys("4711\n");
        says(&stage, &format!("4711 {}", address_of(wallet, Chain::Change, 4711)));
    }
}

#[test]
fn a_shared_wallets_addresses_are_listed_and_each_has_its_code() {
    let mut stage = opened(80, 25);
    stage.register(family().text());
    stage.type_keys("aa");
    (0..4).for_each(|_| stage.press(Key::Down));
    stage.press(Key::Enter);
    stage.type_keys("12\n\n");
    let expected = address_of(&family(), Chain::Receive, 12);
    says(&stage, "receive, index 12");
    for group in coldlight::wallet::groups_of_four(&expected) {
        says(&stage, &group);
    }
    let payload = read_off(&mut stage);
    let shown = String::from_utf8(payload.bytes().to_vec()).expect("it is text");
    assert_eq!(shown.to_lowercase(), expected);
    stage.press(Key::Enter);
    says(&stage, &format!("12 {expected}"));
}

#[test]
fn another_account_and_the_last_index_are_reached_and_no_further() {
    let mut stage = opened(80, 25);
    stage.type_keys("aa");
    (0..3).for_each(|_| stage.press(Key::Right));
    says(&stage, "BIP84, account 3");
    stage.press(Key::Down);
    stage.press(Key::Enter);
    stage.type_keys("9999999999\n");
    says(&stage, "2147483647");
    stage.press(Key::Down);
    says(&stage, "> 2147483647");
    (0..3).for_each(|_| stage.press(Key::Esc));
    assert!(is_home(&stage), "{}", stage.text());
}
