//! The cameras of this machine, from the kernel's own list.

use std::fs;
use std::path::Path;

/// A camera that is plugged in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// N of `/dev/videoN`.
    pub number: u32,
    /// The driver's name for it, e.g. `HD Webcam C525`.
    pub name: String,
}

/// The cameras of this machine, by number.
pub fn cameras() -> Vec<Found> {
    cameras_in(Path::new("/sys/class/video4linux"))
}

/// Nodes looked at, at most.
const MOST_NODES: usize = 256;

/// Longest name that is shown, characters.
const NAME: usize = 48;

/// The cameras in a folder like `/sys/class/video4linux`. A webcam has a second node that gives
/// metadata, not pictures: its `index` is not 0.
pub fn cameras_in(class: &Path) -> Vec<Found> {
    let Ok(nodes) = fs::read_dir(class) else { return Vec::new() };
    let mut found: Vec<Found> = nodes
        .flatten()
        .take(MOST_NODES)
        .filter_map(|node| {
            let number = node.file_name().to_str()?.strip_prefix("video")?.parse().ok()?;
            let line = |file| fs::read_to_string(node.path().join(file)).ok();
            if line("index")?.trim() != "0" {
                return None;
            }
            let name = line("name")?.trim().chars().take(NAME).map(shown).collect();
            Some(Found { number, name })
        })
        .collect();
    found.sort_by_key(|camera| camera.number);
    found
}

/// The name is the device's own and may hold anything. What hides, reorders, or is in no font here
/// becomes a question mark; Latin-1 has that of "Microsoft® LifeCam", and a soft hyphen that hides.
fn shown(character: char) -> char {
    let plain = matches!(character, ' '..='~' | '\u{a1}'..='\u{ac}' | '\u{ae}'..='\u{ff}');
    if plain { character } else { '?' }
}
