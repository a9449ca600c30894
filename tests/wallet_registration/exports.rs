//! What coordinators are given: the papers' own bytes, every form read back, never the master key.

use crate::common::vectors;
use crate::meaning::wallet;
use crate::people::{OURS, Person, SHARED, descriptor, seed};
use crate::registry::hex;
use crate::texts::text;
use coldlight::keys::{Mnemonic, Passphrase, Seed};
use coldlight::wallet::export::{
    AccountKey, AccountKind, Coordinator, ExportError, Exported, KeyForm, WalletForm, export_keys,
    export_wallet,
};
use coldlight::wallet::registration::{Content, Reading, read};
use coldlight::wallet::{Chain, KeyRing, Network, ScriptType, Wallet, address};
use libtest_mimic::Trial;
use serde_json::Value;
use std::path::Path;

pub fn tests() -> Vec<Trial> {
    vec![
        vectors::bulk!(
            "bcr-papers",
            the_account_of_bcr_2020_015_is_written_without_the_tags_that_readers_stop_at
        ),
        vectors::constant!(every_form_of_keys_is_read_back),
        vectors::constant!(every_form_of_a_wallet_is_read_back_or_says_why_not),
        vectors::constant!(electrum_is_given_the_key_of_bip84),
        vectors::constant!(no_form_holds_the_master_key),
        vectors::constant!(an_account_key_stands_at_its_path_or_is_none),
        vectors::constant!(every_coordinator_has_a_form_for_its_accounts),
        vectors::constant!(wallets_that_a_coordinator_refuses_are_known),
    ]
}

fn the_account_of_bcr_2020_015_is_written_without_the_tags_that_readers_stop_at(folder: &Path) {
    let words = "shield group erode awake lock sausage cash glare wave crew flame glove";
    let words = Mnemonic::parse(words).unwrap_or_else(|error| panic!("{error}"));
    let seed = Seed::open(&words, &Passphrase::new(""), Network::Main);
    let kinds = [
        AccountKind::Single(ScriptType::Legacy),
        AccountKind::Single(ScriptType::NestedSegwit),
        AccountKind::Single(ScriptType::NativeSegwit),
        AccountKind::SharedLegacy,
        AccountKind::SharedNested,
        AccountKind::SharedSegwit,
        AccountKind::Single(ScriptType::Taproot),
    ];
    let keys = kinds.map(|kind| seed.account_key(kind, 0).expect("an account"));
    let Exported::Registry(_, cbor) = export_keys(&keys, KeyForm::CryptoAccount).unwrap() else {
        panic!("a UR")
    };
    let published = hex(&text(folder, "bcr-2020-015-account.md")).remove(0);
    // around each key: tag 308, an output, and tag 410, a cosigner
    let published = without(&published, &[0xd9, 0x01, 0x34]);
    assert_eq!(cbor, without(&published, &[0xd9, 0x01, 0x9a]));
}

fn without(bytes: &[u8], tag: &[u8]) -> Vec<u8> {
    let mut left = bytes.to_vec();
    while let Some(at) = left.windows(tag.len()).position(|found| found == tag) {
        left.drain(at..at + tag.len());
    }
    left
}

fn keys(network: Network) -> Vec<AccountKey> {
    let seed = seed(network);
    AccountKind::ALL.into_iter().filter_map(|kind| seed.account_key(kind, 0)).collect()
}

fn back(exported: &Exported, network: Network) -> Reading {
    let content = match exported {
        Exported::Text { text, .. } => Content::Text(text),
        Exported::Registry(kind, cbor) => Content::Registry(*kind, cbor),
    };
    read(content, "w", network).unwrap_or_else(|error| panic!("{exported:?}: {error}"))
}

/// The descriptor of a single-key account, or the key of a shared one.
fn told(reading: &Reading) -> Vec<String> {
    let wallets = reading.wallets.iter().map(|one| one.wallet().text().to_owned());
    wallets.chain(reading.cosigners.iter().map(|key| key.with_origin())).collect()
}

fn every_form_of_keys_is_read_back() {
    for network in [Network::Main, Network::Test] {
        let seed = seed(network);
        let descriptors = seed.descriptors();
        for key in keys(network) {
            let expected = match key.kind() {
                AccountKind::Single(script) => {
                    let place = ScriptType::ALL.iter().position(|kind| *kind == script);
                    descriptors[place.unwrap()].clone()
                }
                _ => key.text(),
            };
            let mut read = 0;
            for form in [
                KeyForm::Text,
                KeyForm::Descriptor,
                KeyForm::CryptoAccount,
                KeyForm::CryptoHdKey,
                KeyForm::HdKey,
                KeyForm::CryptoMultiAccounts,
                KeyForm::ColdcardJson,
                KeyForm::CoreImport,
            ] {
                match export_keys(std::slice::from_ref(&key), form) {
                    Ok(exported) => {
                        let found = told(&back(&exported, network));
                        assert_eq!(found, [expected.as_str()], "{form:?}");
                        read += 1;
                    }
                    Err(error) => {
                        assert_eq!(error, ExportError::Kind, "{form:?} {:?}", key.kind());
                        let single = matches!(key.kind(), AccountKind::Single(_));
                        assert!(!single, "{form:?}");
                    }
                }
            }
            assert!(read >= 4, "{:?}", key.kind());
        }
        // all at once
        let all: Vec<AccountKey> =
            keys(network).into_iter().filter(|key| key.kind() != AccountKind::SharedAny).collect();
        for form in [
            KeyForm::Text,
            KeyForm::CryptoAccount,
            KeyForm::CryptoMultiAccounts,
            KeyForm::ColdcardJson,
        ] {
            let reading = back(&export_keys(&all, form).unwrap(), network);
            assert_eq!((reading.wallets.len(), reading.cosigners.len()), (4, 3), "{form:?}");
        }
        assert_eq!(export_keys(&all, KeyForm::HdKey), Err(ExportError::OneKey));
    }
    assert_eq!(export_keys(&[], KeyForm::Text), Err(ExportError::NoKey));
    let other = Seed::open(
        &Mnemonic::parse(OURS).unwrap_or_else(|error| panic!("{error}")),
        &Passphrase::new("x"),
        Network::Main,
    );
    let mut mixed = keys(Network::Main);
    mixed.extend(other.account_key(AccountKind::SharedSegwit, 0));
    assert_eq!(export_keys(&mixed, KeyForm::Text), Err(ExportError::SeveralSeeds));
}

fn every_form_of_a_wallet_is_read_back_or_says_why_not() {
    use WalletForm::*;
    let forms =
        [Descriptor, Bsms, ColdcardText, SpecterJson, CryptoOutput, OutputDescriptor, CoreImport];
    for (text, without) in [
        ("wpkh(A)", &[ColdcardText][..]),
        ("tr(A)", &[ColdcardText]),
        ("wsh(sortedmulti(2,A,B,C))", &[]),
        ("sh(wsh(sortedmulti(2,A,B,C)))", &[]),
        ("sh(sortedmulti(2,A,B))", &[]),
        ("wsh(multi(2,A,B,C))", &[ColdcardText]),
        ("wsh(or_d(pk(A),and_v(v:pkh(B),older(144))))", &[ColdcardText, CryptoOutput]),
        ("tr(A,{sortedmulti_a(2,B,C),pk(D)})", &[ColdcardText, CryptoOutput]),
    ] {
        let wallet = wallet(text).named("Family");
        for form in forms {
            match export_wallet(&wallet, form) {
                Ok(exported) => {
                    assert!(!without.contains(&form), "{form:?} of {text}");
                    assert_eq!(
                        told(&back(&exported, Network::Main)),
                        [descriptor(text)],
                        "{form:?}"
                    );
                }
                Err(error) => {
                    assert!(without.contains(&form), "{form:?} of {text}: {error}");
                    assert!(error.to_string().ends_with("another form."));
                }
            }
        }
    }
    // chains that are not the usual ones are written out
    let other = descriptor("wsh(sortedmulti(2,A,B))").replace("<0;1>", "<4;7>");
    let body = other.split_once('#').unwrap().0;
    let other = Wallet::parse(&crate::people::checked(body), "F", Network::Main).unwrap();
    let Ok(Exported::Text { text, ending }) = export_wallet(&other, Bsms) else { panic!("text") };
    let first = address(&other.script(Chain::Receive, 0).unwrap(), Network::Main).unwrap();
    assert_eq!(text, format!("BSMS 1.0\n{body}\nNo path restrictions\n{first}\n"));
    assert_eq!(ending, "bsms");
    assert_eq!(export_wallet(&other, ColdcardText), Err(ExportError::NotSorted));
    assert_eq!(export_wallet(&other, CryptoOutput), Err(ExportError::NotPlain));
}

/// BIP84's test vectors.
fn electrum_is_given_the_key_of_bip84() {
    let key = seed(Network::Main).account_key(AccountKind::Single(ScriptType::NativeSegwit), 0);
    let key = key.expect("an account");
    let zpub = "zpub6rFR7y4Q2AijBEqTUquhVz398htDFrtymD9xYYfG1m4wAcvPhXNfE3EfH1r1ADqtfSdVCToUG868RvUUkgDKf31mGDtKsAYz2oz2AGutZYs";
    let exported = export_keys(std::slice::from_ref(&key), KeyForm::Slip132).unwrap();
    assert_eq!(exported, Exported::Text { text: zpub.into(), ending: "txt" });
    let taproot = seed(Network::Main).account_key(AccountKind::Single(ScriptType::Taproot), 0);
    let error = export_keys(&[taproot.unwrap()], KeyForm::Slip132);
    assert_eq!(error, Err(ExportError::Kind));
    let exported = export_keys(&[key], KeyForm::ColdcardJson).unwrap();
    let Exported::Text { text, .. } = exported else { panic!("JSON") };
    let json: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(json["bip84"]["_pub"], zpub);
    assert_eq!(json["bip84"]["first"], "bc1qcr8te4kr609gcawutmrza0j4xv80jy8z306fyu");
    assert_eq!(
        (&json["xfp"], &json["bip84"]["deriv"]),
        (&"73C5DA0A".into(), &"m/84'/0'/0'".into())
    );
}

fn no_form_holds_the_master_key() {
    let master = Person::new(0).xpub("m");
    let (point, code) = (master.public_key.serialize(), master.chain_code.to_bytes());
    let all: Vec<AccountKey> = keys(Network::Main)
        .into_iter()
        .filter(|key| key.kind() != AccountKind::SharedAny)
        .collect();
    for form in
        [KeyForm::Text, KeyForm::CryptoAccount, KeyForm::CryptoMultiAccounts, KeyForm::ColdcardJson]
    {
        match export_keys(&all, form).unwrap() {
            Exported::Text { text, .. } => assert!(!text.contains(&master.to_string()), "{form:?}"),
            Exported::Registry(_, cbor) => {
                assert!(!cbor.windows(33).any(|bytes| bytes == point), "{form:?}");
                assert!(!cbor.windows(32).any(|bytes| bytes == code), "{form:?}");
            }
        }
    }
}

fn an_account_key_stands_at_its_path_or_is_none() {
    let ours = seed(Network::Main);
    let master = KeyRing::fingerprint(&ours);
    let segwit = AccountKind::SharedSegwit;
    let key = ours.account_key(segwit, 0).expect("an account");
    assert_eq!(key.text(), Person::new(0).key(SHARED));
    let new = |kind, account, network, key| AccountKey::new(kind, account, network, master, key);
    let xpub = *key.key();
    assert!(new(segwit, 0, Network::Main, xpub).is_some());
    assert!(new(segwit, 0, Network::Test, xpub).is_none(), "another network");
    assert!(new(AccountKind::SharedNested, 0, Network::Main, xpub).is_none(), "another step");
    assert!(new(segwit, 0, Network::Main, Person::new(0).xpub("m")).is_none(), "the master key");
    assert!(new(segwit, 0, Network::Main, Person::new(0).xpub("48'/0'/0'")).is_none());
    assert!(ours.account_key(AccountKind::SharedLegacy, 1).is_none(), "BIP45 has one account");
    assert!(ours.account_key(segwit, 1 << 31).is_none());
    assert!(ours.account_key(segwit, (1 << 31) - 1).is_some());
}

fn every_coordinator_has_a_form_for_its_accounts() {
    for coordinator in Coordinator::ALL {
        let mut offered = 0;
        for key in keys(Network::Main) {
            for form in coordinator.key_forms(key.kind()) {
                let exported = export_keys(std::slice::from_ref(&key), form);
                assert!(exported.is_ok(), "{coordinator:?} {:?} {form:?}", key.kind());
                offered += 1;
            }
        }
        assert!(offered > 0 && !coordinator.name().is_empty(), "{coordinator:?}");
        for form in coordinator.wallet_forms() {
            assert!(export_wallet(&wallet("wsh(sortedmulti(2,A,B,C))"), *form).is_ok());
        }
    }
    let taproot = AccountKind::Single(ScriptType::Taproot);
    assert!(Coordinator::Electrum.key_forms(taproot).is_empty(), "it has no Taproot accounts");
}

/// As their readers do (`scripts/test peers`), or their source says.
fn wallets_that_a_coordinator_refuses_are_known() {
    use Coordinator::*;
    for (form, refused) in [
        ("wpkh(A)", [Liana].as_slice()),
        ("tr(A)", &[Liana]),
        ("wsh(sortedmulti(2,A,B,C))", &[Cove, Liana]),
        ("sh(sortedmulti(2,A,B,C))", &[Cove, Liana]),
        ("wsh(multi(2,A,B,C))", &[BlueWallet, Cove, Liana]),
        ("wsh(or_d(pk(A),and_v(v:pkh(B),older(52560))))", &[BlueWallet, BitcoinSafe, Cove]),
        ("wsh(or_d(pk(A),and_v(v:pkh(B),after(900000))))", &[BlueWallet, BitcoinSafe, Cove, Liana]),
        (
            "wsh(thresh(3,pk(A),s:pk(B),s:pk(C),sln:older(12960)))",
            &[BlueWallet, BitcoinSafe, Cove, Liana],
        ),
        ("tr(A,and_v(v:pk(B),older(52560)))", &[Specter, BlueWallet, BitcoinSafe, Cove]),
        ("tr(A,multi_a(2,B,C))", &[Specter, BlueWallet, BitcoinSafe, Cove, Liana]),
    ] {
        let wallet = wallet(form);
        let found: Vec<Coordinator> =
            Coordinator::ALL.into_iter().filter(|one| !one.may_have(&wallet)).collect();
        assert_eq!(found, refused, "{form}");
    }
}
