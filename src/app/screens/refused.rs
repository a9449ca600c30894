//! Why nothing will be signed.

use super::review::page_view;
use super::*;
use crate::review::Refusal;

/// A refused transaction, page by page.
pub struct Refused {
    refusal: Refusal,
    place: usize,
}

impl Refused {
    pub(super) fn show(refusal: Refusal) -> Screen {
        Screen::Refused(Box::new(Self { refusal, place: 0 }))
    }

    pub(super) fn key(mut self: Box<Self>, key: Key) -> Screen {
        let last = self.place + 1 >= self.refusal.pages().len();
        match key {
            Key::Esc if self.place == 0 => return Screen::home(),
            Key::Enter if last => return Screen::home(),
            Key::Enter | Key::Right | Key::PageDown if !last => self.place += 1,
            Key::Esc | Key::Backspace | Key::Left | Key::PageUp => {
                self.place = self.place.saturating_sub(1)
            }
            _ => {}
        }
        Screen::Refused(self)
    }

    pub(super) fn view<'a>(&'a self, core: &Core) -> View<'a> {
        let pages = self.refusal.pages();
        let mut keys = vec![];
        keys.push(if self.place + 1 < pages.len() { ("Enter", "more") } else { ("Enter", "home") });
        if self.place > 0 {
            keys.push(("Backspace", "previous"));
        }
        keys.extend([("Esc", if self.place == 0 { "home" } else { "back" }), ("?", "help")]);
        match pages.get(self.place) {
            Some(page) => page_view(core, page, Text::new(), keys),
            None => words_view(core, "Refused", Text::new(), keys), // a refusal has a page
        }
    }
}
