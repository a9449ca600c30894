//! Words, seeds, derivation and BIP340 over the published vectors.

mod common;

use bitcoin::bip32::{DerivationPath, Xpub};
use bitcoin::hashes::{Hash, HashEngine, sha256};
use bitcoin::hex::FromHex;
use bitcoin::secp256k1::{PublicKey, SECP256K1, Scalar, SecretKey, XOnlyPublicKey};
use coldlight::keys::{
    Entry, Language, Material, Mnemonic, MnemonicError, Passphrase, Seed, Typed, Way, XprvError,
};
use coldlight::psbt::sighash::schnorr_holds;
use coldlight::qr::render::Modules;
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
        vectors::constant!(words_that_two_lists_share_are_read_in_both),
        vectors::constant!(japanese_words_stand_between_wide_spaces),
        vectors::bulk!("bip39", every_english_row_gives_its_master_key),
        vectors::bulk!("bip39", every_row_of_all_ten_languages_gives_its_master_key),
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
    assert_eq!(refused(child, Network::Main), Some(XprvError::NotMaster(1)));
    for error in [XprvError::Malformed, XprvError::NotMaster(1), XprvError::OtherNetwork] {
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

/// The languages by their names in the file; it has Russian and Turkish too, which BIP39 has not.
const LANGUAGES: [(&str, Language); 10] = [
    ("english", Language::English),
    ("chinese_simplified", Language::ChineseSimplified),
    ("chinese_traditional", Language::ChineseTraditional),
    ("czech", Language::Czech),
    ("french", Language::French),
    ("italian", Language::Italian),
    ("japanese", Language::Japanese),
    ("korean", Language::Korean),
    ("portuguese", Language::Portuguese),
    ("spanish", Language::Spanish),
];

fn every_row_of_all_ten_languages_gives_its_master_key(folder: &Path) {
    let file = json(folder, "vectors.json");
    for (name, language) in LANGUAGES {
        for row in list(&file[name], 24) {
            let mnemonic = Mnemonic::parse_in(language, text(&row[1]))
                .unwrap_or_else(|e| panic!("{name}: {e}: {row}"));
            let seed = Seed::open(&mnemonic, &Passphrase::new("TREZOR"), Network::Main);
            same_master(&seed, &master(text(&row[3])));
            let read = Mnemonic::parse_any(text(&row[1])).unwrap_or_else(|e| panic!("{e}"));
            assert!(read.iter().any(|mnemonic| mnemonic.language() == language), "{row}");
            let typed = by_entry(language, mnemonic.indices());
            assert!(typed.words().eq(mnemonic.words()), "{row}");
        }
    }
}

/// Types words as a person does: by four letters without accents, or by their printed numbers.
fn by_entry(language: Language, indices: impl Iterator<Item = u16>) -> Mnemonic {
    let mut entry = Entry::in_language(language);
    for index in indices {
        let word = language.list()[usize::from(index)];
        let keys: String = match entry.way() {
            Way::Letters => word.chars().filter(char::is_ascii_alphabetic).collect(),
            Way::Number => (index + 1).to_string(),
        };
        let enough = keys.chars().take(4);
        enough.for_each(|key| assert_eq!(entry.push(key), Typed::Taken, "{word}"));
        assert!(entry.accept(), "{word}");
    }
    entry.finish().unwrap_or_else(|e| panic!("{e}"))
}

/// 100 words stand in the English and in the French list. These twelve have the right checksum in
/// both: no program can tell which list is meant.
const SHARED: &str =
    "civil festival festival palace rival concert distance panda junior unique spatial science";

fn words_that_two_lists_share_are_read_in_both() {
    let read = Mnemonic::parse_any(SHARED).unwrap_or_else(|e| panic!("{e}"));
    let languages: Vec<Language> = read.iter().map(Mnemonic::language).collect();
    assert_eq!(languages, [Language::English, Language::French]);
    // the seed is made of the words as they are written, their numbers are not
    let [english, french] = &read[..] else { panic!("two languages") };
    let open = |words| Seed::open(words, &Passphrase::new(""), Network::Main);
    same_master(&open(english), &open(french));
    assert!(english.indices().ne(french.indices()));
    for wrong in ["", "abandon abandon", &ABOUT.replace("about", "abandon")] {
        let error = Mnemonic::parse_any(wrong).err();
        assert_eq!(error, Mnemonic::parse(wrong).err(), "{wrong}");
    }
    let near = "abaisser abaisser abaisser abaisser abaisser abaisser abaisser abaisser abaisser \
                abaisser abaisser x";
    assert_eq!(Mnemonic::parse_any(near).err(), Some(MnemonicError::Unknown(12)));
}

/// Electrum's tests (tests/test_mnemonic.py, test_cjk_normalization): composed letters, ideographic
/// spaces.
fn japanese_words_stand_between_wide_spaces() {
    let text = "とおく　かんち　そうご　まんが　きかく　ほいく　くうふく　てふだ　けわしい　たちばな　ひつよう　ほあん";
    let mnemonic = Mnemonic::parse_in(Language::Japanese, text).unwrap_or_else(|e| panic!("{e}"));
    let seed = Vec::from_hex(
        "2c53f34b1bcd338681783e671386ccaa12f5f1b08a2eee679a43f8acf956130d9246ddc98aaf50e9bdceb9b2cb4096a94fe0beec816b2a233eda29a376d17912",
    )
    .unwrap_or_default();
    let wanted = Material::master_seed(seed.into()).expect("64 bytes");
    let wanted = wanted.open(Network::Main).unwrap_or_else(|e| panic!("{e}"));
    same_master(&Seed::open(&mnemonic, &Passphrase::new(""), Network::Main), &wanted);
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
            let Some(words) = read else { panic!("not read: {case}") };
            assert!(words.words().eq(text(&case["seed"]).split(' ')), "{case}");
        }
        let words = Mnemonic::parse(text(&case["seed"])).unwrap_or_else(|e| panic!("{e}"));
        let digits = words.seed_qr_digits().expect("English words have a SeedQR");
        assert_eq!(*digits, text(&case["as_digits"]));
        let bytes = words.compact_seed_qr().expect("English words have a SeedQR");
        assert_eq!(*bytes, compact);
        // the sizes that the specification names
        let sides = if words.count() == 12 { (25, 21) } else { (29, 25) };
        let side = |content| Modules::draw(content).map(|modules| modules.side()).ok();
        assert_eq!((side(digits.as_bytes()), side(&compact)), (Some(sides.0), Some(sides.1)));
        let french = Mnemonic::parse_any(SHARED).ok().and_then(|mut read| read.pop());
        let french = french.expect("these words are French too");
        assert!(french.seed_qr_digits().is_none() && french.compact_seed_qr().is_none());
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
