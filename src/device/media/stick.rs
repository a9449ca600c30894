//! The sticks that are plugged in: found anew each time, and mounted for as long as one work takes.

use super::filesystem::FileSystem;
use super::mount::{Access, Mounted, Mounts};
use super::{Disk, MediaError, Roots, Volume, boot, disks};
use crate::app::text::printable;
use rustix::fs::{StatVfsMountFlags, statvfs};
use std::path::Path;

/// Characters of a stick's name at most, as it is shown.
const NAME: usize = 14;

/// A stick, or a partition of it, with files.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Stick {
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
        format!("{} {}", printable(name, NAME), size(self.volume.bytes)).trim_start().into()
    }
}

/// Finds sticks, and mounts them.
pub(super) struct Sticks<M> {
    roots: Roots,
    pub(super) mounts: M,
}

impl<M: Mounts> Sticks<M> {
    pub fn new(roots: Roots, mounts: M) -> Self {
        Self { roots, mounts }
    }

    /// The sticks with files, each with what to call it. Never empty. The stick that the machine
    /// was booted from is not among them.
    pub fn all(&self) -> Result<Vec<(Stick, String)>, MediaError> {
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

    /// Where a stick is now: in its old place, or wherever it was plugged in again.
    pub fn again(&self, stick: &Stick) -> Option<Stick> {
        let sticks = || self.all().into_iter().flatten().map(|(stick, _)| stick);
        let same = sticks().find(|now| now == stick);
        same.or_else(|| sticks().find(|now| now.is(stick)))
    }

    /// Mounts, does `work`, takes out again. A file system that has a fault, so that it cannot be
    /// mounted or stops taking writing in between, is to the kernel's drivers one more failed read or
    /// write: as if the stick had failed.
    pub fn within<T, E: From<MediaError>>(
        &self,
        stick: &Stick,
        access: Access,
        work: impl FnOnce(&Path) -> Result<T, E>,
    ) -> Result<T, E> {
        let is_there = || FileSystem::of(&stick.volume.node).is_some();
        let mounted = match self.mounts.mount(&stick.volume.node, stick.system.kind, access) {
            Err(MediaError::Gone) if is_there() => return Err(MediaError::Damaged.into()),
            mounted => mounted?,
        };
        let done = work(mounted.root());
        let faulty = access == Access::Write && is_read_only(mounted.root()) && is_there();
        let closed = mounted.close();
        if faulty {
            return Err(MediaError::Damaged.into());
        }
        let done = done?;
        Ok(closed.map(|()| done)?)
    }
}

/// Does what is mounted there take no writing?
fn is_read_only(root: &Path) -> bool {
    statvfs(root).is_ok_and(|stat| stat.f_flag.contains(StatVfsMountFlags::RDONLY))
}

/// A stick's size in few digits, as it is sold.
fn size(bytes: u64) -> String {
    match bytes / 1_000_000 {
        small @ 0..1_000 => format!("{small} MB"),
        large => format!("{} GB", large / 1_000),
    }
}
