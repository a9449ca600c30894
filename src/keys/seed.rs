//! An open seed: the master key and what is derived from it.

use super::{Mnemonic, Passphrase};
use crate::wallet::{KeyRing, Network};
use bitcoin::bip32::{DerivationPath, Fingerprint};
use bitcoin::secp256k1::PublicKey;

/// An open seed. Wiped when dropped.
pub struct Seed {}

impl Seed {
    /// BIP39 and BIP32: PBKDF2 (2048 rounds), then the master key.
    pub fn open(mnemonic: &Mnemonic, passphrase: &Passphrase, network: Network) -> Self {
        let _ = (mnemonic, passphrase, network);
        todo!()
    }
}

impl KeyRing for Seed {
    fn fingerprint(&self) -> Fingerprint {
        todo!()
    }
    fn public_key(&self, path: &DerivationPath) -> Option<PublicKey> {
        let _ = path;
        todo!()
    }
}
