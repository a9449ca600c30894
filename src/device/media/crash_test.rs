//! Test builds only: makes a vault on each stick that is plugged in and writes it again and again, by
//! the errands of the real signer. A test that watches the stick then cuts the power wherever it
//! wants. What is done, and what is acknowledged, is told on the stick itself, before its partition.

use super::boot::image_on;
use super::{Disk, Media, Roots, disks};
use crate::app::storage::{MediumId, Patch, VaultErrand, VaultId, VaultNews};
use crate::app::{Event, News};
use crate::device::random::KernelRandom;
use crate::keys::Generator;
use crate::vault::contents::{Record, Text};
use crate::vault::{Blank, Contents, Cost, Created, Draft, Locks, Piece, Step, Unlock};
use rustix::fs::OFlags;
use std::fmt::Display;
use std::fs::OpenOptions;
use std::io;
use std::os::unix::fs::{FileExt, OpenOptionsExt};
use std::sync::mpsc::{Receiver, sync_channel};
use std::thread;
use std::time::Duration;

/// What opens the vaults.
const PASSPHRASE: &str = "until the power goes";
/// Writes of each vault after it was made.
const WRITES: u32 = 6;
/// Between two looks for a stick.
const LOOK: Duration = Duration::from_millis(200);
/// Where marks are written: the sector behind the boot record, which belongs to no file system.
const MARKS: u64 = 512;

/// Serves one stick after the other, for as long as the machine runs. A failure ends the signer.
pub fn keep_vaults() -> io::Result<()> {
    let (events, news) = sync_channel(16);
    let media = Media::start(events, Generator::new(KernelRandom))?;
    let mut work = Work { media, news, random: Generator::new(KernelRandom) };
    thread::Builder::new().name("crash-test".into()).spawn(move || {
        loop {
            let stick = plugged();
            if let Err(what) = work.keep(&stick) {
                // It may be that the stick cannot be written at all.
                let _ = mark(&stick, &format!("failed: {what}"));
                panic!("{what}");
            }
            while disks(&Roots::default()).contains(&stick) {
                thread::sleep(LOOK);
            }
        }
    })?;
    Ok(())
}

/// Waits for a stick other than the one that the machine was booted from.
fn plugged() -> Disk {
    loop {
        let other = |disk: &Disk| !disk.partitions.is_empty() && image_on(&disk.whole).is_none();
        if let Some(stick) = disks(&Roots::default()).into_iter().find(other) {
            return stick;
        }
        thread::sleep(LOOK);
    }
}

/// As the kernel wants memory that goes to a disk without its cache.
#[repr(align(4096))]
struct Sector([u8; 512]);

/// Tells on the stick what happens next, or has happened. The write goes straight to the stick, and
/// no flush follows it: one would make up for a flush that the signer forgot.
fn mark(stick: &Disk, what: &str) -> Result<(), String> {
    let mut sector = Sector([0; 512]);
    sector.0.iter_mut().zip(what.bytes()).for_each(|(to, from)| *to = from);
    let direct = OFlags::DIRECT.bits() as i32;
    OpenOptions::new()
        .write(true)
        .custom_flags(direct)
        .open(&stick.whole.node)
        .and_then(|disk| disk.write_all_at(&sector.0, MARKS))
        .map_err(said)
}

fn said(error: impl Display) -> String {
    error.to_string()
}

/// The number of the write that made them.
fn contents(number: u32) -> Result<Contents, String> {
    let name = Text::new("write").map_err(|_| "a name")?;
    let record = Record::new(name, number.to_string().into_bytes()).map_err(|_| "a record")?;
    let mut contents = Contents::default();
    contents.records.push(record).map_err(|_| "no room")?;
    Ok(contents)
}

fn patch(piece: &Piece) -> Patch {
    Patch { offset: piece.offset, bytes: piece.bytes.clone() }
}

/// What the vaults are made with.
struct Work {
    media: Media,
    news: Receiver<Event>,
    random: Generator,
}

impl Work {
    /// A vault on this stick, from its making to its last write.
    fn keep(&mut self, stick: &Disk) -> Result<(), String> {
        let on = self.medium()?;
        let least = Cost::new(Cost::MEMORY_LEAST, 1, 1).map_err(said)?;
        let blank = Blank::new(least, &mut self.random).map_err(said)?;
        let unlock = Unlock::derive(&blank.terms(), PASSPHRASE, None).map_err(said)?;
        let mut locks = Locks::new();
        let holder = Text::new("Alice").map_err(|_| "a name")?;
        locks.passphrase(holder, unlock).map_err(said)?;
        let first = Draft { locks: &locks, contents: &contents(0)? };
        let made = blank.create(&first, None, &mut self.random).map_err(said)?;
        let Created { file, mut opened } = made;

        mark(stick, "create 0")?;
        let vault = match self.ask(VaultErrand::Create { on, bytes: file })? {
            VaultNews::Created(made) => made?.id,
            _ => return Err("not the answer to Create".into()),
        };
        mark(stick, "created 0")?;
        for number in 1..=WRITES {
            let write = opened.seal(&contents(number)?, &mut self.random).map_err(said)?;
            mark(stick, &format!("write {number}"))?;
            self.write(vault, write.step())?;
            opened.settle(write);
            mark(stick, &format!("written {number}"))?;
            let step = opened.mirror().ok_or("nothing to mirror")?;
            mark(stick, &format!("mirror {number}"))?;
            self.write(vault, &step)?;
            opened.mirrored();
            mark(stick, &format!("mirrored {number}"))?;
        }
        mark(stick, "end")
    }

    /// The one stick that has a file system.
    fn medium(&self) -> Result<MediumId, String> {
        match self.ask(VaultErrand::Look)? {
            VaultNews::Found(found) => {
                let found = found?.media;
                found.first().map(|medium| medium.id).ok_or_else(|| "no stick".into())
            }
            _ => Err("not the answer to Look".into()),
        }
    }

    fn write(&self, vault: VaultId, step: &Step) -> Result<(), String> {
        let errand =
            VaultErrand::Write { vault, patch: patch(&step.patch), guard: patch(&step.guard) };
        match self.ask(errand)? {
            VaultNews::Written(_, done) => done,
            _ => Err("not the answer to Write".into()),
        }
    }

    /// Has an errand done, and waits for its end.
    fn ask(&self, errand: VaultErrand) -> Result<VaultNews, String> {
        self.media.keep(errand);
        match self.news.recv().map_err(said)? {
            Event::Machine(News::Vault(news)) => Ok(news),
            _ => Err("news of something else".into()),
        }
    }
}
