//! Which of our addresses a person means who types one, or a path.

use crate::message::read_path;
use crate::review::Context;
use crate::wallet::{Chain, Network, ScriptType, of_another_network, single_sig_script};
use bitcoin::address::{Address, NetworkUnchecked};
use bitcoin::bip32::{ChildNumber, DerivationPath};
use bitcoin::{Script, ScriptBuf};
use std::fmt;

/// Indexes that are looked at, of each chain.
const INDEXES: u32 = 1_000;
/// Accounts of the open seed that are looked at.
const ACCOUNTS: u32 = 3;
/// Longest address in characters (BIP173: 90).
const LONGEST_ADDRESS: usize = 100;

/// An address of ours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OwnPlace {
    /// Of the open seed alone.
    Seed {
        /// From the master key.
        path: DerivationPath,
        /// How it is locked.
        script_type: ScriptType,
    },
    /// Of a loaded wallet.
    Wallet {
        /// Its number.
        number: usize,
        /// Receive or change.
        chain: Chain,
        /// At which index.
        index: u32,
    },
}

/// Why there is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PlaceError {
    /// Neither an address nor a path.
    Neither,
    /// An address of another network than this.
    AddressOfOther(Network),
    /// A path of another network than this.
    PathOfOther(Network),
    /// A path that no standard account has.
    UnknownPath,
    /// No address of ours that was looked at.
    NotFound,
    /// No wallet is open.
    NoKey,
}

impl fmt::Display for PlaceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Neither => f.write_str(
                "This is neither an address nor a path such as m/84h/0h/0h/0/0: a character is \
                 missing or wrong.",
            ),
            Self::AddressOfOther(network) => {
                write!(f, "This is an address of another network than {}.", network.label())
            }
            Self::PathOfOther(network) => {
                write!(f, "This is a path of another network than {}.", network.label())
            }
            Self::UnknownPath => f.write_str(
                "No standard account has an address at this path: it must look like \
                 m/84h/0h/0h/0/0.",
            ),
            Self::NotFound => write!(
                f,
                "This address is not among the first {INDEXES} of the open wallets, receive or \
                 change, in the accounts 0 to {}. Type its path if you know it.",
                ACCOUNTS - 1
            ),
            Self::NoKey => f.write_str("No wallet is open."),
        }
    }
}

impl std::error::Error for PlaceError {}

/// The script of an address of this network.
pub fn script_of(text: &str, network: Network) -> Result<ScriptBuf, PlaceError> {
    let short = (text.len() <= LONGEST_ADDRESS).then(|| text.parse::<Address<NetworkUnchecked>>());
    let Some(Ok(address)) = short else { return Err(PlaceError::Neither) };
    let address = address.require_network(network.to_bitcoin());
    let address = address.map_err(|_| PlaceError::AddressOfOther(network))?;
    Ok(address.script_pubkey())
}

/// The place that `typed`, an address or a path, means. An address is looked for among the first
/// ones of every open wallet: a second or so where it is not found.
pub fn find(typed: &str, context: &Context<'_>) -> Result<OwnPlace, PlaceError> {
    let typed = typed.trim();
    if let Some(path) = read_path(typed) {
        return at_path(path, context);
    }
    let script = script_of(typed, context.network)?;
    in_wallets(&script, context)
        .or_else(|| in_seed(&script, context))
        .ok_or(if context.keys.is_some() { PlaceError::NotFound } else { PlaceError::NoKey })
}

fn at_path(path: DerivationPath, context: &Context<'_>) -> Result<OwnPlace, PlaceError> {
    let keys = context.keys.ok_or(PlaceError::NoKey)?;
    if of_another_network(&path, context.network) {
        return Err(PlaceError::PathOfOther(context.network));
    }
    let account = keys.layout().recognise(&path).ok_or(PlaceError::UnknownPath)?;
    Ok(OwnPlace::Seed { path, script_type: account.script_type })
}

/// The receive and change addresses, in the order of their indexes.
fn places() -> impl Iterator<Item = (u32, Chain)> {
    (0..INDEXES).flat_map(|index| [(index, Chain::Receive), (index, Chain::Change)])
}

fn in_wallets(script: &Script, context: &Context<'_>) -> Option<OwnPlace> {
    context.wallets.iter().enumerate().find_map(|(number, wallet)| {
        let is_it = |(index, chain): &(u32, Chain)| {
            wallet.script(*chain, *index).is_some_and(|own| own.as_script() == script)
        };
        let (index, chain) = places().find(is_it)?;
        Some(OwnPlace::Wallet { number, chain, index })
    })
}

fn in_seed(script: &Script, context: &Context<'_>) -> Option<OwnPlace> {
    let keys = context.keys?;
    // the form of the script says which kinds of account can have it
    let kinds = ScriptType::ALL.into_iter().filter(|kind| match kind {
        ScriptType::Legacy => script.is_p2pkh(),
        ScriptType::NestedSegwit => script.is_p2sh(),
        ScriptType::NativeSegwit => script.is_p2wpkh(),
        ScriptType::Taproot => script.is_p2tr(),
    });
    let branches: Vec<(ScriptType, Vec<ChildNumber>)> =
        kinds.flat_map(|kind| keys.layout().branches(kind, context.network, ACCOUNTS)).collect();
    for (script_type, branch) in branches {
        for (index, chain) in places() {
            let steps = [u32::from(chain == Chain::Change), index];
            let steps = steps.map(|index| ChildNumber::Normal { index });
            let path: DerivationPath = branch.iter().copied().chain(steps).collect();
            let key = keys.public_key(&path)?;
            if single_sig_script(&key, script_type).as_script() == script {
                return Some(OwnPlace::Seed { path, script_type });
            }
        }
    }
    None
}
