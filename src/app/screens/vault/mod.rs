//! Vaults: what is plugged in, made, opened, changed, copied, destroyed. One journey of many
//! screens; what was typed is kept until it is left.

mod hidden;
mod look;
mod naming;
mod strength;

use super::*;
use crate::app::storage::{VaultErrand, VaultNews};

/// One screen of the journey.
pub enum VaultScreen {
    /// What is plugged in.
    Look(Box<look::Look>),
}

/// What each of them can.
trait Page {
    /// This page, on the screen.
    fn on(self: Box<Self>) -> Screen;

    fn key(self: Box<Self>, key: Key, core: &mut Core) -> Screen;

    /// Does what was said to be done.
    fn tick(self: Box<Self>, _core: &mut Core) -> Screen {
        self.on()
    }

    /// Hears of an errand; of one that it did not ask for, too.
    fn news(self: Box<Self>, _news: VaultNews, _core: &mut Core) -> Screen {
        self.on()
    }

    fn view(&self, core: &Core) -> View<'_>;

    fn help(&self) -> &'static [&'static str];

    /// A passphrase, a key file or a key is on it.
    fn holds_a_secret(&self) -> bool {
        false
    }

    /// `?` is a character to type.
    fn is_typing(&self) -> bool {
        false
    }
}

impl VaultScreen {
    fn page(&self) -> &dyn Page {
        match self {
            Self::Look(page) => &**page,
        }
    }

    fn into_page(self) -> Box<dyn Page> {
        match self {
            Self::Look(page) => page,
        }
    }

    pub(super) fn key(self, key: Key, core: &mut Core) -> Screen {
        self.into_page().key(key, core)
    }

    pub(super) fn tick(self, core: &mut Core) -> Screen {
        self.into_page().tick(core)
    }

    pub(super) fn news(self, news: VaultNews, core: &mut Core) -> Screen {
        self.into_page().news(news, core)
    }

    pub(super) fn view<'a>(&'a self, core: &Core) -> View<'a> {
        self.page().view(core)
    }

    pub(super) fn help(&self) -> &'static [&'static str] {
        self.page().help()
    }

    pub(super) fn holds_a_secret(&self) -> bool {
        self.page().holds_a_secret()
    }

    pub(super) fn is_typing(&self) -> bool {
        self.page().is_typing()
    }
}

/// Asks the machine something about vaults.
fn ask(errand: VaultErrand, core: &mut Core) {
    core.ask(Command::Errand(Errand::Vault(errand)));
}
