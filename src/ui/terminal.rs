//! This terminal: its modes, restored whatever happens.

use super::{ending, keyboard};
use crate::app::Event;
use crate::qr::detect::is_guarded;
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
        let window = Self { terminal };
        let size = window.terminal.size()?;
        match size.width.min(size.height) {
            0 => Err(io::Error::other("it has no columns or rows; start again in a larger window")),
            _ => Ok(window),
        }
    }

    /// Sends keys, window sizes, and at last [`Event::Ended`] into `events`.
    pub fn listen(&self, events: SyncSender<Event>) -> io::Result<()> {
        keyboard::listen(events.clone());
        ending::watch(events)
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

/// A panic is told in a terminal that can be read. One that the QR reader catches is not told: the
/// program goes on, and the screen is still its own.
pub fn on_panic_restore() {
    on_panic(restore);
}

fn on_panic(restore: fn()) {
    let before = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        if is_guarded() {
            return;
        }
        restore();
        before(info);
    }));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::qr::detect::guarded;
    use std::cell::Cell;
    use std::panic::{catch_unwind, take_hook};

    thread_local! {
        static RESTORED: Cell<u32> = const { Cell::new(0) };
    }

    #[test]
    fn a_panic_in_the_qr_reader_leaves_the_screen_alone() {
        on_panic(|| RESTORED.set(RESTORED.get() + 1));
        assert!(guarded(|| panic!("a hostile picture")).is_none());
        assert_eq!(RESTORED.get(), 0);
        assert!(catch_unwind(|| panic!("this one is ours")).is_err());
        assert_eq!(RESTORED.get(), 1);
        drop(take_hook());
    }
}
