//! Vaults: what is plugged in, made, opened, changed, copied, destroyed. One journey of many
//! screens; what was typed is kept until it is left.

mod changing;
mod choosing;
mod contents;
mod copying;
mod destroying;
mod help;
mod hidden;
mod key_stick;
mod leaving;
mod locking;
mod look;
mod making;
mod older;
mod opening;
mod saving;
mod strength;

use super::*;
use crate::app::storage::{VaultErrand, VaultNews};
use crate::app::vault::Saving;
use crate::vault::Holder;

/// One screen of the journey.
pub enum VaultScreen {
    /// What is plugged in.
    Look(Box<look::Look>),
    /// An older copy, or one of two that differ.
    Older(Box<older::Older>),
    /// A vault is being opened.
    Opening(Box<opening::Opening>),
    /// A vault is being made.
    Making(Box<making::Making>),
    /// What is in the open vault.
    Contents(Box<contents::ContentsList>),
    /// One key of it.
    Key(Box<contents::KeyDetail>),
    /// One shared wallet of it.
    Wallet(Box<contents::WalletDetail>),
    /// One of its records.
    Record(Box<contents::RecordDetail>),
    /// A name is being typed.
    Named(Box<contents::Named>),
    /// What opens it is being changed.
    Changing(Box<changing::Changing>),
    /// What is unsaved is being written.
    Save(Box<saving::Save>),
    /// A copy is being made.
    Copying(Box<copying::Copying>),
    /// A vault is being destroyed.
    Destroying(Box<destroying::Destroying>),
    /// Lock with unsaved changes?
    Leaving(Box<leaving::Leaving>),
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
            Self::Older(page) => &**page,
            Self::Opening(page) => &**page,
            Self::Making(page) => &**page,
            Self::Contents(page) => &**page,
            Self::Key(page) => &**page,
            Self::Wallet(page) => &**page,
            Self::Record(page) => &**page,
            Self::Named(page) => &**page,
            Self::Changing(page) => &**page,
            Self::Save(page) => &**page,
            Self::Copying(page) => &**page,
            Self::Destroying(page) => &**page,
            Self::Leaving(page) => &**page,
        }
    }

    fn into_page(self) -> Box<dyn Page> {
        match self {
            Self::Look(page) => page,
            Self::Older(page) => page,
            Self::Opening(page) => page,
            Self::Making(page) => page,
            Self::Contents(page) => page,
            Self::Key(page) => page,
            Self::Wallet(page) => page,
            Self::Record(page) => page,
            Self::Named(page) => page,
            Self::Changing(page) => page,
            Self::Save(page) => page,
            Self::Copying(page) => page,
            Self::Destroying(page) => page,
            Self::Leaving(page) => page,
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

/// A passphrase that needs no name: whoever opens the vault knows whose it is.
fn no_name() -> Holder {
    Holder::new("").expect("an empty text fits and hides nothing")
}

impl VaultScreen {
    /// The vault, from home: what is in the open one, or what is plugged in. What is not saved is
    /// written first.
    pub(super) fn enter(core: &mut Core) -> Screen {
        match core.vault.as_ref().map(|vault| vault.saving()) {
            None => look::Look::begin(core),
            Some(Saving::Unsaved(_)) => saving::Save::begin(core),
            Some(Saving::Saved | Saving::Writing) => contents::ContentsList::show(),
        }
    }

    /// Asks before unsaved changes are lost. None when there are none.
    pub(super) fn ask_before_locking(core: &Core) -> Option<Screen> {
        let unsaved = core.vault.as_ref().is_some_and(|vault| vault.saving() != Saving::Saved);
        unsaved.then(leaving::Leaving::ask)
    }
}
