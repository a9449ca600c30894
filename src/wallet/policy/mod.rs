//! Who can spend from a wallet, and when: the policy that its scripts are (lifted from miniscript,
//! BIP379), as data for screens. Keys are told by their number among [`Wallet::signers`].

mod alternatives;
mod lift;
mod lock;

pub use alternatives::{Alternative, Quorum};
pub use lock::{HashKind, HashLock, Lock};

use super::{Chain, Derived, SignerKey, Unspendable, Wallet};

/// What a wallet's outputs demand of whoever spends them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpendingPolicy {
    /// The ways to spend that the output itself tells apart: one, or with Taproot the internal key
    /// and each leaf.
    pub paths: Vec<SpendingPath>,
}

/// One way to spend.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpendingPath {
    /// Which one.
    pub place: PathPlace,
    /// What it demands.
    pub condition: Condition,
}

/// The policy at one place of a wallet. One signer may have several keys there, and a signature by one
/// of them is none by another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlacedPolicy {
    /// What the output demands; keys are told by their number among `keys`.
    pub policy: SpendingPolicy,
    /// The public keys at this place, each with its signer's number among [`Wallet::signers`].
    pub keys: Vec<(bitcoin::PublicKey, usize)>,
}

/// Which way to spend.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PathPlace {
    /// The only one.
    Only,
    /// Taproot's internal key, by a signature alone.
    InternalKey,
    /// Taproot's internal key that nobody can spend with.
    Nobody(Unspendable),
    /// A leaf of the Taproot tree: its number from 1 in the order of the descriptor, and how many
    /// branches deep it is (BIP341: each makes a spend 32 bytes larger).
    Leaf {
        /// Its number.
        number: usize,
        /// Its depth.
        depth: usize,
    },
}

/// What must be there to spend.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Condition {
    /// Nothing: anybody can spend.
    Always,
    /// Nobody can spend.
    Never,
    /// A signature by the signer of this number.
    Key(usize),
    /// A lock that time opens.
    Lock(Lock),
    /// The secret behind a hash.
    Hash(HashLock),
    /// So many of these.
    Threshold {
        /// How many.
        needed: usize,
        /// Of which.
        of: Vec<Condition>,
    },
}

/// Why a descriptor has no policy that can be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PolicyError {
    /// Some way to spend asks for a height and for a time of one kind: no transaction has both.
    MixedLocks,
    /// Some way to spend is larger than nodes relay or accept.
    TooLarge,
    /// Some way to spend needs no signature: whoever sees the transaction may change it.
    NoSignature,
    /// It cannot be told.
    Untold,
}

impl std::fmt::Display for PolicyError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::MixedLocks => {
                "One way to spend from this wallet asks for a height and for a time at once, which no \
                 transaction has: coins could be lost. Make the wallet anew."
            }
            Self::TooLarge => {
                "One way to spend from this wallet is larger than nodes accept: coins could be lost. \
                 Make the wallet smaller."
            }
            Self::NoSignature => {
                "One way to spend from this wallet needs no signature: whoever sees the transaction \
                 could change it. Make the wallet so that every way needs one."
            }
            Self::Untold => {
                "It cannot be told who can spend from this wallet, so it is not registered."
            }
        })
    }
}

impl std::error::Error for PolicyError {}

impl Wallet {
    /// Who can spend, and when.
    pub fn spending_policy(&self) -> Result<SpendingPolicy, PolicyError> {
        lift::lift(self)
    }

    /// Who can spend what was derived at `index` of a chain, key by key.
    pub fn spending_policy_at(
        &self,
        chain: Chain,
        index: u32,
        derived: &Derived,
    ) -> Result<PlacedPolicy, PolicyError> {
        let fixed = self.signers().iter().enumerate().filter_map(|(number, signer)| {
            let SignerKey::Fixed(key) = signer.key else { return None };
            Some((bitcoin::PublicKey::new(key), number))
        });
        let keys = self.signer_keys(chain, index, derived).into_iter().chain(fixed);
        let keys: Vec<(bitcoin::PublicKey, usize)> = keys.collect();
        let plain: Vec<bitcoin::PublicKey> = keys.iter().map(|(key, _)| *key).collect();
        Ok(PlacedPolicy { policy: lift::lift_at(self, derived, &plain)?, keys })
    }
}

impl SpendingPolicy {
    /// The ways to spend in which somebody can, each as one group of signers with what else it
    /// demands, the soonest first. None when they are too many to be listed (more than
    /// [`Self::MOST`]): then only the conditions tell.
    pub fn alternatives(&self) -> Option<Vec<Alternative>> {
        alternatives::alternatives(self)
    }

    /// Most alternatives that are listed.
    pub const MOST: usize = 64;

    /// Every lock in it, in the order of the descriptor, each once.
    pub fn locks(&self) -> Vec<Lock> {
        fn collect(condition: &Condition, locks: &mut Vec<Lock>) {
            match condition {
                Condition::Lock(lock) if !locks.contains(lock) => locks.push(*lock),
                Condition::Threshold { of, .. } => of.iter().for_each(|one| collect(one, locks)),
                _ => {}
            }
        }
        let mut locks = Vec::new();
        self.paths.iter().for_each(|path| collect(&path.condition, &mut locks));
        locks
    }
}
