//! What the spending policy gives away or leaves without a spare.

use super::thresholds::{NEAR, NEAR_BLOCKS};
use super::{Known, Owner, RegistrationFinding as Finding};
use crate::wallet::{
    Chain, Condition, Lock, PathPlace, Signer, SignerKey, SpendingPolicy, Unspendable, Wallet,
};
use miniscript::Descriptor;
use miniscript::descriptor::{DescriptorPublicKey, ShInner, WshInner};

pub(super) fn judge(
    wallet: &Wallet,
    policy: &SpendingPolicy,
    owners: &[Owner],
    known: &Known<'_>,
    findings: &mut Vec<Finding>,
) {
    quorum(wallet, policy, findings);
    taproot(policy, owners, findings);
    for lock in policy.locks() {
        if let Some(seconds) = near(lock, known) {
            findings.push(Finding::LockNear { lock, seconds });
        }
    }
    let unspendable =
        policy.paths.iter().any(|path| matches!(path.place, PathPlace::Nobody(Unspendable::Point)));
    for (signer, key) in wallet.signers().iter().enumerate() {
        // BIP341's point as internal key is told as that
        let point = unspendable && key.uses.iter().all(|one| one.script == 0);
        if matches!(key.key, SignerKey::Fixed(_)) && !point {
            findings.push(Finding::FixedKey { signer });
        }
        if stands_twice(key) {
            findings.push(Finding::SeveralPaths { signer });
        }
    }
    if malleable(wallet.chain(Chain::Receive)) {
        findings.push(Finding::Malleable);
    }
    if order_counts(wallet.body()) {
        findings.push(Finding::OrderCounts);
    }
}

/// One of many alone, or all with no other way.
fn quorum(wallet: &Wallet, policy: &SpendingPolicy, findings: &mut Vec<Finding>) {
    let Some(ways) = policy.alternatives() else { return };
    let signers = wallet.signers().len();
    let free: Vec<(usize, usize)> = ways
        .iter()
        .filter(|way| way.locks.is_empty() && way.hashes.is_empty())
        .filter_map(|way| way.quorum())
        .collect();
    if let Some((_, of)) = free.iter().find(|(needed, of)| *needed == 1 && *of > 1) {
        findings.push(Finding::OneOfMany { of: *of });
    }
    if let ([(needed, of)], 1) = (free.as_slice(), ways.len())
        && needed == of
        && *of > 1
        && *of <= signers
    {
        findings.push(Finding::NoSpare { of: *of });
    }
}

fn taproot(policy: &SpendingPolicy, owners: &[Owner], findings: &mut Vec<Finding>) {
    for path in &policy.paths {
        match (path.place, &path.condition) {
            (PathPlace::Nobody(why), _) => findings.push(Finding::InternalKeyOfNobody(why)),
            (PathPlace::InternalKey, Condition::Key(signer))
                if policy.paths.len() > 1 && owners[*signer] != Owner::Yours =>
            {
                findings.push(Finding::InternalKeySpends { signer: *signer });
            }
            _ => {}
        }
    }
}

/// Seconds until a lock opens, when they are few.
fn near(lock: Lock, known: &Known<'_>) -> Option<u64> {
    let seconds = match lock {
        Lock::BlocksAfter(_) | Lock::UnitsAfter(_) => lock.seconds()?,
        Lock::FromHeight(height) => {
            let blocks = height.saturating_sub(known.height?);
            u64::from(blocks) * (NEAR / u64::from(NEAR_BLOCKS))
        }
        Lock::FromTime(time) => u64::from(time).saturating_sub(known.time?),
    };
    (seconds < NEAR).then_some(seconds)
}

/// At the same steps in several scripts of a Taproot output.
fn stands_twice(signer: &Signer) -> bool {
    signer.uses.iter().enumerate().any(|(place, one)| {
        signer.uses[place + 1..].iter().any(|other| match (&one.steps, &other.steps) {
            (Some(ours), Some(theirs)) => ours.iter().any(|path| theirs.contains(path)),
            _ => true,
        })
    })
}

/// Is a script malleable?
fn malleable(descriptor: &Descriptor<DescriptorPublicKey>) -> bool {
    match descriptor {
        Descriptor::Wsh(wsh) => in_wsh(wsh.as_inner()),
        Descriptor::Sh(sh) => match sh.as_inner() {
            ShInner::Ms(script) => !script.is_non_malleable(),
            ShInner::Wsh(wsh) => in_wsh(wsh.as_inner()),
            ShInner::Wpkh(_) | ShInner::SortedMulti(_) => false,
        },
        Descriptor::Tr(tr) => tr.iter_scripts().any(|(_, script)| !script.is_non_malleable()),
        Descriptor::Bare(_) | Descriptor::Pkh(_) | Descriptor::Wpkh(_) => false,
    }
}

fn in_wsh(inner: &WshInner<DescriptorPublicKey>) -> bool {
    match inner {
        WshInner::Ms(script) => !script.is_non_malleable(),
        WshInner::SortedMulti(_) => false,
    }
}

/// Do keys stand in the script in the order of the text (`multi`, not `sortedmulti`)?
fn order_counts(body: &str) -> bool {
    ["multi(", "multi_a("]
        .into_iter()
        .any(|function| body.match_indices(function).any(|(at, _)| !body[..at].ends_with("sorted")))
}
