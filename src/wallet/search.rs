//! Is this address one of ours, and which one? The registered wallets' addresses are derived and
//! compared, low indexes first. The work is cut into steps, so that its caller can do it in slices,
//! show how far it is, and give slices to several threads.

use super::{Chain, Network, Wallet, visible};
use bitcoin::address::NetworkUnchecked;
use bitcoin::bip32::{ChildNumber, DerivationPath};
use bitcoin::secp256k1::{Parity, SECP256K1};
use bitcoin::{Address, PublicKey, Script, ScriptBuf};
use miniscript::descriptor::{
    DescriptorPublicKey, DescriptorType, DescriptorXKey, SinglePubKey, Wildcard,
};
use miniscript::{Descriptor, TranslatePk, Translator, translate_hash_clone};
use std::ops::Range;

/// Where an address stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found {
    /// The wallet's number among those that were searched.
    pub wallet: usize,
    /// Receive or change.
    pub chain: Chain,
    /// Its index.
    pub index: u32,
}

/// Why a text is not an address to look for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AddressError {
    /// Not an address, or mistyped.
    Malformed,
    /// An address of another network than the chosen one.
    OtherNetwork {
        /// It is of the main network; else of a test network.
        main: bool,
        /// The chosen network.
        chosen: Network,
    },
}

impl std::fmt::Display for AddressError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Malformed => f.write_str(
                "This is not an address, or some character of it differs. Scan or type it again.",
            ),
            Self::OtherNetwork { main, chosen } => write!(
                f,
                "This address is of {}, and {} is chosen. Choose its network in the settings.",
                if *main { "the main network" } else { "another test network" },
                chosen.label()
            ),
        }
    }
}

impl std::error::Error for AddressError {}

/// The script of an address, alone or in a `bitcoin:` request (BIP21), whose other parts are not
/// looked at.
pub fn read_address(text: &str, network: Network) -> Result<ScriptBuf, AddressError> {
    let text = text.trim();
    let scheme = text.get(..8).filter(|head: &&str| head.eq_ignore_ascii_case("bitcoin:"));
    let text = scheme.map_or(text, |head| &text[head.len()..]);
    let text = text.split('?').next().unwrap_or_default();
    // BIP173: 90 characters at most
    if text.len() > 90 || visible(text) != text {
        return Err(AddressError::Malformed);
    }
    let address: Address<NetworkUnchecked> = text.parse().map_err(|_| AddressError::Malformed)?;
    let main = address.is_valid_for_network(bitcoin::Network::Bitcoin);
    match address.require_network(network.to_bitcoin()) {
        Ok(address) => Ok(address.script_pubkey()),
        Err(_) => Err(AddressError::OtherNetwork { main, chosen: network }),
    }
}

/// A search for one script. One step is one address of one wallet's chain.
pub struct Search {
    script: ScriptBuf,
    wallets: Vec<Wallet>,
    chains: Vec<Candidates>,
    indexes: u32,
}

/// One chain of one wallet.
struct Candidates {
    wallet: usize,
    chain: Chain,
    source: Source,
}

enum Source {
    /// A descriptor whose keys stand right above the index.
    Prepared(Box<Descriptor<DescriptorPublicKey>>),
    /// For what cannot be prepared so: the wallet itself.
    Plain(Box<Wallet>),
}

impl Search {
    /// Indexes of each chain that are looked at, from 0.
    pub const INDEXES: u32 = 10_000;

    /// A search of `script` in the wallets whose addresses are of its form, over the first
    /// [`Self::INDEXES`] of both chains.
    pub fn new(script: &Script, wallets: &[Wallet]) -> Self {
        Self::over(script, wallets, Self::INDEXES)
    }

    /// A search over the first `indexes` (at most 2^31) of both chains.
    pub fn over(script: &Script, wallets: &[Wallet], indexes: u32) -> Self {
        let mut chains = Vec::new();
        for (number, wallet) in wallets.iter().enumerate() {
            if !of_form(script, wallet.chain(Chain::Receive).desc_type()) {
                continue;
            }
            for chain in [Chain::Receive, Chain::Change] {
                chains.push(Candidates::new(number, wallet, chain));
            }
        }
        let (script, wallets) = (script.to_owned(), wallets.to_vec());
        Self { script, wallets, chains, indexes: indexes.min(1 << 31) }
    }

    /// The wallets that are searched, by [`Found::wallet`].
    pub fn wallets(&self) -> &[Wallet] {
        &self.wallets
    }

    /// How many steps there are: 0 when no wallet has addresses of this form.
    pub fn steps(&self) -> u64 {
        self.chains.len() as u64 * u64::from(self.indexes)
    }

    /// Takes the steps of `range` (those beyond the last are not there) in turn until the script is
    /// found. All steps taken without finding it: it is none of these addresses.
    pub fn slice(&self, range: Range<u64>) -> Option<Found> {
        let chains = self.chains.len() as u64;
        for step in range.start..range.end.min(self.steps()) {
            let candidates = &self.chains[(step % chains) as usize];
            let index = (step / chains) as u32;
            if candidates.script(index).as_ref() == Some(&self.script) {
                let Candidates { wallet, chain, .. } = *candidates;
                return Some(Found { wallet, chain, index });
            }
        }
        None
    }
}

impl Candidates {
    fn new(wallet: usize, of: &Wallet, chain: Chain) -> Self {
        let prepared = prepared(of.chain(chain)).filter(|_| !of.sorts_leaves());
        let source = match prepared {
            Some(descriptor) => Source::Prepared(Box::new(descriptor)),
            None => Source::Plain(Box::new(of.clone())),
        };
        Self { wallet, chain, source }
    }

    fn script(&self, index: u32) -> Option<ScriptBuf> {
        match &self.source {
            Source::Prepared(descriptor) => {
                Some(descriptor.translate_pk(&mut At(index)).ok()?.script_pubkey())
            }
            Source::Plain(wallet) => wallet.script(self.chain, index),
        }
    }
}

/// From a prepared descriptor to the one at an index, each key derived once. (The library's own way
/// derives the keys again for each comparison when it sorts them.)
struct At(u32);

impl Translator<DescriptorPublicKey, PublicKey, ()> for At {
    fn pk(&mut self, key: &DescriptorPublicKey) -> Result<PublicKey, ()> {
        match key {
            DescriptorPublicKey::XPub(key) => {
                let step = ChildNumber::from_normal_idx(self.0).map_err(|_| ())?;
                let child = key.xkey.ckd_pub(SECP256K1, step).map_err(|_| ())?;
                Ok(PublicKey::new(child.public_key))
            }
            DescriptorPublicKey::Single(single) => Ok(match single.key {
                SinglePubKey::FullKey(key) => key,
                SinglePubKey::XOnly(key) => PublicKey::new(key.public_key(Parity::Even)),
            }),
            // a chain has none of these
            DescriptorPublicKey::MultiXPub(_) => Err(()),
        }
    }

    translate_hash_clone!(DescriptorPublicKey, PublicKey, ());
}

/// Has a wallet of this kind addresses of the script's form?
fn of_form(script: &Script, kind: DescriptorType) -> bool {
    use DescriptorType::*;
    match kind {
        Pkh => script.is_p2pkh(),
        Wpkh => script.is_p2wpkh(),
        Wsh | WshSortedMulti => script.is_p2wsh(),
        Sh | ShWsh | ShWpkh | ShSortedMulti | ShWshSortedMulti => script.is_p2sh(),
        Tr => script.is_p2tr(),
        Bare => false,
    }
}

/// The same descriptor with the steps above the index taken: one derivation a key is left for each
/// address instead of two.
fn prepared(
    descriptor: &Descriptor<DescriptorPublicKey>,
) -> Option<Descriptor<DescriptorPublicKey>> {
    struct Steps;
    impl Translator<DescriptorPublicKey, DescriptorPublicKey, ()> for Steps {
        fn pk(&mut self, key: &DescriptorPublicKey) -> Result<DescriptorPublicKey, ()> {
            let DescriptorPublicKey::XPub(key) = key else { return Ok(key.clone()) };
            let steps: &[ChildNumber] = key.derivation_path.as_ref();
            let xkey = key.xkey.derive_pub(SECP256K1, &steps).map_err(|_| ())?;
            Ok(DescriptorPublicKey::XPub(DescriptorXKey {
                origin: None,
                xkey,
                derivation_path: DerivationPath::master(),
                wildcard: Wildcard::Unhardened,
            }))
        }
        translate_hash_clone!(DescriptorPublicKey, DescriptorPublicKey, ());
    }
    descriptor.translate_pk(&mut Steps).ok()
}
