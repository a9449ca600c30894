//! XChaCha20-Poly1305 over `nonce, text, tag` in one buffer, in place.

use super::VaultError;
use super::layout::{NONCE, TAG};
use super::secret::Key;
use crate::keys::Generator;
use chacha20poly1305::aead::{AeadInOut, KeyInit};
use chacha20poly1305::{Tag, XChaCha20Poly1305, XNonce};
use zeroize::Zeroize;

/// Seals what stands between nonce and tag, and writes both. After an error all is zero.
pub(super) fn seal_in_place(
    key: &Key,
    associated: &[u8],
    buffer: &mut [u8],
    random: &mut Generator,
) -> Result<(), VaultError> {
    let (nonce, rest) = buffer.split_at_mut(NONCE);
    if let Err(error) = random.fill(nonce) {
        rest.zeroize();
        return Err(error.into());
    }
    let length = rest.len() - TAG;
    let (text, tag) = rest.split_at_mut(length);
    let sealed = cipher(key)
        .encrypt_inout_detached(&nonce_of(nonce), associated, text.into())
        .expect("a vault is shorter than the cipher's 256 GiB");
    tag.copy_from_slice(&sealed);
    Ok(())
}

/// Opens what stands between nonce and tag. None, and nothing is opened, when the key or anything
/// of what was sealed is another.
pub(super) fn open_in_place(key: &Key, associated: &[u8], buffer: &mut [u8]) -> Option<()> {
    let (nonce, rest) = buffer.split_at_mut(NONCE);
    let length = rest.len() - TAG;
    let (text, tag) = rest.split_at_mut(length);
    let tag = Tag::try_from(&*tag).expect("the tag's length");
    cipher(key).decrypt_inout_detached(&nonce_of(nonce), associated, text.into(), &tag).ok()
}

fn cipher(key: &Key) -> XChaCha20Poly1305 {
    let mut copy = chacha20poly1305::Key::from(*key.as_bytes());
    let cipher = XChaCha20Poly1305::new(&copy);
    copy.zeroize();
    cipher
}

fn nonce_of(bytes: &[u8]) -> XNonce {
    XNonce::try_from(bytes).expect("the nonce's length")
}
