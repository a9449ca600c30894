//! From a passphrase, and a key file where one belongs to it, to what opens key entries.

use super::secret::Key;
use super::{Cost, VaultError};
use crate::keys::wipe;
use hkdf::Hkdf;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;
use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

/// Most bytes of a passphrase once it is normalised.
const LONGEST: usize = 1024;

/// What a passphrase is turned into a key with: public, in the head of each slot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Terms {
    pub(super) cost: Cost,
    pub(super) salt: [u8; 32],
}

impl Terms {
    /// What one try costs.
    pub fn cost(&self) -> Cost {
        self.cost
    }
}

/// A key file: its bytes count, not its name. Wiped when dropped.
pub struct KeyFile {
    digest: Key,
}

impl KeyFile {
    /// Fewest bytes of a key file.
    pub const SHORTEST: usize = 32;
    /// Most bytes of a key file.
    pub const LONGEST: usize = 1 << 16;

    /// `bytes` stay the caller's to wipe. Refused with fewer than 32 or more than 65,536 of them.
    pub fn new(bytes: &[u8]) -> Result<Self, VaultError> {
        if !(Self::SHORTEST..=Self::LONGEST).contains(&bytes.len()) {
            return Err(VaultError::KeyFile(bytes.len()));
        }
        let digest = Key::made(|digest| digest.copy_from_slice(&Sha256::digest(bytes)));
        wipe::stack();
        Ok(Self { digest })
    }
}

/// A passphrase after its second of work: what opens key entries of one file. Wiped when dropped.
pub struct Unlock {
    pub(super) terms: Terms,
    /// Opens what needs the passphrase alone.
    pub(super) alone: Key,
    /// Opens what needs the key file, too.
    pub(super) with_file: Option<Key>,
}

impl Unlock {
    /// Takes about a second and [`Cost::memory`] KiB. `passphrase` stays the caller's to wipe; it is
    /// NFKD-normalised, so that the same letters give the same key on every keyboard.
    pub fn derive(
        terms: &Terms,
        passphrase: &str,
        key_file: Option<&KeyFile>,
    ) -> Result<Self, VaultError> {
        let normal = normal(passphrase)?;
        let alone = terms.cost.root(normal.as_bytes(), &terms.salt)?;
        let with_file = key_file.map(|file| {
            let hkdf = Hkdf::<Sha256>::new(Some(file.digest.as_bytes()), alone.as_bytes());
            Key::made(|root| {
                hkdf.expand(b"coldlight vault: passphrase and key file", root)
                    .expect("RFC 5869: 32 bytes are fewer than 255 digests");
            })
        });
        wipe::stack();
        Ok(Self { terms: *terms, alone, with_file })
    }

    /// What a new entry for this passphrase is sealed with.
    pub(super) fn root(&self) -> &Key {
        self.with_file.as_ref().unwrap_or(&self.alone)
    }

    /// Do both come from the same passphrase, whatever their key files?
    pub(super) fn is_same(&self, other: &Self) -> bool {
        self.alone.as_bytes().ct_eq(other.alone.as_bytes()).into()
    }
}

/// NFKD in a buffer of its final size: one that grows would leave its old bytes behind.
fn normal(passphrase: &str) -> Result<Zeroizing<String>, VaultError> {
    if passphrase.is_empty() {
        return Err(VaultError::NoPassphrase);
    }
    // A character decomposes to 18 at most (Unicode's stability policy): the sum cannot overflow.
    let length = passphrase.nfkd().map(char::len_utf8).sum();
    if length > LONGEST {
        return Err(VaultError::LongPassphrase(LONGEST));
    }
    let mut normal = Zeroizing::new(String::with_capacity(length));
    normal.extend(passphrase.nfkd());
    Ok(normal)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_passphrase_is_the_same_however_its_letters_are_composed() {
        let text = |passphrase| normal(passphrase).unwrap_or_else(|e| panic!("{e}"));
        assert_eq!(*text("Z\u{fc}rich"), *text("Zu\u{308}rich"));
        assert_eq!(normal("").err(), Some(VaultError::NoPassphrase));
        assert_eq!(normal(&"a".repeat(1025)).err(), Some(VaultError::LongPassphrase(1024)));
        assert!(normal(&"a".repeat(1024)).is_ok());
    }

    #[test]
    fn a_key_file_has_at_least_32_bytes() {
        assert_eq!(KeyFile::new(&[7; 31]).err(), Some(VaultError::KeyFile(31)));
        assert!(KeyFile::new(&[7; 32]).is_ok());
        assert_eq!(KeyFile::new(&[7; 65_537]).err(), Some(VaultError::KeyFile(65_537)));
    }
}
