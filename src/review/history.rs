//! What was signed while the seed was open.

/// Outpoints signed for, with amount and script, and transactions signed.
#[derive(Debug, Default)]
pub struct History {}
