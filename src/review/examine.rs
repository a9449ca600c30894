//! The examination.

use super::{Facts, History, Page, Policy, Task, Walk, pages};
use crate::psbt::Psbt;
use crate::wallet::{KeyRing, Network, Wallet};

/// What the judge knows besides the PSBT.
pub struct Context<'a> {
    /// The network that the user chose.
    pub network: Network,
    /// The open seed's public side.
    pub keys: Option<&'a dyn KeyRing>,
    /// The wallets (descriptors) that the user loaded.
    pub wallets: &'a [Wallet],
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

impl Examined {
    /// What is known, either way.
    pub fn facts(&self) -> &Facts {
        match self {
            Self::Reviewed(reviewed) => reviewed.facts(),
            Self::Refused(refusal) => refusal.facts(),
        }
    }
}

impl Refusal {
    /// What is known, the refusals first.
    pub fn facts(&self) -> &Facts {
        &self.facts
    }
    /// Why, page after page.
    pub fn pages(&self) -> Vec<Page> {
        pages::refusal(&self.facts)
    }
}

impl Reviewed {
    /// What is known.
    pub fn facts(&self) -> &Facts {
        &self.facts
    }
    /// How many signatures would be made; 0 when all of ours are already there.
    pub fn to_sign(&self) -> usize {
        self.tasks.len()
    }
    /// Starts the walk through the pages.
    pub fn walk(self) -> Walk {
        let pages = pages::review(&self.facts, self.tasks.len());
        Walk::new(self, pages)
    }
    pub(super) fn into_parts(self) -> (Psbt, Vec<Task>) {
        (self.psbt, self.tasks)
    }
}

/// Examines `psbt`. Pure: same input, same outcome.
pub fn examine(psbt: Psbt, context: &Context<'_>) -> Examined {
    let _ = (psbt, context);
    todo!()
}
