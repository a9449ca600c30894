//! Descriptors and policies over the texts of BIP380 to 383, 386 to 389.

use crate::common::vectors;
use crate::people::checked;
use crate::texts::{between, item, list, text};
use bitcoin::bip32::{ChildNumber, DerivationPath, Xpriv, Xpub};
use bitcoin::secp256k1::SECP256K1;
use coldlight::wallet::registration::{Content, PolicyRule, RegistrationError, read};
use coldlight::wallet::{Chain, Function, Network, Wallet, WalletError};
use libtest_mimic::Trial;
use miniscript::{Descriptor, DescriptorPublicKey};
use std::path::Path;

pub fn tests() -> Vec<Trial> {
    vec![
        vectors::bulk!("bip-texts", the_checksums_of_bip380_are_judged),
        vectors::bulk!("bip-texts", the_key_expressions_of_bip380_are_judged),
        vectors::bulk!("bip-texts", valid_descriptors_give_their_scripts_and_invalid_ones_none),
        vectors::bulk!("bip-texts", multipath_descriptors_of_bip389_are_their_two_chains),
        vectors::bulk!("bip-texts", policies_of_bip388_are_their_descriptors),
        vectors::bulk!("bip-texts", musig_of_bip390_is_named),
    ]
}

fn wallet(text: &str) -> Result<Wallet, RegistrationError> {
    let reading = read(Content::Text(text), "w", Network::Main)?;
    Ok(reading.wallets.into_iter().next().expect("a wallet").into_wallet())
}

fn the_checksums_of_bip380_are_judged(folder: &Path) {
    let text = text(folder, "bip-0380.mediawiki");
    let section = between(&text, "cover the checksum", "cover key expressions");
    let mut seen = 0;
    for line in section.lines() {
        let Some((title, descriptor)) = item(line) else { continue };
        let error = wallet(descriptor).expect_err(descriptor);
        let title = title.trim_start_matches("* ").split([':', '(']).next().unwrap().trim();
        match (title, &error) {
            // it is read, and then named
            (
                "Valid checksum",
                RegistrationError::Wallet(WalletError::Unsupported {
                    function: Function::Raw, ..
                }),
            ) => {}
            ("No checksum", RegistrationError::Wallet(WalletError::NoChecksum(right))) => {
                assert_eq!(right, "89f8spxm");
            }
            ("Invalid characters in payload", RegistrationError::Wallet(error)) => {
                assert!(matches!(error, WalletError::Malformed(_)), "{error}");
            }
            (
                "Missing checksum" | "Too long checksum" | "Too short checksum"
                | "Error in payload" | "Error in checksum",
                RegistrationError::Wallet(WalletError::Checksum(_)),
            ) => {}
            other => panic!("{other:?}: {descriptor}"),
        }
        seen += 1;
    }
    assert_eq!(seen, 8);
}

/// A wallet has extended keys with two chains: a good key expression is refused for that alone, a bad
/// one as no key.
fn the_key_expressions_of_bip380_are_judged(folder: &Path) {
    let text = text(folder, "bip-0380.mediawiki");
    let section = between(&text, "cover key expressions", "==Backwards");
    let (valid, invalid) = section.split_once("Invalid expression").expect("both");
    let judge = |key: &str| wallet(&checked(&format!("pkh({key})"))).expect_err(key);
    let mut seen = (0, 0);
    for (key, _) in list(valid) {
        let error = judge(key);
        let private = key.contains("xprv") || !key.contains("pub") && key.len() < 60;
        match error {
            RegistrationError::PrivateKey => assert!(private, "{key}"),
            RegistrationError::Wallet(WalletError::NoChains) => assert!(!private, "{key}"),
            other => panic!("{key}: {other}"),
        }
        seen.0 += 1;
    }
    for (key, _) in list(invalid) {
        match judge(key) {
            RegistrationError::PrivateKey
            | RegistrationError::Wallet(WalletError::Malformed(_)) => {}
            other => panic!("{key}: {other}"),
        }
        seen.1 += 1;
    }
    assert_eq!(seen, (21, 16));
}

/// The public form of a descriptor's private keys; None where a hardened child needs them.
fn public(descriptor: &str) -> Option<String> {
    let mut text = String::new();
    let is_end = |letter: char| matches!(letter, '(' | ')' | ',' | '{' | '}');
    let mut rest = descriptor;
    while !rest.is_empty() {
        let end = rest.find(is_end).unwrap_or(rest.len());
        let (token, after) = rest.split_at(end);
        let at = token.find("xprv");
        match at {
            Some(at) => text.push_str(&format!("{}{}", &token[..at], neutered(&token[at..])?)),
            None => match bitcoin::PrivateKey::from_wif(token) {
                Ok(key) => text.push_str(&key.public_key(SECP256K1).to_string()),
                Err(_) => text.push_str(token),
            },
        }
        let next = after.chars().next().map_or(0, char::len_utf8);
        text.push_str(&after[..next]);
        rest = &after[next..];
    }
    Some(text)
}

/// The hardened steps taken, the others left.
fn neutered(key: &str) -> Option<String> {
    let mut parts = key.split('/');
    let master: Xpriv = parts.next()?.parse().ok()?;
    let steps: Vec<&str> = parts.collect();
    let hardened = |step: &&str| step.ends_with(['\'', 'h']);
    let taken = steps.iter().rposition(hardened).map_or(0, |last| last + 1);
    let path: Result<Vec<ChildNumber>, _> = steps[..taken].iter().map(|s| s.parse()).collect();
    let path: DerivationPath = path.ok()?.into();
    let public = Xpub::from_priv(SECP256K1, &master.derive_priv(SECP256K1, &path).ok()?);
    let rest: String = steps[taken..].iter().map(|step| format!("/{step}")).collect();
    Some(format!("{public}{rest}"))
}

/// The same keys with a second chain: the last step before the wildcard, and the number after it.
fn with_chains(descriptor: &str) -> Option<String> {
    let mut text = String::new();
    for (number, part) in descriptor.split("/*").enumerate() {
        if number > 0 {
            let slash = text.rfind('/')?;
            let step: u32 = text[slash + 1..].parse().ok()?;
            text.truncate(slash);
            text.push_str(&format!("/<{step};{}>/*", step + 100));
        }
        text.push_str(part);
    }
    descriptor.contains("/*").then_some(text)
}

fn valid_descriptors_give_their_scripts_and_invalid_ones_none(folder: &Path) {
    let (mut scripts, mut refused) = (0, 0);
    for number in ["0381", "0382", "0383", "0386", "0387"] {
        let text = text(folder, &format!("bip-{number}.mediawiki"));
        let section = between(&text, "==Test Vectors==", "==Backwards");
        let at = section.to_lowercase().find("invalid descriptors").expect("both");
        for (descriptor, expected) in list(&section[..at]) {
            let Some(chains) = public(descriptor).and_then(|text| with_chains(&text)) else {
                // without a chain of addresses: no wallet, and said so
                let error = wallet(&checked(descriptor)).expect_err(descriptor);
                assert!(!matches!(error, RegistrationError::Unknown), "{descriptor}: {error}");
                continue;
            };
            let wallet =
                wallet(&checked(&chains)).unwrap_or_else(|error| panic!("{chains}: {error}"));
            for (index, script) in (0..).zip(&expected) {
                let derived = wallet.script(Chain::Receive, index).expect("a script");
                assert_eq!(derived.to_hex_string(), *script, "{descriptor}");
                scripts += 1;
            }
        }
        for (descriptor, _) in list(&section[at..]) {
            assert!(wallet(&checked(descriptor)).is_err(), "{descriptor}");
            if let Some(public) = public(descriptor) {
                let error = wallet(&checked(&public)).expect_err(&public);
                let named = matches!(
                    error,
                    RegistrationError::Wallet(
                        WalletError::Malformed(_)
                            | WalletError::Kind
                            | WalletError::Repeated { .. }
                    ) | RegistrationError::Unknown
                );
                assert!(named, "{descriptor}: {error}");
            }
            refused += 1;
        }
    }
    assert!(scripts >= 6 && refused >= 30, "{scripts} scripts, {refused} refused");
}

fn multipath_descriptors_of_bip389_are_their_two_chains(folder: &Path) {
    let text = text(folder, "bip-0389.mediawiki");
    let section = between(&text, "==Test Vectors==", "==Backwards");
    let (valid, invalid) = section.split_once("Invalid descriptors").expect("both");
    let mut seen = 0;
    for (descriptor, chains) in list(valid) {
        let two = chains.len() == 2 && descriptor.contains('*') && !descriptor.starts_with("multi");
        match (two, wallet(&checked(descriptor))) {
            (true, Ok(wallet)) => {
                for (chain, text) in [Chain::Receive, Chain::Change].into_iter().zip(chains) {
                    let single: Descriptor<DescriptorPublicKey> = text.parse().expect(text);
                    let script = single.at_derivation_index(7).expect("derives").script_pubkey();
                    assert_eq!(wallet.script(chain, 7), Some(script), "{text}");
                    seen += 1;
                }
            }
            (true, Err(error)) => panic!("{descriptor}: {error}"),
            // not two chains of addresses, or bare multisig
            (false, read) => assert!(read.is_err(), "{descriptor}"),
        }
    }
    assert_eq!(seen, 2);
    for (descriptor, _) in list(invalid) {
        assert!(wallet(&checked(descriptor)).is_err(), "{descriptor}");
        if let Some(public) = public(descriptor) {
            assert!(wallet(&checked(&public)).is_err(), "{public}");
        }
    }
}

fn policies_of_bip388_are_their_descriptors(folder: &Path) {
    let text = text(folder, "bip-0388.mediawiki");
    let section = between(&text, "=== Valid policies ===", "== Backwards");
    let (valid, invalid) = section.split_once("=== Invalid policies ===").expect("both");
    let (mut template, mut keys, mut seen, mut named) = ("", Vec::new(), 0, 0);
    for line in valid.lines().map(str::trim) {
        if let Some(text) = line.strip_prefix("Descriptor template: ") {
            template = text;
        } else if let Some(list) = line.strip_prefix("Keys info: ") {
            keys = serde_json::from_str::<Vec<String>>(list).expect(list);
        } else if let Some(descriptor) = line.strip_prefix("Descriptor: ") {
            let lines = format!("{template}\n{}", keys.join("\n"));
            let json = serde_json::json!({ "name": "P", "descriptor_template": template, "keys_info": keys });
            if template.contains("musig") {
                let error = wallet(&lines).expect_err(template);
                let RegistrationError::Wallet(WalletError::Unsupported { function, at }) = error
                else {
                    panic!("{template}: {error}")
                };
                assert_eq!((function, at), (Function::Musig, 4));
                named += 1;
                continue;
            }
            for text in [lines, json.to_string()] {
                let wallet = wallet(&text).unwrap_or_else(|error| panic!("{template}: {error}"));
                assert_eq!(wallet.text(), checked(descriptor), "{template}");
                assert!(wallet.script(Chain::Change, 3).is_some());
                assert!(wallet.spending_policy().is_ok(), "{template}");
            }
            seen += 1;
        }
    }
    assert_eq!((seen, named), (8, 1));
    let keys: Vec<String> =
        (1..4).map(|number| crate::people::Person::new(number).key("48'/0'/0'/2'")).collect();
    let mut rules = Vec::new();
    for (template, _) in invalid.lines().filter_map(|line| {
        let (_, rest) = line.split_once("<tt>")?;
        rest.split_once("</tt>")
    }) {
        let used = (0..3).filter(|number| template.contains(&format!("@{number}"))).count();
        let text = format!("{template}\n{}", keys[..used].join("\n"));
        match wallet(&text).expect_err(template) {
            RegistrationError::Policy(rule) => rules.push(rule),
            RegistrationError::Wallet(WalletError::Unsupported { function, .. }) => {
                assert_eq!(function, Function::Musig);
            }
            other => panic!("{template}: {other}"),
        }
        if rules.len() == 8 {
            break;
        }
    }
    use PolicyRule::*;
    assert_eq!(
        rules,
        [
            Steps(0),
            Steps(0),
            Order(1),
            Order(2),
            Overlap(0),
            Overlap(0),
            KeyInTemplate(18),
            Steps(0),
        ]
    );
}

fn musig_of_bip390_is_named(folder: &Path) {
    let text = text(folder, "bip-0390.mediawiki");
    let section = between(&text, "==Test Vectors==", "==Backwards");
    let mut seen = 0;
    for (descriptor, _) in list(section).into_iter().filter(|(text, _)| text.contains("musig(")) {
        let error = wallet(&checked(descriptor)).expect_err(descriptor);
        let named = matches!(
            error,
            RegistrationError::PrivateKey
                | RegistrationError::Wallet(WalletError::Unsupported {
                    function: Function::Musig | Function::Rawtr | Function::Combo,
                    ..
                })
        );
        assert!(named, "{descriptor}: {error}");
        seen += 1;
    }
    assert!(seen >= 15, "{seen}");
}
