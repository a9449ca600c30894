//! Destroying a vault: what can be promised and what cannot, a word to type, and what was done.

use super::look::Look;
use super::*;
use crate::app::destruction::{FLASH, steps};
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
    /// What was done; is the record of it in the open vault?
    Done(Destruction, bool),
}

impl Destroying {
    pub(super) fn ask(entry: VaultEntry) -> Screen {
        let state = State::Asked { typed: String::new(), trouble: None };
        Box::new(Self { entry, state }).on()
    }

    /// The file and its stick.
    fn place(&self) -> String {
        format!("{} on {}", self.entry.name, self.entry.medium)
    }
}

impl Page for Destroying {
    fn on(self: Box<Self>) -> Screen {
        Screen::Vault(VaultScreen::Destroying(self))
    }

    fn key(mut self: Box<Self>, key: Key, core: &mut Core) -> Screen {
        let is_open = core.vault.as_ref().is_some_and(|vault| vault.is_at(&self.entry));
        match (&mut self.state, key) {
            (State::Asked { .. } | State::Done(..), Key::Esc) => return Look::begin(core),
            (State::Done(..), Key::Enter) => return Look::begin(core),
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

    fn news(mut self: Box<Self>, news: VaultNews, core: &mut Core) -> Screen {
        if let (State::Working, VaultNews::Destroyed(id, outcome)) = (&self.state, news)
            && id == self.entry.id
        {
            self.state = match outcome {
                Ok(done) => State::Done(done, core.keep_destruction(&self.place(), done)),
                Err(why) => State::Asked { typed: String::new(), trouble: Some(why) },
            };
        }
        self.on()
    }

    fn view(&self, core: &Core) -> View<'_> {
        let mut text = Text::new();
        text.gap();
        let place = self.place();
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
            State::Done(done, kept) => {
                text.toned(Tone::Strong, format!("{place} is destroyed."));
                text.gap();
                said(&mut text, *done, *kept);
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
fn said(text: &mut Text, done: Destruction, kept: bool) {
    for (step, number) in steps(done).into_iter().zip(1..) {
        text.line(Line::new(format!("{number}  {step}")).hang(3));
    }
    text.gap();
    text.toned(Tone::Warn, FLASH);
    text.gap();
    text.toned(Tone::Faint, if kept { KEPT } else { NOT_KEPT });
}

const WHAT: &str = "Its keys are overwritten first, then all of the file; then the file is removed and the stick is \
    asked to discard all blocks without a file: what was deleted there before is lost for good, too. \
    Other copies, on other sticks, stay. Seeds whose only backup is in it are lost.";
const OPEN: &str = "This vault is open. Lock it at home first (l).";
const TYPE_IT: &str = "Type the word  destroy  to go on. Esc goes back.";
const KEPT: &str = "This page is kept in the open vault as the record of it.";
const NOT_KEPT: &str =
    "Copy this page if you need a record of it: no other vault is open that could keep it.";
