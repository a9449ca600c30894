//! The clerk's errands, on plain folders in place of mounted sticks.

use super::super::super::scratch::{Folders, Scratch, fat32, plug};
use super::*;
use crate::keys::{RandomError, RandomSource};
use crate::vault::layout;
use std::path::Path;

/// Looks random, and is the same in each run: SplitMix64.
struct Counter(u64);

impl RandomSource for Counter {
    fn fill(&mut self, bytes: &mut [u8]) -> Result<(), RandomError> {
        bytes.fill_with(|| {
            self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            ((mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb) >> 56) as u8
        });
        Ok(())
    }
}

/// Gives nothing.
struct Broken;

impl RandomSource for Broken {
    fn fill(&mut self, _: &mut [u8]) -> Result<(), RandomError> {
        Err(RandomError::Failed)
    }
}

/// What may be a vault: its slots differ from one another.
fn vault(filling: u8) -> Vec<u8> {
    let mut bytes = vec![filling; layout::FILE];
    for number in 0..layout::SLOTS {
        let begin = layout::slot(number).start;
        bytes[begin..begin + layout::MAGIC.len()].copy_from_slice(&layout::MAGIC);
        bytes[begin + layout::MAGIC.len()] = number as u8;
    }
    bytes
}

/// Sticks in a made-up machine.
struct Desk {
    scratch: Scratch,
    clerk: VaultClerk<Folders>,
}

impl Desk {
    fn new(name: &str) -> Self {
        Self::with(name, Generator::new(Counter(0)))
    }

    fn with(name: &str, random: Generator) -> Self {
        let scratch = Scratch::new(&format!("vaults-{name}"));
        let sticks = Sticks::new(scratch.roots(), Folders::of(&scratch));
        Self { clerk: VaultClerk::new(sticks, random), scratch }
    }

    fn plug(&self, name: &str, port: u8, serial: u8) {
        let bus = format!("pci0000:00/usb1/1-{port}/host{port}");
        self.plug_on(&bus, name, serial);
    }

    fn plug_on(&self, bus: &str, name: &str, serial: u8) {
        plug(&self.scratch, bus, name, 8_000_000, &[]);
        self.scratch.write(&format!("dev/{name}"), &fat32([serial; 4], b"VAULTS     "));
        self.scratch.write(&format!("sticks/{name}/notes.doc"), b"");
    }

    fn unplug(&self, name: &str) {
        std::fs::remove_file(self.scratch.path(&format!("sys/block/{name}"))).expect("plugged in");
    }

    /// One stick with this vault on it.
    fn of(name: &str, bytes: &[u8]) -> (Self, VaultId) {
        let mut desk = Self::new(name);
        desk.plug("sdb", 1, 1);
        desk.scratch.write("sticks/sdb/coldlight.vault", bytes);
        let vault = desk.found().vaults.remove(0).id;
        desk.mounted();
        (desk, vault)
    }

    fn found(&mut self) -> Plugged {
        self.clerk.look().expect("a stick")
    }

    fn on_stick(&self, file: &str) -> Vec<u8> {
        std::fs::read(self.scratch.path(&format!("sticks/sdb/{file}"))).expect("there")
    }

    fn fault(&mut self, fault: fn(&Path)) {
        self.clerk.sticks.mounts.fault = Some(fault);
    }

    fn mounted(&self) -> Vec<Access> {
        self.clerk.sticks.mounts.seen.take().into_iter().map(|(_, access)| access).collect()
    }
}

fn patch(offset: u64, bytes: &[u8]) -> Patch {
    Patch { offset, bytes: bytes.to_vec() }
}

const READ: Access = Access::Read;
const WRITE: Access = Access::Write;

#[test]
fn a_vault_is_made_found_read_and_written_in_place() {
    let mut desk = Desk::new("road");
    desk.plug("sdb", 1, 1);
    let plugged = desk.found();
    assert_eq!(plugged.vaults, []);
    let [medium] = &plugged.media[..] else { panic!("one stick") };
    assert_eq!((medium.name.as_str(), medium.key_file), ("VAULTS 4 GB", false));
    assert_eq!(desk.mounted(), [READ]);

    let mut bytes = vault(7);
    let made = desk.clerk.create(medium.id, &bytes).expect("made");
    assert_eq!((made.name.as_str(), made.medium.as_str()), ("coldlight.vault", "VAULTS 4 GB"));
    assert_eq!(made.on, medium.id);
    assert_eq!(desk.mounted(), [WRITE, READ]);
    assert_eq!(desk.scratch.names("sticks/sdb"), ["coldlight.vault", "notes.doc"]);

    let listed = desk.found().vaults.remove(0);
    assert_eq!(listed.heads, made.heads);
    assert_eq!(listed.heads[1], bytes[layout::SLOT..layout::SLOT + layout::HEAD]);
    assert_ne!(listed.id, made.id);
    assert!(desk.clerk.read(listed.id) == Ok(bytes.clone()));
    assert_eq!(desk.mounted(), [READ, READ]);

    let guard = patch(0, &bytes[..layout::HEAD]);
    let change = patch(layout::SLOT as u64, &[9; 5000]);
    desk.clerk.write(made.id, &change, &guard).expect("written");
    bytes[layout::SLOT..layout::SLOT + 5000].fill(9);
    assert!(desk.on_stick("coldlight.vault") == bytes);
    assert_eq!(desk.mounted(), [WRITE, READ]);
}

#[test]
fn a_second_vault_stands_beside_the_first() {
    let (mut desk, _) = Desk::of("second", &vault(1));
    let on = desk.found().media[0].id;
    let made = desk.clerk.create(on, &vault(2)).expect("made");
    assert_eq!(made.name, "coldlight-2.vault");
    assert_eq!(
        desk.clerk.create(on, &vault(3)).map(|made| made.name).unwrap(),
        "coldlight-3.vault"
    );
    assert!(desk.on_stick("coldlight.vault") == vault(1));
    assert_eq!(desk.found().vaults.len(), 3);
}

#[test]
fn only_usb_and_sd_cards_that_were_not_booted_from_are_ever_mounted() {
    let mut desk = Desk::new("buses");
    desk.plug_on("pci0000:00/0000:00:17.0/ata1/host0", "sda", 1);
    desk.plug_on("pci0000:00/0000:00:1d.0/nvme/nvme0", "nvme0n1", 2);
    desk.plug_on("platform/mmc_host/mmc0/mmc0:0001", "mmcblk0", 3);
    desk.scratch.write("sys/devices/platform/mmc_host/mmc0/mmc0:0001/type", b"MMC\n");
    let mut image = fat32([4; 4], b"VAULTS     ");
    image.resize(40 * 2048, 0);
    image[32_768..32_774].copy_from_slice(b"\x01CD001");
    image[32_808..32_840].copy_from_slice(format!("{:32}", "COLDLIGHT").as_bytes());
    image[32_848] = 40;
    desk.plug("sdc", 1, 4);
    desk.scratch.write("dev/sdc", &image);
    for disk in ["sda", "nvme0n1", "mmcblk0", "sdc"] {
        desk.scratch.write(&format!("sticks/{disk}/coldlight.vault"), &vault(1));
    }
    assert_eq!(desk.clerk.look(), Err(VaultError::Media(MediaError::NoMedium)));
    assert!(desk.mounted().is_empty());

    desk.plug_on("platform/mmc_host/mmc1/mmc1:aaaa", "mmcblk1", 5);
    desk.scratch.write("sys/devices/platform/mmc_host/mmc1/mmc1:aaaa/type", b"SD\n");
    desk.scratch.write("sticks/mmcblk1/coldlight.vault", &vault(1));
    assert_eq!(desk.found().vaults.len(), 1);
    assert_eq!(desk.clerk.sticks.mounts.seen.take(), [("mmcblk1".into(), READ)]);
}

#[test]
fn nothing_is_written_where_the_guard_does_not_stand() {
    let (desk, id) = Desk::of("guard", &vault(1));
    let change = patch(100, &[9; 10]);
    let refused = desk.clerk.write(id, &change, &patch(20, &[2; 10]));
    assert_eq!(refused, Err(VaultError::Changed));
    // a vault of the same length was put in its place
    desk.scratch.write("sticks/sdb/coldlight.vault", &vault(3));
    assert_eq!(desk.clerk.write(id, &change, &patch(20, &[1; 10])), Err(VaultError::Changed));
    assert!(desk.on_stick("coldlight.vault") == vault(3));
    // outside of the file there is no guard, and no room
    let outside = patch(layout::FILE as u64 - 5, &[3; 10]);
    assert_eq!(desk.clerk.write(id, &change, &outside), Err(VaultError::Changed));
    assert_eq!(desk.clerk.write(id, &outside, &change), Err(VaultError::Misfit));
    let far = patch(u64::MAX, &[3; 10]);
    assert_eq!(desk.clerk.write(id, &far, &change), Err(VaultError::Misfit));
    assert!(desk.on_stick("coldlight.vault") == vault(3));
}

#[test]
fn what_was_replaced_after_it_was_listed_is_not_read() {
    let lost = Err(VaultError::Media(MediaError::FileGone));
    type Replaced = (fn(&Path), Result<Vec<u8>, VaultError>);
    let replaced: [Replaced; 5] = [
        (|at| std::fs::write(at, &vault(1)[1..]).unwrap(), Err(VaultError::NotAVault)),
        (|at| std::fs::write(at, vec![0; layout::FILE]).unwrap(), Err(VaultError::NotAVault)),
        (|at| std::fs::remove_file(at).unwrap(), lost.clone()),
        (
            |at| {
                std::fs::rename(at, at.with_extension("other")).unwrap();
                std::os::unix::fs::symlink("coldlight.other", at).unwrap();
            },
            Err(VaultError::Media(MediaError::NotAFile)),
        ),
        (
            |at| {
                std::fs::remove_file(at).unwrap();
                std::fs::create_dir(at).unwrap();
            },
            Err(VaultError::Media(MediaError::NotAFile)),
        ),
    ];
    for (number, (replace, refused)) in replaced.into_iter().enumerate() {
        let (desk, id) = Desk::of(&format!("replaced-{number}"), &vault(1));
        replace(&desk.scratch.path("sticks/sdb/coldlight.vault"));
        assert!(desk.clerk.read(id) == refused, "{number}: {:?}", desk.clerk.read(id).err());
        assert!(desk.clerk.write(id, &patch(0, &[1]), &patch(0, &[1])).is_err());
        // what is left of a vault is destroyed, and nothing else
        assert_eq!(desk.clerk.destroy(id, &[]).is_ok(), number < 2, "{number}");
    }
    let (desk, id) = Desk::of("unplugged", &vault(1));
    desk.unplug("sdb");
    assert!(desk.clerk.read(id) == lost);
    desk.plug("sdc", 2, 1);
    desk.scratch.write("sticks/sdc/coldlight.vault", &vault(1));
    assert!(desk.clerk.read(id) == Ok(vault(1)), "the same stick in another port");
    assert!(desk.clerk.read(VaultId(99)) == lost);
}

#[test]
fn what_does_not_read_back_is_not_called_written() {
    let (desk, id) = Desk::of("differs", &vault(1));
    let mut desk = desk;
    desk.fault(|stick| {
        let path = stick.join("coldlight.vault");
        let mut bytes = std::fs::read(&path).unwrap();
        bytes[5000] ^= 1;
        std::fs::write(path, bytes).unwrap();
    });
    let guard = patch(0, &layout::MAGIC);
    assert_eq!(desk.clerk.write(id, &patch(4999, &[8; 3]), &guard), Err(VaultError::Differs));
    assert_eq!(desk.clerk.write(id, &patch(6000, &[8; 3]), &guard), Ok(()));

    let mut desk = Desk::new("lost");
    desk.plug("sdb", 1, 1);
    let on = desk.found().media[0].id;
    desk.fault(|stick| std::fs::remove_file(stick.join("coldlight.vault")).unwrap());
    assert_eq!(desk.clerk.create(on, &vault(1)), Err(VaultError::Differs));
    desk.fault(|stick| std::fs::write(stick.join("coldlight.key"), [0; 64]).unwrap());
    assert!(desk.clerk.create_key_file(on) == Err(VaultError::Differs));
}

#[test]
fn what_is_no_vault_is_not_made() {
    let mut desk = Desk::new("misfit");
    desk.plug("sdb", 1, 1);
    let on = desk.found().media[0].id;
    desk.mounted();
    for bytes in [&vault(1)[1..], &vault(1)[..layout::SLOT], &[]] {
        assert_eq!(desk.clerk.create(on, bytes), Err(VaultError::Misfit));
    }
    assert_eq!(desk.scratch.names("sticks/sdb"), ["notes.doc"]);
    let gone = Err(VaultError::Media(MediaError::FileGone));
    assert_eq!(desk.clerk.create(MediumId(99), &vault(1)), gone);
}

#[test]
fn a_write_protected_stick_says_so() {
    let (mut desk, id) = Desk::of("locked", &vault(1));
    desk.scratch.write("sticks/sdb/LOCKED", b"");
    let on = desk.found().media[0].id;
    let locked = VaultError::Media(MediaError::WriteProtected);
    assert_eq!(desk.clerk.create(on, &vault(2)), Err(locked));
    assert_eq!(desk.clerk.write(id, &patch(0, &[1]), &patch(0, b"C")), Err(locked));
    assert!(desk.clerk.create_key_file(on) == Err(locked));
    assert_eq!(desk.clerk.destroy(id, &[]), Err(locked));
    assert!(desk.on_stick("coldlight.vault") == vault(1));
}

#[test]
fn a_key_file_is_made_once_and_read_by_its_length() {
    let mut desk = Desk::new("key");
    desk.plug("sdb", 1, 1);
    let on = desk.found().media[0].id;
    assert!(desk.clerk.read_key_file(on) == Err(VaultError::NoKeyFile));
    let made = desk.clerk.create_key_file(on).expect("made");
    assert!(made.len() == 64 && desk.on_stick("coldlight.key") == *made);
    assert!(desk.found().media[0].key_file);
    assert!(*desk.clerk.read_key_file(on).expect("there") == *made);
    assert!(desk.clerk.create_key_file(on) == Err(VaultError::KeyFileThere));
    assert_eq!(desk.scratch.names("sticks/sdb"), ["coldlight.key", "notes.doc"]);
    for length in [0, 63, 65, 1 << 20] {
        desk.scratch.write("sticks/sdb/coldlight.key", &vec![1; length]);
        assert!(desk.clerk.read_key_file(on) == Err(VaultError::NotAKeyFile), "{length}");
    }
}

#[test]
fn without_random_bytes_no_key_file_is_made() {
    let mut desk = Desk::with("random", Generator::new(Broken));
    desk.plug("sdb", 1, 1);
    let on = desk.found().media[0].id;
    desk.mounted();
    let refused = Err(VaultError::Random(RandomError::Failed));
    assert!(desk.clerk.create_key_file(on) == refused);
    assert!(desk.mounted().is_empty());
    assert_eq!(desk.scratch.names("sticks/sdb"), ["notes.doc"]);
}

#[test]
fn a_destroyed_vaults_keys_are_gone_before_the_rest_and_then_the_file_is() {
    let (desk, id) = Desk::of("destroyed", &vault(1));
    let keys = [(0, layout::HEAD), (layout::SLOT as u64, layout::HEAD)];
    let done = desk.clerk.destroy(id, &keys).expect("destroyed");
    assert!(done.removed);
    assert_eq!(desk.mounted(), [WRITE, READ, WRITE]);
    assert_eq!(desk.scratch.names("sticks/sdb"), ["notes.doc"]);
    assert!(desk.clerk.read(id).is_err());

    let (desk, id) = Desk::of("outside", &vault(1));
    for keys in [(0, layout::FILE + 1), (layout::FILE as u64, 1), (u64::MAX, 1)] {
        assert_eq!(desk.clerk.destroy(id, &[keys]), Err(VaultError::Misfit));
    }
    assert!(desk.on_stick("coldlight.vault") == vault(1));
}

#[test]
fn a_vault_that_keeps_what_was_overwritten_is_not_called_destroyed() {
    let (mut desk, id) = Desk::of("kept", &vault(1));
    desk.fault(|stick| std::fs::write(stick.join("coldlight.vault"), vault(1)).unwrap());
    assert_eq!(desk.clerk.destroy(id, &[]), Err(VaultError::NotWiped));
    assert_eq!(desk.scratch.names("sticks/sdb"), ["coldlight.vault", "notes.doc"]);
}

#[test]
fn one_stick_that_fails_does_not_hide_another() {
    let mut desk = Desk::new("fails");
    desk.plug("sdb", 1, 1);
    desk.plug("sdc", 2, 2);
    desk.scratch.write("sticks/sdc/coldlight.vault", &vault(1));
    std::fs::remove_dir_all(desk.scratch.path("sticks/sdb")).unwrap();
    let found = desk.found();
    assert_eq!((found.media.len(), found.vaults.len()), (1, 1));
    std::fs::remove_dir_all(desk.scratch.path("sticks/sdc")).unwrap();
    assert_eq!(desk.clerk.look(), Err(VaultError::Media(MediaError::FileGone)));
}
