//! An open vault: writing its contents, changing what opens it, and the other vault of the file.

use super::create::Draft;
use super::entry;
use super::file::Other;
use super::head::Head;
use super::secret::Key;
use super::{Contents, Locks, Peek, Step, Terms, Vault, VaultError, Way, area, layout};
use crate::keys::Generator;

/// An open vault. Its keys are wiped when it is dropped; the contents are the caller's.
pub struct Opened {
    pub(super) vault: Vault,
    pub(super) area: usize,
    pub(super) key: Key,
    pub(super) seal_key: Key,
    pub(super) ways: Vec<Way>,
}

/// A write that is ready. What was opened stays as it is until [`Opened::settle`].
pub struct Write {
    step: Step,
    head: Head,
    number: usize,
    key: Key,
    ways: Vec<Way>,
}

impl Write {
    /// What is to be written, as one errand.
    pub fn step(&self) -> &Step {
        &self.step
    }
}

/// Said by whoever writes into the other area without having opened it: a vault that may be there is
/// lost. Nothing in the file shows whether there is one.
pub struct DestroysWhatMayBeThere;

impl std::fmt::Display for DestroysWhatMayBeThere {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(
            "If another passphrase opens a second vault in this file, that vault is destroyed. \
             Nothing in the file shows whether there is one.",
        )
    }
}

impl Opened {
    /// What opens it, in the order of its making.
    pub fn ways(&self) -> &[Way] {
        &self.ways
    }

    /// Which vault, and how old.
    pub fn peek(&self) -> Peek {
        self.vault.peek()
    }

    /// What further passphrases are to be turned into keys with.
    pub fn terms(&self) -> Terms {
        self.vault.terms()
    }

    /// Seals new contents under the same key. The other area is carried over to the byte.
    pub fn seal(&self, contents: &Contents, random: &mut Generator) -> Result<Write, VaultError> {
        let mut slot = self.vault.slot.clone();
        let place = (&self.vault.head, self.area);
        let inside = (&self.seal_key, &self.ways[..], contents);
        area::seal(&mut slot[layout::area(self.area)], place, &self.key, inside, random)?;
        self.write(slot, self.key.copy(), self.ways.clone())
    }

    /// Adds ways to open it to those that there are. The data key stays.
    pub fn add(
        &self,
        locks: &Locks,
        contents: &Contents,
        random: &mut Generator,
    ) -> Result<Write, VaultError> {
        locks.fit(&self.terms(), self.ways.len())?;
        self.none_opens_yet(locks, [0, 1])?;
        let mut slot = self.vault.slot.clone();
        let place = (&self.vault.head, self.area);
        let area = &mut slot[layout::area(self.area)];
        let mut ways = self.ways.clone();
        ways.extend(locks.seal(&self.key, area, place, &self.ways, random)?);
        area::seal(area, place, &self.key, (&self.seal_key, &ways, contents), random)?;
        self.write(slot, self.key.copy(), ways)
    }

    /// Replaces all that opens it, under a new data key: passphrases, key files and custodians that
    /// are not among `locks` open nothing that is written from now on. A copy of the file from
    /// before still opens with them.
    pub fn rekey(
        &self,
        locks: &Locks,
        contents: &Contents,
        random: &mut Generator,
    ) -> Result<Write, VaultError> {
        locks.fit(&self.terms(), 0)?;
        self.none_opens_yet(locks, [1 - self.area])?;
        let mut slot = self.vault.slot.clone();
        let place = (&self.vault.head, self.area);
        let area = &mut slot[layout::area(self.area)];
        let (key, ways) = Draft { locks, contents }.seal(area, place, &self.seal_key, random)?;
        self.write(slot, key, ways)
    }

    /// Makes a second vault in the file (a duress vault), which is opened like any other. It knows
    /// nothing of this one.
    pub fn add_second(
        &self,
        second: &Draft<'_>,
        _: DestroysWhatMayBeThere,
        random: &mut Generator,
    ) -> Result<Write, VaultError> {
        second.locks.fit(&self.terms(), 0)?;
        self.none_opens_yet(second.locks, [self.area])?;
        let mut slot = self.vault.slot.clone();
        let other = 1 - self.area;
        let area = &mut slot[layout::area(other)];
        second.seal(area, (&self.vault.head, other), &self.seal_key, random)?;
        self.write(slot, self.key.copy(), self.ways.clone())
    }

    /// Overwrites the other area with random bytes.
    pub fn erase_second(
        &self,
        _: DestroysWhatMayBeThere,
        random: &mut Generator,
    ) -> Result<Write, VaultError> {
        let mut slot = self.vault.slot.clone();
        area::fill(&mut slot[layout::area(1 - self.area)], random)?;
        self.write(slot, self.key.copy(), self.ways.clone())
    }

    /// A write is on the stick, read back: what it wrote is in force from now on. Then
    /// [`Self::mirror`] is due.
    pub fn settle(&mut self, write: Write) {
        let Write { step, head, number, key, ways } = write;
        self.vault = Vault { slot: step.patch.bytes, number, head, other: Other::Older };
        (self.key, self.ways) = (key, ways);
    }

    /// The second half of a write: brings the file's other copy to the one in force. None when it
    /// is there already. Until then the vault is whole, but its file shows which area was written
    /// last, and holds what was before.
    pub fn mirror(&self) -> Option<Step> {
        self.vault.mirror()
    }

    /// What [`Self::mirror`] gave is on the stick, read back.
    pub fn mirrored(&mut self) {
        self.vault.mirrored();
    }

    /// One passphrase must not open two things.
    fn none_opens_yet<const N: usize>(
        &self,
        locks: &Locks,
        areas: [usize; N],
    ) -> Result<(), VaultError> {
        let Vault { slot, head, .. } = &self.vault;
        let opens = |unlock| {
            areas.iter().any(|number| {
                entry::find_in(&slot[layout::area(*number)], *number, head, unlock).is_some()
            })
        };
        match locks.unlocks().any(opens) {
            true => Err(VaultError::SamePassphrase),
            false => Ok(()),
        }
    }

    /// The head above a slot whose areas are written, and the step that brings it to the stick.
    fn write(&self, mut slot: Vec<u8>, key: Key, ways: Vec<Way>) -> Result<Write, VaultError> {
        let Head { terms, identity, .. } = self.vault.head;
        let head = Head::write(terms, identity, self.vault.next()?, &mut slot, &self.seal_key);
        let number = 1 - self.vault.number;
        let step = Step::new(&self.vault, number, slot);
        Ok(Write { step, head, number, key, ways })
    }
}
