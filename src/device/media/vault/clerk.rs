//! Vaults on sticks and cards: each is mounted read-only to look and to read, and writable only for
//! the moment that a write takes; what was written is read back through a mount of its own.

use super::super::MediaError;
use super::super::folder;
use super::super::mount::{Access, Mounts};
use super::super::stick::{Stick, Sticks};
use super::keeper::Keeper;
use super::store::{self, Listed};
use super::{VaultError, trim};
use crate::app::storage::{
    self, Destruction, MediumEntry, MediumId, Patch, Plugged, VaultEntry, VaultId,
};
use crate::app::text::printable;
use crate::keys::Generator;
use rustix::fd::OwnedFd;
use std::collections::VecDeque;
use std::ffi::{OsStr, OsString};
use zeroize::Zeroizing;

/// Listed sticks, and listed vaults, that are remembered.
const MOST_KNOWN: usize = 1_000;
/// Characters of a file's name at most, as it is shown.
const NAME: usize = 40;
/// The name of a key file.
const KEY_FILE: &str = "coldlight.key";

/// `coldlight.vault`, then `coldlight-2.vault` and so on.
fn name(number: usize) -> OsString {
    match number {
        1 => "coldlight.vault".into(),
        _ => format!("coldlight-{number}.vault").into(),
    }
}

/// What was listed, under numbers that are given once.
struct Known<T> {
    listed: VecDeque<(u64, T)>,
    next: u64,
}

impl<T> Known<T> {
    fn new() -> Self {
        Self { listed: VecDeque::new(), next: 0 }
    }

    fn note(&mut self, what: T) -> u64 {
        let number = self.next;
        self.next += 1;
        self.listed.push_back((number, what));
        if self.listed.len() > MOST_KNOWN {
            self.listed.pop_front();
        }
        number
    }

    fn get(&self, number: u64) -> Option<&T> {
        self.listed.iter().find(|(known, _)| *known == number).map(|(_, what)| what)
    }
}

/// Keeps vaults on what is plugged in.
pub(in super::super) struct VaultClerk<M> {
    sticks: Sticks<M>,
    random: Generator,
    /// Each with what to call it.
    media: Known<(Stick, String)>,
    vaults: Known<(Stick, OsString)>,
}

impl<M: Mounts> VaultClerk<M> {
    /// Key files are made of what `random` gives.
    pub fn new(sticks: Sticks<M>, random: Generator) -> Self {
        Self { sticks, random, media: Known::new(), vaults: Known::new() }
    }

    /// Where a listed stick is now, and what to call it.
    fn medium(&self, id: MediumId) -> Result<(Stick, String), VaultError> {
        let known = self.media.get(id.0);
        let found = known.and_then(|(stick, name)| Some((self.sticks.again(stick)?, name.clone())));
        found.ok_or(MediaError::FileGone.into())
    }

    /// Where a listed vault's stick is now, and the vault's name there.
    fn vault(&self, id: VaultId) -> Result<(Stick, &OsStr), VaultError> {
        let known = self.vaults.get(id.0);
        let found =
            known.and_then(|(stick, name)| Some((self.sticks.again(stick)?, name.as_os_str())));
        found.ok_or(MediaError::FileGone.into())
    }

    /// Does `work` in a stick's top folder.
    fn within<T>(
        &self,
        stick: &Stick,
        access: Access,
        work: impl FnOnce(&OwnedFd) -> Result<T, VaultError>,
    ) -> Result<T, VaultError> {
        self.sticks.within(stick, access, |root| work(&folder::open(root, None)?))
    }

    /// The same, right after something was written there.
    fn read_back<T>(
        &self,
        stick: &Stick,
        work: impl FnOnce(&OwnedFd) -> Result<T, VaultError>,
    ) -> Result<T, VaultError> {
        self.within(stick, Access::Read, work).map_err(VaultError::when_reading_back)
    }

    fn note(&mut self, stick: &Stick, on: MediumId, medium: &str, listed: Listed) -> VaultEntry {
        VaultEntry {
            on,
            medium: medium.into(),
            name: printable(&listed.name.to_string_lossy(), NAME),
            heads: listed.heads,
            id: VaultId(self.vaults.note((stick.clone(), listed.name))),
        }
    }
}

impl<M: Mounts> Keeper for VaultClerk<M> {
    /// A stick that fails does not hide another.
    fn look(&mut self) -> Result<Plugged, VaultError> {
        let mut plugged = Plugged::default();
        let mut failed = None;
        for (stick, name) in self.sticks.all()? {
            let found = self.within(&stick, Access::Read, |top| {
                Ok((store::list(top)?, store::has_key_file(top, KEY_FILE.as_ref())))
            });
            match found {
                Ok((vaults, key_file)) => {
                    let id = MediumId(self.media.note((stick.clone(), name.clone())));
                    let noted = vaults.into_iter().map(|each| self.note(&stick, id, &name, each));
                    plugged.vaults.extend(noted);
                    plugged.media.push(MediumEntry { id, name, key_file });
                }
                Err(error) => failed = Some(error),
            }
        }
        match failed {
            Some(error) if plugged.media.is_empty() => Err(error),
            _ => Ok(plugged),
        }
    }

    fn read(&self, vault: VaultId) -> Result<Vec<u8>, VaultError> {
        let (stick, name) = self.vault(vault)?;
        self.within(&stick, Access::Read, |top| store::read(top, name))
    }

    fn create(&mut self, on: MediumId, bytes: &[u8]) -> Result<VaultEntry, VaultError> {
        let (stick, medium) = self.medium(on)?;
        let name = self.within(&stick, Access::Write, |top| store::create(top, bytes, name))?;
        let listed = self.read_back(&stick, |top| {
            let same = store::read(top, &name)? == bytes;
            same.then(|| store::listed(top, &name)).flatten().ok_or(VaultError::Differs)
        })?;
        Ok(self.note(&stick, on, &medium, listed))
    }

    fn write(&self, vault: VaultId, patch: &Patch, guard: &Patch) -> Result<(), VaultError> {
        let (stick, name) = self.vault(vault)?;
        self.within(&stick, Access::Write, |top| store::overwrite(top, name, patch, guard))?;
        let same = self.read_back(&stick, |top| store::holds(top, name, patch))?;
        if same { Ok(()) } else { Err(VaultError::Differs) }
    }

    fn read_key_file(&self, on: MediumId) -> Result<Zeroizing<Vec<u8>>, VaultError> {
        let (stick, _) = self.medium(on)?;
        self.within(&stick, Access::Read, |top| store::read_key_file(top, KEY_FILE.as_ref()))
    }

    fn create_key_file(&mut self, on: MediumId) -> Result<Zeroizing<Vec<u8>>, VaultError> {
        let (stick, _) = self.medium(on)?;
        let mut bytes = Zeroizing::new([0; storage::KEY_FILE]);
        self.random.fill(&mut *bytes)?;
        let name = OsStr::new(KEY_FILE);
        self.within(&stick, Access::Write, |top| store::create_key_file(top, name, &bytes))?;
        let back = self.read_back(&stick, |top| store::read_key_file(top, name))?;
        if back[..] == bytes[..] { Ok(back) } else { Err(VaultError::Differs) }
    }

    fn destroy(
        &self,
        vault: VaultId,
        keys_first: &[(u64, usize)],
    ) -> Result<Destruction, VaultError> {
        let (stick, name) = self.vault(vault)?;
        self.within(&stick, Access::Write, |top| store::wipe(top, name, keys_first))?;
        if !self.read_back(&stick, |top| store::is_wiped(top, name))? {
            return Err(VaultError::NotWiped);
        }
        self.within(&stick, Access::Write, |top| {
            let removed = store::remove(top, name);
            Ok(Destruction { removed, discarded: removed && trim::trim(top) })
        })
    }
}

#[cfg(test)]
mod tests;
