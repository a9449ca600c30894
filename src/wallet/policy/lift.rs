//! From a descriptor to the conditions that its scripts are.

use super::{
    Condition, HashKind, HashLock, Lock, PathPlace, PolicyError, SpendingPath, SpendingPolicy,
};
use crate::wallet::signer::{SignerKey, number};
use crate::wallet::unspendable::unspendable;
use crate::wallet::{Chain, Signer, Wallet};
use bitcoin::bip32::Xpub;
use miniscript::descriptor::{DescriptorPublicKey, ShInner, Tr, WshInner};
use miniscript::policy::{Liftable, Semantic};
use miniscript::{Descriptor, Miniscript, ScriptContext};

type Key = DescriptorPublicKey;

pub(super) fn lift(wallet: &Wallet) -> Result<SpendingPolicy, PolicyError> {
    let descriptor = wallet.chain(Chain::Receive);
    check(descriptor)?;
    let signers = wallet.signers();
    let paths = match descriptor {
        Descriptor::Tr(tr) => taproot(tr, signers)?,
        other => {
            let policy = other.lift().map_err(|_| PolicyError::Untold)?;
            let condition = condition(&policy, signers)?;
            vec![SpendingPath { place: PathPlace::Only, condition }]
        }
    };
    Ok(SpendingPolicy { paths })
}

/// What miniscript demands of a sound script, each named.
fn check(descriptor: &Descriptor<Key>) -> Result<(), PolicyError> {
    match descriptor {
        Descriptor::Wsh(wsh) => match wsh.as_inner() {
            WshInner::Ms(script) => sound(script),
            WshInner::SortedMulti(_) => Ok(()),
        },
        Descriptor::Sh(sh) => match sh.as_inner() {
            ShInner::Ms(script) => sound(script),
            ShInner::Wsh(wsh) => match wsh.as_inner() {
                WshInner::Ms(script) => sound(script),
                WshInner::SortedMulti(_) => Ok(()),
            },
            ShInner::Wpkh(_) | ShInner::SortedMulti(_) => Ok(()),
        },
        Descriptor::Tr(tr) => tr.iter_scripts().try_for_each(|(_, script)| sound(script)),
        Descriptor::Bare(_) | Descriptor::Pkh(_) | Descriptor::Wpkh(_) => Ok(()),
    }
}

fn sound<Ctx: ScriptContext>(script: &Miniscript<Key, Ctx>) -> Result<(), PolicyError> {
    if !script.requires_sig() {
        Err(PolicyError::NoSignature)
    } else if !script.within_resource_limits() {
        Err(PolicyError::TooLarge)
    } else if script.has_mixed_timelocks() {
        Err(PolicyError::MixedLocks)
    } else {
        Ok(())
    }
}

fn taproot(tr: &Tr<Key>, signers: &[Signer]) -> Result<Vec<SpendingPath>, PolicyError> {
    let internal = number(signers, tr.internal_key()).ok_or(PolicyError::Untold)?;
    let leaves: Vec<Xpub> = tr
        .iter_scripts()
        .flat_map(|(_, script)| script.iter_pk())
        .filter_map(|key| match signers[number(signers, &key)?].key {
            SignerKey::Extended(key) => Some(key),
            SignerKey::Fixed(_) => None,
        })
        .collect();
    let first = match unspendable(&signers[internal], &leaves) {
        Some(why) => SpendingPath { place: PathPlace::Nobody(why), condition: Condition::Never },
        None => SpendingPath { place: PathPlace::InternalKey, condition: Condition::Key(internal) },
    };
    let mut paths = vec![first];
    for (number, (depth, script)) in (1..).zip(tr.iter_scripts()) {
        let policy = script.lift().map_err(|_| PolicyError::Untold)?;
        let place = PathPlace::Leaf { number, depth: usize::from(depth) };
        paths.push(SpendingPath { place, condition: condition(&policy, signers)? });
    }
    Ok(paths)
}

fn condition(policy: &Semantic<Key>, signers: &[Signer]) -> Result<Condition, PolicyError> {
    let hash = |kind, hash: &dyn std::fmt::Display| {
        Condition::Hash(HashLock { kind, hash: hash.to_string() })
    };
    Ok(match policy {
        Semantic::Unsatisfiable => Condition::Never,
        Semantic::Trivial => Condition::Always,
        Semantic::Key(key) => Condition::Key(number(signers, key).ok_or(PolicyError::Untold)?),
        Semantic::After(lock) => Condition::Lock(Lock::absolute(*lock)),
        Semantic::Older(lock) => Condition::Lock(Lock::relative(*lock)),
        Semantic::Sha256(image) => hash(HashKind::Sha256, image),
        Semantic::Hash256(image) => hash(HashKind::Hash256, image),
        Semantic::Ripemd160(image) => hash(HashKind::Ripemd160, image),
        Semantic::Hash160(image) => hash(HashKind::Hash160, image),
        Semantic::Thresh(thresh) => {
            let of: Result<Vec<Condition>, PolicyError> =
                thresh.iter().map(|one| condition(one, signers)).collect();
            Condition::Threshold { needed: thresh.k(), of: of? }
        }
    })
}
