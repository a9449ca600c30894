//! Destroying a vault: what can be promised and what cannot, a word to type, and what was done.

use super::look::Look;
use super::*;
use crate::app::storage::{Destruction, VaultEntry};
use crate::vault::layout::key_ranges;

/// The word that destroys.
const WORD: &str = "destroy";

/// A vault that is to be destroyed.
pub struct Destroying {
    entry: VaultEntry,
    state: State,
}

enum State {
    /// The word, as far as it is typed; why it did not work the last time.
    Asked {
        typed: String,
        trouble: Option<String>,
    },
    Working,
    Done(Destruction),
}

impl Destroying {
    pub(super) fn ask(entry: VaultEntry) -> Screen {
        let state = State::Asked { typed: String::new(), trouble: None };
        Box::new(Self { entry, state }).on()
    }
}

impl Page for Destroying {
    fn on(self: Box<Self>) -> Screen {
        Screen::Vault(VaultScreen::Destroying(self))
    }

    fn key(mut self: Box<Self>, key: Key, core: &mut Core) -> Screen {
        let is_open = core.vault.as_ref().is_some_and(|vault| vault.is_at(&self.entry));
        match (&mut self.state, key) {
            (State::Asked { .. } | State::Done(_), Key::Esc) => return Look::begin(core),
            (State::Done(_), Key::Enter) => return Look::begin(core),
            (State::Asked { trouble, .. }, Key::Enter) if is_open => {
                *trouble = Some(OPEN.into());
            }
            (State::Asked { typed, .. }, Key::Enter) if typed == WORD => {
                let (vault, keys_first) = (self.entry.id, key_ranges());
                ask(VaultErrand::Destroy { vault, keys_first }, core);
                self.state = State::Working;
            }
            (State::Asked { trouble, .. }, Key::Enter) => *trouble = Some(TYPE_IT.into()),
            (State::Asked { typed, .. }, Key::Backspace) => {
                typed.pop();
            }
            (State::Asked { typed, .. }, Key::Char(letter)) if typed.len() < WORD.len() => {
                typed.push(letter.to_ascii_lowercase());
            }
            _ => {}
        }
        self.on()
    }

    fn news(mut self: Box<Self>, news: VaultNews, _core: &mut Core) -> Screen {
        if let (State::Working, VaultNews::Destroyed(id, outcome)) = (&self.state, news)
            && id == self.entry.id
        {
            self.state = match outcome {
                Ok(done) => State::Done(done),
                Err(why) => State::Asked { typed: String::new(), trouble: Some(why) },
            };
        }
        self.on()
    }

    fn view(&self, core: &Core) -> View<'_> {
        let mut text = Text::new();
        text.gap();
        let place = format!("{} on {}", self.entry.name, self.entry.medium);
        let keys = match &self.state {
            State::Asked { typed, trouble } => {
                text.toned(Tone::Strong, format!("{place} is to be destroyed for good."));
                text.gap();
                text.plain(WHAT);
                text.gap();
                text.toned(Tone::Warn, FLASH);
                text.gap();
                text.line(
                    Line::new("Type  ")
                        .and(Tone::Strong, WORD)
                        .and(Tone::Plain, "  and press Enter.   [ ")
                        .and(Tone::Entry, format!("{typed}_"))
                        .and(Tone::Plain, " ]"),
                );
                if let Some(trouble) = trouble {
                    text.gap();
                    text.toned(Tone::Warn, trouble.as_str());
                }
                vec![("Esc", "back, nothing is destroyed"), ("?", "help")]
            }
            State::Working => {
                text.plain(format!("Destroying {place}: its keys first, then all of it ..."));
                text.gap();
                text.toned(Tone::Strong, "Leave the stick in.");
                vec![]
            }
            State::Done(done) => {
                text.toned(Tone::Strong, format!("{place} is destroyed."));
                text.gap();
                said(&mut text, *done);
                vec![("Enter", "go on"), ("?", "help")]
            }
        };
        words_view(core, "Destroy a vault", text, keys)
    }

    fn help(&self) -> &'static [&'static str] {
        help::DESTROY
    }
}

/// What was done, in the order in which it was done.
fn said(text: &mut Text, done: Destruction) {
    text.plain("Its keys were overwritten first and flushed, then all of the file, where the file system keeps it.");
    text.plain(if done.removed { REMOVED } else { NOT_REMOVED });
    text.plain(if done.discarded { DISCARDED } else { NOT_DISCARDED });
    text.gap();
    text.toned(Tone::Warn, FLASH);
}

const WHAT: &str = "Its keys are overwritten first, then all of the file; then the file is removed and the stick is \
    asked to discard what it held. Other copies, on other sticks, stay. Seeds whose only backup is in \
    it are lost.";
const FLASH: &str = "What cannot be promised: a stick or card of flash memory writes to other cells than before and may \
    keep the old ones for long. Whoever reads them still needs what opened the vault. If that may be \
    known to others, move the coins, and break the stick.";
const OPEN: &str = "This vault is open. Lock it at home first (l).";
const TYPE_IT: &str = "Type the word  destroy  to go on. Esc goes back.";
const REMOVED: &str = "The file was removed.";
const NOT_REMOVED: &str = "The file could not be removed; what is left of it holds nothing.";
const DISCARDED: &str = "The stick took the request to discard the blocks.";
const NOT_DISCARDED: &str = "The stick does not discard blocks on request.";
