//! What was signed, in words that can be compared.

use super::backup::NEVER_DRILLED;
use super::*;
use crate::app::core::Session;
use crate::app::vault::Saving;
use bitcoin::hashes::{Hash, sha256};

/// After the answer was shown. Going back shows it again.
pub struct Done {
    answer: Box<Answer>,
    digest: String,
}

impl Done {
    pub(super) fn after(answer: Box<Answer>) -> Screen {
        // Of the stripped PSBT: what coordinators add or leave out does not change it.
        let bytes = answer.signed().stripped().serialize();
        let digest = sha256::Hash::hash(&bytes).to_string();
        Screen::Done(Box::new(Self { answer, digest }))
    }

    pub(super) fn key(self: Box<Self>, key: Key, core: &mut Core) -> Screen {
        match key {
            Key::Enter => Screen::home(),
            Key::Esc => self.answer.again(core),
            _ => Screen::Done(self),
        }
    }

    pub(super) fn view<'a>(&'a self, core: &Core) -> View<'a> {
        let mut text = Text::new();
        text.gap();
        let made = self.answer.made;
        let signatures = if made == 1 {
            "1 signature was made.".into()
        } else {
            format!("{made} signatures were made.")
        };
        let complete = if self.answer.complete() { COMPLETE } else { INCOMPLETE };
        text.line(Line::toned(Tone::Strong, signatures).and(Tone::Plain, format!(" {complete}")));
        text.gap();
        match &self.answer.txid {
            Some(txid) => text.field("Transaction id", Tone::Plain, grouped(txid)),
            None => text.field("Transaction id", Tone::Plain, NO_TXID),
        };
        text.gap();
        text.field("Digest", Tone::Plain, grouped(&self.digest));
        text.gap();
        text.toned(Tone::Faint, COMPARE);
        if core.session.as_ref().is_some_and(Session::warns_of_no_drill) {
            text.gap();
            text.toned(Tone::Warn, NEVER_DRILLED);
        }
        if let Some(demo) = &self.answer.demo {
            text.gap();
            text.toned(Tone::Strong, demo.words());
        }
        if let (Some(vault), Some(_)) = (&core.vault, core.sealed_key()) {
            text.gap();
            match vault.saving() {
                Saving::Saved => text.toned(Tone::Faint, KEPT),
                Saving::Writing => text.toned(Tone::Warn, WRITING),
                Saving::Unsaved(why) => text.toned(Tone::Warn, format!("{UNSAVED} {why}")),
            };
        }
        let back = match self.answer.origin.file() {
            Some(_) => "write or show it again",
            None => "show the code again",
        };
        let keys = vec![("Enter", "home"), ("Esc", back), ("?", "help")];
        words_view(core, "Done", text, keys)
    }
}

/// Hexadecimal in groups of four.
fn grouped(hex: &str) -> String {
    let digits: Vec<char> = hex.chars().collect();
    let groups: Vec<String> = digits.chunks(4).map(|group| group.iter().collect()).collect();
    groups.join(" ")
}

const COMPLETE: &str = "The transaction is complete and can be sent.";
const INCOMPLETE: &str = "Signatures of others are still missing.";
const NO_TXID: &str = "not fixed before all signatures are there";
const COMPARE: &str = "Signatures here are deterministic: a second appliance with the same words, given the same \
    transaction, must show the same digest. If it differs, one of the two cannot be trusted.";
const KEPT: &str = "What was signed is kept in the vault.";
const WRITING: &str = "What was signed is being written to the vault. Leave its stick in.";
const UNSAVED: &str =
    "What was signed is not in the vault's file yet: plug its stick in, and press v at home.";
