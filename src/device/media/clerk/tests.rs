//! The clerk's errands, on plain folders in place of mounted sticks.

use super::super::scratch::{Folders, Scratch, fat32, plug};
use super::*;
use crate::app::appliance::AnswerKind;
use std::path::Path;

/// Sticks in a made-up machine.
struct Desk {
    scratch: Scratch,
    clerk: Clerk<Folders>,
}

impl Desk {
    fn new(name: &str) -> Self {
        let scratch = Scratch::new(&format!("clerk-{name}"));
        let folders = Folders::of(&scratch);
        let clerk = Clerk::new(Sticks::new(scratch.roots(), folders));
        Self { scratch, clerk }
    }

    fn plug(&self, name: &str, port: u8, serial: u8) {
        let bus = format!("pci0000:00/usb1/1-{port}/host{port}");
        plug(&self.scratch, &bus, name, 8_000_000, &[("vendor", "Maker"), ("model", "Flash")]);
        self.scratch.write(&format!("dev/{name}"), &fat32([serial; 4], b"PAYMENTS   "));
        self.scratch.write(&format!("sticks/{name}/notes.doc"), b"");
    }

    fn unplug(&self, name: &str) {
        std::fs::remove_file(self.scratch.path(&format!("sys/block/{name}"))).expect("plugged in");
    }

    fn one(&mut self) -> FileEntry {
        let list = self.clerk.list().expect("a list");
        assert_eq!(list.len(), 1, "{list:?}");
        list[0].clone()
    }

    fn answer(&self, beside: Option<FileId>) -> Result<String, MediaError> {
        let bytes = b"signed".to_vec();
        self.clerk.write(&Answered { bytes, kind: AnswerKind::Signed, beside })
    }

    fn mounted(&self) -> Vec<(String, Access)> {
        self.clerk.sticks.mounts.seen.take()
    }
}

#[test]
fn a_file_is_listed_read_and_answered_and_only_the_answer_mounts_writable() {
    let mut desk = Desk::new("road");
    desk.plug("sdb", 1, 1);
    desk.scratch.write("sticks/sdb/folder/rent.psbt", b"psbt\xff");
    let entry = desk.one();
    assert_eq!(
        (entry.name.as_str(), entry.medium.as_str(), entry.size),
        ("folder/rent.psbt", "PAYMENTS 4 GB", 5)
    );
    assert_eq!(desk.clerk.read(entry.id), Ok(b"psbt\xff".to_vec()));
    assert!(desk.mounted().iter().all(|(_, access)| *access == Access::Read));
    assert_eq!(desk.answer(Some(entry.id)).as_deref(), Ok("folder/rent-signed.psbt"));
    let mounts = desk.mounted();
    assert_eq!(mounts, [("sdb".into(), Access::Write), ("sdb".into(), Access::Read)]);
    assert_eq!(desk.scratch.names("sticks/sdb/folder"), ["rent-signed.psbt", "rent.psbt"]);
}

#[test]
fn no_stick_and_a_stick_without_files_are_told_apart() {
    let mut desk = Desk::new("none");
    assert_eq!(desk.clerk.list(), Err(MediaError::NoMedium));
    assert_eq!(desk.answer(None), Err(MediaError::NoMedium));
    desk.plug("sdb", 1, 1);
    assert_eq!(desk.clerk.list(), Ok(vec![]));
    desk.scratch.write("dev/sdb", &[0; 4096]);
    assert_eq!(desk.clerk.list(), Err(MediaError::NoFileSystem));
}

#[test]
fn the_stick_may_move_to_another_port() {
    let mut desk = Desk::new("moved");
    desk.plug("sdb", 1, 1);
    desk.scratch.write("sticks/sdb/a.psbt", b"x");
    let entry = desk.one();
    desk.unplug("sdb");
    assert_eq!(desk.clerk.read(entry.id), Err(MediaError::FileGone));
    desk.plug("sdc", 2, 1);
    desk.scratch.write("sticks/sdc/a.psbt", b"x");
    assert_eq!(desk.answer(Some(entry.id)).as_deref(), Ok("a-signed.psbt"));
    assert!(desk.scratch.names("sticks/sdc").contains(&"a-signed.psbt".into()));
}

#[test]
fn another_stick_takes_the_answer_in_its_top_folder_but_only_if_it_is_the_only_one() {
    let mut desk = Desk::new("other");
    desk.plug("sdb", 1, 1);
    desk.scratch.write("sticks/sdb/folder/a.psbt", b"x");
    let entry = desk.one();
    desk.unplug("sdb");
    desk.plug("sdc", 2, 2);
    assert_eq!(desk.answer(Some(entry.id)).as_deref(), Ok("a-signed.psbt"));
    assert!(desk.scratch.names("sticks/sdc").contains(&"a-signed.psbt".into()));
    desk.plug("sdd", 3, 3);
    assert_eq!(desk.answer(Some(entry.id)), Err(MediaError::Several));
    assert_eq!(desk.answer(None), Err(MediaError::Several));
    // once its own is back, there is no question
    desk.plug("sdb", 1, 1);
    assert_eq!(desk.answer(Some(entry.id)).as_deref(), Ok("folder/a-signed.psbt"));
}

#[test]
fn the_boot_stick_is_neither_read_nor_written() {
    let mut desk = Desk::new("boot");
    desk.plug("sda", 1, 1);
    desk.scratch.write("sticks/sda/a.psbt", b"x");
    let mut image = fat32([1; 4], b"PAYMENTS   ");
    image.resize(40 * 2048, 0);
    image[32_768..32_774].copy_from_slice(b"\x01CD001");
    image[32_808..32_840].copy_from_slice(format!("{:32}", "COLDLIGHT").as_bytes());
    image[32_848] = 40;
    desk.scratch.write("dev/sda", &image);
    assert_eq!(desk.clerk.list(), Err(MediaError::NoMedium));
    assert_eq!(desk.answer(None), Err(MediaError::NoMedium));
    assert!(desk.mounted().is_empty());
}

#[test]
fn a_write_protected_stick_says_so_and_the_answer_can_be_written_again() {
    let mut desk = Desk::new("locked");
    desk.plug("sdb", 1, 1);
    desk.scratch.write("sticks/sdb/a.psbt", b"x");
    desk.scratch.write("sticks/sdb/LOCKED", b"");
    let entry = desk.one();
    assert_eq!(desk.answer(Some(entry.id)), Err(MediaError::WriteProtected));
    std::fs::remove_file(desk.scratch.path("sticks/sdb/LOCKED")).expect("there");
    assert_eq!(desk.answer(Some(entry.id)).as_deref(), Ok("a-signed.psbt"));
}

#[test]
fn what_does_not_read_back_is_not_called_written() {
    let faults: [fn(&Path); 3] = [
        |stick| std::fs::write(stick.join("a-signed.psbt"), b"sigmed").expect("can be changed"),
        |stick| std::fs::write(stick.join("a-signed.psbt"), b"signed!").expect("can be changed"),
        |stick| std::fs::remove_file(stick.join("a-signed.psbt")).expect("can be lost"),
    ];
    for (number, fault) in faults.into_iter().enumerate() {
        let mut desk = Desk::new(&format!("differs-{number}"));
        desk.plug("sdb", 1, 1);
        desk.scratch.write("sticks/sdb/a.psbt", b"x");
        let entry = desk.one();
        desk.mounted();
        desk.clerk.sticks.mounts.fault = Some(fault);
        assert_eq!(desk.answer(Some(entry.id)), Err(MediaError::Differs));
    }
}

#[test]
fn a_hundred_files_are_shown_the_newest_first() {
    let mut desk = Desk::new("many");
    desk.plug("sdb", 1, 1);
    for number in 0..120 {
        let name = format!("sticks/sdb/{number}.psbt");
        desk.scratch.write(&name, b"x");
        let file = std::fs::File::options().write(true).open(desk.scratch.path(&name));
        let time = std::time::UNIX_EPOCH + std::time::Duration::from_secs(1_000_000 + number);
        file.expect("there").set_modified(time).expect("its time can be set");
    }
    let list = desk.clerk.list().expect("a list");
    assert_eq!(list.len(), 100);
    let names: Vec<_> = list.iter().take(3).map(|entry| entry.name.as_str()).collect();
    assert_eq!(names, ["119.psbt", "118.psbt", "117.psbt"]);
    // ids of an earlier list still stand for the same files
    desk.clerk.list().expect("a list");
    assert_eq!(desk.clerk.read(list[0].id), Ok(b"x".to_vec()));
}

#[test]
fn names_are_printable_and_short() {
    let mut desk = Desk::new("names");
    desk.plug("sdb", 1, 1);
    desk.scratch.write("sticks/sdb/\u{1b}[2J\u{202e}tbsp.psbt", b"x");
    let entry = desk.one();
    assert_eq!(entry.name, "<U+001B>[2J<U+202E>tbsp.psbt");
    let long =
        FileEntry { name: shown(&Place { folder: None, name: "x".repeat(255).into() }), ..entry };
    assert_eq!(long.name.len(), NAME);
}
