//! Where things stand in a vault's file. Its size never changes, so that a write never moves a block
//! of the file system below it, and its size says nothing.
//!
//! ```text
//! slot 0: head, area 0, area 1
//! slot 1: head, area 0, area 1
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

/// What a vault's file begins with, and each of its slots.
pub const MAGIC: [u8; 16] = *b"COLDLIGHT VAULT\n";

/// The bytes of a slot in the file.
pub fn slot(number: usize) -> Range<usize> {
    number * SLOT..(number + 1) * SLOT
}

/// Does a file that begins so, and is that long, look like a vault?
pub fn begins_as_vault(beginning: &[u8], bytes: u64) -> bool {
    bytes == FILE as u64 && beginning.starts_with(&MAGIC)
}
