//! What differs between two wallets under one name, key by key.

use super::expression::Expression;
use super::signer;
use super::{Chain, KeyUse, Lock, Signer, Wallet};
use bitcoin::bip32::KeySource;

/// What differs between a wallet that is known and one that came under its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The script with `@0`, `@1` and so on for the signers, before and after, when it differs.
    pub template: Option<(String, String)>,
    /// The keys, one by one.
    pub keys: Vec<KeyDifference>,
    /// The locks that only the known wallet has.
    pub locks_before: Vec<Lock>,
    /// The locks that only the other one has.
    pub locks_after: Vec<Lock>,
    /// Do its addresses differ? Where they do not, both are one wallet, written in two ways.
    pub addresses: bool,
}

/// A key that is not the same. Numbers are those among [`Wallet::signers`], from 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeyDifference {
    /// Another key stands in the place of a known one.
    Replaced {
        /// Its number in both.
        signer: usize,
        /// The known key with its origin.
        before: String,
        /// The other key with its origin.
        after: String,
    },
    /// A key more.
    Added {
        /// Its number in the other wallet.
        signer: usize,
        /// The key with its origin.
        key: String,
    },
    /// A key less.
    Removed {
        /// Its number in the known wallet.
        signer: usize,
        /// The key with its origin.
        key: String,
    },
    /// The same key in another place among the others.
    Moved {
        /// Its number in the known wallet.
        before: usize,
        /// Its number in the other one.
        after: usize,
    },
    /// The same key says another origin.
    Origin {
        /// Its number in the other wallet.
        signer: usize,
        /// The known origin.
        before: Option<KeySource>,
        /// The other one.
        after: Option<KeySource>,
    },
    /// The same key stands in other scripts, or at other steps.
    Uses {
        /// Its number in the other wallet.
        signer: usize,
    },
}

impl Difference {
    /// Between a wallet that is known and one that came. None when they say the same, however it is
    /// written.
    pub fn between(known: &Wallet, other: &Wallet) -> Option<Self> {
        let (before, after) = (template(known), template(other));
        let template = (before != after).then_some((before, after));
        let keys = keys(known.signers(), other.signers());
        let locks = |wallet: &Wallet| {
            wallet.spending_policy().map(|policy| policy.locks()).unwrap_or_default()
        };
        let (mut locks_before, mut locks_after) = (locks(known), locks(other));
        let both: Vec<Lock> =
            locks_before.iter().copied().filter(|lock| locks_after.contains(lock)).collect();
        locks_before.retain(|lock| !both.contains(lock));
        locks_after.retain(|lock| !both.contains(lock));
        let scripts =
            |wallet: &Wallet| [Chain::Receive, Chain::Change].map(|chain| wallet.script(chain, 0));
        let addresses = known.network() != other.network() || scripts(known) != scripts(other);
        let same = template.is_none() && keys.is_empty() && !addresses;
        (!same).then_some(Self { template, keys, locks_before, locks_after, addresses })
    }
}

/// The script with the signers' numbers for their keys.
fn template(wallet: &Wallet) -> String {
    let text = Expression::cut(wallet.body()).ok().and_then(|expression| {
        expression
            .with_keys(|_, key| {
                let read = key.text.parse().map_err(|_| ())?;
                let signer = signer::number(wallet.signers(), &read).ok_or(())?;
                Ok::<_, ()>(format!("@{signer}{}", key.steps()))
            })
            .ok()
    });
    text.unwrap_or_default()
}

fn keys(before: &[Signer], after: &[Signer]) -> Vec<KeyDifference> {
    let mut found = Vec::new();
    let partner = |key: &Signer, among: &[Signer]| among.iter().position(|one| one.key == key.key);
    let gone = |number: usize| before.get(number).is_some_and(|key| partner(key, after).is_none());
    let fresh = |number: usize| after.get(number).is_some_and(|key| partner(key, before).is_none());
    for (signer, key) in before.iter().enumerate().filter(|(number, _)| gone(*number)) {
        found.push(match after.get(signer).filter(|_| fresh(signer)) {
            Some(other) => KeyDifference::Replaced {
                signer,
                before: key.with_origin(),
                after: other.with_origin(),
            },
            None => KeyDifference::Removed { signer, key: key.with_origin() },
        });
    }
    for (signer, key) in after.iter().enumerate() {
        if fresh(signer) && !gone(signer) {
            found.push(KeyDifference::Added { signer, key: key.with_origin() });
        }
    }
    // among those that both have, in the known order: which ones stand elsewhere
    let common: Vec<(usize, usize)> = before
        .iter()
        .enumerate()
        .filter_map(|(number, key)| Some((number, partner(key, after)?)))
        .collect();
    let mut order: Vec<usize> = common.iter().map(|(_, after)| *after).collect();
    order.sort_unstable();
    for ((number, place), due) in common.iter().zip(order) {
        if *place != due {
            found.push(KeyDifference::Moved { before: *number, after: *place });
        }
        let (known, other) = (&before[*number], &after[*place]);
        if known.origin != other.origin {
            found.push(KeyDifference::Origin {
                signer: *place,
                before: known.origin.clone(),
                after: other.origin.clone(),
            });
        }
        let uses = |signer: &Signer| -> Vec<(usize, Option<String>)> {
            let steps = |one: &KeyUse| {
                one.steps.as_ref().map(|[receive, change]| format!("{receive};{change}"))
            };
            signer.uses.iter().map(|one| (one.script, steps(one))).collect()
        };
        if uses(known) != uses(other) {
            found.push(KeyDifference::Uses { signer: *place });
        }
    }
    found
}
