//! Internal keys of Taproot that nobody can spend with: BIP341's point H, whose private key nobody
//! knows, alone or in an extended key. A child of such an extended key is H plus a known multiple of
//! G, so that nobody knows its private key either, whatever the chain code is.

use super::signer::{Signer, SignerKey};
use bitcoin::bip32::Xpub;
use bitcoin::hashes::{Hash, HashEngine, sha256};

/// BIP341: `lift_x` of the hash of the generator's encoding.
const H: [u8; 32] = [
    0x50, 0x92, 0x9b, 0x74, 0xc1, 0xa0, 0x49, 0x54, 0xb7, 0x8b, 0x4b, 0x60, 0x35, 0xe9, 0x7a, 0x5e,
    0x07, 0x8a, 0x5a, 0x0f, 0x28, 0xec, 0x96, 0xd5, 0x47, 0xbf, 0xee, 0x9a, 0xce, 0x80, 0x3a, 0xc0,
];

/// Why nobody can spend with a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unspendable {
    /// It is BIP341's point H itself: the same in every address, so that every spend shows it.
    Point,
    /// An extended key of H, with this chain code.
    Extended(ChainCodeOf),
}

/// How the chain code of an unspendable extended key was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChainCodeOf {
    /// SHA-256 of the leaves' keys in their order: Liana, BitBox.
    KeysInOrder,
    /// SHA-256 of the leaves' keys sorted, each once: Nunchuk.
    KeysSorted,
    /// All zero.
    Zero,
    /// Another: still nobody's, yet it cannot be made again from the cosigners' keys.
    Other,
}

/// Can nobody spend with `signer`'s key? `leaves` are the extended keys of the leaves, one for each
/// time that one stands there, in their order.
pub(super) fn unspendable(signer: &Signer, leaves: &[Xpub]) -> Option<Unspendable> {
    let point = |key: &bitcoin::secp256k1::PublicKey| key.x_only_public_key().0.serialize() == H;
    match &signer.key {
        SignerKey::Fixed(key) => point(key).then_some(Unspendable::Point),
        SignerKey::Extended(key) => point(&key.public_key).then(|| {
            let code = key.chain_code.to_bytes();
            let keys: Vec<[u8; 33]> =
                leaves.iter().map(|leaf| leaf.public_key.serialize()).collect();
            Unspendable::Extended(if code == digest(&keys) {
                ChainCodeOf::KeysInOrder
            } else if code == digest(&sorted(keys)) {
                ChainCodeOf::KeysSorted
            } else if code == [0; 32] {
                ChainCodeOf::Zero
            } else {
                ChainCodeOf::Other
            })
        }),
    }
}

fn sorted(mut keys: Vec<[u8; 33]>) -> Vec<[u8; 33]> {
    keys.sort_unstable();
    keys.dedup();
    keys
}

fn digest(keys: &[[u8; 33]]) -> [u8; 32] {
    let mut engine = sha256::Hash::engine();
    keys.iter().for_each(|key| engine.input(key));
    sha256::Hash::from_engine(engine).to_byte_array()
}
