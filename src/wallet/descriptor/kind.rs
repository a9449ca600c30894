//! What kind of wallet a descriptor makes, in short.

use miniscript::descriptor::{DescriptorPublicKey, ShInner, WshInner};
use miniscript::{Descriptor, Terminal};

/// One key alone spends, by one of the standard scripts.
pub(super) fn is_single_sig(descriptor: &Descriptor<DescriptorPublicKey>) -> bool {
    match descriptor {
        Descriptor::Pkh(_) | Descriptor::Wpkh(_) => true,
        Descriptor::Sh(sh) => matches!(sh.as_inner(), ShInner::Wpkh(_)),
        Descriptor::Tr(tr) => tr.tap_tree().is_none(),
        Descriptor::Bare(_) | Descriptor::Wsh(_) => false,
    }
}

/// Who must sign, in short: `2-of-3`, `single key`, `miniscript`.
pub(super) fn policy(descriptor: &Descriptor<DescriptorPublicKey>) -> String {
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
