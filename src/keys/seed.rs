//! An open seed: the master key and what is derived from it.

use super::branch::{Branch, Cache};
use super::{Mnemonic, Passphrase, wipe};
use crate::wallet::{KeyRing, Layout, Network};
use bitcoin::bip32::{ChildNumber, DerivationPath, Fingerprint, Xpriv};
use bitcoin::secp256k1::{PublicKey, SECP256K1};
use bitcoin::{NetworkKind, base58};
use std::sync::{Mutex, PoisonError};
use zeroize::Zeroizing;

/// An open seed. Wiped when dropped.
pub struct Seed {
    master: Branch,
    cache: Mutex<Cache>,
    network: Network,
    layout: Layout,
}

/// Why a text is not a master key. Carries nothing of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum XprvError {
    /// Not an extended private key (BIP32) with a right checksum.
    Malformed,
    /// A key so many steps below the master key: paths from the master key cannot be followed.
    NotMaster(u8),
    /// A key of the other kind of network.
    OtherNetwork,
}

impl std::fmt::Display for XprvError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Malformed => f.write_str("This is not an extended private key (xprv or tprv)."),
            Self::NotMaster(depth) => write!(
                f,
                "This extended private key is not a master key: its depth is {depth}, not 0."
            ),
            Self::OtherNetwork => {
                f.write_str("This extended private key belongs to another network.")
            }
        }
    }
}

impl std::error::Error for XprvError {}

impl Seed {
    /// BIP39 and BIP32: PBKDF2 (2048 rounds), then the master key.
    pub fn open(mnemonic: &Mnemonic, passphrase: &Passphrase, network: Network) -> Self {
        let seed = Self::from_bytes(mnemonic.seed(passphrase).as_slice(), network)
            .expect("BIP32: fewer than one seed in 2^127 has no master key");
        wipe::stack();
        seed
    }

    /// A master key as text (BIP32: xprv for the main network, tprv for the others). `text` stays
    /// the caller's to wipe; the base58 reader's own buffer is not wiped (a limit of that crate).
    pub fn from_xprv(text: &str, network: Network) -> Result<Self, XprvError> {
        let data = Zeroizing::new(base58::decode_check(text).map_err(|_| XprvError::Malformed)?);
        let read = read_master(&data);
        wipe::stack();
        match read? {
            (master, kind) if kind == NetworkKind::from(network.to_bitcoin()) => {
                Ok(Self::of(master, network))
            }
            _ => Err(XprvError::OtherNetwork),
        }
    }

    /// Are these 78 bytes a master key of some network (BIP32)?
    pub(super) fn check_master(data: &[u8]) -> Result<(), XprvError> {
        let read = read_master(data).map(|_| ());
        wipe::stack();
        read
    }

    /// The master key as text (BIP32: xprv for the main network, tprv for the others), 111
    /// characters. The base58 writer's own buffer is not wiped (a limit of that crate).
    pub fn to_xprv(&self) -> Zeroizing<String> {
        let data = Zeroizing::new(self.master.private().encode());
        let text = Zeroizing::new(base58::encode_check(data.as_slice()));
        wipe::stack();
        text
    }

    /// From BIP32's seed of 16 to 64 bytes. Never part of its caller's frame, so that the caller can
    /// overwrite this one.
    #[inline(never)]
    pub(super) fn from_bytes(seed: &[u8], network: Network) -> Option<Self> {
        let mut key = Xpriv::new_master(network.to_bitcoin(), seed).ok()?;
        Some(Self::of(Branch::take(&mut key), network))
    }

    /// A master key with this secret and an empty chain code, for published single keys.
    #[cfg(test)]
    pub(super) fn with_secret(secret: &[u8; 32], network: Network) -> Self {
        let mut key = Xpriv::new_master(network.to_bitcoin(), &[0; 32]).unwrap();
        key.private_key = bitcoin::secp256k1::SecretKey::from_slice(secret).unwrap();
        Self::of(Branch::take(&mut key), network)
    }

    fn of(master: Branch, network: Network) -> Self {
        let cache = Mutex::new(Cache::new());
        Self { master, cache, network, layout: Layout::default() }
    }

    /// The same seed, whose wallets keep their keys at other places.
    pub(super) fn with_layout(self, layout: Layout) -> Self {
        Self { layout, ..self }
    }

    /// The network that the seed was opened for.
    pub fn network(&self) -> Network {
        self.network
    }

    /// Lends the extended key at `path`; it is wiped when `borrow` returns, unless it is a branch
    /// that more keys will hang on.
    pub(super) fn with_key<T>(
        &self,
        path: &DerivationPath,
        borrow: impl FnOnce(&Branch) -> T,
    ) -> Option<T> {
        let Some((last, parents)) = path.as_ref().split_last() else {
            return Some(borrow(&self.master));
        };
        self.with_branch(parents, |parent| parent.child(*last).map(|key| borrow(&key)))?
    }

    fn with_branch<T>(&self, path: &[ChildNumber], borrow: impl FnOnce(&Branch) -> T) -> Option<T> {
        // A panic cannot leave a branch half made: the cache's entries are whole or absent.
        let mut cache = self.cache.lock().unwrap_or_else(PoisonError::into_inner);
        cache.at(&self.master, path).map(borrow)
    }
}

/// Never part of its caller's frame, so that the caller can overwrite this one.
#[inline(never)]
fn read_master(data: &[u8]) -> Result<(Branch, NetworkKind), XprvError> {
    let mut key = Xpriv::decode(data).map_err(|_| XprvError::Malformed)?;
    let (depth, kind) = (key.depth, key.network);
    // BIP32: a zero byte stands before the private key; the master key has neither parent nor
    // number. The library looks at neither.
    let whole = data[45] == 0 && (depth != 0 || data[5..13] == [0; 8]);
    let master = Branch::take(&mut key);
    match (whole, depth) {
        (false, _) => Err(XprvError::Malformed),
        (true, 0) => Ok((master, kind)),
        (true, depth) => Err(XprvError::NotMaster(depth)),
    }
}

impl KeyRing for Seed {
    fn fingerprint(&self) -> Fingerprint {
        self.master.public().fingerprint()
    }

    fn public_key(&self, path: &DerivationPath) -> Option<PublicKey> {
        let Some((last, parents)) = path.as_ref().split_last() else {
            return Some(self.master.public().public_key);
        };
        let key = self.with_branch(parents, |parent| {
            if last.is_hardened() {
                return parent.child(*last).map(|key| key.public().public_key);
            }
            // BIP32: the same key by the public road; no secret is touched.
            let key = parent.public().ckd_pub(SECP256K1, *last).ok()?;
            Some(key.public_key)
        });
        wipe::stack();
        key?
    }

    fn layout(&self) -> Layout {
        self.layout
    }
}
