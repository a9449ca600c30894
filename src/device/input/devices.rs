//! Which input devices are plugged in, by the kernel's tree (/sys/class/input) and its nodes
//! (/dev/input). A device says itself what it is: names are untrusted.

use super::DeviceId;
use super::codes;
use rustix::fs::{Mode, OFlags};
use rustix::ioctl::{IntegerSetter, ioctl, opcode};
use std::fs::{self, File};
use std::io::{self, Read};
use std::os::fd::OwnedFd;
use std::path::{Path, PathBuf};

/// An input device that matters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    /// Which one it is.
    pub(super) id: DeviceId,
    /// Its node's name, as `event3`.
    pub(super) node: String,
    /// What it calls itself: printable ASCII, at most [`NAME`] characters; may be empty.
    pub(super) name: String,
    /// What it can be used for.
    pub(super) kind: Kind,
}

/// What a device can be used for. Mice, headset buttons and the like are none of these, and are never
/// opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// It has all letters and Enter.
    Keyboard,
    /// It has a power key and is no keyboard. All that it can do here is to power off.
    PowerButton,
    /// It has a lid's switch and neither of the above. All that it can do here is to lock.
    Lid,
}

/// Where devices are found and opened.
pub(super) trait Bus {
    /// The devices that matter and are plugged in now, in the order of their nodes.
    fn found(&mut self) -> Vec<Found>;
    /// Opens a device without waiting; a keyboard for this process alone, so that nothing else gets
    /// what is typed.
    fn open(&mut self, found: &Found) -> io::Result<OwnedFd>;
}

/// Most nodes that are looked at.
const NODES: usize = 256;

/// Longest name that is shown, characters.
pub(super) const NAME: usize = 40;

/// Longest file of the kernel's tree that is read, bytes.
const FILE: u64 = 1024;

/// Numbers of keys go up to 0x2ff (KEY_MAX), 64 in a word.
const WORDS: usize = 12;

/// The devices of this machine, or of a made-up tree.
pub(super) struct Tree {
    /// `/sys`
    sys: PathBuf,
    /// `/dev/input`
    dev: PathBuf,
    grab: fn(&OwnedFd) -> io::Result<()>,
}

impl Tree {
    /// This machine's.
    pub(super) fn of_machine() -> Self {
        Self { sys: "/sys".into(), dev: "/dev/input".into(), grab }
    }

    /// The place of that node's device now.
    fn place(&self, node: &str) -> Option<DeviceId> {
        let device = self.sys.join("class/input").join(node).join("device");
        let (place, root) = (fs::canonicalize(device).ok()?, fs::canonicalize(&self.sys).ok()?);
        DeviceId::parse(&format!("/{}", place.strip_prefix(root).ok()?.to_str()?))
    }

    fn look(&self, node: &str) -> Option<Found> {
        let device = self.sys.join("class/input").join(node).join("device");
        let has = |what| Codes::read(&device.join("capabilities").join(what));
        let kind = kind(&has("key")?, has("sw").as_ref())?;
        let name = printable(&read(&device.join("name")).unwrap_or_default());
        Some(Found { id: self.place(node)?, node: node.to_owned(), name, kind })
    }
}

impl Bus for Tree {
    fn found(&mut self) -> Vec<Found> {
        let entries = fs::read_dir(self.sys.join("class/input")).into_iter().flatten().flatten();
        let names = entries.filter_map(|entry| entry.file_name().into_string().ok());
        let mut nodes: Vec<(u32, String)> = names
            .filter_map(|name| Some((name.strip_prefix("event")?.parse().ok()?, name)))
            .take(NODES)
            .collect();
        nodes.sort();
        nodes.iter().filter_map(|(_, node)| self.look(node)).collect()
    }

    fn open(&mut self, found: &Found) -> io::Result<OwnedFd> {
        let flags = OFlags::RDONLY | OFlags::NONBLOCK | OFlags::CLOEXEC | OFlags::NOCTTY;
        let opened = rustix::fs::open(self.dev.join(&found.node), flags, Mode::empty())?;
        // Nodes' numbers are given again, places are not: if the place is the same behind the
        // opening as it was before, then it was that device's node that was opened.
        if self.place(&found.node).as_ref() != Some(&found.id) {
            return Err(io::ErrorKind::NotFound.into());
        }
        // Power buttons and lids have no secrets, and PID 1 listens to the former as well.
        if found.kind == Kind::Keyboard {
            (self.grab)(&opened)?;
        }
        Ok(opened)
    }
}

/// EVIOCGRAB (linux/input.h): `_IOW('E', 0x90, int)`.
const GRAB: rustix::ioctl::Opcode = opcode::write::<std::ffi::c_int>(b'E', 0x90);

#[allow(unsafe_code)] // rustix has no safe form of this request
fn grab(device: &OwnedFd) -> io::Result<()> {
    // SAFETY: EVIOCGRAB takes a number, not an address: not 0 is "take it". On anything that is no
    // input device the kernel knows no such request and fails. No memory is touched.
    unsafe { ioctl(device, IntegerSetter::<GRAB>::new_usize(1)) }.map_err(io::Error::from)
}

/// At most [`FILE`] bytes of a file.
fn read(path: &Path) -> Option<String> {
    let mut bytes = Vec::new();
    File::open(path).ok()?.take(FILE).read_to_end(&mut bytes).ok()?;
    Some(String::from_utf8_lossy(&bytes).into_owned())
}

fn printable(name: &str) -> String {
    let plain = |character| if matches!(character, ' '..='~') { character } else { '?' };
    let shown: String = name.trim().chars().take(NAME).map(plain).collect();
    shown.trim_end().to_owned()
}

/// The keys, or the switches, that a device says it has.
struct Codes {
    /// Lowest numbers first.
    words: Vec<u64>,
}

impl Codes {
    /// Reads `capabilities/key` or `sw`: hexadecimal words of 64 codes, highest numbers first.
    fn read(path: &Path) -> Option<Self> {
        let text = read(path)?;
        let words = text.split_ascii_whitespace().rev().take(WORDS);
        let words: Option<_> = words.map(|word| u64::from_str_radix(word, 16).ok()).collect();
        Some(Self { words: words? })
    }

    fn has(&self, code: u16) -> bool {
        let word = self.words.get(usize::from(code / 64)).copied().unwrap_or(0);
        word >> (code % 64) & 1 == 1
    }
}

fn kind(keys: &Codes, switches: Option<&Codes>) -> Option<Kind> {
    let letters = codes::LETTERS.into_iter().flatten().all(|code| keys.has(code));
    if letters && keys.has(codes::ENTER) {
        return Some(Kind::Keyboard);
    }
    if keys.has(codes::POWER) {
        return Some(Kind::PowerButton);
    }
    switches.is_some_and(|switches| switches.has(codes::LID)).then_some(Kind::Lid)
}

#[cfg(test)]
mod tests;
