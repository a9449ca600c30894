//! What stands on the screen for each wallet program is what the library gives, to the byte.

use super::*;
use coldlight::transport::Kind;
use coldlight::wallet::ScriptType;
use coldlight::wallet::export::{AccountKind, Coordinator, Exported, export_keys, export_wallet};

fn is_given(payload: &Payload, exported: &Exported) {
    match exported {
        Exported::Registry(kind, cbor) => {
            assert_eq!(payload.kind(), Kind::Registry(*kind));
            assert_eq!(payload.bytes(), cbor);
        }
        Exported::Text { text, .. } => {
            assert_eq!(String::from_utf8_lossy(payload.bytes()).trim(), text.trim());
        }
    }
}

#[test]
fn each_program_gets_each_kind_of_account_in_each_form_that_it_reads() {
    let seed = Person::new(OURS).seed();
    for (place, program) in Coordinator::ALL.into_iter().enumerate() {
        let has = |kind: &AccountKind| !program.key_forms(*kind).is_empty();
        let kinds: Vec<AccountKind> = AccountKind::ALL.into_iter().filter(has).collect();
        for (row, kind) in kinds.iter().enumerate() {
            let mut stage = opened(140, 60);
            stage.type_keys("ax");
            (0..place).for_each(|_| stage.press(Key::Down));
            stage.press(Key::Enter);
            says(&stage, &format!("Which account shall {} have?", program.name()));
            (0..8).for_each(|_| stage.press(Key::Up));
            (0..row).for_each(|_| stage.press(Key::Down));
            stage.press(Key::Right);
            stage.press(Key::Enter);
            says(&stage, "all past and future addresses of this account");
            stage.press(Key::Enter);
            let number = u32::from(*kind != AccountKind::SharedLegacy);
            let key = seed.account_key(*kind, number).expect("an account");
            for form in program.key_forms(*kind) {
                let Ok(exported) = export_keys(std::slice::from_ref(&key), form) else { continue };
                is_given(&read_off(&mut stage), &exported);
                stage.press(Key::Char('f'));
            }
        }
    }
}

#[test]
fn each_program_that_has_shared_wallets_gets_one_in_each_form() {
    for (place, program) in Coordinator::ALL.into_iter().enumerate() {
        let mut stage = opened(140, 60);
        stage.register(family().text());
        stage.type_keys("w\np");
        (0..place).for_each(|_| stage.press(Key::Down));
        stage.press(Key::Enter);
        if program.wallet_forms().is_empty() || !program.may_have(&family()) {
            says(&stage, &format!("{} has no wallets of this kind.", program.name()));
            continue;
        }
        stage.press(Key::Enter);
        for form in program.wallet_forms() {
            let Ok(exported) = export_wallet(&family(), *form) else { continue };
            is_given(&read_off(&mut stage), &exported);
            stage.press(Key::Char('f'));
        }
    }
}

#[test]
fn all_accounts_at_once_are_one_code_without_the_master_key() {
    let mut stage = opened(140, 60);
    stage.type_keys("ax");
    stage.press(Key::Up);
    (0..10).for_each(|_| stage.press(Key::Down));
    stage.press(Key::Enter);
    says(&stage, "73c5da0a at m/84'/1'/0'");
    stage.press(Key::Enter);
    let seed = Person::new(OURS).seed();
    let keys: Vec<_> =
        AccountKind::ALL.into_iter().filter_map(|kind| seed.account_key(kind, 0)).collect();
    let payload = read_off(&mut stage);
    let exported = export_keys(&keys, coldlight::wallet::export::KeyForm::CryptoMultiAccounts);
    is_given(&payload, &exported.unwrap_or_else(|error| panic!("{error}")));
    let master = Person::new(OURS).xpub("");
    let public = master.public_key.serialize();
    assert!(!payload.bytes().windows(33).any(|bytes| bytes == public), "the master key is in it");
}

#[test]
fn a_descriptor_reads_back_as_the_same_account() {
    let key = Person::new(OURS).seed();
    let key = key.account_key(AccountKind::Single(ScriptType::Taproot), 0).expect("an account");
    let mut stage = opened(140, 60);
    // Bitcoin Core is the last
    stage.type_keys("ax");
    (0..9).for_each(|_| stage.press(Key::Down));
    stage.press(Key::Enter);
    stage.press(Key::Down);
    stage.type_keys("\n\n");
    let payload = read_off(&mut stage);
    let text = String::from_utf8(payload.bytes().to_vec()).expect("it is text");
    assert!(text.contains(&key.key().to_string()), "{text}");
}
