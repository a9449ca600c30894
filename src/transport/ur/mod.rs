//! Uniform Resources 2: parts of a fountain in minimal bytewords (BCR-2020-005, BCR-2024-001).
//!
//! The `ur` crate's part reader trusts its numbers (it reserves `seqLen` entries and underflows at
//! sequence number 0), so the five CBOR fields are read and held against the limits here; the crate
//! gives the bytewords and says which fragments a part mixes.

mod collect;
mod show;
mod solve;

pub(super) use collect::{Header, Part, Parts, Read, read};
pub(super) use show::Show;

use super::{Kind, Wanted};
use crate::wallet::registration::RegistryType;
use minicbor::{Decoder, Encoder};

/// CRC-32 as BCR-2024-001 uses it.
fn checksum(message: &[u8]) -> u32 {
    let mut crc = flate2::Crc::new();
    crc.update(message);
    crc.sum()
}

/// The fragments that part `sequence` (from 1) of a message of `count` fragments mixes. `count` must
/// be within the limits: the work and the memory of this grow with it.
fn mixed(sequence: u32, count: usize, checksum: u32) -> Vec<usize> {
    let count32 = count as u32;
    if sequence <= count32 {
        return vec![sequence as usize - 1];
    }
    // The crate gives a part's fragments only of a part that it read itself: hand it an empty one.
    let mut cbor = Vec::with_capacity(24);
    let written = Encoder::new(&mut cbor)
        .array(5)
        .and_then(|e| e.u32(sequence))
        .and_then(|e| e.u32(count32))
        .and_then(|e| e.u32(0))
        .and_then(|e| e.u32(checksum))
        .and_then(|e| e.bytes(&[]))
        .is_ok();
    let part = minicbor::decode::<ur::fountain::Part>(&cbor);
    debug_assert!(written && part.is_ok());
    part.map(|part| part.indexes()).unwrap_or_default()
}

/// What a UR type carries, when it is one of those that are read.
fn readable(ur_type: &str, wanted: Wanted) -> Option<Option<Kind>> {
    match ur_type {
        "crypto-psbt" | "psbt" => Some(Some(Kind::Psbt)),
        "bytes" => Some(None),
        _ if wanted == Wanted::Wallets => {
            RegistryType::of_name(ur_type).map(|kind| Some(Kind::Registry(kind)))
        }
        _ => None,
    }
}

/// The content of a message: one CBOR byte string, bare or tagged as a PSBT (310 of BCR-2020-006 or
/// 40310), and nothing after it. The bytes are moved down in place, not copied.
fn unwrap(mut message: Vec<u8>) -> Option<Vec<u8>> {
    let mut decoder = Decoder::new(&message);
    if let Ok(tag) = decoder.probe().tag() {
        if ![310, 40_310].contains(&tag.as_u64()) {
            return None;
        }
        decoder.tag().ok()?;
    }
    let len = decoder.bytes().ok()?.len();
    if decoder.position() != message.len() {
        return None;
    }
    message.drain(..message.len() - len);
    Some(message)
}

/// `bytes` as a CBOR byte string, the top-level form of all types that are shown.
fn wrap(bytes: &[u8]) -> Vec<u8> {
    let mut message = Vec::with_capacity(bytes.len() + 9);
    let written = Encoder::new(&mut message).bytes(bytes).is_ok();
    debug_assert!(written, "writing to a vector cannot fail");
    message
}

#[cfg(test)]
mod tests {
    use super::{checksum, unwrap, wrap};

    #[test]
    fn the_checksum_is_that_of_the_paper() {
        assert_eq!(checksum(b"Wolf"), 0x598c_84dc);
    }

    #[test]
    fn only_one_whole_byte_string_is_unwrapped() {
        assert_eq!(unwrap(wrap(b"abc")), Some(b"abc".to_vec()));
        assert_eq!(unwrap(vec![0xd9, 0x01, 0x36, 0x41, 7]), Some(vec![7]));
        assert_eq!(unwrap(vec![0xd9, 0x9d, 0x76, 0x41, 7]), Some(vec![7]));
        for bad in [
            &[][..],
            &[0x41],
            &[0x41, 7, 7],
            &[0x61, b'a'],
            &[0xd9, 0x01, 0x37, 0x41, 7],
            &[0x5f, 0x41, 7, 0xff],
            &[0x5b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
        ] {
            assert_eq!(unwrap(bad.to_vec()), None, "{bad:02x?}");
        }
    }
}
