//! An extended key of another network: coins that are worth something in a wallet that seems to be
//! for play, or a wallet that no other program opens.

use crate::build::*;
use crate::registered::{Registered, SHARED, found, payment, people, wallet};
use bitcoin::NetworkKind;
use coldlight::review::Code::*;
use coldlight::review::Place::*;
use coldlight::wallet::registration::{Content, RegistrationError, read};
use coldlight::wallet::{Network, WalletError};

const FORM: &str = "wsh(sortedmulti(2,@0,@1,@2))";

#[test]
fn a_wallet_with_an_extended_key_of_another_network_is_refused() {
    let [ours, bob, carol] = people();
    let honest = wallet(FORM, &[&ours, &bob, &carol]);
    let mut foreign = bob.xpub(SHARED);
    let own = foreign.to_string();
    foreign.network = NetworkKind::Main;
    let text = honest.text();
    let (body, _) = text.split_once('#').expect("a checksum");
    let mixed = with_checksum(&body.replace(&own, &foreign.to_string()));
    let error = read(Content::Text(&mixed), "Family", Network::Test).map(|_| ()).unwrap_err();
    assert_eq!(error, RegistrationError::Wallet(WalletError::Network));
    // the whole wallet on the other network
    for network in [Network::Test, Network::Signet, Network::Regtest] {
        assert!(read(Content::Text(&text), "Family", network).is_ok());
    }
    let error = read(Content::Text(&text), "Family", Network::Main).map(|_| ()).unwrap_err();
    assert_eq!(error, RegistrationError::Wallet(WalletError::Network));
}

#[test]
fn a_key_of_this_network_from_a_path_of_another_is_told() {
    let [ours, bob, carol] = people();
    let scene = Registered::new(wallet(FORM, &[&ours, &bob, &carol]));
    let path = "m/48h/0h/0h/2h";
    let main = Multi::of_template(format!(
        "wsh(sortedmulti(2,{}/{{}},{}/{{}}))",
        ours.origin(SHARED),
        bob.origin(path)
    ));
    let told = found(&scene.judged(&main));
    assert!(told.contains(&"PATH_OTHER_NETWORK") && told.contains(&"NETWORKS_MIXED"), "{told:?}");
    // ours from there: its coins are refused
    let ours_there = Multi::of_template(format!(
        "wsh(sortedmulti(2,{}/{{}},{}/{{}}))",
        ours.origin(path),
        bob.origin(SHARED)
    ));
    assert!(found(&scene.judged(&ours_there)).contains(&"PATH_OTHER_NETWORK"));
    let desk = Desk::of(&ours).with(ours_there.wallet("Mixed"));
    let mut draft = Draft::new();
    draft.spend(&ours_there.at(0, 0), 1_000_000);
    draft.pay(payee(), 990_000);
    assert_refused(&desk.examine(&draft), NetworkWrong, Input(0));
}

#[test]
fn a_global_extended_key_of_another_network_is_refused() {
    let [ours, bob, carol] = people();
    let scene = Registered::new(wallet(FORM, &[&ours, &bob, &carol]));
    let honest = wallet(FORM, &[&ours, &bob, &carol]);
    let with = |key: bitcoin::bip32::Xpub| {
        let mut draft = payment(&honest, &honest);
        draft.psbt.xpub.insert(key, ours.source(SHARED));
        draft
    };
    let own = ours.xpub(SHARED);
    assert_eq!(codes(&scene.desk.facts(&with(own))), []);
    let main = bitcoin::bip32::Xpub { network: NetworkKind::Main, ..own };
    let examined = scene.desk.examine(&with(main));
    assert_refused(&examined, NetworkWrong, Tx);
}
