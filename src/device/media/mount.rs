//! Mounting a stick: read-only, or writable for as long as a guard lives.

use super::MediaError;
use super::filesystem::{FileSystem, Kind};
use rustix::fs::{Mode, OFlags, open, syncfs};
use rustix::io::Errno;
use rustix::mount::{MountFlags, UnmountFlags, mount, unmount};
use std::ffi::{CStr, CString};
use std::path::{Path, PathBuf};

/// What a stick is mounted for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Access {
    Read,
    Write,
}

/// What mounts a volume; tests have another that mounts nothing.
pub(super) trait Mounts {
    /// A volume while it is mounted.
    type Mounted: Mounted;

    fn mount(&self, node: &Path, kind: Kind, access: Access) -> Result<Self::Mounted, MediaError>;
}

/// A mounted volume. Dropping it takes it out again, whatever happened.
pub(super) trait Mounted {
    fn root(&self) -> &Path;

    /// Takes it out with all that was written on it; the error says that this may not be so.
    fn close(self) -> Result<(), MediaError>;
}

/// The kernel's mounts, one at a time, in one place.
pub(super) struct KernelMounts {
    at: PathBuf,
}

impl Default for KernelMounts {
    fn default() -> Self {
        Self { at: "/media".into() }
    }
}

/// Mounted by the kernel.
pub(super) struct KernelMounted {
    at: PathBuf,
    access: Access,
    open: bool,
}

impl Mounts for KernelMounts {
    type Mounted = KernelMounted;

    fn mount(&self, node: &Path, kind: Kind, access: Access) -> Result<KernelMounted, MediaError> {
        let (name, options) = options(kind, access);
        // No device, program or link on a stick means anything here.
        let mut flags = MountFlags::NODEV
            | MountFlags::NOSUID
            | MountFlags::NOEXEC
            | MountFlags::NOSYMFOLLOW
            | MountFlags::NOATIME;
        if access == Access::Read {
            flags |= MountFlags::RDONLY;
        }
        let whole = mount(node, &self.at, name, flags, options);
        let mounted = match (whole, kind, access) {
            (Err(errno), Kind::Ext4, Access::Read) => self.by_copy(node, flags).ok_or(errno),
            (whole, _, _) => whole,
        };
        mounted.map_err(|errno| match errno {
            Errno::ACCESS => MediaError::WriteProtected,
            Errno::INVAL => MediaError::Damaged,
            Errno::NOENT => MediaError::Gone,
            Errno::NODEV => MediaError::System(errno), // the kernel does not know the file system
            other => other.into(),
        })?;
        Ok(KernelMounted { at: self.at.clone(), access, open: true })
    }
}

/// The kernel's name of a file system, and its options. A read-only ext4 would still replay its
/// journal, and so write, if `noload` did not forbid it; and it says itself what an error in it comes
/// to, the kernel's end among that, if `errors` did not.
fn options(kind: Kind, access: Access) -> (&'static str, Option<&'static CStr>) {
    match (kind, access) {
        (Kind::Vfat, Access::Read) => ("vfat", Some(c"utf8=1")),
        (Kind::Vfat, Access::Write) => ("vfat", Some(c"utf8=1,errors=remount-ro")),
        (Kind::ExFat, Access::Read) => ("exfat", Some(c"iocharset=utf8")),
        (Kind::ExFat, Access::Write) => ("exfat", Some(c"iocharset=utf8,errors=remount-ro")),
        (Kind::Ext4, Access::Read) => ("ext4", Some(c"noload,errors=remount-ro")),
        (Kind::Ext4, Access::Write) => ("ext4", Some(c"errors=remount-ro")),
    }
}

impl KernelMounts {
    /// Reads an ext4 whose superblock is torn by the copy of it. It is not written so: its journal may
    /// wait to be replayed, and only a repair can tell.
    fn by_copy(&self, node: &Path, flags: MountFlags) -> Option<()> {
        let copy = FileSystem::copy_of_superblock(node)?;
        let (name, options) = options(Kind::Ext4, Access::Read);
        let options = CString::new(format!("{},sb={copy}", options?.to_str().ok()?)).ok()?;
        mount(node, &self.at, name, flags, Some(options.as_c_str())).ok()
    }
}

impl KernelMounted {
    fn sync(&self) -> Result<(), Errno> {
        let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC;
        syncfs(open(&self.at, flags, Mode::empty())?)
    }
}

impl Mounted for KernelMounted {
    fn root(&self) -> &Path {
        &self.at
    }

    fn close(mut self) -> Result<(), MediaError> {
        let synced = if self.access == Access::Write { self.sync() } else { Ok(()) };
        if unmount(&self.at, UnmountFlags::NOFOLLOW).is_ok() {
            self.open = false;
        }
        Ok(synced?)
    }
}

impl Drop for KernelMounted {
    fn drop(&mut self) {
        if self.open {
            // Errors were told before, or there is nobody left to tell them to.
            let _ = if self.access == Access::Write { self.sync() } else { Ok(()) };
            let _ = unmount(&self.at, UnmountFlags::NOFOLLOW | UnmountFlags::DETACH);
        }
    }
}

#[cfg(test)]
mod tests;
