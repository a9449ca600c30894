//! Published signatures to the byte, and what is never signed.

use super::super::seed::Seed;
use super::*;
use crate::wallet::{KeyRing, Network};
use bitcoin::consensus::encode::deserialize_hex;
use bitcoin::hex::{DisplayHex, FromHex};
use bitcoin::secp256k1::PublicKey as Point;
use bitcoin::taproot::{LeafVersion, TapLeafHash, TapNodeHash};
use bitcoin::{Amount, PublicKey, ScriptBuf, Transaction, TxOut};

/// A seed whose master key has this secret.
fn seed(secret: &str) -> Seed {
    Seed::with_secret(&bytes(secret), Network::Regtest)
}

fn bytes(hex: &str) -> [u8; 32] {
    <[u8; 32]>::from_hex(hex).unwrap()
}

fn key(seed: &Seed) -> Point {
    seed.public_key(&Default::default()).unwrap()
}

fn task(seed: &Seed, input: usize, spend: Spend, field: SignatureField, kind: u32) -> Task {
    Task {
        input,
        path: Default::default(),
        key: key(seed),
        spend,
        sighash_type: kind,
        field,
        merkle_root: None,
    }
}

fn partial(seed: &Seed) -> SignatureField {
    SignatureField::Partial(PublicKey::new(key(seed)))
}

/// BIP340's only vector that has both zero auxiliary randomness and a 32-byte message.
#[test]
fn schnorr_signs_bip340s_zero_vector_to_the_byte() {
    let secret = SecretKey::from_slice(&bytes(&format!("{:064x}", 3))).unwrap();
    let signature = schnorr(&[0; 32], &Keypair::from_secret_key(SECP256K1, &secret));
    assert_eq!(
        signature.to_upper_hex_string(),
        "E907831F80848D1069A5371B402410364BDF1C5F8307B0084C55F1CE2DCA821525F66A4A85EA8B71E482A74F382D2CE5EBEEE8FDB2172F477DF4900D310536C0"
    );
}

/// An input of BIP341's wallet vectors.
struct KeyPath {
    input: usize,
    secret: &'static str,
    root: Option<&'static str>,
    sighash_type: u32,
    signature: &'static str,
}

const TX: &str = "02000000097de20cbff686da83a54981d2b9bab3586f4ca7e48f57f5b55963115f3b334e9c010000000000000000d7b7cab57b1393ace2d064f4d4a2cb8af6def61273e127517d44759b6dafdd990000000000fffffffff8e1f583384333689228c5d28eac13366be082dc57441760d957275419a418420000000000fffffffff0689180aa63b30cb162a73c6d2a38b7eeda2a83ece74310fda0843ad604853b0100000000feffffffaa5202bdf6d8ccd2ee0f0202afbbb7461d9264a25e5bfd3c5a52ee1239e0ba6c0000000000feffffff956149bdc66faa968eb2be2d2faa29718acbfe3941215893a2a3446d32acd050000000000000000000e664b9773b88c09c32cb70a2a3e4da0ced63b7ba3b22f848531bbb1d5d5f4c94010000000000000000e9aa6b8e6c9de67619e6a3924ae25696bb7b694bb677a632a74ef7eadfd4eabf0000000000ffffffffa778eb6a263dc090464cd125c466b5a99667720b1c110468831d058aa1b82af10100000000ffffffff0200ca9a3b000000001976a91406afd46bcdfd22ef94ac122aa11f241244a37ecc88ac807840cb0000000020ac9a87f5594be208f8532db38cff670c450ed2fea8fcdefcc9a663f78bab962b0065cd1d";
const SPENT: [(&str, u64); 9] = [
    ("512053a1f6e454df1aa2776a2814a721372d6258050de330b3c6d10ee8f4e0dda343", 420_000_000),
    ("5120147c9c57132f6e7ecddba9800bb0c4449251c92a1e60371ee77557b6620f3ea3", 462_000_000),
    ("76a914751e76e8199196d454941c45d1b3a323f1433bd688ac", 294_000_000),
    ("5120e4d810fd50586274face62b8a807eb9719cef49c04177cc6b76a9a4251d5450e", 504_000_000),
    ("512091b64d5324723a985170e4dc5a0f84c041804f2cd12660fa5dec09fc21783605", 630_000_000),
    ("00147dd65592d0ab2fe0d0257d571abf032cd9db93dc", 378_000_000),
    ("512075169f4001aa68f15bbed28b218df1d0a62cbbcf1188c6665110c293c907b831", 672_000_000),
    ("5120712447206d7a5238acc7ff53fbe94a3b64539ad291c7cdbc490b7577e4b17df5", 546_000_000),
    ("512077e30a5522dd9f894c3f8b8bd4c4b2cf82ca7da8a3ea6a239655c39c050ab220", 588_000_000),
];
const KEY_PATHS: [KeyPath; 7] = [
    KeyPath {
        input: 0,
        secret: "6b973d88838f27366ed61c9ad6367663045cb456e28335c109e30717ae0c6baa",
        root: None,
        sighash_type: 0x03,
        signature: "ed7c1647cb97379e76892be0cacff57ec4a7102aa24296ca39af7541246d8ff14d38958d4cc1e2e478e4d4a764bbfd835b16d4e314b72937b29833060b87276c03",
    },
    KeyPath {
        input: 1,
        secret: "1e4da49f6aaf4e5cd175fe08a32bb5cb4863d963921255f33d3bc31e1343907f",
        root: Some("5b75adecf53548f3ec6ad7d78383bf84cc57b55a3127c72b9a2481752dd88b21"),
        sighash_type: 0x83,
        signature: "052aedffc554b41f52b521071793a6b88d6dbca9dba94cf34c83696de0c1ec35ca9c5ed4ab28059bd606a4f3a657eec0bb96661d42921b5f50a95ad33675b54f83",
    },
    KeyPath {
        input: 3,
        secret: "d3c7af07da2d54f7a7735d3d0fc4f0a73164db638b2f2f7c43f711f6d4aa7e64",
        root: Some("c525714a7f49c28aedbbba78c005931a81c234b2f6c99a73e4d06082adc8bf2b"),
        sighash_type: 0x01,
        signature: "ff45f742a876139946a149ab4d9185574b98dc919d2eb6754f8abaa59d18b025637a3aa043b91817739554f4ed2026cf8022dbd83e351ce1fabc272841d2510a01",
    },
    KeyPath {
        input: 4,
        secret: "f36bb07a11e469ce941d16b63b11b9b9120a84d9d87cff2c84a8d4affb438f4e",
        root: Some("ccbd66c6f7e8fdab47b3a486f59d28262be857f30d4773f2d5ea47f7761ce0e2"),
        sighash_type: 0x00,
        signature: "b4010dd48a617db09926f729e79c33ae0b4e94b79f04a1ae93ede6315eb3669de185a17d2b0ac9ee09fd4c64b678a0b61a0a86fa888a273c8511be83bfd6810f",
    },
    KeyPath {
        input: 6,
        secret: "415cfe9c15d9cea27d8104d5517c06e9de48e2f986b695e4f5ffebf230e725d8",
        root: Some("2f6b2c5397b6d68ca18e09a3f05161668ffe93a988582d55c6f07bd5b3329def"),
        sighash_type: 0x02,
        signature: "a3785919a2ce3c4ce26f298c3d51619bc474ae24014bcdd31328cd8cfbab2eff3395fa0a16fe5f486d12f22a9cedded5ae74feb4bbe5351346508c5405bcfee002",
    },
    KeyPath {
        input: 7,
        secret: "c7b0e81f0a9a0b0499e112279d718cca98e79a12e2f137c72ae5b213aad0d103",
        root: Some("6c2dc106ab816b73f9d07e3cd1ef2c8c1256f519748e0813e4edd2405d277bef"),
        sighash_type: 0x82,
        signature: "ea0c6ba90763c2d3a296ad82ba45881abb4f426b3f87af162dd24d5109edc1cdd11915095ba47c3a9963dc1e6c432939872bc49212fe34c632cd3ab9fed429c482",
    },
    KeyPath {
        input: 8,
        secret: "77863416be0d0665e517e1c375fd6f75839544eca553675ef7fdf4949518ebaa",
        root: Some("ab179431c28d3b68fb798957faf5497d69c883c6fb1e1cd9f81483d87bac90cc"),
        sighash_type: 0x81,
        signature: "bbc9584a11074e83bc8c6759ec55401f0ae7b03ef290c3139814f545b58a9f8127258000874f44bc46db7646322107d4d86aec8e73b8719a61fff761d75b5dd981",
    },
];

fn bip341() -> (Transaction, Vec<TxOut>) {
    let spent = SPENT.iter().map(|(script, amount)| TxOut {
        value: Amount::from_sat(*amount),
        script_pubkey: ScriptBuf::from_hex(script).unwrap(),
    });
    (deserialize_hex(TX).unwrap(), spent.collect())
}

fn key_path(case: &KeyPath) -> (Seed, Task) {
    let seed = seed(case.secret);
    let merkle_root = case.root.map(|root| TapNodeHash::assume_hidden(bytes(root)));
    let task = task(&seed, case.input, Spend::TapKey, SignatureField::TapKey, case.sighash_type);
    (seed, Task { merkle_root, ..task })
}

#[test]
fn key_paths_are_signed_as_bip341_publishes_them() {
    let (tx, spent) = bip341();
    let mut digester = Digester::new(&tx, Some(spent));
    for case in KEY_PATHS {
        let (seed, task) = key_path(&case);
        let made = make(&mut digester, &[task], &seed).unwrap();
        assert_eq!(made[0].bytes.to_lower_hex_string(), case.signature, "input {}", case.input);
        assert_eq!((made.len(), made[0].input), (1, case.input));
        assert_eq!(made[0].field, SignatureField::TapKey);
    }
}

#[test]
fn a_key_path_of_another_output_is_never_signed() {
    let (tx, mut spent) = bip341();
    let case = &KEY_PATHS[3];
    let (seed, task) = key_path(case);
    let differs = Err(SignError::OutputDiffers { input: case.input });
    let no_root = Task { merkle_root: None, ..task.clone() };
    assert_eq!(make(&mut Digester::new(&tx, Some(spent.clone())), &[no_root], &seed), differs);
    for script in [SPENT[0].0, SPENT[5].0, "", "5120", "512053a1f6"] {
        spent[case.input].script_pubkey = ScriptBuf::from_hex(script).unwrap();
        let mut digester = Digester::new(&tx, Some(spent.clone()));
        assert_eq!(make(&mut digester, std::slice::from_ref(&task), &seed), differs, "{script}");
    }
    let reason = DigestError::PrevoutsMissing;
    let missing = Err(SignError::Digest { input: case.input, reason });
    assert_eq!(make(&mut Digester::new(&tx, None), &[task], &seed), missing);
}

#[test]
fn one_failure_lets_nothing_leave() {
    let (tx, spent) = bip341();
    let (seed, good) = key_path(&KEY_PATHS[3]);
    let (_, other) = key_path(&KEY_PATHS[1]);
    let mut digester = Digester::new(&tx, Some(spent));
    assert_eq!(
        make(&mut digester, &[good.clone(), other], &seed),
        Err(SignError::KeyDiffers { input: 1 })
    );
    let beyond = Task { input: 9, ..good.clone() };
    let reason = DigestError::NoSuchInput;
    assert_eq!(
        make(&mut digester, &[good, beyond], &seed),
        Err(SignError::Digest { input: 9, reason })
    );
}

#[test]
fn a_leaf_is_signed_by_the_key_as_it_stands() {
    let (tx, spent) = bip341();
    let seed = seed(KEY_PATHS[0].secret);
    let own = key(&seed).x_only_public_key().0;
    let script = ScriptBuf::builder().push_x_only_key(&own).into_script();
    let leaf = TapLeafHash::from_script(&script, LeafVersion::TapScript);
    let spend = Spend::TapLeaf { leaf };
    let mut digester = Digester::new(&tx, Some(spent));
    for (kind, length) in [(0, 64), (1, 65), (0x83, 65)] {
        let task = task(&seed, 1, spend.clone(), SignatureField::TapScript(own, leaf), kind);
        let made = make(&mut digester, &[task], &seed).unwrap();
        assert_eq!(made[0].bytes.len(), length);
        let digest = digester.digest(1, &spend, kind).unwrap();
        assert!(schnorr_holds(&digest, &made[0].bytes[..64], &own));
    }
    // another leaf, another key, another field than the spend
    let elsewhere = TapLeafHash::from_script(&ScriptBuf::new(), LeafVersion::TapScript);
    let foreign = KEY_PATHS[1].secret;
    let foreign = key(&self::seed(foreign)).x_only_public_key().0;
    for field in [
        SignatureField::TapScript(own, elsewhere),
        SignatureField::TapScript(foreign, leaf),
        SignatureField::TapKey,
        partial(&seed),
    ] {
        let made = make(&mut digester, &[task(&seed, 1, spend.clone(), field, 0)], &seed);
        assert_eq!(made, Err(SignError::Contradiction { input: 1 }));
    }
}

/// BIP143's first example, its second input.
const P2WPKH: &str = "0100000002fff7f7881a8099afa6940d42d1e7f6362bec38171ea3edf433541db4e4ad969f0000000000eeffffffef51e1b804cc89d182d279655c3aa89e815b1b309fe287d9b2b55d57b90ec68a0100000000ffffffff02202cb206000000001976a9148280b37df378db99f66f85c95a783a76ac7a6d5988ac9093510d000000001976a9143bde42dbee7e4dbe6a21b2d50ce2f0167faa815988ac11000000";

fn p2wpkh(seed: &Seed, kind: u32) -> Task {
    let script_code = "76a9141d0f172a0ecb48aee1be1f2687d2963ae33f71a188ac";
    let script_code = ScriptBuf::from_hex(script_code).unwrap();
    let spend = Spend::SegwitV0 { script_code, amount: Amount::from_sat(600_000_000) };
    task(seed, 1, spend, partial(seed), kind)
}

const P2WPKH_SECRET: &str = "619c335025c7f4012e556c2a58b2506e30b8511b53ade95ea316fd8c3286feb9";

#[test]
fn ecdsa_signs_bip143s_example_to_the_byte() {
    let tx: Transaction = deserialize_hex(P2WPKH).unwrap();
    let seed = seed(P2WPKH_SECRET);
    let made = make(&mut Digester::new(&tx, None), &[p2wpkh(&seed, 1)], &seed).unwrap();
    assert_eq!(
        made[0].bytes.to_lower_hex_string(),
        "304402203609e17b84f6a7d30c80bfa610b5b4542f32a8a0d5447a12fb1366d7f01cc44a0220573a954c4518331561406f90300e8f3358f51928d43c212a8caed02de67eebee01"
    );
}

#[test]
fn every_ecdsa_signature_has_a_low_r_and_is_71_bytes_at_most() {
    let mut tx: Transaction = deserialize_hex(P2WPKH).unwrap();
    let seed = seed(P2WPKH_SECRET);
    for time in 0..64 {
        tx.lock_time = bitcoin::absolute::LockTime::from_consensus(time);
        let made = make(&mut Digester::new(&tx, None), &[p2wpkh(&seed, 1)], &seed).unwrap();
        let bytes = &made[0].bytes;
        assert!(bytes.len() <= 71 && bytes[3] <= 32, "{}", bytes.to_lower_hex_string());
    }
}

#[test]
fn a_segwit_key_is_compressed_and_a_sighash_type_known() {
    let mut tx: Transaction = deserialize_hex(P2WPKH).unwrap();
    let seed = seed(P2WPKH_SECRET);
    let uncompressed = SignatureField::Partial(PublicKey::new_uncompressed(key(&seed)));
    let segwit = Task { field: uncompressed.clone(), ..p2wpkh(&seed, 1) };
    let contradiction = Err(SignError::Contradiction { input: 1 });
    let refused = |tx: &Transaction, task: Task| make(&mut Digester::new(tx, None), &[task], &seed);
    assert_eq!(refused(&tx, segwit), contradiction);
    let legacy = Spend::Legacy { script_code: ScriptBuf::new() };
    let legacy = Task { spend: legacy, ..p2wpkh(&seed, 1) };
    assert!(refused(&tx, Task { field: uncompressed, ..legacy.clone() }).is_ok());
    assert_eq!(
        refused(&tx, Task { field: SignatureField::TapKey, ..legacy.clone() }),
        contradiction
    );
    let unknown =
        |kind| Err(SignError::Digest { input: 1, reason: DigestError::SighashType(kind) });
    for kind in [0, 4, 0x80, 0x101] {
        assert_eq!(refused(&tx, Task { sighash_type: kind, ..legacy.clone() }), unknown(kind));
        assert_eq!(refused(&tx, p2wpkh(&seed, kind)), unknown(kind));
    }
    // SINGLE with no output beside the input would be good for other spends too.
    tx.output.truncate(1);
    let reason = DigestError::NoOutputBeside;
    let unbound = Err(SignError::Digest { input: 1, reason });
    for kind in [0x03, 0x83] {
        assert_eq!(refused(&tx, Task { sighash_type: kind, ..legacy.clone() }), unbound);
        assert_eq!(refused(&tx, p2wpkh(&seed, kind)), unbound);
    }
}

#[test]
fn every_reason_is_a_sentence() {
    for error in [
        SignError::KeyDiffers { input: 0 },
        SignError::OutputDiffers { input: 0 },
        SignError::Contradiction { input: 0 },
        SignError::Digest { input: 0, reason: DigestError::PrevoutsMissing },
        SignError::NotVerified { input: 0 },
    ] {
        let text = error.to_string();
        assert!(text.starts_with("Nothing was signed") && text.ends_with('.'), "{text}");
    }
}
