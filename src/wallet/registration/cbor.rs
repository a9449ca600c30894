//! CBOR as the registries write it, read strictly: maps and arrays of a stated length, nothing longer
//! than what is there, no key twice.

use super::RegistryError;
use minicbor::Decoder;

/// Most entries of a map or elements of an array.
const MOST: u64 = 128;

/// CBOR from its first byte to its last.
pub(super) struct Cbor<'a> {
    from: Decoder<'a>,
    length: usize,
}

impl<'a> Cbor<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { from: Decoder::new(bytes), length: bytes.len() }
    }

    /// The error for what stands here.
    pub(super) fn wrong(&self) -> RegistryError {
        RegistryError::Structure { at: self.from.position() }
    }

    /// Nothing may follow.
    pub(super) fn end(&self) -> Result<(), RegistryError> {
        if self.from.position() == self.length { Ok(()) } else { Err(self.wrong()) }
    }

    /// A map, its entries handed over one by one with their key; each key once.
    pub(super) fn map(
        &mut self,
        mut entry: impl FnMut(u64, &mut Self) -> Result<(), RegistryError>,
    ) -> Result<(), RegistryError> {
        let wrong = self.wrong();
        let count = self.from.map().ok().flatten().filter(|count| *count <= MOST).ok_or(wrong)?;
        let mut seen = Vec::new();
        for _ in 0..count {
            let key = self.number()?;
            if seen.contains(&key) {
                return Err(self.wrong());
            }
            seen.push(key);
            entry(key, self)?;
        }
        Ok(())
    }

    /// The length of an array, whose elements the caller reads.
    pub(super) fn array(&mut self) -> Result<u64, RegistryError> {
        let wrong = self.wrong();
        self.from.array().ok().flatten().filter(|count| *count <= MOST).ok_or(wrong)
    }

    /// Is an array next?
    pub(super) fn is_array(&self) -> bool {
        matches!(self.from.datatype(), Ok(minicbor::data::Type::Array))
    }

    /// Is a tag next?
    pub(super) fn is_tag(&self) -> bool {
        matches!(self.from.datatype(), Ok(minicbor::data::Type::Tag))
    }

    pub(super) fn tag(&mut self) -> Result<u64, RegistryError> {
        let wrong = self.wrong();
        self.from.tag().map(|tag| tag.as_u64()).map_err(|_| wrong)
    }

    pub(super) fn number(&mut self) -> Result<u64, RegistryError> {
        let wrong = self.wrong();
        self.from.u64().map_err(|_| wrong)
    }

    pub(super) fn u32(&mut self) -> Result<u32, RegistryError> {
        let wrong = self.wrong();
        self.from.u32().map_err(|_| wrong)
    }

    pub(super) fn bool(&mut self) -> Result<bool, RegistryError> {
        let wrong = self.wrong();
        self.from.bool().map_err(|_| wrong)
    }

    /// A byte string of exactly `N` bytes.
    pub(super) fn bytes<const N: usize>(&mut self) -> Result<[u8; N], RegistryError> {
        let wrong = self.wrong();
        self.from.bytes().ok().and_then(|bytes| bytes.try_into().ok()).ok_or(wrong)
    }

    pub(super) fn text(&mut self) -> Result<&'a str, RegistryError> {
        let wrong = self.wrong();
        self.from.str().map_err(|_| wrong)
    }
}
