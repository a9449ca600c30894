//! A message as UR parts: any part of the fountain, at random.

use super::{checksum, mixed, wrap};
use crate::transport::{Kind, MAX_ALPHANUMERIC, MAX_MESSAGE, MAX_PARTS, ReelError};
use minicbor::Encoder;
use ur::bytewords::{Style, encode};

/// A message cut into fragments of equal length. Upper case throughout, so that the codes are
/// alphanumeric.
pub(in crate::transport) struct Show {
    ur_type: &'static str,
    message: Vec<u8>,
    fragment_len: usize,
    count: usize,
    checksum: u32,
}

impl Show {
    /// Cuts `bytes` into fragments of at most `fragment` bytes (of the CBOR-wrapped message).
    pub(in crate::transport) fn new(
        bytes: &[u8],
        kind: Kind,
        fragment: usize,
    ) -> Result<Self, ReelError> {
        if bytes.len() > MAX_MESSAGE - 9 {
            return Err(ReelError::TooLarge { len: bytes.len(), max: MAX_MESSAGE - 9 });
        }
        if fragment == 0 {
            return Err(ReelError::FragmentTooSmall { min: 1 });
        }
        let message = wrap(bytes);
        let wanted = message.len().div_ceil(fragment);
        if wanted > MAX_PARTS {
            return Err(ReelError::TooManyParts { parts: wanted, max: MAX_PARTS });
        }
        let fragment_len = message.len().div_ceil(wanted);
        let show = Self {
            // Five coordinators cannot read the newer type name `psbt`.
            ur_type: if kind == Kind::Psbt { "CRYPTO-PSBT" } else { "BYTES" },
            checksum: checksum(&message),
            count: message.len().div_ceil(fragment_len),
            message,
            fragment_len,
        };
        // The longest header has the most digits; the letters of the body are always as many.
        let longest = show.part(u32::MAX).len();
        if longest > MAX_ALPHANUMERIC {
            return Err(ReelError::FragmentTooLarge { len: longest, max: MAX_ALPHANUMERIC });
        }
        Ok(show)
    }

    /// Fragments, so also pure parts.
    pub(in crate::transport) fn count(&self) -> usize {
        self.count
    }

    /// The part with this sequence number (from 1); of a message of one fragment always the same.
    pub(in crate::transport) fn part(&self, sequence: u32) -> String {
        if self.count == 1 {
            return format!("UR:{}/{}", self.ur_type, words(&self.message));
        }
        let mut data = vec![0; self.fragment_len];
        for index in mixed(sequence, self.count, self.checksum) {
            let fragment = self.message[index * self.fragment_len..].iter();
            for (sum, byte) in data.iter_mut().zip(fragment) {
                *sum ^= byte;
            }
        }
        let mut cbor = Vec::with_capacity(data.len() + 32);
        let written = Encoder::new(&mut cbor)
            .array(5)
            .and_then(|e| e.u32(sequence))
            .and_then(|e| e.u32(self.count as u32))
            .and_then(|e| e.u32(self.message.len() as u32))
            .and_then(|e| e.u32(self.checksum))
            .and_then(|e| e.bytes(&data))
            .is_ok();
        debug_assert!(written, "writing to a vector cannot fail");
        format!("UR:{}/{sequence}-{}/{}", self.ur_type, self.count, words(&cbor))
    }
}

fn words(bytes: &[u8]) -> String {
    encode(bytes, Style::Minimal).to_ascii_uppercase()
}
