//! Every form reaches the screen; what is no wallet is told.

use super::*;
use coldlight::wallet::export::{Exported, WalletForm, export_wallet};
use coldlight::wallet::{Network, Wallet};

#[test]
fn what_coordinators_give_is_offered_under_its_name() {
    let text = descriptor("wsh(sortedmulti(2,@A,@B,@C))");
    let wallet = Wallet::parse(&text, "Family", Network::Test).unwrap_or_else(|e| panic!("{e}"));
    for form in [WalletForm::Descriptor, WalletForm::Bsms, WalletForm::ColdcardText] {
        let Ok(Exported::Text { text: given, .. }) = export_wallet(&wallet, form) else {
            panic!("{form:?} is a text")
        };
        let mut stage = opened(80, 25);
        show(&mut stage, &given);
        says(&stage, "Register a shared wallet?");
        tells(&mut stage, "At any time: 2 of: you, b8688df1,");
        stage.take_wallet();
        says(&stage, "It is registered.");
    }
}

#[test]
fn a_descriptor_can_be_typed_and_what_is_wrong_loses_nothing() {
    let text = descriptor("wsh(sortedmulti(2,@A,@B,@C))");
    let mut stage = opened(80, 25);
    stage.type_keys("wt");
    let (body, last) = text.split_at(text.len() - 1);
    stage.type_keys(body);
    stage.press(Key::Enter);
    says(&stage, "checksum");
    stage.press(Key::Enter);
    says(&stage, &format!("{} characters", body.len()));
    stage.type_keys(last);
    stage.press(Key::Enter);
    says(&stage, "Register a shared wallet?");
}

#[test]
fn a_cosigners_key_alone_is_no_wallet() {
    let mut stage = opened(80, 25);
    show(&mut stage, &Person::new(BOB).origin(SHARED));
    says(&stage, "This is the key of one signer, and no wallet yet.");
    stage.press(Key::Enter);
    says(&stage, "None is registered.");
}

#[test]
fn a_wallet_of_another_network_is_told() {
    let mut stage = opened(80, 25);
    let key = "xpub6ERApfZwUNrhLCkDtcHTcxd75RbzS1ed54G1LkBUHQVHQKqhMkhgbmJbZRkrgZw4koxb5JaHWkY4ALHY2grBGRjaDMzQLcgJvLJuZZvRcEL";
    let text = format!("wsh(sortedmulti(1,{key}/<0;1>/*))");
    let main = miniscript::Descriptor::<miniscript::DescriptorPublicKey>::from_str(&text)
        .unwrap_or_else(|error| panic!("{error}"))
        .to_string();
    show(&mut stage, &main);
    says(&stage, "network");
    stage.press(Key::Enter);
    says(&stage, "None is registered.");
}

#[test]
fn without_an_open_seed_nobodys_key_is_told() {
    let mut stage = stage(80, 25);
    show(&mut stage, &descriptor("wsh(sortedmulti(2,@A,@B,@C))"));
    tells(&mut stage, "whose it is cannot be told");
    tells(&mut stage, "No seed is open, so which key is yours cannot be told.");
}
