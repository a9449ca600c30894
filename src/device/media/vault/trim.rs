//! Asking a medium to discard the blocks that hold no file: what was in them is then no longer its
//! business to keep. Few sticks can; memory cards can.

use rustix::fd::OwnedFd;
use rustix::ioctl::{Opcode, Updater, ioctl, opcode};

/// `struct fstrim_range` (linux/fs.h), in bytes of the file system.
#[repr(C)]
struct Range {
    start: u64,
    len: u64,
    /// Shorter runs of free blocks may be left alone.
    shortest: u64,
}

/// FITRIM (linux/fs.h): `_IOWR('X', 121, struct fstrim_range)`.
const FITRIM: Opcode = opcode::read_write::<Range>(b'X', 121);

/// Has all free blocks of the file system discarded that this folder is on. True where the medium
/// took the request; what it does with it only its maker knows.
#[allow(unsafe_code)] // rustix has no safe form of this request
pub(super) fn trim(folder: &OwnedFd) -> bool {
    let mut range = Range { start: 0, len: u64::MAX, shortest: 0 };
    // SAFETY: FITRIM reads and writes one `struct fstrim_range`, whose layout `Range` has, and which
    // outlives the call. A file system that knows no such request fails, and touches no memory.
    let asked = unsafe { ioctl(folder, Updater::<FITRIM, Range>::new(&mut range)) };
    // The kernel puts the number of discarded bytes into `len`.
    asked.is_ok() && range.len > 0
}
