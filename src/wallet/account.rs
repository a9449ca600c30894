//! The standard single-signature accounts: BIP44, BIP49, BIP84 and BIP86, and Electrum's own.

use super::{Chain, Network};
use bitcoin::bip32::{ChildNumber, DerivationPath};
use bitcoin::key::TapTweak;
use bitcoin::secp256k1::{self, PublicKey};
use bitcoin::{ScriptBuf, WPubkeyHash, hashes::Hash};

/// How one key locks an output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ScriptType {
    /// P2PKH: BIP44.
    Legacy,
    /// P2SH-P2WPKH: BIP49.
    NestedSegwit,
    /// P2WPKH: BIP84.
    NativeSegwit,
    /// P2TR without scripts: BIP86.
    Taproot,
}

impl ScriptType {
    /// All four.
    pub const ALL: [Self; 4] =
        [Self::Legacy, Self::NestedSegwit, Self::NativeSegwit, Self::Taproot];

    /// The first step of the standard path, hardened.
    pub fn purpose(self) -> u32 {
        match self {
            Self::Legacy => 44,
            Self::NestedSegwit => 49,
            Self::NativeSegwit => 84,
            Self::Taproot => 86,
        }
    }
}

/// Where the wallets of a seed keep the keys that stand alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Layout {
    /// `m / purpose' / coin' / account' / chain / index`: BIP44, 49, 84 and 86.
    #[default]
    Purposes,
    /// `m / chain / index`, P2PKH: a standard seed of Electrum's.
    ElectrumStandard,
    /// `m / 0' / chain / index`, P2WPKH: a segwit seed of Electrum's.
    ElectrumSegwit,
}

/// A place in a standard account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Account {
    /// What the purpose step says about the script.
    pub script_type: ScriptType,
    /// The coin type step (SLIP44), not yet held against a network. None in a layout without one.
    pub coin_type: Option<u32>,
    /// The account step; 0 in a layout with one account.
    pub account: u32,
    /// Receive or change.
    pub chain: Chain,
    /// The last step.
    pub index: u32,
}

impl Layout {
    /// Reads a path from the master key. None when it has not this layout's shape: another depth,
    /// another purpose, a step hardened that is not, or the reverse, another chain.
    pub fn recognise(self, path: &DerivationPath) -> Option<Account> {
        use ChildNumber::{Hardened, Normal};
        let steps: &[ChildNumber] = path.as_ref();
        let (branch, &[Normal { index: chain }, Normal { index }]) =
            steps.split_at(steps.len().checked_sub(2)?)
        else {
            return None;
        };
        let (script_type, coin_type, account) = match (self, branch) {
            (
                Self::Purposes,
                &[
                    Hardened { index: purpose },
                    Hardened { index: coin },
                    Hardened { index: account },
                ],
            ) => {
                let kind = ScriptType::ALL.into_iter().find(|kind| kind.purpose() == purpose)?;
                (kind, Some(coin), account)
            }
            (Self::ElectrumStandard, []) => (ScriptType::Legacy, None, 0),
            (Self::ElectrumSegwit, [Hardened { index: 0 }]) => (ScriptType::NativeSegwit, None, 0),
            _ => return None,
        };
        let chain = Chain::from_step(chain)?;
        Some(Account { script_type, coin_type, account, chain, index })
    }
}

impl Layout {
    /// The steps to the first `accounts` accounts of a kind, in which its chains stand.
    pub fn branches(
        self,
        kind: ScriptType,
        network: Network,
        accounts: u32,
    ) -> Vec<(ScriptType, Vec<ChildNumber>)> {
        let hardened = |index| ChildNumber::Hardened { index };
        match (self, kind) {
            (Self::Purposes, kind) => (0..accounts)
                .map(|account| {
                    let steps = [kind.purpose(), network.coin_type(), account];
                    (kind, steps.map(hardened).to_vec())
                })
                .collect(),
            (Self::ElectrumStandard, ScriptType::Legacy) => vec![(kind, vec![])],
            (Self::ElectrumSegwit, ScriptType::NativeSegwit) => vec![(kind, vec![hardened(0)])],
            _ => vec![],
        }
    }
}

/// The coin type that a path claims, when its purpose has one: BIP44, 48, 49, 84, 86, 87.
pub(super) fn coin_type(path: &DerivationPath) -> Option<u32> {
    use ChildNumber::Hardened;
    let steps: &[ChildNumber] = path.as_ref();
    match steps {
        [Hardened { index: 44 | 48 | 49 | 84 | 86 | 87 }, Hardened { index: coin }, ..] => {
            Some(*coin)
        }
        _ => None,
    }
}

/// Does the path claim a coin type, and one that is not `network`'s?
pub fn of_another_network(path: &DerivationPath, network: Network) -> bool {
    coin_type(path).is_some_and(|coin| coin != network.coin_type())
}

/// The script that `key` alone locks in the way of `script_type`.
pub fn single_sig_script(key: &PublicKey, script_type: ScriptType) -> ScriptBuf {
    let compressed = bitcoin::CompressedPublicKey(*key);
    match script_type {
        ScriptType::Legacy => ScriptBuf::new_p2pkh(&compressed.pubkey_hash()),
        ScriptType::NestedSegwit => {
            ScriptBuf::new_p2sh(&ScriptBuf::new_p2wpkh(&witness_hash(&compressed)).script_hash())
        }
        ScriptType::NativeSegwit => ScriptBuf::new_p2wpkh(&witness_hash(&compressed)),
        ScriptType::Taproot => {
            let (internal, _) = key.x_only_public_key();
            let (output, _) = internal.tap_tweak(secp256k1::SECP256K1, None);
            ScriptBuf::new_p2tr_tweaked(output)
        }
    }
}

fn witness_hash(key: &bitcoin::CompressedPublicKey) -> WPubkeyHash {
    WPubkeyHash::hash(&key.to_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wallet::address;
    use std::str::FromStr;

    #[test]
    fn the_first_addresses_of_bip49_84_and_86() {
        let cases = [
            // BIP49's test vector (testnet)
            (
                "03a1af804ac108a8a51782198c2d034b28bf90c8803f5a53f76276fa69a4eae77f",
                ScriptType::NestedSegwit,
                Network::Test,
                "2Mww8dCYPUpKHofjgcXcBCEGmniw9CoaiD2",
            ),
            // BIP84's
            (
                "0330d54fd0dd420a6e5f8d3624f5f3482cae350f79d5f0753bf5beef9c2d91af3c",
                ScriptType::NativeSegwit,
                Network::Main,
                "bc1qcr8te4kr609gcawutmrza0j4xv80jy8z306fyu",
            ),
            // BIP86's
            (
                "02cc8a4bc64d897bddc5fbc2f670f7a8ba0b386779106cf1223c6fc5d7cd6fc115",
                ScriptType::Taproot,
                Network::Main,
                "bc1p5cyxnuxmeuwuvkwfem96lqzszd02n6xdcjrs20cac6yqjjwudpxqkedrcr",
            ),
        ];
        for (key, script_type, network, expected) in cases {
            let key = PublicKey::from_str(key).unwrap();
            let script = single_sig_script(&key, script_type);
            assert_eq!(address(&script, network).as_deref(), Some(expected));
        }
    }

    #[test]
    fn each_of_electrums_layouts_has_its_own_shape() {
        let path = |text: &str| DerivationPath::from_str(text).unwrap();
        let cases = [
            (Layout::ElectrumStandard, "m/1/7", ScriptType::Legacy),
            (Layout::ElectrumSegwit, "m/0'/1/7", ScriptType::NativeSegwit),
        ];
        for (layout, own, script_type) in cases {
            let account = layout.recognise(&path(own)).unwrap();
            assert_eq!((account.script_type, account.account), (script_type, 0));
            assert_eq!((account.chain, account.index), (Chain::Change, 7));
            for other in ["m", "m/1", "m/2/7", "m/1/7'", "m/1'/1/7", "m/84'/1'/0'/1/7", "m/0/1/7"] {
                assert_eq!(layout.recognise(&path(other)), None, "{other}");
            }
            assert_eq!(Layout::Purposes.recognise(&path(own)), None);
        }
    }

    #[test]
    fn only_the_standard_shape_is_recognised() {
        let path = |text: &str| DerivationPath::from_str(text).unwrap();
        let account = Layout::Purposes.recognise(&path("m/84'/1'/9'/1/19999")).unwrap();
        assert_eq!(account.script_type, ScriptType::NativeSegwit);
        assert_eq!((account.coin_type, account.account), (Some(1), 9));
        assert_eq!((account.chain, account.index), (Chain::Change, 19_999));
        for other in [
            "m",
            "m/84'/1'/0'/1",
            "m/84'/1'/0'/1/0/0",
            "m/84/1'/0'/1/0",
            "m/84'/1'/0'/1'/0",
            "m/84'/1'/0'/2/0",
            "m/84'/1'/0'/1/0'",
            "m/48'/1'/0'/1/0",
        ] {
            assert_eq!(Layout::Purposes.recognise(&path(other)), None, "{other}");
        }
        assert!(of_another_network(&path("m/48'/0'/0'/2'/1/0"), Network::Test));
        assert!(!of_another_network(&path("m/48'/1'/0'/2'/1/0"), Network::Test));
        assert!(!of_another_network(&path("m/45'/0/1"), Network::Test));
    }
}
