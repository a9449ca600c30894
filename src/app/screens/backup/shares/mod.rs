//! Backups in several shares: set up, shown one by one, given back, and combined in every way.

mod combinations;
mod combining;
mod entry;
mod giving;
mod setup;
mod sheets;
mod written;

pub use combining::suffice;
pub use entry::{ShareEntry, ShareKind, codex32_letters};
pub use written::Written;

use super::*;

/// Where one is.
pub enum Shares {
    /// How many?
    SetUp(setup::SetUp),
    /// Under which passphrase of their own? (SLIP-39)
    Choosing(setup::Choosing),
    /// They are about to be made.
    Making(setup::Making),
    /// They are shown, one by one.
    Sheets(sheets::Sheets),
    /// They are given back.
    Giving(giving::Giving),
    /// Their passphrase, which they do not tell whether they have. (SLIP-39)
    Asking(giving::Asking),
    /// They are combined.
    Combining(Box<combining::Combining>),
}

impl Shares {
    /// How many? The list of forms, for one without shares.
    pub fn set_up(backup: Backup) -> Screen {
        setup::SetUp::of(backup).map_or_else(Backing::menu, |set_up| Self::SetUp(set_up).on())
    }

    /// Asks for them back.
    pub fn drill(backup: Backup, core: &Core) -> Screen {
        giving::Giving::begin(backup, None, core)
    }

    fn on(self) -> Screen {
        Backing::Shares(Box::new(self)).on()
    }

    pub fn is_typing(&self) -> bool {
        match self {
            Self::Giving(screen) => screen.is_typing(),
            Self::Choosing(_) | Self::Asking(_) => true,
            _ => false,
        }
    }

    pub fn page_to_be_read(&self) -> Option<usize> {
        match self {
            Self::Sheets(screen) => Some(screen.page_to_be_read()),
            _ => None,
        }
    }

    pub fn key(self, key: Key, core: &Core) -> Screen {
        match self {
            Self::SetUp(screen) => screen.key(key),
            Self::Choosing(screen) => screen.key(key),
            Self::Making(screen) => Self::Making(screen).on(),
            Self::Sheets(screen) => screen.key(key, core),
            Self::Giving(screen) => screen.key(key),
            Self::Asking(screen) => screen.key(key),
            Self::Combining(screen) => screen.key(key),
        }
    }

    pub fn tick(self, core: &mut Core) -> Screen {
        match self {
            Self::Making(screen) => screen.run(core),
            Self::Combining(screen) => screen.run(core),
            other => other.on(),
        }
    }

    pub fn view<'a>(&'a self, core: &Core) -> View<'a> {
        match self {
            Self::SetUp(screen) => screen.view(core),
            Self::Choosing(screen) => screen.view(core),
            Self::Making(_) => {
                let mut text = Text::new();
                text.gap();
                text.plain("Making the shares, and putting them together again ...");
                words_view(core, "Shares", text, vec![])
            }
            Self::Sheets(screen) => screen.view(core),
            Self::Giving(screen) => screen.view(core),
            Self::Asking(screen) => screen.view(core),
            Self::Combining(screen) => screen.view(core),
        }
    }
}
