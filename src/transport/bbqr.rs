//! BBQr: numbered parts in hex or base32, deflated or not (the BBQr specification, 2026-01).
//!
//! Parts are read here because the `bbqr` crate knows no types B and X and inflates with a fixed
//! window; it makes those that are shown.

use super::content;
use super::{
    BbqrForeign, Dialect, Kind, MAX_ALPHANUMERIC, MAX_MESSAGE, Payload, ReelError, Trouble,
};
use bbqr::{encode::Encoding, file_type::FileType, qr::Version, split};
use data_encoding::{BASE32_NOPAD, HEXUPPER};
use std::io::Read;

/// `B$`, encoding, type, two digits of total, two of index.
const HEADER_LEN: usize = 8;

/// Most parts that two base-36 digits count: `ZZ`.
const MAX_TOTAL: usize = 1_295;

/// What all parts of one message share.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Header {
    encoding: Encoding,
    file_type: FileType,
    /// Parts, from 1.
    pub(super) total: usize,
}

/// One part, its text decoded to bytes.
pub(super) struct Part {
    pub(super) header: Header,
    /// From 0, below the total.
    pub(super) index: usize,
    pub(super) data: Vec<u8>,
}

impl Header {
    /// What is in it, in words.
    pub(super) fn label(self) -> &'static str {
        match self.file_type {
            FileType::Psbt => "BBQr PSBT",
            FileType::Transaction => "BBQr transaction",
            FileType::Json => "BBQr JSON",
            _ => "BBQr text",
        }
    }

    /// The message from its bytes put together.
    pub(super) fn open(self, joined: Vec<u8>) -> Result<Payload, Trouble> {
        let bytes = match self.encoding {
            Encoding::Zlib => inflate(&joined)?,
            Encoding::Hex | Encoding::Base32 => joined,
        };
        let kind = match self.file_type {
            FileType::Psbt => Kind::Psbt,
            FileType::Transaction => Kind::Transaction,
            _ => Kind::Text,
        };
        content::stated(bytes, Some(kind), Dialect::Bbqr)
    }
}

/// Reads a text that begins with `B$`.
pub(super) fn read(text: &[u8]) -> Result<Part, Trouble> {
    let damaged = Trouble::Damaged(Dialect::Bbqr);
    let (head, body) = text.split_at_checked(HEADER_LEN).ok_or(damaged.clone())?;
    let [b'B', b'$', encoding, file_type, total @ .., i1, i0] = head else {
        return Err(damaged);
    };
    let [t1, t0] = total else {
        return Err(damaged);
    };
    let encoding = Encoding::from_byte(*encoding).ok_or(damaged.clone())?;
    let file_type = readable(*file_type)?;
    let total = number(*t1, *t0).ok_or(damaged.clone())?;
    let index = number(*i1, *i0).ok_or(damaged.clone())?;
    if index >= total || body.is_empty() {
        return Err(damaged);
    }
    // Strict: upper case, no padding, no spare bits, so that each part is a whole number of bytes.
    let data = match encoding {
        Encoding::Hex => HEXUPPER.decode(body),
        Encoding::Base32 | Encoding::Zlib => BASE32_NOPAD.decode(body),
    };
    let data = data.map_err(|_| damaged)?;
    Ok(Part { header: Header { encoding, file_type, total }, index, data })
}

fn readable(file_type: u8) -> Result<FileType, Trouble> {
    let foreign = match file_type {
        b'P' => return Ok(FileType::Psbt),
        b'T' => return Ok(FileType::Transaction),
        b'J' => return Ok(FileType::Json),
        b'U' => return Ok(FileType::UnicodeText),
        b'C' => BbqrForeign::Cbor,
        b'B' => BbqrForeign::Binary,
        b'X' => BbqrForeign::Executable,
        b'R' | b'S' | b'E' | b'K' => BbqrForeign::KeyTeleport,
        _ => BbqrForeign::Unknown,
    };
    Err(Trouble::BbqrType(foreign))
}

/// Two base-36 digits, upper case.
fn number(high: u8, low: u8) -> Option<usize> {
    let digit = |byte: u8| match byte {
        b'0'..=b'9' => Some(usize::from(byte - b'0')),
        b'A'..=b'Z' => Some(usize::from(byte - b'A') + 10),
        _ => None,
    };
    Some(digit(high)? * 36 + digit(low)?)
}

/// Raw deflate of any window. Stops at the limit, whatever the stream would go on to.
fn inflate(deflated: &[u8]) -> Result<Vec<u8>, Trouble> {
    let mut stream = flate2::read::DeflateDecoder::new(deflated);
    let mut bytes = Vec::new();
    let limit = MAX_MESSAGE as u64 + 1;
    stream.by_ref().take(limit).read_to_end(&mut bytes).map_err(|_| Trouble::NotInflated)?;
    if bytes.len() > MAX_MESSAGE {
        return Err(Trouble::TooLarge);
    }
    if stream.total_in() != deflated.len() as u64 {
        return Err(Trouble::NotInflated);
    }
    bytes.shrink_to_fit();
    Ok(bytes)
}

/// The texts of one loop, each of at most `fragment` characters; all as long as each other but the
/// last. Deflated (10 window bits, by the `bbqr` crate) only where that is shorter.
pub(super) fn show(bytes: &[u8], kind: Kind, fragment: usize) -> Result<Vec<String>, ReelError> {
    const MIN: usize = HEADER_LEN + BLOCK;
    if fragment < MIN {
        return Err(ReelError::FragmentTooSmall { min: MIN });
    }
    if fragment > MAX_ALPHANUMERIC {
        return Err(ReelError::FragmentTooLarge { len: fragment, max: MAX_ALPHANUMERIC });
    }
    // 8 letters of base32 are 5 whole bytes; 2 letters of hex would be one, but hex is not shown.
    const BLOCK: usize = 8;
    let file_type = match kind {
        Kind::Psbt => FileType::Psbt,
        Kind::Transaction => FileType::Transaction,
        // coordinators look for accounts and wallets in JSON under its own letter
        Kind::Text if content::is_json(bytes) => FileType::Json,
        Kind::Text => FileType::UnicodeText,
        Kind::Bytes | Kind::Registry(_) => return Err(ReelError::NoTypeForBytes),
    };
    // The crate cuts by QR version only: its largest pieces are put together and cut by length.
    let options = split::SplitOptions {
        encoding: Encoding::Zlib,
        min_version: Version::V40,
        ..Default::default()
    };
    let too_large = ReelError::TooLarge { len: bytes.len(), max: MAX_MESSAGE };
    let split = split::Split::try_from_data(bytes, file_type, options).map_err(|_| too_large)?;
    let letters: String = split.parts.iter().filter_map(|part| part.get(HEADER_LEN..)).collect();
    let most = (fragment - HEADER_LEN) / BLOCK * BLOCK;
    let total = letters.len().div_ceil(most);
    if total > MAX_TOTAL {
        return Err(ReelError::TooManyParts { parts: total, max: MAX_TOTAL });
    }
    let even = letters.len().div_ceil(total).next_multiple_of(BLOCK);
    let pieces = letters.as_bytes().chunks(even);
    let head = format!(
        "B${}{}{}",
        char::from(split.encoding.as_byte()),
        char::from(file_type.as_byte()),
        base36(pieces.len())
    );
    Ok(pieces
        .enumerate()
        .map(|(index, piece)| {
            let piece = piece.iter().map(|letter| char::from(*letter));
            head.chars().chain(base36(index).chars()).chain(piece).collect()
        })
        .collect())
}

/// Two base-36 digits of a number up to `MAX_TOTAL`.
fn base36(number: usize) -> String {
    let digit = |value: usize| char::from_digit((value % 36) as u32, 36).unwrap_or('0');
    [digit(number / 36), digit(number)].iter().map(char::to_ascii_uppercase).collect()
}

#[cfg(test)]
mod tests {
    use super::{base36, number};

    #[test]
    fn numbers_are_written_as_they_are_read() {
        assert_eq!(base36(35), "0Z");
        assert_eq!(base36(1295), "ZZ");
        for value in 0..=1295 {
            let text = base36(value);
            assert_eq!(number(text.as_bytes()[0], text.as_bytes()[1]), Some(value));
        }
        assert_eq!(number(b'a', b'0'), None);
    }
}
