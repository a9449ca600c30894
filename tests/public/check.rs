//! Is an address ours? By typing and by the camera, with what is said while it is looked for.

use super::*;
use coldlight::wallet::export::AccountKind;
use coldlight::wallet::{Chain, ScriptType, address, single_key_descriptor};

fn account(kind: ScriptType, number: u32) -> Wallet {
    let key = Person::new(OURS).seed().account_key(AccountKind::Single(kind), number);
    let key = key.expect("an account");
    let text = single_key_descriptor(kind, key.origin(), key.key());
    Wallet::parse(&text, "A", Network::Test).unwrap_or_else(|error| panic!("{error}"))
}

fn address_of(wallet: &Wallet, chain: Chain, index: u32) -> String {
    address(&wallet.script(chain, index).expect("a script"), Network::Test).expect("an address")
}

#[test]
fn an_address_of_each_kind_is_found_with_its_account_chain_and_index() {
    for (kind, number, chain, index) in [
        (ScriptType::Legacy, 0, Chain::Receive, 0),
        (ScriptType::NestedSegwit, 3, Chain::Change, 3),
        (ScriptType::NativeSegwit, 3, Chain::Change, 57),
        (ScriptType::Taproot, 1, Chain::Receive, 211),
    ] {
        let mut stage = opened(80, 25);
        stage.type_keys("at");
        stage.type_keys(&address_of(&account(kind, number), chain, index));
        stage.press(Key::Enter);
        says(&stage, "Looking for it among the addresses of your wallets");
        search(&mut stage);
        says(&stage, "It is yours.");
        says(&stage, &format!("Wallet BIP{}, account {number}", kind.purpose()));
        let chain = if chain == Chain::Receive { "receive" } else { "change" };
        says(&stage, &format!("Chain {chain} Index {index}"));
    }
}

#[test]
fn a_shared_wallets_last_searched_address_is_found_by_the_camera() {
    let mut stage = opened(80, 25);
    stage.register(family().text());
    stage.type_keys("ac");
    let last = address_of(&family(), Chain::Change, 9_999);
    stage.codes(&[&format!("bitcoin:{}?amount=0.1", last.to_uppercase())]);
    search(&mut stage);
    says(&stage, "It is yours.");
    says(&stage, "Wallet 1 Chain change Index 9999 Policy 2-of-3");
    says(&stage, "It is a change address: do not give it to payers.");
}

#[test]
fn a_strangers_address_is_not_found_and_what_was_searched_is_told() {
    let mut stage = opened(80, 25);
    stage.type_keys("attb1qw508d6qejxtdg4y5r3zarvary0c5xw7kxpjzsx\n");
    let asked = stage.commands.iter().rev().find_map(|command| match command {
        Command::Search(search) => Some(search.clone()),
        _ => None,
    });
    let asked = asked.expect("a search");
    // four accounts of the one kind that has such addresses, both chains
    assert_eq!(asked.steps(), 4 * 2 * 10_000);
    let half = Searched { search: asked.number(), steps: 40_000, found: None, ended: false };
    stage.send(Event::Searched(half));
    says(&stage, &format!("{}{}", "█".repeat(20), "░".repeat(20)));
    // the end of another search is none of this one
    let other = Searched { search: asked.number() + 1, ended: true, ..half };
    stage.send(Event::Searched(other));
    says(&stage, "Looking for it");
    stage.send(Event::Searched(Searched { steps: asked.steps(), ended: true, ..half }));
    says(&stage, "It was not found.");
    says(&stage, "none of the first 10000 receive and change addresses of 16 accounts");
}

#[test]
fn what_is_no_address_is_told_and_stays_typed() {
    let mut stage = opened(80, 25);
    stage.type_keys("attb1qw508d6qejxtdg4y5r3zarvary0c5xw7kxpjzsy\n");
    says(&stage, "This is not an address, or some character of it differs.");
    says(&stage, "tb1qw508d6qejxtdg4y5r3zarvary0c5xw7kxpjzsy_");
    for _ in 0..42 {
        stage.press(Key::Backspace);
    }
    stage.type_keys("bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4\n");
    says(&stage, "This address is of the main network, and TESTNET is chosen.");
}

#[test]
fn a_search_is_given_up_by_esc_and_the_address_is_still_there() {
    let mut stage = opened(80, 25);
    stage.type_keys("attb1qw508d6qejxtdg4y5r3zarvary0c5xw7kxpjzsx\n");
    stage.press(Key::Esc);
    assert_eq!(stage.commands.last(), Some(&Command::StopSearch));
    says(&stage, "tb1qw508d6qejxtdg4y5r3zarvary0c5xw7kxpjzsx_");
}
