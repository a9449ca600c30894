//! Backups in several shares: set up, shown one by one, given back, and combined in every way.

mod combinations;
mod combining;
mod giving;
mod setup;
mod sheets;
mod written;

use super::*;
use written::Written;

/// Where one is.
pub enum Shares {
    /// How many?
    SetUp(setup::SetUp),
    /// They are about to be made.
    Making(setup::SetUp),
    /// They are shown, one by one.
    Sheets(sheets::Sheets),
    /// They are given back.
    Giving(giving::Giving),
    /// They are combined.
    Combining(combining::Combining),
}

impl Shares {
    /// How many? The list of forms, for one without shares.
    pub fn set_up(backup: Backup) -> Screen {
        setup::SetUp::of(backup).map_or_else(Backing::menu, |set_up| Self::SetUp(set_up).on())
    }

    /// Asks for them back.
    pub fn drill(backup: Backup) -> Screen {
        giving::Giving::begin(backup, None)
    }

    fn on(self) -> Screen {
        Backing::Shares(Box::new(self)).on()
    }

    pub fn is_typing(&self) -> bool {
        matches!(self, Self::Giving(screen) if screen.is_typing())
    }

    pub fn key(self, key: Key) -> Screen {
        match self {
            Self::SetUp(screen) => screen.key(key),
            Self::Making(screen) => Self::Making(screen).on(),
            Self::Sheets(screen) => screen.key(key),
            Self::Giving(screen) => screen.key(key),
            Self::Combining(screen) => screen.key(key),
        }
    }

    pub fn tick(self, core: &mut Core) -> Screen {
        match self {
            Self::Making(screen) => screen.make(core),
            Self::Combining(screen) => screen.run(core),
            other => other.on(),
        }
    }

    pub fn view<'a>(&'a self, core: &Core) -> View<'a> {
        match self {
            Self::SetUp(screen) => screen.view(core),
            Self::Making(_) => {
                let mut text = Text::new();
                text.gap();
                text.plain("Making the shares, and putting them together again ...");
                words_view(core, "Shares", text, vec![])
            }
            Self::Sheets(screen) => screen.view(core),
            Self::Giving(screen) => screen.view(core),
            Self::Combining(screen) => screen.view(core),
        }
    }
}
