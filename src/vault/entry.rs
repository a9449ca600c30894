//! Key entries: the data key of an area, or a custodian's share of it, sealed for one passphrase. An
//! unused entry is random bytes, which nobody without the passphrase can tell from a used one.

use super::contents::Text;
use super::head::Head;
use super::layout::{self, AREAS, ENTRIES, ENTRY, NONCE, TAG};
use super::sealing::{open_in_place, seal_in_place};
use super::secret::Key;
use super::{Holder, Unlock, VaultError};
use crate::keys::{Generator, wipe};
use hkdf::Hkdf;
use sha2::Sha256;
use zeroize::Zeroizing;

/// Bytes of an entry before it is sealed.
const PLAIN: usize = ENTRY - NONCE - TAG;
/// What stands first in it.
const DATA_KEY: u8 = 1;
const SHARE: u8 = 2;
/// Places in it.
const SET: usize = 4;
const SECRET: usize = 12;
const LABEL: usize = 44;

/// What an entry holds.
pub(super) enum Held {
    /// The data key of its area.
    DataKey(Key),
    /// A custodian's share of it.
    Share(HeldShare),
}

/// A custodian's share of a data key.
pub(super) struct HeldShare {
    /// Which sharing: random, so that shares of different ones are not mixed.
    pub(super) set: [u8; 8],
    /// So many give the key.
    pub(super) needed: u8,
    /// So many were given out.
    pub(super) people: u8,
    /// Its place, from 0.
    pub(super) index: u8,
    /// The share.
    pub(super) value: Key,
    /// The custodian.
    pub(super) label: Holder,
}

/// Tries `unlock` on every entry of both areas. Its area with what it holds; None when nothing opens.
pub(super) fn find(slot: &[u8], head: &Head, unlock: &Unlock) -> Option<(usize, Held)> {
    let found = (0..AREAS).find_map(|area| {
        let entries = &slot[layout::area(area)];
        find_in(entries, area, head, unlock).map(|held| (area, held))
    });
    wipe::stack();
    found
}

/// Tries `unlock` on every entry of one area.
pub(super) fn find_in(entries: &[u8], area: usize, head: &Head, unlock: &Unlock) -> Option<Held> {
    let roots = || unlock.with_file.iter().chain([&unlock.alone]);
    (0..ENTRIES).find_map(|number| {
        let sealed = &entries[layout::entry(number)];
        roots().find_map(|root| open(sealed, area, number, head, root))
    })
}

fn open(sealed: &[u8], area: usize, number: usize, head: &Head, root: &Key) -> Option<Held> {
    let mut plain = Zeroizing::new(sealed.to_vec());
    open_in_place(&key(root, area, number), &associated(head, area, number), &mut plain[..])?;
    Held::read(&plain[NONCE..NONCE + PLAIN])
}

impl Held {
    /// Seals it into an entry's bytes.
    pub(super) fn seal(
        &self,
        into: &mut [u8],
        (area, number): (usize, usize),
        head: &Head,
        root: &Key,
        random: &mut Generator,
    ) -> Result<(), VaultError> {
        into.fill(0);
        self.write(&mut into[NONCE..NONCE + PLAIN]);
        let sealed =
            seal_in_place(&key(root, area, number), &associated(head, area, number), into, random);
        wipe::stack();
        sealed
    }

    fn write(&self, plain: &mut [u8]) {
        match self {
            Self::DataKey(key) => {
                plain[0] = DATA_KEY;
                plain[SECRET..LABEL].copy_from_slice(key.as_bytes());
            }
            Self::Share(share) => {
                let label = share.label.as_str().as_bytes();
                plain[..SET].copy_from_slice(&[SHARE, share.needed, share.people, share.index]);
                plain[SET..SECRET].copy_from_slice(&share.set);
                plain[SECRET..LABEL].copy_from_slice(share.value.as_bytes());
                plain[LABEL] = label.len() as u8;
                plain[LABEL + 1..][..label.len()].copy_from_slice(label);
            }
        }
    }

    /// None for what [`Self::write`] never writes.
    fn read(plain: &[u8]) -> Option<Self> {
        let secret = Key::of(plain[SECRET..LABEL].try_into().ok()?);
        let (length, rest) = plain[LABEL..].split_first()?;
        let (label, padding) = rest.split_at_checked((*length).into())?;
        let zero = |bytes: &[u8]| bytes.iter().all(|byte| *byte == 0);
        match plain[0] {
            DATA_KEY if zero(&plain[1..SECRET]) && zero(&plain[LABEL..]) => {
                Some(Self::DataKey(secret))
            }
            SHARE if zero(padding) => {
                let [needed, people, index] = [plain[1], plain[2], plain[3]];
                let sane = needed >= 1 && needed <= people && index < people;
                let share = HeldShare {
                    set: plain[SET..SECRET].try_into().ok()?,
                    needed,
                    people,
                    index,
                    value: secret,
                    label: Text::new(std::str::from_utf8(label).ok()?).ok()?,
                };
                (sane && usize::from(people) <= ENTRIES).then_some(Self::Share(share))
            }
            _ => None,
        }
    }
}

/// The key of one entry for one passphrase (HKDF-SHA-256, RFC 5869).
fn key(root: &Key, area: usize, number: usize) -> Key {
    let hkdf = Hkdf::<Sha256>::from_prk(root.as_bytes()).expect("as long as a digest");
    let place = [area as u8, number as u8];
    Key::made(|key| {
        hkdf.expand_multi_info(&[b"coldlight vault: entry", &place], key)
            .expect("RFC 5869: 32 bytes are fewer than 255 digests");
    })
}

/// What an entry is bound to: the file and its own place.
fn associated(head: &Head, area: usize, number: usize) -> [u8; 82] {
    let mut bound = [0; 82];
    bound[..80].copy_from_slice(&head.fixed());
    bound[80..].copy_from_slice(&[area as u8, number as u8]);
    bound
}
