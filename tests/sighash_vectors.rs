//! The published digests, through the same code that signs: BIP143's examples, Bitcoin Core's
//! `sighash.json`, BIP341's wallet vectors.

mod common;

use bitcoin::consensus::encode::deserialize_hex;
use bitcoin::hex::{DisplayHex, FromHex};
use bitcoin::key::{TapTweak, UntweakedPublicKey};
use bitcoin::secp256k1::SECP256K1;
use bitcoin::taproot::TapNodeHash;
use bitcoin::{Amount, ScriptBuf, Transaction, TxOut};
use coldlight::psbt::sighash::{DigestError, Digester, Spend};
use common::vectors;
use serde_json::Value;
use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    vectors::run(vec![
        vectors::constant!(every_example_of_bip143_gives_its_digest),
        vectors::constant!(legacy_takes_any_sighash_type_and_drops_code_separators),
        vectors::constant!(a_legacy_single_without_its_output_gives_the_number_one),
        vectors::constant!(segwit_and_taproot_know_only_the_types_of_their_bips),
        vectors::bulk!("core", every_row_of_core_gives_its_digest),
        vectors::bulk!("bip-0341", every_key_path_of_bip341_gives_its_digest),
        vectors::bulk!("bip-0341", every_tweak_of_bip341_gives_its_output),
    ])
}

fn tx(hex: &str) -> Transaction {
    deserialize_hex(hex).unwrap_or_else(|e| panic!("{hex}: {e}"))
}

fn script(hex: &str) -> ScriptBuf {
    ScriptBuf::from_hex(hex).unwrap_or_else(|e| panic!("{hex}: {e}"))
}

fn json(folder: &Path, file: &str) -> Value {
    let text = std::fs::read_to_string(folder.join(file)).unwrap_or_else(|e| panic!("{file}: {e}"));
    serde_json::from_str(&text).unwrap_or_else(|e| panic!("{file}: {e}"))
}

/// An example of BIP143: the script code without its length, the amount in sat.
struct Bip143 {
    what: &'static str,
    tx: &'static str,
    input: usize,
    script_code: &'static str,
    amount: u64,
    sighash_type: u32,
    digest: &'static str,
}

const P2WPKH: &str = "0100000002fff7f7881a8099afa6940d42d1e7f6362bec38171ea3edf433541db4e4ad969f0000000000eeffffffef51e1b804cc89d182d279655c3aa89e815b1b309fe287d9b2b55d57b90ec68a0100000000ffffffff02202cb206000000001976a9148280b37df378db99f66f85c95a783a76ac7a6d5988ac9093510d000000001976a9143bde42dbee7e4dbe6a21b2d50ce2f0167faa815988ac11000000";
const NESTED_P2WPKH: &str = "0100000001db6b1b20aa0fd7b23880be2ecbd4a98130974cf4748fb66092ac4d3ceb1a54770100000000feffffff02b8b4eb0b000000001976a914a457b684d7f0d539a46a45bbc043f35b59d0d96388ac0008af2f000000001976a914fd270b1ee6abcaea97fea7ad0402e8bd8ad6d77c88ac92040000";
const P2WSH: &str = "0100000002fe3dc9208094f3ffd12645477b3dc56f60ec4fa8e6f5d67c565d1c6b9216b36e0000000000ffffffff0815cf020f013ed6cf91d29f4202e8a58726b1ac6c79da47c23d1bee0a6925f80000000000ffffffff0100f2052a010000001976a914a30741f8145e5acadf23f751864167f32e0963f788ac00000000";
const P2WSH_SINGLE: &str = "0100000002e9b542c5176808107ff1df906f46bb1f2583b16112b95ee5380665ba7fcfc0010000000000ffffffff80e68831516392fcd100d186b3c2c7b95c80b53c77e77c35ba03a66b429a2a1b0000000000ffffffff0280969800000000001976a914de4b231626ef508c9a74a8517e6783c0546d6b2888ac80969800000000001976a9146648a8cd4531e1ec47f35916de8e259237294d1e88ac00000000";
const NESTED_P2WSH: &str = "010000000136641869ca081e70f394c6948e8af409e18b619df2ed74aa106c1ca29787b96e0100000000ffffffff0200e9a435000000001976a914389ffce9cd9ae88dcc0631e88a821ffdbe9bfe2688acc0832f05000000001976a9147480a33f950689af511e6e84c138dbbd3c3ee41588ac00000000";
const FIND_AND_DELETE: &str = "010000000169c12106097dc2e0526493ef67f21269fe888ef05c7a3a5dacab38e1ac8387f14c1d000000ffffffff0101000000000000000000000000";
const FIND_AND_DELETE_MULTISIG: &str = "01000000019275cb8d4a485ce95741c013f7c0d28722160008021bb469a11982d47a6628964c1d000000ffffffff0101000000000000000000000000";
const SIX_OF_SIX: &str = "56210307b8ae49ac90a048e9b53357a2354b3334e9c8bee813ecb98e99a7e07e8c3ba32103b28f0c28bfab54554ae8c658ac5c3e0ce6e79ad336331f78c428dd43eea8449b21034b8113d703413d57761b8b9781957b8c0ac1dfe69f492580ca4195f50376ba4a21033400f6afecb833092a9a21cfdf1ed1376e58c5d1f47de74683123987e967a8f42103a6d48b1131e94ba04d9737d61acdaa1322008af9602b3b14862c07a1789aac162102d8b661b0b3302ee2f162b09e07a55ad5dfbe673a9f01d9f0c19617681024306b56ae";
const BIP143: [Bip143; 14] = [
    Bip143 {
        what: "native P2WPKH",
        tx: P2WPKH,
        input: 1,
        script_code: "76a9141d0f172a0ecb48aee1be1f2687d2963ae33f71a188ac",
        amount: 600_000_000,
        sighash_type: 0x01,
        digest: "c37af31116d1b27caf68aae9e3ac82f1477929014d5b917657d0eb49478cb670",
    },
    Bip143 {
        what: "P2SH-P2WPKH",
        tx: NESTED_P2WPKH,
        input: 0,
        script_code: "76a91479091972186c449eb1ded22b78e40d009bdf008988ac",
        amount: 1_000_000_000,
        sighash_type: 0x01,
        digest: "64f3b0f4dd2bb3aa1ce8566d220cc74dda9df97d8490cc81d89d735c92e59fb6",
    },
    Bip143 {
        what: "native P2WSH, SINGLE without an output beside",
        tx: P2WSH,
        input: 1,
        script_code: "21026dccc749adc2a9d0d89497ac511f760f45c47dc5ed9cf352a58ac706453880aeadab210255a9626aebf5e29c0e6538428ba0d1dcf6ca98ffdf086aa8ced5e0d0215ea465ac",
        amount: 4_900_000_000,
        sighash_type: 0x03,
        digest: "82dde6e4f1e94d02c2b7ad03d2115d691f48d064e9d52f58194a6637e4194391",
    },
    Bip143 {
        what: "native P2WSH after its OP_CODESEPARATOR",
        tx: P2WSH,
        input: 1,
        script_code: "210255a9626aebf5e29c0e6538428ba0d1dcf6ca98ffdf086aa8ced5e0d0215ea465ac",
        amount: 4_900_000_000,
        sighash_type: 0x03,
        digest: "fef7bd749cce710c5c052bd796df1af0d935e59cea63736268bcbe2d2134fc47",
    },
    Bip143 {
        what: "native P2WSH, OP_CODESEPARATOR not executed",
        tx: P2WSH_SINGLE,
        input: 0,
        script_code: "0063ab68210392972e2eb617b2388771abe27235fd5ac44af8e61693261550447a4c3e39da98ac",
        amount: 16_777_215,
        sighash_type: 0x83,
        digest: "e9071e75e25b8a1e298a72f0d2e9f4f95a0f5cdf86a533cda597eb402ed13b3a",
    },
    Bip143 {
        what: "native P2WSH after an executed OP_CODESEPARATOR",
        tx: P2WSH_SINGLE,
        input: 1,
        script_code: "68210392972e2eb617b2388771abe27235fd5ac44af8e61693261550447a4c3e39da98ac",
        amount: 16_777_215,
        sighash_type: 0x83,
        digest: "cd72f1f1a433ee9df816857fad88d8ebd97e09a75cd481583eb841c330275e54",
    },
    Bip143 {
        what: "P2SH-P2WSH 6 of 6, ALL",
        tx: NESTED_P2WSH,
        input: 0,
        script_code: SIX_OF_SIX,
        amount: 987_654_321,
        sighash_type: 0x01,
        digest: "185c0be5263dce5b4bb50a047973c1b6272bfbd0103a89444597dc40b248ee7c",
    },
    Bip143 {
        what: "P2SH-P2WSH 6 of 6, NONE",
        tx: NESTED_P2WSH,
        input: 0,
        script_code: SIX_OF_SIX,
        amount: 987_654_321,
        sighash_type: 0x02,
        digest: "e9733bc60ea13c95c6527066bb975a2ff29a925e80aa14c213f686cbae5d2f36",
    },
    Bip143 {
        what: "P2SH-P2WSH 6 of 6, SINGLE",
        tx: NESTED_P2WSH,
        input: 0,
        script_code: SIX_OF_SIX,
        amount: 987_654_321,
        sighash_type: 0x03,
        digest: "1e1f1c303dc025bd664acb72e583e933fae4cff9148bf78c157d1e8f78530aea",
    },
    Bip143 {
        what: "P2SH-P2WSH 6 of 6, ALL|ANYONECANPAY",
        tx: NESTED_P2WSH,
        input: 0,
        script_code: SIX_OF_SIX,
        amount: 987_654_321,
        sighash_type: 0x81,
        digest: "2a67f03e63a6a422125878b40b82da593be8d4efaafe88ee528af6e5a9955c6e",
    },
    Bip143 {
        what: "P2SH-P2WSH 6 of 6, NONE|ANYONECANPAY",
        tx: NESTED_P2WSH,
        input: 0,
        script_code: SIX_OF_SIX,
        amount: 987_654_321,
        sighash_type: 0x82,
        digest: "781ba15f3779d5542ce8ecb5c18716733a5ee42a6f51488ec96154934e2c890a",
    },
    Bip143 {
        what: "P2SH-P2WSH 6 of 6, SINGLE|ANYONECANPAY",
        tx: NESTED_P2WSH,
        input: 0,
        script_code: SIX_OF_SIX,
        amount: 987_654_321,
        sighash_type: 0x83,
        digest: "511e8e52ed574121fc1b654970395502128263f62662e076dc6baf05c2e6a99b",
    },
    Bip143 {
        what: "no FindAndDelete",
        tx: FIND_AND_DELETE,
        input: 0,
        script_code: "ad4830450220487fb382c4974de3f7d834c1b617fe15860828c7f96454490edd6d891556dcc9022100baf95feb48f845d5bfc9882eb6aeefa1bc3790e39f59eaa46ff7f15ae626c53e01",
        amount: 200_000,
        sighash_type: 0x01,
        digest: "71c9cd9b2869b9c70b01b1f0360c148f42dee72297db312638df136f43311f23",
    },
    Bip143 {
        what: "no FindAndDelete, OP_CHECKMULTISIGVERIFY",
        tx: FIND_AND_DELETE_MULTISIG,
        input: 0,
        script_code: "52af4830450220487fb382c4974de3f7d834c1b617fe15860828c7f96454490edd6d891556dcc9022100baf95feb48f845d5bfc9882eb6aeefa1bc3790e39f59eaa46ff7f15ae626c53e0148304502205286f726690b2e9b0207f0345711e63fa7012045b9eb0f19c2458ce1db90cf43022100e89f17f86abc5b149eba4115d4f128bcf45d77fb3ecdd34f594091340c0395960175",
        amount: 200_000,
        sighash_type: 0x01,
        digest: "c1628a1e7c67f14ca0c27c06e4fdeec2e6d1a73c7a91d7c046ff83e835aebb72",
    },
];

fn every_example_of_bip143_gives_its_digest() {
    for example in BIP143 {
        let tx = tx(example.tx);
        let script_code = script(example.script_code);
        let spend = Spend::SegwitV0 { script_code, amount: Amount::from_sat(example.amount) };
        let digest = Digester::new(&tx, None).digest(example.input, &spend, example.sighash_type);
        let digest = digest.map(|bytes| bytes.to_lower_hex_string());
        assert_eq!(digest.as_deref(), Ok(example.digest), "{}", example.what);
    }
}

/// Core's digests are written backwards, as ids are.
fn core_digest(row: (&str, &str, usize, u32)) -> Result<String, DigestError> {
    let (transaction, script_code, input, sighash_type) = row;
    let spend = Spend::Legacy { script_code: script(script_code) };
    let mut digest = Digester::new(&tx(transaction), None).digest(input, &spend, sighash_type)?;
    digest.reverse();
    Ok(digest.to_lower_hex_string())
}

/// A transaction of Core's sighash.json with one input and one output.
const CORE: &str = "24f24cd90132b2162f938f1c22d3ca5e7daa83515883f31a61a5177aebf99d7db6bdfc398c010000000163ffffffff01d5562d0100000000016300000000";

/// The rows of Core's sighash.json: transaction, script, input, sighash type, digest.
const CORE_ROWS: [(&str, &str, usize, u32, &str); 3] = [
    (
        CORE,
        "5265ac5165ac5252ab",
        0,
        1_055_129_103,
        "5eeb03e03806cd7bfd44bbba69c30f84c2c5120df9e68cd8facc605fcfbc9693",
    ),
    (
        "b240517501334021240427adb0b413433641555424f6d24647211e3e6bfbb22a8045cbda2f000000000071bac8630112717802000000000000000000",
        "6a5165abac52656551",
        0,
        1_790_414_254,
        "2c8be597620d95abd88f9c1cf4967c1ae3ca2309f3afec8928058c9598660e9e",
    ),
    (
        "6f66c0b3013e6ae6aabae9382a4326df31c981eac169b6bc4f746edaa7fc1f8c796ef4e374000000000665ab6aabac6affffffff0191c8d6030000000002525300000000",
        "6a5352516a635352ab",
        0,
        -1_299_629_906i32 as u32,
        "48411efeb133c6b7fec4e7bdbe613f827093cb06ea0dbcc2ffcfde3a9ac4356c",
    ),
];

fn legacy_takes_any_sighash_type_and_drops_code_separators() {
    for (transaction, script_code, input, sighash_type, digest) in CORE_ROWS {
        let found = core_digest((transaction, script_code, input, sighash_type));
        assert_eq!(found.as_deref(), Ok(digest));
    }
}

fn a_legacy_single_without_its_output_gives_the_number_one() {
    // Consensus since the first release: two inputs, one output, the second input signs SINGLE.
    let tx = tx(P2WSH);
    assert_eq!((tx.input.len(), tx.output.len()), (2, 1));
    let mut digester = Digester::new(&tx, None);
    let spend = Spend::Legacy { script_code: ScriptBuf::new() };
    let one = digester.digest(1, &spend, 3).map(|bytes| bytes.to_lower_hex_string());
    assert_eq!(one.as_deref(), Ok(&*format!("01{}", "00".repeat(31))));
    assert!(digester.has_output_beside(0) && !digester.has_output_beside(1));
    assert_eq!(digester.digest(2, &spend, 1), Err(DigestError::NoSuchInput));
}

fn segwit_and_taproot_know_only_the_types_of_their_bips() {
    let tx = tx(P2WSH);
    let spent = TxOut { value: Amount::ONE_BTC, script_pubkey: ScriptBuf::new() };
    let mut digester = Digester::new(&tx, Some(vec![spent.clone(); 2]));
    let segwit = Spend::SegwitV0 { script_code: ScriptBuf::new(), amount: Amount::ONE_BTC };
    for sighash_type in [0, 4, 0x80, 0x84, 0x101, u32::MAX] {
        let unknown = Err(DigestError::SighashType(sighash_type));
        assert_eq!(digester.digest(0, &segwit, sighash_type), unknown);
        if sighash_type != 0 {
            assert_eq!(digester.digest(0, &Spend::TapKey, sighash_type), unknown);
        }
    }
    // BIP341: SINGLE without its output is invalid, and every output spent is covered.
    assert_eq!(digester.digest(1, &Spend::TapKey, 3), Err(DigestError::NoOutputBeside));
    assert_eq!(digester.digest(2, &Spend::TapKey, 0), Err(DigestError::NoSuchInput));
    for missing in [None, Some(vec![spent.clone(); 1]), Some(vec![spent; 3])] {
        let found = Digester::new(&tx, missing).digest(0, &Spend::TapKey, 0);
        assert_eq!(found, Err(DigestError::PrevoutsMissing));
    }
}

fn every_row_of_core_gives_its_digest(folder: &Path) {
    let file = json(folder, "sighash.json");
    // the first row is a title
    let rows = file.as_array().map_or(&[][..], |rows| &rows[1..]);
    assert_eq!(rows.len(), 500);
    for row in rows {
        let (Some(transaction), Some(script_code), Some(input), Some(kind), Some(digest)) =
            (row[0].as_str(), row[1].as_str(), row[2].as_u64(), row[3].as_i64(), row[4].as_str())
        else {
            panic!("{row}")
        };
        let found = core_digest((transaction, script_code, input as usize, kind as u32));
        assert_eq!(found.as_deref(), Ok(digest), "{row}");
    }
}

fn every_key_path_of_bip341_gives_its_digest(folder: &Path) {
    let file = json(folder, "wallet-test-vectors.json");
    let case = &file["keyPathSpending"][0];
    let tx = tx(text(&case["given"]["rawUnsignedTx"]));
    let spent = case["given"]["utxosSpent"].as_array().into_iter().flatten().map(|spent| TxOut {
        script_pubkey: script(text(&spent["scriptPubKey"])),
        value: Amount::from_sat(spent["amountSats"].as_u64().unwrap_or_default()),
    });
    let mut digester = Digester::new(&tx, Some(spent.collect()));
    let inputs = case["inputSpending"].as_array().map_or(&[][..], Vec::as_slice);
    assert_eq!(inputs.len(), 7);
    for input in inputs {
        let place = input["given"]["txinIndex"].as_u64().unwrap_or(u64::MAX) as usize;
        let kind = input["given"]["hashType"].as_u64().unwrap_or(u64::MAX) as u32;
        let found = digester.digest(place, &Spend::TapKey, kind);
        let found = found.map(|bytes| bytes.to_lower_hex_string());
        assert_eq!(found.as_deref(), Ok(text(&input["intermediary"]["sigHash"])));
    }
}

fn every_tweak_of_bip341_gives_its_output(folder: &Path) {
    let file = json(folder, "wallet-test-vectors.json");
    let cases = file["scriptPubKey"].as_array().map_or(&[][..], Vec::as_slice);
    assert_eq!(cases.len(), 7);
    for case in cases {
        let internal: UntweakedPublicKey = text(&case["given"]["internalPubkey"]).parse().unwrap();
        let root = case["intermediary"]["merkleRoot"].as_str().map(|hex| {
            TapNodeHash::assume_hidden(<[u8; 32]>::from_hex(hex).unwrap_or_else(|e| panic!("{e}")))
        });
        let (output, _) = internal.tap_tweak(SECP256K1, root);
        let tweaked = output.to_x_only_public_key().serialize().to_lower_hex_string();
        assert_eq!(tweaked, text(&case["intermediary"]["tweakedPubkey"]));
        let locked = ScriptBuf::new_p2tr(SECP256K1, internal, root).to_hex_string();
        assert_eq!(locked, text(&case["expected"]["scriptPubKey"]));
    }
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_else(|| panic!("no text: {value}"))
}
