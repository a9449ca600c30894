//! A wallet as its owner registered it: with what its keys are called.

use super::{Wallet, visible};
use std::ops::Deref;

/// Longest label of a key in characters.
const LONGEST_LABEL: usize = 40;

/// A wallet with its keys' labels. It reads as its [`Wallet`].
#[derive(Debug, Clone)]
pub struct Registered {
    pub(super) wallet: Wallet,
    pub(super) labels: Vec<Option<String>>,
}

impl Registered {
    /// A wallet with labels, which are made visible and shortened to 40 characters.
    pub fn new(wallet: Wallet, labels: &[Option<String>]) -> Self {
        let label = |number: usize| {
            let text = visible(labels.get(number)?.as_deref()?.trim());
            (!text.is_empty()).then(|| text.chars().take(LONGEST_LABEL).collect())
        };
        let labels = (0..wallet.signers().len()).map(label).collect();
        Self { wallet, labels }
    }

    /// The wallet.
    pub fn wallet(&self) -> &Wallet {
        &self.wallet
    }

    /// The label of each of [`Wallet::signers`], where it has one.
    pub fn labels(&self) -> &[Option<String>] {
        &self.labels
    }
}

impl From<Wallet> for Registered {
    fn from(wallet: Wallet) -> Self {
        Self::new(wallet, &[])
    }
}

impl Deref for Registered {
    type Target = Wallet;

    fn deref(&self) -> &Wallet {
        &self.wallet
    }
}
