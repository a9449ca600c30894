//! A new file on its way: it gets its name only when all of it is on the stick, so that no torn file
//! bears one.

use super::MediaError;
use rustix::fd::OwnedFd;
use rustix::fs::{AtFlags, Mode, OFlags, RenameFlags, fsync, openat, renameat_with, unlinkat};
use rustix::io::Errno;
use std::ffi::OsString;
use std::fs::File;
use std::io::Write;

/// Names that are tried for one file.
pub(super) const MOST_NAMES: usize = 99;

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
        for number in 1..=MOST_NAMES {
            let name = format!(".coldlight-{number}.part");
            match openat(folder, &name, flags, Mode::from_raw_mode(0o644)) {
                Ok(file) => return Ok(Self { folder, name: Some(name), file: file.into() }),
                Err(Errno::EXIST) => {} // left behind when a stick was pulled out
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
