//! An area: key entries and sealed contents, together indistinguishable from the random bytes of an
//! area that holds nothing.

use super::contents::{self, Contents};
use super::head::Head;
use super::layout::{self, KEYS, NONCE, PLAIN};
use super::sealing::{open_in_place, seal_in_place};
use super::secret::Key;
use super::{VaultError, Way};
use crate::keys::{Generator, wipe};
use zeroize::Zeroizing;

/// Bytes of the key of the head's seal, before the contents.
const SEAL_KEY: usize = Key::BYTES;

/// What stands in an area besides its key entries.
pub(super) struct Inside {
    pub(super) seal_key: Key,
    pub(super) ways: Vec<Way>,
    pub(super) contents: Contents,
}

/// Seals contents below the entries of `area`, which are written already.
pub(super) fn seal(
    area: &mut [u8],
    place: (&Head, usize),
    key: &Key,
    (seal_key, ways, contents): (&Key, &[Way], &Contents),
    random: &mut Generator,
) -> Result<(), VaultError> {
    let (entries, sealed) = area.split_at_mut(KEYS);
    let plain = &mut sealed[NONCE..NONCE + PLAIN];
    plain.fill(0);
    plain[..SEAL_KEY].copy_from_slice(seal_key.as_bytes());
    if let Err(error) = contents::encode(ways, contents, &mut plain[SEAL_KEY..]) {
        plain.fill(0);
        return Err(error);
    }
    let done = seal_in_place(key, &associated(place, entries), sealed, random);
    wipe::stack();
    done
}

/// Opens the contents of `area`.
pub(super) fn open(area: &[u8], place: (&Head, usize), key: &Key) -> Result<Inside, VaultError> {
    let (entries, sealed) = area.split_at(KEYS);
    let mut buffer = Zeroizing::new(sealed.to_vec());
    let opened = open_in_place(key, &associated(place, entries), &mut buffer);
    wipe::stack();
    opened.ok_or(VaultError::Forged)?;
    let plain = &buffer[NONCE..NONCE + PLAIN];
    let (seal_key, room) = plain.split_first_chunk().ok_or(VaultError::Unreadable)?;
    let seal_key = Key::of(seal_key);
    let (ways, contents) = contents::decode(room).ok_or(VaultError::Unreadable)?;
    wipe::stack();
    Ok(Inside { seal_key, ways, contents })
}

/// Fills an area with random bytes: it holds nothing, or nothing any more.
pub(super) fn fill(area: &mut [u8], random: &mut Generator) -> Result<(), VaultError> {
    Ok(random.fill(area)?)
}

/// What contents are bound to: the file, the area, and the keys above them.
fn associated((head, number): (&Head, usize), entries: &[u8]) -> Vec<u8> {
    debug_assert_eq!(entries.len(), layout::KEYS);
    [&head.fixed()[..], &[number as u8], entries].concat()
}
