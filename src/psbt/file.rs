//! PSBTs as files and pasted text hold them: binary, base64 or hex.

use super::parse::MAGIC;
use super::{Limits, ParseError};
use bitcoin::base64::Engine;
use bitcoin::base64::engine::general_purpose::STANDARD;
use bitcoin::hex::{DisplayHex, FromHex};

/// How a file or a pasted text holds a PSBT.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileForm {
    /// As BIP174 has it for files.
    Binary,
    /// As BIP174 has it for pasting. Some wallets read nothing else from files (Liana).
    Base64,
    /// Hexadecimal digits.
    Hex,
}

impl FileForm {
    /// The form that `bytes` begin in; None where they begin as no PSBT does. The beginning of a
    /// file is enough.
    pub fn of(bytes: &[u8]) -> Option<Self> {
        if bytes.starts_with(MAGIC) {
            return Some(Self::Binary);
        }
        // "psbt" and 0xff in base64 and in hex.
        let text = || bytes.iter().filter(|byte| !byte.is_ascii_whitespace());
        let begins = |magic: &[u8]| text().take(magic.len()).eq(magic);
        let lower = || text().take(10).map(u8::to_ascii_lowercase);
        if begins(b"cHNidP") {
            Some(Self::Base64)
        } else {
            lower().eq(*b"70736274ff").then_some(Self::Hex)
        }
    }

    /// A binary PSBT in this form.
    pub fn write(self, binary: Vec<u8>) -> Vec<u8> {
        match self {
            Self::Binary => binary,
            Self::Base64 => STANDARD.encode(binary).into_bytes(),
            Self::Hex => binary.to_lower_hex_string().into_bytes(),
        }
    }
}

/// The binary PSBT in a file's bytes. Blanks and line ends are allowed around and within text.
/// Longest text: twice the binary limit.
pub fn decode_file(bytes: &[u8], limits: &Limits) -> Result<Vec<u8>, ParseError> {
    let longest = limits.bytes.saturating_mul(2);
    if bytes.len() > longest {
        return Err(ParseError::TooLong { bytes: bytes.len(), limit: longest });
    }
    let form = FileForm::of(bytes).ok_or(ParseError::NoMagic)?;
    if form == FileForm::Binary {
        return Ok(bytes.to_vec());
    }
    let text: String =
        bytes.iter().filter(|byte| !byte.is_ascii_whitespace()).map(|byte| *byte as char).collect();
    match form {
        FileForm::Base64 => STANDARD.decode(text.as_bytes()).map_err(|_| ParseError::NotBase64),
        _ => Vec::from_hex(&text).map_err(|_| ParseError::NotHex),
    }
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
    fn each_form_reads_what_it_wrote() {
        for form in [FileForm::Binary, FileForm::Base64, FileForm::Hex] {
            let written = form.write(BINARY.to_vec());
            assert_eq!(FileForm::of(&written), Some(form));
            assert_eq!(decode(&written).as_deref(), Ok(BINARY));
        }
        assert_eq!(FileForm::of(b"cHNid"), None);
        assert_eq!(FileForm::of(b" 70736274 FF00"), Some(FileForm::Hex));
    }

    #[test]
    fn damaged_text_and_other_files_are_refused() {
        assert_eq!(decode(b"cHNidP8AAQ="), Err(ParseError::NotBase64));
        assert_eq!(decode(b"cHNidP8<AQ=="), Err(ParseError::NotBase64));
        assert_eq!(decode(b"70736274ff000"), Err(ParseError::NotHex));
        assert_eq!(decode("70736274ffé".as_bytes()), Err(ParseError::NotHex));
        assert_eq!(decode(b"02000000"), Err(ParseError::NoMagic));
        assert_eq!(decode(b""), Err(ParseError::NoMagic));
        let small = Limits { bytes: 3, ..Limits::default() };
        let too_long = ParseError::TooLong { bytes: 7, limit: 6 };
        assert_eq!(decode_file(BINARY, &small), Err(too_long));
    }
}
