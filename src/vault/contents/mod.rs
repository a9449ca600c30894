//! What a vault holds, as its owner knows it.

mod state;

pub use state::{Change, State, WrongMove};

/// Seconds since 1970, by the machine's clock, which nobody checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date(pub u64);
