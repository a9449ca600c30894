//! A descriptor being typed or pasted. It is public: nothing of it is hidden or wiped.

use super::super::*;
use super::{TITLE, Wallets, arrived};

/// What was typed so far.
#[derive(Default)]
pub struct Descriptor {
    text: String,
}

/// Longest text in characters.
const LONGEST: usize = 20_000;
/// Characters of its end that are shown.
const SHOWN: usize = 600;

impl Descriptor {
    pub(super) fn typing() -> Screen {
        Self::default().on()
    }

    fn on(self) -> Screen {
        Wallets::Typing(Box::new(self)).on()
    }

    pub(super) fn key(mut self, key: Key, core: &mut Core) -> Screen {
        match key {
            Key::Esc => return Wallets::list(),
            Key::Backspace => {
                self.text.pop();
            }
            Key::Enter if !self.text.is_empty() => {
                return match arrived(&self.text, core) {
                    // what was typed is there again behind what is wrong with it
                    Screen::Message(message) => message.over(self.on()),
                    other => other,
                };
            }
            Key::Char(character) if character.is_ascii() && self.text.len() < LONGEST => {
                self.text.push(character);
            }
            _ => {}
        }
        self.on()
    }

    pub(super) fn view<'a>(&'a self, core: &Core) -> View<'a> {
        let mut text = Text::new();
        text.gap();
        text.plain(WHAT);
        text.gap();
        let hidden = self.text.len().saturating_sub(SHOWN);
        let before = if hidden > 0 { "..." } else { "" };
        text.line(
            Line::toned(Tone::Faint, before)
                .and(Tone::Entry, &self.text[hidden..])
                .and(Tone::Entry, "_"),
        );
        text.gap();
        text.toned(Tone::Faint, format!("{} characters.", self.text.len()));
        let keys =
            vec![("Enter", "read it"), ("Backspace", "correct"), ("Esc", "back"), ("?", "help")];
        words_view(core, TITLE, text, keys)
    }
}

const WHAT: &str = "Type or paste the wallet's output descriptor with its checksum, in one line, for instance \
    wsh(sortedmulti(2,...))#checksum.";
