//! What is wrong with a record.

use std::fmt;

/// The first line that is wrong, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordError {
    /// The line, counted from 1.
    pub line: usize,
    /// What is wrong with it.
    pub fault: Fault,
}

/// What is wrong with a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// There is no line.
    Empty,
    /// The file is longer than a record can be.
    TooLarge,
    /// The line is longer than a line can be.
    LineTooLong,
    /// It is not UTF-8.
    NotText,
    /// It is not what belongs there.
    Unreadable(String),
    /// It is not spelled as RFC 8785 says: somebody else wrote it.
    OtherSpelling,
    /// It does not end with a line feed: the end of the file is missing.
    CutOff,
    /// The event's number is not the next one.
    OtherNumber {
        /// The number that belongs there.
        expected: u64,
        /// The number that stands there.
        found: u64,
    },
    /// The event has another level than its kind has.
    OtherLevel,
    /// The link does not follow from what stands before and in this line.
    LinkBroken,
    /// The clock since the start goes backwards, and no restart is recorded.
    TimeBackwards,
    /// The note is not what the header and the events add up to.
    NoteFalse,
    /// The note's signature is not by the run key of the header.
    SignatureFalse,
    /// Something stands after the note.
    AfterTheEnd,
    /// The record has no note: it was never closed, or its end is missing.
    NotClosed,
    /// The header's sequence number does not fit its previous record.
    SequenceFalse,
}

impl fmt::Display for RecordError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Line {}: {}", self.line, self.fault)
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("the record is empty."),
            Self::TooLarge => f.write_str("the file is larger than a record can be."),
            Self::LineTooLong => f.write_str("it is longer than a line of a record can be."),
            Self::NotText => f.write_str("it is not UTF-8 text."),
            Self::Unreadable(what) => write!(f, "it is not what belongs there: {what}."),
            Self::OtherSpelling => {
                f.write_str("it is not canonical JSON (RFC 8785), so Coldlight did not write it.")
            }
            Self::CutOff => f.write_str("it has no end: the rest of the file is missing."),
            Self::OtherNumber { expected, found } => {
                write!(f, "event {expected} belongs there, and event {found} stands there.")
            }
            Self::OtherLevel => f.write_str("its level is not that of its kind."),
            Self::LinkBroken => {
                f.write_str("it does not follow from the lines before it: one of them was changed.")
            }
            Self::TimeBackwards => {
                f.write_str("its time since the start is before that of the event above it.")
            }
            Self::NoteFalse => f.write_str("the note does not fit the header and the events."),
            Self::SignatureFalse => f.write_str("the note is not signed by this run's key."),
            Self::AfterTheEnd => f.write_str("it stands after the note, which ends a record."),
            Self::NotClosed => f.write_str(
                "the note is missing: the run was never closed, or its end was cut off.",
            ),
            Self::SequenceFalse => {
                f.write_str("the sequence number does not fit the previous record.")
            }
        }
    }
}

impl std::error::Error for RecordError {}
