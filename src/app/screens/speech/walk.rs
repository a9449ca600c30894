//! A message's pages, one after the other, then the word that signs.

use super::Speech;
use crate::app::core::Session;
use crate::app::request::Origin;
use crate::app::screens::backup::NEVER_DRILLED;
use crate::app::screens::review::page_view;
use crate::app::screens::*;
use crate::review::Page;
use crate::review::message::MessageWalk;

/// Walking through a message's pages.
pub struct SpeechWalk {
    walk: MessageWalk,
    origin: Origin,
    typed: String,
    /// Details beside the walk, and which of them is shown.
    aside: Option<(Vec<Page>, usize)>,
}

impl SpeechWalk {
    pub(super) fn new(walk: MessageWalk, origin: Origin) -> Self {
        Self { walk, origin, typed: String::new(), aside: None }
    }

    pub(super) fn position(&self) -> usize {
        self.walk.position()
    }

    pub(super) fn key(mut self, key: Key) -> Screen {
        if let Some((pages, place)) = &mut self.aside {
            match key {
                Key::Enter | Key::Right | Key::PageDown if *place + 1 < pages.len() => *place += 1,
                Key::Backspace | Key::Left | Key::PageUp => *place = place.saturating_sub(1),
                Key::Esc | Key::Enter => self.aside = None,
                _ => {}
            }
            return Screen::Speech(Speech::Walk(self));
        }
        if self.walk.at_confirm() {
            return self.confirm(key);
        }
        match key {
            Key::Enter | Key::Right | Key::PageDown => {
                self.walk.next();
            }
            Key::Backspace | Key::Left | Key::PageUp => {
                self.walk.back();
            }
            Key::Esc if !self.walk.back() => {
                return Message::show(LEFT, "Nothing was signed.", Screen::home());
            }
            Key::Char('d') => self.aside = Some((self.walk.detail_pages(), 0)),
            _ => {}
        }
        Screen::Speech(Speech::Walk(self))
    }

    fn confirm(mut self, key: Key) -> Screen {
        match key {
            Key::Backspace if !self.typed.is_empty() => {
                self.typed.pop();
            }
            Key::Esc | Key::Backspace => {
                self.typed.clear();
                self.walk.back();
            }
            Key::Char(letter) if self.typed.len() < WORD.len() && letter.is_ascii_alphabetic() => {
                self.typed.push(letter.to_ascii_lowercase());
            }
            Key::Enter if self.walk.to_sign() == 0 => {
                return Message::show("Nothing to sign", ALREADY, Screen::home());
            }
            Key::Enter if self.typed == WORD => {
                let Self { walk, origin, typed, .. } = self;
                return match walk.confirm(&typed) {
                    Ok(approved) => Busy::speak(approved, origin),
                    Err(walk) => Screen::Speech(Speech::Walk(Self::new(walk, origin))),
                };
            }
            _ => {}
        }
        Screen::Speech(Speech::Walk(self))
    }

    pub(super) fn view<'a>(&'a self, core: &Core) -> View<'a> {
        if let Some((pages, place)) = &self.aside
            && let Some(page) = pages.get(*place)
        {
            let enter = if place + 1 < pages.len() { "more" } else { "back to the message" };
            let keys = vec![("Enter", enter), ("Esc", "back to the message")];
            return page_view(core, page, Text::new(), keys);
        }
        let mut more = Text::new();
        if !self.walk.at_confirm() {
            let esc = if self.walk.position() == 0 { "refuse, nothing is signed" } else { "back" };
            let keys = vec![("Enter", "next page"), ("d", "details"), ("?", "help"), ("Esc", esc)];
            return page_view(core, self.walk.page(), more, keys);
        }
        if self.walk.to_sign() == 0 {
            let keys = vec![("Enter", "home"), ("Esc", "previous page")];
            return page_view(core, self.walk.page(), more, keys);
        }
        let field = Line::new("   [ ").and(Tone::Entry, format!("{:_<4}", self.typed));
        more.line(field.and(Tone::Plain, " ]"));
        if core.session.as_ref().is_some_and(Session::warns_of_no_drill) {
            more.gap();
            more.line(Line::toned(Tone::Warn, format!("   {NEVER_DRILLED}")).hang(3));
        }
        let keys = vec![
            ("Enter", "sign, once the word is typed"),
            ("Esc", "previous page"),
            ("?", "help"),
        ];
        page_view(core, self.walk.page(), more, keys)
    }
}

const WORD: &str = "sign";
const LEFT: &str = "Message left";
const ALREADY: &str = "Every signature that this wallet can give is already there.";
