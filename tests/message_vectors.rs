//! Signed messages against the published vectors: BIP322's own, and published BIP137 signatures.

mod common;

use bitcoin::address::NetworkUnchecked;
use bitcoin::{Address, ScriptBuf};
use coldlight::message::{
    Invalid, MessageText, Signature, Unclear, Verdict, message_hash, to_sign, to_spend, verify,
};
use common::vectors;
use serde_json::Value;
use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    vectors::run(vec![
        vectors::bulk!("bip-0322", hashes_and_virtual_transactions_are_those_of_bip322),
        vectors::bulk!("bip-0322", every_published_signature_is_judged_as_published),
        vectors::bulk!("bip-0322", published_proofs_of_funds_hold_and_name_their_coins),
        vectors::bulk!("bip-0322", what_bip322_calls_an_error_is_none_that_holds),
        vectors::bulk!("bip-0322", a_published_signature_holds_for_its_message_alone),
        vectors::constant!(published_bip137_signatures_hold),
    ])
}

fn cases(folder: &Path, file: &str, list: &str) -> Vec<Value> {
    let text = std::fs::read_to_string(folder.join(file)).unwrap_or_else(|e| panic!("{file}: {e}"));
    let value: Value = serde_json::from_str(&text).unwrap_or_else(|e| panic!("{file}: {e}"));
    value[list].as_array().cloned().unwrap_or_default()
}

fn word(case: &Value, name: impl serde_json::value::Index) -> &str {
    case.get(name).and_then(Value::as_str).unwrap_or_else(|| panic!("not there: {case}"))
}

fn text(case: &Value) -> MessageText {
    MessageText::new(word(case, "message").as_bytes()).unwrap_or_else(|e| panic!("{e}"))
}

fn script(address: &str) -> ScriptBuf {
    let address: Address<NetworkUnchecked> = address.parse().unwrap_or_else(|e| panic!("{e}"));
    address.assume_checked().script_pubkey()
}

fn hashes_and_virtual_transactions_are_those_of_bip322(folder: &Path) {
    let all = cases(folder, "basic-test-vectors.json", "tx_hashes");
    assert_eq!(all.len(), 3);
    for case in all {
        let text = text(&case);
        let hash: String = message_hash(&text).iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(hash, word(&case, "message_hash"));
        let to_spend = to_spend(&text, &script(word(&case, "address")));
        assert_eq!(to_spend.compute_txid().to_string(), word(&case, "to_spend_tx_hash"));
        let to_sign = to_sign(&to_spend);
        assert_eq!(to_sign.compute_txid().to_string(), word(&case, "to_sign_tx_hash"));
    }
}

/// Every published case that holds, with its signatures.
fn good(folder: &Path) -> Vec<(Value, Vec<Signature>)> {
    let mut all = cases(folder, "basic-test-vectors.json", "simple");
    all.extend(cases(folder, "generated-test-vectors.json", "simple"));
    all.extend(cases(folder, "generated-test-vectors.json", "full"));
    all.into_iter()
        .map(|case| {
            let list = case["bip322_signatures"].as_array().cloned().unwrap_or_default();
            assert!(!list.is_empty(), "{case}");
            let read = |value: &Value| {
                let text = value.as_str().unwrap_or_default();
                Signature::read(text).unwrap_or_else(|e| panic!("{text}: {e}"))
            };
            let signatures = list.iter().map(read).collect();
            (case, signatures)
        })
        .collect()
}

/// Scripts with OP_DROP, which miniscript does not know: what they are worth is not told.
fn is_understood(case: &Value) -> bool {
    !word(case, "type").ends_with("time-lock")
}

fn every_published_signature_is_judged_as_published(folder: &Path) {
    let (mut held, mut unclear) = (0, 0);
    for (case, signatures) in good(folder) {
        for signature in signatures {
            let script = script(word(&case, "address"));
            match verify(&script, &text(&case), &signature) {
                Verdict::Valid(proof) => {
                    held += 1;
                    assert!(is_understood(&case));
                    assert!(proof.coins.is_empty());
                    let number = |name: &str| case[name].as_u64().unwrap_or(0);
                    assert_eq!(u64::from(proof.lock_time), number("lock_time"));
                    assert_eq!(u64::from(proof.sequence), number("sequence"));
                }
                Verdict::Unclear(reason) => {
                    unclear += 1;
                    assert!(!is_understood(&case), "{case}: {reason}");
                    assert_eq!(reason, Unclear::Script(0));
                }
                Verdict::Invalid(reason) => panic!("{case}: {reason}"),
            }
        }
    }
    assert_eq!((held, unclear), (18, 2));
}

fn published_proofs_of_funds_hold_and_name_their_coins(folder: &Path) {
    let all = cases(folder, "generated-test-vectors.json", "proof_of_funds");
    assert_eq!(all.len(), 3);
    for case in all {
        let written = word(&case["bip322_signatures"], 0);
        let signature = Signature::read(written).unwrap_or_else(|e| panic!("{case}: {e}"));
        assert_eq!(signature.to_string(), written);
        let verdict = verify(&script(word(&case, "address")), &text(&case), &signature);
        let Verdict::Valid(proof) = verdict else { panic!("{case}: {verdict:?}") };
        assert_eq!(u64::from(proof.lock_time), case["lock_time"].as_u64().unwrap_or(0));
        assert_eq!(u64::from(proof.sequence), case["sequence"].as_u64().unwrap_or(0));
        let groups = case["additional_inputs"].as_array().cloned().unwrap_or_default();
        let told: Vec<(String, u64)> = groups
            .iter()
            .flat_map(|group| group.as_array().cloned().unwrap_or_default())
            .map(|coin| (word(&coin, "pk_script").to_owned(), coin["value"].as_u64().unwrap_or(0)))
            .collect();
        let found: Vec<(String, u64)> = proof
            .coins
            .iter()
            .map(|coin| (coin.txout.script_pubkey.to_hex_string(), coin.txout.value.to_sat()))
            .collect();
        assert!(!told.is_empty() && told == found, "{case}");
        let other = MessageText::new(b"another message").unwrap_or_else(|e| panic!("{e}"));
        let verdict = verify(&script(word(&case, "address")), &other, &signature);
        assert_eq!(verdict, Verdict::Invalid(Invalid::OtherMessage));
    }
}

fn what_bip322_calls_an_error_is_none_that_holds(folder: &Path) {
    let mut all = cases(folder, "basic-test-vectors.json", "error");
    all.extend(cases(folder, "generated-test-vectors.json", "error"));
    assert!(all.len() >= 8);
    for case in all {
        let Ok(signature) = Signature::read(word(&case, "signature")) else { continue };
        let verdict = verify(&script(word(&case, "address")), &text(&case), &signature);
        let dropped = word(&case, "description").contains("time-lock");
        let expected = match verdict {
            Verdict::Invalid(_) => true,
            Verdict::Unclear(Unclear::Script(0)) => dropped,
            _ => false,
        };
        assert!(expected, "{case}: {verdict:?}");
    }
}

fn a_published_signature_holds_for_its_message_alone(folder: &Path) {
    let all = good(folder);
    for (number, (case, signatures)) in
        all.iter().enumerate().filter(|(_, it)| is_understood(&it.0))
    {
        let own = script(word(case, "address"));
        let longer = MessageText::new(format!("{} ", word(case, "message")).as_bytes());
        let longer = longer.unwrap_or_else(|e| panic!("{e}"));
        let other = script(word(&all[(number + 3) % all.len()].0, "address"));
        for signature in signatures {
            for (script, text) in [(&own, &longer), (&other, &text(case))] {
                let verdict = verify(script, text, signature);
                assert!(matches!(verdict, Verdict::Invalid(_)), "{case}: {verdict:?}");
            }
        }
    }
}

fn published_bip137_signatures_hold() {
    const EXAMPLE: &str = "This is an example of a signed message.";
    let hex = |text: &str| {
        let digit = |at: usize| u8::from_str_radix(&text[at..at + 2], 16).expect("hex");
        let bytes: Vec<u8> = (0..text.len()).step_by(2).map(digit).collect();
        data_encoding::BASE64.encode(&bytes)
    };
    let cases = [
        // Bitcoin Core, src/test/util_tests.cpp, message_verify
        (
            "15CRxFdyRpGZLW9w8HnHvVduizdL5jKNbs",
            "Trust no one",
            "IPojfrX2dfPnH26UegfbGQQLrdK844DlHq5157/P6h57WyuS/Qsl+h/WSVGDF4MUi4rWSswW38oimDYfNNUBUOk=".to_owned(),
        ),
        (
            "11canuhp9X2NocwCq7xNrQYTmUgZAnLK3",
            "Trust me",
            "IIcaIENoYW5jZWxsb3Igb24gYnJpbmsgb2Ygc2Vjb25kIGJhaWxvdXQgZm9yIGJhbmtzIAaHRtbCeDZINyavx14=".to_owned(),
        ),
        // trezor-firmware, tests/device_tests/bitcoin/test_signmessage.py
        ("1JAd7XCBzGudGpJQSDSfpmJhiygtLQWaGL", EXAMPLE, hex("20fd8f2f7db5238fcdd077d5204c3e6949c261d700269cefc1d9d2dcef6b95023630ee617f6c8acf9eb40c8edd704c9ca74ea4afc393f43f35b4e8958324cbdd1c")),
        ("3L6TyTisPBmrDAj6RoKmDzNnj4eQi54gD2", EXAMPLE, hex("23744de4516fac5c140808015664516a32fead94de89775cec7e24dbc24fe133075ac09301c4cc8e197bea4b6481661d5b8e9bf19d8b7b8a382ecdb53c2ee0750d")),
        ("bc1qannfxke2tfd4l7vhepehpvt05y83v3qsf6nfkk", EXAMPLE, hex("28b55d7600d9e9a7e2a49155ddf3cfdb8e796c207faab833010fa41fb7828889bc47cf62348a7aaa0923c0832a589fab541e8f12eb54fb711c90e2307f0f66b194")),
        // the same two with the first byte of a P2PKH address, as Electrum writes it
        ("3L6TyTisPBmrDAj6RoKmDzNnj4eQi54gD2", EXAMPLE, hex("1f744de4516fac5c140808015664516a32fead94de89775cec7e24dbc24fe133075ac09301c4cc8e197bea4b6481661d5b8e9bf19d8b7b8a382ecdb53c2ee0750d")),
        ("bc1qannfxke2tfd4l7vhepehpvt05y83v3qsf6nfkk", EXAMPLE, hex("20b55d7600d9e9a7e2a49155ddf3cfdb8e796c207faab833010fa41fb7828889bc47cf62348a7aaa0923c0832a589fab541e8f12eb54fb711c90e2307f0f66b194")),
    ];
    for (address, message, signature) in cases {
        let read = Signature::read(&signature).unwrap_or_else(|e| panic!("{signature}: {e}"));
        assert_eq!(read.to_string(), signature);
        let verdict = |message: &str| {
            let text = MessageText::new(message.as_bytes()).unwrap_or_else(|e| panic!("{e}"));
            verify(&script(address), &text, &read)
        };
        assert!(matches!(verdict(message), Verdict::Valid(_)), "{address}");
        assert!(matches!(verdict("Trust anyone"), Verdict::Invalid(_)), "{address}");
    }
}
