//! Which file system a volume holds, told by its first bytes before the kernel is let near it.

use crate::app::text::printable;
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// A file system that is read and written here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Vfat,
    ExFat,
    Ext4,
}

/// What the first bytes say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct FileSystem {
    pub kind: Kind,
    /// The number that it was given when it was made: one stick is told from another by it.
    pub serial: [u8; 16],
    /// Printable and short. Untrusted.
    pub label: Option<String>,
}

/// Bytes that are looked at.
const START: usize = 4096;
/// Characters of a label at most.
const LABEL: usize = 14;
/// Where ext4's superblock begins, in bytes.
const EXT4: usize = 1024;

impl FileSystem {
    /// None where the volume cannot be read, or holds something else.
    pub fn of(node: &Path) -> Option<Self> {
        let mut start = Vec::with_capacity(START);
        File::open(node).ok()?.take(START as u64).read_to_end(&mut start).ok()?;
        Self::read(&start)
    }

    fn read(start: &[u8]) -> Option<Self> {
        let at = |from: usize, len: usize| start.get(from..from + len).unwrap_or_default();
        let made =
            |kind, serial, label| Some(Self { kind, serial: padded(serial), label: name(label) });
        let boot = at(510, 2) == [0x55, 0xaa];
        if boot && at(3, 8) == b"EXFAT   " {
            return made(Kind::ExFat, at(100, 4), &[]); // its label stands among its files
        }
        if boot && at(82, 8) == b"FAT32   " {
            return made(Kind::Vfat, at(67, 4), at(71, 11));
        }
        if boot && (at(54, 8) == b"FAT16   " || at(54, 8) == b"FAT12   ") {
            return made(Kind::Vfat, at(39, 4), at(43, 11));
        }
        if at(EXT4 + 56, 2) == [0x53, 0xef] {
            return made(Kind::Ext4, at(EXT4 + 104, 16), at(EXT4 + 120, 16));
        }
        None
    }
}

fn padded(serial: &[u8]) -> [u8; 16] {
    let mut padded = [0; 16];
    padded.iter_mut().zip(serial).for_each(|(to, from)| *to = *from);
    padded
}

fn name(label: &[u8]) -> Option<String> {
    let end = label.iter().position(|byte| *byte == 0).unwrap_or(label.len());
    let label = String::from_utf8_lossy(&label[..end]);
    let label = label.trim();
    (!label.is_empty() && label != "NO NAME").then(|| printable(label, LABEL))
}

#[cfg(test)]
mod tests {
    use super::super::scratch::fat32;
    use super::*;

    #[test]
    fn each_file_system_is_known_by_its_superblock() {
        let fat = FileSystem::read(&fat32([1, 2, 3, 4], b"NO NAME    ")).expect("FAT32");
        assert_eq!(
            (fat.kind, &fat.serial[..5], fat.label),
            (Kind::Vfat, &[1, 2, 3, 4, 0][..], None)
        );

        let mut old = vec![0; 4096];
        old[54..62].copy_from_slice(b"FAT16   ");
        old[43..54].copy_from_slice(b"PAYMENTS   ");
        assert_eq!(FileSystem::read(&old), None, "without the mark at the sector's end");
        old[510..512].copy_from_slice(&[0x55, 0xaa]);
        let old = FileSystem::read(&old).expect("FAT16");
        assert_eq!((old.kind, old.label.as_deref()), (Kind::Vfat, Some("PAYMENTS")));

        let mut exfat = vec![0; 4096];
        exfat[3..11].copy_from_slice(b"EXFAT   ");
        exfat[510..512].copy_from_slice(&[0x55, 0xaa]);
        assert_eq!(FileSystem::read(&exfat).map(|found| found.kind), Some(Kind::ExFat));

        let mut ext4 = vec![0; 4096];
        ext4[1080..1082].copy_from_slice(&[0x53, 0xef]);
        ext4[1144..1152].copy_from_slice(b"a\x1b[2Jbcd");
        let ext4 = FileSystem::read(&ext4).expect("ext4");
        assert_eq!((ext4.kind, ext4.label.as_deref()), (Kind::Ext4, Some("a<U+00...2Jbcd")));
    }

    #[test]
    fn what_is_no_file_system_is_none() {
        let mut partitioned = vec![0; 4096];
        partitioned[510..512].copy_from_slice(&[0x55, 0xaa]);
        for start in [vec![], vec![0; 100], vec![0xff; 4096], partitioned] {
            assert_eq!(FileSystem::read(&start), None);
        }
    }
}
