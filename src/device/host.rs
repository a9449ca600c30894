//! What the process needs of its machine: that no other process reads its memory, that none of it
//! reaches a disk; and whether the machine is on a network.

use rustix::mm::{MlockAllFlags, mlockall};
use rustix::process::{
    DumpableBehavior, Resource, Rlimit, getrlimit, set_dumpable_behavior, setrlimit,
};
use std::fs;
use std::sync::OnceLock;
use std::time::Instant;

/// What could be done for the process.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hardened {
    /// No core dumps, and no other process of this user may read the memory.
    pub undumpable: bool,
    /// The memory is kept out of swap.
    pub locked: bool,
}

/// Below this limit locking would make later allocations fail, so it is not tried, bytes.
const LOCK_NEEDED: u64 = 1 << 30;

/// CAP_IPC_LOCK's place in the capability mask (linux/capability.h).
const CAP_IPC_LOCK: u32 = 14;

/// Makes the process unreadable and unswappable, as far as the system allows.
pub fn harden() -> Hardened {
    let none = Rlimit { current: Some(0), maximum: Some(0) };
    let no_core = setrlimit(Resource::Core, none).is_ok();
    let no_reader = set_dumpable_behavior(DumpableBehavior::NotDumpable).is_ok();
    // ONFAULT: only pages that are really in use, so that reserved stacks cost nothing.
    let flags = MlockAllFlags::CURRENT | MlockAllFlags::FUTURE | MlockAllFlags::ONFAULT;
    let locked = may_lock() && mlockall(flags).is_ok();
    Hardened { undumpable: no_core && no_reader, locked }
}

fn may_lock() -> bool {
    let enough = getrlimit(Resource::Memlock).current.is_none_or(|limit| limit >= LOCK_NEEDED);
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let capabilities = status.lines().find_map(|line| line.strip_prefix("CapEff:"));
    let mask = capabilities.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok());
    enough || mask.is_some_and(|mask| mask >> CAP_IPC_LOCK & 1 == 1)
}

/// Names of the network interfaces that are up, the loopback left out; sorted.
pub fn interfaces_up() -> Vec<String> {
    let Ok(entries) = fs::read_dir("/sys/class/net") else { return vec![] };
    let mut names: Vec<String> = entries
        .flatten()
        .filter(|entry| is_up(&entry.path()))
        .filter_map(|entry| entry.file_name().into_string().ok())
        .filter(|name| name != "lo")
        .collect();
    names.sort();
    names
}

/// IFF_UP is set (net/if.h), and the link is not known to be down.
fn is_up(interface: &std::path::Path) -> bool {
    let flags = fs::read_to_string(interface.join("flags")).unwrap_or_default();
    let flags = u32::from_str_radix(flags.trim().trim_start_matches("0x"), 16).unwrap_or(0);
    let state = fs::read_to_string(interface.join("operstate")).unwrap_or_default();
    flags & 1 == 1 && state.trim() != "down"
}

/// Milliseconds since the first call; never goes back.
pub fn stopwatch() -> u64 {
    static BEGAN: OnceLock<Instant> = OnceLock::new();
    u64::try_from(BEGAN.get_or_init(Instant::now).elapsed().as_millis()).unwrap_or(u64::MAX)
}
