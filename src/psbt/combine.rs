//! Combiner (BIP174): what one PSBT has and the other lacks.

use super::field::global;
use super::map::Map;
use super::{Limits, ParseError, Psbt, Version, sign};
use std::collections::BTreeSet;

/// Why two PSBTs cannot be combined.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CombineError {
    /// They are for different transactions.
    OtherTransaction,
    /// One is v0, the other v2.
    OtherVersion,
    /// Together they break a rule (only their size can).
    Broken(ParseError),
}

impl std::fmt::Display for CombineError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::OtherTransaction => f.write_str("The two PSBTs are for different transactions."),
            Self::OtherVersion => f.write_str("The two PSBTs are of different versions."),
            Self::Broken(error) => write!(f, "Together they make no PSBT: {error}"),
        }
    }
}

impl std::error::Error for CombineError {}

impl Psbt {
    /// Adds every pair of `other` whose key is not here; where both have one, ours stays. What may
    /// still be modified (BIP370) is what both allow.
    pub fn combine(mut self, other: &Self) -> Result<Self, CombineError> {
        if self.tx != other.tx {
            return Err(CombineError::OtherTransaction);
        }
        if self.version != other.version {
            return Err(CombineError::OtherVersion);
        }
        if self.version == Version::V2 && self.tx_modifiable != other.tx_modifiable {
            let flags = [self.tx_modifiable, other.tx_modifiable].map(|flags| flags.unwrap_or(0));
            self.global.put(vec![global::TX_MODIFIABLE as u8], vec![sign::both_allow(flags)]);
        }
        self.global.add_missing(&other.global);
        for (ours, theirs) in self.inputs.iter_mut().zip(&other.inputs) {
            ours.map.add_missing(&theirs.map);
        }
        for (ours, theirs) in self.outputs.iter_mut().zip(&other.outputs) {
            ours.map.add_missing(&theirs.map);
        }
        Self::parse(&self.serialize(), &Limits::default()).map_err(CombineError::Broken)
    }
}

impl Map {
    fn add_missing(&mut self, other: &Self) {
        let ours: BTreeSet<Box<[u8]>> = self.pairs.iter().map(|pair| pair.key.clone()).collect();
        for pair in other.pairs.iter().filter(|pair| !ours.contains(&pair.key)) {
            self.put(pair.key.to_vec(), pair.value.to_vec());
        }
    }
}
