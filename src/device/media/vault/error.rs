//! Why a vault or a key file cannot be read, made, written or destroyed, and what to do about it.

use super::super::MediaError;
use crate::app::storage;
use crate::keys::RandomError;
use crate::vault::layout;
use rustix::io::Errno;
use std::fmt;

/// What went wrong with a vault or a key file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VaultError {
    /// With the stick that it is on, or shall be on.
    Media(MediaError),
    /// The machine has no random bytes.
    Random(RandomError),
    /// The stick has not enough room for another vault.
    NoRoom {
        /// Bytes that are free.
        free: u64,
    },
    /// The file is no vault any more.
    NotAVault,
    /// What stands in the vault is not what was read before.
    Changed,
    /// What was asked to be written is no vault, or lies outside of one.
    Misfit,
    /// What was written does not read back.
    Differs,
    /// What was to be destroyed does not read back as overwritten.
    NotWiped,
    /// A file is there already where a new one was to be made.
    Taken,
    /// No key file is on the stick.
    NoKeyFile,
    /// The key file is not as long as key files are.
    NotAKeyFile,
    /// A key file is on the stick already.
    KeyFileThere,
}

impl From<MediaError> for VaultError {
    fn from(error: MediaError) -> Self {
        Self::Media(error)
    }
}

impl From<Errno> for VaultError {
    fn from(errno: Errno) -> Self {
        Self::Media(errno.into())
    }
}

impl From<std::io::Error> for VaultError {
    fn from(error: std::io::Error) -> Self {
        Self::Media(error.into())
    }
}

impl From<RandomError> for VaultError {
    fn from(error: RandomError) -> Self {
        Self::Random(error)
    }
}

impl fmt::Display for VaultError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Media(error) => return error.fmt(f),
            Self::Random(error) => return error.fmt(f),
            Self::NoRoom { free } => {
                return write!(
                    f,
                    "A vault needs {} kB, and {} kB are free. Make room on the stick, or take another \
                     one, and repeat.",
                    layout::FILE / 1024,
                    free / 1024
                );
            }
            Self::NotAVault => {
                "The file is no vault any more: it was replaced, or cut off. Look again, and choose \
                 another one."
            }
            Self::Changed => {
                "The vault is not as it was read: another stick, or another program, took its place. \
                 Nothing was written. Look again, and open it anew."
            }
            Self::Misfit => {
                "What was to be written does not fit into a vault: this is a fault of this program. \
                 Nothing was written. Start the machine again."
            }
            Self::Differs => {
                "What was written does not read back; what the vault held before may still open. Make \
                 another vault on another stick."
            }
            Self::NotWiped => {
                "The stick does not give back what was written over the vault, so the vault may still be \
                 on it. Move the coins that its seeds hold, and break the stick."
            }
            Self::Taken => {
                "A file is at this place already, and is not written over. Name another place with \
                 --vault."
            }
            Self::NoKeyFile => {
                "There is no key file on this stick. Plug in the stick that it is on, and look again."
            }
            Self::NotAKeyFile => {
                return write!(
                    f,
                    "The key file is not {} bytes long: it is damaged, or not one of ours. Take the \
                     stick with its copy.",
                    storage::KEY_FILE
                );
            }
            Self::KeyFileThere => {
                "A key file is on this stick already, and is not written over: a vault may need it. \
                 Use it, or take another stick."
            }
        })
    }
}

impl std::error::Error for VaultError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_error_says_what_happened_and_what_to_do() {
        let all = [
            VaultError::Media(MediaError::Gone),
            VaultError::Random(RandomError::Failed),
            VaultError::NoRoom { free: 70_000 },
            VaultError::NotAVault,
            VaultError::Changed,
            VaultError::Misfit,
            VaultError::Differs,
            VaultError::NotWiped,
            VaultError::Taken,
            VaultError::NoKeyFile,
            VaultError::NotAKeyFile,
            VaultError::KeyFileThere,
        ];
        for error in all {
            let said = error.to_string();
            let inner = said.trim_end_matches('.');
            assert!(inner.contains(". ") && said.ends_with('.'), "{said}");
            assert!(!said.contains("  ") && !said.contains('\n'), "{said}");
        }
        let said = VaultError::NoRoom { free: 70_000 }.to_string();
        assert!(said.starts_with("A vault needs 2048 kB, and 68 kB are free."), "{said}");
    }
}
