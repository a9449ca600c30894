//! The walls between the rooms, read off the sources. `src/lib.rs` carries the map in words; the
//! tables here are what holds it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Which rooms a room may know. Downwards only; inside a layer only what stands here.
const MAY_USE: &[(&str, &[&str])] = &[
    ("qr", &[]),
    ("wallet", &[]),
    ("psbt", &["wallet"]),
    ("transport", &["psbt", "wallet", "qr"]),
    ("message", &["psbt", "wallet"]),
    ("record", &["wallet"]),
    ("review", &["message", "psbt", "wallet"]),
    ("keys", &["review", "message", "psbt", "wallet"]),
    ("vault", &["keys", "wallet"]),
    ("procedure", &["wallet"]),
    ("demo", &["keys", "review", "transport", "psbt", "wallet", "qr"]),
    ("app", &["demo", "vault", "keys", "review", "message", "transport", "psbt", "wallet", "qr"]),
    ("ui", &["app", "review", "transport", "psbt", "wallet", "qr"]),
    ("device", &["ui", "app", "demo", "vault", "keys", "transport", "qr", "psbt"]),
    ("appliance", &["device", "ui", "app", "keys", "wallet", "qr"]),
    (
        "cli",
        &[
            "device",
            "ui",
            "app",
            "demo",
            "keys",
            "record",
            "review",
            "message",
            "procedure",
            "transport",
            "psbt",
            "wallet",
            "qr",
        ],
    ),
];

/// Rooms without clock, file, thread, terminal or device: same input, same outcome.
const PURE: &[&str] = &[
    "qr",
    "transport",
    "psbt",
    "wallet",
    "message",
    "record",
    "review",
    "keys",
    "vault",
    "procedure",
    "app",
    "demo",
];

/// Parts of `std` that a pure room may not touch (`core::time::Duration` is no clock and is free).
const WORLD: &[&str] = &["fs", "thread", "time", "env", "net", "process", "os"];

/// Crates that a pure room may not touch: the terminal, the camera, the system.
const DEVICES: &[&str] = &["ratatui", "crossterm", "nokhwa", "rustix"];

/// Longest file in lines of code, without comments and blank lines: beyond it a file holds two
/// subjects. Tests hold tables and may be longer.
const LINES_MAX: [(&str, usize); 2] = [("src", 400), ("tests", 600)];

/// One source file; `code` is its text without comments, line for line.
struct Source {
    path: PathBuf,
    code: String,
    text: String,
}

impl Source {
    fn read(path: PathBuf) -> Self {
        let text = fs::read_to_string(&path).expect("a source file is UTF-8");
        let code = text.lines().map(without_comment).collect::<Vec<_>>().join("\n");
        Self { path, code, text }
    }

    /// The folder under `src/`; None for `lib.rs` and `main.rs`.
    fn room(&self) -> Option<&str> {
        let inner = self.path.strip_prefix(root().join("src")).ok()?;
        (inner.components().count() > 1).then(|| inner.iter().next()?.to_str()).flatten()
    }

    /// The path from the project's root, for messages.
    fn name(&self) -> String {
        self.path.strip_prefix(root()).unwrap_or(&self.path).display().to_string()
    }

    fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        self.code.lines().enumerate().map(|(at, line)| (at + 1, line))
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// All Rust files below `folder`, in order.
fn sources(folder: &str) -> Vec<Source> {
    fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).expect("the folder is there").flatten() {
            let path = entry.path();
            if path.is_dir() {
                walk(&path, found);
            } else if path.extension().is_some_and(|end| end == "rs") {
                found.push(path);
            }
        }
    }
    let mut found = Vec::new();
    walk(&root().join(folder), &mut found);
    found.sort();
    found.into_iter().map(Source::read).collect()
}

/// The line up to its comment. A `//` inside a string also ends it, which hides nothing that these
/// rules look for but the rest of such a line.
fn without_comment(line: &str) -> &str {
    line.find("//").map_or(line, |at| &line[..at])
}

/// The names that follow `root::` anywhere in `code`, groups opened: `std::{fs, io::Read}` gives
/// `fs` and `io`.
fn after(code: &str, root: &str) -> BTreeSet<String> {
    let is_name = |c: char| c.is_alphanumeric() || c == '_';
    let name = |text: &str| text.chars().take_while(|&c| is_name(c)).collect::<String>();
    let mut found = BTreeSet::new();
    let path = format!("{root}::");
    for (at, _) in code.match_indices(&path) {
        let before = code[..at].chars().next_back();
        if before.is_some_and(|c| is_name(c) || c == ':') && !code[..at].ends_with(" ::") {
            continue;
        }
        let rest = code[at + path.len()..].trim_start();
        let Some(group) = rest.strip_prefix('{') else {
            found.insert(name(rest));
            continue;
        };
        let (mut depth, mut fresh) = (0, true);
        for (place, c) in group.char_indices() {
            match c {
                '{' => depth += 1,
                '}' if depth == 0 => break,
                '}' => depth -= 1,
                ',' if depth == 0 => fresh = true,
                c if depth == 0 && fresh && is_name(c) => {
                    found.insert(name(&group[place..]));
                    fresh = false;
                }
                _ => {}
            }
        }
    }
    found.remove("");
    found
}

/// The rooms that a file names, by `crate::` or by climbing with `super::` to the crate's root.
fn rooms_used(source: &Source, rooms: &BTreeSet<&str>) -> BTreeSet<String> {
    let mut used = after(&source.code, "crate");
    used.extend(after(&source.code, "super").into_iter().filter(|name| {
        // `super::` from a room's mod.rs, `super::super::` from its files
        let at_root = source.path.ends_with(format!("{}/mod.rs", source.room().unwrap_or("")));
        at_root || source.code.contains(&format!("super::super::{name}"))
    }));
    used.retain(|name| rooms.contains(name.as_str()));
    used
}

/// Fails with every break of one rule at once.
fn hold(rule: &str, broken: Vec<String>) {
    assert!(broken.is_empty(), "\nrule: {rule}\nbroken by:\n  {}\n", broken.join("\n  "));
}

#[test]
fn the_reader_of_paths_opens_groups() {
    let code = "use std::{fs, io::{Read, Write},\n  collections::BTreeMap};\nlet x = std::thread::spawn;\nuse not_std::env;";
    let found: Vec<_> = after(code, "std").into_iter().collect();
    assert_eq!(found, ["collections", "fs", "io", "thread"]);
}

#[test]
fn every_room_is_on_the_map_and_in_the_table() {
    let folders: BTreeSet<String> = fs::read_dir(root().join("src"))
        .expect("src")
        .flatten()
        .filter(|entry| entry.path().is_dir())
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    let table: BTreeSet<String> = MAY_USE.iter().map(|(room, _)| (*room).to_owned()).collect();
    assert_eq!(folders, table, "the folders of src/ and MAY_USE in this file differ");

    let map = fs::read_to_string(root().join("src/lib.rs")).expect("src/lib.rs");
    let missing = folders.iter().filter(|room| !map.contains(&format!("//! * [`{room}`]:")));
    hold(
        "each room has its line on the map in src/lib.rs: //! * [`room`]: what it is for",
        missing.cloned().collect(),
    );
}

#[test]
fn a_room_knows_only_the_rooms_that_the_table_gives_it() {
    let table: BTreeMap<&str, &[&str]> = MAY_USE.iter().copied().collect();
    let rooms: BTreeSet<&str> = table.keys().copied().collect();
    let mut broken = Vec::new();
    for source in sources("src") {
        let Some(room) = source.room() else { continue };
        for used in rooms_used(&source, &rooms) {
            if used != room && !table[room].contains(&used.as_str()) {
                broken.push(format!("{}: {room} uses {used}", source.name()));
            }
        }
    }
    hold("a room uses only what stands in MAY_USE (review never keys)", broken);
}

#[test]
fn the_table_has_no_way_back_up() {
    let below: BTreeMap<&str, &[&str]> = MAY_USE.iter().copied().collect();
    for (room, uses) in MAY_USE {
        let (mut seen, mut open) = (BTreeSet::new(), uses.to_vec());
        while let Some(next) = open.pop() {
            assert_ne!(next, *room, "MAY_USE leads from {room} back to {room}");
            if seen.insert(next) {
                open.extend(below[next]);
            }
        }
    }
}

#[test]
fn the_judge_cannot_reach_a_key_by_any_way() {
    let below: BTreeMap<&str, &[&str]> = MAY_USE.iter().copied().collect();
    let mut open = vec!["review"];
    while let Some(room) = open.pop() {
        assert_ne!(room, "keys", "MAY_USE leads from review to keys");
        open.extend(below[room]);
    }
}

#[test]
fn pure_rooms_touch_no_clock_file_thread_terminal_or_device() {
    let mut broken = Vec::new();
    for source in sources("src") {
        if !source.room().is_some_and(|room| PURE.contains(&room)) {
            continue;
        }
        for part in after(&source.code, "std").iter().filter(|part| WORLD.contains(&part.as_str()))
        {
            broken.push(format!("{}: std::{part}", source.name()));
        }
        for device in DEVICES.iter().filter(|device| !after(&source.code, device).is_empty()) {
            broken.push(format!("{}: {device}", source.name()));
        }
    }
    hold("pure rooms touch no clock, file, thread, terminal, device", broken);
}

/// It asks the system for sockets, to see that it has none.
const ASKS_FOR_SOCKETS: &str = "src/appliance/self_test.rs";

#[test]
fn nothing_opens_a_network_connection() {
    let mut broken = Vec::new();
    for source in sources("src").into_iter().filter(|source| source.name() != ASKS_FOR_SOCKETS) {
        for (at, line) in source.lines() {
            let net =
                ["std::net", "unix::net", "rustix::net", "UnixStream", "TcpStream", "UdpSocket"];
            if net.iter().any(|word| line.contains(word)) {
                broken.push(format!("{}:{at}: {}", source.name(), line.trim()));
            }
        }
        if after(&source.code, "std").contains("net") {
            broken.push(format!("{}: std::net", source.name()));
        }
    }
    hold("no room but the self-test asks for a socket of any family", broken);
}

#[test]
fn unsafe_stands_only_in_device_each_time_with_its_reason() {
    let mut broken = Vec::new();
    for source in sources("src") {
        let text: Vec<&str> = source.text.lines().collect();
        for (at, line) in source.lines() {
            let words = line.split(|c: char| !c.is_alphanumeric() && c != '_');
            if !words.into_iter().any(|word| word == "unsafe") {
                continue;
            }
            let nearby = &text[at.saturating_sub(5)..at];
            if source.room() != Some("device") {
                broken.push(format!("{}:{at}: unsafe outside device", source.name()));
            } else if !nearby.iter().any(|line| line.contains("SAFETY:")) {
                broken.push(format!("{}:{at}: no `// SAFETY:` above", source.name()));
            }
        }
    }
    hold("unsafe stands only in device, under a comment that says why it is sound", broken);
}

#[test]
fn no_file_is_long() {
    let mut broken = Vec::new();
    for (folder, most) in LINES_MAX {
        for source in sources(folder) {
            let lines = source.code.lines().filter(|line| !line.trim().is_empty()).count();
            if lines > most {
                broken.push(format!("{}: {lines} lines of code, at most {most}", source.name()));
            }
        }
    }
    hold("no file is so long that it holds two subjects", broken);
}

#[test]
fn every_module_says_what_it_is_for() {
    let broken = sources("src")
        .iter()
        .filter(|source| !source.text.starts_with("//! "))
        .map(Source::name)
        .collect();
    hold("a file begins with //! and what it is for", broken);
}

#[test]
fn nothing_is_left_unfinished() {
    let mut broken = Vec::new();
    for source in sources("src").into_iter().chain(sources("tests")) {
        if source.path.ends_with(file!()) {
            continue;
        }
        for (at, line) in source.lines() {
            if ["todo!(", "unimplemented!(", "dbg!(", "#[ignore"].iter().any(|w| line.contains(w)) {
                broken.push(format!("{}:{at}: {}", source.name(), line.trim()));
            }
        }
    }
    hold("no todo!, unimplemented!, dbg! or #[ignore] is left", broken);
}

#[test]
fn every_dependency_names_its_need() {
    let manifest = fs::read_to_string(root().join("Cargo.toml")).expect("Cargo.toml");
    let (mut inside, mut before, mut broken) = (false, "", Vec::new());
    for line in manifest.lines() {
        if line.starts_with('[') {
            inside = line.ends_with("dependencies]");
        } else if inside && !line.trim().is_empty() && !line.starts_with('#') {
            if !before.starts_with("# ") {
                broken.push(line.to_owned());
            }
            if line.contains("git =") || line.contains("path =") {
                broken.push(format!("{line} (not from the registry)"));
            }
        }
        before = line;
    }
    hold("each dependency has a comment line above it that names the need it serves", broken);
}

/// Crates whose purpose is a network, or a C library that comes with one.
const NETWORK: &[&str] = &[
    "async-std",
    "curl",
    "h2",
    "hyper",
    "native-tls",
    "openssl",
    "quinn",
    "reqwest",
    "rustls",
    "smol",
    "socket2",
    "tokio",
    "tungstenite",
    "ureq",
];

#[test]
fn every_crate_is_pinned_and_none_is_for_a_network() {
    let lock = fs::read_to_string(root().join("Cargo.lock")).expect("Cargo.lock");
    let mut broken = Vec::new();
    for package in lock.split("[[package]]").skip(1) {
        let field = |name: &str| {
            let line = package.lines().find_map(|line| line.strip_prefix(name));
            line.map(|value| value.trim_start_matches(" = ").trim_matches('"'))
        };
        let name = field("name").expect("each package has a name");
        if NETWORK.contains(&name) {
            broken.push(format!("{name} is for a network"));
        }
        let pinned = field("source").is_some_and(|source| source.starts_with("registry+"))
            && field("checksum").is_some();
        if name != env!("CARGO_PKG_NAME") && !pinned {
            broken.push(format!("{name} is not pinned by a checksum"));
        }
    }
    hold("each crate comes from the registry, pinned, and none speaks to a network", broken);
}
