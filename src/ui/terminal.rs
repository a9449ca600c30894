//! This terminal: its modes, restored whatever happens.

use super::keyboard;
use crate::app::Event;
use crossterm::cursor::{Hide, Show};
use crossterm::execute;
use crossterm::terminal::{
    Clear, ClearType, EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
};
use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;
use std::io::{self, Stdout, stdout};
use std::sync::mpsc::SyncSender;

/// The terminal while the program owns it. Dropping it gives the terminal back, its screen wiped.
pub struct Window {
    /// Where screens are drawn.
    pub terminal: Terminal<CrosstermBackend<Stdout>>,
}

impl Window {
    /// Takes the terminal.
    pub fn open() -> io::Result<Self> {
        enable_raw_mode()?;
        execute!(stdout(), EnterAlternateScreen, Hide).inspect_err(|_| restore())?;
        let terminal = Terminal::new(CrosstermBackend::new(stdout())).inspect_err(|_| restore())?;
        Ok(Self { terminal })
    }

    /// Sends keys and window sizes into `events`.
    pub fn listen(&self, events: SyncSender<Event>) {
        keyboard::listen(events);
    }
}

impl Drop for Window {
    fn drop(&mut self) {
        restore();
    }
}

fn restore() {
    // Nothing can be done about a terminal that does not listen any more.
    let _ = execute!(stdout(), Clear(ClearType::All), LeaveAlternateScreen, Show);
    let _ = disable_raw_mode();
}

/// A panic is told in a terminal that can be read.
pub fn on_panic_restore() {
    let before = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        restore();
        before(info);
    }));
}
