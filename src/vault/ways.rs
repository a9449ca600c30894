//! Ways into a vault: passphrases, passphrases with a key file, and k of n custodians. They are made
//! of passphrases that were turned into keys already, so that nobody's passphrase is kept while
//! another one is typed.

use super::entry::{Held, HeldShare};
use super::head::Head;
use super::layout::{self, ENTRIES};
use super::secret::Key;
use super::{Holder, Terms, Unlock, VaultError};
use crate::keys::Generator;
use crate::keys::shamir::{self, Share};

/// How one of the keys of an open vault opens it. Carries no secret.
#[derive(Clone, PartialEq, Eq)]
pub struct Way {
    /// Its place among the entries of its area.
    pub(super) entry: u8,
    /// How.
    pub kind: WayKind,
    /// Whose it is.
    pub label: Holder,
}

/// What opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WayKind {
    /// A passphrase.
    Passphrase,
    /// A passphrase and a key file.
    WithKeyFile,
    /// A custodian's passphrase, together with others'.
    Custodian {
        /// So many custodians are needed.
        needed: u8,
        /// So many there are.
        people: u8,
    },
}

/// n custodians of whom any k open a vault. They come to the keyboard one at a time.
pub struct Custodians {
    needed: u8,
    people: u8,
    named: Vec<(Holder, Unlock)>,
}

impl Custodians {
    /// Any `needed` of `people`, who are 1 to 16.
    pub fn new(needed: u8, people: u8) -> Result<Self, VaultError> {
        let fits = needed >= 1 && needed <= people && usize::from(people) <= ENTRIES;
        let named = Vec::with_capacity(people.into());
        fits.then_some(Self { needed, people, named })
            .ok_or(VaultError::Quorum { needed, people: people.into() })
    }

    /// The next custodian. Refused with a passphrase that another one has: then fewer people than
    /// agreed would open the vault.
    pub fn add(&mut self, label: Holder, unlock: Unlock) -> Result<(), VaultError> {
        if self.missing() == 0 {
            let people = self.named.len() + 1;
            return Err(VaultError::Quorum { needed: self.needed, people });
        }
        if unlock.with_file.is_some() {
            return Err(VaultError::CustodianWithKeyFile);
        }
        if self.named.iter().any(|(_, known)| known.is_same(&unlock)) {
            return Err(VaultError::SamePassphrase);
        }
        self.named.push((label, unlock));
        Ok(())
    }

    /// So many have still to come.
    pub fn missing(&self) -> usize {
        usize::from(self.people) - self.named.len()
    }
}

/// All that shall open a vault from now on. Wiped when dropped.
#[derive(Default)]
pub struct Locks {
    passphrases: Vec<(Holder, Unlock)>,
    circles: Vec<Custodians>,
}

impl Locks {
    /// None yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// A passphrase; with a key file when `unlock` was derived with one. Refused when it is among
    /// them already.
    pub fn passphrase(&mut self, label: Holder, unlock: Unlock) -> Result<(), VaultError> {
        if self.contains(&unlock) {
            return Err(VaultError::SamePassphrase);
        }
        self.passphrases.push((label, unlock));
        Ok(())
    }

    /// Custodians, all of whom have come. Refused when a passphrase is among them already.
    pub fn custodians(&mut self, circle: Custodians) -> Result<(), VaultError> {
        if circle.missing() > 0 {
            let people = circle.named.len();
            return Err(VaultError::Quorum { needed: circle.needed, people });
        }
        if circle.named.iter().any(|(_, unlock)| self.contains(unlock)) {
            return Err(VaultError::SamePassphrase);
        }
        self.circles.push(circle);
        Ok(())
    }

    fn contains(&self, unlock: &Unlock) -> bool {
        self.unlocks().any(|known| known.is_same(unlock))
    }

    /// Does one passphrase stand in both?
    pub(super) fn meet(&self, other: &Self) -> bool {
        self.unlocks().any(|unlock| other.contains(unlock))
    }

    /// Every passphrase's key.
    pub(super) fn unlocks(&self) -> impl Iterator<Item = &Unlock> {
        let circles = self.circles.iter().flat_map(|circle| &circle.named);
        self.passphrases.iter().chain(circles).map(|(_, unlock)| unlock)
    }

    /// Were all derived for this file, and is there room for them?
    pub(super) fn fit(&self, terms: &Terms, used: usize) -> Result<(), VaultError> {
        if self.unlocks().any(|unlock| unlock.terms != *terms) {
            return Err(VaultError::OtherVault);
        }
        let count = self.unlocks().count();
        match count + used {
            _ if count == 0 => Err(VaultError::Ways(0)),
            all if all > ENTRIES => Err(VaultError::Ways(all)),
            _ => Ok(()),
        }
    }

    /// Seals `key` for each into entries of an area that `taken` leaves free, and says which. They
    /// [`Self::fit`].
    pub(super) fn seal(
        &self,
        key: &Key,
        area: &mut [u8],
        (head, number): (&Head, usize),
        taken: &[Way],
        random: &mut Generator,
    ) -> Result<Vec<Way>, VaultError> {
        let mut free = (0..ENTRIES as u8).filter(|n| taken.iter().all(|way| way.entry != *n));
        let mut ways = Vec::with_capacity(ENTRIES);
        let mut put = |held: &Held, kind, label: &Holder, unlock: &Unlock, random: &mut _| {
            let entry = free.next().ok_or(VaultError::Ways(ENTRIES + 1))?;
            let into = &mut area[layout::entry(entry.into())];
            held.seal(into, (number, entry.into()), head, unlock.root(), random)?;
            ways.push(Way { entry, kind, label: label.clone() });
            Ok::<_, VaultError>(())
        };
        for (label, unlock) in &self.passphrases {
            let kind = match unlock.with_file {
                Some(_) => WayKind::WithKeyFile,
                None => WayKind::Passphrase,
            };
            put(&Held::DataKey(key.copy()), kind, label, unlock, random)?;
        }
        for circle in &self.circles {
            let kind = WayKind::Custodian { needed: circle.needed, people: circle.people };
            let shares = circle.shares(key, random)?;
            for (share, (label, unlock)) in shares.into_iter().zip(&circle.named) {
                put(&Held::Share(share), kind, label, unlock, random)?;
            }
        }
        Ok(ways)
    }
}

impl Custodians {
    /// One share of `key` for each, in their order.
    fn shares(&self, key: &Key, random: &mut Generator) -> Result<Vec<HeldShare>, VaultError> {
        let mut set = [0; 8];
        random.fill(&mut set)?;
        let shares = shamir::split(self.needed, self.people, key.as_bytes(), random);
        let shares = shares.map_err(|error| match error {
            shamir::SplitError::Random(error) => error.into(),
            shamir::SplitError::Counts | shamir::SplitError::Length(_) => {
                VaultError::Quorum { needed: self.needed, people: self.named.len() }
            }
        })?;
        let give = |(share, (label, _)): (&Share, &(Holder, Unlock))| {
            let value = Key::of(share.value.as_slice().try_into().ok()?);
            let (needed, people, label) = (self.needed, self.people, label.clone());
            Some(HeldShare { set, needed, people, index: share.index, value, label })
        };
        let given: Option<Vec<_>> = shares.iter().zip(&self.named).map(give).collect();
        Ok(given.expect("a share is as long as the secret"))
    }
}
