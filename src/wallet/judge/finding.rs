//! What can be found, with stable codes.

use crate::wallet::registration::Adaptation;
use crate::wallet::{Grade, Lock, PolicyError, Unspendable};
use bitcoin::bip32::{DerivationPath, Fingerprint};

/// Something that was found. Signers are told by their number among
/// [`Wallet::signers`](crate::wallet::Wallet::signers), from 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RegistrationFinding {
    /// Its scripts are not sound, or it cannot be told who can spend.
    Unsound(PolicyError),
    /// The signer has the open seed's fingerprint, but the seed does not give its key at its path: a
    /// swapped key, or another passphrase.
    FalselyYours {
        /// The signer.
        signer: usize,
    },
    /// None of its keys is the open seed's.
    NotYours,
    /// The key is the open seed's, yet it stands there under another fingerprint, or none: the
    /// coordinator's PSBTs would not be recognised.
    YoursUnnamed {
        /// The signer.
        signer: usize,
        /// The fingerprint that stands there.
        said: Option<Fingerprint>,
    },
    /// A key of the open seed at a path that is not the usual one for this kind of wallet.
    UnusualPath {
        /// The signer.
        signer: usize,
        /// The path that stands there.
        path: DerivationPath,
        /// A usual one for this kind of wallet.
        usual: DerivationPath,
    },
    /// The path says that the key is of another network.
    OtherNetwork {
        /// The signer.
        signer: usize,
    },
    /// The paths say that some keys are of one network and some of another.
    MixedNetworks,
    /// This appliance holds the keys of several signers, so that it alone counts as many.
    SeveralHeld {
        /// The signers.
        signers: Vec<usize>,
    },
    /// Several signers say that they come from one seed.
    SameSeed {
        /// The fingerprint that they share.
        fingerprint: Fingerprint,
        /// The signers.
        signers: Vec<usize>,
    },
    /// The same key is in another registered wallet.
    KeyElsewhere {
        /// The signer.
        signer: usize,
        /// The other wallet's name.
        wallet: String,
    },
    /// The same fingerprint, with another key, is in another registered wallet.
    FingerprintElsewhere {
        /// The signer.
        signer: usize,
        /// The other wallet's name.
        wallet: String,
    },
    /// Any one of so many can spend alone.
    OneOfMany {
        /// How many.
        of: usize,
    },
    /// All of so many are needed and there is no other way: one key lost, all is lost.
    NoSpare {
        /// How many.
        of: usize,
    },
    /// A lock opens soon, or is open.
    LockNear {
        /// The lock.
        lock: Lock,
        /// Seconds until it opens, or for which it lasts; 0 when it is open.
        seconds: u64,
    },
    /// Taproot: the internal key alone can spend everything at any time, and it is not yours.
    InternalKeySpends {
        /// The signer.
        signer: usize,
    },
    /// Taproot: nobody can spend with the internal key, and why.
    InternalKeyOfNobody(Unspendable),
    /// A key that is the same in every address.
    FixedKey {
        /// The signer.
        signer: usize,
    },
    /// A key without its origin: signers and PSBTs cannot name it.
    NoOrigin {
        /// The signer.
        signer: usize,
    },
    /// A key that stands in several places under different origins.
    OriginsDiffer {
        /// The signer.
        signer: usize,
    },
    /// The origin's path has another number of steps than the key itself says.
    Depth {
        /// The signer.
        signer: usize,
        /// Steps of the path.
        path: usize,
        /// Steps that the key says.
        key: u8,
    },
    /// The same key at the same steps in several leaves, or as internal key and in a leaf.
    SeveralPaths {
        /// The signer.
        signer: usize,
    },
    /// Others can change the witness of a spend, and so its transaction's fee rate.
    Malleable,
    /// The keys' order counts: another order is another wallet.
    OrderCounts,
    /// No checksum covers the text, only the keys.
    Unchecked,
    /// Something was put in other words.
    Adapted(Adaptation),
}

impl RegistrationFinding {
    /// The stable, published code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Unsound(PolicyError::MixedLocks) => "LOCKS_MIXED",
            Self::Unsound(PolicyError::TooLarge) => "SCRIPT_TOO_LARGE",
            Self::Unsound(PolicyError::NoSignature) => "NO_SIGNATURE_NEEDED",
            Self::Unsound(PolicyError::Untold) => "POLICY_UNTOLD",
            Self::FalselyYours { .. } => "KEY_FALSELY_YOURS",
            Self::NotYours => "NO_KEY_YOURS",
            Self::YoursUnnamed { .. } => "KEY_UNNAMED",
            Self::UnusualPath { .. } => "PATH_UNUSUAL",
            Self::OtherNetwork { .. } => "PATH_OTHER_NETWORK",
            Self::MixedNetworks => "NETWORKS_MIXED",
            Self::SeveralHeld { .. } => "KEYS_HELD_TOGETHER",
            Self::SameSeed { .. } => "KEYS_OF_ONE_SEED",
            Self::KeyElsewhere { .. } => "KEY_ELSEWHERE",
            Self::FingerprintElsewhere { .. } => "FINGERPRINT_ELSEWHERE",
            Self::OneOfMany { .. } => "ONE_OF_MANY",
            Self::NoSpare { .. } => "NO_SPARE",
            Self::LockNear { .. } => "LOCK_NEAR",
            Self::InternalKeySpends { .. } => "INTERNAL_KEY_SPENDS",
            Self::InternalKeyOfNobody(_) => "INTERNAL_KEY_UNSPENDABLE",
            Self::FixedKey { .. } => "KEY_FIXED",
            Self::NoOrigin { .. } => "KEY_WITHOUT_ORIGIN",
            Self::OriginsDiffer { .. } => "KEY_ORIGINS_DIFFER",
            Self::Depth { .. } => "KEY_DEPTH_DIFFERS",
            Self::SeveralPaths { .. } => "KEY_IN_SEVERAL_PATHS",
            Self::Malleable => "MALLEABLE",
            Self::OrderCounts => "KEY_ORDER_COUNTS",
            Self::Unchecked => "NO_CHECKSUM",
            Self::Adapted(Adaptation::Prefix { .. }) => "PREFIX_CONVERTED",
            Self::Adapted(Adaptation::ChangeChain) => "CHANGE_CHAIN_ASSUMED",
            Self::Adapted(Adaptation::Chains) => "CHAINS_ASSUMED",
        }
    }

    /// How much it matters.
    pub fn grade(&self) -> Grade {
        match self {
            Self::Unsound(_) | Self::FalselyYours { .. } => Grade::Refuse,
            Self::NotYours
            | Self::YoursUnnamed { .. }
            | Self::UnusualPath { .. }
            | Self::OtherNetwork { .. }
            | Self::MixedNetworks
            | Self::SeveralHeld { .. }
            | Self::SameSeed { .. }
            | Self::KeyElsewhere { .. }
            | Self::FingerprintElsewhere { .. }
            | Self::OneOfMany { .. }
            | Self::NoSpare { .. }
            | Self::LockNear { .. }
            | Self::InternalKeySpends { .. }
            | Self::FixedKey { .. }
            | Self::NoOrigin { .. }
            | Self::OriginsDiffer { .. }
            | Self::Depth { .. }
            | Self::SeveralPaths { .. }
            | Self::Malleable
            | Self::Unchecked => Grade::Warn,
            Self::InternalKeyOfNobody(_) | Self::OrderCounts | Self::Adapted(_) => Grade::Note,
        }
    }
}
