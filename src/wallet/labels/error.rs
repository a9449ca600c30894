//! Why labels are not read.

use super::{Label, Labels};

/// Why labels are not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LabelsError {
    /// More bytes than [`Labels::LONGEST`].
    Long,
    /// More labels than [`Labels::MOST`].
    Many,
    /// There is none.
    Empty,
    /// A line is none.
    Line {
        /// Its number, from 1.
        number: usize,
        /// Why.
        fault: LabelFault,
    },
}

/// What is wrong with a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LabelFault {
    /// More bytes than [`Labels::LONGEST_LINE`].
    Long,
    /// Not JSON with a type and a reference, each field once.
    Json {
        /// The column, from 1.
        column: usize,
    },
    /// A type that BIP329 does not have.
    Type,
    /// The reference is none of its type.
    Reference,
    /// Only an output can be spendable or not.
    Spendable,
}

impl std::fmt::Display for LabelsError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Long => {
                write!(f, "These labels have more than {} bytes. Export fewer.", Labels::LONGEST)
            }
            Self::Many => write!(f, "There are more than {} labels. Export fewer.", Labels::MOST),
            Self::Empty => f.write_str("There are no labels in it. Export them again (BIP329)."),
            Self::Line { number, fault } => write!(f, "Line {number} {fault}"),
        }
    }
}

impl std::fmt::Display for LabelFault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Long => write!(
                f,
                "is longer than {} bytes. A label has at most {} characters: shorten it.",
                Labels::LONGEST_LINE,
                Label::LONGEST
            ),
            Self::Json { column } => write!(
                f,
                "is no label (BIP329): at column {column} it is not JSON with a type and a reference. \
                 Export the labels again."
            ),
            Self::Type => f.write_str(
                "names a type that is not known: tx, addr, pubkey, input, output and xpub are. Leave \
                 the line out.",
            ),
            Self::Reference => f.write_str(
                "names something that is not of its type, or is mistyped. Compare it with the wallet \
                 that it comes from.",
            ),
            Self::Spendable => f.write_str(
                "says spendable of something that is no output. Leave that field out.",
            ),
        }
    }
}

impl std::error::Error for LabelsError {}
