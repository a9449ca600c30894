//! What a payload's bytes mean under the derived key, version by version.

use super::deflate::inflate;
use super::envelope::{Check, Mode, Padding, Version};
use aes::Aes256;
use aes::cipher::consts::{U4, U12};
use aes::cipher::{BlockCipherDecrypt, BlockModeDecrypt, KeyInit, KeyIvInit, StreamCipher};
use aes_gcm::AesGcm;
use aes_gcm::aead::AeadInOut;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

/// GCM with the four bytes of its tag that KEF keeps.
type Gcm = AesGcm<Aes256, U12, U4>;

const BLOCK: usize = 16;
/// Bytes of GCM's nonce.
pub(super) const NONCE: usize = 12;
/// Bytes of its tag.
const TAG: usize = 4;

/// The content of a payload; None where the check fails: another key, or damage.
#[inline(never)]
pub(super) fn decrypt(
    version: Version,
    key: &[u8; 32],
    payload: &[u8],
) -> Option<Zeroizing<Vec<u8>>> {
    let (nonce, rest) = payload.split_at_checked(version.mode().nonce())?;
    let behind = version.around() - nonce.len();
    let (blocks, exposed) = rest.split_at_checked(rest.len().checked_sub(behind)?)?;
    let mut content = Zeroizing::new(blocks.to_vec());
    match version.mode() {
        Mode::Ecb => {
            let cipher = Aes256::new(key.into());
            for block in content.chunks_exact_mut(BLOCK) {
                cipher.decrypt_block(block.try_into().ok()?);
            }
        }
        Mode::Cbc => {
            let mut cipher = cbc::Decryptor::<Aes256>::new(key.into(), nonce.try_into().ok()?);
            for block in content.chunks_exact_mut(BLOCK) {
                cipher.decrypt_block(block.try_into().ok()?);
            }
        }
        Mode::Ctr => {
            // The nonce, then a counter of four bytes from zero.
            let mut start = [0; BLOCK];
            start[..NONCE].copy_from_slice(nonce);
            ctr::Ctr32BE::<Aes256>::new(key.into(), &start.into())
                .try_apply_keystream(&mut content)
                .ok()?;
        }
        Mode::Gcm => {
            let (nonce, tag) = (nonce.try_into().ok()?, exposed.try_into().ok()?);
            Gcm::new(key.into())
                .decrypt_inout_detached(nonce, b"", content.as_mut_slice().into(), tag)
                .ok()?;
        }
    }
    let length = checked_length(version, key, nonce, &content, exposed)?;
    content.truncate(length);
    if version.compresses() { inflate(&content) } else { Some(content) }
}

/// Bytes of the decrypted blocks that are content, by padding and check.
fn checked_length(
    version: Version,
    key: &[u8; 32],
    nonce: &[u8],
    blocks: &[u8],
    exposed: &[u8],
) -> Option<usize> {
    let holds = |padding: usize| {
        let end = blocks.len().checked_sub(padding)?;
        match version.check() {
            Check::Tag(_) => Some(end),
            Check::Exposed(bytes) => {
                let parts = [&[version.number()], nonce, &blocks[..end], key.as_slice()];
                bool::from(start_of_digest(&parts, bytes).ct_eq(exposed)).then_some(end)
            }
            Check::Hidden(bytes) => {
                let end = end.checked_sub(bytes)?;
                let (content, given) = blocks.split_at(end);
                let wanted = start_of_digest(&[content], bytes);
                bool::from(wanted.ct_eq(&given[..bytes])).then_some(end)
            }
        }
    };
    match version.padding() {
        Padding::None => holds(0),
        Padding::Pkcs7 => {
            let last = usize::from(*blocks.last()?);
            (1..=BLOCK).contains(&last).then(|| holds(last)).flatten()
        }
        Padding::Nul => {
            // Zero bytes of the content or of the check look like padding: the check tells which of
            // the possible lengths is the right one.
            let zeros = blocks.iter().rev().take_while(|byte| **byte == 0).count();
            (0..=zeros.min(BLOCK - 1)).rev().find_map(holds)
        }
    }
}

fn start_of_digest(parts: &[&[u8]], bytes: usize) -> Zeroizing<Vec<u8>> {
    let mut digest = Sha256::new();
    for part in parts {
        digest.update(part);
    }
    let whole = Zeroizing::new(<[u8; 32]>::from(digest.finalize()));
    Zeroizing::new(whole[..bytes].to_vec())
}

/// The payload of a version with GCM: nonce, encrypted content (deflated already, where the version
/// wants that), tag.
#[inline(never)]
pub(super) fn encrypt_gcm(key: &[u8; 32], nonce: &[u8; NONCE], content: &[u8]) -> Option<Vec<u8>> {
    let mut payload = Vec::with_capacity(NONCE + content.len() + TAG);
    payload.extend_from_slice(nonce);
    payload.extend_from_slice(content);
    // Encrypted in its place: no clear byte is left.
    let tag = Gcm::new(key.into()).encrypt_inout_detached(
        nonce.into(),
        b"",
        payload[NONCE..].as_mut().into(),
    );
    payload.extend_from_slice(&tag.ok()?);
    Some(payload)
}
