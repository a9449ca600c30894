//! The paths at which the keys say that they stand.

use super::{Owner, RegistrationFinding as Finding};
use crate::wallet::account::coin_type;
use crate::wallet::{Chain, Layout, ScriptType, SignerKey, Wallet};
use bitcoin::bip32::{ChildNumber, DerivationPath};
use miniscript::Descriptor;
use miniscript::descriptor::ShInner;

/// `layout`: where the open seed's wallets keep the keys that stand alone.
pub(super) fn judge(
    wallet: &Wallet,
    owners: &[Owner],
    layout: Layout,
    findings: &mut Vec<Finding>,
) {
    let network = wallet.network();
    let mut coins = Vec::new();
    for (signer, key) in wallet.signers().iter().enumerate() {
        let Some((_, path)) = &key.origin else { continue };
        if !matches!(key.key, SignerKey::Extended(_)) {
            continue;
        }
        let coin = coin_type(path);
        coins.extend(coin);
        if coin.is_some_and(|coin| coin != network.coin_type()) {
            findings.push(Finding::OtherNetwork { signer });
        }
        if owners[signer] == Owner::Yours && !is_usual(wallet, path, layout) {
            let usual = usual(wallet, layout);
            findings.push(Finding::UnusualPath { signer, path: path.clone(), usual });
        }
    }
    coins.dedup();
    if coins.len() > 1 {
        findings.push(Finding::MixedNetworks);
    }
}

/// What a wallet's script says about where its keys stand.
enum Kind {
    /// One key: its purpose (BIP44, 49, 84, 86).
    Single(u32),
    /// Several keys: BIP48's last step, where it has one for this script.
    Shared(Option<u32>),
}

fn kind(wallet: &Wallet) -> Kind {
    let descriptor = wallet.chain(Chain::Receive);
    let single = |script: ScriptType| Kind::Single(script.purpose());
    match descriptor {
        Descriptor::Pkh(_) => single(ScriptType::Legacy),
        Descriptor::Wpkh(_) => single(ScriptType::NativeSegwit),
        Descriptor::Tr(_) if wallet.is_single_sig() => single(ScriptType::Taproot),
        Descriptor::Sh(sh) => match sh.as_inner() {
            ShInner::Wpkh(_) => single(ScriptType::NestedSegwit),
            ShInner::Wsh(_) => Kind::Shared(Some(1)),
            ShInner::SortedMulti(_) | ShInner::Ms(_) => Kind::Shared(None),
        },
        Descriptor::Wsh(_) => Kind::Shared(Some(2)),
        Descriptor::Tr(_) => Kind::Shared(Some(3)),
        Descriptor::Bare(_) => Kind::Shared(None),
    }
}

/// The account's number is free.
fn is_usual(wallet: &Wallet, path: &DerivationPath, layout: Layout) -> bool {
    use ChildNumber::Hardened;
    let coin = wallet.network().coin_type();
    let steps: &[ChildNumber] = path.as_ref();
    match (kind(wallet), steps) {
        (Kind::Single(purpose), _) => {
            let step = ChildNumber::Normal { index: 0 };
            layout.recognise(&path.child(step).child(step)).is_some_and(|account| {
                account.script_type.purpose() == purpose
                    && account.coin_type.is_none_or(|claimed| claimed == coin)
            })
        }
        // BIP87: one account for every kind of script
        (
            Kind::Shared(_),
            [Hardened { index: 87 }, Hardened { index: second }, Hardened { .. }],
        ) => *second == coin,
        (
            Kind::Shared(Some(script)),
            [
                Hardened { index: 48 },
                Hardened { index: second },
                Hardened { .. },
                Hardened { index: last },
            ],
        ) => *second == coin && (*last == script || (script == 3 && *last == 2)),
        // BIP45
        (Kind::Shared(None), [Hardened { index: 45 }]) => true,
        _ => false,
    }
}

/// The usual path with account 0.
fn usual(wallet: &Wallet, layout: Layout) -> DerivationPath {
    let coin = wallet.network().coin_type();
    let steps: Vec<u32> = match kind(wallet) {
        Kind::Single(purpose) => match layout {
            Layout::Purposes => vec![purpose, coin, 0],
            Layout::ElectrumStandard => Vec::new(),
            Layout::ElectrumSegwit => vec![0],
        },
        Kind::Shared(Some(script)) => vec![48, coin, 0, script],
        Kind::Shared(None) => vec![45],
    };
    steps.into_iter().map(|index| ChildNumber::Hardened { index }).collect()
}
