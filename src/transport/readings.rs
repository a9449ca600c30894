//! What bytes the content of one code may stand for, where its text says nothing about that: Krux
//! shows its encrypted envelopes (KEF) as base43, and reads them from base32, base64 and hex, too.

use super::{MAX_ALPHANUMERIC, MAX_SYMBOL, base43};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use data_encoding::{BASE32_NOPAD, HEXLOWER_PERMISSIVE};

/// The content itself, where it is no text (it holds a control character or is not ASCII); else the
/// bytes that it gives in hex, base32, base43 and base64, those of smaller alphabets first. Which of
/// them are meant is for the caller to find out. None for more than one code holds.
pub fn readings(content: &[u8]) -> Vec<Vec<u8>> {
    if content.len() > MAX_SYMBOL {
        return Vec::new();
    }
    let text = content.trim_ascii();
    if !text.iter().all(|byte| (0x20..0x7f).contains(byte)) {
        return vec![content.to_vec()];
    }
    let padding = text.iter().rev().take_while(|byte| **byte == b'=').count();
    // Takes time with the square of the length.
    let base43 = (text.len() <= MAX_ALPHANUMERIC).then(|| base43::decode(text)).flatten();
    let all = [
        HEXLOWER_PERMISSIVE.decode(text).ok(),
        BASE32_NOPAD.decode(&text[..text.len() - padding]).ok(),
        base43,
        STANDARD.decode(text).ok(),
    ];
    all.into_iter().flatten().filter(|bytes| !bytes.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const BYTES: &[u8] = b"\x07test ID\x14\x00\x00\x0a\xff\x01";

    #[test]
    fn the_bytes_are_among_the_readings_of_each_form() {
        let hex = HEXLOWER_PERMISSIVE.encode(BYTES);
        let base32 = data_encoding::BASE32.encode(BYTES);
        let texts = [
            hex.to_uppercase(),
            hex,
            base32.trim_end_matches('=').to_owned(),
            base32,
            base43::encode(BYTES),
            format!(" {}\n", STANDARD.encode(BYTES)),
        ];
        for text in texts {
            assert!(readings(text.as_bytes()).iter().any(|bytes| bytes == BYTES), "{text}");
        }
        assert_eq!(readings(BYTES), [BYTES]);
    }

    #[test]
    fn what_is_no_form_of_bytes_or_too_long_has_no_readings() {
        assert!(readings(b"").is_empty());
        assert!(readings(b"a note, no more").is_empty());
        assert!(readings(&vec![0; MAX_SYMBOL + 1]).is_empty());
    }
}
