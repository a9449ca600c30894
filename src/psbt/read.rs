//! A cursor over hostile bytes: never allocates, never reads past the end.

/// Why a read failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    /// Fewer bytes than claimed.
    Truncated,
    /// A compact size that has a shorter form (Bitcoin Core refuses these everywhere).
    NotMinimal,
}

/// The bytes not yet read.
#[derive(Clone, Copy)]
pub(super) struct Reader<'a> {
    bytes: &'a [u8],
}

impl<'a> Reader<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    pub(super) fn len(&self) -> usize {
        self.bytes.len()
    }

    /// What is left.
    pub(super) fn rest(self) -> &'a [u8] {
        self.bytes
    }

    /// The next `count` bytes.
    pub(super) fn take(&mut self, count: usize) -> Result<&'a [u8], Fault> {
        let (taken, rest) = self.bytes.split_at_checked(count).ok_or(Fault::Truncated)?;
        self.bytes = rest;
        Ok(taken)
    }

    /// The next `N` bytes as an array.
    pub(super) fn array<const N: usize>(&mut self) -> Result<[u8; N], Fault> {
        let (taken, rest) = self.bytes.split_first_chunk::<N>().ok_or(Fault::Truncated)?;
        self.bytes = rest;
        Ok(*taken)
    }

    pub(super) fn byte(&mut self) -> Result<u8, Fault> {
        self.array::<1>().map(|[byte]| byte)
    }

    /// A compact size integer in its shortest form.
    pub(super) fn compact_size(&mut self) -> Result<u64, Fault> {
        let (value, least) = match self.byte()? {
            0xfd => (u64::from(u16::from_le_bytes(self.array()?)), 0xfd),
            0xfe => (u64::from(u32::from_le_bytes(self.array()?)), 0x1_0000),
            0xff => (u64::from_le_bytes(self.array()?), 0x1_0000_0000),
            small => (u64::from(small), 0),
        };
        if value < least { Err(Fault::NotMinimal) } else { Ok(value) }
    }

    /// A compact size integer of things that take `least` bytes each: never more than are left.
    pub(super) fn count(&mut self, least: usize) -> Result<usize, Fault> {
        let count = usize::try_from(self.compact_size()?).map_err(|_| Fault::Truncated)?;
        if count > self.len() / least { Err(Fault::Truncated) } else { Ok(count) }
    }

    /// A compact size and as many bytes.
    pub(super) fn sized(&mut self) -> Result<&'a [u8], Fault> {
        let count = self.count(1)?;
        self.take(count)
    }
}
