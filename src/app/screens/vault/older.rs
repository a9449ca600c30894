//! An older copy of a vault, or one of two that differ: opened only after a sentence.

use super::look::{Copy, Look, TITLE};
use super::opening::Opening;
use super::*;
use crate::app::storage::VaultEntry;

/// The sentence, and the question.
pub struct Older {
    entry: VaultEntry,
    why: String,
    back: Box<Look>,
}

impl Older {
    pub(super) fn ask(entry: VaultEntry, copy: &Copy, back: Box<Look>) -> Screen {
        let own = &entry.medium;
        let why = match copy {
            Copy::Diverged(other) => format!(
                "The copies on {own} and on {other} were both changed since they were the same. What \
                 is new in one is not in the other: open both, one after the other, before you \
                 destroy either."
            ),
            Copy::Older(other) => format!(
                "This is an older copy; the newer is on {other}. What was done since (seals, drills, \
                 signatures, states) is not in it. What you change in it is not in the newer one."
            ),
            Copy::Only | Copy::Newest => String::new(),
        };
        Box::new(Self { entry, why, back }).on()
    }
}

impl Page for Older {
    fn on(self: Box<Self>) -> Screen {
        Screen::Vault(VaultScreen::Older(self))
    }

    fn key(self: Box<Self>, key: Key, core: &mut Core) -> Screen {
        match key {
            Key::Char('o') => Opening::begin(self.entry, core),
            Key::Esc | Key::Enter => self.back.on(),
            _ => self.on(),
        }
    }

    fn view(&self, core: &Core) -> View<'_> {
        let mut text = Text::new();
        text.gap();
        text.toned(Tone::Warn, self.why.as_str());
        text.gap();
        text.choice("Esc", "Back", "to choose another copy");
        text.choice("o", "Open this one", "all the same");
        words_view(core, TITLE, text, vec![("Esc", "back"), ("o", "open it"), ("?", "help")])
    }

    fn help(&self) -> &'static [&'static str] {
        help::LOOK
    }
}
