//! The published PSBTs: each invalid one is refused for the rule that its case names, each valid one
//! is read and written back to the byte, and the roles that we play give what the BIPs give.

#[path = "../common/mod.rs"]
mod common;
mod golden;

use bitcoin::base64::{Engine, engine::general_purpose::STANDARD};
use bitcoin::hex::FromHex;
use bitcoin::{Sequence, Transaction, consensus};
use coldlight::psbt::{
    CombineError, Limits, ParseError, Psbt, Unbuilt, UtxoFault, Version, decode_file,
};
use common::vectors;
use golden::*;
use serde_json::Value;
use std::fs;
use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    vectors::run(vec![
        vectors::constant!(an_empty_transaction_is_read_and_written_back),
        vectors::constant!(version_two_is_read_field_by_field),
        vectors::constant!(required_lock_times_are_joined_or_said_to_conflict),
        vectors::constant!(unknown_pairs_of_two_psbts_are_combined),
        vectors::constant!(a_taproot_key_of_the_wrong_length_is_refused),
        vectors::bulk!("core", every_invalid_psbt_of_core_is_refused_for_its_rule),
        vectors::bulk!("core", every_valid_psbt_of_core_is_written_back),
        vectors::bulk!("core", cores_combiner_finaliser_and_extractor_cases_hold),
        vectors::bulk!("bip-texts", every_invalid_psbt_of_the_bips_is_refused_for_its_rule),
        vectors::bulk!("bip-texts", every_valid_psbt_of_the_bips_is_written_back),
        vectors::bulk!("bip-texts", every_lock_time_of_bip370_is_determined),
        vectors::bulk!("bip-texts", every_musig2_psbt_of_bip373_needs_what_is_not_built),
        vectors::bulk!("foundation-json", bip174s_roles_give_what_it_publishes),
        vectors::bulk!("foundation-json", bip174_as_json_is_the_same),
        vectors::bulk!("bip-0375", silent_payments_are_named_or_refused),
    ])
}

fn parse(bytes: &[u8]) -> Result<Psbt, ParseError> {
    Psbt::parse(bytes, &Limits::default())
}

/// As a file or a pasted text is read.
fn read(text: &str) -> Result<Psbt, ParseError> {
    parse(&decode_file(text.as_bytes(), &Limits::default())?)
}

fn good(text: &str) -> Psbt {
    read(text).unwrap_or_else(|error| panic!("{error} {text}"))
}

/// Written back to the byte, and what is stripped of it is a PSBT that says the same of itself when
/// it is read again.
fn assert_written_back(case: &str, text: &str) {
    let psbt = good(text);
    let bytes = match text.starts_with("7073") {
        true => Vec::from_hex(text).expect("hexadecimal digits"),
        false => STANDARD.decode(text).expect("base64"),
    };
    assert_eq!(psbt.serialize(), bytes, "{case}");
    let stripped = psbt.stripped();
    let again = parse(&stripped.serialize()).unwrap_or_else(|e| panic!("{case}, stripped: {e}"));
    assert_eq!(again.tx(), psbt.tx(), "{case}");
    let said = |psbt: &Psbt| format!("{:?} {:?}", psbt.inputs(), psbt.outputs());
    assert_eq!(said(&again), said(&stripped), "{case}");
    assert_eq!(again.xpubs(), [], "{case}");
    assert_eq!(again.tx_modifiable(), psbt.tx_modifiable(), "{case}");
    for (whole, short) in psbt.inputs().iter().zip(again.inputs()) {
        assert_eq!(whole.partial_sigs, short.partial_sigs, "{case}");
        assert_eq!(whole.tap_script_sigs, short.tap_script_sigs, "{case}");
        assert!(short.previous.is_none() && short.origins.is_empty(), "{case}");
    }
}

/// BIP174, "PSBT with global unsigned tx that has 0 inputs and 0 outputs".
const EMPTY: &str = "cHNidP8BAAoAAAAAAAAAAAAAAA==";

fn an_empty_transaction_is_read_and_written_back() {
    assert_written_back("empty", EMPTY);
    assert_eq!(good(EMPTY).version(), Version::V0);
    assert_eq!(good(EMPTY).tx().input.len() + good(EMPTY).tx().output.len(), 0);
}

/// BIP370, "1 input, 2 output PSBTv2, required fields only."
const V2_REQUIRED_ONLY: &str = "70736274ff01020402000000010401010105010201fb040200000000010e200b0ad921419c1c8719735d72dc739f9ea9e0638d1fe4c1eef0f9944084815fc8010f0400000000000103080008af2f000000000104160014c430f64c4756da310dbd1a085572ef299926272c000103088bbdeb0b0000000001041600144dd193ac964a56ac1b9e1cca8454fe2f474f851300";

fn version_two_is_read_field_by_field() {
    assert_written_back("v2", V2_REQUIRED_ONLY);
    let psbt = good(V2_REQUIRED_ONLY);
    assert_eq!((psbt.version(), psbt.tx_modifiable()), (Version::V2, None));
    let tx = psbt.tx();
    assert_eq!((tx.version.0, tx.lock_time.to_consensus_u32()), (2, 0));
    assert_eq!(
        tx.input[0].previous_output.to_string(),
        "c85f81844094f9f0eec1e41f8d63e0a99e9f73dc725d7319871c9c4121d90a0b:0"
    );
    assert_eq!(tx.input[0].sequence, Sequence::MAX, "final unless it is given");
    let amounts: Vec<u64> = tx.output.iter().map(|output| output.value.to_sat()).collect();
    assert_eq!(amounts, [800_000_000, 199_998_859]);
    assert!(tx.output.iter().all(|output| output.script_pubkey.is_p2wpkh()));
}

/// BIP370: the first input requires height 10000, the second time 1657048460.
const LOCK_TIMES_CONFLICT: &str = "70736274ff0102040200000001030400000000010401020105010101fb040200000000010e200f758dbfbd4da7c16c8a3309c3c81e1100f561ea646db5b01752c485e1bdde9f010f04010000000112041027000000010e203a1b3b3c837d6489ea7a31d8e6c7dd503c001bef3e06958e7574808d68ca78a5010f04000000000111048c8dc462000103084f9335770000000001041600140b1352cacd03cf6aa1b7f3c8d6388671b34a5e1100";

fn required_lock_times_are_joined_or_said_to_conflict() {
    let conflict = good(LOCK_TIMES_CONFLICT);
    assert!(conflict.lock_time_conflict());
    // Without the first input's height, the second's time holds.
    let joined = good(&LOCK_TIMES_CONFLICT.replace("01120410270000", ""));
    assert!(!joined.lock_time_conflict());
    assert_eq!(joined.tx().lock_time.to_consensus_u32(), 1_657_048_460);
}

/// BIP174: two PSBTs with unknown pairs, and both combined with their keys in order.
const UNKNOWN_PAIRS: [&str; 3] = [
    "cHNidP8BAD8CAAAAAf//////////////////////////////////////////AAAAAAD/////AQAAAAAAAAAAA2oBAAAAAAAK8AECAwQFBgcICQ8BAgMEBQYHCAkKCwwNDg8ACvABAgMEBQYHCAkPAQIDBAUGBwgJCgsMDQ4PAArwAQIDBAUGBwgJDwECAwQFBgcICQoLDA0ODwA=",
    "cHNidP8BAD8CAAAAAf//////////////////////////////////////////AAAAAAD/////AQAAAAAAAAAAA2oBAAAAAAAK8AECAwQFBgcIEA8BAgMEBQYHCAkKCwwNDg8ACvABAgMEBQYHCBAPAQIDBAUGBwgJCgsMDQ4PAArwAQIDBAUGBwgQDwECAwQFBgcICQoLDA0ODwA=",
    "cHNidP8BAD8CAAAAAf//////////////////////////////////////////AAAAAAD/////AQAAAAAAAAAAA2oBAAAAAAAK8AECAwQFBgcICQ8BAgMEBQYHCAkKCwwNDg8K8AECAwQFBgcIEA8BAgMEBQYHCAkKCwwNDg8ACvABAgMEBQYHCAkPAQIDBAUGBwgJCgsMDQ4PCvABAgMEBQYHCBAPAQIDBAUGBwgJCgsMDQ4PAArwAQIDBAUGBwgJDwECAwQFBgcICQoLDA0ODwrwAQIDBAUGBwgQDwECAwQFBgcICQoLDA0ODwA=",
];

fn unknown_pairs_of_two_psbts_are_combined() {
    let [one, two, both] = UNKNOWN_PAIRS.map(good);
    let combined = one.clone().combine(&two).expect("one transaction");
    assert_eq!(combined.serialize(), both.serialize());
    assert_eq!(both.clone().combine(&one).expect("one transaction").serialize(), both.serialize());
    let other = one.clone().combine(&good(EMPTY)).err();
    assert_eq!(other, Some(CombineError::OtherTransaction));
}

/// BIP371, the first invalid case.
const TAP_INTERNAL_KEY_OF_33: &str = "cHNidP8BAHECAAAAASd0Srq/MCf+DWzyOpbu4u+xiO9SMBlUWFiD5ptmJLJCAAAAAAD/////Anh8AQAAAAAAFgAUg6fjS9mf8DpJYu+KGhAbspVGHs5gawQqAQAAABYAFHrDad8bIOAz1hFmI5V7CsSfPFLoAAAAAAABASsA8gUqAQAAACJRIFosLPW1LPMfg60ujaY/8DGD7Nj2CcdRCuikjgORCgdXARchAv40kGTJjW4qhT+jybEr2LMEoZwZXGDvp+4jkwRtP6IyAAAA";

fn a_taproot_key_of_the_wrong_length_is_refused() {
    let refused = read(TAP_INTERNAL_KEY_OF_33).err();
    assert_eq!(refused, Some(value_length(input(0, 0x17), 33)));
}

fn json(folder: &Path, file: &str) -> Value {
    let bytes = fs::read(folder.join(file)).unwrap_or_else(|e| panic!("{file}: {e}"));
    serde_json::from_slice(&bytes).unwrap_or_else(|e| panic!("{file}: {e}"))
}

/// The base64 of a case in `bip-0174.json`, which writes `=` as HTML does.
fn base64(case: &Value) -> String {
    text(&case["as-base64"]).replace("&#61;", "=")
}

fn list(value: &Value) -> &[Value] {
    value.as_array().expect("a list")
}

fn text(value: &Value) -> &str {
    value.as_str().expect("a text")
}

fn every_invalid_psbt_of_core_is_refused_for_its_rule(core: &Path) {
    let cases = json(core, "rpc_psbt.json");
    let invalid = list(&cases["invalid"]);
    assert_eq!(invalid.len(), CORE_INVALID.len() + CORE_FOR_REVIEW.len());
    for (i, rule) in CORE_INVALID {
        assert_eq!(read(text(&invalid[*i])).err().as_ref(), Some(rule), "number {i}");
    }
    for i in CORE_FOR_REVIEW {
        let psbt = good(text(&invalid[*i]));
        assert_eq!(psbt.inputs()[0].utxo(), Err(UtxoFault::Wrong), "number {i}");
    }
    let with_message = list(&cases["invalid_with_msg"]);
    assert_eq!(with_message.len(), CORE_INVALID_WITH_MESSAGE.len());
    for (case, (message, rule)) in with_message.iter().zip(CORE_INVALID_WITH_MESSAGE) {
        assert_eq!(text(&case[1]), *message);
        assert_eq!(read(text(&case[0])).err().as_ref(), Some(rule), "{message}");
    }
}

fn every_valid_psbt_of_core_is_written_back(core: &Path) {
    let cases = json(core, "rpc_psbt.json");
    let valid = list(&cases["valid"]);
    assert_eq!(valid.len(), 48);
    for (i, case) in valid.iter().enumerate() {
        assert_written_back(&format!("number {i}"), text(case));
    }
    for case in list(&cases["signer"]) {
        assert_written_back("before a signer", text(&case["psbt"]));
        assert_written_back("after a signer", text(&case["result"]));
    }
}

fn cores_combiner_finaliser_and_extractor_cases_hold(core: &Path) {
    let cases = json(core, "rpc_psbt.json");
    for case in list(&cases["combiner"]) {
        let mut parts = list(&case["combine"]).iter().map(|part| good(text(part)));
        let first = parts.next().expect("a part");
        let combined = parts.try_fold(first, |all, part| all.combine(&part)).expect("one payment");
        assert_eq!(STANDARD.encode(combined.serialize()), text(&case["result"]));
    }
    let [finaliser] = list(&cases["finalizer"]) else { panic!("one finaliser case") };
    assert_finished(&good(text(&finaliser["finalize"])), &good(text(&finaliser["result"])));
    let [extractor] = list(&cases["extractor"]) else { panic!("one extractor case") };
    let extracted = good(text(&extractor["extract"])).finish().expect("finished inputs");
    assert_eq!(consensus::encode::serialize_hex(&extracted), text(&extractor["result"]));
}

/// What we make of `signed` is what the other finaliser's PSBT `published` holds; and its final
/// inputs are kept as they are. Gives the transaction.
fn assert_finished(signed: &Psbt, published: &Psbt) -> Transaction {
    let tx = signed.finish().unwrap_or_else(|error| panic!("{error}"));
    for (txin, input) in tx.input.iter().zip(published.inputs()) {
        assert!(input.is_final());
        assert_eq!(txin.script_sig, input.final_script_sig.clone().unwrap_or_default());
        assert_eq!(txin.witness, input.final_script_witness.clone().unwrap_or_default());
    }
    assert_eq!(published.finish().as_ref(), Ok(&tx));
    tx
}

/// A PSBT in a BIP's text.
struct Case {
    /// The last unindented line that ends with a colon or speaks of PSBTs: "The following are ...".
    section: String,
    name: String,
    base64: String,
}

fn cases(folder: &Path, bip: u32) -> Vec<Case> {
    let file = folder.join(format!("bip-{bip:04}.mediawiki"));
    let page = fs::read_to_string(&file).unwrap_or_else(|e| panic!("{}: {e}", file.display()));
    let (mut section, mut name, mut found) = (String::new(), String::new(), Vec::new());
    for line in page.lines() {
        if ["The ", "Given ", "A ", "An ", "Fails "].iter().any(|start| line.starts_with(start)) {
            line.clone_into(&mut section);
        }
        if let Some(case) = line.strip_prefix("* Case: ") {
            case.clone_into(&mut name);
        }
        if let Some((_, base64)) = line.split_once("Base64 String:") {
            let base64 = base64.replace("<pre>", "").replace("</pre>", "").trim().to_owned();
            found.push(Case { section: section.clone(), name: name.clone(), base64 });
        }
    }
    found
}

fn cases_in(folder: &Path, bip: u32, section: &str) -> Vec<Case> {
    let all = cases(folder, bip).into_iter();
    all.filter(|case| case.section.trim_end_matches(':') == section).collect()
}

const INVALID: &str = "The following are invalid PSBTs";
const VALID: &str = "The following are valid PSBTs";

fn every_invalid_psbt_of_the_bips_is_refused_for_its_rule(texts: &Path) {
    let golden = [
        (174, BIP174_INVALID),
        (370, BIP370_INVALID),
        (371, BIP371_INVALID),
        (373, BIP373_INVALID),
    ];
    for (bip, rules) in golden {
        let invalid = cases_in(texts, bip, INVALID);
        assert_eq!(invalid.len(), rules.len(), "BIP{bip}");
        for (case, (name, rule)) in invalid.iter().zip(rules) {
            assert_eq!(case.name, *name, "BIP{bip}");
            assert_eq!(read(&case.base64).err().as_ref(), Some(rule), "BIP{bip}, {name}");
        }
    }
}

fn every_valid_psbt_of_the_bips_is_written_back(texts: &Path) {
    for (bip, count) in [(174, 10), (370, 14), (371, 6), (373, 14)] {
        let valid = cases_in(texts, bip, VALID);
        assert_eq!(valid.len(), count, "BIP{bip}");
        for case in valid {
            assert_written_back(&format!("BIP{bip}, {}", case.name), &case.base64);
        }
    }
    // BIP174's signer failures are PSBTs; what is wrong with them is for the judge.
    let failures = cases_in(texts, 174, "Fails Signer checks");
    assert_eq!(failures.len(), 4);
    for case in failures {
        assert_written_back(&case.name, &case.base64);
    }
}

fn every_lock_time_of_bip370_is_determined(texts: &Path) {
    let computed = "The timelock for the following PSBTs should be computed to be ";
    let mut counts = (0, 0);
    for case in cases(texts, 370) {
        let psbt = read(&case.base64);
        if let Some(lock_time) = case.section.strip_prefix(computed) {
            let expected: u32 = lock_time.trim_end_matches(':').parse().expect("a lock time");
            let psbt = psbt.unwrap_or_else(|error| panic!("{error}"));
            assert_eq!(psbt.tx().lock_time.to_consensus_u32(), expected, "{}", case.name);
            assert!(!psbt.lock_time_conflict());
            counts.0 += 1;
        } else if case.section.contains("cannot be computed") {
            assert!(psbt.is_ok_and(|psbt| psbt.lock_time_conflict()), "{}", case.name);
            counts.1 += 1;
        }
    }
    assert_eq!(counts, (9, 1));
}

fn every_musig2_psbt_of_bip373_needs_what_is_not_built(texts: &Path) {
    for case in cases_in(texts, 373, VALID) {
        assert_eq!(good(&case.base64).unbuilt(), [Unbuilt::MuSig2], "{}", case.name);
    }
    for bip in [174, 370, 371] {
        for case in cases_in(texts, bip, VALID) {
            assert_eq!(good(&case.base64).unbuilt(), [], "{}", case.name);
        }
    }
}

fn bip174s_roles_give_what_it_publishes(folder: &Path) {
    let all = json(folder, "bip-0174.json");
    let chain = &all["chain-of-tests"];
    let psbt = |role: &str| good(&base64(&chain[role]));
    let combined = psbt("signer-sighash-all").combine(&psbt("signer")).expect("one payment");
    assert_eq!(combined.serialize(), psbt("combiner").serialize());
    let tx = assert_finished(&combined, &psbt("finalizer"));
    assert_eq!(consensus::encode::serialize_hex(&tx), text(&chain["extractor"]["as-hex"]));
    for role in ["creator", "updater", "updater-sighash-all", "signer", "combiner", "finalizer"] {
        assert_written_back(role, &base64(&chain[role]));
    }

    let pairs = &all["combiner-unknown-key-pairs"];
    let parts: Vec<Psbt> =
        list(&pairs["input-psbts"]).iter().map(|part| good(&base64(part))).collect();
    let combined = parts[0].clone().combine(&parts[1]).expect("one payment");
    assert_eq!(combined.serialize(), good(&base64(pairs)).serialize());
}

fn bip174_as_json_is_the_same(folder: &Path) {
    let all = json(folder, "bip-0174.json");
    // One case has no base64 there.
    let texts = |case: &Value| {
        [text(&case["as-hex"]).to_owned(), base64(case)].into_iter().filter(|t| !t.is_empty())
    };
    for case in list(&all["invalid"]) {
        let name = text(&case["description"]);
        for text in texts(case) {
            let refused = read(&text).err();
            let known = BIP174_INVALID.iter().any(|(_, rule)| Some(rule) == refused.as_ref());
            assert!(known, "{name}: {refused:?}");
        }
    }
    for case in list(&all["valid"]).iter().chain(list(&all["fails-signer-checks"])) {
        texts(case).for_each(|psbt| assert_written_back(text(&case["description"]), &psbt));
    }
}

fn silent_payments_are_named_or_refused(folder: &Path) {
    let all = json(folder, "bip375_test_vectors.json");
    for case in list(&all["valid"]) {
        let psbt = good(text(&case["psbt"]));
        assert!(psbt.unbuilt().contains(&Unbuilt::SilentPayments), "{}", case["description"]);
        assert_written_back(text(&case["description"]), text(&case["psbt"]));
    }
    for case in list(&all["invalid"]) {
        let named = |psbt: Psbt| psbt.unbuilt().contains(&Unbuilt::SilentPayments);
        assert!(read(text(&case["psbt"])).map_or(true, named), "{}", case["description"]);
    }
}
