//! The stick that the machine was booted from: the image on it is found by its own name, and its
//! SHA-256 is what `SHA256SUMS` has for it, read on another computer.

use super::{Roots, Volume, disks};
use crate::app::appliance::BootStick;
use crate::app::{Event, News};
use bitcoin::hashes::{Hash, HashEngine, sha256};
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::sync::mpsc::SyncSender;
use std::thread;
use std::time::{Duration, Instant};

/// Where the primary volume descriptor is (ECMA-119: sector 16 of 2,048 bytes each).
const DESCRIPTOR: u64 = 16 * SECTOR;
/// Bytes of a sector of ISO 9660.
const SECTOR: u64 = 2_048;
/// The volume identifier of our image.
const NAME: &str = "COLDLIGHT";
/// Largest image that is taken for ours, in bytes.
const LARGEST: u64 = 64 * 1024 * 1024;
/// Bytes that are read at once.
const PIECE: usize = 256 * 1024;
/// Between two pieces, so that the reading does not hold up the screen.
const PAUSE: Duration = Duration::from_millis(5);
/// Slow sticks take some seconds to show up.
const PATIENCE: Duration = Duration::from_secs(10);
/// Between two looks for the stick.
const LOOK: Duration = Duration::from_millis(500);

/// The length in bytes of the image of ours on a disk. None where there is none.
pub(super) fn image_on(disk: &Volume) -> Option<u64> {
    let mut descriptor = [0; SECTOR as usize];
    let mut file = File::open(&disk.node).ok()?;
    file.seek(SeekFrom::Start(DESCRIPTOR)).ok()?;
    file.read_exact(&mut descriptor).ok()?;
    image(&descriptor).filter(|bytes| *bytes <= disk.bytes)
}

/// The length that a primary volume descriptor of our image says, in bytes.
fn image(descriptor: &[u8; SECTOR as usize]) -> Option<u64> {
    let name = std::str::from_utf8(&descriptor[40..72]).ok()?;
    let sectors: [u8; 4] = descriptor[80..84].try_into().ok()?;
    let bytes = u64::from(u32::from_le_bytes(sectors)) * SECTOR;
    let ours = descriptor[..6] == *b"\x01CD001" && name.trim_end_matches(' ') == NAME;
    (ours && bytes > DESCRIPTOR && bytes <= LARGEST).then_some(bytes)
}

/// Looks for the boot stick, reads it, and tells the outcome, in a thread of its own.
pub fn watch(events: SyncSender<Event>) -> io::Result<()> {
    let tell = move |stick| events.send(Event::Machine(News::BootStick(stick))).is_ok();
    let work = move || {
        let _ = tell(look(&Roots::default(), PATIENCE, &|stick| {
            thread::sleep(PAUSE);
            tell(stick)
        }));
    };
    thread::Builder::new().name("boot-stick".into()).spawn(work).map(drop)
}

/// What becomes of the boot stick in the end; `tell` hears how far it is, and says whether anybody
/// still listens.
fn look(roots: &Roots, patience: Duration, tell: &dyn Fn(BootStick) -> bool) -> BootStick {
    let began = Instant::now();
    loop {
        let found = disks(roots).into_iter().map(|disk| disk.whole);
        let images: Vec<_> = found.filter_map(|whole| Some((image_on(&whole)?, whole))).collect();
        // Of several none says that it was the one.
        if let [(bytes, whole)] = &images[..] {
            let read = File::open(&whole.node).and_then(|file| hash(file, *bytes, tell));
            return read.map_or(BootStick::Lost, BootStick::Read);
        }
        if began.elapsed() >= patience {
            return BootStick::NotFound;
        }
        thread::sleep(LOOK);
    }
}

/// SHA-256 over exactly the first `bytes`.
fn hash(
    mut source: impl Read,
    bytes: u64,
    tell: &dyn Fn(BootStick) -> bool,
) -> io::Result<[u8; 32]> {
    let mut engine = sha256::Hash::engine();
    let mut piece = vec![0; PIECE];
    let (mut left, mut said) = (bytes, 0);
    while left > 0 {
        let part = piece.len().min(usize::try_from(left).unwrap_or(PIECE));
        source.read_exact(&mut piece[..part])?;
        engine.input(&piece[..part]);
        left -= part as u64;
        let percent = u8::try_from((bytes - left) * 100 / bytes).unwrap_or(100);
        if percent != said && !tell(BootStick::Reading(percent)) {
            return Err(io::ErrorKind::BrokenPipe.into());
        }
        said = percent;
    }
    Ok(sha256::Hash::from_engine(engine).to_byte_array())
}

#[cfg(test)]
mod tests {
    use super::super::scratch::{Scratch, plug};
    use super::*;
    use std::cell::RefCell;

    const HUB: &str = "pci0000:00/0000:00:14.0/usb1/1-1/1-1:1.0/host0/target0:0:0/0:0:0:0";
    const DISK: &str = "pci0000:00/0000:00:17.0/ata1/host1/target1:0:0/1:0:0:0";

    /// A stick with an image of so many sectors, and other bytes behind it.
    fn stick(name: &[u8], sectors: u32) -> Vec<u8> {
        let mut bytes: Vec<u8> = (0..sectors as usize * 2048).map(|at| (at % 251) as u8).collect();
        bytes.resize(bytes.len().max(17 * 2048), 0);
        let descriptor = &mut bytes[16 * 2048..17 * 2048];
        descriptor[..6].copy_from_slice(b"\x01CD001");
        descriptor[40..72].fill(b' ');
        descriptor[40..40 + name.len()].copy_from_slice(name);
        descriptor[80..84].copy_from_slice(&sectors.to_le_bytes());
        bytes.extend([0xee; 4096]);
        bytes
    }

    fn found(scratch: &Scratch) -> (BootStick, Vec<BootStick>) {
        let heard = RefCell::new(vec![]);
        let outcome = look(&scratch.roots(), Duration::ZERO, &|stick| {
            heard.borrow_mut().push(stick);
            true
        });
        (outcome, heard.into_inner())
    }

    #[test]
    fn the_hash_is_over_the_image_and_over_nothing_behind_it() {
        let scratch = Scratch::new("boot");
        let bytes = stick(b"COLDLIGHT", 600);
        plug(&scratch, HUB, "sda", bytes.len() as u64 / 512, &[]);
        scratch.write("dev/sda", &bytes);
        let (outcome, heard) = found(&scratch);
        let expected = sha256::Hash::hash(&bytes[..600 * 2048]).to_byte_array();
        assert_eq!(outcome, BootStick::Read(expected));
        assert_eq!(heard.last(), Some(&BootStick::Reading(100)));
        assert!(heard.len() > 2, "{heard:?}");
    }

    #[test]
    fn only_our_image_on_a_removable_disk_is_the_boot_stick() {
        for (at, bus, bytes) in [
            ("other", HUB, stick(b"DEBIAN", 600)),
            ("longer", HUB, stick(b"COLDLIGHT2", 600)),
            ("small", HUB, stick(b"COLDLIGHT", 16)),
            ("internal", DISK, stick(b"COLDLIGHT", 600)),
            ("short", HUB, stick(b"COLDLIGHT", 600)[..40_000].to_vec()),
            ("empty", HUB, vec![0; 40_960]),
        ] {
            let scratch = Scratch::new(&format!("boot-{at}"));
            plug(&scratch, bus, "sda", bytes.len() as u64 / 512, &[]);
            scratch.write("dev/sda", &bytes);
            assert_eq!(found(&scratch), (BootStick::NotFound, vec![]), "{at}");
        }
    }

    #[test]
    fn of_two_sticks_with_our_image_neither_is_called_the_boot_stick() {
        let scratch = Scratch::new("boot-two");
        let bytes = stick(b"COLDLIGHT", 600);
        let other = HUB.replace("1-1", "1-2");
        for (name, bus) in [("sda", HUB), ("sdb", other.as_str())] {
            plug(&scratch, bus, name, bytes.len() as u64 / 512, &[]);
            scratch.write(&format!("dev/{name}"), &bytes);
        }
        assert_eq!(found(&scratch), (BootStick::NotFound, vec![]));
    }

    #[test]
    fn an_image_larger_than_any_of_ours_is_not_read() {
        let mut descriptor = [0; 2048];
        descriptor.copy_from_slice(&stick(b"COLDLIGHT", 600)[16 * 2048..17 * 2048]);
        descriptor[80..84].copy_from_slice(&u32::MAX.to_le_bytes());
        assert_eq!(image(&descriptor), None);
        descriptor[80..84].copy_from_slice(&32_768_u32.to_le_bytes());
        assert_eq!(image(&descriptor), Some(LARGEST));
    }

    #[test]
    fn a_stick_that_ends_early_was_lost() {
        let scratch = Scratch::new("boot-lost");
        let bytes = stick(b"COLDLIGHT", 600);
        plug(&scratch, HUB, "sda", bytes.len() as u64 / 512, &[]);
        scratch.write("dev/sda", &bytes[..500 * 2048]);
        assert_eq!(found(&scratch).0, BootStick::Lost);
    }

    #[test]
    fn nobody_listening_ends_the_reading() {
        let silent = hash(io::repeat(7), 64 * PIECE as u64, &|_| false);
        assert!(silent.is_err());
    }
}
