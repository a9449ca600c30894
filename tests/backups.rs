//! The backup formats of keys over the published vectors: SLIP-0039, codex32.

mod common;

use bitcoin::bip32::DerivationPath;
use bitcoin::hex::FromHex;
use coldlight::keys::codex32::{self, ParseError, Text};
use coldlight::keys::{Material, Passphrase, Seed, slip39};
use coldlight::wallet::{KeyRing, Network};
use common::vectors;
use serde_json::Value;
use std::path::Path;
use std::process::ExitCode;
use zeroize::Zeroizing;

fn main() -> ExitCode {
    vectors::run(vec![
        vectors::bulk!("slip39", every_set_of_share_words_is_combined_or_refused),
        vectors::bulk!("bip-texts", every_valid_text_of_bip93_gives_its_seed),
        vectors::bulk!("bip-texts", every_share_of_bip93_is_derived_and_combined),
        vectors::bulk!("bip-texts", every_invalid_text_of_bip93_is_refused_for_its_reason),
    ])
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

/// BIP93's text from one headline to the next.
fn chapter<'a>(bip: &'a str, headline: &str) -> &'a str {
    let start = bip.find(headline).unwrap_or_else(|| panic!("no {headline}"));
    let rest = &bip[start + headline.len()..];
    &rest[..rest.find("\n==").unwrap_or(rest.len())]
}

/// What stands between `<code>` and `</code>`.
fn codes(text: &str) -> Vec<&str> {
    let codes = text.split("<code>").skip(1).filter_map(|rest| rest.split("</code>").next());
    codes.filter(|code| code.len() > 8).collect()
}

fn bip93(folder: &Path) -> String {
    std::fs::read_to_string(folder.join("bip-0093.mediawiki")).unwrap_or_default()
}

fn parsed(text: &str) -> Text {
    Text::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"))
}

fn every_valid_text_of_bip93_gives_its_seed(folder: &Path) {
    let bip = bip93(folder);
    let mut texts = 0;
    for number in 1..=5 {
        let chapter = chapter(&bip, &format!("===Test vector {number}==="));
        let codes = codes(chapter);
        let hex = codes.iter().find(|code| code.len() % 32 == 0 && !code.contains("ms"));
        let published = Vec::<u8>::from_hex(hex.unwrap_or_else(|| panic!("no seed in {number}")))
            .unwrap_or_else(|e| panic!("{e}"));
        for code in &codes {
            if !code.to_lowercase().starts_with("ms1") {
                continue;
            }
            let text = parsed(code);
            let written = if code.starts_with("MS") { text.capitals() } else { text.text() };
            assert_eq!(*written, **code, "written as it was read");
            let Some(seed) = text.seed() else { continue };
            assert_eq!(*seed, published, "{code}");
            texts += 1;
        }
        let xprv = codes.iter().find(|code| code.starts_with("xprv"));
        let seed = Zeroizing::new(published);
        judge(seed, xprv.unwrap_or_else(|| panic!("no xprv in {number}")));
    }
    assert_eq!(texts, 1 + 1 + 1 + 4 + 1 + 16 + 1);
}

fn every_share_of_bip93_is_derived_and_combined(folder: &Path) {
    let bip = bip93(folder);
    for (number, needed, all) in [(2, 2, 3), (3, 3, 5)] {
        let codes = codes(chapter(&bip, &format!("===Test vector {number}===")));
        let is_share =
            |code: &&&str| code.to_lowercase().starts_with("ms1") && parsed(code).seed().is_none();
        let texts: Vec<&str> = codes.iter().filter(is_share).copied().collect();
        let secret =
            codes.iter().find_map(|code| Text::parse(code).ok().and_then(|text| text.seed()));
        assert_eq!(texts.len(), all);
        for chosen in 0u32..1 << all {
            if chosen.count_ones() != needed {
                continue;
            }
            let mut shares = codex32::Shares::new();
            for (place, text) in texts.iter().enumerate() {
                if chosen >> place & 1 == 1 {
                    shares.add(parsed(text)).unwrap_or_else(|error| panic!("{text}: {error}"));
                }
            }
            assert!(shares.is_complete());
            assert_eq!(shares.seed(), secret, "vector {number}, {chosen:b}");
        }
    }
}

fn every_invalid_text_of_bip93_is_refused_for_its_reason(folder: &Path) {
    let bip = bip93(folder);
    let all = codes(chapter(&bip, "===Invalid test vectors==="));
    let mut told = [0; 7];
    for code in &all {
        let error = Text::parse(code).err().unwrap_or_else(|| panic!("not refused: {code}"));
        assert!(error.to_string().ends_with('.'), "{error}");
        told[match error {
            ParseError::Checksum { .. } => 0,
            ParseError::Length(_) => 1,
            ParseError::Index => 2,
            ParseError::Threshold => 3,
            ParseError::Prefix => 4,
            ParseError::Case(_) => 5,
            ParseError::Letters(_) => 6,
        }] += 1;
    }
    // The BIP lists 31 wrong checksums (four of them of a length that no seed has, which is told
    // first), 15 improper lengths, an index, a threshold, nine prefixes, seven of mixed case.
    assert_eq!((all.len(), told), (64, [27, 19, 1, 1, 9, 7, 0]));
}
