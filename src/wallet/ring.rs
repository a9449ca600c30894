//! What the judge may ask of a seed: public keys only.

use super::Layout;
use bitcoin::bip32::{DerivationPath, Fingerprint};
use bitcoin::secp256k1::PublicKey;

/// The public side of an open seed. `review` sees a seed only through this.
pub trait KeyRing {
    /// The master key's fingerprint (BIP32).
    fn fingerprint(&self) -> Fingerprint;
    /// The public key at a path from the master key; None where BIP32 gives none.
    fn public_key(&self, path: &DerivationPath) -> Option<PublicKey>;
    /// Where its wallets keep the keys that stand alone.
    fn layout(&self) -> Layout;
}
