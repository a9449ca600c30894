//! A new file on its way: it gets its name only when all of it is on the stick, so that no torn file
//! bears one.

use super::MediaError;
use rustix::fd::OwnedFd;
use rustix::fs::{AtFlags, Mode, OFlags, RenameFlags, fsync, openat, renameat_with, unlinkat};
use rustix::io::Errno;
use rustix::rand::{GetRandomFlags, getrandom};
use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::io::Write;
use std::path::Path;

/// Names that are tried for one file.
pub(super) const MOST_NAMES: usize = 99;

/// The last part of a draft's name. On FAT a draft has a short name alone, which is one entry and
/// whole in every cut of power; of a longer one a part could be left, which no longer says what it is.
const EXTENSION: &str = "TMP";

/// Is this the name of a draft, perhaps one that was left behind?
pub(super) fn is_draft(name: &OsStr) -> bool {
    Path::new(name).extension().is_some_and(|extension| extension.eq_ignore_ascii_case(EXTENSION))
}

/// A file on its way, under a name that no list shows; removed unless it gets its own.
pub(super) struct Draft<'a> {
    folder: &'a OwnedFd,
    name: Option<String>,
    file: File,
}

impl<'a> Draft<'a> {
    /// Writes all of `bytes` to the stick.
    pub fn write(folder: &'a OwnedFd, bytes: &[u8]) -> Result<Self, MediaError> {
        let draft = Self::begin(folder)?;
        (&draft.file).write_all(bytes)?;
        fsync(&draft.file)?;
        Ok(draft)
    }

    fn begin(folder: &'a OwnedFd) -> Result<Self, MediaError> {
        let flags =
            OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        for _ in 0..MOST_NAMES {
            // What a cut of power left of another draft is not even looked up: exFAT's driver then
            // finds its clusters free and takes the stick for broken.
            let mut number = [0; 4];
            getrandom(&mut number, GetRandomFlags::empty())?;
            let name = format!("{:08X}.{EXTENSION}", u32::from_le_bytes(number));
            match openat(folder, &name, flags, Mode::from_raw_mode(0o644)) {
                Ok(file) => return Ok(Self { folder, name: Some(name), file: file.into() }),
                Err(Errno::EXIST) => {}
                Err(errno) => return Err(errno.into()),
            }
        }
        Err(MediaError::TooManyNames)
    }

    /// Gives it the first of these names that nothing has, and waits until that is on the stick.
    pub fn name(mut self, names: impl Fn(usize) -> OsString) -> Result<OsString, MediaError> {
        let Some(draft) = &self.name else { return Err(MediaError::TooManyNames) };
        for name in (1..=MOST_NAMES).map(names) {
            match renameat_with(self.folder, draft, self.folder, &name, RenameFlags::NOREPLACE) {
                Ok(()) => {
                    self.name = None;
                    // FAT's new entry is of an empty file until the file, too, is told to stand
                    // where it now is; and nothing that comes later flushes the stick.
                    fsync(&self.file)?;
                    fsync(self.folder)?;
                    return Ok(name);
                }
                Err(Errno::EXIST) => {}
                Err(errno) => return Err(errno.into()),
            }
        }
        Err(MediaError::TooManyNames)
    }
}

impl Drop for Draft<'_> {
    fn drop(&mut self) {
        if let Some(name) = &self.name {
            let _ = unlinkat(self.folder, name, AtFlags::empty());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::folder;
    use super::super::scratch::Scratch;
    use super::*;

    #[test]
    fn no_draft_has_the_name_of_an_earlier_one() {
        let scratch = Scratch::new("drafts");
        scratch.write("stick/other", b"");
        let top = folder::open(&scratch.path("stick"), None).expect("a folder");
        let name = || Draft::write(&top, b"draft").expect("written").name.clone();
        let (one, other) = (name(), name());
        assert!(one.is_some() && one != other, "{one:?}, {other:?}");
        assert!([one, other].into_iter().flatten().all(|name| is_draft(OsStr::new(&name))));
        assert_eq!(
            scratch.names("stick"),
            ["other"],
            "drafts without a name of their own are gone"
        );
    }
}
