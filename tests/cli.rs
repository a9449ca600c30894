//! The commands `inspect` and `sign` as a script sees them: exit codes, JSON, files.

#[path = "common/build.rs"]
mod build;

use build::*;
use coldlight::psbt::{Limits, Psbt, Version};
use serde_json::{Value, json};
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A test's own folder, with the words of the open seed in `words`.
struct Folder(PathBuf);

impl Folder {
    fn new(test: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("cli").join(test);
        fs::remove_dir_all(&folder).ok();
        fs::create_dir_all(&folder).unwrap();
        let folder = Self(folder);
        folder.put("words", format!("{OURS}\n"));
        folder
    }
    fn put(&self, name: &str, bytes: impl AsRef<[u8]>) {
        fs::write(self.0.join(name), bytes).unwrap();
    }
    fn get(&self, name: &str) -> Vec<u8> {
        fs::read(self.0.join(name)).unwrap()
    }
    fn run(&self, arguments: &str) -> Output {
        Command::new(env!("CARGO_BIN_EXE_coldlight"))
            .args(arguments.split_whitespace())
            .current_dir(&self.0)
            .output()
            .unwrap()
    }
    /// The exit code, standard output and standard error.
    fn told(&self, arguments: &str) -> (i32, String, String) {
        let output = self.run(arguments);
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
    }
    fn json(&self, arguments: &str) -> (i32, Value) {
        let (code, out, said) = self.told(&format!("inspect {arguments} --json"));
        (code, serde_json::from_str(&out).unwrap_or_else(|_| panic!("{out}{said}")))
    }
}

const KEYS: &str = "--network test --mnemonic-file words";

fn ordinary(test: &str) -> (Folder, Draft) {
    let folder = Folder::new(test);
    let draft = Draft::ordinary(&Person::new(OURS));
    folder.put("psbt", draft.psbt.serialize());
    (folder, draft)
}

#[test]
fn help_and_version_are_no_errors_and_wrong_use_is_1() {
    let folder = Folder::new("usage");
    for fine in
        ["--help", "--version", "inspect --help", "sign --help", "show --help", "scan --help"]
    {
        assert_eq!(folder.told(fine).0, 0, "{fine}");
    }
    let (_, help, _) = folder.told("sign --help");
    for flag in [
        "--network",
        "--mnemonic-file",
        "--passphrase-file",
        "--wallet",
        "--allow",
        "--whole",
        "--final",
        "--yes",
        "-o",
    ] {
        assert!(help.contains(flag), "{flag}");
    }
    folder.put("psbt", Draft::ordinary(&Person::new(OURS)).psbt.serialize());
    for wrong in [
        "frobnicate",
        "--frobnicate",
        "inspect",
        "inspect psbt",
        "inspect psbt --network mars",
        "inspect psbt --network test --passphrase-file words",
        "inspect absent --network test",
        "sign psbt --network test --mnemonic-file words -o out",
        "sign psbt --network test --mnemonic-file words --yes",
        "sign psbt --network test --yes -o out",
        "sign psbt --network test --mnemonic-file absent --yes -o out",
        "sign psbt --network test --mnemonic-file words --yes --allow CHANGE_FALSE -o out",
        "sign psbt --network test --mnemonic-file words --yes --whole --final -o out",
        "sign psbt --network test --mnemonic-file words --yes -o absent/out",
        "inspect psbt --network test --wallet absent",
    ] {
        let (code, _, said) = folder.told(wrong);
        assert_eq!(code, 1, "{wrong}: {said}");
        assert!(!said.is_empty() && !said.contains("panicked"), "{said}");
    }
    assert!(!folder.0.join("out").exists());
}

#[test]
fn what_cannot_be_read_is_2_with_one_sentence() {
    let (folder, _) = ordinary("unreadable");
    folder.put("not", "not a psbt");
    folder.put("cut", &folder.get("psbt")[..50]);
    folder.put("few", "abandon abandon");
    folder.put("binary", [0xff, 0xfe]);
    folder.put("long", "abandon ".repeat(10_000));
    let text = with_checksum(&format!("wpkh({}/<0;1>/*)", Person::new(OURS).origin("m/84h/1h/0h")));
    let right = text.split_once('#').unwrap().1.to_owned();
    folder.put("wallet", text.replace(&right, "qqqqqqqq"));
    for (arguments, said_so) in [
        ("inspect not --network test", "psbt"),
        ("inspect cut --network test", "cut"),
        ("inspect psbt --network test --mnemonic-file few", "2 words"),
        ("inspect psbt --network test --mnemonic-file binary", "binary"),
        ("inspect psbt --network test --mnemonic-file long", "long"),
        ("inspect psbt --network test --wallet wallet", right.as_str()),
        ("inspect psbt --network test --wallet words", "wallet"),
        ("sign not --network test --mnemonic-file words --yes -o out", "psbt"),
    ] {
        let (code, out, said) = folder.told(arguments);
        assert_eq!(code, 2, "{arguments}: {said}");
        assert!(out.is_empty() && said.contains(said_so), "{arguments}: {said}");
        assert_eq!(said.trim_end().lines().count(), 1, "{said}");
        assert!(!said.contains("abandon"), "no word is repeated");
    }
}

#[test]
fn the_json_of_an_ordinary_payment() {
    let (folder, _) = ordinary("json");
    let (code, told) = folder.json(&format!("psbt {KEYS}"));
    assert_eq!(code, 0);
    let facts = Desk::of(&Person::new(OURS)).facts(&Draft::ordinary(&Person::new(OURS)));
    let change = facts.outputs[1].address.clone();
    assert_eq!(
        told,
        json!({
            "verdict": "clean",
            "findings": [],
            "fee_sat": 1_000,
            "fee_rate": 7.13,
            "weight": 561,
            "weight_exact": false,
            "txid": facts.txid.unwrap().to_string(),
            "inputs": [{
                "amount_sat": 1_000_000,
                "proven": true,
                "ours": true,
                "script": "p2wpkh",
                "signatures": {"present": 0, "needed": 1}
            }],
            "outputs": [
                {
                    "kind": "external",
                    "address": "tb1qw508d6qejxtdg4y5r3zarvary0c5xw7kxpjzsx",
                    "amount_sat": 600_000,
                    "wallet": null,
                    "index": null
                },
                {
                    "kind": "change",
                    "address": change,
                    "amount_sat": 399_000,
                    "wallet": "single key, account 0",
                    "index": 0
                }
            ]
        })
    );
}

#[test]
fn base64_and_hex_are_read_too() {
    use bitcoin::base64::Engine;
    let (folder, draft) = ordinary("text");
    let (_, expected) = folder.json(&format!("psbt {KEYS}"));
    let bytes = draft.psbt.serialize();
    let base64 = bitcoin::base64::engine::general_purpose::STANDARD.encode(&bytes);
    folder.put("base64", format!("{base64}\n"));
    folder.put("hex", bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>());
    for name in ["base64", "hex"] {
        assert_eq!(folder.json(&format!("{name} {KEYS}")), (0, expected.clone()));
    }
}

#[test]
fn a_refused_psbt_is_3_and_its_json_is_still_given() {
    let (folder, mut draft) = ordinary("refused");
    draft.psbt.unsigned_tx.output[1].script_pubkey = payee();
    folder.put("psbt", draft.psbt.serialize());
    let (code, told) = folder.json(&format!("psbt {KEYS}"));
    assert_eq!((code, &told["verdict"]), (3, &json!("refused")));
    let first = &told["findings"][0];
    assert_eq!(first["code"], "CHANGE_FALSE");
    assert_eq!(first["grade"], "refuse");
    assert_eq!(first["where"], "output 1");
    assert!(first["text"].as_str().unwrap().ends_with('.'));
    let (code, out, _) = folder.told(&format!("inspect psbt {KEYS}"));
    assert_eq!(code, 3);
    assert!(out.starts_with("This transaction is refused. Nothing was signed."), "{out}");
    let (code, _, said) = folder.told(&format!("sign psbt {KEYS} --yes -o out"));
    assert_eq!(code, 3);
    assert!(said.contains("CHANGE_FALSE"), "{said}");
    assert!(!folder.0.join("out").exists());
}

#[test]
fn without_keys_nothing_is_ours_and_with_a_wallet_what_it_says() {
    let (folder, _) = ordinary("keyless");
    let (code, told) = folder.json("psbt --network test");
    assert_eq!((code, &told["verdict"]), (0, &json!("warned")));
    assert_eq!(told["inputs"][0]["ours"], json!(false));
    assert_eq!(told["findings"][0]["code"], "FOREIGN_INPUT");
    let origin = Person::new(OURS).origin("m/84h/1h/0h");
    folder.put("Savings.txt", format!("{}\n", with_checksum(&format!("wpkh({origin}/<0;1>/*)"))));
    let (code, told) = folder.json("psbt --network test --wallet Savings.txt");
    assert_eq!((code, &told["verdict"]), (0, &json!("clean")));
    assert_eq!(told["inputs"][0]["ours"], json!(true));
    assert_eq!(told["outputs"][1]["wallet"], "Savings");
    assert_eq!(told["outputs"][1]["kind"], "change");
    // two of one name could not be told apart
    let (code, _, said) =
        folder.told("inspect psbt --network test --wallet Savings.txt --wallet ./Savings.txt");
    assert_eq!(code, 1);
    assert!(said.contains("Two wallet files are named Savings"), "{said}");
}

#[test]
fn signing_writes_a_new_file_for_its_owner_alone() {
    let (folder, draft) = ordinary("sign");
    let (code, out, said) = folder.told(&format!("sign psbt {KEYS} --yes -o out"));
    assert_eq!(code, 0, "{said}");
    assert!(out.is_empty());
    assert!(said.contains("Review 1 of"), "the pages are shown: {said}");
    let expected = Desk::of(&Person::new(OURS)).sign(&draft);
    assert_eq!(folder.get("out"), expected.stripped().serialize());
    let mode = fs::metadata(folder.0.join("out")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    // whole, and final
    assert_eq!(folder.told(&format!("sign psbt {KEYS} --yes --whole -o whole")).0, 0);
    assert_eq!(folder.get("whole"), expected.serialize());
    assert_eq!(
        Psbt::parse(&folder.get("whole"), &Limits::default()).unwrap().version(),
        Version::V0
    );
    assert_eq!(folder.told(&format!("sign psbt {KEYS} --yes --final -o final")).0, 0);
    assert_eq!(folder.get("final"), bitcoin::consensus::serialize(&expected.finish().unwrap()));
    // never overwritten, not even through a link to nowhere
    assert_eq!(folder.told(&format!("sign psbt {KEYS} --yes -o words")).0, 1);
    assert_eq!(folder.get("words"), format!("{OURS}\n").into_bytes());
    std::os::unix::fs::symlink("nowhere", folder.0.join("link")).unwrap();
    assert_eq!(folder.told(&format!("sign psbt {KEYS} --yes -o link")).0, 1);
    assert!(!folder.0.join("nowhere").exists());
}

#[test]
fn nothing_new_is_4() {
    let (folder, _) = ordinary("again");
    assert_eq!(folder.told(&format!("sign psbt {KEYS} --yes --whole -o once")).0, 0);
    let (code, _, said) = folder.told(&format!("sign once {KEYS} --yes -o twice"));
    assert_eq!(code, 4, "{said}");
    assert!(!folder.0.join("twice").exists());

    let (ours, bob) = (Person::new(OURS), Person::new(BOB));
    let shared = Multi::new("wsh(sortedmulti(2,KEYS))", &[&ours, &bob]);
    let mut draft = Draft::new();
    draft.spend(&shared.at(0, 0), 1_000_000);
    draft.pay(payee(), 990_000);
    folder.put("half", draft.psbt.serialize());
    folder.put("wallet", shared.text());
    let (code, _, said) =
        folder.told(&format!("sign half {KEYS} --wallet wallet --yes --final -o out"));
    assert_eq!(code, 4, "{said}");
    assert!(!folder.0.join("out").exists());
    assert_eq!(folder.told(&format!("sign half {KEYS} --wallet wallet --yes -o out")).0, 0);
}

#[test]
fn allow_lifts_the_unusual_sighash_and_nothing_else() {
    let (folder, mut draft) = ordinary("allow");
    draft.psbt.inputs[0].sighash_type = Some(bitcoin::psbt::PsbtSighashType::from_u32(0x83));
    folder.put("psbt", draft.psbt.serialize());
    assert_eq!(folder.told(&format!("sign psbt {KEYS} --yes -o out")).0, 3);
    let allowed = format!("sign psbt {KEYS} --yes --allow SIGHASH_UNUSUAL -o out");
    assert_eq!(folder.told(&allowed).0, 0);
    draft.psbt.unsigned_tx.output[1].script_pubkey = payee();
    folder.put("psbt", draft.psbt.serialize());
    assert_eq!(folder.told(&allowed.replace("-o out", "-o other")).0, 3);
}

#[test]
fn a_passphrase_opens_another_wallet_and_its_newline_does_not_count() {
    let (folder, _) = ordinary("passphrase");
    folder.put("empty", "\n");
    folder.put("other", "other\n");
    let flag = |name: &str| format!("psbt {KEYS} --passphrase-file {name}");
    assert_eq!(folder.json(&flag("empty")).0, 0);
    let (code, told) = folder.json(&flag("other"));
    assert_eq!((code, &told["findings"][0]["code"]), (3, &json!("NOTHING_TO_SIGN")));
}

#[test]
fn the_main_network_is_allowed_in_commands() {
    let folder = Folder::new("main");
    let ours = Person::new(OURS);
    let mut draft = Draft::new();
    draft.spend(&format!("wpkh({})", ours.at("m/84h/0h/0h/0/0")), 1_000_000);
    draft.pay(payee(), 990_000);
    folder.put("psbt", draft.psbt.serialize());
    let main = "--network main --mnemonic-file words";
    let (code, told) = folder.json(&format!("psbt {main}"));
    assert_eq!((code, &told["verdict"]), (0, &json!("clean")));
    let address = told["outputs"][0]["address"].as_str().unwrap();
    assert_eq!(address, "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4");
    assert_eq!(folder.told(&format!("sign psbt {main} --yes -o out")).0, 0);
}

#[test]
fn an_end_that_nobody_reads_is_no_panic() {
    let (folder, _) = ordinary("unread");
    for (arguments, code) in [
        ("inspect nothing --network test", 1),
        ("inspect words --network test", 2),
        (&format!("inspect psbt {KEYS}") as &str, 1), // nothing was told
        (&format!("sign psbt {KEYS} --yes -o out"), 1), // what is not shown is not signed
        ("sign", 1),
    ] {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let status = Command::new(env!("CARGO_BIN_EXE_coldlight"))
            .args(arguments.split_whitespace())
            .current_dir(&folder.0)
            .stdout(writer.try_clone().unwrap())
            .stderr(writer)
            .status()
            .unwrap();
        assert_eq!(status.code(), Some(code), "{arguments}");
    }
    assert!(!folder.0.join("out").exists());
}

#[test]
fn without_a_terminal_the_signer_says_what_it_needs() {
    let folder = Folder::new("signer");
    let (code, _, said) = folder.told("--demo");
    assert_eq!(code, 1);
    assert!(said.contains("terminal"), "{said}");
    let (code, _, said) = folder.told("--network main");
    assert_eq!(code, 1);
    assert!(said.contains("--mainnet"), "{said}");
}

/// BIP322's field of a message, by which nothing of an ordinary payment becomes one.
#[test]
fn a_payment_with_a_message_beside_it_is_refused_by_inspect_and_sign() {
    let (folder, mut draft) = ordinary("message");
    let key = bitcoin::psbt::raw::Key { type_value: 9, key: vec![] };
    draft.psbt.unknown.insert(key, b"a greeting".to_vec());
    folder.put("psbt", draft.psbt.serialize());
    let (code, report) = folder.json(&format!("psbt {KEYS}"));
    assert_eq!((code, &report["findings"][0]["code"]), (3, &json!("MESSAGE_FALSE")));
    assert_eq!(folder.told(&format!("sign psbt {KEYS} --yes -o out")).0, 3);
}

#[test]
fn a_message_is_inspected_as_a_message() {
    use coldlight::message::MessageText;
    use coldlight::review::message::{draft, find};
    let folder = Folder::new("inspect-message");
    let desk = Desk::of(&Person::new(OURS));
    let place = find("m/84'/1'/0'/0/0", &desk.context()).unwrap();
    let text = MessageText::new(b"Audit of 2026").unwrap();
    let request = draft(&text, &place, &desk.context()).unwrap();
    folder.put("psbt", request.psbt().serialize());
    let (code, report) = folder.json(&format!("psbt {KEYS}"));
    assert_eq!((code, &report["verdict"]), (0, &json!("clean")));
    assert_eq!(report["message"], json!("Audit of 2026"));
    assert_eq!(report["form"], json!("BIP322 simple"));
    let (code, pages, _) = folder.told(&format!("inspect psbt {KEYS}"));
    assert_eq!(code, 0);
    assert!(pages.contains("A message, not a payment") && !pages.contains("Fee"), "{pages}");
    // the road of payments does not sign it
    assert_eq!(folder.told(&format!("sign psbt {KEYS} --yes -o out")).0, 3);
}

/// BIP322, basic-test-vectors.json: the signature of "Hello World".
#[test]
fn a_signed_message_is_verified_by_exit_code() {
    let folder = Folder::new("verify-message");
    folder.put("message", "Hello World");
    folder.put("other", "Hello World\n");
    folder.put("signature", "smpAkcwRAIgZRfIY3p7/DoVTty6YZbWS71bc5Vct9p9Fia83eRmw2QCICK/ENGfwLtptFluMGs2KsqoNSk89pO7F29zJLUx9a/sASECx/EgAxlkQpQ9hYjgGu6EBCPMVPwVIVJqO4XCsMvViHI=\n");
    folder.put("broken", "smpAkcw");
    let address = "bc1q9vza2e8x573nczrlzms0wvx3gsqjx7vavgkx0l";
    let told = |message: &str, signature: &str, network: &str| {
        folder.told(&format!(
            "verify-message --address {address} --message-file {message} \
             --signature-file {signature} --network {network}"
        ))
    };
    let (code, out, _) = told("message", "signature", "main");
    assert_eq!((code, out.as_str()), (0, "The signature holds (BIP322 simple).\n"));
    let (code, out, _) = told("other", "signature", "main");
    assert_eq!(code, 3, "{out}");
    assert_eq!(told("message", "broken", "main").0, 2);
    assert_eq!(told("message", "signature", "test").0, 2);
}
