//! Parts in: recognises the dialect by content and puts one message together.

use super::{Dialect, Payload};

/// Collects the parts of one message, in any order, in any dialect.
#[derive(Default)]
pub struct Collector {}

/// What one offered symbol did.
pub enum Offered {
    /// A new part; more are needed.
    New,
    /// Seen before, or it adds nothing.
    Known,
    /// A part of another message; nothing was changed. `Collector::start_over` takes it up.
    Foreign,
    /// The message is whole.
    Complete(Payload),
    /// The part cannot be used; nothing was changed.
    Refused(Trouble),
}

/// Why a symbol was refused. `Display` says what it is and what to choose in the wallet instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {}

/// How far the message is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Progress {
    /// Its dialect.
    pub dialect: Dialect,
    /// In words, e.g. `UR crypto-psbt`, `BBQr PSBT`.
    pub label: String,
    /// Independent parts received: the rank of what was seen.
    pub have: usize,
    /// Parts needed.
    pub need: usize,
    /// Which parts are known.
    pub parts: PartsMap,
}

/// One flag a part, in order; for UR a part solved from mixed ones counts as known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartsMap(pub Vec<bool>);

impl Collector {
    /// Takes one symbol's content.
    pub fn offer(&mut self, content: &[u8]) -> Offered {
        let _ = content;
        todo!()
    }

    /// None before the first part.
    pub fn progress(&self) -> Option<Progress> {
        todo!()
    }

    /// Forgets all parts, to take up another message.
    pub fn start_over(&mut self) {
        *self = Self::default();
    }
}
