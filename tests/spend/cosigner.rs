//! The people in these tests: published BIP39 seeds, and their keys as a descriptor writes them.
//! Derived by `bitcoin` and `bip39` alone, so that the signer's own derivation is checked.

use bitcoin::bip32::{DerivationPath, Xpriv, Xpub};
use bitcoin::secp256k1::{Secp256k1, SignOnly};
use bitcoin::{NetworkKind, Psbt};

/// Three of the BIP39 test vectors (Trezor's list), with the empty passphrase.
const WORDS: [&str; 3] = [
    "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about",
    "legal winner thank year wave sausage worth useful legal winner thank yellow",
    "letter advice cage absurd amount doctor acoustic avoid letter advice cage above",
];

/// One holder of a seed.
pub struct Cosigner {
    pub words: &'static str,
    master: Xpriv,
    secp: Secp256k1<SignOnly>,
}

impl Cosigner {
    /// The holder of seed `number`, 0 to 2.
    pub fn new(number: usize) -> Self {
        let words = WORDS[number];
        let seed = bip39::Mnemonic::parse(words).expect("a published mnemonic").to_seed("");
        let master = Xpriv::new_master(NetworkKind::Test, &seed).expect("a valid seed");
        Self { words, master, secp: Secp256k1::signing_only() }
    }

    /// `[fingerprint/path]tpub...`
    pub fn public_key(&self, path: &str) -> String {
        let key = Xpub::from_priv(&self.secp, &self.derive(path));
        format!("{}{key}", self.origin(path))
    }

    /// Signs with all of this seed's keys, without the product.
    pub fn sign_elsewhere(&self, psbt: &mut Psbt) {
        psbt.sign(&self.master, &Secp256k1::new())
            .unwrap_or_else(|(_, errors)| panic!("{errors:?}"));
    }

    fn origin(&self, path: &str) -> String {
        format!("[{}/{path}]", self.master.fingerprint(&self.secp))
    }

    fn derive(&self, path: &str) -> Xpriv {
        let path: DerivationPath = path.parse().expect("a path");
        self.master.derive_priv(&self.secp, &path).expect("a key")
    }
}
