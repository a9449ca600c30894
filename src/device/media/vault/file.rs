//! One vault in an ordinary file, for rehearsal in a terminal: the same errands without sticks.

use super::super::folder;
use super::super::{MediaError, take_turns};
use super::VaultError;
use super::keeper::{Keeper, undone};
use super::store::{self, Listed};
use crate::app::storage::{
    self, Destruction, MediumEntry, MediumId, Patch, Plugged, VaultEntry, VaultErrand, VaultId,
};
use crate::app::text::printable;
use crate::app::{Event, News};
use crate::keys::Generator;
use rustix::fd::OwnedFd;
use std::ffi::{OsStr, OsString};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Sender, SyncSender};
use zeroize::Zeroizing;

/// Characters of a name at most, as it is shown.
const NAME: usize = 40;
/// The last part of a key file's name, behind the dot.
const KEY: &str = "key";
/// The one folder and the one file that there are.
const ONLY: u64 = 0;

/// The thread that reads and writes the file.
pub struct VaultFile {
    errands: Sender<VaultErrand>,
    events: SyncSender<Event>,
}

impl VaultFile {
    /// A vault at `path`, whether there is one or not; a key file has the same name but for its
    /// last part, `key`. Key files are made of what `random` gives. What comes of the errands goes
    /// into `events`.
    ///
    /// Fails where the folder is not there, the path names no file, or the system gives no thread.
    pub fn start(path: &Path, random: Generator, events: SyncSender<Event>) -> io::Result<Self> {
        let mut keeper = FileKeeper::of(path, random)?;
        let errands =
            take_turns("vault", events.clone(), move |errand| News::Vault(keeper.run(errand)))?;
        Ok(Self { errands, events })
    }

    /// Has this done, without waiting.
    pub fn run(&self, errand: VaultErrand) {
        if let Err(unsent) = self.errands.send(errand) {
            let news = undone(&unsent.0, MediaError::Stopped.to_string());
            // A full channel means that the app is not reading: it has no question open.
            let _ = self.events.try_send(Event::Machine(News::Vault(news)));
        }
    }
}

/// Keeps a vault in a file.
struct FileKeeper {
    /// Without links.
    folder: PathBuf,
    name: OsString,
    key_file: OsString,
    random: Generator,
}

impl FileKeeper {
    fn of(path: &Path, random: Generator) -> io::Result<Self> {
        let name = path.file_name().ok_or(io::ErrorKind::InvalidInput)?.to_owned();
        let key_file = Path::new(&name).with_extension(KEY).into_os_string();
        if key_file == name {
            return Err(io::ErrorKind::InvalidInput.into());
        }
        let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty());
        let folder = parent.unwrap_or(Path::new(".")).canonicalize()?;
        Ok(Self { folder, name, key_file, random })
    }

    fn open(&self) -> Result<OwnedFd, VaultError> {
        Ok(folder::open(&self.folder, None)?)
    }

    /// What to call the folder.
    fn medium(&self) -> String {
        let name = self.folder.file_name().unwrap_or(OsStr::new("/"));
        printable(&name.to_string_lossy(), NAME)
    }

    fn entry(&self, listed: Listed) -> VaultEntry {
        VaultEntry {
            id: VaultId(ONLY),
            on: MediumId(ONLY),
            medium: self.medium(),
            name: printable(&listed.name.to_string_lossy(), NAME),
            heads: listed.heads,
        }
    }
}

impl Keeper for FileKeeper {
    fn look(&mut self) -> Result<Plugged, VaultError> {
        let folder = self.open()?;
        let key_file = store::has_key_file(&folder, &self.key_file);
        let medium = MediumEntry { id: MediumId(ONLY), name: self.medium(), key_file };
        let listed = store::listed(&folder, &self.name);
        let vaults = listed.map(|listed| self.entry(listed)).into_iter().collect();
        Ok(Plugged { media: vec![medium], vaults })
    }

    fn read(&self, _: VaultId) -> Result<Vec<u8>, VaultError> {
        store::read(&self.open()?, &self.name)
    }

    fn create(&mut self, _: MediumId, bytes: &[u8]) -> Result<VaultEntry, VaultError> {
        let folder = self.open()?;
        store::create(&folder, bytes, |_| self.name.clone()).map_err(|error| match error {
            VaultError::Media(MediaError::TooManyNames) => VaultError::Taken,
            other => other,
        })?;
        if store::read(&folder, &self.name)? != bytes {
            return Err(VaultError::Differs);
        }
        let listed = store::listed(&folder, &self.name).ok_or(VaultError::Differs)?;
        Ok(self.entry(listed))
    }

    fn write(&self, _: VaultId, patch: &Patch, guard: &Patch) -> Result<(), VaultError> {
        let folder = self.open()?;
        store::overwrite(&folder, &self.name, patch, guard)?;
        let same = store::holds(&folder, &self.name, patch)?;
        if same { Ok(()) } else { Err(VaultError::Differs) }
    }

    fn read_key_file(&self, _: MediumId) -> Result<Zeroizing<Vec<u8>>, VaultError> {
        store::read_key_file(&self.open()?, &self.key_file)
    }

    fn create_key_file(&mut self, _: MediumId) -> Result<Zeroizing<Vec<u8>>, VaultError> {
        let mut bytes = Zeroizing::new([0; storage::KEY_FILE]);
        self.random.fill(&mut *bytes)?;
        let folder = self.open()?;
        store::create_key_file(&folder, &self.key_file, &bytes)?;
        store::read_key_file(&folder, &self.key_file)
    }

    fn destroy(&self, _: VaultId, keys_first: &[(u64, usize)]) -> Result<Destruction, VaultError> {
        let folder = self.open()?;
        store::wipe(&folder, &self.name, keys_first)?;
        if !store::is_wiped(&self.open()?, &self.name)? {
            return Err(VaultError::NotWiped);
        }
        let removed = store::remove(&folder, &self.name);
        // Whose the other free blocks of this file system are is not known: none is discarded.
        Ok(Destruction { removed, discarded: false })
    }
}

#[cfg(test)]
mod tests;
