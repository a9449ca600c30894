//! Known-answer tests of everything that signing stands on, run before the first menu of the
//! dedicated machine: a broken processor, memory or build must not touch a key.

use super::sign::{low_r, schnorr};
use super::{Mnemonic, Passphrase, Seed};
use crate::wallet::{KeyRing, Network};
use bitcoin::bip32::DerivationPath;
use bitcoin::hashes::{Hash, HashEngine, Hmac, HmacEngine, ripemd160, sha256, sha512};
use bitcoin::hex::FromHex;
use bitcoin::secp256k1::{Keypair, Message, SECP256K1, SecretKey, ecdsa, schnorr as bip340};
use std::str::FromStr;

/// One test: what it tests, in words, and whether the published answer came out.
type Test = (&'static str, fn() -> Option<bool>);

/// The tests, in the order in which one stands on the other.
const TESTS: [Test; 8] = [
    ("SHA-256", || answers(sha256::Hash::hash(b"abc").as_byte_array(), SHA256_ABC)),
    ("SHA-512", || answers(sha512::Hash::hash(b"abc").as_byte_array(), SHA512_ABC)),
    ("RIPEMD-160", || answers(ripemd160::Hash::hash(b"abc").as_byte_array(), RIPEMD160_ABC)),
    ("HMAC-SHA-512", hmac),
    ("PBKDF2 (backup words to seed)", pbkdf2),
    ("BIP32 derivation", derivation),
    ("ECDSA signatures", ecdsa_signature),
    ("Schnorr signatures", schnorr_signature),
];

/// Runs all tests; gives the name of the first that failed.
pub fn known_answers() -> Result<(), &'static str> {
    first_failure(&TESTS)
}

fn first_failure(tests: &[Test]) -> Result<(), &'static str> {
    match tests.iter().find(|(_, test)| test() != Some(true)) {
        Some((name, _)) => Err(name),
        None => Ok(()),
    }
}

fn answers(answer: &[u8], published: &str) -> Option<bool> {
    Some(answer == Vec::from_hex(published).ok()?)
}

/// RFC 4231, test case 1.
fn hmac() -> Option<bool> {
    let mut engine = HmacEngine::<sha512::Hash>::new(&[0x0b; 20]);
    engine.input(b"Hi There");
    answers(Hmac::from_engine(engine).as_byte_array(), HMAC_HI_THERE)
}

/// BIP39's first reference vector, with its passphrase.
fn pbkdf2() -> Option<bool> {
    let words = Mnemonic::parse(BIP39_WORDS).ok()?;
    answers(words.seed(&Passphrase::new("TREZOR")).as_slice(), BIP39_SEED)
}

/// BIP32, test vector 1, chain m/0h/1: one hardened and one normal step.
fn derivation() -> Option<bool> {
    let seed = Seed::from_bytes(&Vec::from_hex(BIP32_SEED).ok()?, Network::Main)?;
    let key = seed.public_key(&DerivationPath::from_str("m/0h/1").ok()?)?;
    answers(&key.serialize(), BIP32_KEY)
}

/// RFC 6979 on secp256k1, a published case whose R is low without grinding. The signature must also
/// verify, and must not verify for another message.
fn ecdsa_signature() -> Option<bool> {
    let secret = SecretKey::from_slice(&Vec::from_hex(ECDSA_SECRET).ok()?).ok()?;
    let digest = sha256::Hash::hash(b"Alan Turing").to_byte_array();
    let signature = ecdsa::Signature::from_der(&low_r(&digest, &secret)).ok()?;
    let key = secret.public_key(SECP256K1);
    let holds = |digest| SECP256K1.verify_ecdsa(&Message::from_digest(digest), &signature, &key);
    let right = holds(digest).is_ok() && holds([7; 32]).is_err();
    Some(right && answers(&signature.serialize_compact(), ECDSA_SIGNATURE)?)
}

/// BIP340, test vector 0: also verified, and not for another message.
fn schnorr_signature() -> Option<bool> {
    let mut secret = [0; 32];
    secret[31] = 3;
    let keypair = Keypair::from_seckey_slice(SECP256K1, &secret).ok()?;
    let bytes = schnorr(&[0; 32], &keypair);
    let signature = bip340::Signature::from_slice(&bytes).ok()?;
    let key = keypair.x_only_public_key().0;
    let holds = |digest| SECP256K1.verify_schnorr(&signature, &Message::from_digest(digest), &key);
    let right = holds([0; 32]).is_ok() && holds([7; 32]).is_err();
    Some(right && answers(&bytes, BIP340_SIGNATURE)?)
}

/// FIPS 180-4, the example "abc".
const SHA256_ABC: &str = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
/// FIPS 180-4, the example "abc".
const SHA512_ABC: &str = "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a\
                          2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f";
/// The RIPEMD-160 paper's example "abc".
const RIPEMD160_ABC: &str = "8eb208f7e05d987a9b044a8e98c6b087f15a0bfc";
/// RFC 4231, test case 1.
const HMAC_HI_THERE: &str = "87aa7cdea5ef619d4ff0b4241a1d6cb02379f4e2ce4ec2787ad0b30545e17cde\
                             daa833b7d6b8a702038b274eaea3f4e4be9d914eeb61f1702e696c203a126854";
/// BIP39's reference vectors, the first.
const BIP39_WORDS: &str =
    "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about";
const BIP39_SEED: &str = "c55257c360c07c72029aebc1b53c05ed0362ada38ead3e3e9efa3708e5349553\
                          1f09a6987599d18264c1e1c92f2cf141630c7a3c4ab7c81b2f001698e7463b04";
/// BIP32, test vector 1.
const BIP32_SEED: &str = "000102030405060708090a0b0c0d0e0f";
const BIP32_KEY: &str = "03501e454bf00751f24b1b489aa925215d66af2234e3891c3b21a52bedb3cd711c";
/// The widely used RFC 6979 cases for secp256k1 (first published with Trezor's and CoinJS's tests).
const ECDSA_SECRET: &str = "f8b8af8ce3c7cca5e300d33939540c10d45ce001b8f252bfbc57ba0342904181";
const ECDSA_SIGNATURE: &str = "7063ae83e7f62bbb171798131b4a0564b956930092b33b07b395615d9ec7e15c\
                               58dfcc1e00a35e1572f366ffe34ba0fc47db1e7189759b9fb233c5b05ab388ea";
/// BIP340, test vector 0.
const BIP340_SIGNATURE: &str = "e907831f80848d1069a5371b402410364bdf1c5f8307b0084c55f1ce2dca8215\
                                25f66a4a85ea8b71e482a74f382d2ce5ebeee8fdb2172f477df4900d310536c0";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_published_answer_comes_out() {
        for (name, test) in TESTS {
            assert_eq!(test(), Some(true), "{name}");
        }
        assert_eq!(known_answers(), Ok(()));
    }

    #[test]
    fn the_first_failure_is_named_and_no_answer_is_one() {
        let good: Test = ("good", || Some(true));
        assert_eq!(
            first_failure(&[good, ("wrong", || Some(false)), ("late", || None)]),
            Err("wrong")
        );
        assert_eq!(first_failure(&[good, ("none", || None)]), Err("none"));
        assert_eq!(answers(b"abc", "616263"), Some(true));
        assert_eq!(answers(b"abd", "616263"), Some(false));
        assert_eq!(answers(b"abc", "6162"), Some(false));
    }
}
