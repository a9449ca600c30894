//! A shared wallet in words: who can spend and when, whose its keys are.

use super::super::*;
use crate::review::lock_words;
use crate::wallet::{
    Alternative, HashKind, HashLock, Network, Owner, PathPlace, Quorum, Registered, SpendingPolicy,
};

/// What its signers are called.
pub(super) struct Names<'a> {
    wallet: &'a Registered,
    owners: &'a [Owner],
}

impl<'a> Names<'a> {
    pub(super) fn of(wallet: &'a Registered, owners: &'a [Owner]) -> Self {
        Self { wallet, owners }
    }

    /// "you", its label, the fingerprint that stands at it, or its number.
    pub(super) fn name(&self, signer: usize) -> String {
        if self.owners.get(signer) == Some(&Owner::Yours) {
            return "you".into();
        }
        let label = self.wallet.labels().get(signer).and_then(Option::as_deref);
        let origin = self.wallet.signers().get(signer).and_then(|one| one.origin.as_ref());
        match (label, origin) {
            (Some(label), _) => label.into(),
            (None, Some((fingerprint, _))) => fingerprint.to_string(),
            (None, None) => format!("key {}", signer + 1),
        }
    }

    /// The network that the wallet is on.
    pub(super) fn network(&self) -> Network {
        self.wallet.network()
    }

    /// Several, with their numbers: `1 (Bob) and 3 (you)`.
    pub(super) fn several(&self, signers: &[usize]) -> String {
        let named = |signer: &usize| format!("{} ({})", signer + 1, self.name(*signer));
        let named: Vec<String> = signers.iter().map(named).collect();
        match named.split_last() {
            Some((last, [])) => last.clone(),
            Some((last, before)) => format!("{} and {last}", before.join(", ")),
            None => String::new(),
        }
    }

    /// Whose a key is, in one word, and whether that was derived here.
    pub(super) fn owner(&self, signer: usize) -> (Tone, &'static str) {
        match self.owners.get(signer) {
            Some(Owner::Yours) => (Tone::Proven, "yours, derived here"),
            Some(Owner::Nobody) => (Tone::Proven, "nobody's: nobody can spend with it"),
            Some(Owner::Cosigner) => (Tone::Claimed, "cosigner's"),
            Some(Owner::Untold) | None => (Tone::Faint, "whose it is cannot be told"),
        }
    }
}

/// Writes the ways to spend, the soonest first.
pub(super) fn ways(text: &mut Text, policy: &SpendingPolicy, names: &Names<'_>) {
    let Some(alternatives) = policy.alternatives() else {
        text.toned(Tone::Warn, MANY_WAYS);
        return;
    };
    for way in &alternatives {
        let line = Line::new("  ").and(Tone::Faint, format!("{}  ", when(way)));
        let line = line.and(Tone::Strong, who(way, names));
        text.line(line.and(Tone::Faint, place(way.place)).hang(4));
    }
}

/// In a few words, for a list: the first way to spend, and how many more there are.
pub(super) fn in_short(wallet: &Registered) -> String {
    let ways = wallet.spending_policy().ok().and_then(|policy| policy.alternatives());
    let first = ways.as_deref().and_then(<[Alternative]>::first);
    let Some((needed, of)) = first.and_then(Alternative::quorum) else {
        return wallet.policy().into();
    };
    match ways.map_or(0, |ways| ways.len()) {
        0 | 1 => format!("{needed} of {of}"),
        2 => format!("{needed} of {of}, or another way"),
        more => format!("{needed} of {of}, or {} other ways", more - 1),
    }
}

fn when(way: &Alternative) -> String {
    if way.locks.is_empty() {
        return "At any time:".into();
    }
    let locks: Vec<String> = way.locks.iter().map(|lock| lock_words(*lock)).collect();
    let mut all = locks.join(", and ");
    if let Some(first) = all.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    all + ":"
}

fn who(way: &Alternative, names: &Names<'_>) -> String {
    let mut demands: Vec<String> = match way.signers.as_slice() {
        [Quorum::One(signer)] => vec![format!("{} alone", names.name(*signer))],
        several => several.iter().map(|quorum| quorum_words(quorum, names)).collect(),
    };
    demands.extend(way.hashes.iter().map(hash_words));
    demands.join(", and ")
}

fn quorum_words(quorum: &Quorum, names: &Names<'_>) -> String {
    match quorum {
        Quorum::One(signer) => names.name(*signer),
        Quorum::Of { needed, of } => {
            let members: Vec<String> = of
                .iter()
                .map(|one| match one {
                    Quorum::One(signer) => names.name(*signer),
                    group => format!("({})", quorum_words(group, names)),
                })
                .collect();
            let all = if *needed == of.len() {
                format!("all {needed} of")
            } else {
                format!("{needed} of")
            };
            format!("{all}: {}", members.join(", "))
        }
    }
}

fn hash_words(lock: &HashLock) -> String {
    let kind = match lock.kind {
        HashKind::Sha256 => "SHA-256",
        HashKind::Hash256 => "double SHA-256",
        HashKind::Ripemd160 => "RIPEMD-160",
        HashKind::Hash160 => "RIPEMD-160 of SHA-256",
    };
    format!("the secret whose {kind} is {}", lock.hash)
}

fn place(place: PathPlace) -> String {
    match place {
        PathPlace::Only => String::new(),
        PathPlace::InternalKey => "  (Taproot's internal key)".into(),
        PathPlace::Nobody(_) => "  (Taproot's internal key, nobody's)".into(),
        PathPlace::Leaf { number, .. } => format!("  (Taproot leaf {number})"),
    }
}

const MANY_WAYS: &str = "There are more ways to spend than can be listed here. Register it only if you know its policy \
    from its maker.";
