//! The demo: its keys come from its words, its payment is a good one, its coordinator is no fool.

use bip39::Mnemonic;
use bitcoin::bip32::{DerivationPath, Xpriv};
use bitcoin::hashes::Hash;
use bitcoin::secp256k1::{Message, SECP256K1};
use bitcoin::sighash::{EcdsaSighashType, SighashCache};
use bitcoin::{Amount, Network, PublicKey, Transaction, consensus};
use coldlight::demo::{self, Coordinator, Flaw, Verdict};
use coldlight::psbt::{
    CombineError, FinishError, Limits, NewSignature, Psbt, SignatureField, Version,
};

fn asked() -> Psbt {
    Psbt::parse(&demo::unsigned(), &Limits::default()).expect("the demo payment is a PSBT")
}

fn master() -> Xpriv {
    let seed = Mnemonic::parse(demo::WORDS).expect("the demo words").to_seed("");
    Xpriv::new_master(Network::Testnet, &seed).expect("a master key")
}

/// Signs the inputs named with the demo wallet's keys, by `bitcoin` alone.
fn signatures(psbt: &Psbt, inputs: &[usize]) -> Vec<NewSignature> {
    let mut cache = SighashCache::new(psbt.tx());
    let sign = |&input: &usize| {
        let (key, (_, path)) = &psbt.inputs()[input].origins[0];
        let utxo = psbt.inputs()[input].utxo().expect("the amount is claimed");
        let digest = cache
            .p2wpkh_signature_hash(input, &utxo.script_pubkey, utxo.value, EcdsaSighashType::All)
            .expect("a digest");
        let secret = master().derive_priv(SECP256K1, path).expect("a key").private_key;
        let message = Message::from_digest(digest.to_byte_array());
        let mut bytes = SECP256K1.sign_ecdsa(&message, &secret).serialize_der().to_vec();
        bytes.push(1);
        NewSignature { input, field: SignatureField::Partial(*key), bytes, sighash_type: 1 }
    };
    inputs.iter().map(sign).collect()
}

fn signed(inputs: &[usize]) -> Psbt {
    asked().add_signatures(&signatures(&asked(), inputs))
}

fn judge(answer: &[u8]) -> Verdict {
    Coordinator::new(asked()).judge(answer)
}

#[test]
fn the_demo_keys_come_from_the_demo_words() {
    let master = master();
    assert_eq!(master.fingerprint(SECP256K1).to_bytes(), demo::FINGERPRINT);
    let psbt = asked();
    let derived = |path: &DerivationPath| {
        let key = master.derive_priv(SECP256K1, path).expect("a key").private_key;
        PublicKey::new(key.public_key(SECP256K1))
    };
    let inputs = psbt.inputs().iter().map(|input| &input.origins);
    let origins: Vec<_> =
        inputs.chain(psbt.outputs().iter().map(|o| &o.origins)).flatten().collect();
    assert_eq!(origins.len(), 3, "two coins and the change");
    for (key, (fingerprint, path)) in origins {
        assert_eq!(fingerprint.to_bytes(), demo::FINGERPRINT);
        assert_eq!(derived(path), *key, "{path}");
    }
    let paths: Vec<String> =
        psbt.inputs().iter().map(|input| input.origins[0].1.1.to_string()).collect();
    assert_eq!(paths, ["84'/1'/0'/0/3", "84'/1'/0'/0/7"]);
    assert_eq!(psbt.outputs()[1].origins[0].1.1.to_string(), "84'/1'/0'/1/2");
}

#[test]
fn the_demo_payment_is_what_a_coordinator_shows_by_qr() {
    let psbt = asked();
    assert_eq!(psbt.version(), Version::V0);
    assert_eq!(psbt.serialize(), demo::unsigned());
    assert_eq!(demo::unsigned(), demo::unsigned(), "the same each time");
    for input in psbt.inputs() {
        assert!(input.previous.is_none() && input.partial_sigs.is_empty());
        let utxo = input.utxo().expect("the amount is claimed");
        let key = input.origins[0].0;
        let own = bitcoin::ScriptBuf::new_p2wpkh(&key.wpubkey_hash().expect("compressed"));
        assert_eq!(utxo.script_pubkey, own);
    }
    let change = &psbt.outputs()[1];
    let key = change.origins[0].0.wpubkey_hash().expect("compressed");
    assert_eq!(change.txout.script_pubkey, bitcoin::ScriptBuf::new_p2wpkh(&key));
    assert!(psbt.outputs()[0].origins.is_empty(), "the payee is not ours");
}

#[test]
fn a_signed_answer_is_valid_whole_stripped_and_final() {
    let psbt = signed(&[0, 1]);
    let tx = psbt.finish().expect("both inputs are signed");
    let answers = [psbt.serialize(), psbt.stripped().serialize(), consensus::serialize(&tx)];
    for answer in &answers {
        let verdict = judge(answer);
        let Verdict::Valid { txid, vsize, fee } = verdict else { panic!("{verdict}") };
        assert_eq!((txid, fee), (tx.compute_txid(), Some(Amount::from_sat(627))));
        assert!((207..=209).contains(&vsize), "{vsize} vB");
    }
    let said = judge(&answers[0]).to_string();
    let txid = tx.compute_txid();
    assert!(said.starts_with(&format!("Valid: transaction {txid} (")));
    assert!(answers[1].len() < answers[0].len(), "stripped is shorter");
}

#[test]
fn an_answer_with_one_signature_is_not_yet_valid() {
    let verdict = judge(&signed(&[0]).serialize());
    assert_eq!(verdict, Verdict::NotYet { input: 1 });
    assert_eq!(verdict.to_string(), "Not yet: input 1 still lacks signatures.");
    assert_eq!(judge(&demo::unsigned()), Verdict::NotYet { input: 0 });
}

#[test]
fn a_wrong_signature_is_named() {
    let psbt = asked();
    let mut made = signatures(&psbt, &[0, 1]);
    let other = made[0].bytes.clone();
    made[1].bytes = other;
    let invalid = Verdict::Invalid(Flaw::Unfinished(FinishError::Invalid { input: 1 }));
    assert_eq!(judge(&psbt.add_signatures(&made).serialize()), invalid);
    assert_eq!(invalid.to_string(), "Invalid: A signature of input 1 is not valid.");
}

#[test]
fn another_payment_than_asked_for_is_named() {
    let mut tx: Transaction = signed(&[0, 1]).finish().expect("both inputs are signed");
    tx.output[0].value += Amount::from_sat(1);
    let other = Verdict::Invalid(Flaw::OtherTransaction);
    assert_eq!(judge(&consensus::serialize(&tx)), other);
    for input in &mut tx.input {
        input.witness.clear();
    }
    let psbt = bitcoin::Psbt::from_unsigned_tx(tx).expect("nothing in it is signed").serialize();
    assert_eq!(judge(&psbt), other);
}

#[test]
fn what_is_neither_psbt_nor_transaction_is_unreadable() {
    for answer in [&b"hello"[..], b"", b"psbt\xff", b"psbt\xff\x00"] {
        assert!(matches!(judge(answer), Verdict::Invalid(Flaw::Unreadable(_))));
    }
}

#[test]
fn every_verdict_is_one_finished_sentence() {
    let txid = asked().tx().compute_txid();
    let verdicts = [
        Verdict::Valid { txid, vsize: 208, fee: Some(Amount::from_sat(627)) },
        Verdict::Valid { txid, vsize: 208, fee: None },
        Verdict::NotYet { input: 1 },
        Verdict::Invalid(Flaw::OtherTransaction),
        Verdict::Invalid(Flaw::Uncombinable(CombineError::OtherVersion)),
        Verdict::Invalid(Flaw::Unfinished(FinishError::UtxoMissing { input: 0 })),
    ];
    for verdict in verdicts {
        let said = verdict.to_string();
        assert!(said.ends_with('.') && !said.contains("  "), "{said}");
    }
}
