//! Loaded wallets: what they prove, and what is refused without them.

use crate::build::*;
use coldlight::review::Code::*;
use coldlight::review::Grade::*;
use coldlight::review::Place::*;
use coldlight::review::{InputScript, OutputKind};
use coldlight::wallet::{Network, Wallet, WalletError};

fn people() -> (Person, Person, Person) {
    (Person::new(OURS), Person::new(BOB), Person::new(CAROL))
}

fn family() -> Multi {
    let (ours, bob, carol) = people();
    Multi::new("wsh(sortedmulti(2,KEYS))", &[&ours, &bob, &carol])
}

/// 1,000,000 of the wallet, 600,000 paid, 390,000 back.
fn payment(wallet: &Multi) -> Draft {
    let mut draft = Draft::new();
    draft.spend(&wallet.at(0, 3), 1_000_000);
    draft.pay(payee(), 600_000);
    draft.back(&wallet.at(1, 4), 390_000);
    draft
}

#[test]
fn every_kind_of_shared_wallet_is_proven_and_signed() {
    let (ours, bob, carol) = people();
    let all = [&ours, &bob, &carol];
    let nums = "50929b74c1a04954b78b4b6035e97a5e078a5a0f28ec96d547bfee9ace803ac0";
    let tree = format!("tr({nums},multi_a(2,KEYS))");
    use InputScript::*;
    for (form, kind) in [
        ("wsh(sortedmulti(2,KEYS))", P2wsh),
        ("wsh(multi(2,KEYS))", P2wsh),
        ("sh(wsh(sortedmulti(2,KEYS)))", P2shP2wsh),
        ("sh(sortedmulti(2,KEYS))", P2sh),
        ("sh(multi(2,KEYS))", P2sh),
        (tree.as_str(), P2trScript),
    ] {
        let wallet = Multi::new(form, &all);
        let draft = payment(&wallet);
        let desk = Desk::of(&ours).with(wallet.wallet("Family"));
        let facts = desk.facts(&draft);
        assert_eq!(codes(&facts), [], "{form}");
        let input = &facts.inputs[0];
        assert_eq!(input.script, kind, "{form}");
        assert_eq!((input.signatures.present, input.signatures.needed), (0, Some(2)));
        assert_eq!(input.signers.len(), 3);
        assert_eq!(input.signers.iter().filter(|signer| signer.ours).count(), 1);
        let change = &facts.outputs[1];
        assert_eq!(change.kind, OutputKind::Change);
        assert_eq!((change.wallet.as_deref(), change.index), (Some("Family"), Some(4)));
        let once = desk.sign(&draft);
        let again = Desk::of(&bob).with(wallet.wallet("Family"));
        let facts = again.examine_psbt(once).facts().clone();
        assert_eq!(facts.inputs[0].signatures.present, 1, "{form}");
        assert!(facts.inputs[0].signers.iter().any(|signer| signer.signed && !signer.ours));
    }
}

#[test]
fn without_its_wallet_a_shared_input_is_refused_and_an_output_is_a_payment() {
    let (ours, ..) = people();
    let examined = Desk::of(&ours).examine(&payment(&family()));
    assert_refused(&examined, WalletUnknown, Input(0));
    assert_found(examined.facts(), WalletUnknown, Warn, Output(1));
    assert_eq!(examined.facts().outputs[1].kind, OutputKind::External);
    let loaded = Desk::of(&ours).with(family().wallet("Family"));
    assert_lacks(&loaded.facts(&payment(&family())), WalletUnknown);
}

#[test]
fn our_key_in_a_taproot_tree_of_no_wallet_is_refused() {
    let (ours, bob, _) = people();
    let tree = Multi::of_template(format!(
        "tr({}/{{}},pk({}/{{}}))",
        ours.origin("m/86h/1h/0h"),
        bob.origin("m/86h/1h/0h")
    ));
    let examined = Desk::of(&ours).examine(&payment(&tree));
    assert_refused(&examined, WalletUnknown, Input(0));
    // loaded: our internal key signs the key path, no leaf
    let desk = Desk::of(&ours).with(tree.wallet("Tree"));
    let facts = desk.facts(&payment(&tree));
    assert_eq!(codes(&facts), []);
    assert_eq!(facts.inputs[0].script, InputScript::P2trKey);
    let tx = desk.sign(&payment(&tree)).finish().unwrap();
    assert_eq!(facts.weight, Some(tx.weight().to_wu()));
}

#[test]
fn several_of_our_keys_in_one_input_give_a_signature_each() {
    let (ours, bob, _) = people();
    let template = format!(
        "wsh(sortedmulti(2,{}/{{}},{}/{{}},{}/{{}}))",
        ours.origin("m/48h/1h/0h/2h"),
        ours.origin("m/48h/1h/1h/2h"),
        bob.origin("m/48h/1h/0h/2h")
    );
    let wallet = Multi::of_template(template);
    let desk = Desk::of(&ours).with(wallet.wallet("Mine"));
    let facts = desk.facts(&payment(&wallet));
    assert_eq!(facts.inputs[0].to_sign, 2);
    let tx = desk.sign(&payment(&wallet)).finish().unwrap();
    assert!(tx.weight().to_wu() <= facts.weight.unwrap());
}

#[test]
fn a_wallet_proves_without_a_seed_and_signs_nothing() {
    let desk = Desk::keyless().with(family().wallet("Family"));
    let facts = desk.facts(&payment(&family()));
    assert_eq!(codes(&facts), []);
    assert!(facts.inputs[0].ours);
    assert_eq!(facts.inputs[0].to_sign, 0);
    assert_eq!(facts.outputs[1].kind, OutputKind::Change);
}

#[test]
fn coins_of_one_wallet_going_to_another_of_ours_are_own_never_change() {
    let (ours, ..) = people();
    let desk = Desk::of(&ours).with(family().wallet("Family"));
    let mut draft = payment(&family());
    draft.back(&ours_at(&ours, 1, 0), 5_000);
    let facts = desk.facts(&draft);
    assert_eq!(codes(&facts), [(OwnOtherWallet, Warn, Output(2))]);
    assert_eq!(facts.outputs[2].kind, OutputKind::Own);
    // with an input of that wallet it is change
    draft.spend(&ours_at(&ours, 0, 0), 5_000);
    let facts = desk.facts(&draft);
    assert_eq!(codes(&facts), []);
    assert_eq!(facts.outputs[2].kind, OutputKind::Change);
    // and the other way round
    let mut draft = Draft::ordinary(&ours);
    draft.back(&family().at(1, 0), 500);
    assert_found(&desk.facts(&draft), OwnOtherWallet, Warn, Output(2));
}

#[test]
fn a_loaded_single_key_wallet_gives_its_name_and_its_account_is_usual() {
    let (ours, ..) = people();
    let savings = Multi::of_template(format!("wpkh({}/{{}})", ours.origin("m/84h/1h/77h")));
    let desk = Desk::of(&ours).with(savings.wallet("Savings"));
    let facts = desk.facts(&payment(&savings));
    assert_eq!(codes(&facts), []);
    assert_eq!(facts.outputs[1].wallet.as_deref(), Some("Savings"));
    assert_eq!(facts.outputs[1].kind, OutputKind::Change);
    // it is the same seed alone: account 0 is no other wallet
    let mut draft = payment(&savings);
    draft.back(&ours_at(&ours, 1, 0), 5_000);
    assert_lacks(&desk.facts(&draft), OwnOtherWallet);
}

#[test]
fn cosigners_keys_that_give_another_output_are_a_false_claim() {
    let (ours, bob, carol) = people();
    // the same keys, one signature instead of two
    let weaker = Multi::new("wsh(sortedmulti(1,KEYS))", &[&ours, &bob, &carol]);
    let mut draft = payment(&family());
    draft.back(&weaker.at(1, 5), 5_000);
    let desk = Desk::of(&ours).with(family().wallet("Family"));
    assert_refused(&desk.examine(&draft), ChangeFalse, Output(2));
    // also without a seed
    let desk = Desk::keyless().with(family().wallet("Family"));
    assert_refused(&desk.examine(&draft), ChangeFalse, Output(2));
}

#[test]
fn change_of_a_wallet_at_a_high_index_is_warned_about() {
    let (ours, ..) = people();
    let desk = Desk::of(&ours).with(family().wallet("Family"));
    for (index, kind) in [(1_000, OutputKind::Change), (20_000, OutputKind::External)] {
        let mut draft = payment(&family());
        draft.back(&family().at(1, index), 5_000);
        let facts = desk.facts(&draft);
        assert_eq!(codes(&facts), [(ChangeHighIndex, Warn, Output(2))]);
        assert_eq!(facts.outputs[2].kind, kind);
    }
}

#[test]
fn what_is_no_wallet_is_told_in_one_sentence() {
    let (ours, bob, carol) = people();
    let parse = |text: &str| Wallet::parse(text, "W", Network::Test).map(|_| ());
    let text = family().text();
    assert_eq!(parse(&text), Ok(()));
    assert_eq!(parse(&format!("{text}\n")), Ok(()));
    let (body, sum) = text.split_once('#').unwrap();
    let right = sum.to_owned();
    assert_eq!(parse(body), Err(WalletError::NoChecksum(right.clone())));
    let wrong = parse(&format!("{body}#qqqqqqqq"));
    assert_eq!(wrong, Err(WalletError::Checksum(right.clone())));
    assert!(wrong.unwrap_err().to_string().contains(&right));
    let main = Wallet::parse(&text, "W", Network::Main).map(|_| ());
    assert_eq!(main, Err(WalletError::Network));
    let private = with_checksum(&format!("wpkh({}/<0;1>/*)", ours.xpriv("m/84h/1h/0h")));
    assert_eq!(parse(&private), Err(WalletError::PrivateKey));
    let one_chain = with_checksum(&format!("wpkh({}/0/*)", ours.origin("m/84h/1h/0h")));
    assert_eq!(parse(&one_chain), Err(WalletError::NoChains));
    let three = with_checksum(&format!("wpkh({}/<0;1;2>/*)", ours.origin("m/84h/1h/0h")));
    assert_eq!(parse(&three), Err(WalletError::NoChains));
    let hardened = with_checksum(&format!("wpkh({}/<0;1>/*h)", ours.origin("m/84h/1h/0h")));
    assert_eq!(parse(&hardened), Err(WalletError::Hardened));
    let bare = with_checksum(&format!("pk({}/<0;1>/*)", ours.origin("m/84h/1h/0h")));
    assert_eq!(parse(&bare), Err(WalletError::Kind));
    assert_eq!(parse(&"x".repeat(20_001)), Err(WalletError::TooLong));
    for text in ["", "#", "hello", "wsh(multi(2))#aaaaaaaa", "wpkh(\u{202e})#aaaaaaaa"] {
        let error = parse(text).unwrap_err().to_string();
        assert!(error.ends_with('.') && !error.contains('\u{202e}'), "{error}");
    }
    let _ = (bob, carol);
}

#[test]
fn a_wallets_name_is_made_visible() {
    let wallet = Wallet::parse(&family().text(), "Fam\u{202e}ily", Network::Test).unwrap();
    assert_eq!(wallet.name(), "Fam<U+202E>ily");
    assert_eq!(wallet.policy(), "2-of-3");
}
