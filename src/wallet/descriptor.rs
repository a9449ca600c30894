//! A wallet as its owner wrote it down: an output descriptor (BIP380 to BIP386, BIP389) with its
//! checksum. What it gives is ours; what only resembles it is not.

mod error;
mod kind;
mod sorted_leaves;

use super::expression::Expression;
use super::signer::{self, Signer, SignerKey};
use super::{Network, visible};
use bitcoin::bip32::{ChildNumber, DerivationPath, Fingerprint, KeySource};
use bitcoin::{NetworkKind, PublicKey, ScriptBuf, secp256k1};
pub use error::WalletError;
use miniscript::descriptor::{
    DescriptorMultiXKey, DescriptorPublicKey, DescriptorType, Wildcard, checksum,
};
use miniscript::{DefiniteDescriptorKey, Descriptor, ForEachKey};
use sorted_leaves::SortedLeaves;

/// Longest descriptor in bytes: 20 cosigners' keys take about 3,000.
const LONGEST: usize = 20_000;
/// Longest wallet name in characters.
const LONGEST_NAME: usize = 24;

/// Which branch of an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Chain {
    /// Given to payers: step 0, or the first of `<a;b>`.
    Receive,
    /// For what comes back: step 1, or the second of `<a;b>`.
    Change,
}

impl Chain {
    /// From the path's chain step.
    pub fn from_step(step: u32) -> Option<Self> {
        match step {
            0 => Some(Self::Receive),
            1 => Some(Self::Change),
            _ => None,
        }
    }
}

/// A loaded wallet. Public knowledge.
#[derive(Debug, Clone)]
pub struct Wallet {
    name: String,
    text: String,
    network: Network,
    policy: String,
    single_sig: bool,
    sorted: SortedLeaves,
    receive: Descriptor<DescriptorPublicKey>,
    change: Descriptor<DescriptorPublicKey>,
    keys: Vec<WalletKey>,
    signers: Vec<Signer>,
}

/// One key of a wallet and where it says that it comes from.
#[derive(Debug, Clone)]
pub struct WalletKey {
    /// The claimed origin: master fingerprint and path of the extended key.
    pub origin: KeySource,
    /// The two chains' paths below the extended key.
    steps: [DerivationPath; 2],
}

/// A wallet at one place.
#[derive(Debug, Clone)]
pub struct Derived {
    /// The descriptor with its keys at this place.
    pub descriptor: Descriptor<PublicKey>,
    /// Each ranged key with its claimed origin.
    pub keys: Vec<(PublicKey, KeySource)>,
}

impl Wallet {
    /// Reads a descriptor with its checksum. A newline at the end of the text does not belong to
    /// it. `name` is shown to the user; it is made visible and shortened.
    pub fn parse(text: &str, name: &str, network: Network) -> Result<Self, WalletError> {
        let text = text.trim_end_matches(['\n', '\r']);
        if text.len() > LONGEST {
            return Err(WalletError::TooLong);
        }
        if holds_private_key(text) {
            return Err(WalletError::PrivateKey);
        }
        let body = check(text)?;
        let expression = Expression::cut(body)
            .map_err(|(function, at)| WalletError::Unsupported { function, at })?;
        // a key that is none is told by the reader of descriptors below
        let signers = signer::signers(&expression).unwrap_or_default();
        refuse_repeated(&signers)?;
        let (plain, sorted) = SortedLeaves::take(body)?;
        let descriptor: Descriptor<DescriptorPublicKey> = plain.parse().map_err(malformed)?;
        if descriptor.desc_type() == DescriptorType::Bare {
            return Err(WalletError::Kind);
        }
        let keys = keys(&descriptor, network)?;
        let policy = kind::policy(&descriptor);
        let single_sig = kind::is_single_sig(&descriptor);
        let mut chains = descriptor.into_single_descriptors().map_err(malformed)?.into_iter();
        let (Some(receive), Some(change), None) = (chains.next(), chains.next(), chains.next())
        else {
            return Err(WalletError::NoChains);
        };
        let name = shortened(name);
        let text = text.to_owned();
        Ok(Self { name, text, network, policy, single_sig, sorted, receive, change, keys, signers })
    }

    /// The same wallet under another name, made visible and shortened.
    pub fn named(self, name: &str) -> Self {
        Self { name: shortened(name), ..self }
    }

    /// The name that the user sees.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The descriptor with its checksum, as it was read.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The descriptor without its checksum.
    pub(super) fn body(&self) -> &str {
        self.text.rsplit_once('#').map_or(&self.text, |(body, _)| body)
    }

    /// The descriptor of one chain alone, with its checksum, for those who know no `<0;1>` (BIP389).
    pub fn chain_text(&self, chain: Chain) -> Option<String> {
        let number = match chain {
            Chain::Receive => 0,
            Chain::Change => 1,
        };
        let text = Expression::cut(self.body()).ok()?.chain(number)?;
        let checksum = checksum::desc_checksum(&text).ok()?;
        Some(format!("{text}#{checksum}"))
    }

    /// Are keys of some Taproot leaf put in order at each place?
    pub(super) fn sorts_leaves(&self) -> bool {
        self.sorted != SortedLeaves::default()
    }

    /// The network that it is on.
    pub fn network(&self) -> Network {
        self.network
    }

    /// Its keys, each once, whole, in the order of the descriptor.
    pub fn signers(&self) -> &[Signer] {
        &self.signers
    }

    /// Who must sign, e.g. `2-of-3`, `single key`, `miniscript`.
    pub fn policy(&self) -> &str {
        &self.policy
    }

    /// One key alone spends, by one of the standard scripts.
    pub fn is_single_sig(&self) -> bool {
        self.single_sig
    }

    /// Its extended keys.
    pub fn keys(&self) -> &[WalletKey] {
        &self.keys
    }

    /// The places at which a key with this claimed origin would stand in this wallet.
    pub fn places(&self, source: &KeySource) -> Vec<(Chain, u32)> {
        let mut places: Vec<(Chain, u32)> =
            self.keys.iter().filter_map(|key| key.place(source)).collect();
        places.dedup();
        places
    }

    /// The descriptor of one chain. Keys of leaves that are sorted at each place stand as written.
    pub(super) fn chain(&self, chain: Chain) -> &Descriptor<DescriptorPublicKey> {
        match chain {
            Chain::Receive => &self.receive,
            Chain::Change => &self.change,
        }
    }

    /// The wallet's output at `index` (below 2^31) of a chain.
    pub fn derive(&self, chain: Chain, index: u32) -> Option<Derived> {
        let definite = self.at(chain, index)?;
        let mut keys = Vec::new();
        definite.for_each_key(|key| {
            let ranged = !matches!(key.as_descriptor_public_key(), DescriptorPublicKey::Single(_));
            if let (true, Some(path), Ok(public)) =
                (ranged, key.full_derivation_path(), key.derive_public_key(secp256k1::SECP256K1))
            {
                keys.push((public, (key.master_fingerprint(), path)));
            }
            true
        });
        let descriptor = definite.derived_descriptor(secp256k1::SECP256K1).ok()?;
        Some(Derived { descriptor, keys })
    }

    /// The descriptor at `index` (below 2^31) of a chain, its keys with their origins.
    pub fn at(&self, chain: Chain, index: u32) -> Option<Descriptor<DefiniteDescriptorKey>> {
        self.sorted.sort(self.chain(chain).at_derivation_index(index).ok()?)
    }

    /// The script at `index` of a chain.
    pub fn script(&self, chain: Chain, index: u32) -> Option<ScriptBuf> {
        // the library would derive the keys of sorted multisig again for each comparison
        let derived = self.at(chain, index)?.derived_descriptor(secp256k1::SECP256K1).ok()?;
        Some(derived.script_pubkey())
    }
}

impl WalletKey {
    fn place(&self, (fingerprint, path): &KeySource) -> Option<(Chain, u32)> {
        if *fingerprint != self.origin.0 {
            return None;
        }
        let (last, parent) = path.as_ref().split_last()?;
        let ChildNumber::Normal { index } = *last else {
            return None;
        };
        let below = parent.strip_prefix(self.origin.1.as_ref() as &[ChildNumber])?;
        let chain =
            self.steps.iter().position(|steps| steps.as_ref() as &[ChildNumber] == below)?;
        Some((if chain == 0 { Chain::Receive } else { Chain::Change }, index))
    }

    /// The master key's fingerprint, as claimed.
    pub fn fingerprint(&self) -> Fingerprint {
        self.origin.0
    }
}

/// BIP380: the checksum is required here, for a wallet with a mistyped key is another wallet.
fn check(text: &str) -> Result<&str, WalletError> {
    let (body, given) = match text.rsplit_once('#') {
        Some((body, given)) => (body, Some(given)),
        None => (text, None),
    };
    let right = checksum::desc_checksum(body).map_err(malformed)?;
    match given {
        None => Err(WalletError::NoChecksum(right)),
        Some(given) if given != right => Err(WalletError::Checksum(right)),
        Some(_) => Ok(body),
    }
}

fn shortened(name: &str) -> String {
    visible(name).chars().take(LONGEST_NAME).collect()
}

/// The same public key twice in one script would count as two signers that one person is.
fn refuse_repeated(signers: &[Signer]) -> Result<(), WalletError> {
    for (number, signer) in signers.iter().enumerate() {
        for (place, one) in signer.uses.iter().enumerate() {
            let same = |other: &signer::KeyUse| {
                other.script == one.script
                    && match (&other.steps, &one.steps) {
                        (Some(theirs), Some(ours)) => ours.iter().any(|path| theirs.contains(path)),
                        (None, None) => matches!(signer.key, SignerKey::Fixed(_)),
                        _ => false,
                    }
            };
            if signer.uses[place + 1..].iter().any(same) {
                return Err(WalletError::Repeated { signer: number + 1 });
            }
        }
    }
    Ok(())
}

/// By their form: extended private keys (`xprv`, `tprv`, 111 characters) and single ones in WIF
/// (51 or 52 characters that begin with 5, K, L, 9 or c).
pub(super) fn holds_private_key(text: &str) -> bool {
    text.split(|character: char| !character.is_ascii_alphanumeric()).any(|word| {
        (word.get(1..4) == Some("prv") && word.len() > 100)
            || (matches!(word.len(), 51 | 52) && word.starts_with(['5', 'K', 'L', '9', 'c']))
    })
}

fn malformed(error: impl std::fmt::Display) -> WalletError {
    let reason: String = visible(&error.to_string()).chars().take(120).collect();
    WalletError::Malformed(reason.trim_end_matches('.').to_owned())
}

fn keys(
    descriptor: &Descriptor<DescriptorPublicKey>,
    network: Network,
) -> Result<Vec<WalletKey>, WalletError> {
    let kind = NetworkKind::from(network.to_bitcoin());
    let mut keys = Vec::new();
    let mut trouble = None;
    descriptor.for_each_key(|key| {
        match key {
            // a plain key: the unspendable internal key of a Taproot multisig
            DescriptorPublicKey::Single(_) => {}
            DescriptorPublicKey::XPub(_) => trouble = Some(WalletError::NoChains),
            DescriptorPublicKey::MultiXPub(multi) => match wallet_key(multi, kind) {
                Ok(key) => keys.push(key),
                Err(error) => trouble = Some(error),
            },
        }
        trouble.is_none()
    });
    match trouble {
        Some(error) => Err(error),
        None if keys.is_empty() => Err(WalletError::NoChains),
        None => Ok(keys),
    }
}

fn wallet_key(
    multi: &DescriptorMultiXKey<bitcoin::bip32::Xpub>,
    kind: NetworkKind,
) -> Result<WalletKey, WalletError> {
    if multi.xkey.network != kind {
        return Err(WalletError::Network);
    }
    let paths = multi.derivation_paths.paths();
    let [receive, change] = paths.as_slice() else {
        return Err(WalletError::NoChains);
    };
    let hardened = |path: &DerivationPath| path.into_iter().any(ChildNumber::is_hardened);
    match multi.wildcard {
        Wildcard::None => return Err(WalletError::NoChains),
        Wildcard::Hardened => return Err(WalletError::Hardened),
        Wildcard::Unhardened if hardened(receive) || hardened(change) => {
            return Err(WalletError::Hardened);
        }
        Wildcard::Unhardened => {}
    }
    let origin = multi
        .origin
        .clone()
        .unwrap_or_else(|| (multi.xkey.fingerprint(), DerivationPath::master()));
    Ok(WalletKey { origin, steps: [receive.clone(), change.clone()] })
}
