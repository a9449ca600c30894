//! The extended private key as one line: to be copied, and typed back.

use super::*;
use crate::keys::{PassphraseEntry, Typed};

/// The line on the screen.
pub enum OneLine {
    /// To be copied.
    Shown,
    /// Being typed back.
    Typing {
        /// What was typed.
        entry: PassphraseEntry,
    },
}

/// Letters in a row, in groups of four.
const ROW: usize = 32;
/// More than an extended key has (111).
const LONGEST: usize = 120;

impl OneLine {
    pub fn typing() -> Screen {
        Backing::Line(Self::Typing { entry: PassphraseEntry::new() }).on()
    }

    pub fn key(mut self, key: Key) -> Screen {
        match (&mut self, key) {
            (_, Key::Esc) => return Backing::form(Backup::Xprv),
            (Self::Shown, Key::Enter) => return Self::typing(),
            (Self::Shown, _) => {}
            (Self::Typing { entry }, Key::Enter) if !entry.is_empty() => {
                let given = drill::Given::line(entry.text());
                return drill::Comparing::of(Backup::Xprv, given, Backing::Line(self).on());
            }
            (Self::Typing { entry }, Key::Backspace) => {
                entry.backspace();
            }
            (Self::Typing { entry }, Key::Char(letter))
                if letter.is_ascii_alphanumeric() && entry.len() < LONGEST =>
            {
                let _: Typed = entry.push(letter); // it has room for more
            }
            (Self::Typing { .. }, _) => {}
        }
        Backing::Line(self).on()
    }

    pub fn view<'a>(&'a self, core: &Core) -> View<'a> {
        let mut text = Text::new();
        text.gap();
        match self {
            Self::Shown => {
                if let Some(session) = &core.session {
                    text.field("Wallet", Tone::Strong, session.fingerprint.as_str());
                    text.field("Date", Tone::Plain, paper::today(core));
                    text.gap();
                    letters(&mut text, &session.seed.to_xprv(), Tone::Strong);
                    text.gap();
                    text.toned(Tone::Faint, CAPITALS);
                }
                let keys = vec![("Enter", "copied: drill it"), ("Esc", "back"), ("?", "help")];
                words_view(core, "Extended private key", text, keys)
            }
            Self::Typing { entry } => {
                text.plain("Type the line back. Capitals count, spaces do not.");
                text.gap();
                letters(&mut text, entry.text(), Tone::Entry);
                text.gap();
                text.toned(Tone::Faint, format!("{} of 111 letters.", entry.len()));
                let keys = vec![
                    ("Enter", "compare"),
                    ("Backspace", "correct"),
                    ("Esc", "back"),
                    ("?", "help"),
                ];
                words_view(core, "Drill: extended private key", text, keys)
            }
        }
    }
}

/// A line in groups of four, each row behind the number of its first letter.
pub fn letters(text: &mut Text, line: &str, tone: Tone) {
    for (row, letters) in line.as_bytes().chunks(ROW).enumerate() {
        let mut line = Line::toned(Tone::Faint, format!("{:>4}  ", row * ROW + 1));
        for (place, letter) in letters.iter().enumerate() {
            let gap = if place.is_multiple_of(4) { "  " } else { "" };
            line = line.and(Tone::Plain, gap).and(tone, char::from(*letter));
        }
        text.line(line);
    }
}

const CAPITALS: &str = "Capitals count. The spaces are for reading; they do not belong to it.";
