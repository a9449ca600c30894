//! Where things stand in a vault's file. Its size never changes, so that a write never moves a block
//! of the file system below it, and its size says nothing.
//!
//! ```text
//! slot 0: head, area 0, area 1
//! slot 1: head, area 0, area 1
//! area:   16 key entries, nonce, sealed contents, tag
//! ```

use std::ops::Range;

/// Bytes of a slot's head.
pub const HEAD: usize = 4096;
/// Bytes of a slot: a whole vault as it was at one generation.
pub const SLOT: usize = 1 << 20;
/// Slots in a file: the one in force, and the one that the next write goes to.
pub const SLOTS: usize = 2;
/// Areas in a slot: each is a vault of its own, or random padding.
pub const AREAS: usize = 2;
/// Bytes of an area.
pub const AREA: usize = (SLOT - HEAD) / AREAS;
/// Bytes of a vault's file.
pub const FILE: usize = SLOTS * SLOT;

/// Key entries in an area: so many passphrases and custodians can open a vault.
pub const ENTRIES: usize = 16;
/// Bytes of a key entry.
pub const ENTRY: usize = 256;
/// Bytes of all key entries of an area.
pub const KEYS: usize = ENTRIES * ENTRY;

/// Bytes of a nonce of XChaCha20-Poly1305.
pub(super) const NONCE: usize = 24;
/// Bytes of its tag.
pub(super) const TAG: usize = 16;
/// Bytes of an area's contents before they are sealed.
pub(super) const PLAIN: usize = AREA - KEYS - NONCE - TAG;

/// What a vault's file begins with, and each of its slots.
pub const MAGIC: [u8; 16] = *b"COLDLIGHT VAULT\n";

/// The bytes of a slot in the file.
pub fn slot(number: usize) -> Range<usize> {
    number * SLOT..(number + 1) * SLOT
}

/// The bytes of an area in its slot.
pub(super) fn area(number: usize) -> Range<usize> {
    HEAD + number * AREA..HEAD + (number + 1) * AREA
}

/// The bytes of a key entry in its area.
pub(super) fn entry(number: usize) -> Range<usize> {
    number * ENTRY..(number + 1) * ENTRY
}

/// Does a file that begins so, and is that long, look like a vault?
pub fn begins_as_vault(beginning: &[u8], bytes: u64) -> bool {
    bytes == FILE as u64 && beginning.starts_with(&MAGIC)
}

/// The parts of a file that its keys stand in, as offsets and lengths in bytes: once they are
/// overwritten, no passphrase opens what is left. The heads are among them, for the salt.
pub fn key_ranges() -> Vec<(u64, usize)> {
    let of_slot = |number| {
        let begin = slot(number).start;
        let areas = (0..AREAS).map(move |number| begin + area(number).start);
        std::iter::once((begin, HEAD)).chain(areas.map(|at| (at, KEYS + NONCE)))
    };
    (0..SLOTS).flat_map(of_slot).map(|(at, length)| (at as u64, length)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_has_no_byte_that_belongs_to_nothing() {
        assert_eq!(area(AREAS - 1).end, SLOT);
        assert_eq!(slot(SLOTS - 1).end, FILE);
        assert_eq!(KEYS + NONCE + PLAIN + TAG, AREA);
    }

    #[test]
    fn the_keys_to_destroy_first_are_the_heads_and_the_entries() {
        let ranges = key_ranges();
        assert_eq!(ranges.len(), SLOTS * (1 + AREAS));
        for (slot, area) in [(0, 0), (0, 1), (1, 0), (1, 1)] {
            let begin = slot * SLOT + HEAD + area * AREA;
            let covered = |at: usize| {
                ranges
                    .iter()
                    .any(|(from, len)| (*from as usize..*from as usize + len).contains(&at))
            };
            assert!(covered(slot * SLOT) && covered(begin) && covered(begin + KEYS - 1));
            assert!(!covered(begin + KEYS + NONCE));
        }
    }
}
