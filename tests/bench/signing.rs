//! Signing 1,000 inputs along the one road, over bare secp256k1 signing and verifying.

#[path = "../common/own_inputs.rs"]
mod own_inputs;

use bitcoin::bip32::{ChildNumber, Xpriv};
use bitcoin::hashes::{Hash, sha256};
use bitcoin::key::TapTweak;
use bitcoin::secp256k1::{Keypair, Message, SECP256K1};
use coldlight::keys::{self, Mnemonic, Passphrase, Seed};
use coldlight::wallet::Network;
use own_inputs::Kind;
use std::time::{Duration, Instant};

const INPUTS: usize = 1_000;
const ROUNDS: usize = 7;
/// At most this times the bare work.
const TARGET: f64 = 2.0;

/// Prints the ratios and holds them against the target. Derivation is part of both sides: ours from
/// the open seed's paths, the bare side's one step from each input's account and chain.
pub fn run() {
    println!("Signing {INPUTS} inputs, verified, over bare secp256k1 (median of {ROUNDS} rounds)");
    println!("{:>8} {:>12} {:>12} {:>8} {:>8}", "inputs", "coldlight", "bare", "ratio", "target");
    for (name, kind) in [("P2WPKH", Kind::P2wpkh), ("P2TR", Kind::P2tr)] {
        let unsigned = own_inputs::unsigned(&seed(), kind, INPUTS);
        // One after the other in each round, so that both meet the same machine.
        let mut rounds: Vec<(Duration, Duration)> =
            (0..ROUNDS).map(|_| (ours(&unsigned), bare(kind))).collect();
        rounds.sort_by(|a, b| ratio(a).total_cmp(&ratio(b)));
        let median = rounds[ROUNDS / 2];
        let (ours, bare) = median;
        println!(
            "{name:>8} {:>9.1} ms {:>9.1} ms {:>8.2} {TARGET:>8.2}",
            ours.as_secs_f64() * 1e3,
            bare.as_secs_f64() * 1e3,
            ratio(&median)
        );
        assert!(ratio(&median) <= TARGET, "{name}: slower than the target");
    }
}

fn ratio((ours, bare): &(Duration, Duration)) -> f64 {
    ours.as_secs_f64() / bare.as_secs_f64()
}

/// [`keys::sign`] alone, with a seed that has derived nothing yet but what the review asked of
/// another one.
fn ours(unsigned: &[u8]) -> Duration {
    let approved = own_inputs::approved(unsigned, &seed());
    let seed = seed();
    let began = Instant::now();
    let signed = keys::sign(approved, &seed).unwrap_or_else(|e| panic!("{e}"));
    let took = began.elapsed();
    assert_eq!(signed.made(), INPUTS);
    took
}

/// BIP39's first vector, without a passphrase.
fn seed() -> Seed {
    let words = format!("{}about", "abandon ".repeat(11));
    let words = Mnemonic::parse(&words).unwrap_or_else(|e| panic!("{e}"));
    Seed::open(&words, &Passphrase::new(""), Network::Test)
}

/// Derives, signs and verifies digests of the same number, with nothing around it.
fn bare(kind: Kind) -> Duration {
    // Any extended key costs the same.
    let parent = Xpriv::new_master(bitcoin::Network::Testnet, &[7; 64]).expect("a master key");
    let began = Instant::now();
    for input in 0..INPUTS as u32 {
        let step = [ChildNumber::Normal { index: input }];
        let child = parent.derive_priv(SECP256K1, &step).expect("a child");
        let message =
            Message::from_digest(sha256::Hash::hash(&input.to_le_bytes()).to_byte_array());
        match kind {
            Kind::P2wpkh => {
                let signature = SECP256K1.sign_ecdsa_low_r(&message, &child.private_key);
                let key = child.private_key.public_key(SECP256K1);
                SECP256K1.verify_ecdsa(&message, &signature, &key).expect("it holds");
            }
            Kind::P2tr => {
                let pair = Keypair::from_secret_key(SECP256K1, &child.private_key);
                let pair = pair.tap_tweak(SECP256K1, None).to_keypair();
                let signature = SECP256K1.sign_schnorr_no_aux_rand(&message, &pair);
                let key = pair.x_only_public_key().0;
                SECP256K1.verify_schnorr(&signature, &message, &key).expect("it holds");
            }
        }
    }
    began.elapsed()
}
