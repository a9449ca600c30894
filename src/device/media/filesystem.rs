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
        Self::read(&start(node)?)
    }

    /// Where ext4's first copy of its superblock is, as the kernel's option `sb` counts: in KiB. None
    /// where the volume cannot be read, or is no ext4. A cut of power can leave one of a superblock's
    /// two sectors old and one new, which no kernel mounts. What says where the copy is stands in the
    /// first, and never changes; the copy was written when the file system was made.
    pub fn copy_of_superblock(node: &Path) -> Option<u64> {
        let start = start(node)?;
        (Self::read(&start)?.kind == Kind::Ext4).then(|| copy_of_superblock(&start)).flatten()
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

/// A volume's first bytes.
fn start(node: &Path) -> Option<Vec<u8>> {
    let mut start = Vec::with_capacity(START);
    File::open(node).ok()?.take(START as u64).read_to_end(&mut start).ok()?;
    Some(start)
}

/// The copy stands at the beginning of the second group of blocks (the kernel's documentation of
/// ext4, "Super Block": `s_first_data_block`, `s_log_block_size`, `s_blocks_per_group`).
fn copy_of_superblock(start: &[u8]) -> Option<u64> {
    let number = |place: usize| {
        let bytes = start.get(EXT4 + place..EXT4 + place + 4)?;
        Some(u32::from_le_bytes(bytes.try_into().ok()?))
    };
    let (first, size, group) = (number(20)?, number(24)?, number(32)?);
    let block = u64::from(first) + u64::from(group);
    // a block has 1 KiB to 64 KiB
    (size <= 6 && group > 0).then(|| block << size)
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
    fn the_copy_of_a_superblock_is_found_as_mkfs_puts_it() {
        // mke2fs says "Superblock backups stored on blocks: 8193" and "32768"
        for (first, size, group, copy) in
            [(1_u32, 0_u32, 8_192_u32, 8_193), (0, 2, 32_768, 131_072)]
        {
            let mut start = vec![0; 4096];
            for (place, number) in [(20, first), (24, size), (32, group)] {
                start[EXT4 + place..][..4].copy_from_slice(&number.to_le_bytes());
            }
            assert_eq!(copy_of_superblock(&start), Some(copy));
        }
        assert_eq!(copy_of_superblock(&[0xff; 4096]), None, "blocks that are too large");
        assert_eq!(copy_of_superblock(&[0; 4096]), None, "groups of no blocks");
        assert_eq!(copy_of_superblock(&[0; 1030]), None, "cut off");
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
