//! From a descriptor to the conditions that its scripts are.

use super::{
    Condition, HashKind, HashLock, Lock, PathPlace, PolicyError, SpendingPath, SpendingPolicy,
};
use crate::wallet::signer::{SignerKey, number};
use crate::wallet::unspendable::unspendable;
use crate::wallet::{Chain, Derived, Wallet};
use bitcoin::bip32::Xpub;
use miniscript::descriptor::{DescriptorPublicKey, ShInner, Tr, WshInner};
use miniscript::policy::{Liftable, Semantic};
use miniscript::{Descriptor, Miniscript, MiniscriptKey, ScriptContext};

type Key = DescriptorPublicKey;

pub(super) fn lift(wallet: &Wallet) -> Result<SpendingPolicy, PolicyError> {
    let descriptor = wallet.chain(Chain::Receive);
    check(descriptor)?;
    let signers = wallet.signers();
    let paths = paths(descriptor, first(wallet)?, &|key| number(signers, key))?;
    Ok(SpendingPolicy { paths })
}

/// The same of one place, its keys told by their number among `keys`. Whether it is sound was asked
/// of the wallet.
pub(super) fn lift_at(
    wallet: &Wallet,
    derived: &Derived,
    keys: &[bitcoin::PublicKey],
) -> Result<SpendingPolicy, PolicyError> {
    let number = |key: &bitcoin::PublicKey| keys.iter().position(|known| known == key);
    let paths = paths(&derived.descriptor, first(wallet)?, &number)?;
    Ok(SpendingPolicy { paths })
}

/// What Taproot's internal key is for.
fn first(wallet: &Wallet) -> Result<PathPlace, PolicyError> {
    let Descriptor::Tr(tr) = wallet.chain(Chain::Receive) else { return Ok(PathPlace::Only) };
    let signers = wallet.signers();
    let internal = number(signers, tr.internal_key()).ok_or(PolicyError::Untold)?;
    let leaves: Vec<Xpub> = tr
        .iter_scripts()
        .flat_map(|(_, script)| script.iter_pk())
        .filter_map(|key| match signers[number(signers, &key)?].key {
            SignerKey::Extended(key) => Some(key),
            SignerKey::Fixed(_) => None,
        })
        .collect();
    Ok(unspendable(&signers[internal], &leaves).map_or(PathPlace::InternalKey, PathPlace::Nobody))
}

/// A key's number.
type Number<'a, Pk> = &'a dyn Fn(&Pk) -> Option<usize>;

fn paths<Pk: MiniscriptKey>(
    descriptor: &Descriptor<Pk>,
    first: PathPlace,
    number: Number<'_, Pk>,
) -> Result<Vec<SpendingPath>, PolicyError> {
    match descriptor {
        Descriptor::Tr(tr) => taproot(tr, first, number),
        other => {
            let policy = other.lift().map_err(|_| PolicyError::Untold)?;
            Ok(vec![SpendingPath { place: first, condition: condition(&policy, number)? }])
        }
    }
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

fn taproot<Pk: MiniscriptKey>(
    tr: &Tr<Pk>,
    first: PathPlace,
    number: Number<'_, Pk>,
) -> Result<Vec<SpendingPath>, PolicyError> {
    let internal = match first {
        PathPlace::Nobody(_) => Condition::Never,
        _ => Condition::Key(number(tr.internal_key()).ok_or(PolicyError::Untold)?),
    };
    let mut paths = vec![SpendingPath { place: first, condition: internal }];
    for (leaf, (depth, script)) in (1..).zip(tr.iter_scripts()) {
        let policy = script.lift().map_err(|_| PolicyError::Untold)?;
        let place = PathPlace::Leaf { number: leaf, depth: usize::from(depth) };
        paths.push(SpendingPath { place, condition: condition(&policy, number)? });
    }
    Ok(paths)
}

fn condition<Pk: MiniscriptKey>(
    policy: &Semantic<Pk>,
    number: Number<'_, Pk>,
) -> Result<Condition, PolicyError> {
    let hash = |kind, hash: &dyn std::fmt::Display| {
        Condition::Hash(HashLock { kind, hash: hash.to_string() })
    };
    Ok(match policy {
        Semantic::Unsatisfiable => Condition::Never,
        Semantic::Trivial => Condition::Always,
        Semantic::Key(key) => Condition::Key(number(key).ok_or(PolicyError::Untold)?),
        Semantic::After(lock) => Condition::Lock(Lock::absolute(*lock)),
        Semantic::Older(lock) => Condition::Lock(Lock::relative(*lock)),
        Semantic::Sha256(image) => hash(HashKind::Sha256, image),
        Semantic::Hash256(image) => hash(HashKind::Hash256, image),
        Semantic::Ripemd160(image) => hash(HashKind::Ripemd160, image),
        Semantic::Hash160(image) => hash(HashKind::Hash160, image),
        Semantic::Thresh(thresh) => {
            let of: Result<Vec<Condition>, PolicyError> =
                thresh.iter().map(|one| condition(one, number)).collect();
            Condition::Threshold { needed: thresh.k(), of: of? }
        }
    })
}
