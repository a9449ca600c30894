//! Why bytes are not a PSBT.

/// Which rule was broken, with its data. (To be grown by the parser; `Display` is one sentence.)
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ParseError {
    /// The magic bytes are missing.
    NoMagic,
}

impl std::fmt::Display for ParseError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NoMagic => f.write_str("This is not a PSBT: it does not begin with \"psbt\"."),
        }
    }
}

impl std::error::Error for ParseError {}
