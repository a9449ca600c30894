//! Why a vault is not read, opened or written. Each reason is a sentence that says what to do.

use super::layout;
use crate::keys::RandomError;

/// A part of a vault's file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The head of a slot.
    Head,
    /// An area of a slot, 0 or 1.
    Area(usize),
}

/// Why something was not done with a vault.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VaultError {
    /// The file has another size, in bytes, than a vault.
    Size(usize),
    /// The file does not begin as a vault does.
    NotAVault,
    /// The file has a format that this program does not know.
    Newer(u32),
    /// One of the two copies in the file is damaged; the other is whole.
    Damaged {
        /// Which copy, 0 or 1.
        slot: usize,
        /// What in it is damaged first.
        part: Part,
        /// The generation that the damaged copy says it has, where that can be read.
        lost: Option<u64>,
        /// The generation of the whole copy.
        whole: u64,
    },
    /// Both copies in the file are damaged.
    NothingWhole,
    /// The copies belong to different vaults, or are different writes that claim to be the same.
    Mixed,
    /// The head asks for an amount of work (KiB of memory, passes, lanes) that no vault has.
    Cost {
        /// KiB of memory.
        memory: u32,
        /// Passes over the memory.
        passes: u32,
        /// Lanes.
        lanes: u32,
    },
    /// There is no memory for Argon2, in KiB.
    Memory(u32),
    /// The passphrase is empty.
    NoPassphrase,
    /// The passphrase has more bytes than this.
    LongPassphrase(usize),
    /// The key file has so many bytes, too few or too many.
    KeyFile(usize),
    /// The key was derived for another vault.
    OtherVault,
    /// Nothing opens with the passphrase.
    NothingOpens,
    /// This custodian's share was given already.
    ShareTwice,
    /// The share belongs to another set of custodians than the first one that was given.
    OtherShares,
    /// The shares do not give a key.
    FalseShares,
    /// The contents do not open with their key: another file's, or made by hand.
    Forged,
    /// The head was not written with what stands below it: parts of different times.
    TornApart,
    /// The contents are not what this program writes.
    Unreadable,
    /// The contents need so many bytes more than there is room.
    Full(usize),
    /// So many passphrases and custodians, but there is room for fewer, or none.
    Ways(usize),
    /// So many custodians needed, of so many.
    Quorum {
        /// Needed.
        needed: u8,
        /// There are.
        people: usize,
    },
    /// Two of the passphrases are the same, or one opens this file already.
    SamePassphrase,
    /// A key file is not for custodians' passphrases.
    CustodianWithKeyFile,
    /// The generation is the last one that there is.
    NoGeneration,
    /// There are no random bytes.
    Random(RandomError),
}

impl From<RandomError> for VaultError {
    fn from(error: RandomError) -> Self {
        Self::Random(error)
    }
}

impl std::fmt::Display for VaultError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Size(bytes) => write!(
                f,
                "This file has {bytes} bytes, a vault has {}: it is no vault, or a part is missing. \
                 Use another copy.",
                layout::FILE
            ),
            Self::NotAVault => {
                f.write_str("This file does not begin as a vault does. Choose another file.")
            }
            Self::Newer(format) => write!(
                f,
                "This vault was made by a newer Coldlight (format {format}). Open it with that one."
            ),
            Self::Damaged { part, lost, whole, .. } => damaged(f, *part, *lost, *whole),
            Self::NothingWhole => f.write_str(
                "Both copies of the vault in this file are damaged. Use the file on another stick, \
                 or the backups of your seeds.",
            ),
            Self::Mixed => f.write_str(
                "The two copies of the vault in this file do not belong together: someone or \
                 something has put them together. Use the file on another stick.",
            ),
            Self::Cost { memory, passes, lanes } => write!(
                f,
                "This vault asks for {memory} KiB of memory, {passes} passes and {lanes} lanes, \
                 which no vault of Coldlight does. Someone has changed it: use the file on another \
                 stick."
            ),
            Self::Memory(kib) => write!(
                f,
                "There are not {} MB of free memory to turn the passphrase into a key. Close what \
                 is open, or use a machine with more memory.",
                kib / 1024
            ),
            Self::NoPassphrase => f.write_str("The passphrase is empty. Type one."),
            Self::LongPassphrase(most) => {
                write!(f, "The passphrase is longer than {most} bytes. Type a shorter one.")
            }
            Self::KeyFile(bytes) => write!(
                f,
                "The key file has {bytes} bytes; one that Coldlight takes has {} to {}. Use the \
                 stick with the right one.",
                super::KeyFile::SHORTEST,
                super::KeyFile::LONGEST
            ),
            Self::OtherVault => f.write_str(
                "The passphrase was typed for another vault. Type the one of this vault.",
            ),
            Self::NothingOpens => f.write_str(
                "Nothing opens with this passphrase. Check capital letters and the keyboard's \
                 layout; if it needs a key file, plug in that stick first.",
            ),
            Self::ShareTwice => f.write_str(
                "This custodian's passphrase was given already. Ask another custodian.",
            ),
            Self::OtherShares => f.write_str(
                "This passphrase belongs to another set of custodians than the first one. Start \
                 again with custodians of one set.",
            ),
            Self::FalseShares => f.write_str(
                "The custodians' shares do not give a key: one of them is damaged. Start again with \
                 other custodians.",
            ),
            Self::Forged => f.write_str(
                "The passphrase is right, but what it opens was changed by someone without it. Use \
                 the file on another stick.",
            ),
            Self::TornApart => f.write_str(
                "The passphrase is right, but this file was put together from parts of different \
                 times. Use the file on another stick.",
            ),
            Self::Unreadable => f.write_str(
                "The passphrase is right, but this program does not understand what is in the \
                 vault. Open it with the Coldlight that wrote it.",
            ),
            Self::Full(over) => write!(
                f,
                "The vault is full: {over} bytes too many. Remove records, labels or retired keys \
                 from it, or make a second vault."
            ),
            Self::Ways(0) => f.write_str("Nothing would open this vault. Give it a passphrase."),
            Self::Ways(count) => write!(
                f,
                "A vault has room for {} passphrases and custodians, not for {count}. Choose fewer.",
                layout::ENTRIES
            ),
            Self::Quorum { needed, people } => write!(
                f,
                "{needed} of {people} custodians cannot be: at least 1 is needed, at most all of \
                 them, and there can be {}. Choose other numbers.",
                layout::ENTRIES
            ),
            Self::SamePassphrase => f.write_str(
                "This passphrase is in use in this vault already: each must be different. Choose \
                 another.",
            ),
            Self::CustodianWithKeyFile => f.write_str(
                "A custodian opens with a passphrase alone. Leave the key file away.",
            ),
            Self::NoGeneration => f.write_str(
                "This vault says that it was written more often than is possible. Make a new one \
                 from the backups of your seeds.",
            ),
            Self::Random(error) => error.fmt(f),
        }
    }
}

/// What a damaged copy means depends on which of the two was the newer.
fn damaged(
    f: &mut std::fmt::Formatter<'_>,
    part: Part,
    lost: Option<u64>,
    whole: u64,
) -> std::fmt::Result {
    let part = match part {
        Part::Head => "the head",
        Part::Area(_) => "the contents",
    };
    match lost {
        Some(lost) if lost > whole => write!(
            f,
            "A write of this vault was cut short, or {part} of its newer copy (write {lost}) is \
             damaged. What was there before it (write {whole}) is whole and can be opened instead."
        ),
        Some(_) => write!(
            f,
            "One of the two copies in this file is damaged ({part}). The other (write {whole}) is \
             whole and not older; it can be opened, and mends the damaged one."
        ),
        None => write!(
            f,
            "One of the two copies in this file is damaged ({part}), perhaps by a write that was cut \
             short. The other (write {whole}) is whole and can be opened, but the damaged one may \
             have been newer."
        ),
    }
}

impl std::error::Error for VaultError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_is_finished_sentences() {
        use VaultError::*;
        let damaged = |lost| Damaged { slot: 0, part: Part::Area(1), lost, whole: 7 };
        let all = [
            Size(3),
            NotAVault,
            Newer(2),
            damaged(None),
            damaged(Some(8)),
            damaged(Some(7)),
            Damaged { slot: 1, part: Part::Head, lost: None, whole: 1 },
            NothingWhole,
            Mixed,
            Cost { memory: 8, passes: 0, lanes: 9 },
            Memory(65536),
            NoPassphrase,
            LongPassphrase(1024),
            KeyFile(3),
            OtherVault,
            NothingOpens,
            ShareTwice,
            OtherShares,
            FalseShares,
            Forged,
            TornApart,
            Unreadable,
            Full(12),
            Ways(0),
            Ways(17),
            Quorum { needed: 3, people: 2 },
            SamePassphrase,
            CustodianWithKeyFile,
            NoGeneration,
            Random(RandomError::Failed),
        ];
        for error in all {
            let text = error.to_string();
            assert!(text.ends_with('.') && text.len() < 260, "{text}");
            assert!(text.starts_with(|c: char| c.is_uppercase() || c.is_numeric()), "{text}");
            assert_eq!(crate::wallet::visible(&text), text);
        }
        assert_eq!(
            Newer(2).to_string(),
            "This vault was made by a newer Coldlight (format 2). Open it with that one."
        );
    }
}
