//! 32 secret bytes.

use super::VaultError;
use crate::keys::Generator;
use zeroize::Zeroize;

/// A key. On the heap, so that a move leaves no copy behind; wiped when dropped.
pub(super) struct Key {
    bytes: Box<[u8; Key::BYTES]>,
}

impl Key {
    /// Its length.
    pub(super) const BYTES: usize = 32;

    /// A random one.
    pub(super) fn random(random: &mut Generator) -> Result<Self, VaultError> {
        let mut key = Self::zero();
        random.fill(key.as_mut())?;
        Ok(key)
    }

    /// A copy of `bytes`, which have its length.
    pub(super) fn of(bytes: &[u8; Self::BYTES]) -> Self {
        let mut key = Self::zero();
        key.as_mut().copy_from_slice(bytes);
        key
    }

    /// What `fill` writes.
    pub(super) fn made(fill: impl FnOnce(&mut [u8; Self::BYTES])) -> Self {
        let mut key = Self::zero();
        fill(key.as_mut());
        key
    }

    fn zero() -> Self {
        Self { bytes: Box::new([0; Self::BYTES]) }
    }

    fn as_mut(&mut self) -> &mut [u8; Self::BYTES] {
        &mut self.bytes
    }

    pub(super) fn as_bytes(&self) -> &[u8; Self::BYTES] {
        &self.bytes
    }

    /// A second one, for what outlives the first.
    pub(super) fn copy(&self) -> Self {
        Self::of(&self.bytes)
    }
}

impl Drop for Key {
    fn drop(&mut self) {
        self.bytes.zeroize();
    }
}
