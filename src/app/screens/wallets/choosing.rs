//! Several wallets came in one text: which one?

use super::super::cursor::{Cursor, row};
use super::super::*;
use super::words::in_short;
use super::{Offer, Reading, Wallets};
use crate::wallet::Registered;

/// What came, and which one is marked.
pub struct Choosing {
    reading: Reading,
    cursor: Cursor,
}

impl Choosing {
    pub(super) fn among(reading: Reading) -> Screen {
        Self { reading, cursor: Cursor::default() }.on()
    }

    fn on(self) -> Screen {
        Wallets::Choosing(Box::new(self)).on()
    }

    pub(super) fn key(mut self, key: Key, core: &Core) -> Screen {
        let count = self.reading.wallets.len();
        match key {
            Key::Esc => Wallets::list(),
            Key::Enter => match self.reading.wallets.get(self.cursor.at(count)) {
                Some(one) => Offer::registration(one.clone(), core),
                None => Wallets::list(),
            },
            key => {
                self.cursor.key(&key, count);
                self.on()
            }
        }
    }

    pub(super) fn view<'a>(&'a self, core: &Core) -> View<'a> {
        let mut text = Text::new();
        text.gap();
        let wallets = &self.reading.wallets;
        text.plain(format!("{} wallets were read. Which one?", wallets.len()));
        text.gap();
        let at = self.cursor.at(wallets.len());
        for (place, one) in wallets.iter().enumerate() {
            let short = in_short(&Registered::from(one.wallet().clone()));
            let kind = one.wallet().text().split('(').next().unwrap_or_default();
            let remark = format!("{short}, {kind}");
            row(&mut text, place == at, one.wallet().name(), Tone::Faint, &remark);
        }
        let keys =
            vec![("Enter", "look at it"), ("arrows", "choose"), ("Esc", "back"), ("?", "help")];
        let mut view = words_view(core, super::TITLE, text, keys);
        view.top = at.saturating_sub(view.layout(core.size).height / 2);
        view
    }
}
