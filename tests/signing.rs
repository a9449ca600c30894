//! Signing through the one road: what the published cases say that a signer must not sign, and
//! BIP174's chain of roles by digest and validity. (Core's signer cases are signed to the byte
//! beside the signer, `src/keys/sign/core.rs`.)

mod common;
#[path = "common/own_inputs.rs"]
mod own_inputs;

use bitcoin::consensus::encode::serialize_hex;
use bitcoin::hex::FromHex;
use coldlight::keys::{self, Mnemonic, Passphrase, Seed, signing_calls};
use coldlight::psbt::sighash::{Digester, Spend, ecdsa_holds};
use coldlight::psbt::{Limits, Psbt};
use coldlight::review::{Code, Context, Examined, Grade, History, Place, Policy, examine};
use coldlight::wallet::Network;
use common::vectors;
use data_encoding::BASE64;
use own_inputs::Kind;
use serde_json::Value;
use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    vectors::run(vec![
        vectors::constant!(nothing_is_signed_before_every_page_was_seen_and_confirmed),
        vectors::bulk!("core", what_core_does_not_sign_is_refused_with_its_code),
        vectors::bulk!("core", cores_false_previous_transactions_are_refused_with_their_code),
        vectors::bulk!("foundation-json", bip174s_signer_failures_are_refused_with_their_code),
        vectors::bulk!("foundation-json", bip174s_signatures_hold_over_our_digests),
        vectors::bulk!("foundation-json", bip174s_combined_psbt_is_finished_as_published),
    ])
}

/// BIP174: the master key of its examples.
const MASTER: &str = "tprv8ZgxMBicQKsPd9TeAdPADNnSyH9SSUUbTVeFszDE23Ki6TBB5nCefAdHkK8Fm3qMQR6sHwA56zqRmKmxnHk37JkiFzvncDqoKmPWubu7hDF";

fn json(folder: &Path, file: &str) -> Value {
    let text = std::fs::read_to_string(folder.join(file)).unwrap_or_else(|e| panic!("{file}: {e}"));
    serde_json::from_str(&text).unwrap_or_else(|e| panic!("{file}: {e}"))
}

fn list(value: &Value, length: usize) -> &[Value] {
    let list = value.as_array().unwrap_or_else(|| panic!("no list: {value}"));
    assert_eq!(list.len(), length);
    list
}

fn parse(bytes: &[u8]) -> Psbt {
    Psbt::parse(bytes, &Limits::default()).unwrap_or_else(|e| panic!("{e}"))
}

fn base64(value: &Value) -> Psbt {
    let text = value.as_str().unwrap_or_default();
    parse(&BASE64.decode(text.as_bytes()).unwrap_or_else(|e| panic!("{text}: {e}")))
}

fn hex(value: &Value) -> Psbt {
    parse(&Vec::from_hex(value.as_str().unwrap_or_default()).unwrap_or_else(|e| panic!("{e}")))
}

fn examined(psbt: Psbt, network: Network, seed: &Seed) -> Examined {
    let context = Context {
        network,
        keys: Some(seed),
        wallets: &[],
        history: &History::default(),
        policy: &Policy::default(),
        now: None,
        only_to: None,
        allow_sighash_unusual: false,
    };
    examine(psbt, &context)
}

/// BIP39's first vector, without a passphrase.
fn seed() -> Seed {
    let words = format!("{}about", "abandon ".repeat(11));
    let words = Mnemonic::parse(&words).unwrap_or_else(|e| panic!("{e}"));
    Seed::open(&words, &Passphrase::new(""), Network::Test)
}

fn nothing_is_signed_before_every_page_was_seen_and_confirmed() {
    let unsigned = own_inputs::unsigned(&seed(), Kind::P2tr, 3);
    let walk = || match examined(parse(&unsigned), Network::Test, &seed()) {
        Examined::Reviewed(reviewed) => reviewed.walk(),
        Examined::Refused(refusal) => panic!("{:?}", refusal.facts().findings),
    };
    assert!(walk().pages().len() > 1);
    assert!(walk().confirm("sign").is_err(), "on the first page");
    let mut seen = walk();
    while seen.next() {}
    let Err(mut seen) = seen.confirm("sing") else { panic!("another word") };
    assert!(seen.back());
    let Err(mut seen) = seen.confirm("sign") else { panic!("not on the last page") };
    assert!(seen.next());
    assert_eq!(signing_calls(), 0);
    let approved = seen.confirm("sign").unwrap_or_else(|_| panic!("every page was seen"));
    // Another seed signs nothing of it, and nothing is left to sign.
    let other = Seed::from_xprv(MASTER, Network::Test).unwrap_or_else(|e| panic!("{e}"));
    let refused = keys::sign(approved, &other).err();
    assert_eq!(refused, Some(keys::SignError::KeyDiffers { input: 0 }));
    let approved = own_inputs::approved(&unsigned, &seed());
    let signed = keys::sign(approved, &seed()).unwrap_or_else(|e| panic!("{e}"));
    assert_eq!((signed.made(), signing_calls()), (3, 2));
    assert!(signed.psbt().finish().is_ok());
}

/// Codes and places of the refusals, a missing wallet aside.
fn refusals(psbt: Psbt) -> Vec<(Code, Place)> {
    let seed = Seed::from_xprv(MASTER, Network::Regtest).unwrap_or_else(|e| panic!("{e}"));
    match examined(psbt, Network::Regtest, &seed) {
        Examined::Refused(refusal) => {
            let findings = refusal.facts().findings.iter();
            let refused = findings.filter(|finding| {
                // No ranged descriptor describes the hardened keys of BIP174's scripts.
                finding.grade == Grade::Refuse && finding.code != Code::WalletUnknown
            });
            let mut refused: Vec<_> = refused.map(|one| (one.code, one.place)).collect();
            refused.dedup();
            refused
        }
        Examined::Reviewed(_) => panic!("it passed"),
    }
}

/// Core gives these back unsigned.
fn what_core_does_not_sign_is_refused_with_its_code(folder: &Path) {
    let file = json(folder, "rpc_psbt.json");
    let cases = list(&file["signer"], 6);
    for (case, wanted) in cases[2..].iter().zip(FAILURES) {
        assert_eq!(case["psbt"], case["result"]);
        assert_eq!(refusals(base64(&case["psbt"])), wanted);
    }
}

/// Core's invalid PSBTs whose bytes keep every rule of BIP174: the previous transaction does not hash
/// to the outpoint (39), or has no such output (40).
fn cores_false_previous_transactions_are_refused_with_their_code(folder: &Path) {
    let file = json(folder, "rpc_psbt.json");
    let cases = list(&file["invalid"], 63);
    for case in &cases[39..=40] {
        assert!(refusals(base64(case)).contains(&(Code::PrevTxWrong, Place::Input(0))));
    }
}

/// What is wrong with Core's and BIP174's four cases, in the same order.
const FAILURES: [&[(Code, Place)]; 4] = [
    // A witness UTXO for a legacy input: it lacks its previous transaction. No key is claimed in it,
    // so none can be ours.
    &[(Code::PrevTxMissing, Place::Input(0)), (Code::NothingToSign, Place::Tx)],
    // A redeem script that is not the hashed one, then the same with a witness UTXO.
    &[(Code::ScriptWrong, Place::Input(0))],
    &[(Code::ScriptWrong, Place::Input(1))],
    // A witness script that is not the hashed one.
    &[(Code::ScriptWrong, Place::Input(1))],
];

fn bip174s_signer_failures_are_refused_with_their_code(folder: &Path) {
    let file = json(folder, "bip-0174.json");
    for (case, wanted) in list(&file["fails-signer-checks"], 4).iter().zip(FAILURES) {
        assert_eq!(refusals(hex(&case["as-hex"])), wanted, "{}", case["description"]);
    }
}

/// BIP174's second signer does not grind for a low R: its bytes are not ours, its signatures are as
/// good.
fn bip174s_signatures_hold_over_our_digests(folder: &Path) {
    let file = json(folder, "bip-0174.json");
    let chain = &file["chain-of-tests"];
    for (role, signatures) in [("signer-sighash-all", 1), ("signer", 1), ("combiner", 2)] {
        let psbt = hex(&chain[role]["as-hex"]);
        let mut digester = Digester::of(&psbt);
        for (place, input) in psbt.inputs().iter().enumerate() {
            assert_eq!(input.partial_sigs.len(), signatures, "{role}");
            let spend = match (&input.witness_script, &input.redeem_script) {
                (Some(script), _) => Spend::SegwitV0 {
                    script_code: script.clone(),
                    amount: digester.prevout(place).map(|spent| spent.value).unwrap_or_default(),
                },
                (None, Some(script)) => Spend::Legacy { script_code: script.clone() },
                (None, None) => panic!("{role}: no script"),
            };
            for (key, bytes) in &input.partial_sigs {
                let (kind, der) = bytes.split_last().unwrap_or_else(|| panic!("{role}: empty"));
                let digest = digester.digest(place, &spend, u32::from(*kind));
                let digest = digest.unwrap_or_else(|e| panic!("{role}: {e}"));
                assert!(ecdsa_holds(&digest, der, &key.inner), "{role}, input {place}");
                let mut other = digest;
                other[31] ^= 1;
                assert!(!ecdsa_holds(&other, der, &key.inner), "{role}, input {place}");
            }
        }
    }
}

fn bip174s_combined_psbt_is_finished_as_published(folder: &Path) {
    let file = json(folder, "bip-0174.json");
    let chain = &file["chain-of-tests"];
    let tx = hex(&chain["combiner"]["as-hex"]).finish().unwrap_or_else(|e| panic!("{e:?}"));
    assert_eq!(Some(serialize_hex(&tx).as_str()), chain["extractor"]["as-hex"].as_str());
}
