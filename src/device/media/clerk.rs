//! Does one errand after the other: finds the sticks, mounts one, reads or writes, takes it out.

use super::filesystem::FileSystem;
use super::folder::{self, Candidate, Place};
use super::mount::{Access, Mounted, Mounts};
use super::{Disk, MediaError, Roots, Volume, answer, boot, disks};
use crate::app::FileEntry;
use crate::app::appliance::{Answered, FileId, LONGEST_FILE, begins_as_psbt};
use crate::app::text::printable;
use std::collections::VecDeque;

/// Files of one list at most.
const MOST_SHOWN: usize = 100;
/// Listed files that are remembered: the one that waits for its answer among later lists.
const MOST_KNOWN: usize = 10 * MOST_SHOWN;
/// Characters of a file's name at most, as it is shown.
const NAME: usize = 40;
/// Characters of a stick's name at most, as it is shown.
const MEDIUM: usize = 14;

/// A stick, or a partition of it, with files.
#[derive(Clone, PartialEq, Eq)]
struct Stick {
    volume: Volume,
    system: FileSystem,
}

impl Stick {
    /// The same file system, wherever it is plugged in now.
    fn is(&self, other: &Self) -> bool {
        self.system == other.system && self.volume.bytes == other.volume.bytes
    }

    fn name(&self, disk: &Disk) -> String {
        let name = self.system.label.as_deref().unwrap_or(&disk.model);
        format!("{} {}", printable(name, MEDIUM), size(self.volume.bytes)).trim_start().into()
    }
}

/// A file that was listed.
struct Known {
    id: FileId,
    stick: Stick,
    place: Place,
}

/// Remembers what was listed, so that an answer finds its original.
pub(super) struct Clerk<M> {
    roots: Roots,
    mounts: M,
    known: VecDeque<Known>,
    next: u64,
}

impl<M: Mounts> Clerk<M> {
    pub fn new(roots: Roots, mounts: M) -> Self {
        Self { roots, mounts, known: VecDeque::new(), next: 0 }
    }

    /// The transactions on all sticks, the newest first. A stick that fails does not hide another.
    pub fn list(&mut self) -> Result<Vec<FileEntry>, MediaError> {
        let sticks = self.sticks()?;
        let mut found: Vec<(Candidate, Stick, String)> = vec![];
        let mut failed = None;
        for (stick, name) in sticks {
            let candidates = self.within(&stick, Access::Read, |root| {
                folder::list(root, LONGEST_FILE, begins_as_psbt)
            });
            match candidates {
                Ok(candidates) => found
                    .extend(candidates.into_iter().map(|each| (each, stick.clone(), name.clone()))),
                Err(error) => failed = Some(error),
            }
        }
        if let (true, Some(error)) = (found.is_empty(), failed) {
            return Err(error);
        }
        found.sort_by(|(one, ..), (other, ..)| {
            let name = |candidate: &Candidate| candidate.place.name.clone();
            other.modified.cmp(&one.modified).then_with(|| name(one).cmp(&name(other)))
        });
        found.truncate(MOST_SHOWN);
        Ok(found.into_iter().map(|(file, stick, medium)| self.note(file, stick, medium)).collect())
    }

    fn note(&mut self, file: Candidate, stick: Stick, medium: String) -> FileEntry {
        let id = FileId(self.next);
        self.next += 1;
        let name = shown(&file.place);
        self.known.push_back(Known { id, stick, place: file.place });
        if self.known.len() > MOST_KNOWN {
            self.known.pop_front();
        }
        FileEntry { id, medium, name, size: file.size }
    }

    /// All bytes of a listed file.
    pub fn read(&self, id: FileId) -> Result<Vec<u8>, MediaError> {
        let known = self.known(id).ok_or(MediaError::FileGone)?;
        let stick = self.again(&known.stick).ok_or(MediaError::FileGone)?;
        self.within(&stick, Access::Read, |root| folder::read(root, &known.place, LONGEST_FILE))
    }

    /// Writes an answer, and reads it back from the stick itself; gives its name. Beside its
    /// original where that stick is plugged in, else on the only one that is.
    pub fn write(&self, answered: &Answered) -> Result<String, MediaError> {
        let original = answered.beside.and_then(|id| self.known(id));
        let home = original.and_then(|known| Some((self.again(&known.stick)?, known)));
        let (stick, beside) = match home {
            Some((stick, known)) => (stick, Some(known.place.clone())),
            None => {
                // The name is kept, the folder belongs to the other stick.
                let place = original.map(|known| Place { folder: None, ..known.place.clone() });
                (self.only()?, place)
            }
        };
        let Answered { bytes, kind, .. } = answered;
        let place = self.within(&stick, Access::Write, |root| {
            answer::write(root, beside.as_ref(), *kind, bytes)
        })?;
        let back = self
            .within(&stick, Access::Read, |root| folder::read(root, &place, bytes.len()))
            .map_err(|error| match error {
                MediaError::FileGone | MediaError::TooLong { .. } => MediaError::Differs,
                other => other,
            })?;
        if back == *bytes { Ok(shown(&place)) } else { Err(MediaError::Differs) }
    }

    fn known(&self, id: FileId) -> Option<&Known> {
        self.known.iter().find(|known| known.id == id)
    }

    /// Where a stick is now: in its old place, or wherever it was plugged in again.
    fn again(&self, stick: &Stick) -> Option<Stick> {
        let sticks = || self.sticks().into_iter().flatten().map(|(stick, _)| stick);
        let same = sticks().find(|now| now == stick);
        same.or_else(|| sticks().find(|now| now.is(stick)))
    }

    fn only(&self) -> Result<Stick, MediaError> {
        let mut sticks = self.sticks()?;
        match (sticks.pop(), sticks.is_empty()) {
            (Some((stick, _)), true) => Ok(stick),
            (Some(_), false) => Err(MediaError::Several),
            (None, _) => Err(MediaError::NoMedium),
        }
    }

    /// The sticks with files, each with what to call it. Never empty. The stick that the machine
    /// was booted from is not among them.
    fn sticks(&self) -> Result<Vec<(Stick, String)>, MediaError> {
        let mut disks = disks(&self.roots);
        disks.retain(|disk| boot::image_on(&disk.whole).is_none());
        if disks.is_empty() {
            return Err(MediaError::NoMedium);
        }
        let sticks: Vec<_> = disks
            .iter()
            .flat_map(|disk| disk.volumes().iter().map(move |volume| (disk, volume)))
            .filter_map(|(disk, volume)| {
                let system = FileSystem::of(&volume.node)?;
                let stick = Stick { volume: volume.clone(), system };
                let name = stick.name(disk);
                Some((stick, name))
            })
            .collect();
        if sticks.is_empty() { Err(MediaError::NoFileSystem) } else { Ok(sticks) }
    }

    /// Mounts, does `work`, takes out again.
    fn within<T>(
        &self,
        stick: &Stick,
        access: Access,
        work: impl FnOnce(&std::path::Path) -> Result<T, MediaError>,
    ) -> Result<T, MediaError> {
        let mounted = self.mounts.mount(&stick.volume.node, stick.system.kind, access)?;
        let done = work(mounted.root());
        let closed = mounted.close();
        let done = done?;
        closed.map(|()| done)
    }
}

/// A place as it is shown.
fn shown(place: &Place) -> String {
    let name = place.name.to_string_lossy();
    match &place.folder {
        Some(folder) => printable(&format!("{}/{name}", folder.to_string_lossy()), NAME),
        None => printable(&name, NAME),
    }
}

/// A stick's size in few digits, as it is sold.
fn size(bytes: u64) -> String {
    match bytes / 1_000_000 {
        small @ 0..1_000 => format!("{small} MB"),
        large => format!("{} GB", large / 1_000),
    }
}

#[cfg(test)]
mod tests;
