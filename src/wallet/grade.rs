//! How much a finding matters.

/// How much it matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Grade {
    /// Worth knowing.
    Note,
    /// Must be read before it is taken or signed.
    Warn,
    /// Nothing is taken or signed.
    Refuse,
}

impl Grade {
    /// The published name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warn => "warn",
            Self::Refuse => "refuse",
        }
    }
}
