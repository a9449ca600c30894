//! Vaults and key files in one folder: found, read whole, made whole, written in place, destroyed.
//! Nothing is followed, and nothing is read that is not exactly as long as it has to be.

use super::super::MediaError;
use super::super::draft::{Draft, is_draft};
use super::super::folder::{MOST_ENTRIES, regular};
use super::VaultError;
use crate::app::storage::{self, Patch};
use crate::vault::layout::{self, begins_as_vault};
use rustix::fd::OwnedFd;
use rustix::fs::{AtFlags, Dir, FileType, OFlags, fstatvfs, fsync, statat, unlinkat};
use rustix::io::Errno;
use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::FileExt;
use zeroize::Zeroizing;

/// Vaults of one folder that are listed at most.
const MOST_VAULTS: usize = 32;
/// Bytes that a file system may need for itself when a file is made: a folder's cluster, a journal.
const OVERHEAD: u64 = 64 * 1024;
/// Bytes that are overwritten at once.
const PIECE: usize = 64 * 1024;

/// A vault's file.
pub(super) struct Listed {
    pub name: OsString,
    /// The heads of its slots, as they stand in the file.
    pub heads: [Vec<u8>; layout::SLOTS],
}

/// The vaults in a folder, by name. One that cannot be read does not hide the others.
pub(super) fn list(folder: &OwnedFd) -> Result<Vec<Listed>, MediaError> {
    let mut found: Vec<Listed> = vec![];
    for entry in Dir::read_from(folder)?.take(MOST_ENTRIES) {
        let entry = entry?;
        let name = OsStr::from_bytes(entry.file_name().to_bytes());
        let hidden = name.as_bytes().starts_with(b".") || is_draft(name);
        if hidden || size(folder, name) != Some(layout::FILE as u64) {
            continue; // what systems hide, drafts that were left behind, and what is no vault
        }
        if let Some(listed) = listed(folder, name) {
            found.push(listed);
        }
        if found.len() == MOST_VAULTS {
            break;
        }
    }
    found.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(found)
}

/// A file's size in bytes. None where it is no ordinary file.
fn size(folder: &OwnedFd, name: &OsStr) -> Option<u64> {
    let stat = statat(folder, name, AtFlags::SYMLINK_NOFOLLOW).ok()?;
    let regular = FileType::from_raw_mode(stat.st_mode) == FileType::RegularFile;
    regular.then(|| u64::try_from(stat.st_size).ok()).flatten()
}

/// None for what is no vault, or cannot be read.
pub(super) fn listed(folder: &OwnedFd, name: &OsStr) -> Option<Listed> {
    let file = open(folder, name, OFlags::RDONLY).ok()?;
    let mut heads = [const { vec![] }; layout::SLOTS];
    for (number, head) in heads.iter_mut().enumerate() {
        let mut bytes = vec![0; layout::HEAD];
        file.read_exact_at(&mut bytes, layout::slot(number).start as u64).ok()?;
        *head = bytes;
    }
    Some(Listed { name: name.to_owned(), heads })
}

/// Opens a vault, which is as long as vaults are and begins as they do.
fn open(folder: &OwnedFd, name: &OsStr, access: OFlags) -> Result<File, VaultError> {
    let file = regular(folder, name, access)?;
    let mut beginning = [0; layout::MAGIC.len()];
    let size = file.metadata()?.len();
    if size != layout::FILE as u64 {
        return Err(VaultError::NotAVault);
    }
    file.read_exact_at(&mut beginning, 0)?;
    if begins_as_vault(&beginning, size) { Ok(file) } else { Err(VaultError::NotAVault) }
}

/// All of a vault.
pub(super) fn read(folder: &OwnedFd, name: &OsStr) -> Result<Vec<u8>, VaultError> {
    let file = open(folder, name, OFlags::RDONLY)?;
    let mut bytes = vec![0; layout::FILE];
    file.read_exact_at(&mut bytes, 0)?;
    Ok(bytes)
}

/// A new vault, whole or not at all, under the first of `names` that nothing has. All of its blocks
/// are written, so that none has to be found for it later.
pub(super) fn create(
    folder: &OwnedFd,
    bytes: &[u8],
    names: impl Fn(usize) -> OsString,
) -> Result<OsString, VaultError> {
    if !begins_as_vault(bytes, bytes.len() as u64) {
        return Err(VaultError::Misfit);
    }
    let free = fstatvfs(folder).map(|stat| stat.f_bavail.saturating_mul(stat.f_frsize))?;
    if free < layout::FILE as u64 + OVERHEAD {
        return Err(VaultError::NoRoom { free });
    }
    Ok(Draft::write(folder, bytes)?.name(names)?)
}

/// Writes a part of a vault in place, if `guard` stands in it, and waits until it is on the stick.
pub(super) fn overwrite(
    folder: &OwnedFd,
    name: &OsStr,
    patch: &Patch,
    guard: &Patch,
) -> Result<(), VaultError> {
    if !fits(patch) {
        return Err(VaultError::Misfit);
    }
    let file = open(folder, name, OFlags::RDWR)?;
    if !stands(&file, guard)? {
        return Err(VaultError::Changed);
    }
    file.write_all_at(&patch.bytes, patch.offset)?;
    Ok(fsync(&file)?)
}

/// Does a vault hold these bytes?
pub(super) fn holds(folder: &OwnedFd, name: &OsStr, patch: &Patch) -> Result<bool, VaultError> {
    stands(&open(folder, name, OFlags::RDONLY)?, patch)
}

fn stands(file: &File, patch: &Patch) -> Result<bool, VaultError> {
    if !fits(patch) {
        return Ok(false);
    }
    let mut bytes = vec![0; patch.bytes.len()];
    file.read_exact_at(&mut bytes, patch.offset)?;
    Ok(bytes == patch.bytes)
}

fn fits(patch: &Patch) -> bool {
    let end = patch.offset.checked_add(patch.bytes.len() as u64);
    end.is_some_and(|end| end <= layout::FILE as u64)
}

/// Writes zeros over these parts of a vault, then over all of it, each time waiting until it is on
/// the stick. What is cut off in between has no keys any more.
pub(super) fn wipe(
    folder: &OwnedFd,
    name: &OsStr,
    keys_first: &[(u64, usize)],
) -> Result<(), VaultError> {
    let end = layout::FILE as u64;
    let part = |&(offset, len): &(u64, usize)| {
        let last = offset.checked_add(len as u64).filter(|last| *last <= end)?;
        Some(offset..last)
    };
    let parts: Option<Vec<_>> = keys_first.iter().map(part).collect();
    let parts = parts.ok_or(VaultError::Misfit)?;
    let file = open(folder, name, OFlags::RDWR)?;
    let zeros = [0; PIECE];
    let over = |part: std::ops::Range<u64>| {
        part.clone().step_by(PIECE).try_for_each(|at| {
            let left = usize::try_from(part.end - at).unwrap_or(PIECE);
            file.write_all_at(&zeros[..left.min(PIECE)], at)
        })
    };
    parts.into_iter().try_for_each(over)?;
    fsync(&file)?;
    over(0..end)?;
    Ok(fsync(&file)?)
}

/// Is the file there, as long as it was, and all zeros?
pub(super) fn is_wiped(folder: &OwnedFd, name: &OsStr) -> Result<bool, VaultError> {
    let file = regular(folder, name, OFlags::RDONLY)?;
    let mut bytes = vec![0xff; layout::FILE];
    if file.metadata()?.len() != layout::FILE as u64 {
        return Ok(false);
    }
    file.read_exact_at(&mut bytes, 0)?;
    Ok(bytes.iter().all(|byte| *byte == 0))
}

/// Takes a file out of its folder. False where that cannot be done.
pub(super) fn remove(folder: &OwnedFd, name: &OsStr) -> bool {
    unlinkat(folder, name, AtFlags::empty()).and_then(|()| fsync(folder)).is_ok()
}

/// Is there a key file, or anything else in its place?
pub(super) fn has_key_file(folder: &OwnedFd, name: &OsStr) -> bool {
    statat(folder, name, AtFlags::SYMLINK_NOFOLLOW).is_ok()
}

/// What a key file holds: a secret, read into a buffer of its size.
pub(super) fn read_key_file(
    folder: &OwnedFd,
    name: &OsStr,
) -> Result<Zeroizing<Vec<u8>>, VaultError> {
    let file = regular(folder, name, OFlags::RDONLY).map_err(|error| match error {
        MediaError::FileGone => VaultError::NoKeyFile,
        other => other.into(),
    })?;
    if file.metadata()?.len() != storage::KEY_FILE as u64 {
        return Err(VaultError::NotAKeyFile);
    }
    let mut bytes = Zeroizing::new(vec![0; storage::KEY_FILE]);
    file.read_exact_at(&mut bytes, 0)?;
    Ok(bytes)
}

/// A new key file, whole or not at all; never over one that is there.
pub(super) fn create_key_file(
    folder: &OwnedFd,
    name: &OsStr,
    bytes: &[u8; storage::KEY_FILE],
) -> Result<(), VaultError> {
    if has_key_file(folder, name) {
        return Err(VaultError::KeyFileThere);
    }
    let only = |_| name.to_owned();
    Draft::write(folder, bytes)?.name(only).map(drop).map_err(|error| match error {
        MediaError::TooManyNames => VaultError::KeyFileThere,
        other => other.into(),
    })
}

impl VaultError {
    /// What a vault that was just written, and is now gone or cut off, comes to.
    pub(super) fn when_reading_back(self) -> Self {
        match self {
            Self::NotAVault
            | Self::NoKeyFile
            | Self::NotAKeyFile
            | Self::Media(MediaError::FileGone | MediaError::TooLong { .. }) => Self::Differs,
            Self::Media(MediaError::System(Errno::INVAL)) => Self::Differs,
            other => other,
        }
    }
}

#[cfg(test)]
mod tests;
