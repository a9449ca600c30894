//! The removable disks of this machine. Removable or not is decided by the bus alone: many sticks
//! and all memory cards leave the kernel's own `removable` flag unset. Internal disks are never
//! looked at.

use crate::app::text::printable;
use std::fs;
use std::path::{Path, PathBuf};

/// Where the kernel shows its devices; tests have their own.
#[derive(Debug, Clone)]
pub struct Roots {
    /// Where sysfs is mounted.
    pub sys: PathBuf,
    /// Where the device nodes are.
    pub dev: PathBuf,
}

impl Default for Roots {
    fn default() -> Self {
        Self { sys: "/sys".into(), dev: "/dev".into() }
    }
}

/// A removable disk with a medium in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Disk {
    /// The whole disk.
    pub whole: Volume,
    /// Its partitions, in order.
    pub partitions: Vec<Volume>,
    /// What the disk calls itself, printable and short. Untrusted.
    pub model: String,
}

/// A disk or a partition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Volume {
    /// The device node.
    pub node: PathBuf,
    /// Bytes.
    pub bytes: u64,
}

impl Disk {
    /// Where file systems may be: its partitions, or the whole disk where it has none.
    pub fn volumes(&self) -> &[Volume] {
        if self.partitions.is_empty() {
            std::slice::from_ref(&self.whole)
        } else {
            &self.partitions
        }
    }
}

/// Entries of a folder in sysfs that are looked at, at most.
const MOST_NODES: usize = 256;
/// Removable disks at most.
const MOST_DISKS: usize = 16;
/// Partitions of a disk at most.
const MOST_PARTITIONS: usize = 16;
/// Characters of a model's name at most.
const MODEL: usize = 24;
/// The unit of `size` in sysfs, whatever the disk's own sectors are, in bytes.
const SECTOR: u64 = 512;

/// The removable disks that are plugged in, by name.
pub fn disks(roots: &Roots) -> Vec<Disk> {
    let mut found: Vec<Disk> = names(&roots.sys.join("block"))
        .into_iter()
        .filter_map(|name| disk(roots, &name))
        .take(MOST_DISKS)
        .collect();
    found.sort_by(|one, other| one.whole.node.cmp(&other.whole.node));
    found
}

fn disk(roots: &Roots, name: &str) -> Option<Disk> {
    let entry = roots.sys.join("block").join(name);
    if !is_removable(roots, &entry) {
        return None;
    }
    let whole = volume(roots, &entry, name)?;
    let mut partitions: Vec<(u32, Volume)> = names(&entry)
        .into_iter()
        .filter_map(|name| {
            let inner = entry.join(&name);
            let number = line(&inner.join("partition"))?.parse().ok()?;
            Some((number, volume(roots, &inner, &name)?))
        })
        .collect();
    partitions.sort_by_key(|(number, _)| *number);
    partitions.truncate(MOST_PARTITIONS);
    let words = ["vendor", "model", "name"];
    let words = words.iter().filter_map(|file| line(&entry.join("device").join(file)));
    let model = printable(&words.collect::<Vec<_>>().join(" "), MODEL);
    Some(Disk {
        whole,
        partitions: partitions.into_iter().map(|(_, volume)| volume).collect(),
        model,
    })
}

/// None for a slot without a medium.
fn volume(roots: &Roots, entry: &Path, name: &str) -> Option<Volume> {
    let sectors: u64 = line(&entry.join("size"))?.parse().ok()?;
    let bytes = sectors.checked_mul(SECTOR).filter(|bytes| *bytes > 0)?;
    Some(Volume { node: roots.dev.join(name), bytes })
}

/// USB storage and SD cards are; eMMC, SATA, NVMe, virtio and whatever else there is are not.
fn is_removable(roots: &Roots, entry: &Path) -> bool {
    let Ok((sys, device)) =
        roots.sys.canonicalize().and_then(|sys| Ok((sys, entry.canonicalize()?)))
    else {
        return false;
    };
    let on_usb = device.strip_prefix(sys).is_ok_and(|inner| {
        // devices/.../usb1/1-2/...: the root hub stands above all that is plugged into a USB port
        inner.iter().filter_map(|part| part.to_str()?.strip_prefix("usb")).any(is_number)
    });
    on_usb || line(&entry.join("device/type")).is_some_and(|kind| kind == "SD")
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The plain names in a folder of sysfs.
fn names(folder: &Path) -> Vec<String> {
    let Ok(entries) = fs::read_dir(folder) else { return vec![] };
    let plain = |name: &String| name.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let names = entries.take(MOST_NODES).flatten().map(|entry| entry.file_name().into_string());
    names.flatten().filter(plain).collect()
}

/// The one line of a file in sysfs, which holds a page at most.
fn line(file: &Path) -> Option<String> {
    let text = String::from_utf8_lossy(&fs::read(file).ok()?).trim().to_owned();
    (!text.is_empty()).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::super::scratch::{Scratch, plug};
    use super::*;

    const HUB: &str = "pci0000:00/0000:00:14.0/usb2/2-1/2-1:1.0/host6/target6:0:0/6:0:0:0";

    fn names(scratch: &Scratch) -> Vec<String> {
        let node = |disk: Disk| disk.whole.node.file_name().map(|name| name.display().to_string());
        disks(&scratch.roots()).into_iter().filter_map(node).collect()
    }

    #[test]
    fn the_bus_alone_says_what_is_removable() {
        let scratch = Scratch::new("bus");
        plug(&scratch, HUB, "sdb", 64, &[]);
        plug(&scratch, "pci0000:00/0000:00:17.0/ata1/host0/target0:0:0/0:0:0:0", "sda", 64, &[]);
        plug(&scratch, "pci0000:00/0000:00:1d.0/nvme/nvme0", "nvme0n1", 64, &[]);
        plug(&scratch, "pci0000:00/0000:00:05.0/virtio2", "vda", 64, &[]);
        plug(&scratch, "virtual", "loop0", 64, &[]);
        plug(&scratch, "platform/mmc_host/mmc0/mmc0:0001", "mmcblk0", 64, &[("type", "MMC")]);
        plug(&scratch, "platform/mmc_host/mmc1/mmc1:aaaa", "mmcblk1", 64, &[("type", "SD")]);
        // the flag that the kernel has for it is no guide
        for disk in ["sda", "nvme0n1", "mmcblk0"] {
            scratch.write(&format!("sys/block/{disk}/removable"), b"1\n");
        }
        assert_eq!(names(&scratch), ["mmcblk1", "sdb"]);
    }

    #[test]
    fn a_name_that_only_begins_like_a_usb_port_is_none() {
        let scratch = Scratch::new("usbx");
        plug(&scratch, "pci0000:00/usb/usbx1/ata1", "sda", 64, &[]);
        assert!(names(&scratch).is_empty());
    }

    #[test]
    fn partitions_are_in_order_and_a_disk_without_them_is_one_volume() {
        let scratch = Scratch::new("partitions");
        plug(&scratch, HUB, "sdb", 1 << 20, &[("vendor", "San\u{1b}Disk"), ("model", "Ultra ")]);
        let whole = disks(&scratch.roots());
        assert_eq!(whole[0].model, "San<U+001B>Disk Ultra");
        assert_eq!(whole[0].volumes(), [Volume { node: scratch.path("dev/sdb"), bytes: 1 << 29 }]);
        for number in ["10", "2", "1"] {
            scratch.write(&format!("sys/block/sdb/sdb{number}/partition"), number.as_bytes());
            scratch.write(&format!("sys/block/sdb/sdb{number}/size"), b"2048\n");
        }
        let parted = &disks(&scratch.roots())[0];
        let nodes: Vec<_> = parted.volumes().iter().map(|volume| &volume.node).collect();
        let expected = ["dev/sdb1", "dev/sdb2", "dev/sdb10"].map(|name| scratch.path(name));
        assert_eq!(nodes, expected.iter().collect::<Vec<_>>());
    }

    #[test]
    fn a_card_reader_without_a_card_is_no_disk() {
        let scratch = Scratch::new("empty");
        plug(&scratch, HUB, "sdb", 0, &[]);
        assert!(names(&scratch).is_empty());
        assert!(disks(&Roots { sys: "/none".into(), dev: "/none".into() }).is_empty());
    }
}
