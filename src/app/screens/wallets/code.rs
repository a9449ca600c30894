//! A registration as a code, to be kept on paper or another device and loaded again: what comes back
//! carries a code that only the open seed can make, so that nobody can alter it unnoticed.

use super::super::reel::Showing;
use super::super::*;
use super::{Page, Wallets};
use crate::transport::{Dialect, Kind};

/// The code, and whose.
pub struct Shown {
    place: usize,
    showing: Showing,
}

impl Shown {
    pub(super) fn code(place: usize, core: &Core) -> Screen {
        let (Some(wallet), Some(session)) = (core.wallets.get(place), &core.session) else {
            return Wallets::list();
        };
        let text = wallet.write(&session.seed);
        let showing = Showing::of(text.into_bytes(), Kind::Text, Dialect::Ur, core);
        Wallets::Code(Box::new(Self { place, showing })).on()
    }

    pub(super) fn tick(mut self: Box<Self>, core: &Core) -> Box<Self> {
        self.showing.tick(core);
        self
    }

    pub(super) fn resized(mut self: Box<Self>, core: &Core) -> Box<Self> {
        self.showing.resized(core);
        self
    }

    pub(super) fn key(self, key: Key) -> Screen {
        match key {
            Key::Enter | Key::Esc => Page::of(self.place),
            _ => Wallets::Code(Box::new(self)).on(),
        }
    }

    pub(super) fn view<'a>(&'a self, core: &Core) -> View<'a> {
        let mut text = Text::new();
        let name = core.wallets.get(self.place).map_or("", |wallet| wallet.name());
        text.toned(Tone::Strong, name);
        text.plain(self.showing.words("registration"));
        text.gap();
        text.plain(WHAT);
        if let Some(remark) = self.showing.remark() {
            text.gap();
            text.toned(Tone::Warn, remark);
        }
        text.gap();
        text.line(Line::toned(Tone::Key, "Enter ").and(Tone::Faint, "done"));
        text.line(Line::toned(Tone::Key, "?     ").and(Tone::Faint, "help"));
        let mut view = words_view(core, "Code", Text::new(), vec![]);
        view.body = Body::Code(self.showing.code(), text);
        view
    }
}

const WHAT: &str = "Record it with another device. Shown to this camera again (w, a), it loads the wallet as it is: the \
    seed proves that nobody altered it. It shows all addresses of the wallet, and spends nothing.";
