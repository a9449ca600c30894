//! The examination.

use super::{Facts, History, Policy, Task, Walk};
use crate::psbt::Psbt;
use crate::wallet::{KeyRing, Network};

/// What the judge knows besides the PSBT.
pub struct Context<'a> {
    /// The network that the user chose.
    pub network: Network,
    /// The open seed's public side.
    pub keys: Option<&'a dyn KeyRing>,
    // wallets: &'a [Wallet]  -- comes with wallet/descriptor.rs
    /// What was signed before.
    pub history: &'a History,
    /// Thresholds.
    pub policy: &'a Policy,
    /// Seconds since 1970, where there is a clock.
    pub now: Option<u64>,
    /// The expert allowed SIGHASH_UNUSUAL for this one transaction.
    pub allow_sighash_unusual: bool,
}

/// The outcome.
pub enum Examined {
    /// May be walked through and signed.
    Reviewed(Reviewed),
    /// Nothing will be signed.
    Refused(Refusal),
}

/// A PSBT that passed, with its facts and the signatures to make.
pub struct Reviewed {
    psbt: Psbt,
    facts: Facts,
    tasks: Vec<Task>,
}

/// A PSBT that did not pass, with its facts.
pub struct Refusal {
    facts: Facts,
}

impl Refusal {
    /// What is known, the refusals first.
    pub fn facts(&self) -> &Facts {
        &self.facts
    }
}

impl Reviewed {
    /// What is known.
    pub fn facts(&self) -> &Facts {
        &self.facts
    }
    /// Starts the walk through the pages.
    pub fn walk(self) -> Walk {
        let _ = (&self.psbt, &self.tasks);
        todo!()
    }
}

/// Examines `psbt`. Pure: same input, same outcome.
pub fn examine(psbt: Psbt, context: &Context<'_>) -> Examined {
    let _ = (psbt, context);
    todo!()
}
