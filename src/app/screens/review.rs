//! The review's pages, one after the other, then the word that signs.

use super::backup::NEVER_DRILLED;
use super::*;
use crate::app::core::Session;
use crate::app::request::Origin;
use crate::review::{Page, Style, Walk};

/// Walking through the pages.
pub struct Reviewing {
    pub(super) walk: Walk,
    pub(super) origin: Origin,
    /// Pages beside the walk: inputs or details, and which of them is shown.
    aside: Option<(Vec<Page>, usize)>,
}

impl Reviewing {
    pub(super) fn begin(walk: Walk, origin: Origin) -> Screen {
        Screen::Review(Box::new(Self { walk, origin, aside: None }))
    }

    /// None beside the walk, where nothing is confirmed.
    pub(super) fn page_to_be_read(&self) -> Option<usize> {
        self.aside.is_none().then(|| self.walk.position())
    }

    pub(super) fn key(mut self: Box<Self>, key: Key) -> Screen {
        if let Some((pages, place)) = &mut self.aside {
            match key {
                Key::Enter | Key::Right | Key::PageDown if *place + 1 < pages.len() => *place += 1,
                Key::Backspace | Key::Left | Key::PageUp => *place = place.saturating_sub(1),
                Key::Esc | Key::Enter => self.aside = None,
                _ => {}
            }
            return Screen::Review(self);
        }
        match key {
            Key::Enter | Key::Right | Key::PageDown => {
                self.walk.next();
            }
            Key::Backspace | Key::Left | Key::PageUp => {
                self.walk.back();
            }
            Key::Esc if !self.walk.back() => return left(),
            Key::Esc => {} // stepped back
            Key::Char('i') => self.aside = Some((self.walk.input_pages(), 0)),
            Key::Char('d') => self.aside = Some((self.walk.detail_pages(), 0)),
            _ => {}
        }
        if self.walk.at_confirm() {
            return Screen::Confirm(Box::new(Confirm { review: self, typed: String::new() }));
        }
        Screen::Review(self)
    }

    pub(super) fn view<'a>(&'a self, core: &Core) -> View<'a> {
        if let Some((pages, place)) = &self.aside
            && let Some(page) = pages.get(*place)
        {
            let mut keys = vec![];
            if place + 1 < pages.len() {
                keys.push(("Enter", "more"));
            }
            if *place > 0 {
                keys.push(("Backspace", "previous"));
            }
            keys.push(("Esc", "back to the review"));
            return page_view(core, page, Text::new(), keys);
        }
        let mut keys = vec![("Enter", "next page")];
        if self.walk.position() > 0 {
            keys.push(("Backspace", "previous"));
        }
        keys.extend([("i", "inputs"), ("d", "details"), ("?", "help")]);
        keys.push(esc(self.walk.position()));
        page_view(core, self.walk.page(), Text::new(), keys)
    }
}

/// The last page: the word that signs.
pub struct Confirm {
    review: Box<Reviewing>,
    typed: String,
}

impl Confirm {
    pub(super) fn page_to_be_read(&self) -> Option<usize> {
        Some(self.review.walk.position())
    }

    pub(super) fn key(mut self: Box<Self>, key: Key) -> Screen {
        match key {
            Key::Esc => return self.back(),
            Key::Backspace if self.typed.is_empty() => return self.back(),
            Key::Backspace => {
                self.typed.pop();
            }
            Key::Char(character)
                if self.typed.len() < WORD.len() && character.is_ascii_alphabetic() =>
            {
                self.typed.push(character.to_ascii_lowercase());
            }
            Key::Enter if self.review.walk.to_sign() == 0 => {
                return Message::show("Nothing to sign", ALREADY, Screen::home());
            }
            Key::Enter if self.typed == WORD => return self.sign(),
            _ => {}
        }
        Screen::Confirm(self)
    }

    fn back(mut self) -> Screen {
        if !self.review.walk.back() {
            return left();
        }
        Screen::Review(self.review)
    }

    fn sign(self) -> Screen {
        let Reviewing { walk, origin, .. } = *self.review;
        let facts = walk.facts().clone();
        match walk.confirm(&self.typed) {
            Ok(approved) => Busy::sign(approved, facts, origin),
            Err(walk) => Reviewing::begin(walk, origin),
        }
    }

    pub(super) fn view<'a>(&'a self, core: &Core) -> View<'a> {
        let mut more = Text::new();
        let walk = &self.review.walk;
        if walk.to_sign() == 0 {
            more.gap();
            more.plain(format!("   {ALREADY}"));
            let keys = vec![("Enter", "home"), ("Esc", "previous page")];
            return page_view(core, walk.page(), more, keys);
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
        page_view(core, walk.page(), more, keys)
    }
}

/// The review was left at its first page.
fn left() -> Screen {
    Message::show("Review left", "Nothing was signed.", Screen::home())
}

fn esc(position: usize) -> Hotkey {
    if position == 0 {
        ("Esc", "refuse, nothing is signed")
    } else {
        ("Esc", "back; nothing is signed yet")
    }
}

/// A page of the review, with more below it.
pub(super) fn page_view<'a>(core: &Core, page: &Page, more: Text, keys: Vec<Hotkey>) -> View<'a> {
    let mut text = Text::new();
    text.gap();
    for line in &page.lines {
        let spans = line.spans.iter();
        text.line(
            spans
                .fold(Line::default(), |line, span| line.and(tone(span.style), span.text.as_str())),
        );
    }
    text.append(more);
    let mut view = words_view(core, page.title.as_str(), text, keys);
    view.context = page.context.clone();
    view.margin = 1;
    view
}

fn tone(style: Style) -> Tone {
    match style {
        Style::Plain => Tone::Plain,
        Style::Strong => Tone::Strong,
        Style::Faint => Tone::Faint,
        Style::Proven => Tone::Proven,
        Style::Claimed => Tone::Claimed,
        Style::Warn => Tone::Warn,
        Style::Refuse => Tone::Refuse,
    }
}

const WORD: &str = "sign";
const ALREADY: &str = "Every signature that this wallet can give is already there.";
