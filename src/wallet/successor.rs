//! The wallet that takes over from a key: the only place where the coins of a key that is compromised
//! or out of use may go. Recognised by its descriptors alone, whatever a PSBT claims.

use super::{Chain, KeyRing, Wallet};
use bitcoin::Script;
use bitcoin::bip32::Fingerprint;
use bitcoin::hashes::{Hash, sha256};
use std::collections::HashMap;

/// A wallet that takes over. Public knowledge.
#[derive(Debug, Clone)]
pub struct Successor {
    name: String,
    wallets: Vec<Wallet>,
}

/// Where a script stands in a successor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct SuccessorPlace {
    /// Receive or change.
    pub chain: Chain,
    /// Its index.
    pub index: u32,
}

/// Why a wallet cannot take over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SuccessorError {
    /// It has no descriptors.
    Empty,
    /// More descriptors than a wallet has.
    TooMany,
    /// The key that is left is in it.
    SameKey(Fingerprint),
    /// Its descriptors cannot be derived.
    Underivable,
}

impl std::fmt::Display for SuccessorError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Empty => f.write_str("This wallet has no descriptors. Export it again."),
            Self::TooMany => write!(
                f,
                "This wallet has more than {} descriptors. Register those of one wallet.",
                Successor::MOST
            ),
            Self::SameKey(fingerprint) => write!(
                f,
                "The key that is left ({fingerprint}) is in this wallet: whoever has that key would \
                 keep it. Register a wallet without it."
            ),
            Self::Underivable => {
                f.write_str("No address of this wallet can be derived. Export it again.")
            }
        }
    }
}

impl std::error::Error for SuccessorError {}

impl Successor {
    /// Indexes of each chain at which its addresses are known, from 0. A sweep goes to fresh ones.
    pub const INDEXES: u32 = 1_000;
    /// Most descriptors: the four kinds of account of one key, twice over.
    pub const MOST: usize = 8;

    /// A wallet that takes over from the key `left`. `name` is what its owner calls it.
    pub fn new(
        name: &str,
        wallets: Vec<Wallet>,
        left: &dyn KeyRing,
    ) -> Result<Self, SuccessorError> {
        if wallets.is_empty() {
            return Err(SuccessorError::Empty);
        }
        if wallets.len() > Self::MOST {
            return Err(SuccessorError::TooMany);
        }
        for wallet in &wallets {
            refuse_key(wallet, left)?;
        }
        Ok(Self { name: name.into(), wallets })
    }

    /// Its name with the fingerprints of its keys.
    pub fn title(&self) -> String {
        let mut names: Vec<String> = Vec::new();
        for key in self.wallets.iter().flat_map(Wallet::keys) {
            let name = key.fingerprint().to_string();
            if !names.contains(&name) {
                names.push(name);
            }
        }
        format!("{} ({})", self.name, names.join(", "))
    }

    /// Sixteen hexadecimal digits over its descriptors, in any order: which wallet is meant, whatever
    /// others are called.
    pub fn digest(&self) -> String {
        let mut texts: Vec<&str> = self.wallets.iter().map(Wallet::text).collect();
        texts.sort_unstable();
        let digest = sha256::Hash::hash(texts.join("\n").as_bytes());
        digest.to_string().chars().take(16).collect()
    }

    /// What its owner calls it.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its descriptors.
    pub fn wallets(&self) -> &[Wallet] {
        &self.wallets
    }

    /// The place of each script, in their order; None for one that is not the successor's. Costs
    /// one derivation for each index up to the last one found, all of them if one is foreign.
    pub fn places<'a>(
        &self,
        scripts: impl IntoIterator<Item = &'a Script>,
    ) -> Vec<Option<SuccessorPlace>> {
        let scripts: Vec<&Script> = scripts.into_iter().collect();
        let mut wanted: HashMap<&Script, Option<SuccessorPlace>> =
            scripts.iter().map(|script| (*script, None)).collect();
        let mut missing = wanted.len();
        'search: for index in 0..Self::INDEXES {
            for chain in [Chain::Receive, Chain::Change] {
                for wallet in &self.wallets {
                    if missing == 0 {
                        break 'search;
                    }
                    let Some(script) = wallet.script(chain, index) else { continue };
                    if let Some(place @ None) = wanted.get_mut(script.as_script()) {
                        *place = Some(SuccessorPlace { chain, index });
                        missing -= 1;
                    }
                }
            }
        }
        scripts.iter().map(|script| wanted.get(script).copied().flatten()).collect()
    }
}

/// A key is known by its fingerprint, and, as that is only claimed, by what it derives to.
fn refuse_key(wallet: &Wallet, left: &dyn KeyRing) -> Result<(), SuccessorError> {
    let fingerprint = left.fingerprint();
    if wallet.keys().iter().any(|key| key.fingerprint() == fingerprint) {
        return Err(SuccessorError::SameKey(fingerprint));
    }
    let derived = wallet.derive(Chain::Receive, 0).ok_or(SuccessorError::Underivable)?;
    let x_only = |key: &bitcoin::secp256k1::PublicKey| key.x_only_public_key().0;
    let same = derived.keys.iter().any(|(key, (_, path))| {
        left.public_key(path).is_some_and(|ours| x_only(&ours) == x_only(&key.inner))
    });
    if same { Err(SuccessorError::SameKey(fingerprint)) } else { Ok(()) }
}
