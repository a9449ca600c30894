//! Several records: does each follow the one before it, with none missing, twice, or in two ways?

use super::read::Record;
use super::text::{Digest, Whole};
use std::collections::HashMap;
use std::fmt;

/// What does not fit between records. Records are named by their place in what was given, counted
/// from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gap {
    /// The record before this one is not among those given.
    Missing {
        /// The record that names it.
        record: usize,
        /// The fingerprint of the record that is missing.
        previous: Digest,
    },
    /// This record names another run than the one that has the fingerprint, or its number is not the
    /// next one.
    OutOfOrder {
        /// The record.
        record: usize,
        /// The number that it has.
        sequence: Whole,
    },
    /// Two records follow the same one, or both say that they are the first: one of them was hidden
    /// from the other.
    Fork {
        /// The earlier of the two in what was given.
        first: usize,
        /// The later.
        second: usize,
    },
    /// One run is given twice: the same record again, or two endings of one run.
    Twice {
        /// The earlier of the two in what was given.
        first: usize,
        /// The later.
        second: usize,
    },
    /// The receipt is not of any of these records: the newest is missing, or the receipt is false.
    ReceiptElsewhere,
    /// The receipt is of this record, and newer ones are given.
    ReceiptOlder {
        /// The record that the receipt is of.
        record: usize,
    },
}

impl Gap {
    /// The line to look at: the first, which names the run and the record before it; the last line for
    /// what a receipt says.
    pub fn record(&self) -> Option<usize> {
        match *self {
            Self::Missing { record, .. }
            | Self::OutOfOrder { record, .. }
            | Self::ReceiptOlder { record } => Some(record),
            Self::Fork { second, .. } | Self::Twice { second, .. } => Some(second),
            Self::ReceiptElsewhere => None,
        }
    }
}

impl fmt::Display for Gap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing { previous, .. } => {
                write!(f, "Line 1: the record before it is not here. Its fingerprint is {previous}.")
            }
            Self::OutOfOrder { sequence, .. } => write!(
                f,
                "Line 1: number {sequence} does not follow from the record that it names."
            ),
            Self::Fork { first, .. } => write!(
                f,
                "Line 1: it follows the same record as record {}: one of the two was kept from the other.",
                first + 1
            ),
            Self::Twice { first, .. } => {
                write!(f, "Line 1: it is the run of record {} once more.", first + 1)
            }
            Self::ReceiptElsewhere => f.write_str(
                "The receipt is of none of these records: the newest is missing, or the receipt is false.",
            ),
            Self::ReceiptOlder { .. } => {
                f.write_str("The receipt is of this record, and there are newer ones.")
            }
        }
    }
}

/// Records in their order, and what does not fit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chain {
    /// Places in what was given, by sequence number.
    pub order: Vec<usize>,
    /// What does not fit, by place in what was given.
    pub gaps: Vec<Gap>,
}

impl Chain {
    /// Follows the links between records, given in any order. The first by number may say that it has
    /// a record before it: that one is then named as missing.
    pub fn of(records: &[Record]) -> Self {
        let mut order: Vec<usize> = (0..records.len()).collect();
        order.sort_by_key(|&place| (records[place].header().sequence, place));
        let mut by_fingerprint = HashMap::new();
        for (place, record) in records.iter().enumerate() {
            by_fingerprint.entry(record.fingerprint()).or_insert(place);
        }
        let (mut runs, mut followed) = (HashMap::new(), HashMap::new());
        let mut gaps = Vec::new();
        for (second, record) in records.iter().enumerate() {
            let header = record.header();
            if let Some(&first) = runs.get(&header.run) {
                gaps.push(Gap::Twice { first, second });
                continue;
            }
            runs.insert(header.run, second);
            let before = header.previous.map(|previous| previous.fingerprint);
            match followed.get(&before) {
                Some(&first) => gaps.push(Gap::Fork { first, second }),
                None => {
                    followed.insert(before, second);
                }
            }
            let Some(previous) = header.previous else { continue };
            let Some(&place) = by_fingerprint.get(&previous.fingerprint) else {
                gaps.push(Gap::Missing { record: second, previous: previous.fingerprint });
                continue;
            };
            let older = records[place].header();
            let next = older.sequence.get() + 1 == header.sequence.get();
            if older.run != previous.run || !next {
                gaps.push(Gap::OutOfOrder { record: second, sequence: header.sequence });
            }
        }
        Self { order, gaps }
    }

    /// Holds the receipt that people kept against the newest record.
    pub fn hold_receipt(&mut self, records: &[Record], receipt: &super::Receipt) {
        self.hold(records, |record| record.receipt() == receipt);
    }

    /// Holds the fingerprint that people kept against the newest record.
    pub fn hold_fingerprint(&mut self, records: &[Record], fingerprint: &Digest) {
        self.hold(records, |record| record.fingerprint() == *fingerprint);
    }

    fn hold(&mut self, records: &[Record], is_meant: impl Fn(&Record) -> bool) {
        let place = records.iter().position(is_meant);
        let Some(record) = place else { return self.gaps.push(Gap::ReceiptElsewhere) };
        let newest = self.order.last().map(|&last| records[last].header().sequence);
        if newest != Some(records[record].header().sequence) {
            self.gaps.push(Gap::ReceiptOlder { record });
        }
    }
}
