//! One extended key and its children, kept where it can be wiped (BIP32).

use bitcoin::bip32::{ChainCode, ChildNumber, Xpriv, Xpub};
use bitcoin::secp256k1::SECP256K1;
use std::collections::VecDeque;
use zeroize::Zeroize;

/// An extended private key with its public side. Wiped when dropped.
pub(super) struct Branch {
    // Boxed: both stay in their place until they are wiped there.
    keys: Box<(Xpriv, Xpub)>,
}

impl Branch {
    /// Takes the key over; the caller's copy is wiped.
    pub(super) fn take(key: &mut Xpriv) -> Self {
        let keys = Box::new((*key, Xpub::from_priv(SECP256K1, key)));
        erase(key);
        Self { keys }
    }

    /// The child of that number; None below depth 255, where BIP32 ends.
    #[inline(never)]
    pub(super) fn child(&self, number: ChildNumber) -> Option<Self> {
        let mut child = self.private().derive_priv(SECP256K1, &[number]).ok()?;
        Some(Self::take(&mut child))
    }

    pub(super) fn public(&self) -> &Xpub {
        &self.keys.1
    }

    pub(super) fn private(&self) -> &Xpriv {
        &self.keys.0
    }
}

impl Drop for Branch {
    fn drop(&mut self) {
        let (private, public) = &mut *self.keys;
        erase(private);
        // Secret as well: with it and one child's secret, the parent's secret is known (BIP32).
        wipe_chain_code(&mut public.chain_code);
    }
}

fn erase(key: &mut Xpriv) {
    key.private_key.non_secure_erase();
    wipe_chain_code(&mut key.chain_code);
}

fn wipe_chain_code(chain_code: &mut ChainCode) {
    let bytes: &mut [u8; 32] = chain_code.as_mut();
    bytes.zeroize();
}

/// The branches used last, by their path from the master key, so that the keys of a thousand inputs
/// cost one step each. Holds [`Cache::SIZE`] at most.
pub(super) struct Cache {
    branches: VecDeque<(Vec<ChildNumber>, Branch)>,
}

impl Cache {
    /// Both chains of ten accounts of four purposes, and the steps that lead there.
    const SIZE: usize = 160;

    pub(super) fn new() -> Self {
        Self { branches: VecDeque::with_capacity(Self::SIZE) }
    }

    /// The branch at `path`, derived from the nearest one that is known.
    pub(super) fn at<'a>(
        &'a mut self,
        master: &'a Branch,
        path: &[ChildNumber],
    ) -> Option<&'a Branch> {
        if path.is_empty() {
            return Some(master);
        }
        if path.len() > usize::from(u8::MAX) {
            return None;
        }
        if let Some(place) = self.place(path) {
            return self.branches.get(place).map(|(_, branch)| branch);
        }
        let known =
            (1..path.len()).rev().find_map(|length| Some((length, self.place(&path[..length])?)));
        let (mut length, mut place) = match known {
            Some((length, place)) => (length, Some(place)),
            None => (0, None),
        };
        while length < path.len() {
            let parent = match place {
                Some(place) => &self.branches.get(place)?.1,
                None => master,
            };
            let child = parent.child(path[length])?;
            length += 1;
            place = Some(self.insert(path[..length].to_vec(), child));
        }
        self.branches.get(place?).map(|(_, branch)| branch)
    }

    fn place(&self, path: &[ChildNumber]) -> Option<usize> {
        self.branches.iter().position(|(known, _)| known == path)
    }

    /// The oldest one makes room.
    fn insert(&mut self, path: Vec<ChildNumber>, branch: Branch) -> usize {
        if self.branches.len() >= Self::SIZE {
            self.branches.pop_front();
        }
        self.branches.push_back((path, branch));
        self.branches.len() - 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn master() -> Branch {
        let mut key = Xpriv::new_master(bitcoin::Network::Testnet, &[7; 64]).unwrap();
        let branch = Branch::take(&mut key);
        assert_eq!(key.private_key.secret_bytes(), [1; 32], "the caller's copy is wiped");
        assert_eq!(key.chain_code, ChainCode::from([0; 32]));
        branch
    }

    #[test]
    fn the_cache_gives_what_derivation_gives_and_stays_bounded() {
        let master = master();
        let mut cache = Cache::new();
        for account in 0..200u32 {
            let path: bitcoin::bip32::DerivationPath =
                format!("84'/1'/{account}'/{}", account % 2).parse().unwrap();
            let wanted = master.private().derive_priv(SECP256K1, &path).unwrap();
            let wanted = Xpub::from_priv(SECP256K1, &wanted);
            for _ in 0..2 {
                let branch = cache.at(&master, path.as_ref()).unwrap();
                assert_eq!(*branch.public(), wanted);
            }
            assert!(cache.branches.len() <= Cache::SIZE);
        }
    }

    #[test]
    fn there_is_no_key_deeper_than_bip32_reaches() {
        let master = master();
        let step = ChildNumber::Normal { index: 0 };
        let mut cache = Cache::new();
        assert!(cache.at(&master, &[step; 255]).is_some());
        assert!(cache.at(&master, &[step; 256]).is_none());
        assert!(cache.at(&master, &vec![step; 100_000]).is_none());
    }
}
