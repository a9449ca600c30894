//! The head of a slot: in clear, so that damage is told from a wrong passphrase without any work, and
//! sealed by whoever wrote it last, so that nothing in it can be changed unnoticed.
//!
//! ```text
//!   0  magic                    16      80  generation                8
//!  16  format                    4      88  SHA-256 of area 0        32
//!  20  Argon2id: memory, KiB     4     120  SHA-256 of area 1        32
//!  24  passes                    4     152  seal (HMAC-SHA-256)      32
//!  28  lanes                     4     184  SHA-256 of all the rest  32
//!  32  salt                     32     216  zero                   3880
//!  64  identity                 16          numbers: low byte first
//! ```
//!
//! Every later format keeps magic, format and the digest of the head where they are, so that this
//! program can tell a newer vault from a damaged one.

use super::layout::{self, AREAS, HEAD, MAGIC};
use super::secret::Key;
use super::{Cost, Terms, VaultError};
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

/// The format that this program reads and writes.
pub(super) const FORMAT: u32 = 1;

const COST: usize = 20;
const SALT: usize = 32;
const IDENTITY: usize = 64;
const GENERATION: usize = 80;
const DIGESTS: usize = 88;
const SEAL: usize = 152;
const DIGEST: usize = 184;
const REST: usize = 216;

/// Which vault: random, made with the file, the same in all its copies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Identity(pub(super) [u8; 16]);

/// How often a vault's file was written. Two vaults in one file share the count, so that it tells
/// nothing about either.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Generation(pub u64);

/// A head that is whole. Its areas are not looked at here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Head {
    pub(super) terms: Terms,
    pub(super) identity: Identity,
    pub(super) generation: Generation,
    pub(super) areas: [[u8; 32]; AREAS],
    seal: [u8; 32],
}

impl Head {
    /// The head above these areas, sealed with the key that stands in the contents of both vaults of a
    /// file, so that each can check what the other one wrote.
    pub(super) fn write(
        terms: Terms,
        identity: Identity,
        generation: Generation,
        slot: &mut [u8],
        key: &Key,
    ) -> Self {
        let areas = std::array::from_fn(|number| digest(&[&slot[layout::area(number)]]));
        let mut head = Self { terms, identity, generation, areas, seal: [0; 32] };
        let fields = head.fields();
        head.seal = mac(key, &fields).finalize().into_bytes().into();
        let begin = &mut slot[..HEAD];
        begin.fill(0);
        begin[..SEAL].copy_from_slice(&fields);
        begin[SEAL..DIGEST].copy_from_slice(&head.seal);
        let whole = digest(&[&begin[..DIGEST], &begin[REST..]]);
        begin[DIGEST..REST].copy_from_slice(&whole);
        head
    }

    /// Reads the first [`HEAD`] bytes of a slot.
    pub(super) fn read(bytes: &[u8]) -> Result<Self, HeadFault> {
        if bytes.len() != HEAD || !bytes.starts_with(&MAGIC) {
            return Err(HeadFault::NotAVault);
        }
        if bytes[DIGEST..REST] != digest(&[&bytes[..DIGEST], &bytes[REST..]]) {
            return Err(HeadFault::Damaged);
        }
        match u32::from_le_bytes(at(bytes, 16)) {
            FORMAT => {}
            other => return Err(HeadFault::Newer(other)),
        }
        if bytes[REST..].iter().any(|byte| *byte != 0) {
            return Err(HeadFault::Damaged);
        }
        let number = |place: usize| u32::from_le_bytes(at(bytes, COST + 4 * place));
        let cost = Cost::new(number(0), number(1), number(2)).map_err(HeadFault::Cost)?;
        Ok(Self {
            terms: Terms { cost, salt: at(bytes, SALT) },
            identity: Identity(at(bytes, IDENTITY)),
            generation: Generation(u64::from_le_bytes(at(bytes, GENERATION))),
            areas: std::array::from_fn(|number| at(bytes, DIGESTS + 32 * number)),
            seal: at(bytes, SEAL),
        })
    }

    /// Was it written by someone who has the key?
    pub(super) fn is_sealed_by(&self, key: &Key) -> bool {
        mac(key, &self.fields()).verify_slice(&self.seal).is_ok()
    }

    /// What the head and the areas of one file have in common, whatever is written: part of all that
    /// is authenticated.
    pub(super) fn fixed(&self) -> [u8; GENERATION] {
        at(&self.fields(), 0)
    }

    /// Two heads of one file, whatever their generations?
    pub(super) fn same_file(&self, other: &Self) -> bool {
        self.terms == other.terms && self.identity == other.identity
    }

    fn fields(&self) -> [u8; SEAL] {
        let mut fields = [0; SEAL];
        let cost = self.terms.cost;
        let numbers = [FORMAT, cost.memory(), cost.passes(), cost.lanes()];
        fields[..16].copy_from_slice(&MAGIC);
        for (place, number) in numbers.iter().enumerate() {
            fields[16 + 4 * place..][..4].copy_from_slice(&number.to_le_bytes());
        }
        fields[SALT..IDENTITY].copy_from_slice(&self.terms.salt);
        fields[IDENTITY..GENERATION].copy_from_slice(&self.identity.0);
        fields[GENERATION..DIGESTS].copy_from_slice(&self.generation.0.to_le_bytes());
        fields[DIGESTS..SEAL].copy_from_slice(self.areas.as_flattened());
        fields
    }
}

/// Why a head is not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum HeadFault {
    NotAVault,
    Damaged,
    Newer(u32),
    Cost(VaultError),
}

/// SHA-256 of pieces in a row.
pub(super) fn digest(pieces: &[&[u8]]) -> [u8; 32] {
    let mut sha = Sha256::new();
    pieces.iter().for_each(|piece| sha.update(piece));
    sha.finalize().into()
}

fn mac(key: &Key, fields: &[u8]) -> Hmac<Sha256> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key.as_bytes()).expect("HMAC takes any key");
    mac.update(b"coldlight vault: head");
    mac.update(fields);
    mac
}

/// `N` bytes at a place that is inside `bytes` by the head's layout.
fn at<const N: usize>(bytes: &[u8], place: usize) -> [u8; N] {
    bytes[place..place + N].try_into().expect("the range has this length")
}
