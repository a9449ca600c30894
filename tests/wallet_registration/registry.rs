//! Wallets and keys as URs: the examples of the papers, by their hex and through the codes themselves.

use crate::common::vectors;
use crate::texts::text;
use coldlight::transport::{
    Collector, Dialect, Kind, Offered, Reel, ReelOptions, Trouble, UrForeign, Wanted,
};
use coldlight::wallet::registration::{
    Adaptation, Content, Form, Reading, RegistrationError, RegistryError, RegistryType, read,
};
use coldlight::wallet::{Network, WalletError};
use data_encoding::HEXLOWER_PERMISSIVE;
use libtest_mimic::Trial;
use std::path::Path;

pub fn tests() -> Vec<Trial> {
    vec![
        vectors::bulk!("bcr-papers", the_keys_of_bcr_2020_007_are_read),
        vectors::bulk!("bcr-papers", the_outputs_of_bcr_2020_010_are_read_or_named),
        vectors::bulk!("bcr-papers", the_outputs_of_bcr_2023_010_are_read_or_named),
        vectors::bulk!("bcr-papers", the_account_of_bcr_2020_015_is_read_whole),
        vectors::bulk!("bcr-papers", the_account_of_bcr_2023_019_is_read_whole),
        vectors::bulk!("bcr-papers", codes_of_wallets_come_through_the_collector_that_wants_them),
    ]
}

/// The hex strings of a paper, one a code block.
pub fn hex(paper: &str) -> Vec<Vec<u8>> {
    let mut found: Vec<Vec<u8>> = Vec::new();
    let mut announced = false;
    for line in paper.lines() {
        let lower = line.to_ascii_lowercase();
        if line.starts_with('*') || lower.starts_with("hex-encoded cbor") {
            announced = lower.contains("as a hex string") || lower.starts_with("hex-encoded cbor");
        } else if announced && line.len() > 50 && !line.contains(' ') {
            found.push(HEXLOWER_PERMISSIVE.decode(line.as_bytes()).expect("hex"));
            announced = false;
        }
    }
    found
}

/// The UR codes of a paper.
fn codes<'a>(paper: &'a str, name: &str) -> Vec<&'a str> {
    let head = format!("ur:{name}/");
    paper.lines().filter(|line| line.starts_with(&head)).collect()
}

fn registry(
    kind: RegistryType,
    cbor: &[u8],
    network: Network,
) -> Result<Reading, RegistrationError> {
    read(Content::Registry(kind, cbor), "w", network)
}

/// What was read: descriptors without their checksums, and cosigners' keys.
fn told(reading: &Reading) -> (Vec<String>, Vec<String>) {
    let wallets = reading.wallets.iter().map(|one| one.wallet().text());
    let wallets = wallets.map(|text| text.split_once('#').expect("a checksum").0.to_owned());
    (wallets.collect(), reading.cosigners.iter().map(|key| key.with_origin()).collect())
}

fn the_keys_of_bcr_2020_007_are_read(folder: &Path) {
    let paper = text(folder, "bcr-2020-007-hdkey.md");
    let [master, derived, ..] = &hex(&paper)[..] else { panic!("two keys") };
    let error = registry(RegistryType::HdKey, master, Network::Main).expect_err("private");
    assert_eq!(error, RegistrationError::Registry(RegistryError::PrivateKey));
    // no fingerprint is told, so the key stands alone
    let reading = registry(RegistryType::HdKey, derived, Network::Test).expect("the key");
    let (wallets, keys) = told(&reading);
    assert!(wallets.is_empty());
    assert_eq!(
        keys,
        [
            "tpubDHW3GtnVrTatx38EcygoSf9UhUd9Dx1rht7FAL8unrMo8r2NWhJuYNqDFS7cZFVbDaxJkV94MLZAr86XFPsAPYcoHWJ7sWYsrmHDw5sKQ2K"
        ]
    );
}

fn the_outputs_of_bcr_2020_010_are_read_or_named(folder: &Path) {
    let paper = text(folder, "bcr-2020-010-output-desc.md");
    let outputs = hex(&paper);
    assert!(outputs.len() >= 5, "{}", outputs.len());
    for (number, cbor) in (1..).zip(&outputs[..4]) {
        let read = registry(RegistryType::CryptoOutput, cbor, Network::Main);
        // single keys, or the change chain alone
        let error = read.expect_err("no chains");
        assert_eq!(error, RegistrationError::Wallet(WalletError::NoChains), "example {number}");
    }
    // the last step is 0 in both keys: a receive chain, to which the change chain is added
    let reading = registry(RegistryType::CryptoOutput, &outputs[4], Network::Main);
    let reading = reading.expect("a wallet");
    assert_eq!(reading.wallets[0].adaptations(), [Adaptation::ChangeChain]);
    let (wallets, _) = told(&reading);
    assert_eq!(
        wallets,
        [
            "wsh(multi(1,xpub661MyMwAqRbcFW31YEwpkMuc5THy2PSt5bDMsktWQcFF8syAmRUapSCGu8ED9W6oDMSgv6Zz8idoc4a6mr8BDzTJY47LJhkJ8UB7WEGuduB/1/<0;1>/*,[bd16bee5/0]xpub69H7F5d8KSRgmmdJg2KhpAK8SR3DjMwAdkxj3ZuxV27CprR9LgpeyGmXUbC6wb7ERfvrnKZjXoUmmDznezpbZb7ap6r1D3tgFxHmwMkQTPH/0/<0;1>/*))"
        ]
    );
}

fn the_outputs_of_bcr_2023_010_are_read_or_named(folder: &Path) {
    let paper = text(folder, "bcr-2023-010-output-descriptor.md");
    let outputs = hex(&paper);
    let [public, address, private, shared] = &outputs[..] else { panic!("four examples") };
    let error = |cbor| registry(RegistryType::OutputDescriptor, cbor, Network::Main).unwrap_err();
    assert_eq!(error(public), RegistrationError::Wallet(WalletError::Kind));
    assert_eq!(error(address), RegistrationError::Registry(RegistryError::Script { tag: 40_307 }));
    assert_eq!(error(private), RegistrationError::Registry(RegistryError::PrivateKey));
    let reading = registry(RegistryType::OutputDescriptor, shared, Network::Main).expect("2 of 3");
    let one = reading.only().expect("one wallet");
    assert_eq!(one.wallet().name(), "Satoshi's Stash");
    assert_eq!(one.form(), Form::Registry(RegistryType::OutputDescriptor));
    let expected = paper.lines().find(|line| line.starts_with("wsh(sortedmulti(2,[dc567276"));
    assert_eq!(Some(told(&reading).0[0].as_str()), expected);
}

/// The seven lines that both papers begin with.
fn account(paper: &str) -> (Vec<String>, Vec<String>) {
    let (mut wallets, mut keys) = (Vec::new(), Vec::new());
    let head = |line: &&str| {
        ["pkh(", "sh(", "wpkh(", "wsh(", "tr("].iter().any(|head| line.starts_with(head))
    };
    for line in paper.lines().filter(head) {
        match line.split_once("cosigner(") {
            Some((_, rest)) => keys.push(rest.trim_end_matches(')').to_owned()),
            None => {
                let at = line.find(')').expect("the key's end");
                wallets.push(format!("{}/<0;1>/*{}", &line[..at], &line[at..]));
            }
        }
    }
    (wallets, keys)
}

fn the_account_of_bcr_2020_015_is_read_whole(folder: &Path) {
    let paper = text(folder, "bcr-2020-015-account.md");
    let reading = registry(RegistryType::CryptoAccount, &hex(&paper)[0], Network::Main);
    let reading = reading.expect("an account");
    assert_eq!((reading.wallets.len(), reading.cosigners.len()), (4, 3));
    assert_eq!(told(&reading), account(&paper));
}

fn the_account_of_bcr_2023_019_is_read_whole(folder: &Path) {
    let paper = text(folder, "bcr-2023-019-account-descriptor.md");
    let reading = registry(RegistryType::AccountDescriptor, &hex(&paper)[0], Network::Main);
    let reading = reading.expect("an account");
    assert_eq!((reading.wallets.len(), reading.cosigners.len()), (4, 3));
    assert_eq!(told(&reading), account(&paper));
    // tagged at the top, too
    let tagged = [&[0xd9, 0x9d, 0x77][..], &hex(&paper)[0]].concat();
    assert!(registry(RegistryType::AccountDescriptor, &tagged, Network::Main).is_ok());
    let falsely = [&[0xd9, 0x9d, 0x74][..], &hex(&paper)[0]].concat();
    let error = registry(RegistryType::AccountDescriptor, &falsely, Network::Main).unwrap_err();
    assert_eq!(error, RegistrationError::Registry(RegistryError::Structure { at: 0 }));
}

fn codes_of_wallets_come_through_the_collector_that_wants_them(folder: &Path) {
    for (paper, kind) in [
        ("bcr-2020-007-hdkey.md", RegistryType::HdKey),
        ("bcr-2020-010-output-desc.md", RegistryType::CryptoOutput),
        ("bcr-2020-015-account.md", RegistryType::CryptoAccount),
        ("bcr-2023-019-account-descriptor.md", RegistryType::AccountDescriptor),
    ] {
        let paper = text(folder, paper);
        let (cbor, code) = (&hex(&paper)[0], codes(&paper, kind.name())[0]);
        let mut payments = Collector::default();
        let Offered::Refused(Trouble::UrType(foreign)) = payments.offer(code.as_bytes()) else {
            panic!("{kind:?} is no payment")
        };
        assert!(matches!(foreign, UrForeign::Key | UrForeign::Descriptor | UrForeign::Account));
        let mut wallets = Collector::wanting(Wanted::Wallets);
        let Offered::Complete(payload) = wallets.offer(code.as_bytes()) else {
            panic!("{kind:?} is wanted")
        };
        assert_eq!((payload.kind(), payload.bytes()), (Kind::Registry(kind), cbor.as_slice()));
        // and out again, in several parts
        let options = ReelOptions { fragment: Some(20) };
        let reel = Reel::new(cbor, Kind::Registry(kind), Dialect::Ur, options).expect("parts");
        let mut again = Collector::wanting(Wanted::Wallets);
        let whole = (0..200).find_map(|frame| match again.offer(reel.frame(frame).as_bytes()) {
            Offered::Complete(payload) => Some(payload),
            _ => None,
        });
        let whole = whole.expect("all parts");
        assert_eq!((whole.kind(), whole.bytes()), (Kind::Registry(kind), cbor.as_slice()));
    }
}
