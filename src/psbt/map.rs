//! Key-value pairs as they were read, in their order.

/// One pair: the whole key (compact-size type, then key data) and the value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pair {
    pub(super) key: Vec<u8>,
    pub(super) value: Vec<u8>,
}

/// One map of pairs, in the order in which they were read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Map {
    pub(super) pairs: Vec<Pair>,
}
