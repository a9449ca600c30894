//! PSBTs as files and pasted text hold them: binary, base64 or hex.

use super::parse::MAGIC;
use super::{Limits, ParseError};
use bitcoin::base64::Engine;
use bitcoin::base64::engine::general_purpose::STANDARD;
use bitcoin::hex::FromHex;

/// The binary PSBT in a file's bytes. Blanks and line ends are allowed around and within text.
/// Longest text: twice the binary limit.
pub fn decode_file(bytes: &[u8], limits: &Limits) -> Result<Vec<u8>, ParseError> {
    let longest = limits.bytes.saturating_mul(2);
    if bytes.len() > longest {
        return Err(ParseError::TooLong { bytes: bytes.len(), limit: longest });
    }
    if bytes.starts_with(MAGIC) {
        return Ok(bytes.to_vec());
    }
    let text: String =
        bytes.iter().filter(|byte| !byte.is_ascii_whitespace()).map(|byte| *byte as char).collect();
    // "psbt" and 0xff in base64 and in hex.
    if text.starts_with("cHNidP") {
        return STANDARD.decode(text.as_bytes()).map_err(|_| ParseError::NotBase64);
    }
    if text.get(..10).is_some_and(|magic| magic.eq_ignore_ascii_case("70736274ff")) {
        return Vec::from_hex(&text).map_err(|_| ParseError::NotHex);
    }
    Err(ParseError::NoMagic)
}

#[cfg(test)]
mod tests {
    use super::*;

    const BINARY: &[u8] = b"psbt\xff\x00\x01";

    fn decode(bytes: &[u8]) -> Result<Vec<u8>, ParseError> {
        decode_file(bytes, &Limits::default())
    }

    #[test]
    fn binary_base64_and_hex_are_told_apart_by_their_beginning() {
        assert_eq!(decode(BINARY).as_deref(), Ok(BINARY));
        assert_eq!(decode(b"cHNidP8AAQ==").as_deref(), Ok(BINARY));
        assert_eq!(decode(b"70736274ff0001").as_deref(), Ok(BINARY));
        assert_eq!(decode(b"70736274FF0001").as_deref(), Ok(BINARY));
    }

    #[test]
    fn blanks_and_line_ends_do_not_belong_to_the_text() {
        assert_eq!(decode(b"\r\n cHNidP8A\r\nAQ==\r\n").as_deref(), Ok(BINARY));
        assert_eq!(decode(b"70736274ff\n0001\n").as_deref(), Ok(BINARY));
    }

    #[test]
    fn damaged_text_and_other_files_are_refused() {
        assert_eq!(decode(b"cHNidP8AAQ="), Err(ParseError::NotBase64));
        assert_eq!(decode(b"cHNidP8<AQ=="), Err(ParseError::NotBase64));
        assert_eq!(decode(b"70736274ff000"), Err(ParseError::NotHex));
        assert_eq!(decode("70736274ffé".as_bytes()), Err(ParseError::NotHex));
        assert_eq!(decode(b"02000000"), Err(ParseError::NoMagic));
        assert_eq!(decode(b""), Err(ParseError::NoMagic));
        let small = Limits { bytes: 3 };
        let too_long = ParseError::TooLong { bytes: 7, limit: 6 };
        assert_eq!(decode_file(BINARY, &small), Err(too_long));
    }
}
