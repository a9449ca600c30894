//! Backing up the open wallet, and drilling its backups: each form is shown, then typed back or
//! scanned, and compared with the wallet in memory. Only what gave the same wallet is recorded.

mod child;
mod code;
mod copying;
mod drill;
mod form;
mod grid;
mod help;
mod kef;
mod line;
mod menu;
mod paper;
mod shares;
pub(super) mod twice;
mod verdict;

pub use grid::{Grid, Square, letter};

pub(super) use drill::scanned;
pub(super) use kef::{bar, envelope};
pub(super) use line::letters;
pub(super) use menu::drilled;
pub(super) use shares::{ShareEntry, ShareKind, Written, codex32_letters, suffice};

use super::*;
use crate::app::backup::{Backup, Drill};
use crate::app::core::Session;
use crate::review::utc;

/// Where one is.
pub enum Backing {
    /// Which form?
    Menu(menu::Menu),
    /// What to do with that form?
    Form(form::Form),
    /// The words, to be copied.
    Paper(paper::Paper),
    /// A code, whole.
    Code(code::Whole),
    /// A code, block by block.
    Grid(copying::Copying),
    /// The words, being typed back.
    Typing(Box<Typing>),
    /// What was given back is about to be compared.
    Comparing(drill::Comparing),
    /// An extended private key, shown or typed back.
    Line(line::OneLine),
    /// A code under a passphrase of its own.
    Kef(Box<kef::Kef>),
    /// In several shares.
    Shares(Box<shares::Shares>),
    /// How the drill ended.
    Verdict(verdict::Verdict),
    /// Seeds, keys and passwords that are derived from this wallet (BIP85).
    Child(child::Children),
}

impl Backing {
    /// Which form? Home, where no wallet is open.
    pub(super) fn menu() -> Screen {
        Self::Menu(menu::Menu).on()
    }

    /// What to do with that form?
    pub(super) fn form(backup: Backup) -> Screen {
        Self::Form(form::Form::of(backup)).on()
    }

    fn on(self) -> Screen {
        Screen::Backup(Box::new(self))
    }

    /// Is `?` a character to type here?
    pub(super) fn is_typing(&self) -> bool {
        match self {
            Self::Kef(screen) => screen.is_typing(),
            Self::Shares(screen) => screen.is_typing(),
            Self::Child(screen) => screen.is_typing(),
            _ => false,
        }
    }

    /// The page that is on, where one key too many would show the next holder's share.
    pub(super) fn page_to_be_read(&self) -> Option<usize> {
        match self {
            Self::Shares(screen) => screen.page_to_be_read(),
            _ => None,
        }
    }

    pub(super) fn key(self, key: Key, core: &mut Core) -> Screen {
        match self {
            Self::Menu(screen) => screen.key(key, core),
            Self::Form(screen) => screen.key(key, core),
            Self::Paper(screen) => screen.key(key, core),
            Self::Code(screen) => screen.key(key, core),
            Self::Grid(screen) => screen.key(key, core),
            Self::Typing(typing) => drill::words_key(typing, key),
            Self::Comparing(screen) => Self::Comparing(screen).on(),
            Self::Line(screen) => screen.key(key),
            Self::Kef(screen) => screen.key(key, core),
            Self::Shares(screen) => screen.key(key, core),
            Self::Verdict(screen) => screen.key(key),
            Self::Child(screen) => screen.key(key, core),
        }
    }

    pub(super) fn tick(self, core: &mut Core) -> Screen {
        match self {
            Self::Comparing(screen) => screen.run(core),
            Self::Kef(screen) => screen.tick(core),
            Self::Shares(screen) => screen.tick(core),
            other => other.on(),
        }
    }

    pub(super) fn view<'a>(&'a self, core: &Core) -> View<'a> {
        match self {
            Self::Menu(screen) => screen.view(core),
            Self::Form(screen) => screen.view(core),
            Self::Paper(screen) => screen.view(core),
            Self::Code(screen) => screen.view(core),
            Self::Grid(screen) => screen.view(core),
            Self::Typing(typing) => typing.titled("Type the words back", core),
            Self::Comparing(screen) => screen.view(core),
            Self::Line(screen) => screen.view(core),
            Self::Kef(screen) => screen.view(core),
            Self::Shares(screen) => screen.view(core),
            Self::Verdict(screen) => screen.view(core),
            Self::Child(screen) => screen.view(core),
        }
    }

    /// Help for this screen.
    pub(super) fn help(&self) -> &'static [&'static str] {
        match self {
            Self::Menu(_) => help::MENU,
            Self::Form(_) | Self::Comparing(_) | Self::Verdict(_) | Self::Typing(_) => help::DRILL,
            Self::Paper(_) | Self::Line(_) => help::PAPER,
            Self::Kef(_) => help::KEF,
            Self::Code(_) | Self::Grid(_) => help::CODE,
            Self::Shares(_) => help::SHARES,
            Self::Child(_) => help::CHILD,
        }
    }
}

/// A moment of this machine's clock, as it is written on a backup.
fn moment(at: Option<u64>) -> String {
    match at {
        Some(seconds) => format!("{} UTC", utc(seconds)),
        None => "at a time unknown".into(),
    }
}

/// Stands at every sign.
pub(super) const NEVER_DRILLED: &str =
    "No backup of this wallet was ever drilled. Do it at home with b.";
