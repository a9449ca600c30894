//! Words, seeds, derivation and BIP340 over the published vectors.

mod common;

use bitcoin::bip32::{DerivationPath, Xpub};
use bitcoin::hashes::{Hash, HashEngine, sha256};
use bitcoin::hex::FromHex;
use bitcoin::secp256k1::{PublicKey, SECP256K1, Scalar, SecretKey, XOnlyPublicKey};
use coldlight::keys::{Mnemonic, Passphrase, Seed, XprvError};
use coldlight::psbt::sighash::schnorr_holds;
use coldlight::wallet::{KeyRing, Network};
use common::vectors;
use serde_json::Value;
use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    vectors::run(vec![
        vectors::constant!(words_and_passphrase_give_the_published_master_key),
        vectors::constant!(bip32s_first_chain_is_derived_hardened_and_not),
        vectors::constant!(bip84s_first_address_key_is_derived),
        vectors::constant!(a_text_that_is_no_master_key_of_this_network_is_refused),
        vectors::constant!(keys_are_the_same_whatever_was_asked_before),
        vectors::bulk!("bip39", every_english_row_gives_its_master_key),
        vectors::bulk!("foundation-json", every_chain_of_bip32_is_derived),
        vectors::bulk!("foundation-json", every_invalid_private_key_of_bip32_is_refused),
        vectors::bulk!("foundation-json", every_seed_code_gives_its_words),
        vectors::bulk!("bip-0340", every_signature_of_bip340_is_judged_as_published),
    ])
}

fn open(words: &str, passphrase: &str, network: Network) -> Seed {
    let mnemonic = Mnemonic::parse(words).unwrap_or_else(|e| panic!("{e}"));
    Seed::open(&mnemonic, &Passphrase::new(passphrase), network)
}

fn master(xprv: &str) -> Seed {
    Seed::from_xprv(xprv, Network::Main).unwrap_or_else(|e| panic!("{xprv}: {e}"))
}

fn key(seed: &Seed, path: &str) -> PublicKey {
    let path: DerivationPath = path.parse().unwrap_or_else(|e| panic!("{path}: {e}"));
    seed.public_key(&path).unwrap_or_else(|| panic!("{path}: no key"))
}

/// A hardened child hangs on the secret and on the chain code: where it agrees, both do.
fn same_master(one: &Seed, other: &Seed) {
    assert_eq!(one.fingerprint(), other.fingerprint());
    for path in ["m", "m/0", "m/0'/1"] {
        assert_eq!(key(one, path), key(other, path), "{path}");
    }
}

/// BIP39's reference vectors, the first English row.
const ABOUT: &str =
    "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about";
const ABOUT_TREZOR: &str = "xprv9s21ZrQH143K3h3fDYiay8mocZ3afhfULfb5GX8kCBdno77K4HiA15Tg23wpbeF1pLfs1c5SPmYHrEpTuuRhxMwvKDwqdKiGJS9XFKzUsAF";

fn words_and_passphrase_give_the_published_master_key() {
    same_master(&open(ABOUT, "TREZOR", Network::Main), &master(ABOUT_TREZOR));
    let without = open(ABOUT, "", Network::Main);
    assert_ne!(without.fingerprint(), master(ABOUT_TREZOR).fingerprint());
    assert_eq!(without.fingerprint().to_string(), "73c5da0a");
}

/// BIP32's test vector 1: the master key, and the public keys of its chains.
const CHAIN: &str = "xprv9s21ZrQH143K3QTDL4LXw2F7HEK3wJUD2nW2nRk4stbPy6cq3jPPqjiChkVvvNKmPGJxWUtg6LnF5kejMRNNU3TGtRBeJgk33yuGBxrMPHi";
const CHAINS: [(&str, &str); 3] = [
    (
        "m",
        "xpub661MyMwAqRbcFtXgS5sYJABqqG9YLmC4Q1Rdap9gSE8NqtwybGhePY2gZ29ESFjqJoCu1Rupje8YtGqsefD265TMg7usUDFdp6W1EGMcet8",
    ),
    (
        "m/0'",
        "xpub68Gmy5EdvgibQVfPdqkBBCHxA5htiqg55crXYuXoQRKfDBFA1WEjWgP6LHhwBZeNK1VTsfTFUHCdrfp1bgwQ9xv5ski8PX9rL2dZXvgGDnw",
    ),
    (
        "m/0'/1/2'/2/1000000000",
        "xpub6H1LXWLaKsWFhvm6RVpEL9P4KfRZSW7abD2ttkWP3SSQvnyA8FSVqNTEcYFgJS2UaFcxupHiYkro49S8yGasTvXEYBVPamhGW6cFJodrTHy",
    ),
];

fn bip32s_first_chain_is_derived_hardened_and_not() {
    let seed = master(CHAIN);
    for (path, xpub) in CHAINS {
        let xpub: Xpub = xpub.parse().unwrap_or_else(|e| panic!("{e}"));
        assert_eq!(key(&seed, path), xpub.public_key, "{path}");
    }
}

/// BIP84's test vectors: the first receiving key of the words above.
fn bip84s_first_address_key_is_derived() {
    let seed = open(ABOUT, "", Network::Main);
    assert_eq!(
        key(&seed, "m/84'/0'/0'/0/0").to_string(),
        "0330d54fd0dd420a6e5f8d3624f5f3482cae350f79d5f0753bf5beef9c2d91af3c"
    );
}

fn a_text_that_is_no_master_key_of_this_network_is_refused() {
    let refused = |text: &str, network| Seed::from_xprv(text, network).err();
    assert_eq!(refused("", Network::Main), Some(XprvError::Malformed));
    assert_eq!(refused(&CHAIN[..110], Network::Main), Some(XprvError::Malformed));
    assert_eq!(refused(CHAINS[0].1, Network::Main), Some(XprvError::Malformed));
    assert_eq!(refused(CHAIN, Network::Test), Some(XprvError::OtherNetwork));
    // m/0' of the same vector
    let child = "xprv9uHRZZhk6KAJC1avXpDAp4MDc3sQKNxDiPvvkX8Br5ngLNv1TxvUxt4cV1rGL5hj6KCesnDYUhd7oWgT11eZG7XnxHrnYeSvkzY7d2bhkJ7";
    assert_eq!(refused(child, Network::Main), Some(XprvError::NotMaster));
    for error in [XprvError::Malformed, XprvError::NotMaster, XprvError::OtherNetwork] {
        assert!(error.to_string().ends_with('.'));
    }
}

fn keys_are_the_same_whatever_was_asked_before() {
    let busy = open(ABOUT, "", Network::Test);
    for account in 0..300 {
        for chain in [0, 1] {
            let path = format!("m/84'/1'/{account}'/{chain}/{account}");
            let fresh = open(ABOUT, "", Network::Test);
            if account % 50 == 0 {
                assert_eq!(key(&busy, &path), key(&fresh, &path), "{path}");
            } else {
                key(&busy, &path);
            }
        }
    }
}

fn json(folder: &Path, file: &str) -> Value {
    let text = std::fs::read_to_string(folder.join(file)).unwrap_or_else(|e| panic!("{file}: {e}"));
    serde_json::from_str(&text).unwrap_or_else(|e| panic!("{file}: {e}"))
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_else(|| panic!("no text: {value}"))
}

fn list(value: &Value, length: usize) -> &[Value] {
    let list = value.as_array().unwrap_or_else(|| panic!("no list: {value}"));
    assert_eq!(list.len(), length);
    list
}

fn every_english_row_gives_its_master_key(folder: &Path) {
    for row in list(&json(folder, "vectors.json")["english"], 24) {
        let seed = open(text(&row[1]), "TREZOR", Network::Main);
        same_master(&seed, &master(text(&row[3])));
        let entropy = Vec::from_hex(text(&row[0])).unwrap_or_else(|e| panic!("{e}"));
        let compact = Mnemonic::from_qr(&entropy).and_then(Result::ok);
        assert!(compact.is_some_and(|words| words.words().eq(text(&row[1]).split(' '))), "{row}");
    }
}

fn every_chain_of_bip32_is_derived(folder: &Path) {
    for case in list(&json(folder, "bip-0032.json")["valid"], 4) {
        let chains = case["chains"].as_array().map_or(&[][..], Vec::as_slice);
        let seed = master(text(&chains[0]["extended-private-key"]));
        // the deepest first, so that nothing is known yet
        for chain in chains.iter().rev() {
            let xpub: Xpub =
                text(&chain["extended-public-key"]).parse().unwrap_or_else(|e| panic!("{e}"));
            assert_eq!(key(&seed, text(&chain["chain"])), xpub.public_key, "{chain}");
        }
    }
}

fn every_invalid_private_key_of_bip32_is_refused(folder: &Path) {
    let file = json(folder, "bip-0032.json");
    for key in list(&list(&file["invalid"], 1)[0]["extended-keys"], 16) {
        for network in [Network::Main, Network::Test] {
            let refused = Seed::from_xprv(text(key), network).err();
            assert_eq!(refused, Some(XprvError::Malformed), "{key}");
        }
    }
}

fn every_seed_code_gives_its_words(folder: &Path) {
    for case in list(&json(folder, "seedqr.json"), 9) {
        let compact =
            Vec::from_hex(text(&case["as_compact_bytes"])).unwrap_or_else(|e| panic!("{e}"));
        for content in [text(&case["as_digits"]).as_bytes(), &compact] {
            let read = Mnemonic::from_qr(content).and_then(Result::ok);
            assert!(
                read.is_some_and(|words| words.words().eq(text(&case["seed"]).split(' '))),
                "{case}"
            );
        }
    }
}

/// The rows without zero auxiliary randomness, by verification; row 0 is signed to the byte beside
/// the signer. Rows 15 to 18 sign messages of other lengths than a digest, which no signature in
/// Bitcoin does: they are judged by BIP340's equation.
fn every_signature_of_bip340_is_judged_as_published(folder: &Path) {
    let file = std::fs::read_to_string(folder.join("test-vectors.csv")).unwrap_or_default();
    let rows: Vec<Vec<&str>> = file.lines().skip(1).map(|row| row.split(',').collect()).collect();
    assert_eq!(rows.len(), 19);
    for row in rows {
        let bytes = |hex: &str| Vec::from_hex(hex).unwrap_or_else(|e| panic!("{hex}: {e}"));
        let (key, message, signature) = (bytes(row[2]), bytes(row[4]), bytes(row[5]));
        let holds = XOnlyPublicKey::from_slice(&key).is_ok_and(|key| {
            match <&[u8; 32]>::try_from(&message[..]) {
                Ok(digest) => schnorr_holds(digest, &signature, &key),
                Err(_) => equation_holds(&message, &signature, &key),
            }
        });
        assert_eq!(holds, row[6] == "TRUE", "row {}", row[0]);
    }
}

/// BIP340: s·G - e·P has the x coordinate r and an even y.
fn equation_holds(message: &[u8], signature: &[u8], key: &XOnlyPublicKey) -> bool {
    let tag = sha256::Hash::hash(b"BIP0340/challenge");
    let mut engine = sha256::Hash::engine();
    for part in [tag.as_ref(), tag.as_ref(), &signature[..32], &key.serialize(), message] {
        engine.input(part);
    }
    let challenge = sha256::Hash::from_engine(engine).to_byte_array();
    let holds = || {
        let s = SecretKey::from_slice(&signature[32..]).ok()?;
        let point = key.public_key(bitcoin::secp256k1::Parity::Even);
        let e = Scalar::from_be_bytes(challenge).ok()?;
        let subtracted = point.mul_tweak(SECP256K1, &e).ok()?.negate(SECP256K1);
        let (x, parity) = s.public_key(SECP256K1).combine(&subtracted).ok()?.x_only_public_key();
        Some(parity == bitcoin::secp256k1::Parity::Even && x.serialize() == signature[..32])
    };
    holds().unwrap_or(false)
}
