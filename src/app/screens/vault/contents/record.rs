//! The records in the open vault, one at a time, the newest first.

use super::*;
use crate::vault::contents::Record;

/// One record.
pub struct RecordDetail {
    /// Its place from the newest.
    back: usize,
    scroll: Scroll,
}

impl RecordDetail {
    /// The newest.
    pub(super) fn show() -> Screen {
        Self::at(0)
    }

    fn at(back: usize) -> Screen {
        Box::new(Self { back, scroll: Scroll::default() }).on()
    }

    fn record<'a>(&self, core: &'a Core) -> Option<&'a Record> {
        core.vault.as_ref()?.contents().records.iter().rev().nth(self.back)
    }
}

impl Page for RecordDetail {
    fn on(self: Box<Self>) -> Screen {
        Screen::Vault(VaultScreen::Record(self))
    }

    fn key(mut self: Box<Self>, key: Key, core: &mut Core) -> Screen {
        let layout = self.view(core).layout(core.size);
        if scrolled(&key, &mut self.scroll, &layout) {
            return self.on();
        }
        let count = core.vault.as_ref().map_or(0, |vault| vault.contents().records.len());
        match key {
            Key::Esc | Key::Enter => ContentsList::show(),
            Key::Left if self.back + 1 < count => Self::at(self.back + 1),
            Key::Right if self.back > 0 => Self::at(self.back - 1),
            _ => self.on(),
        }
    }

    fn view(&self, core: &Core) -> View<'_> {
        let mut text = Text::new();
        text.gap();
        let mut keys = vec![("Esc", "back"), ("\u{2190} \u{2192}", "older, newer"), ("?", "help")];
        if let Some(record) = self.record(core) {
            text.toned(Tone::Strong, record.name.as_str());
            text.gap();
            match std::str::from_utf8(record.bytes()) {
                Ok(page) => {
                    for line in page.lines() {
                        text.plain(printable(line, LONGEST));
                    }
                }
                Err(_) => {
                    text.toned(Tone::Warn, NO_TEXT);
                }
            }
        }
        let mut view = words_view(core, TITLE, text, vec![]);
        view.top = self.scroll.top;
        if view.layout(core.size).below() > 0 || self.scroll.top > 0 {
            keys.push(("arrows", "up and down"));
        }
        view.keys = keys;
        view
    }

    fn help(&self) -> &'static [&'static str] {
        help::CONTENTS
    }
}

/// Characters of a line that are shown.
const LONGEST: usize = 400;
const TITLE: &str = "A record in the vault";
const NO_TEXT: &str =
    "This record is no text: it was written by a procedure, and is read by its verifier.";
