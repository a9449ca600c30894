//! Main coins behind a test network's screen: the user thinks that it is play money.

use crate::build::*;
use coldlight::review::Code::*;
use coldlight::review::Place::*;
use coldlight::wallet::Network;

#[test]
fn an_input_at_a_path_of_the_main_network_is_refused_elsewhere() {
    let ours = Person::new(OURS);
    for (form, purpose) in
        [("pkh(KEY)", 44), ("sh(wpkh(KEY))", 49), ("wpkh(KEY)", 84), ("tr(KEY)", 86)]
    {
        let mut draft = Draft::new();
        draft.spend(&form.replace("KEY", &ours.at(&format!("m/{purpose}h/0h/0h/0/0"))), 1_000_000);
        draft.pay(payee(), 990_000);
        for network in [Network::Test, Network::Signet, Network::Regtest] {
            let desk = Desk { network, ..Desk::of(&ours) };
            assert_refused(&desk.examine(&draft), NetworkWrong, Input(0));
        }
        let desk = Desk { network: Network::Main, ..Desk::of(&ours) };
        assert_eq!(codes(&desk.facts(&draft)), []);
    }
}

#[test]
fn and_a_test_path_on_the_main_network() {
    let ours = Person::new(OURS);
    let desk = Desk { network: Network::Main, ..Desk::of(&ours) };
    assert_refused(&desk.examine(&Draft::ordinary(&ours)), NetworkWrong, Input(0));
    // another coin altogether
    let mut draft = Draft::new();
    draft.spend(&format!("wpkh({})", ours.at("m/84h/2h/0h/0/0")), 1_000_000);
    draft.pay(payee(), 990_000);
    assert_refused(&desk.examine(&draft), NetworkWrong, Input(0));
}

#[test]
fn change_at_a_path_of_another_network_is_refused() {
    let ours = Person::new(OURS);
    let mut draft = Draft::ordinary(&ours);
    let n = draft.back(&format!("wpkh({})", ours.at("m/84h/0h/0h/1/0")), 500);
    assert_refused(&Desk::of(&ours).examine(&draft), NetworkWrong, Output(n));
}
