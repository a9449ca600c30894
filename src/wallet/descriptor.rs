//! A wallet as its owner wrote it down: an output descriptor (BIP380 to BIP386, BIP389) with its
//! checksum. What it gives is ours; what only resembles it is not.

use super::{Network, visible};
use bitcoin::bip32::{ChildNumber, DerivationPath, Fingerprint, KeySource};
use bitcoin::{NetworkKind, PublicKey, ScriptBuf, secp256k1};
use miniscript::descriptor::{
    DescriptorMultiXKey, DescriptorPublicKey, DescriptorType, ShInner, Wildcard, WshInner, checksum,
};
use miniscript::{DefiniteDescriptorKey, Descriptor, ForEachKey, Terminal};

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
    policy: String,
    single_sig: bool,
    receive: Descriptor<DescriptorPublicKey>,
    change: Descriptor<DescriptorPublicKey>,
    keys: Vec<WalletKey>,
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
        }
    }
}

impl std::error::Error for WalletError {}

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
        check(text)?;
        let descriptor: Descriptor<DescriptorPublicKey> = text.parse().map_err(malformed)?;
        if descriptor.desc_type() == DescriptorType::Bare {
            return Err(WalletError::Kind);
        }
        let keys = keys(&descriptor, network)?;
        let policy = policy(&descriptor);
        let single_sig = is_single_sig(&descriptor);
        let mut chains = descriptor.into_single_descriptors().map_err(malformed)?.into_iter();
        let (Some(receive), Some(change), None) = (chains.next(), chains.next(), chains.next())
        else {
            return Err(WalletError::NoChains);
        };
        let name: String = visible(name).chars().take(LONGEST_NAME).collect();
        Ok(Self { name, text: text.into(), policy, single_sig, receive, change, keys })
    }

    /// The name that the user sees.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The descriptor with its checksum, as it was read.
    pub fn text(&self) -> &str {
        &self.text
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

    fn chain(&self, chain: Chain) -> &Descriptor<DescriptorPublicKey> {
        match chain {
            Chain::Receive => &self.receive,
            Chain::Change => &self.change,
        }
    }

    /// The wallet's output at `index` (below 2^31) of a chain.
    pub fn derive(&self, chain: Chain, index: u32) -> Option<Derived> {
        let definite = self.chain(chain).at_derivation_index(index).ok()?;
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
        self.chain(chain).at_derivation_index(index).ok()
    }

    /// The script at `index` of a chain.
    pub fn script(&self, chain: Chain, index: u32) -> Option<ScriptBuf> {
        Some(self.chain(chain).at_derivation_index(index).ok()?.script_pubkey())
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
fn check(text: &str) -> Result<(), WalletError> {
    let (body, given) = match text.rsplit_once('#') {
        Some((body, given)) => (body, Some(given)),
        None => (text, None),
    };
    let right = checksum::desc_checksum(body).map_err(malformed)?;
    match given {
        None => Err(WalletError::NoChecksum(right)),
        Some(given) if given != right => Err(WalletError::Checksum(right)),
        Some(_) => Ok(()),
    }
}

/// By their form: extended private keys (`xprv`, `tprv`, 111 characters) and single ones in WIF
/// (51 or 52 characters that begin with 5, K, L, 9 or c).
fn holds_private_key(text: &str) -> bool {
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

fn is_single_sig(descriptor: &Descriptor<DescriptorPublicKey>) -> bool {
    match descriptor {
        Descriptor::Pkh(_) | Descriptor::Wpkh(_) => true,
        Descriptor::Sh(sh) => matches!(sh.as_inner(), ShInner::Wpkh(_)),
        Descriptor::Tr(tr) => tr.tap_tree().is_none(),
        Descriptor::Bare(_) | Descriptor::Wsh(_) => false,
    }
}

fn policy(descriptor: &Descriptor<DescriptorPublicKey>) -> String {
    fn of(k: usize, n: usize) -> String {
        format!("{k}-of-{n}")
    }
    fn wsh(inner: &WshInner<DescriptorPublicKey>) -> Option<String> {
        match inner {
            WshInner::SortedMulti(multi) => Some(of(multi.k(), multi.n())),
            WshInner::Ms(script) => match &script.node {
                Terminal::Multi(keys) => Some(of(keys.k(), keys.n())),
                _ => None,
            },
        }
    }
    let multisig = match descriptor {
        Descriptor::Wsh(inner) => wsh(inner.as_inner()),
        Descriptor::Sh(sh) => match sh.as_inner() {
            ShInner::Wsh(inner) => wsh(inner.as_inner()),
            ShInner::SortedMulti(multi) => Some(of(multi.k(), multi.n())),
            ShInner::Ms(script) => match &script.node {
                Terminal::Multi(keys) => Some(of(keys.k(), keys.n())),
                _ => None,
            },
            ShInner::Wpkh(_) => None,
        },
        _ => None,
    };
    match multisig {
        Some(multisig) => multisig,
        None if is_single_sig(descriptor) => "single key".into(),
        None => "miniscript".into(),
    }
}
