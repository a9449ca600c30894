//! What is public of a wallet: its addresses, whether one is among them, and the keys and descriptors
//! that a wallet program needs to watch it.

mod addresses;
mod check;
mod code;
mod export;
mod help;
mod menu;
mod one;
mod whose;

use super::*;
use crate::wallet::Wallet;
use addresses::Addresses;
use check::Check;
use code::ExportCode;
use export::{Account, ForWhom, Reveal};
use menu::Menu;
use one::OneAddress;
use whose::{Whose, WhoseChoice};

/// A page about what is public.
pub enum Public {
    /// What shall be done.
    Menu(Menu),
    /// Which wallet's addresses?
    Whose(WhoseChoice),
    /// The addresses of a wallet, one a row.
    Addresses(Box<Addresses>),
    /// One address with its code.
    One(Box<OneAddress>),
    /// Is an address one of ours?
    Check(Box<Check>),
    /// Which wallet program is it for?
    ForWhom(ForWhom),
    /// Which account is given to it?
    Account(Account),
    /// What it will see.
    Reveal(Reveal),
    /// What it reads.
    Code(Box<ExportCode>),
}

impl Public {
    /// The menu.
    pub(super) fn menu() -> Screen {
        Self::Menu(Menu).on()
    }

    /// A shared wallet for a wallet program.
    pub(super) fn give(place: usize) -> Screen {
        ForWhom::of(Some(place))
    }

    /// An address that was scanned.
    pub(super) fn scanned(text: &str, core: &mut Core) -> Screen {
        Check::of(text, core)
    }

    fn on(self) -> Screen {
        Screen::Public(self)
    }

    pub(super) fn key(self, key: Key, core: &mut Core) -> Screen {
        match self {
            Self::Menu(page) => page.key(&key, core),
            Self::Whose(page) => page.key(&key, core),
            Self::Addresses(page) => page.key(&key, core),
            Self::One(page) => page.key(&key),
            Self::Check(page) => page.key(key, core),
            Self::ForWhom(page) => page.key(&key, core),
            Self::Account(page) => page.key(&key, core),
            Self::Reveal(page) => page.key(&key, core),
            Self::Code(page) => page.key(&key, core),
        }
    }

    pub(super) fn tick(self, core: &Core) -> Screen {
        match self {
            Self::Code(mut page) => {
                page.tick(core);
                Self::Code(page).on()
            }
            other => other.on(),
        }
    }

    pub(super) fn resized(self, core: &Core) -> Screen {
        match self {
            Self::Code(mut page) => {
                page.resized(core);
                Self::Code(page).on()
            }
            other => other.on(),
        }
    }

    /// A search goes on, or has ended.
    pub(super) fn searched(self, progress: &Searched) -> Screen {
        match self {
            Self::Check(page) => Self::Check(page.searched(progress)).on(),
            other => other.on(),
        }
    }

    pub(super) fn view<'a>(&'a self, core: &Core) -> View<'a> {
        match self {
            Self::Menu(page) => page.view(core),
            Self::Whose(page) => page.view(core),
            Self::Addresses(page) => page.view(core),
            Self::One(page) => page.view(core),
            Self::Check(page) => page.view(core),
            Self::ForWhom(page) => page.view(core),
            Self::Account(page) => page.view(core),
            Self::Reveal(page) => page.view(core),
            Self::Code(page) => page.view(core),
        }
    }

    pub(super) fn help(&self) -> &'static [&'static str] {
        match self {
            Self::Menu(_) => help::MENU,
            Self::Whose(_) | Self::Addresses(_) | Self::One(_) => help::ADDRESSES,
            Self::Check(_) => help::CHECK,
            Self::ForWhom(_) | Self::Account(_) | Self::Reveal(_) | Self::Code(_) => help::EXPORT,
        }
    }

    /// Is `?` a character to type here?
    pub(super) fn is_typing(&self) -> bool {
        matches!(self, Self::Check(page) if page.is_typing())
    }

    /// Is a code shown to a camera?
    pub(super) fn shows_a_code(&self) -> bool {
        matches!(self, Self::Code(_) | Self::One(_))
    }
}
