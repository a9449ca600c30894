//! Opening a wallet from a backup in another form than English words: shares, parts, an encrypted
//! code, an Electrum seed, a key as text. What was given stays until the list of forms is left.

mod given;
mod help;
mod kind;
mod languages;
mod line;
mod menu;
mod opening;
mod passphrase;
mod shares;
mod typing;
mod working;

use super::*;
use crate::keys::PassphraseEntry;

pub use languages::Languages;
pub(super) use menu::MoreForms;

use given::Given;
use kind::Kind;

/// Where one is.
pub enum Importing {
    /// Which form?
    Menu(MoreForms),
    /// What was given so far, and how to give more.
    Given(Given),
    /// A share or a line, being typed.
    Typing(Given),
    /// The passphrase of what was given.
    Passphrase(Given),
    /// A key is made of a passphrase, slowly on purpose.
    Working(Box<working::Working>),
}

impl Importing {
    fn on(self) -> Screen {
        Screen::Import(Box::new(self))
    }

    /// Is nothing kept that was typed or scanned?
    pub(super) fn is_bare(&self) -> bool {
        matches!(self, Self::Menu(menu) if menu.is_bare())
    }

    /// Is a key being made, which may take minutes without a key pressed?
    pub(super) fn is_working(&self) -> bool {
        matches!(self, Self::Working(_))
    }

    /// Is `?` a character to type here?
    pub(super) fn is_typing(&self) -> bool {
        match self {
            Self::Typing(given) => given.takes_question_marks(),
            Self::Passphrase(_) => true,
            Self::Menu(_) | Self::Given(_) | Self::Working(_) => false,
        }
    }

    pub(super) fn key(self, key: Key, core: &mut Core) -> Screen {
        match self {
            Self::Menu(menu) => menu.key(key),
            Self::Given(given) => given.key(key, core),
            Self::Typing(given) => given.typed(key, core),
            Self::Passphrase(given) => given.passphrase_key(key),
            Self::Working(work) => work.key(key),
        }
    }

    pub(super) fn tick(self, core: &Core) -> Screen {
        match self {
            Self::Working(work) => work.advance(core.settings.network),
            other => other.on(),
        }
    }

    pub(super) fn view<'a>(&'a self, core: &Core) -> View<'a> {
        match self {
            Self::Menu(menu) => menu.view(core),
            Self::Given(given) => given.view(core),
            Self::Typing(given) => given.typing_view(core),
            Self::Passphrase(given) => given.passphrase_view(core),
            Self::Working(work) => work.view(core),
        }
    }

    /// A code that the camera read for this screen. Where it is none that belongs here, the screen
    /// comes back with the reason, a sentence.
    pub(super) fn scanned(self, content: &[u8]) -> Result<Screen, (Box<Self>, String)> {
        match self {
            Self::Given(mut given) => match given.scanned(content) {
                Ok(()) => Ok(Self::Given(given).on()),
                Err(why) => Err((Box::new(Self::Given(given)), why)),
            },
            other => Ok(other.on()),
        }
    }

    /// Back from the passphrase of the wallet, which is kept for the same backup.
    pub(super) fn keeping(mut self: Box<Self>, typed: PassphraseEntry) -> Screen {
        match &mut *self {
            Self::Given(given) | Self::Typing(given) | Self::Passphrase(given) => {
                given.of_wallet = typed;
            }
            Self::Menu(_) | Self::Working(_) => {} // not asked from there
        }
        Screen::Import(self)
    }

    /// Help for this screen.
    pub(super) fn help(&self) -> &'static [&'static str] {
        match self {
            Self::Menu(_) => help::MENU,
            Self::Given(given) | Self::Typing(given) | Self::Passphrase(given) => given.help(),
            Self::Working(work) => work.help(),
        }
    }
}
