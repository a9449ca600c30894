//! What the worker gives up before it looks at the first byte of a camera.
//!
//! Its empty environment and its one pipe were given to it by the signer.

use super::{Task, USER};
use crate::device::camera::Source;
use landlock::{
    ABI, Access, AccessFs, AccessNet, BitFlags, PathBeneath, PathFd, Ruleset, RulesetAttr,
    RulesetCreatedAttr, RulesetStatus, Scope,
};
use rustix::process::{
    DumpableBehavior, Gid, Resource, Rlimit, Signal, Uid, getuid, set_dumpable_behavior,
    set_parent_process_death_signal, setrlimit,
};
use rustix::thread::{set_thread_groups, set_thread_res_gid, set_thread_res_uid};
use std::fs;
use std::os::fd::{FromRawFd, OwnedFd, RawFd};
use std::path::{Path, PathBuf};

/// Heap and stacks, in bytes. A Full HD picture of noise, the costliest there is, takes 22 MB with
/// one reader (measured), and there are four at most; on the smallest machine, of 256 MB, the rest
/// is the signer's.
const MEMORY: u64 = 160 << 20;

/// Open files: the camera is opened a few times, the fence holds some while it is built.
const FILES: u64 = 32;

/// Threads of this user: seven, and as many of a worker that is just being ended.
const THREADS: u64 = 16;

/// A part of the fence that does not hold; then nothing is looked at.
#[derive(Debug)]
pub(super) struct Broken;

impl<E: std::error::Error> From<E> for Broken {
    fn from(_: E) -> Self {
        Self
    }
}

/// Goes inside. Only the source can be opened afterwards.
pub(super) fn enter(task: &Task) -> Result<(), Broken> {
    let source = &task.source;
    // First, while /proc may still be read.
    close_inherited()?;
    // Where memory runs out all the same, this process goes and not the signer.
    fs::write("/proc/self/oom_score_adj", "1000")?;
    if let Some(user) = task.user {
        become_user(user)?;
    }
    // Not before: a change of user forgets it. What ends between the start of this process and
    // here is seen by the first write: nobody reads.
    set_parent_process_death_signal(Some(Signal::KILL))?;
    set_dumpable_behavior(DumpableBehavior::NotDumpable)?;
    let limit =
        |resource, most| setrlimit(resource, Rlimit { current: Some(most), maximum: Some(most) });
    limit(Resource::Core, 0)?;
    limit(Resource::Fsize, 0)?;
    limit(Resource::Nofile, FILES)?;
    limit(Resource::Data, MEMORY)?;
    // It is counted for each user: a person's own programs would be counted, too.
    if getuid().as_raw() == USER {
        limit(Resource::Nproc, THREADS)?;
    }
    match (landlock(source)?, source) {
        (RulesetStatus::FullyEnforced, _) => Ok(()),
        // A folder stands in for a camera on machines whose kernel may know no Landlock.
        (_, Source::Folder(_)) => Ok(()),
        (_, Source::Webcam(_)) => Err(Broken),
    }
}

/// Becomes this user and group, with no other group and, by that, no rights of root's.
fn become_user(user: u32) -> Result<(), Broken> {
    let (group, user) = (Gid::from_raw(user), Uid::from_raw(user));
    // The only thread: those that come are this user's, too.
    set_thread_groups(&[])?;
    set_thread_res_gid(group, group, group)?;
    set_thread_res_uid(user, user, user)?;
    Ok(())
}

/// Closes what the signer may have left open to this process: all but the three standard files.
fn close_inherited() -> std::io::Result<()> {
    let open: Vec<RawFd> = fs::read_dir("/proc/self/fd")?
        .filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok())
        .filter(|fd| *fd > 2)
        .collect();
    // The one that the list was read by is closed by now; its number may have been in the list.
    for fd in open.into_iter().filter(|fd| Path::new(&format!("/proc/self/fd/{fd}")).exists()) {
        // SAFETY: this is the first thing that the process does, in its only thread: nothing in it
        // owns a file above the standard three, so this is the only owner.
        #[allow(unsafe_code)]
        drop(unsafe { OwnedFd::from_raw_fd(fd) });
    }
    Ok(())
}

/// Takes away every file but the source, every network address, and signals to other processes.
/// Also sets `no_new_privs`.
fn landlock(source: &Source) -> Result<RulesetStatus, Broken> {
    // ABI 6 is that of Linux 6.12, the image's.
    let abi = ABI::V6;
    let mut fence = Ruleset::default()
        .handle_access(AccessFs::from_all(abi))?
        .handle_access(AccessNet::from_all(abi))?
        .scope(Scope::from_all(abi))?
        .create()?;
    for (path, access) in openings(source) {
        // What is not there needs no opening; looking for it will say so.
        if let Ok(path) = PathFd::new(path) {
            fence = fence.add_rule(PathBeneath::new(path, access))?;
        }
    }
    Ok(fence.restrict_self()?.ruleset)
}

fn openings(source: &Source) -> Vec<(PathBuf, BitFlags<AccessFs>)> {
    let list = AccessFs::ReadFile | AccessFs::ReadDir;
    match source {
        Source::Webcam(number) => {
            let class = Path::new("/sys/class/video4linux");
            let node = AccessFs::ReadFile | AccessFs::WriteFile | AccessFs::IoctlDev;
            vec![
                (format!("/dev/video{number}").into(), node),
                // For the camera's name. The entry is a link; what it leads to is opened up.
                (class.into(), AccessFs::ReadDir.into()),
                (class.join(format!("video{number}")), list),
            ]
        }
        Source::Folder(path) => vec![(path.clone(), list)],
    }
}
