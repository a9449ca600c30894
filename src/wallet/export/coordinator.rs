//! The coordinators and the forms that each of them reads, the best first (state of 2026).

use super::wallets::plain;
use super::{AccountKind, KeyForm, WalletForm};
use crate::wallet::{Alternative, Chain, Lock, Quorum, ScriptType, Wallet};
use miniscript::Descriptor;

/// A wallet on an online computer or phone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs)] // their names
pub enum Coordinator {
    Sparrow,
    Specter,
    BlueWallet,
    Nunchuk,
    Electrum,
    BitcoinSafe,
    Keeper,
    Cove,
    Liana,
    BitcoinCore,
}

impl Coordinator {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::Sparrow,
        Self::Specter,
        Self::BlueWallet,
        Self::Nunchuk,
        Self::Electrum,
        Self::BitcoinSafe,
        Self::Keeper,
        Self::Cove,
        Self::Liana,
        Self::BitcoinCore,
    ];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Sparrow => "Sparrow",
            Self::Specter => "Specter Desktop",
            Self::BlueWallet => "BlueWallet",
            Self::Nunchuk => "Nunchuk",
            Self::Electrum => "Electrum",
            Self::BitcoinSafe => "Bitcoin Safe",
            Self::Keeper => "Bitcoin Keeper",
            Self::Cove => "Cove",
            Self::Liana => "Liana",
            Self::BitcoinCore => "Bitcoin Core",
        }
    }

    /// The forms in which it takes the key of an account of that kind, the best first; none where it
    /// has no such accounts.
    pub fn key_forms(self, kind: AccountKind) -> Vec<KeyForm> {
        use KeyForm::*;
        let single = matches!(kind, AccountKind::Single(_));
        let taproot = kind == AccountKind::Single(ScriptType::Taproot);
        let any: &[KeyForm] = match self {
            Self::Sparrow => &[CryptoAccount, Text, CryptoHdKey, HdKey, ColdcardJson],
            Self::Specter => &[Text, ColdcardJson],
            Self::BlueWallet if single => {
                &[CryptoAccount, CryptoHdKey, CryptoMultiAccounts, Descriptor, Text]
            }
            Self::BlueWallet => &[CryptoAccount, ColdcardJson],
            Self::Nunchuk => &[Text, CryptoAccount, ColdcardJson],
            Self::Electrum => &[Slip132],
            Self::BitcoinSafe => &[CryptoAccount, Text, ColdcardJson],
            Self::Keeper => &[CryptoAccount],
            Self::Cove if single => &[HdKey, CryptoAccount, ColdcardJson, Descriptor],
            Self::Cove => &[],
            Self::Liana if single => &[],
            Self::Liana => &[Text],
            Self::BitcoinCore if single => &[CoreImport, Descriptor],
            Self::BitcoinCore => &[Text],
        };
        any.iter()
            .copied()
            .filter(|form| match form {
                CryptoAccount | ColdcardJson => kind != AccountKind::SharedAny,
                Slip132 => kind.prefix().is_some() && !taproot,
                _ => true,
            })
            .collect()
    }

    /// May it have wallets of this kind? No only where it is known to refuse them, whatever the form:
    /// Specter's, Liana's and Bitcoin Safe's published readers were tried, BlueWallet's and Cove's read.
    pub fn may_have(self, wallet: &Wallet) -> bool {
        let plain = plain(wallet);
        match self {
            Self::Specter => !has_leaves(wallet),
            Self::BitcoinSafe => plain.is_some(),
            Self::BlueWallet => plain.is_some_and(|plain| plain.sorted || plain.keys.len() == 1),
            Self::Cove => wallet.is_single_sig(),
            Self::Liana => is_of_liana(wallet),
            _ => true,
        }
    }

    /// The forms in which it takes a whole wallet, the best first; none where it is put together there
    /// from its keys. A form may still not have what the wallet is: then its export says so.
    pub fn wallet_forms(self) -> &'static [WalletForm] {
        use WalletForm::*;
        match self {
            Self::Sparrow => {
                &[Descriptor, CryptoOutput, OutputDescriptor, SpecterJson, ColdcardText]
            }
            Self::Specter => &[SpecterJson, Descriptor],
            Self::BlueWallet => &[ColdcardText, CryptoOutput, Descriptor],
            Self::Nunchuk => &[Bsms, Descriptor, ColdcardText, SpecterJson],
            Self::Electrum => &[],
            Self::BitcoinSafe => &[Descriptor, CryptoOutput],
            Self::Keeper => &[Bsms, CryptoOutput],
            Self::Cove => &[Descriptor, CryptoOutput],
            Self::Liana => &[Descriptor],
            Self::BitcoinCore => &[CoreImport, Descriptor],
        }
    }
}

/// Taproot with a tree.
fn has_leaves(wallet: &Wallet) -> bool {
    match wallet.chain(Chain::Receive) {
        Descriptor::Tr(tr) => tr.tap_tree().is_some(),
        _ => false,
    }
}

/// P2WSH or Taproot with one way to spend at any time, and others that each wait for blocks, each a key
/// or a quorum of keys that stands there for this way alone. (Which miniscript says so is Liana's own
/// affair.)
fn is_of_liana(wallet: &Wallet) -> bool {
    let its_script = matches!(wallet.chain(Chain::Receive), Descriptor::Wsh(_) | Descriptor::Tr(_));
    let ways = wallet.spending_policy().ok().and_then(|policy| policy.alternatives());
    let Some(ways) = ways.filter(|_| its_script) else { return false };
    let plain = |way: &Alternative| way.hashes.is_empty() && way.quorum().is_some();
    let (at_once, later): (Vec<_>, Vec<_>) = ways.iter().partition(|way| way.locks.is_empty());
    let uses: usize = wallet.signers().iter().map(|signer| signer.uses.len()).sum();
    let signers = ways.iter().flat_map(|way| &way.signers).flat_map(Quorum::everyone).count();
    at_once.len() == 1
        && !later.is_empty()
        && uses >= signers
        && ways.iter().all(plain)
        && later.iter().all(|way| matches!(way.locks[..], [Lock::BlocksAfter(_)]))
}
