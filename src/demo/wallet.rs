//! The demo wallet and its unsigned payment.

use bitcoin::absolute::LockTime;
use bitcoin::bip32::{ChildNumber, DerivationPath, Fingerprint, KeySource};
use bitcoin::hashes::Hash;
use bitcoin::secp256k1::PublicKey;
use bitcoin::{
    Amount, CompressedPublicKey, OutPoint, ScriptBuf, Sequence, Transaction, TxIn, TxOut, Txid,
    WPubkeyHash, transaction,
};

/// The demo wallet's words: entropy 7f7f... of BIP39's reference vectors. Everyone knows them.
pub const WORDS: &str =
    "legal winner thank year wave sausage worth useful legal winner thank yellow";

/// The master key's fingerprint without passphrase (`tests/demo.rs` derives it from [`WORDS`]).
pub const FINGERPRINT: [u8; 4] = [0xb8, 0x68, 0x8d, 0xf1];

/// A key of the account m/84'/1'/0' that the payment uses.
struct Key {
    /// 0 receive, 1 change.
    chain: u32,
    index: u32,
    /// Compressed, in hexadecimal digits.
    public: &'static str,
}

const COINS: [(Key, u64); 2] = [
    (
        Key {
            chain: 0,
            index: 3,
            public: "038966c9c6a9a5b2d2b8e4316b2cb7487de76cad6a0716722efba48f0d63e3aa04",
        },
        1_500_000,
    ),
    (
        Key {
            chain: 0,
            index: 7,
            public: "0274eca8d9862d5752221eac48d2fa56a06d4b07a6727ec4453115bf72673e294e",
        },
        450_000,
    ),
];

const CHANGE: (Key, u64) = (
    Key {
        chain: 1,
        index: 2,
        public: "02562168b77d3a73e76160a2991c0767629a8400a93f513c2366709b2fdb244ca5",
    },
    714_806,
);

/// What is paid, in sat. With the change it leaves a fee of 627 sat, 3 sat/vB.
const PAID: u64 = 1_234_567;

impl Key {
    fn public_key(&self) -> CompressedPublicKey {
        // A constant; `tests/demo.rs` derives it from the words.
        self.public.parse().expect("33 bytes in hexadecimal digits")
    }

    fn script(&self) -> ScriptBuf {
        ScriptBuf::new_p2wpkh(&self.public_key().wpubkey_hash())
    }

    /// The key with its origin, as PSBT_{IN,OUT}_BIP32_DERIVATION wants it.
    fn origin(&self) -> (PublicKey, KeySource) {
        let hardened = [84, 1, 0].map(|index| ChildNumber::Hardened { index });
        let normal = [self.chain, self.index].map(|index| ChildNumber::Normal { index });
        let path: DerivationPath = hardened.into_iter().chain(normal).collect();
        (self.public_key().0, (Fingerprint::from(FINGERPRINT), path))
    }
}

/// An unsigned testnet PSBT as coordinators show it by QR: two P2WPKH coins with their amounts
/// claimed and no previous transactions, one payee, one change.
pub fn unsigned() -> Vec<u8> {
    let coin = |i: usize| OutPoint {
        txid: Txid::hash(format!("coldlight demo coin {i}").as_bytes()),
        vout: 0,
    };
    let payee = ScriptBuf::new_p2wpkh(&WPubkeyHash::hash(b"coldlight demo payee"));
    let input = |i| TxIn {
        previous_output: coin(i),
        sequence: Sequence::ENABLE_RBF_NO_LOCKTIME,
        ..TxIn::default()
    };
    let output = |sat, script_pubkey| TxOut { value: Amount::from_sat(sat), script_pubkey };
    let tx = Transaction {
        version: transaction::Version::TWO,
        lock_time: LockTime::ZERO,
        input: (0..COINS.len()).map(input).collect(),
        output: vec![output(PAID, payee), output(CHANGE.1, CHANGE.0.script())],
    };
    // Written by `bitcoin`, as another program would: our reader gets no special treatment.
    let mut psbt = bitcoin::Psbt::from_unsigned_tx(tx).expect("nothing in it is signed");
    for ((key, sat), input) in COINS.iter().zip(&mut psbt.inputs) {
        input.witness_utxo = Some(output(*sat, key.script()));
        input.bip32_derivation.extend([key.origin()]);
    }
    if let Some(change) = psbt.outputs.last_mut() {
        change.bip32_derivation.extend([CHANGE.0.origin()]);
    }
    psbt.serialize()
}
