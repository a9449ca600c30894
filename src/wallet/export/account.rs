//! The accounts whose keys are given away: hardened levels only.

use crate::wallet::signer::origin_text;
use crate::wallet::{Network, Prefix, ScriptType};
use bitcoin::NetworkKind;
use bitcoin::bip32::{ChildNumber, DerivationPath, Fingerprint, KeySource, Xpub};

/// What an account is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AccountKind {
    /// One key alone, in one of the four ways (BIP44, 49, 84, 86).
    Single(ScriptType),
    /// A part of a P2SH multisig: `m/45'` (BIP45), without coin or account.
    SharedLegacy,
    /// A part of a P2SH-P2WSH wallet: `m/48'/coin'/account'/1'` (BIP48).
    SharedNested,
    /// A part of a P2WSH wallet: `m/48'/coin'/account'/2'` (BIP48).
    SharedSegwit,
    /// A part of any shared wallet: `m/87'/coin'/account'` (BIP87).
    SharedAny,
}

impl AccountKind {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Single(ScriptType::Legacy),
        Self::Single(ScriptType::NestedSegwit),
        Self::Single(ScriptType::NativeSegwit),
        Self::Single(ScriptType::Taproot),
        Self::SharedLegacy,
        Self::SharedNested,
        Self::SharedSegwit,
        Self::SharedAny,
    ];

    /// The path of an account (its number below 2^31) on a network. BIP45 has one account alone.
    pub fn path(self, network: Network, account: u32) -> Option<DerivationPath> {
        let coin = network.coin_type();
        let steps = match self {
            Self::Single(script) => vec![script.purpose(), coin, account],
            Self::SharedLegacy if account == 0 => vec![45],
            Self::SharedLegacy => return None,
            Self::SharedNested => vec![48, coin, account, 1],
            Self::SharedSegwit => vec![48, coin, account, 2],
            Self::SharedAny => vec![87, coin, account],
        };
        steps.into_iter().map(|index| ChildNumber::from_hardened_idx(index).ok()).collect()
    }

    /// The prefix of SLIP-132 that says what the key is for; None where SLIP-132 has none.
    pub fn prefix(self) -> Option<Prefix> {
        match self {
            Self::Single(ScriptType::Legacy) | Self::SharedLegacy => Some(Prefix::Any),
            Self::Single(ScriptType::NestedSegwit) => Some(Prefix::NestedSingle),
            Self::Single(ScriptType::NativeSegwit) => Some(Prefix::SegwitSingle),
            Self::SharedNested => Some(Prefix::NestedShared),
            Self::SharedSegwit => Some(Prefix::SegwitShared),
            Self::Single(ScriptType::Taproot) | Self::SharedAny => None,
        }
    }
}

/// The extended public key of an account, with its origin. Never the master key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountKey {
    kind: AccountKind,
    account: u32,
    network: Network,
    origin: KeySource,
    key: Xpub,
}

impl AccountKey {
    /// `key` must stand at the kind's path; None when its depth, its number or its network say that
    /// it does not.
    pub fn new(
        kind: AccountKind,
        account: u32,
        network: Network,
        master: Fingerprint,
        key: Xpub,
    ) -> Option<Self> {
        let path = kind.path(network, account)?;
        let fits = usize::from(key.depth) == path.len()
            && path.into_iter().last() == Some(&key.child_number)
            && key.network == NetworkKind::from(network);
        fits.then_some(Self { kind, account, network, origin: (master, path), key })
    }

    /// What it is for.
    pub fn kind(&self) -> AccountKind {
        self.kind
    }

    /// The account's number.
    pub fn account(&self) -> u32 {
        self.account
    }

    /// The network that it is on.
    pub fn network(&self) -> Network {
        self.network
    }

    /// The master key's fingerprint and the path from there.
    pub fn origin(&self) -> &KeySource {
        &self.origin
    }

    /// The key.
    pub fn key(&self) -> &Xpub {
        &self.key
    }

    /// `[fingerprint/path]xpub...`
    pub fn text(&self) -> String {
        format!("{}{}", origin_text(&self.origin), self.key)
    }
}
