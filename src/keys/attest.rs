//! Codes over a registration, so that one that was kept outside a vault cannot be altered.

use super::{Seed, wipe};
use crate::wallet::{Attester, KeyRing};
use bitcoin::bip32::{ChildNumber, DerivationPath, Fingerprint};
use hkdf::Hkdf;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

/// The one step to the key: hardened, the letters `CLRG`, which no wallet uses as a purpose.
const STEP: ChildNumber = ChildNumber::Hardened { index: 0x434c_5247 };
/// RFC 5869's info: what the key is for.
const INFO: &[u8] = b"Coldlight registration code, version 1";

impl Attester for Seed {
    fn maker(&self) -> Fingerprint {
        self.fingerprint()
    }

    fn code(&self, text: &[u8]) -> [u8; 32] {
        let code = code(self, text);
        wipe::stack();
        code
    }

    fn holds(&self, text: &[u8], code: &[u8; 32]) -> bool {
        self.code(text).ct_eq(code).into()
    }
}

/// HMAC-SHA-256 under HKDF-SHA-256 of the private key at the step. Never part of its caller's frame,
/// so that the caller can overwrite this one.
#[inline(never)]
fn code(seed: &Seed, text: &[u8]) -> [u8; 32] {
    let path = DerivationPath::from(vec![STEP]);
    let mut key = Zeroizing::new([0; 32]);
    let derived = seed.with_key(&path, |branch| {
        let secret = Zeroizing::new(branch.private().private_key.secret_bytes());
        Hkdf::<Sha256>::new(None, secret.as_slice()).expand(INFO, key.as_mut_slice())
    });
    debug_assert!(matches!(derived, Some(Ok(()))));
    let mut mac = Hmac::<Sha256>::new_from_slice(key.as_slice())
        .expect("HMAC takes a key of any length (RFC 2104)");
    mac.update(text);
    mac.finalize().into_bytes().into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::{Mnemonic, Passphrase};
    use crate::wallet::Network;

    fn seed(passphrase: &str, network: Network) -> Seed {
        let words = "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon \
                     abandon about";
        let words = Mnemonic::parse(words).unwrap_or_else(|_| panic!("BIP39's words"));
        Seed::open(&words, &Passphrase::new(passphrase), network)
    }

    #[test]
    fn a_code_is_of_one_text_and_one_seed_on_every_network() {
        let ours = seed("", Network::Main);
        let code = ours.code(b"text");
        assert!(ours.holds(b"text", &code));
        assert!(seed("", Network::Test).holds(b"text", &code));
        assert!(!ours.holds(b"texu", &code) && !ours.holds(b"", &code));
        assert!(!seed("x", Network::Main).holds(b"text", &code));
        let mut changed = code;
        changed[31] ^= 1;
        assert!(!ours.holds(b"text", &changed));
    }

    /// Made once with Python's hmac and hashlib over BIP32's derivation, by the description above.
    #[test]
    fn the_code_is_made_as_described() {
        let code = seed("", Network::Main).code(b"Coldlight");
        assert_eq!(data_encoding::HEXLOWER.encode(&code), EXPECTED);
    }

    const EXPECTED: &str = "c1d0c52ef60d11561046258a163a44afe39c22d96f7ac740ddcf59a5944a6633";
}
