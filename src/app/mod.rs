//! The signer as a state machine: one [`Screen`] at a time, `update` turns an [`Event`] into the
//! next screen and into [`Command`]s for the machine. Pure: it asks for cameras, it has none. Every
//! sentence that the user reads stands in here (the review's own in `review`).

pub mod appliance;
mod backup;
mod core;
pub mod destruction;
mod event;
mod keymap;
pub mod lifecycle;
mod locking;
mod reading;
mod request;
mod rotation;
pub mod screens;
pub mod storage;
pub mod text;
mod vault;
pub mod view;

pub use self::core::{Core, Session, Settings};
pub use backup::{Backup, Child, Drill};
pub use event::{
    AddressSearch, Command, Event, FileEntry, Hint, Key, Newcomer, News, Searched, Sight, Source,
};
pub use keymap::Keymap;
pub use locking::{LockAfter, LockCause, Locked, WARNED};
pub use reading::READING;
pub use request::{Origin, Original, Request};
pub use screens::Screen;
pub use view::{Body, CellPixels, Layout, Size, View};

use reading::Reading;

/// The signer: what all screens share, and the one screen that is on.
pub struct App {
    core: Core,
    screen: Screen,
    reading: Reading,
}

impl App {
    /// The signer at its first screen, no wallet open.
    pub fn new(settings: Settings) -> Self {
        let core = Core::new(settings);
        let screen = Screen::first(&core);
        Self { core, screen, reading: Reading::default() }
    }

    /// What is on.
    pub fn screen(&self) -> &Screen {
        &self.screen
    }

    /// How the program was started, and what the user chose.
    pub fn settings(&self) -> &Settings {
        &self.core.settings
    }

    /// The window's size.
    pub fn size(&self) -> Size {
        self.core.size
    }

    /// The drills of the open wallet's backups.
    pub fn drills(&self) -> &[Drill] {
        self.core.session.as_ref().map_or(&[], |session| &session.drills)
    }

    /// What was derived from the open wallet (BIP85).
    pub fn children(&self) -> &[Child] {
        self.core.session.as_ref().map_or(&[], |session| &session.children)
    }

    /// How many signatures were made since the start.
    pub fn signatures(&self) -> usize {
        self.core.signatures
    }

    /// On the dedicated machine a process that knew a secret does not outlive it: at home without a
    /// wallet it ends, a fresh one follows, and the kernel wipes what no care in here can reach. A
    /// question about a keyboard that stands over the home screen is put again by the next one.
    fn leave_behind(&mut self) {
        self.core.knew_a_secret |= self.screen.holds_a_secret() || self.core.holds_a_key();
        let left = self.screen.is_home() && !self.core.holds_a_key();
        if left && self.core.knew_a_secret && self.core.settings.appliance.is_some() {
            self.core.ask(Command::Leave);
        }
    }

    fn key(&mut self, screen: Screen, key: Key) -> Screen {
        match self.lock_key(screen, key) {
            Ok(screen) => screen,
            // What cannot be seen is not confirmed: only leaving works in too small a window.
            Err((screen, key)) if !self.core.size.suffices() && !matches!(key, Key::Interrupt) => {
                screen
            }
            Err((screen, key)) if self.reading.is_too_early(&key, self.core.now) => screen,
            Err((screen, key)) => screen.key(key, &mut self.core),
        }
    }

    /// Takes one event; gives what the machine is asked to do.
    pub fn update(&mut self, event: Event) -> Vec<Command> {
        let screen = std::mem::replace(&mut self.screen, Screen::home());
        self.screen = match event {
            Event::Key(key) => self.key(screen, key),
            Event::Tick { now, clock } => {
                self.core.now = now;
                self.core.clock = clock;
                self.reading.drawn(now, self.core.size.suffices());
                match self.lock_in_time(screen) {
                    Ok(locked) => locked,
                    Err(screen) => screen.tick(&mut self.core),
                }
            }
            Event::Ended => {
                self.core.ask(Command::Quit);
                screen
            }
            Event::Resize(columns, rows) => {
                self.core.size = Size { columns, rows, ..self.core.size };
                screen.resized(&self.core)
            }
            Event::Pixels(cell) => {
                self.core.size.cell = Some(cell);
                screen.resized(&self.core)
            }
            Event::Sight(sight) => screen.sight(sight),
            Event::Codes(symbols) => screen.codes(&symbols, &mut self.core),
            Event::SourceOpened(name) => screen.source(Ok(name)),
            Event::SourceFailed(why) => screen.source(Err(why)),
            Event::SourceEnded => screen.source(Err(screens::SOURCE_ENDED.into())),
            Event::OwnScreen(picture) => screen.own_screen(&picture),
            Event::Searched(progress) => screen.searched(progress),
            Event::Machine(News::LidClosed) => self.lock(screen, LockCause::Lid),
            Event::Machine(news) => screen.news(news, &mut self.core),
        };
        self.core.keep_in_vault();
        self.reading.turned(&self.screen);
        if !self.screen.is_home() {
            self.core.settings.locked = None; // seen, or out of date
        }
        self.leave_behind();
        std::mem::take(&mut self.core.commands)
    }
}
