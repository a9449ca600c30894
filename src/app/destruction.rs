//! What was done to destroy a vault, as a plain page: to be copied, and kept in another vault.

use super::core::Core;
use super::lifecycle::shown;
use super::storage::Destruction;
use crate::vault::contents::{Date, NoRoom, Record, Text};

/// What was done, in the order in which it was done, a sentence each.
pub fn steps(done: Destruction) -> [&'static str; 4] {
    let removed = if done.removed { REMOVED } else { NOT_REMOVED };
    let discarded = if done.discarded { DISCARDED } else { NOT_DISCARDED };
    [KEYS, ALL, removed, discarded]
}

/// The record of it. `place` names the vault's file and its stick.
pub fn record(place: &str, done: Destruction, when: Date) -> String {
    let steps = steps(done).into_iter().zip(1..);
    let steps: String = steps.map(|(step, number)| format!("{number}  {step}\n")).collect();
    format!(
        "A vault was destroyed: {place}\n{}, by a clock that nobody checked\n\n{steps}\n{FLASH}\n",
        shown(when)
    )
}

impl Core {
    /// Keeps the record in the vault that is open, which is another one. False without one, or
    /// where it has no room.
    pub(super) fn keep_destruction(&mut self, place: &str, done: Destruction) -> bool {
        let when = self.date();
        let text = record(place, done, when);
        let Ok(name) = Text::new(&format!("Destruction, {}", shown(when))) else { return false };
        let kept = self.change_vault(|contents| {
            let record = Record::new(name, text.into_bytes())?;
            contents.records.push(record)?;
            Ok::<(), NoRoom>(())
        });
        kept.is_some_and(|kept| kept.is_ok())
    }
}

/// What cannot be promised of flash memory.
pub const FLASH: &str = "What cannot be promised: a stick or card of flash memory writes to other cells than before and may \
    keep the old ones for long. Whoever reads them still needs what opened the vault. If that may be \
    known to others, move the coins, and break the stick.";
const KEYS: &str = "Its keys were overwritten first, and that was flushed to the stick.";
const ALL: &str = "All of the file was overwritten, where the file system keeps it.";
const REMOVED: &str = "The file was removed.";
const NOT_REMOVED: &str = "The file could not be removed; what is left of it holds nothing.";
const DISCARDED: &str = "The stick took the request to discard the blocks.";
const NOT_DISCARDED: &str = "The stick does not discard blocks on request.";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_record_says_in_order_what_was_done_and_what_cannot_be_promised() {
        let done = Destruction { removed: true, discarded: false };
        let text = record("vault.cold on KEYS (8 GB)", done, Date(1_780_000_000));
        let places: Vec<_> = [
            "vault.cold on KEYS (8 GB)",
            "2026-05-28 20:26 UTC",
            "1  Its keys were overwritten first",
            "2  All of the file was overwritten",
            "3  The file was removed.",
            "4  The stick does not discard blocks on request.",
            "What cannot be promised",
        ]
        .iter()
        .map(|said| text.find(said).unwrap_or_else(|| panic!("{said}: {text}")))
        .collect();
        assert!(places.is_sorted(), "{text}");
        let other = record("a", Destruction { removed: false, discarded: true }, Date(0));
        assert!(other.contains("could not be removed") && other.contains("took the request"));
    }
}
