//! The signer as a state machine: one [`Screen`] at a time, `update` turns an [`Event`] into the
//! next screen and into [`Command`]s for the machine. Pure: it asks for cameras, it has none. Every
//! sentence that the user reads stands in here (the review's own in `review`).

pub mod appliance;
mod core;
mod event;
mod keymap;
mod reading;
pub mod screens;
pub mod text;
pub mod view;

pub use self::core::{Core, Request, Session, Settings};
pub use event::{Command, Event, FileEntry, Hint, Key, Newcomer, News, Sight, Source};
pub use keymap::Keymap;
pub use reading::READING;
pub use screens::Screen;
pub use view::{Body, Layout, Size, View};

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
        let screen = Screen::first(&settings);
        Self { core: Core::new(settings), screen, reading: Reading::default() }
    }

    /// What is on.
    pub fn screen(&self) -> &Screen {
        &self.screen
    }

    /// What is on, in words.
    pub fn view(&self) -> View<'_> {
        self.screen.view(&self.core)
    }

    /// The window's size.
    pub fn size(&self) -> Size {
        self.core.size
    }

    /// How many signatures were made since the start.
    pub fn signatures(&self) -> usize {
        self.core.signatures
    }

    /// Takes one event; gives what the machine is asked to do.
    pub fn update(&mut self, event: Event) -> Vec<Command> {
        let screen = std::mem::replace(&mut self.screen, Screen::home());
        self.screen = match event {
            // What cannot be seen is not confirmed: only leaving works in too small a window.
            Event::Key(key) if !self.core.size.suffices() && !matches!(key, Key::Interrupt) => {
                screen
            }
            Event::Key(key) if self.reading.is_too_early(&key, self.core.now) => screen,
            Event::Key(key) => screen.key(key, &mut self.core),
            Event::Tick { now, clock } => {
                self.core.now = now;
                self.core.clock = clock;
                self.reading.drawn(now, self.core.size.suffices());
                screen.tick(&mut self.core)
            }
            Event::Ended => {
                self.core.ask(Command::Quit);
                screen
            }
            Event::Resize(columns, rows) => {
                self.core.size = Size { columns, rows };
                screen.resized(&self.core)
            }
            Event::Sight(sight) => screen.sight(sight),
            Event::Codes(symbols) => screen.codes(&symbols, &mut self.core),
            Event::SourceOpened(name) => screen.source(Ok(name)),
            Event::SourceFailed(why) => screen.source(Err(why)),
            Event::SourceEnded => screen.source(Err(screens::SOURCE_ENDED.into())),
            Event::OwnScreen(picture) => screen.own_screen(&picture),
            Event::Machine(news) => screen.news(news, &mut self.core),
        };
        self.reading.turned(&self.screen);
        std::mem::take(&mut self.core.commands)
    }
}
