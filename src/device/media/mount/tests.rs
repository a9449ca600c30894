//! Real file systems on loop devices. Each part that this machine cannot do (no root, no loop
//! devices, no such file system in the kernel, no tool that makes it) is said and left out; the
//! image's own tests mount real sticks.

use super::super::answer;
use super::super::filesystem::FileSystem;
use super::super::folder::{self, Place};
use super::super::scratch::Scratch;
use super::*;
use crate::app::appliance::{AnswerKind, begins_as_psbt};
use std::fs;
use std::process::Command;

/// Each file system with the command that makes it.
const MADE: [(Kind, &[&str]); 4] = [
    (Kind::Vfat, &["mkfs.vfat", "-F", "32", "-n", "STICK"]),
    (Kind::Vfat, &["mkfs.vfat", "-F", "16"]),
    (Kind::ExFat, &["mkfs.exfat"]),
    (Kind::Ext4, &["mkfs.ext4", "-q", "-F", "-L", "STICK"]),
];

/// Bytes of a stick.
const BYTES: u64 = 40 << 20;

/// The output of a command that succeeded.
fn output(words: &[&str]) -> Option<String> {
    let done = Command::new(words[0]).args(&words[1..]).output().ok()?;
    done.status.success().then(|| String::from_utf8_lossy(&done.stdout).trim().to_owned())
}

/// A made stick as a file; None, and a word about it, where the tool is missing.
fn stick(scratch: &Scratch, command: &[&str]) -> Option<PathBuf> {
    let path = scratch.path("stick.img");
    let file = fs::File::create(&path).expect("can be written");
    file.set_len(BYTES).expect("can be that long");
    let path_text = path.display().to_string();
    let made = output(&[command, &[path_text.as_str()]].concat());
    if made.is_none() {
        eprintln!("left out: {} is not here", command[0]);
    }
    made.map(|_| path)
}

/// A loop device; taken down when dropped.
struct Loop(String);

impl Loop {
    fn of(image: &Path, read_only: bool) -> Option<Self> {
        let image = image.display().to_string();
        let options: &[&str] = if read_only { &["-r"] } else { &[] };
        let node = output(&[&["losetup", "-f", "--show"], options, &[image.as_str()]].concat());
        if node.is_none() {
            eprintln!("left out: no loop device can be set up here");
        }
        node.map(Self)
    }
}

impl Drop for Loop {
    fn drop(&mut self) {
        let _ = output(&["losetup", "-d", &self.0]);
    }
}

/// Mounts in the scratch folder; None, and a word about it, where the kernel cannot.
fn mounts(scratch: &Scratch, node: &Loop, kind: Kind) -> Option<KernelMounts> {
    let at = scratch.path("media");
    fs::create_dir_all(&at).expect("can be made");
    let mounts = KernelMounts { at };
    match mounts.mount(Path::new(&node.0), kind, Access::Read) {
        Ok(_) => Some(mounts),
        Err(error) => {
            eprintln!("left out: this machine does not mount {kind:?}: {error}");
            None
        }
    }
}

fn is_mounted(scratch: &Scratch) -> bool {
    let mounted = fs::read_to_string("/proc/self/mountinfo").expect("proc is there");
    mounted.contains(&scratch.path("media").display().to_string())
}

#[test]
fn what_the_tools_make_is_known_by_its_first_bytes() {
    for (number, (kind, command)) in MADE.into_iter().enumerate() {
        let scratch = Scratch::new(&format!("made-{number}"));
        let Some(image) = stick(&scratch, command) else { continue };
        let found = FileSystem::of(&image).expect("it is known");
        assert_eq!(found.kind, kind, "{command:?}");
        assert_ne!(found.serial, [0; 16], "{command:?}");
        let named = command.contains(&"STICK");
        assert_eq!(found.label.as_deref(), named.then_some("STICK"), "{command:?}");
    }
}

#[test]
fn an_answer_is_written_to_a_real_stick_and_reads_back_after_it_was_taken_out() {
    for (number, (kind, command)) in MADE.into_iter().enumerate() {
        let scratch = Scratch::new(&format!("written-{number}"));
        let Some(image) = stick(&scratch, command) else { continue };
        let Some(node) = Loop::of(&image, false) else { continue };
        let Some(mounts) = mounts(&scratch, &node, kind) else { continue };
        let mount = |access| mounts.mount(Path::new(&node.0), kind, access);

        let mounted = mount(Access::Write).expect("writable");
        fs::write(mounted.root().join("Miete für Mai.psbt"), b"psbt\xff").expect("can be written");
        mounted.close().expect("taken out");
        assert!(!is_mounted(&scratch));

        let mounted = mount(Access::Read).expect("readable");
        let found = folder::list(mounted.root(), 1_000, begins_as_psbt).expect("a list");
        let original = found.first().expect("one file").place.clone();
        assert_eq!(original, Place { folder: None, name: "Miete für Mai.psbt".into() });
        let refused = answer::write(mounted.root(), Some(&original), AnswerKind::Signed, b"x");
        assert_eq!(refused, Err(MediaError::WriteProtected));
        mounted.close().expect("taken out");

        for expected in ["Miete für Mai-signed.psbt", "Miete für Mai-signed-2.psbt"] {
            let mounted = mount(Access::Write).expect("writable");
            let written =
                answer::write(mounted.root(), Some(&original), AnswerKind::Signed, b"signed");
            mounted.close().expect("taken out");
            let written = written.expect("written");
            assert_eq!(written.name, expected);
            let mounted = mount(Access::Read).expect("readable");
            assert_eq!(folder::read(mounted.root(), &written, 6), Ok(b"signed".to_vec()));
        }
    }
}

#[test]
fn a_full_stick_says_so_and_keeps_no_torn_file() {
    for (number, (kind, command)) in MADE.into_iter().enumerate() {
        let scratch = Scratch::new(&format!("full-{number}"));
        let Some(image) = stick(&scratch, command) else { continue };
        let Some(node) = Loop::of(&image, false) else { continue };
        let Some(mounts) = mounts(&scratch, &node, kind) else { continue };
        let mounted = mounts.mount(Path::new(&node.0), kind, Access::Write).expect("writable");
        let long = vec![7; BYTES as usize + 1];
        let refused = answer::write(mounted.root(), None, AnswerKind::Signed, &long);
        assert_eq!(refused, Err(MediaError::Full));
        let left = fs::read_dir(mounted.root()).expect("a folder").flatten();
        let left: Vec<_> = left.map(|entry| entry.file_name()).collect();
        assert!(left.is_empty() || left == ["lost+found"], "{left:?}");
    }
}

#[test]
fn reading_changes_no_byte_of_a_stick_even_where_its_journal_waits() {
    let scratch = Scratch::new("unchanged");
    let command = ["mkfs.ext4", "-q", "-F", "-O", "^metadata_csum"];
    let Some(image) = stick(&scratch, &command) else { return };
    // As after a stick was pulled out: the journal is to be replayed (needs_recovery, bit 2 of the
    // incompatible features at offset 96 of the superblock).
    let mut bytes = fs::read(&image).expect("there");
    bytes[1024 + 96] |= 4;
    fs::write(&image, &bytes).expect("can be written");
    let Some(node) = Loop::of(&image, false) else { return };
    let Some(mounts) = mounts(&scratch, &node, Kind::Ext4) else { return };
    let mounted = mounts.mount(Path::new(&node.0), Kind::Ext4, Access::Read).expect("readable");
    folder::list(mounted.root(), 1_000, begins_as_psbt).expect("a list");
    mounted.close().expect("taken out");
    drop(node);
    assert!(fs::read(&image).expect("there") == bytes, "a byte of the stick was changed");
}

#[test]
fn no_stick_decides_that_an_error_on_it_ends_the_kernel() {
    for access in [Access::Read, Access::Write] {
        let (_, options) = options(Kind::Ext4, access);
        let options = options.expect("there are some").to_str().expect("it is ASCII");
        assert!(options.split(',').any(|option| option == "errors=remount-ro"), "{options}");
    }
}

#[test]
fn a_write_protected_stick_says_so() {
    for (number, (kind, command)) in MADE.into_iter().enumerate() {
        let scratch = Scratch::new(&format!("protected-{number}"));
        let Some(image) = stick(&scratch, command) else { continue };
        let Some(node) = Loop::of(&image, true) else { continue };
        let Some(mounts) = mounts(&scratch, &node, kind) else { continue };
        let refused = mounts.mount(Path::new(&node.0), kind, Access::Write).map(drop);
        assert_eq!(refused, Err(MediaError::WriteProtected));
    }
}

#[test]
fn a_guard_that_is_dropped_takes_the_stick_out() {
    let scratch = Scratch::new("dropped");
    let Some(image) = stick(&scratch, MADE[3].1) else { return };
    let Some(node) = Loop::of(&image, false) else { return };
    let Some(mounts) = mounts(&scratch, &node, Kind::Ext4) else { return };
    let guard = mounts.mount(Path::new(&node.0), Kind::Ext4, Access::Write).expect("writable");
    let busy = fs::File::create(guard.root().join("held")).expect("can be written");
    assert!(is_mounted(&scratch));
    drop(guard);
    assert!(!is_mounted(&scratch), "even while a file is open");
    drop(busy);
}
