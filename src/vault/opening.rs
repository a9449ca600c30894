//! Opening a vault: one passphrase after another, until one opens it or enough custodians came.

use super::entry::{self, Held, HeldShare};
use super::secret::Key;
use super::{Contents, Holder, Opened, Terms, Unlock, Vault, VaultError, area, layout};
use crate::keys::shamir::{self, Share};
use crate::keys::wipe;
use zeroize::Zeroizing;

/// A vault that is being opened, with the shares that were given so far. Wiped when dropped.
pub struct Opening {
    vault: Vault,
    area: usize,
    shares: Vec<HeldShare>,
}

/// What a passphrase gave.
pub enum Offer {
    /// The vault, open.
    Opened(Box<Opened>, Box<Contents>),
    /// A custodian's share: more are needed.
    Share {
        /// Whose it was.
        label: Holder,
        /// So many were given.
        given: usize,
        /// So many are needed.
        needed: usize,
    },
}

impl Opening {
    /// Nothing was given yet.
    pub fn new(vault: Vault) -> Self {
        Self { vault, area: 0, shares: Vec::new() }
    }

    /// The vault, shut.
    pub fn vault(&self) -> &Vault {
        &self.vault
    }

    /// What the next passphrase is to be turned into a key with.
    pub fn terms(&self) -> Terms {
        self.vault.terms()
    }

    /// Forgets the shares that were given.
    pub fn forget(&mut self) {
        self.shares.clear();
    }

    /// Tries a passphrase on both areas: nothing tells which one it opened, or whether the other
    /// one holds anything. Shares that were given are kept after an error, but for
    /// [`VaultError::FalseShares`].
    pub fn offer(&mut self, unlock: &Unlock) -> Result<Offer, VaultError> {
        if unlock.terms != self.vault.terms() {
            return Err(VaultError::OtherVault);
        }
        let found = entry::find(&self.vault.slot, &self.vault.head, unlock);
        match found.ok_or(VaultError::NothingOpens)? {
            (area, Held::DataKey(key)) => self.open(area, key),
            (area, Held::Share(share)) => self.take(area, share),
        }
    }

    fn take(&mut self, area: usize, share: HeldShare) -> Result<Offer, VaultError> {
        if let Some(first) = self.shares.first() {
            let same = |known: &HeldShare| (known.set, known.needed) == (share.set, share.needed);
            if area != self.area || !same(first) {
                return Err(VaultError::OtherShares);
            }
            if self.shares.iter().any(|known| known.index == share.index) {
                return Err(VaultError::ShareTwice);
            }
        }
        let (label, needed) = (share.label.clone(), usize::from(share.needed));
        self.area = area;
        self.shares.push(share);
        if self.shares.len() < needed {
            return Ok(Offer::Share { label, given: self.shares.len(), needed });
        }
        let key = combined(&self.shares);
        self.forget();
        self.open(area, key.ok_or(VaultError::FalseShares)?)
    }

    fn open(&self, number: usize, key: Key) -> Result<Offer, VaultError> {
        let head = &self.vault.head;
        let inside = area::open(&self.vault.slot[layout::area(number)], (head, number), &key)?;
        if !head.is_sealed_by(&inside.seal_key) {
            return Err(VaultError::TornApart);
        }
        let opened = Opened {
            vault: self.vault.clone(),
            area: number,
            key,
            seal_key: inside.seal_key,
            ways: inside.ways,
        };
        Ok(Offer::Opened(Box::new(opened), Box::new(inside.contents)))
    }
}

/// The key that the shares give.
fn combined(shares: &[HeldShare]) -> Option<Key> {
    let of = |share: &HeldShare| Share {
        index: share.index,
        value: Zeroizing::new(share.value.as_bytes().to_vec()),
    };
    let needed = shares.first()?.needed;
    let secret = shamir::combine(needed, &shares.iter().map(of).collect::<Vec<_>>());
    wipe::stack();
    secret.ok()?.as_slice().try_into().ok().map(Key::of)
}
