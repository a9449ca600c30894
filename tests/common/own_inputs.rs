//! Payments out of a seed's first account, with inputs of one kind.

use bitcoin::bip32::{DerivationPath, KeySource};
use bitcoin::key::TapTweak;
use bitcoin::secp256k1::SECP256K1;
use bitcoin::{
    Amount, CompressedPublicKey, OutPoint, Psbt, ScriptBuf, Sequence, Transaction, TxIn, TxOut,
    Txid, absolute, hashes::Hash, transaction,
};
use coldlight::keys::Seed;
use coldlight::psbt::Limits;
use coldlight::review::{Approved, Context, Examined, History, Policy, examine};
use coldlight::wallet::{KeyRing, Network};

/// How the inputs are locked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    P2wpkh,
    P2tr,
}

/// One input's path.
pub fn path(kind: Kind, index: usize) -> DerivationPath {
    let purpose = if kind == Kind::P2wpkh { 84 } else { 86 };
    let path = format!("m/{purpose}'/1'/0'/0/{index}");
    path.parse().unwrap_or_else(|e| panic!("{path}: {e}"))
}

/// `count` inputs of 100,000 sat each pay to a stranger, at about 10 sat/vB.
pub fn unsigned(seed: &Seed, kind: Kind, count: usize) -> Vec<u8> {
    let input = |place: usize| TxIn {
        previous_output: OutPoint::new(Txid::hash(&place.to_le_bytes()), 0),
        sequence: Sequence::MAX,
        ..TxIn::default()
    };
    let paid = TxOut {
        value: Amount::from_sat(100_000 * count as u64 - 700 * count as u64),
        script_pubkey: ScriptBuf::new_p2wpkh(&bitcoin::WPubkeyHash::all_zeros()),
    };
    let tx = Transaction {
        version: transaction::Version::TWO,
        lock_time: absolute::LockTime::ZERO,
        input: (0..count).map(input).collect(),
        output: vec![paid],
    };
    let mut psbt = Psbt::from_unsigned_tx(tx).unwrap_or_else(|e| panic!("{e}"));
    for (place, input) in psbt.inputs.iter_mut().enumerate() {
        let path = path(kind, place);
        let key = seed.public_key(&path).unwrap_or_else(|| panic!("{path}"));
        let source: KeySource = (seed.fingerprint(), path);
        let script_pubkey = match kind {
            Kind::P2wpkh => {
                input.bip32_derivation.insert(key, source);
                ScriptBuf::new_p2wpkh(&CompressedPublicKey(key).wpubkey_hash())
            }
            Kind::P2tr => {
                let own = key.x_only_public_key().0;
                input.tap_key_origins.insert(own, (Vec::new(), source));
                input.tap_internal_key = Some(own);
                ScriptBuf::new_p2tr_tweaked(own.tap_tweak(SECP256K1, None).0)
            }
        };
        input.witness_utxo = Some(TxOut { value: Amount::from_sat(100_000), script_pubkey });
    }
    psbt.serialize()
}

/// Along the one road: read, reviewed, every page seen, confirmed.
pub fn approved(unsigned: &[u8], seed: &Seed) -> Approved {
    let psbt = coldlight::psbt::Psbt::parse(unsigned, &Limits::default())
        .unwrap_or_else(|e| panic!("{e}"));
    let context = Context {
        network: Network::Test,
        keys: Some(seed),
        wallets: &[],
        history: &History::default(),
        policy: &Policy::default(),
        now: None,
        only_to: None,
        allow_sighash_unusual: false,
    };
    match examine(psbt, &context) {
        Examined::Reviewed(reviewed) => {
            let mut walk = reviewed.walk();
            while walk.next() {}
            walk.confirm("sign").unwrap_or_else(|_| panic!("every page was seen"))
        }
        Examined::Refused(refusal) => panic!("{:?}", refusal.facts().findings),
    }
}
