//! Why a stick cannot be read or written, and what to do about it.

use rustix::io::Errno;
use std::fmt;

/// What went wrong with a stick or memory card.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MediaError {
    /// Nothing removable is plugged in, the boot stick aside.
    NoMedium,
    /// Nothing that is plugged in holds vfat, exFAT or ext4.
    NoFileSystem,
    /// Which stick is meant?
    Several,
    /// The stick with this file is not plugged in, or the file is gone.
    FileGone,
    /// A folder, a link, a device.
    NotAFile,
    /// Longer than this many bytes.
    TooLong {
        /// Bytes that are read at most.
        limit: usize,
    },
    /// The stick does not answer any more.
    Gone,
    /// No space is left.
    Full,
    /// The stick takes no writing.
    WriteProtected,
    /// Its file system makes no sense.
    Damaged,
    /// What was written does not read back.
    Differs,
    /// So many files of one kind that no name is left.
    TooManyNames,
    /// The thread for sticks has ended.
    Stopped,
    /// Another error of the system.
    System(Errno),
}

impl From<Errno> for MediaError {
    fn from(errno: Errno) -> Self {
        match errno {
            Errno::NOSPC | Errno::DQUOT => Self::Full,
            Errno::ROFS => Self::WriteProtected,
            Errno::IO | Errno::NODEV | Errno::NXIO | Errno::NOMEDIUM => Self::Gone,
            Errno::UCLEAN | Errno::BADMSG => Self::Damaged,
            Errno::NOENT | Errno::NOTDIR => Self::FileGone,
            Errno::LOOP => Self::NotAFile,
            other => Self::System(other),
        }
    }
}

impl From<std::io::Error> for MediaError {
    fn from(error: std::io::Error) -> Self {
        Errno::from_io_error(&error).unwrap_or(Errno::IO).into()
    }
}

impl fmt::Display for MediaError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let said = match self {
            Self::NoMedium => {
                "No stick or memory card is plugged in, beside the one that this machine was started \
                 from. Plug one in, wait a moment, and try again."
            }
            Self::NoFileSystem => {
                "What is plugged in holds no files that can be read here. Use a stick that is \
                 formatted as FAT32, exFAT or ext4."
            }
            Self::Several => {
                "Several sticks are plugged in, and the transaction came from none of them. Leave \
                 one in, and try again."
            }
            Self::FileGone => {
                "The file or its stick is not there any more. Plug the stick in, and look again."
            }
            Self::NotAFile => "This is no ordinary file. Choose another one.",
            Self::TooLong { limit } => {
                return write!(
                    f,
                    "The file is longer than the {limit} bytes that are read here. Pay in several \
                     smaller payments, each from fewer coins."
                );
            }
            Self::Gone => {
                "The stick was pulled out, or it failed. Plug it in again, or take another one, \
                 and repeat."
            }
            Self::Full => "The stick is full. Make room on it, or take another one, and repeat.",
            Self::WriteProtected => {
                "The stick is write-protected. Move its switch, or take another one, and repeat."
            }
            Self::Damaged => {
                "The stick's file system is damaged. Let another computer check and repair it, or \
                 take another stick. To format it would delete what is on it."
            }
            Self::Differs => {
                "What was written does not read back: do not use that file. Take another stick, \
                 and repeat."
            }
            Self::TooManyNames => {
                "The stick holds too many files of this name. Delete some of them on another \
                 computer, or take another stick."
            }
            Self::Stopped => {
                "The part of this machine that reads sticks has stopped. Use QR codes, or start \
                 the machine again."
            }
            Self::System(errno) => {
                return write!(
                    f,
                    "The stick cannot be used (system error {}). Take another one.",
                    errno.raw_os_error()
                );
            }
        };
        f.write_str(said)
    }
}

impl std::error::Error for MediaError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_error_says_what_happened_and_what_to_do() {
        let all = [
            MediaError::NoMedium,
            MediaError::NoFileSystem,
            MediaError::Several,
            MediaError::FileGone,
            MediaError::NotAFile,
            MediaError::TooLong { limit: 7 },
            MediaError::Gone,
            MediaError::Full,
            MediaError::WriteProtected,
            MediaError::Damaged,
            MediaError::Differs,
            MediaError::TooManyNames,
            MediaError::Stopped,
            MediaError::System(Errno::PERM),
        ];
        for error in all {
            let said = error.to_string();
            let inner = said.trim_end_matches('.');
            assert!(inner.contains(['.', ':']) && said.ends_with('.'), "{said}");
            assert!(!said.contains("  ") && !said.contains('\n'), "{said}");
        }
    }

    #[test]
    fn the_systems_errors_are_told_apart() {
        assert_eq!(MediaError::from(Errno::NOSPC), MediaError::Full);
        assert_eq!(MediaError::from(Errno::ROFS), MediaError::WriteProtected);
        assert_eq!(MediaError::from(Errno::IO), MediaError::Gone);
        assert_eq!(MediaError::from(Errno::NOENT), MediaError::FileGone);
        assert_eq!(MediaError::from(Errno::PERM), MediaError::System(Errno::PERM));
    }
}
