//! A passphrase being typed: hidden, or shown when its owner asks; once to open, twice to make.

use super::super::*;
use super::strength::{SHORTEST, Strength};
use crate::keys::{PassphraseEntry, Typed};

/// A passphrase being typed. Wiped when dropped.
#[derive(Default)]
pub(super) struct Hidden {
    entry: PassphraseEntry,
    shown: bool,
    full: bool,
}

impl Hidden {
    /// Takes a key that types; false when it is for the screen.
    pub(super) fn key(&mut self, key: &Key) -> bool {
        self.full = false;
        match key {
            Key::Tab => self.shown = !self.shown,
            Key::Backspace => {
                self.entry.backspace();
            }
            Key::Char(character) => self.full = self.entry.push(*character) == Typed::Full,
            _ => return false,
        }
        true
    }

    /// Nothing is typed.
    pub(super) fn is_empty(&self) -> bool {
        self.entry.is_empty()
    }

    /// The passphrase.
    pub(super) fn text(&self) -> &str {
        self.entry.text()
    }

    /// What Tab does.
    pub(super) fn tab(&self) -> &'static str {
        if self.shown { "hide" } else { "show" }
    }

    /// The field, `marked` when keys go to it.
    pub(super) fn line(&self, label: &str, marked: bool) -> Line {
        let shown =
            if self.shown { self.entry.text().to_string() } else { "*".repeat(self.entry.len()) };
        let cursor = if marked { "_" } else { "" };
        Line::toned(Tone::Faint, format!("  {label:<12}"))
            .and(Tone::Plain, "[ ")
            .and(Tone::Entry, shown)
            .and(Tone::Entry, cursor)
            .and(Tone::Plain, " ]")
            .hang(16)
    }

    /// Below the field: how much is typed.
    pub(super) fn remarks(&self, text: &mut Text) {
        let count = self.entry.len();
        let plural = if count == 1 { "" } else { "s" };
        text.toned(Tone::Faint, format!("{count} character{plural}. Capitals and spaces count."));
        if self.full {
            text.toned(Tone::Warn, "A passphrase has at most 1024 bytes here.");
        }
    }
}

/// A new passphrase, typed twice. A mismatch keeps both, so that either is corrected.
#[derive(Default)]
pub(super) struct Twice {
    first: Hidden,
    second: Hidden,
    at_second: bool,
    trouble: Option<&'static str>,
}

/// What a key did to a new passphrase.
pub(super) enum Turn {
    /// It is still being typed.
    Typing,
    /// One step back, out of it.
    Back,
    /// It stands, and both are the same.
    Done,
}

impl Twice {
    pub(super) fn key(&mut self, key: &Key) -> Turn {
        self.trouble = None;
        match key {
            Key::Esc | Key::Up if self.at_second => self.at_second = false,
            Key::Esc => return Turn::Back,
            Key::Enter | Key::Down if !self.at_second => {
                match Strength::of(self.first.entry.text()) {
                    Strength::TooShort => self.trouble = Some(TOO_SHORT),
                    _ => self.at_second = true,
                }
            }
            Key::Enter => {
                if Strength::of(self.first.entry.text()) == Strength::TooShort {
                    self.trouble = Some(TOO_SHORT);
                } else if self.first.entry.text() == self.second.entry.text() {
                    return Turn::Done;
                } else {
                    self.trouble = Some(MISMATCH);
                }
            }
            key => {
                self.on().key(key);
                let shown = self.on().shown;
                (self.first.shown, self.second.shown) = (shown, shown);
            }
        }
        Turn::Typing
    }

    fn on(&mut self) -> &mut Hidden {
        if self.at_second { &mut self.second } else { &mut self.first }
    }

    /// The passphrase.
    pub(super) fn text(&self) -> &str {
        self.first.text()
    }

    /// Nothing is typed.
    pub(super) fn is_empty(&self) -> bool {
        self.first.is_empty() && self.second.is_empty()
    }

    /// What Tab does.
    pub(super) fn tab(&self) -> &'static str {
        self.second.tab()
    }

    /// Both fields, and what is to be said of them.
    pub(super) fn write(&self, text: &mut Text) {
        text.line(self.first.line("passphrase", !self.at_second));
        text.line(self.second.line("once more", self.at_second));
        text.gap();
        if self.at_second { &self.second } else { &self.first }.remarks(text);
        let typed = self.first.entry.text();
        if typed.chars().count() >= SHORTEST {
            let strength = Strength::of(typed);
            let tone = if strength == Strength::Weak { Tone::Warn } else { Tone::Faint };
            text.toned(tone, strength.words());
        } else {
            text.toned(Tone::Faint, SUGGESTED);
        }
        if let Some(trouble) = self.trouble {
            text.gap();
            text.toned(Tone::Warn, trouble);
        }
    }
}

const TOO_SHORT: &str = "This is too short: 8 characters at least, better seven words.";
const MISMATCH: &str = "The two differ. Both are kept: Esc goes to the first, Tab shows them.";
const SUGGESTED: &str =
    "Best: seven words drawn by dice from a list. 8 characters at least are taken.";
