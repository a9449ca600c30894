//! What a wallet that came changes in one that is registered, key by key.

use super::super::*;
use crate::review::lock_words;
use crate::wallet::{Difference, KeyDifference, Registered, Wallet};

/// How a wallet that came stands to those that are registered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Standing {
    /// None has its name or all of its keys.
    New,
    /// It is registered, at that place.
    Registered(usize),
    /// The one at that place has its name, or its keys, and is another.
    Changes(usize, Box<Difference>),
}

impl Standing {
    pub(super) fn of(wallet: &Wallet, registered: &[Registered]) -> Self {
        let same = |one: &Registered| Difference::between(one, wallet).is_none();
        if let Some(place) = registered.iter().position(same) {
            return Self::Registered(place);
        }
        let by_name = registered.iter().position(|one| one.name() == wallet.name());
        let by_keys = || registered.iter().position(|one| same_keys(one, wallet));
        let changed = by_name.or_else(by_keys);
        let difference = changed
            .and_then(|place| Some((place, Difference::between(registered.get(place)?, wallet)?)));
        match difference {
            Some((place, difference)) => Self::Changes(place, Box::new(difference)),
            None => Self::New,
        }
    }
}

/// One that is registered already keeps the name and the labels that it was given here; a key without a
/// label takes the one that came.
pub(super) fn as_known(wallet: Registered, registered: &[Registered]) -> Registered {
    let same = |one: &&Registered| Difference::between(one, &wallet).is_none();
    let Some(known) = registered.iter().find(same) else { return wallet };
    let both = known.labels().iter().zip(wallet.labels());
    let labels: Vec<_> = both.map(|(known, came)| known.clone().or_else(|| came.clone())).collect();
    Registered::new(known.wallet().clone(), &labels)
}

fn same_keys(one: &Wallet, other: &Wallet) -> bool {
    let all_in = |these: &Wallet, those: &Wallet| {
        these.signers().iter().all(|key| those.signers().iter().any(|there| there.key == key.key))
    };
    all_in(one, other) && all_in(other, one)
}

/// Writes what differs.
pub(super) fn write(text: &mut Text, known: &Registered, difference: &Difference) {
    let label = |signer: usize| match known.labels().get(signer).and_then(Option::as_deref) {
        Some(label) => format!("key {} ({label})", signer + 1),
        None => format!("key {}", signer + 1),
    };
    text.toned(
        Tone::Warn,
        format!("It is not the {} that is registered. It differs in:", known.name()),
    );
    for key in &difference.keys {
        match key {
            KeyDifference::Replaced { signer, before, after } => {
                text.toned(Tone::Warn, format!("  {} is another key", label(*signer)));
                from_to(text, before, after);
            }
            KeyDifference::Added { signer, key } => {
                text.toned(Tone::Warn, format!("  key {} is one more", signer + 1));
                text.line(value("now", key));
            }
            KeyDifference::Removed { signer, key } => {
                text.toned(Tone::Warn, format!("  {} is not in it any more", label(*signer)));
                text.line(value("was", key));
            }
            KeyDifference::Moved { before, after } => {
                text.toned(
                    Tone::Warn,
                    format!("  {} is in place {} now", label(*before), after + 1),
                );
            }
            KeyDifference::Origin { signer, before, after } => {
                text.toned(Tone::Warn, format!("  key {} says another origin", signer + 1));
                let told = |origin: &Option<bitcoin::bip32::KeySource>| {
                    let said = origin.as_ref();
                    said.map_or("none".into(), |(mark, path)| format!("{mark} at m/{path}"))
                };
                from_to(text, &told(before), &told(after));
            }
            KeyDifference::Uses { signer } => {
                let what = format!("  key {} stands in other places of the script", signer + 1);
                text.toned(Tone::Warn, what);
            }
        }
    }
    if let Some((before, after)) = &difference.template {
        text.toned(Tone::Warn, "  the script (@0 is key 1)");
        from_to(text, before, after);
    }
    for lock in &difference.locks_before {
        text.toned(Tone::Warn, format!("  gone: {}", lock_words(*lock)));
    }
    for lock in &difference.locks_after {
        text.toned(Tone::Warn, format!("  new: {}", lock_words(*lock)));
    }
    text.plain(if difference.addresses { OTHER_ADDRESSES } else { SAME_ADDRESSES });
}

fn from_to(text: &mut Text, before: &str, after: &str) {
    text.line(value("was", before));
    text.line(value("now", after));
}

fn value(name: &str, value: &str) -> Line {
    Line::toned(Tone::Faint, format!("    {name}  ")).and(Tone::Plain, value).hang(9)
}

const OTHER_ADDRESSES: &str = "Its addresses are others. Coins at the known one's addresses would no longer be \
    recognised, and whoever made this one chose who can spend.";
const SAME_ADDRESSES: &str =
    "Its addresses are the same: it is the same wallet, written in another way.";
