//! The formats of keys against other programs' libraries: `tests/peers/keys.py` writes cases that
//! they made, this reads them, and writes what they then judge.
//!
//! Secrets are on no command line of the product, so the libraries meet the library here. The folder
//! of the cases is named by COLDLIGHT_KEY_PEERS; without it the tests are reported as ignored.

use bitcoin::bip32::DerivationPath;
use bitcoin::hex::{DisplayHex, FromHex};
use coldlight::keys::{
    Application, Child, ElectrumKind, ElectrumSeed, Generator, Language, Material, Mnemonic,
    Passphrase, RandomError, RandomSource, Seed, XorParts, codex32, kef, slip39,
};
use coldlight::transport::readings;
use coldlight::wallet::{KeyRing, Network};
use libtest_mimic::{Arguments, Failed, Trial};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Reads one case, and gives the answer that the libraries judge (null where there is none).
type Answer = fn(&Value) -> Value;

/// One file of cases each: `NAME.json`, answered in `NAME.answers.json`.
const FORMATS: [(&str, Answer); 10] = [
    ("bip39", bip39),
    ("bip85", bip85),
    ("xprv", xprv),
    ("electrum", electrum),
    ("seed_xor", seed_xor),
    ("slip39", slip39_shares),
    ("slip39_made", slip39_made),
    ("codex32", codex32_texts),
    ("codex32_made", codex32_made),
    ("kef", kef_envelope),
];

fn main() -> ExitCode {
    let folder = std::env::var_os("COLDLIGHT_KEY_PEERS").map(PathBuf::from);
    let trials = FORMATS.into_iter().map(|(name, answer)| {
        let cases = folder.clone();
        let trial = Trial::test(name, move || match &cases {
            Some(folder) => answer_all(folder, name, answer),
            None => Err(Failed::from("COLDLIGHT_KEY_PEERS names no folder")),
        });
        trial.with_ignored_flag(folder.is_none())
    });
    libtest_mimic::run(&Arguments::from_args(), trials.collect()).exit_code()
}

fn answer_all(folder: &Path, name: &str, answer: Answer) -> Result<(), Failed> {
    let cases = std::fs::read_to_string(folder.join(format!("{name}.json")))?;
    let cases: Vec<Value> = serde_json::from_str(&cases)?;
    if cases.is_empty() {
        return Err(Failed::from("no cases"));
    }
    let answers: Vec<Value> = cases.iter().map(answer).collect();
    let answers = serde_json::to_string(&answers)?;
    std::fs::write(folder.join(format!("{name}.answers.json")), answers)?;
    Ok(())
}

/// A source that is the same in each run; it makes keys for nobody.
struct Counting(u64);

impl RandomSource for Counting {
    fn fill(&mut self, bytes: &mut [u8]) -> Result<(), RandomError> {
        for byte in bytes {
            self.0 = self.0.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
            *byte = (self.0 >> 56) as u8;
        }
        Ok(())
    }
}

fn generator(case: &Value) -> Generator {
    let start = case
        .to_string()
        .bytes()
        .fold(7, |sum: u64, byte| sum.wrapping_mul(31).wrapping_add(byte.into()));
    Generator::new(Counting(start))
}

fn text<'a>(case: &'a Value, name: &str) -> &'a str {
    case[name].as_str().unwrap_or_else(|| panic!("no text {name} in {case}"))
}

fn texts<'a>(case: &'a Value, name: &str) -> Vec<&'a str> {
    let list = case[name].as_array().unwrap_or_else(|| panic!("no list {name} in {case}"));
    list.iter().map(|text| text.as_str().unwrap_or_else(|| panic!("no text: {text}"))).collect()
}

fn number(case: &Value, name: &str) -> u8 {
    let number = case[name].as_u64().and_then(|number| u8::try_from(number).ok());
    number.unwrap_or_else(|| panic!("no number {name} in {case}"))
}

fn bytes(case: &Value, name: &str) -> Vec<u8> {
    Vec::from_hex(text(case, name)).unwrap_or_else(|e| panic!("{name} in {case}: {e}"))
}

fn is_true(case: &Value, name: &str) -> bool {
    case[name].as_bool().unwrap_or_else(|| panic!("no truth {name} in {case}"))
}

fn language(case: &Value) -> Language {
    Language::of_code(number(case, "language")).unwrap_or_else(|| panic!("no language: {case}"))
}

fn ok<T, E: std::fmt::Display>(result: Result<T, E>, case: &Value) -> T {
    result.unwrap_or_else(|error| panic!("{error} {case}"))
}

/// The public keys at the case's paths are those that the case names.
fn judge_keys(seed: &Seed, case: &Value) {
    let keys = case["keys"].as_object().unwrap_or_else(|| panic!("no keys in {case}"));
    assert!(!keys.is_empty());
    for (path, key) in keys {
        let at: DerivationPath = ok(path.parse(), case);
        let ours = seed.public_key(&at).map(|key| key.to_string());
        assert_eq!(ours.as_deref(), key.as_str(), "{path} of {case}");
    }
}

fn bip39(case: &Value) -> Value {
    let words = ok(Mnemonic::parse_in(language(case), text(case, "words")), case);
    assert!(words.words().eq(text(case, "words").split_whitespace()));
    let passphrase = Passphrase::new(text(case, "passphrase"));
    let material = Material::words(words, passphrase);
    let seed = material.to_master_seed().map(|seed| seed.to_lower_hex_string());
    assert_eq!(seed.as_deref(), case["seed"].as_str(), "{case}");
    let opened = ok(material.open(Network::Main), case);
    assert_eq!(&**opened.to_xprv(), text(case, "xprv"));
    judge_keys(&opened, case);
    let words = material.mnemonic().unwrap_or_else(|| panic!("no words: {case}"));
    json!({
        "digits": words.seed_qr_digits().map(|digits| digits.to_string()),
        "compact": words.compact_seed_qr().map(|compact| compact.to_lower_hex_string()),
    })
}

fn bip85(case: &Value) -> Value {
    let seed = ok(Seed::from_xprv(text(case, "xprv"), Network::Main), case);
    let size = || number(case, "size");
    let application = match text(case, "application") {
        "words" => Application::Words { language: language(case), count: size() },
        "wif" => Application::Wif,
        "xprv" => Application::Xprv,
        "hex" => Application::Hex { bytes: size() },
        "base64" => Application::Base64Password { length: size() },
        "base85" => Application::Base85Password { length: size() },
        other => panic!("no application: {other}"),
    };
    let index = case["index"].as_u64().and_then(|index| u32::try_from(index).ok());
    let child = seed.child(application, index.unwrap_or_else(|| panic!("no index: {case}")));
    match ok(child, case) {
        Child::Words(words) => json!(words.words().collect::<Vec<_>>().join(" ")),
        Child::Text(text) => json!(*text),
    }
}

fn xprv(case: &Value) -> Value {
    let network = if is_true(case, "test") { Network::Test } else { Network::Main };
    let material = ok(Material::xprv(text(case, "xprv"), network), case);
    let seed = ok(material.open(network), case);
    assert_eq!(seed.fingerprint().to_string(), text(case, "fingerprint"));
    judge_keys(&seed, case);
    json!(*seed.to_xprv())
}

fn electrum(case: &Value) -> Value {
    let seed = ok(ElectrumSeed::parse(text(case, "words")), case);
    let kind = match seed.kind() {
        ElectrumKind::Standard => "standard",
        ElectrumKind::Segwit => "segwit",
    };
    assert_eq!(kind, text(case, "kind"));
    let material = Material::electrum(seed, Passphrase::new(text(case, "passphrase")));
    judge_keys(&ok(material.open(Network::Main), case), case);
    Value::Null
}

fn seed_xor(case: &Value) -> Value {
    let parse = |words: &str| ok(Mnemonic::parse(words), case);
    let parts: Vec<Mnemonic> = texts(case, "parts").into_iter().map(parse).collect();
    let whole = ok(Mnemonic::combine_xor(&parts.iter().collect::<Vec<_>>()), case);
    assert!(whole.words().eq(text(case, "words").split(' ')), "{case}");
    let count = match parts.len() {
        2 => XorParts::Two,
        3 => XorParts::Three,
        _ => XorParts::Four,
    };
    let random = ok(whole.split_xor_at_random(count, &mut generator(case)), case);
    let fixed = ok(whole.split_xor(count), case);
    let words = |parts: Vec<Mnemonic>| -> Vec<String> {
        parts.iter().map(|part| part.words().collect::<Vec<_>>().join(" ")).collect()
    };
    json!({ "random": words(random), "fixed": words(fixed) })
}

fn slip39_shares(case: &Value) -> Value {
    let mut shares = slip39::Shares::new();
    for words in texts(case, "shares") {
        let share = ok(slip39::Share::parse(words), case);
        assert!(share.words().eq(words.split(' ')), "written as it was read");
        ok(shares.add(share), case);
    }
    let passphrase = Passphrase::new(text(case, "passphrase"));
    let mut unlock = ok(shares.unlock(&passphrase), case);
    let secret = loop {
        if let Some(secret) = unlock.advance(10_000) {
            break secret;
        }
    };
    assert_eq!(*secret, bytes(case, "secret"), "{case}");
    Value::Null
}

fn slip39_made(case: &Value) -> Value {
    let groups = case["groups"].as_array().unwrap_or_else(|| panic!("no groups: {case}"));
    let groups: Vec<slip39::GroupSpec> = groups
        .iter()
        .map(|group| slip39::GroupSpec {
            threshold: number(group, "threshold"),
            count: number(group, "count"),
        })
        .collect();
    let made = slip39::split(
        &bytes(case, "secret"),
        &Passphrase::new(text(case, "passphrase")),
        number(case, "group_threshold"),
        &groups,
        is_true(case, "extendable"),
        &mut generator(case),
    );
    let words = |share: &slip39::Share| share.words().collect::<Vec<_>>().join(" ");
    let made = ok(made, case);
    json!(made.iter().map(|group| group.iter().map(words).collect()).collect::<Vec<Vec<_>>>())
}

fn codex32_texts(case: &Value) -> Value {
    let mut shares = codex32::Shares::new();
    for written in texts(case, "texts") {
        let read = ok(codex32::Text::parse(written), case);
        let again = if written.starts_with("MS") { read.capitals() } else { read.text() };
        assert_eq!(*again, *written, "written as it was read");
        ok(shares.add(read), case);
    }
    let seed = shares.seed().unwrap_or_else(|| panic!("not complete: {case}"));
    assert_eq!(*seed, bytes(case, "seed"), "{case}");
    Value::Null
}

fn codex32_made(case: &Value) -> Value {
    let seed = bytes(case, "seed");
    let identifier = codex32::Identifier::parse(text(case, "identifier"))
        .unwrap_or_else(|| panic!("no identifier: {case}"));
    let (threshold, count) = (number(case, "threshold"), number(case, "count"));
    let made = codex32::split(&seed, identifier, threshold, count, &mut generator(case));
    let made: Vec<String> = ok(made, case).iter().map(|share| share.text().to_string()).collect();
    let whole = ok(codex32::encode(&seed, identifier), case);
    json!({ "shares": made, "whole": *whole.text(), "capitals": *whole.capitals() })
}

fn kef_envelope(case: &Value) -> Value {
    let content = bytes(case, "content");
    let key = bytes(case, "key");
    // as the text that a code holds, or as raw bytes
    let code = match case["code"].as_str() {
        Some(text) => text.as_bytes().to_vec(),
        None => bytes(case, "bytes"),
    };
    let envelopes: Vec<kef::Envelope> =
        readings(&code).iter().filter_map(|bytes| kef::Envelope::parse(bytes)).collect();
    let envelope = envelopes
        .iter()
        .find(|envelope| envelope.to_bytes() == bytes(case, "bytes"))
        .unwrap_or_else(|| panic!("no envelope: {case}"));
    assert_eq!(envelope.version().number(), number(case, "version"));
    let mut opening = envelope.open(&key);
    let opened = loop {
        if let Some(outcome) = opening.advance(5_000) {
            break ok(outcome, case);
        }
    };
    assert_eq!(opened.bytes(), content, "{case}");
    let id = envelope.id();
    let mut sealing = ok(kef::Sealing::begin(&content, id, &key, &mut generator(case)), case);
    let sealed = loop {
        if let Some(outcome) = sealing.advance(50_000) {
            break ok(outcome, case);
        }
    };
    json!(sealed.to_bytes().to_lower_hex_string())
}
