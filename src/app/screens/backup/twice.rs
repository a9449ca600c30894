//! A passphrase that is chosen: typed, and typed again.

use super::*;
use crate::keys::PassphraseEntry;

/// What was typed.
#[derive(Default)]
pub struct Twice {
    first: PassphraseEntry,
    /// The same again; None while the first is typed.
    second: Option<PassphraseEntry>,
    different: bool,
}

/// What a key did.
pub enum Outcome {
    /// It goes on.
    Still(Twice),
    /// Left before the first was finished.
    Left,
    /// Both are the same, or the first is empty.
    Chosen(PassphraseEntry),
}

impl Twice {
    pub fn key(mut self, key: Key) -> Outcome {
        self.different = false;
        match key {
            Key::Esc if self.second.take().is_none() => return Outcome::Left,
            Key::Enter => match self.second.take() {
                None if self.first.is_empty() => return Outcome::Chosen(self.first),
                None => self.second = Some(PassphraseEntry::new()),
                Some(again) if again.text() == self.first.text() => {
                    return Outcome::Chosen(self.first);
                }
                Some(_) => self.different = true,
            },
            key => edit(self.second.as_mut().unwrap_or(&mut self.first), key),
        }
        Outcome::Still(self)
    }

    /// The question, and what is typed.
    pub fn show(&self, text: &mut Text, question: &str) {
        let (what, entry) = match &self.second {
            None => (question, &self.first),
            Some(again) => ("Type the same passphrase again:", again),
        };
        text.plain(what);
        field(text, entry);
        if self.different {
            text.toned(Tone::Warn, DIFFERENT);
            text.gap();
        }
    }
}

/// One key of a passphrase.
pub fn edit(entry: &mut PassphraseEntry, key: Key) {
    match key {
        Key::Backspace => {
            entry.backspace();
        }
        Key::Char(letter) => {
            entry.push(letter);
        }
        _ => {}
    }
}

/// A passphrase as it stands.
pub fn field(text: &mut Text, entry: &PassphraseEntry) {
    text.gap();
    let line = Line::new("  [ ").and(Tone::Entry, entry.text()).and(Tone::Entry, "_");
    text.line(line.and(Tone::Plain, " ]").hang(4));
    text.gap();
}

/// The screen of a passphrase.
pub fn view<'a>(core: &Core, title: impl Into<String>, text: Text) -> View<'a> {
    let keys = vec![("Enter", "go on"), ("Esc", "back"), ("F1", "help")];
    let mut view = words_view(core, title, text, keys);
    view.status = layout_in_use(core);
    view
}

const DIFFERENT: &str =
    "The two are not the same. The first one is kept: correct it, or Enter to type it again.";
