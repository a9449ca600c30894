//! UR texts in: each part read field by field and held against the limits, then solved.

use super::solve::{Added, Solver};
use super::{checksum, mixed, readable, unwrap};
use crate::transport::pieces::Placed;
use crate::transport::{Dialect, Kind, MAX_MESSAGE, MAX_PARTS, Payload, Trouble, Wanted, content};
use minicbor::Decoder;
use ur::bytewords::{Style, decode};

/// What one UR text holds.
pub(in crate::transport) enum Read {
    /// A message of one part.
    Whole(Payload),
    /// One part of several.
    Part(Part),
}

/// What all parts of one message share. Parts with different ones are of different messages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::transport) struct Header {
    /// Lower case.
    pub(in crate::transport) ur_type: String,
    kind: Option<Kind>,
    /// Fragments, 1 to `MAX_PARTS`.
    pub(in crate::transport) count: usize,
    message_len: usize,
    checksum: u32,
    fragment_len: usize,
}

/// One part within the limits.
pub(in crate::transport) struct Part {
    pub(in crate::transport) header: Header,
    sequence: u32,
    data: Vec<u8>,
}

/// The parts of one message.
pub(in crate::transport) struct Parts {
    header: Header,
    solver: Solver,
}

/// Reads a text that begins with `ur:` in any case.
pub(in crate::transport) fn read(text: &str, wanted: Wanted) -> Result<Read, Trouble> {
    let damaged = Trouble::Damaged(Dialect::Ur);
    let text = text.to_ascii_lowercase();
    let mut fields = text.split('/');
    let ur_type = fields.next().and_then(|scheme| scheme.strip_prefix("ur:")).unwrap_or_default();
    let fields: Vec<&str> = fields.take(5).collect();
    if is_ur1(ur_type, &fields) {
        return Err(Trouble::Ur1);
    }
    let Some(kind) = readable(ur_type, wanted) else {
        return Err(Trouble::foreign_ur(ur_type));
    };
    match fields[..] {
        [body] => {
            let message = decode(body, Style::Minimal).map_err(|_| damaged)?;
            open(message, kind).map(Read::Whole)
        }
        [sequence, body] => {
            let cbor = decode(body, Style::Minimal).map_err(|_| damaged.clone())?;
            let part = part(ur_type, kind, &cbor)?;
            let named =
                sequence.split_once('-').and_then(|(at, of)| Some((number(at)?, number(of)?)));
            if named != Some((part.sequence as usize, part.header.count)) {
                return Err(damaged);
            }
            Ok(Read::Part(part))
        }
        _ => Err(damaged),
    }
}

/// UR version 1: `ur:bytes/1of3/<digest>/<bc32>`, `ur:bytes/<digest>/<bc32>` or `ur:bytes/<bc32>`.
fn is_ur1(ur_type: &str, fields: &[&str]) -> bool {
    // The letters of bc32 (those of bech32), which bytewords need more than.
    let bc32 = |text: &str| {
        !text.is_empty() && text.bytes().all(|b| b"qpzry9x8gf2tvdw0s3jn54khce6mua7l".contains(&b))
    };
    match fields {
        [first, _, ..]
            if first.split_once("of").is_some_and(|(at, of)| digits(at) && digits(of)) =>
        {
            true
        }
        [digest, body] => ur_type == "bytes" && digest.len() == 58 && bc32(digest) && bc32(body),
        [body] => ur_type == "bytes" && bc32(body) && decode(body, Style::Minimal).is_err(),
        _ => false,
    }
}

/// The five CBOR fields of a part (BCR-2024-001, "Part Serialization").
fn part(ur_type: &str, kind: Option<Kind>, cbor: &[u8]) -> Result<Part, Trouble> {
    let damaged = Trouble::Damaged(Dialect::Ur);
    let mut decoder = Decoder::new(cbor);
    let (sequence, count, message_len, checksum, data) = (|| {
        (decoder.array().ok()? == Some(5)).then_some(())?;
        let numbers = (
            decoder.u32().ok()?,
            decoder.u64().ok()?,
            decoder.u64().ok()?,
            decoder.u32().ok()?,
            decoder.bytes().ok()?,
        );
        (decoder.position() == cbor.len()).then_some(numbers)
    })()
    .ok_or(damaged.clone())?;
    if message_len > MAX_MESSAGE as u64 {
        return Err(Trouble::TooLarge);
    }
    if count > MAX_PARTS as u64 {
        return Err(Trouble::TooManyParts);
    }
    // Both are within the limits now, so that they fit.
    let (count, message_len) = (count as usize, message_len as usize);
    // "There is no single right way" to choose the fragments' length; the last one ends the message.
    let whole = !data.is_empty() && message_len.div_ceil(data.len()) == count;
    if sequence == 0 || count == 0 || !whole {
        return Err(damaged);
    }
    let header = Header {
        ur_type: ur_type.to_owned(),
        kind,
        count,
        message_len,
        checksum,
        fragment_len: data.len(),
    };
    Ok(Part { header, sequence, data: data.to_vec() })
}

impl Parts {
    pub(in crate::transport) fn new(header: Header) -> Self {
        let solver = Solver::new(header.count, header.fragment_len);
        Self { header, solver }
    }

    /// Takes a part with the same header.
    pub(in crate::transport) fn add(&mut self, part: &Part) -> Placed {
        let indexes = mixed(part.sequence, self.header.count, self.header.checksum);
        match self.solver.add(&indexes, &part.data) {
            Added::New => Placed::New,
            Added::Known => Placed::Known,
            Added::Contradiction => Placed::Contradiction,
        }
    }

    pub(in crate::transport) fn header(&self) -> &Header {
        &self.header
    }

    pub(in crate::transport) fn rank(&self) -> usize {
        self.solver.rank()
    }

    pub(in crate::transport) fn solved(&self) -> Vec<bool> {
        self.solver.solved()
    }

    /// The payload when there is full rank, or why what came together is none.
    pub(in crate::transport) fn payload(&self) -> Option<Result<Payload, Trouble>> {
        let mut message = self.solver.message()?;
        message.truncate(self.header.message_len);
        if checksum(&message) != self.header.checksum {
            return Some(Err(Trouble::Checksum));
        }
        Some(open(message, self.header.kind))
    }
}

fn open(message: Vec<u8>, kind: Option<Kind>) -> Result<Payload, Trouble> {
    // these are read as the CBOR that they are
    if let Some(kind @ Kind::Registry(_)) = kind {
        return content::stated(message, Some(kind), Dialect::Ur);
    }
    let bytes = unwrap(message).ok_or(Trouble::Damaged(Dialect::Ur))?;
    content::stated(bytes, kind, Dialect::Ur)
}

fn digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// A decimal number as an encoder writes it: digits only, none too many.
fn number(text: &str) -> Option<usize> {
    (digits(text) && text.len() <= 10).then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::{Part, Parts, part};
    use crate::transport::pieces::Placed;
    use data_encoding::HEXLOWER;

    /// BCR-2024-001, `testEncoderCBOR`: the data of parts 10 to 20 of 9 fragments of 29 bytes.
    const MIXED: [&str; 11] = [
        "330f0f33a05eead4f331df229871bee733b50de71afd2e5a79f196de09",
        "3b205ce5e52d8c24a52cffa34c564fa1af3fdffcd349dc4258ee4ee828",
        "dd7bf725ea6c16d531b5f03254783803048ca08b87148daacd1cd7a006",
        "760be7ad1c6187902bbc04f539b9ee5eb8ea6833222edea36031306c01",
        "5bf4031217d2c3254b088fa7553778b5003632f46e21db129416f65b55",
        "73f021c0e6f65b05c0a494e50791270a0050a73ae69b6725505a2ec8a5",
        "b8546ebfe2048541348910267331c643133f828afec9337c318f71b7df",
        "23dedeea74e3a0fb052befabefa13e2f80e4315c9dceed4c8630612e64",
        "d01a8daee769ce34b6b35d3ca0005302724abddae405bdb419c0a6b208",
        "3171c5dc365766eff25ae47c6f10e7de48cfb8474e050e5fe997a6dc24",
        "e055c2433562184fa71b4be94f262e200f01c6f74c284b0dc6fae6673f",
    ];

    fn read(sequence: usize, data: &str) -> Part {
        let cbor = format!("85{sequence:02x}091901001a0167aa07581d{data}");
        part("bytes", None, &HEXLOWER.decode(cbor.as_bytes()).expect("hex")).expect("a good part")
    }

    #[test]
    fn the_papers_mixed_parts_alone_give_its_fragments() {
        let mut parts = Parts::new(read(10, MIXED[0]).header);
        let mut used = 0;
        for (sequence, data) in (10..).zip(MIXED) {
            let placed = parts.add(&read(sequence, data));
            used += usize::from(matches!(placed, Placed::New));
        }
        assert_eq!(used, parts.rank());
        // Of those eleven parts, nine are independent: the message is solved without a pure one.
        let message = parts.solver.message().expect("full rank");
        assert_eq!(super::checksum(&message[..256]), 23_570_951);
    }

    #[test]
    fn fields_that_contradict_each_other_or_the_limits_are_refused() {
        let cbor = |fields: &str| part("bytes", None, &HEXLOWER.decode(fields.as_bytes()).unwrap());
        assert!(cbor("850101010041aa").is_ok());
        for (fields, why) in [
            ("8500010100 41aa", "sequence number 0"),
            ("850100010041aa", "no fragments"),
            ("850101000040", "no message"),
            ("850102010041aa", "more fragments than bytes"),
            ("850102010042aaaa", "more data than two fragments"),
            ("850101020041aa", "less data than a fragment"),
            ("850101010041aa00", "bytes after the part"),
            ("850101010041", "cut off"),
            ("9f0101010041aaff", "indefinite array"),
            ("85010101005f41aaff", "indefinite bytes"),
            ("8401010041aa", "four fields"),
            ("86010101 0041aa00", "six fields"),
            ("851b000000010000000101010041aa", "sequence number above 32 bits"),
            ("85011b00000001000000000101 0041aa", "count above 32 bits"),
            ("85011affffffff1b00000100000000000041aa", "2^32-1 fragments of 2^40 bytes"),
        ] {
            assert!(cbor(&fields.replace(' ', "")).is_err(), "{why}");
        }
    }
}
