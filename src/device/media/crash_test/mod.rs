//! Test builds only: keeps vaults on the sticks that are plugged in, by the errands of the real
//! signer and without a user. A test that watches a stick then cuts the power wherever it wants, and
//! gives the signer back what that leaves. What is done is told on the stick itself, in the sector
//! behind its boot record, which belongs to no file system.

mod work;

use super::boot::image_on;
use super::{Disk, Roots, disks};
use rustix::fs::OFlags;
use std::fs::{File, OpenOptions};
use std::io;
use std::os::unix::fs::{FileExt, OpenOptionsExt};
use std::thread;
use std::time::Duration;
use work::Work;

/// Between two looks for a stick.
const LOOK: Duration = Duration::from_millis(200);
/// Where marks are, in bytes, and how long they are.
const MARKS: u64 = 512;
const MARK: usize = 512;
/// Stands on a stick that lost its power before: its vault is opened, repaired and written once.
const GO_ON: &[u8] = b"go on";

/// Serves one stick after the other, for as long as the machine runs. A failure ends the signer.
pub fn keep_vaults() -> io::Result<()> {
    let mut work = Work::new()?;
    thread::Builder::new().name("crash-test".into()).spawn(move || {
        loop {
            let stick = plugged();
            if let Err(what) = serve(&mut work, &stick) {
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

fn serve(work: &mut Work, stick: &Disk) -> Result<(), String> {
    let mut before = [0; MARK];
    let disk = File::open(&stick.whole.node).map_err(|error| error.to_string())?;
    disk.read_exact_at(&mut before, MARKS).map_err(|error| error.to_string())?;
    if before.starts_with(GO_ON) {
        mark(stick, &format!("went on: {}", work.go_on()?))
    } else {
        work.keep(&|what| mark(stick, what))?;
        mark(stick, "end")
    }
}

/// As the kernel wants memory that goes to a disk without its cache.
#[repr(align(4096))]
struct Sector([u8; MARK]);

/// Tells on the stick what happens next, or has happened. The write goes straight to the stick, and
/// no flush follows it: one would make up for a flush that the signer forgot.
fn mark(stick: &Disk, what: &str) -> Result<(), String> {
    let mut sector = Sector([0; MARK]);
    sector.0.iter_mut().zip(what.bytes()).for_each(|(to, from)| *to = from);
    OpenOptions::new()
        .write(true)
        .custom_flags(OFlags::DIRECT.bits() as i32)
        .open(&stick.whole.node)
        .and_then(|disk| disk.write_all_at(&sector.0, MARKS))
        .map_err(|error| error.to_string())
}
