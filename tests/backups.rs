//! The backup formats of keys over the published vectors: SLIP-0039.

mod common;

use bitcoin::bip32::DerivationPath;
use bitcoin::hex::FromHex;
use coldlight::keys::{Material, Passphrase, Seed, slip39};
use coldlight::wallet::{KeyRing, Network};
use common::vectors;
use serde_json::Value;
use std::path::Path;
use std::process::ExitCode;
use zeroize::Zeroizing;

fn main() -> ExitCode {
    vectors::run(vec![vectors::bulk!("slip39", every_set_of_share_words_is_combined_or_refused)])
}

/// The published master key (xprv) of a seed that a backup gave.
fn judge(seed: Zeroizing<Vec<u8>>, xprv: &str) {
    let open = |material: Material| {
        material.open(Network::Main).unwrap_or_else(|error| panic!("{xprv}: {error}"))
    };
    let ours = open(Material::master_seed(seed).unwrap_or_else(|| panic!("{xprv}: no seed")));
    let theirs =
        open(Material::xprv(xprv, Network::Main).unwrap_or_else(|error| panic!("{xprv}: {error}")));
    // a hardened child hangs on the secret and on the chain code
    let child = |seed: &Seed| {
        let path: DerivationPath = "m/0'".parse().unwrap_or_else(|error| panic!("{error}"));
        seed.public_key(&path)
    };
    assert_eq!(child(&ours), child(&theirs), "{xprv}");
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_else(|| panic!("no text: {value}"))
}

/// The secret, or the sentence with which the words were refused.
fn combined(words: &[Value], passphrase: &str) -> Result<Zeroizing<Vec<u8>>, String> {
    let mut shares = slip39::Shares::new();
    for words in words {
        let share = slip39::Share::parse(text(words)).map_err(|error| error.to_string())?;
        assert!(share.words().eq(text(words).split(' ')), "written as it was read");
        shares.add(share).map_err(|error| error.to_string())?;
    }
    let passphrase = Passphrase::new(passphrase);
    let mut unlock = shares.unlock(&passphrase).map_err(|error| error.to_string())?;
    loop {
        if let Some(secret) = unlock.advance(100_000) {
            return Ok(secret);
        }
    }
}

fn every_set_of_share_words_is_combined_or_refused(folder: &Path) {
    let file = std::fs::read_to_string(folder.join("vectors.json")).unwrap_or_default();
    let cases: Vec<Vec<Value>> = serde_json::from_str(&file).unwrap_or_else(|e| panic!("{e}"));
    let mut valid = 0;
    for case in &cases {
        let words = case[1].as_array().unwrap_or_else(|| panic!("no words: {case:?}"));
        match (combined(words, "TREZOR"), text(&case[2])) {
            (Ok(_), "") => panic!("not refused: {}", case[0]),
            (Err(sentence), "") => assert!(sentence.ends_with('.'), "{sentence}"),
            (Ok(secret), hex) => {
                let published: Vec<u8> = Vec::from_hex(hex).unwrap_or_else(|e| panic!("{e}"));
                assert_eq!(*secret, published, "{}", case[0]);
                judge(secret, text(&case[3]));
                valid += 1;
            }
            (Err(sentence), _) => panic!("{}: {sentence}", case[0]),
        }
    }
    assert_eq!((cases.len(), valid), (45, 15));
}
