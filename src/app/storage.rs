//! Vaults on removable sticks and cards: what is asked of the machine, what it says. The machine
//! carries bytes; what they mean is for `vault` to know.

use crate::vault::layout;
use zeroize::Zeroizing;

/// Bytes of a key file: all of them random.
pub const KEY_FILE: usize = 64;

/// One stick or card that was listed. No other, in no later list, has the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MediumId(pub u64);

/// One vault's file that was listed. No other, in no later list, has the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct VaultId(pub u64);

/// What is asked about vaults.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum VaultErrand {
    /// List the sticks and cards, the vaults and the key files on them.
    Look,
    /// Read this vault's whole file: [`layout::FILE`] bytes.
    Read(VaultId),
    /// Make a vault's file on this stick; never over one that is there. It is read back.
    Create {
        /// The stick.
        on: MediumId,
        /// All of the file.
        bytes: Vec<u8>,
    },
    /// Write over a part of a vault's file in place, flush it to the stick, and read it back.
    Write {
        /// The vault.
        vault: VaultId,
        /// What is written.
        patch: Patch,
        /// What must stand in the file before it, else nothing is written: another program, or
        /// another stick, may have taken its place.
        guard: Patch,
    },
    /// Read the key file on this stick.
    ReadKeyFile(MediumId),
    /// Make a key file of random bytes on this stick; never over one that is there.
    CreateKeyFile(MediumId),
    /// Destroy a vault, or what is left of one: overwrite these parts first and flush (they hold its keys), then all of the
    /// file, then remove it and let the stick discard what it held.
    Destroy {
        /// The vault.
        vault: VaultId,
        /// Offsets and lengths, in bytes.
        keys_first: Vec<(u64, usize)>,
    },
}

/// Bytes at a place in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Patch {
    /// Where, in bytes from the beginning.
    pub offset: u64,
    /// What stands there.
    pub bytes: Vec<u8>,
}

/// What the machine says of vaults. Every reason is one sentence with what to do.
pub enum VaultNews {
    /// What is plugged in.
    Found(Result<Plugged, String>),
    /// A vault's whole file.
    Read(VaultId, Result<Vec<u8>, String>),
    /// A vault was made.
    Created(Result<VaultEntry, String>),
    /// A vault was written, read back, and is on the stick.
    Written(VaultId, Result<(), String>),
    /// What a key file holds: a secret.
    KeyFile(Result<Zeroizing<Vec<u8>>, String>),
    /// A key file was made: what it holds, a secret.
    KeyFileCreated(Result<Zeroizing<Vec<u8>>, String>),
    /// A vault was destroyed.
    Destroyed(VaultId, Result<Destruction, String>),
}

/// The sticks and cards that are plugged in, and what is on them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plugged {
    /// Each with files on it.
    pub media: Vec<MediumEntry>,
    /// The vaults on them.
    pub vaults: Vec<VaultEntry>,
}

/// A stick or card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MediumEntry {
    /// The machine's own name for it.
    pub id: MediumId,
    /// Its label and size in words. Untrusted: made printable and short.
    pub name: String,
    /// A key file is on it.
    pub key_file: bool,
}

/// A vault's file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VaultEntry {
    /// The machine's own name for it.
    pub id: VaultId,
    /// The stick that it is on.
    pub on: MediumId,
    /// The stick's label and size in words. Untrusted: made printable and short.
    pub medium: String,
    /// The file's name. Untrusted: made printable and short.
    pub name: String,
    /// The heads of its slots, as they stand in the file; empty where the file is shorter than a
    /// vault.
    pub heads: [Vec<u8>; layout::SLOTS],
}

/// What is left of a vault's file that is none any more, or not yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Remains {
    /// Its making was cut off: the file is shorter than a vault.
    Unfinished,
    /// Its destruction was cut off: the file is overwritten, and still there.
    Overwritten,
}

impl VaultEntry {
    /// None for a vault, whole or damaged.
    pub fn remains(&self) -> Option<Remains> {
        if self.heads.iter().any(Vec::is_empty) {
            return Some(Remains::Unfinished);
        }
        let overwritten = self.heads.iter().flatten().all(|byte| *byte == 0);
        overwritten.then_some(Remains::Overwritten)
    }
}

/// What was done to destroy a vault, as far as it can be known. Its keys, and then all of the file,
/// were overwritten where the file system keeps them, or there is no [`Destruction`] but a reason.
/// Overwriting more than once would change nothing: flash memory writes each time to other cells.
///
/// What is not known is whether the medium keeps old copies: flash memory does until it erases them
/// by itself, and sticks say of themselves that they are turning disks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Destruction {
    /// The file was removed from its folder. If not, what is left of it holds nothing.
    pub removed: bool,
    /// The medium took the request to discard the blocks that hold no file any more.
    pub discarded: bool,
}
