//! Why a text is not a wallet.

use super::LONGEST;
use crate::wallet::Function;

/// Why a text is not a wallet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WalletError {
    /// Longer than any real descriptor.
    TooLong,
    /// No `#` and eight characters at its end. Holds the right ones.
    NoChecksum(String),
    /// Another checksum than its text has. Holds the right one.
    Checksum(String),
    /// A private key stands in it.
    PrivateKey,
    /// Not a descriptor; holds the reader's reason, made visible.
    Malformed(String),
    /// No receive and change chain written as `/<0;1>/*`.
    NoChains,
    /// Keys that need a private key to derive (a hardened step after an extended key).
    Hardened,
    /// Its extended keys are of another network.
    Network,
    /// A kind of output that is not built.
    Kind,
    /// A function that is known and not supported, and its place, from 1.
    Unsupported {
        /// Which one.
        function: Function,
        /// The place of its first letter.
        at: usize,
    },
    /// `sortedmulti_a` elsewhere than as a whole leaf of a Taproot tree (BIP387).
    SortedLeaf,
    /// A key that stands twice in one script. Holds its number among the keys, from 1.
    Repeated {
        /// The key's number.
        signer: usize,
    },
}

impl std::fmt::Display for WalletError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::TooLong => write!(
                f,
                "The wallet is longer than {LONGEST} characters: load one descriptor, nothing else."
            ),
            Self::NoChecksum(right) => write!(
                f,
                "The wallet's descriptor has no checksum: it must end in #{right} if every \
                 character is right; compare it with the wallet's own export."
            ),
            Self::Checksum(right) => write!(
                f,
                "The wallet's checksum is wrong (for this text it would be #{right}): some \
                 character differs from the original; export the wallet again."
            ),
            Self::PrivateKey => f.write_str(
                "The wallet holds a private key: load a descriptor of public keys only, and treat \
                 that private key as exposed.",
            ),
            Self::Malformed(reason) => {
                write!(
                    f,
                    "The wallet is not a descriptor that can be read ({reason}); export it again."
                )
            }
            Self::NoChains => f.write_str(
                "The wallet's extended keys do not all name a receive and a change chain: export \
                 the descriptor in the form that ends its keys in /<0;1>/*.",
            ),
            Self::Hardened => f.write_str(
                "The wallet has a hardened step after an extended key, which public keys cannot \
                 derive: export it with the hardened steps in the key's origin.",
            ),
            Self::Network => f.write_str(
                "The wallet's extended keys are of another network: choose that network or load \
                 the wallet of this one.",
            ),
            Self::Kind => f.write_str(
                "The wallet's kind of output is not supported: use pkh, wpkh, sh(wpkh), sh, wsh, \
                 sh(wsh) or tr.",
            ),
            Self::Unsupported { function, at } => write!(
                f,
                "The wallet's descriptor has at character {at} the function {function}. Make the \
                 wallet without it."
            ),
            Self::SortedLeaf => f.write_str(
                "The wallet's descriptor has sortedmulti_a where only a whole leaf of a Taproot tree \
                 may have it; export it again.",
            ),
            Self::Repeated { signer } => write!(
                f,
                "Key {signer} of the wallet stands twice in one script, so that one person would \
                 count as two. Make the wallet with different keys."
            ),
        }
    }
}

impl std::error::Error for WalletError {}
