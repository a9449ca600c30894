//! A message as UR parts: any part of the fountain, at random.

use super::{checksum, mixed, wrap};
use crate::transport::{Kind, MAX_ALPHANUMERIC, MAX_MESSAGE, MAX_PARTS, ReelError};
use minicbor::Encoder;
use ur::bytewords::{Style, encode};

/// A message cut into fragments of equal length. Upper case throughout, so that the codes are
/// alphanumeric.
pub(in crate::transport) struct Show {
    ur_type: String,
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
        // Five coordinators cannot read the newer type name `psbt`.
        match kind {
            Kind::Psbt => Self::cut(wrap(bytes), "CRYPTO-PSBT", fragment),
            Kind::Registry(kind) => {
                Self::cut(bytes.to_vec(), &kind.name().to_ascii_uppercase(), fragment)
            }
            _ => Self::cut(wrap(bytes), "BYTES", fragment),
        }
    }

    /// Cuts a message that is CBOR already.
    fn cut(message: Vec<u8>, ur_type: &str, fragment: usize) -> Result<Self, ReelError> {
        if fragment == 0 {
            return Err(ReelError::FragmentTooSmall { min: 1 });
        }
        let wanted = message.len().div_ceil(fragment);
        if wanted > MAX_PARTS {
            return Err(ReelError::TooManyParts { parts: wanted, max: MAX_PARTS });
        }
        let fragment_len = message.len().div_ceil(wanted);
        let show = Self {
            ur_type: ur_type.to_owned(),
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
        format!("UR:{}/{sequence}-{}/{}", self.ur_type, self.count, words(&self.cbor(sequence)))
    }

    /// The five fields of a part.
    fn cbor(&self, sequence: u32) -> Vec<u8> {
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
        cbor
    }
}

fn words(bytes: &[u8]) -> String {
    encode(bytes, Style::Minimal).to_ascii_uppercase()
}

#[cfg(test)]
mod tests {
    use super::Show;
    use crate::transport::{Kind, ReelError};
    use data_encoding::HEXLOWER;

    /// BCR-2024-001, `makeMessage(len: 256)`.
    const MESSAGE: &str = "916ec65cf77cadf55cd7f9cda1a1030026ddd42e905b77adc36e4f2d3c\
        cba44f7f04f2de44f42d84c374a0e149136f25b01852545961d55f7f7a\
        8cde6d0e2ec43f3b2dcb644a2209e8c9e34af5c4747984a5e873c9cf5f\
        965e25ee29039fdf8ca74f1c769fc07eb7ebaec46e0695aea6cbd60b3e\
        c4bbff1b9ffe8a9e7240129377b9d3711ed38d412fbb4442256f1e6f59\
        5e0fc57fed451fb0a0101fb76b1fb1e1b88cfdfdaa946294a47de8fff1\
        73f021c0e6f65b05c0a494e50791270a0050a73ae69b6725505a2ec8a5\
        791457c9876dd34aadd192a53aa0dc66b556c0c215c7ceb8248b717c22\
        951e65305b56a3706e3e86eb01c803bbf915d80edcd64d4d";

    #[test]
    fn parts_pure_padded_and_mixed_are_those_of_the_paper() {
        let message = HEXLOWER.decode(MESSAGE.as_bytes()).expect("hex");
        let show = Show::cut(message, "BYTES", 30).expect("it fits");
        assert_eq!((show.count(), show.fragment_len, show.checksum), (9, 29, 23_570_951));
        // BCR-2024-001, `testEncoderCBOR`.
        for (sequence, data) in [
            (1, "916ec65cf77cadf55cd7f9cda1a1030026ddd42e905b77adc36e4f2d3c"),
            (9, "951e65305b56a3706e3e86eb01c803bbf915d80edcd64d4d0000000000"),
            (10, "330f0f33a05eead4f331df229871bee733b50de71afd2e5a79f196de09"),
            (15, "73f021c0e6f65b05c0a494e50791270a0050a73ae69b6725505a2ec8a5"),
            (20, "e055c2433562184fa71b4be94f262e200f01c6f74c284b0dc6fae6673f"),
        ] {
            let cbor = format!("85{sequence:02x}091901001a0167aa07581d{data}");
            assert_eq!(HEXLOWER.encode(&show.cbor(sequence)), cbor);
        }
    }

    #[test]
    fn what_no_code_or_no_count_holds_is_refused() {
        let show = |bytes: usize, fragment| {
            Show::new(&vec![7; bytes], Kind::Bytes, fragment).map(|show| show.count())
        };
        assert_eq!(show(300_000, 1000), Ok(301));
        assert_eq!(show(1000, 0), Err(ReelError::FragmentTooSmall { min: 1 }));
        assert_eq!(show(20_000, 1), Err(ReelError::TooManyParts { parts: 20_003, max: 10_000 }));
        assert!(matches!(show(9000, 3000), Err(ReelError::FragmentTooLarge { .. })));
    }
}
