//! Key-value pairs as they were read, in their order.

use super::ParseError;
use super::field::{Field, Place};
use super::read::{Fault, Reader};

/// One pair: the whole key (compact-size type, then key data) and the value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pair {
    pub(super) key: Box<[u8]>,
    pub(super) value: Box<[u8]>,
}

/// One map of pairs, in the order in which they were read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Map {
    pub(super) pairs: Vec<Pair>,
}

/// A pair as it stands in the bytes, its key type read.
#[derive(Clone, Copy)]
pub(super) struct RawPair<'a> {
    pub(super) field: Field,
    pub(super) key: &'a [u8],
    /// The key without its type.
    pub(super) key_data: &'a [u8],
    pub(super) value: &'a [u8],
}

/// One map as it stands in the bytes, as far as it can be read: the pairs before a fault are given
/// too, so that the first broken rule is the one that is named. Only a whole one becomes a [`Map`].
pub(super) struct RawMap<'a> {
    pub(super) pairs: Vec<RawPair<'a>>,
    fault: Option<ParseError>,
}

impl<'a> RawMap<'a> {
    /// Reads one map with its separator.
    pub(super) fn read(reader: &mut Reader<'a>, place: Place) -> Self {
        let mut pairs = Vec::new();
        let fault = if reader.is_empty() {
            Some(ParseError::MapMissing(place))
        } else {
            match read_pairs(reader, place, &mut pairs) {
                Ok(()) => duplicate(&pairs),
                Err(Fault::Truncated) => Some(ParseError::Truncated(place)),
                Err(Fault::NotMinimal) => Some(ParseError::CompactSize(place)),
            }
        };
        Self { pairs, fault }
    }

    /// The map ended with its separator and has no key twice.
    pub(super) fn whole(&self) -> Result<(), ParseError> {
        self.fault.clone().map_or(Ok(()), Err)
    }

    /// The one pair of a key type, if any. Only for fields whose key has no data.
    pub(super) fn get(&self, key_type: u64) -> Option<&RawPair<'a>> {
        self.pairs.iter().find(|pair| pair.field.key_type == key_type)
    }

    /// The pairs, owned.
    pub(super) fn to_map(&self) -> Result<Map, ParseError> {
        self.whole()?;
        let own = |pair: &RawPair<'_>| Pair { key: pair.key.into(), value: pair.value.into() };
        Ok(Map { pairs: self.pairs.iter().map(own).collect() })
    }
}

fn read_pairs<'a>(
    reader: &mut Reader<'a>,
    place: Place,
    pairs: &mut Vec<RawPair<'a>>,
) -> Result<(), Fault> {
    loop {
        let key = reader.sized()?;
        if key.is_empty() {
            return Ok(());
        }
        let mut rest = Reader::new(key);
        let key_type = rest.compact_size()?;
        let value = reader.sized()?;
        let field = Field { place, key_type };
        pairs.push(RawPair { field, key, key_data: rest.rest(), value });
    }
}

fn duplicate(pairs: &[RawPair<'_>]) -> Option<ParseError> {
    let mut sorted: Vec<&RawPair<'_>> = pairs.iter().collect();
    sorted.sort_unstable_by_key(|pair| pair.key);
    let two = sorted.windows(2).find(|two| two[0].key == two[1].key)?;
    Some(ParseError::DuplicateKey(two[0].field))
}

impl Map {
    /// Adds a pair behind the last of its key type, else before the first greater key type; a pair
    /// of the same key gets the new value.
    pub(super) fn put(&mut self, key: Vec<u8>, value: Vec<u8>) {
        let (key, value) = (key.into_boxed_slice(), value.into_boxed_slice());
        if let Some(pair) = self.pairs.iter_mut().find(|pair| pair.key == key) {
            pair.value = value;
            return;
        }
        let key_type = key_type(&key);
        let at = match self.pairs.iter().rposition(|pair| self::key_type(&pair.key) == key_type) {
            Some(last) => last + 1,
            None => self
                .pairs
                .iter()
                .position(|pair| self::key_type(&pair.key) > key_type)
                .unwrap_or(self.pairs.len()),
        };
        self.pairs.insert(at, Pair { key, value });
    }

    /// Keeps the pairs whose key type passes.
    pub(super) fn retain(&mut self, keep: impl Fn(u64) -> bool) {
        self.pairs.retain(|pair| key_type(&pair.key).is_some_and(&keep));
    }

    /// Whether a pair of this key type is there.
    pub(super) fn has(&self, wanted: u64) -> bool {
        self.pairs.iter().any(|pair| key_type(&pair.key) == Some(wanted))
    }

    /// Appends the map and its separator.
    pub(super) fn write(&self, out: &mut Vec<u8>) {
        for Pair { key, value } in &self.pairs {
            write_sized(out, key);
            write_sized(out, value);
        }
        out.push(0);
    }

    /// Bytes that [`Map::write`] appends at most.
    pub(super) fn len(&self) -> usize {
        1 + self.pairs.iter().map(|pair| pair.key.len() + pair.value.len() + 18).sum::<usize>()
    }
}

/// The key type; every key that was read has one.
fn key_type(key: &[u8]) -> Option<u64> {
    Reader::new(key).compact_size().ok()
}

/// Appends a compact size (at most 9 bytes) and the bytes.
fn write_sized(out: &mut Vec<u8>, bytes: &[u8]) {
    let size = bitcoin::VarInt::from(bytes.len());
    out.extend_from_slice(&bitcoin::consensus::serialize(&size));
    out.extend_from_slice(bytes);
}
