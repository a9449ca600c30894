//! Does one errand about transactions after the other: finds the sticks, mounts one, reads or writes,
//! takes it out.

use super::folder::{self, Candidate, Place};
use super::mount::{Access, Mounts};
use super::stick::{Stick, Sticks};
use super::{MediaError, answer};
use crate::app::appliance::{Answered, FileErrand, FileId, LONGEST_FILE, begins_as_psbt};
use crate::app::text::printable;
use crate::app::{FileEntry, News};
use std::collections::VecDeque;

/// Files of one list at most.
const MOST_SHOWN: usize = 100;
/// Listed files that are remembered: the one that waits for its answer among later lists.
const MOST_KNOWN: usize = 10 * MOST_SHOWN;
/// Characters of a file's name at most, as it is shown.
const NAME: usize = 40;

/// A file that was listed.
struct Known {
    id: FileId,
    stick: Stick,
    place: Place,
}

/// Remembers what was listed, so that an answer finds its original.
pub(super) struct Clerk<M> {
    sticks: Sticks<M>,
    known: VecDeque<Known>,
    next: u64,
}

impl<M: Mounts> Clerk<M> {
    pub fn new(sticks: Sticks<M>) -> Self {
        Self { sticks, known: VecDeque::new(), next: 0 }
    }

    /// Does an errand, and says what came of it.
    pub fn run(&mut self, errand: FileErrand) -> News {
        let said = |error: MediaError| error.to_string();
        match errand {
            FileErrand::List => News::Files(self.list().map_err(said)),
            FileErrand::Read(id) => News::FileRead(id, self.read(id).map_err(said)),
            FileErrand::Write(answered) => News::FileWritten(self.write(&answered).map_err(said)),
        }
    }

    /// The transactions on all sticks, the newest first. A stick that fails does not hide another.
    pub fn list(&mut self) -> Result<Vec<FileEntry>, MediaError> {
        let sticks = self.sticks.all()?;
        let mut found: Vec<(Candidate, Stick, String)> = vec![];
        let mut failed = None;
        for (stick, name) in sticks {
            let candidates = self.sticks.within(&stick, Access::Read, |root| {
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
        let stick = self.sticks.again(&known.stick).ok_or(MediaError::FileGone)?;
        self.sticks
            .within(&stick, Access::Read, |root| folder::read(root, &known.place, LONGEST_FILE))
    }

    /// Writes an answer, and reads it back from the stick itself; gives its name. Beside its
    /// original where that stick is plugged in, else on the only one that is.
    pub fn write(&self, answered: &Answered) -> Result<String, MediaError> {
        let original = answered.beside.and_then(|id| self.known(id));
        let home = original.and_then(|known| Some((self.sticks.again(&known.stick)?, known)));
        let (stick, beside) = match home {
            Some((stick, known)) => (stick, Some(known.place.clone())),
            None => {
                // The name is kept, the folder belongs to the other stick.
                let place = original.map(|known| Place { folder: None, ..known.place.clone() });
                (self.only()?, place)
            }
        };
        let Answered { bytes, kind, .. } = answered;
        let place = self.sticks.within(&stick, Access::Write, |root| {
            answer::write(root, beside.as_ref(), *kind, bytes)
        })?;
        let back = self
            .sticks
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

    fn only(&self) -> Result<Stick, MediaError> {
        let mut sticks = self.sticks.all()?;
        match (sticks.pop(), sticks.is_empty()) {
            (Some((stick, _)), true) => Ok(stick),
            (Some(_), false) => Err(MediaError::Several),
            (None, _) => Err(MediaError::NoMedium),
        }
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

#[cfg(test)]
mod tests;
