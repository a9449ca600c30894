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

/// A vault's file, or what is left of one.
pub(super) struct Listed {
    pub name: OsString,
    /// The heads of its slots, as they stand in the file; see [`VaultEntry::heads`].
    pub heads: [Vec<u8>; layout::SLOTS],
}

/// The vaults in a folder, and what is left of some, by name. One that cannot be read does not hide
/// the others.
pub(super) fn list(folder: &OwnedFd) -> Result<Vec<Listed>, MediaError> {
    let mut found: Vec<Listed> = vec![];
    for entry in Dir::read_from(folder)?.take(MOST_ENTRIES) {
        let entry = entry?;
        let name = OsStr::from_bytes(entry.file_name().to_bytes());
        let may_be = |size| size == layout::FILE as u64 || bears_our_name(name);
        let hidden = name.as_bytes().starts_with(b".") || is_draft(name);
        if hidden || !size(folder, name).is_some_and(may_be) {
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

/// Does the file bear a name that this program gives to vaults? Only such a file is taken for what is
/// left of one: another file, even one ending with `.vault`, may be another program's.
fn bears_our_name(name: &OsStr) -> bool {
    let number = || name.as_bytes().strip_prefix(b"coldlight")?.strip_suffix(b".vault");
    number().is_some_and(|number| match number.split_first() {
        None => true,
        Some((b'-', digits)) => !digits.is_empty() && digits.iter().all(u8::is_ascii_digit),
        Some(_) => false,
    })
}

/// None for what is no vault and nothing that is left of one, or cannot be read.
pub(super) fn listed(folder: &OwnedFd, name: &OsStr) -> Option<Listed> {
    let file = regular(folder, name, OFlags::RDONLY).ok()?;
    let heads = match Shape::of(&file, name).ok()? {
        Shape::Vault(heads) | Shape::Overwritten(heads) => heads,
        Shape::Short => [const { vec![] }; layout::SLOTS],
        Shape::Foreign => return None,
    };
    Some(Listed { name: name.to_owned(), heads })
}

/// What a file is.
enum Shape {
    /// As long as a vault, and one of its slots at least begins as a slot does: the other one may have
    /// been torn.
    Vault([Vec<u8>; layout::SLOTS]),
    /// Of our name and as long as a vault, with zeros where the heads stand: its destruction was cut
    /// off.
    Overwritten([Vec<u8>; layout::SLOTS]),
    /// Of our name and shorter than a vault: its making was cut off.
    Short,
    Foreign,
}

impl Shape {
    fn of(file: &File, name: &OsStr) -> Result<Self, VaultError> {
        let size = file.metadata()?.len();
        if size != layout::FILE as u64 {
            let short = size < layout::FILE as u64 && bears_our_name(name);
            return Ok(if short { Self::Short } else { Self::Foreign });
        }
        let mut heads = [const { vec![] }; layout::SLOTS];
        for (number, head) in heads.iter_mut().enumerate() {
            *head = vec![0; layout::HEAD];
            file.read_exact_at(head, layout::slot(number).start as u64)?;
        }
        Ok(if heads.iter().any(|head| head.starts_with(&layout::MAGIC)) {
            Self::Vault(heads)
        } else if bears_our_name(name) && heads.iter().flatten().all(|byte| *byte == 0) {
            Self::Overwritten(heads)
        } else {
            Self::Foreign
        })
    }
}

/// Opens a vault.
fn open(folder: &OwnedFd, name: &OsStr, access: OFlags) -> Result<File, VaultError> {
    let file = regular(folder, name, access)?;
    match Shape::of(&file, name)? {
        Shape::Vault(_) => Ok(file),
        Shape::Overwritten(_) | Shape::Short | Shape::Foreign => Err(VaultError::NotAVault),
    }
}

/// Opens a vault, or what is left of one, to destroy it. Gives its size in bytes.
fn open_to_destroy(folder: &OwnedFd, name: &OsStr) -> Result<(File, u64), VaultError> {
    let file = regular(folder, name, OFlags::RDWR)?;
    if matches!(Shape::of(&file, name)?, Shape::Foreign) {
        return Err(VaultError::NotAVault);
    }
    let size = file.metadata()?.len();
    Ok((file, size))
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
/// the stick. What is cut off in between has no keys any more. Nothing is written beyond the end of
/// one that is short.
pub(super) fn wipe(
    folder: &OwnedFd,
    name: &OsStr,
    keys_first: &[(u64, usize)],
) -> Result<(), VaultError> {
    let part = |&(offset, len): &(u64, usize)| {
        let last = offset.checked_add(len as u64).filter(|last| *last <= layout::FILE as u64)?;
        Some(offset..last)
    };
    let parts: Option<Vec<_>> = keys_first.iter().map(part).collect();
    let parts = parts.ok_or(VaultError::Misfit)?;
    let (file, end) = open_to_destroy(folder, name)?;
    let zeros = [0; PIECE];
    let over = |part: std::ops::Range<u64>| {
        let last = part.end.min(end);
        (part.start..last).step_by(PIECE).try_for_each(|at| {
            let left = usize::try_from(last - at).unwrap_or(PIECE);
            file.write_all_at(&zeros[..left.min(PIECE)], at)
        })
    };
    parts.into_iter().try_for_each(over)?;
    fsync(&file)?;
    over(0..end)?;
    Ok(fsync(&file)?)
}

/// Is the file there, no longer than a vault, and all zeros?
pub(super) fn is_wiped(folder: &OwnedFd, name: &OsStr) -> Result<bool, VaultError> {
    let file = regular(folder, name, OFlags::RDONLY)?;
    let size = usize::try_from(file.metadata()?.len()).unwrap_or(usize::MAX);
    if size > layout::FILE {
        return Ok(false);
    }
    let mut bytes = vec![0xff; size];
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
            other => other,
        }
    }
}

#[cfg(test)]
mod tests;
