//! The files on a mounted stick: those that may be transactions are listed, one is read. Nothing is
//! followed: no link, no device, no deeper folder.

use super::MediaError;
use rustix::fd::{AsFd, OwnedFd};
use rustix::fs::{AtFlags, CWD, Dir, FileType, Mode, OFlags, fstat, openat, statat};
use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::io::Read;
use std::os::unix::ffi::OsStrExt;
use std::path::Path;

/// Where a file is on its stick.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    /// The folder in the top folder; None for the top folder itself.
    pub folder: Option<OsString>,
    pub name: OsString,
}

/// A file that may be a transaction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Candidate {
    pub place: Place,
    /// Bytes.
    pub size: u64,
    /// Seconds since 1970, as the writer's clock had it.
    pub modified: i64,
}

/// Entries of a stick that are looked at, at most, hidden ones too.
pub(super) const MOST_ENTRIES: usize = 2_000;
/// First bytes by which a text is known for a PSBT.
const BEGINNING: usize = 64;

/// Opens a folder, which must not be a link.
pub(super) fn open(root: &Path, folder: Option<&OsStr>) -> Result<OwnedFd, MediaError> {
    let top = directory(CWD, root.as_os_str())?;
    match folder {
        None => Ok(top),
        Some(name) => directory(&top, name),
    }
}

fn directory(at: impl AsFd, name: &OsStr) -> Result<OwnedFd, MediaError> {
    let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::NOFOLLOW | OFlags::CLOEXEC;
    Ok(openat(at, name, flags, Mode::empty())?)
}

/// The files in the top folder and one level below that may be transactions of at most `longest`
/// bytes; `looks_right` judges the beginning of those whose name does not say so.
pub(super) fn list(
    root: &Path,
    longest: usize,
    looks_right: impl Fn(&[u8]) -> bool,
) -> Result<Vec<Candidate>, MediaError> {
    let mut search = Search { left: MOST_ENTRIES, longest, looks_right, found: vec![] };
    let top = open(root, None)?;
    let folders = search.look(&top, None)?;
    for name in folders {
        // One folder that cannot be read does not hide the others.
        if let Ok(folder) = directory(&top, &name) {
            let _ = search.look(&folder, Some(&name));
        }
    }
    Ok(search.found)
}

struct Search<F> {
    left: usize,
    longest: usize,
    looks_right: F,
    found: Vec<Candidate>,
}

impl<F: Fn(&[u8]) -> bool> Search<F> {
    /// Takes up the files of one folder; gives the folders in it.
    fn look(&mut self, at: &OwnedFd, folder: Option<&OsStr>) -> Result<Vec<OsString>, MediaError> {
        let mut folders = vec![];
        for entry in Dir::read_from(at)? {
            if self.left == 0 {
                break;
            }
            let entry = entry?;
            let name = OsStr::from_bytes(entry.file_name().to_bytes());
            if matches!(name.as_bytes(), b"." | b"..") {
                continue;
            }
            self.left -= 1;
            if name.as_bytes().starts_with(b".") {
                continue; // what systems hide
            }
            let Ok(stat) = statat(at, name, AtFlags::SYMLINK_NOFOLLOW) else { continue };
            match FileType::from_raw_mode(stat.st_mode) {
                FileType::Directory => folders.push(name.to_owned()),
                FileType::RegularFile => {
                    let size = u64::try_from(stat.st_size).unwrap_or(0);
                    if self.is_candidate(at, name, size) {
                        let place =
                            Place { folder: folder.map(OsStr::to_owned), name: name.into() };
                        #[allow(clippy::useless_conversion)] // it is an i32 on some machines
                        let modified = i64::try_from(stat.st_mtime).unwrap_or(0);
                        self.found.push(Candidate { place, size, modified });
                    }
                }
                _ => {}
            }
        }
        Ok(folders)
    }

    fn is_candidate(&self, at: &OwnedFd, name: &OsStr, size: u64) -> bool {
        let extension = Path::new(name).extension().unwrap_or_default().to_ascii_lowercase();
        match extension.as_bytes() {
            b"psbt" => true,
            b"txt" | b"base64" | b"b64" | b"hex" => {
                let small = size > 0 && size <= self.longest as u64;
                small && beginning(at, name).is_ok_and(|bytes| (self.looks_right)(&bytes))
            }
            _ => false,
        }
    }
}

fn beginning(at: &OwnedFd, name: &OsStr) -> Result<Vec<u8>, MediaError> {
    let mut bytes = Vec::with_capacity(BEGINNING);
    regular(at, name, OFlags::RDONLY)?.take(BEGINNING as u64).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// All of a file of at most `longest` bytes.
pub(super) fn read(root: &Path, place: &Place, longest: usize) -> Result<Vec<u8>, MediaError> {
    let folder = open(root, place.folder.as_deref())?;
    let mut file = regular(&folder, &place.name, OFlags::RDONLY)?;
    let too_long = MediaError::TooLong { limit: longest };
    let size = usize::try_from(file.metadata()?.len()).map_err(|_| too_long)?;
    if size > longest {
        return Err(too_long);
    }
    let mut bytes = Vec::with_capacity(size);
    file.by_ref().take(longest as u64 + 1).read_to_end(&mut bytes)?;
    if bytes.len() > longest { Err(too_long) } else { Ok(bytes) }
}

/// Opens a file that is neither a link nor a pipe nor a device, to read or to write it.
pub(super) fn regular(at: &OwnedFd, name: &OsStr, access: OFlags) -> Result<File, MediaError> {
    // NONBLOCK: opening a pipe would wait for its other end.
    let flags = access | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
    let file = openat(at, name, flags, Mode::empty())?;
    match FileType::from_raw_mode(fstat(&file)?.st_mode) {
        FileType::RegularFile => Ok(file.into()),
        _ => Err(MediaError::NotAFile),
    }
}

#[cfg(test)]
mod tests {
    use super::super::scratch::Scratch;
    use super::*;
    use std::os::unix::fs::symlink;

    fn place(folder: Option<&str>, name: &str) -> Place {
        Place { folder: folder.map(Into::into), name: name.into() }
    }

    fn listed(scratch: &Scratch) -> Vec<String> {
        let found = list(&scratch.path("stick"), 1_000, |bytes| bytes.starts_with(b"cHNidP"));
        let mut names: Vec<String> = found
            .expect("a folder")
            .into_iter()
            .map(|candidate| candidate.place)
            .map(|Place { folder, name }| {
                format!("{}/{}", folder.unwrap_or_default().display(), name.display())
            })
            .collect();
        names.sort();
        names
    }

    #[test]
    fn what_may_be_a_transaction_is_listed_from_two_levels() {
        let scratch = Scratch::new("list");
        scratch.write("stick/a.psbt", b"");
        scratch.write("stick/B.PSBT", &[0; 5_000]);
        scratch.write("stick/right.txt", b"cHNidP8B");
        scratch.write("stick/wrong.txt", b"Dear all");
        scratch.write("stick/empty.hex", b"");
        scratch.write("stick/long.b64", &b"cHNidP8B".repeat(200));
        scratch.write("stick/photo.jpg", b"cHNidP8B");
        scratch.write("stick/.hidden.psbt", b"");
        scratch.write("stick/folder/c.psbt", b"");
        scratch.write("stick/folder/deeper/d.psbt", b"");
        scratch.write("stick/.Trashes/e.psbt", b"");
        assert_eq!(listed(&scratch), ["/B.PSBT", "/a.psbt", "/right.txt", "folder/c.psbt"]);
    }

    #[test]
    fn links_pipes_and_folders_are_neither_listed_nor_read() {
        let scratch = Scratch::new("links");
        scratch.write("outside/secret.psbt", b"secret");
        scratch.write("stick/folder.psbt/x", b"");
        symlink("../outside/secret.psbt", scratch.path("stick/link.psbt")).expect("a link");
        symlink("../outside", scratch.path("stick/away")).expect("a link");
        rustix::fs::mknodat(
            CWD,
            scratch.path("stick/pipe.psbt"),
            FileType::Fifo,
            Mode::from_raw_mode(0o600),
            0,
        )
        .expect("a pipe");
        assert!(listed(&scratch).is_empty());
        let read = |place| read(&scratch.path("stick"), &place, 1_000);
        assert_eq!(read(place(None, "link.psbt")), Err(MediaError::NotAFile));
        assert_eq!(read(place(None, "pipe.psbt")), Err(MediaError::NotAFile));
        assert_eq!(read(place(None, "folder.psbt")), Err(MediaError::NotAFile));
        assert_eq!(read(place(Some("away"), "secret.psbt")), Err(MediaError::FileGone));
        assert_eq!(read(place(None, "none.psbt")), Err(MediaError::FileGone));
    }

    #[test]
    fn a_file_is_read_up_to_the_limit_and_not_beyond() {
        let scratch = Scratch::new("limit");
        scratch.write("stick/folder/a.psbt", &[7; 100]);
        let read =
            |longest| read(&scratch.path("stick"), &place(Some("folder"), "a.psbt"), longest);
        assert_eq!(read(100), Ok(vec![7; 100]));
        assert_eq!(read(99), Err(MediaError::TooLong { limit: 99 }));
    }

    #[test]
    fn hidden_entries_count_too_so_that_a_folder_of_nothing_else_comes_to_an_end() {
        let scratch = Scratch::new("hidden");
        for number in 0..MOST_ENTRIES {
            scratch.write(&format!("stick/.{number}"), b"");
        }
        scratch.write("stick/folder/a.psbt", b"");
        let top = open(&scratch.path("stick"), None).expect("a folder");
        let mut search =
            Search { left: MOST_ENTRIES, longest: 1, looks_right: |_: &[u8]| false, found: vec![] };
        search.look(&top, None).expect("a list");
        assert_eq!(search.left, 0);
    }

    #[test]
    fn a_stick_with_more_entries_than_are_looked_at_ends_the_search() {
        let scratch = Scratch::new("many");
        for number in 0..MOST_ENTRIES + 50 {
            scratch.write(&format!("stick/{number}.psbt"), b"");
        }
        assert_eq!(listed(&scratch).len(), MOST_ENTRIES);
    }
}
