//! What is mounted before anything else runs, as data.

use rustix::mount::{MountFlags, UnmountFlags, mount, mount_remount, unmount};
use std::io;

struct Mount {
    kind: &'static str,
    at: &'static str,
    flags: MountFlags,
    /// The file system's own options.
    options: &'static std::ffi::CStr,
}

const NOTHING_RUNS: MountFlags =
    MountFlags::NOSUID.union(MountFlags::NODEV).union(MountFlags::NOEXEC);

/// In this order. Nothing of it can be run or can lend rights, and the kernel's own tree cannot be
/// written.
const TABLE: [Mount; 3] = [
    Mount {
        kind: "devtmpfs",
        at: "/dev",
        flags: MountFlags::NOSUID.union(MountFlags::NOEXEC),
        options: c"mode=0755",
    },
    // hidepid=2: the camera worker sees no other process
    Mount { kind: "proc", at: "/proc", flags: NOTHING_RUNS, options: c"hidepid=2" },
    Mount {
        kind: "sysfs",
        at: "/sys",
        flags: NOTHING_RUNS.union(MountFlags::RDONLY),
        options: c"",
    },
];

/// Mounts them all, then makes the root, which holds the program, read-only.
pub(super) fn all() -> io::Result<()> {
    for Mount { kind, at, flags, options } in &TABLE {
        mount(*kind, *at, *kind, *flags, *options)
            .map_err(|error| io::Error::other(format!("{at} cannot be mounted: {error}")))?;
    }
    mount_remount("/", MountFlags::RDONLY, c"")?;
    Ok(())
}

/// Takes out a stick that a signer had mounted when it ended: the next could not write to it.
pub(super) fn take_out() {
    while unmount("/media", UnmountFlags::NOFOLLOW | UnmountFlags::DETACH).is_ok() {}
}
