//! The screen of the dedicated machine: letters, codes and pictures drawn by this program into the
//! framebuffer; where there is none, letters of the kernel's virtual terminal.

mod colour;
pub mod font;
mod framebuffer;
pub mod mode;
mod psf;
pub mod surface;
mod vt;

pub use psf::BadFont;

use crate::ui::Palette;
use crate::ui::canvas::{Canvas, Pixels};
use framebuffer::Mapped;
use ratatui::backend::{Backend, ClearType, CrosstermBackend, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Size};
use std::fs::File;
use std::io::{self, Write};
use std::thread::sleep;
use std::time::Duration;
use surface::Surface;
use vt::{Drawing, Vt};

/// Says something by way of the kernel's own letters, where no [`Console`] can any more; gone after
/// `so_long`.
pub fn say(text: &str, so_long: Duration) {
    // Where there is no terminal there is nobody to tell.
    let Ok(vt) = Vt::open(Drawing::Kernels) else { return };
    if vt.writer().and_then(|mut out| out.write_all(text.as_bytes())).is_ok() {
        sleep(so_long);
    }
}

/// The screen while this program has it. Dropping it wipes all that was on it.
pub struct Console {
    // in this order: the pixels are wiped before the kernel draws text again
    screen: Screen,
    vt: Vt,
}

/// Who draws the letters.
enum Screen {
    /// This program.
    Pixels(Surface<Mapped>),
    /// The kernel.
    Text(CrosstermBackend<File>),
}

/// Does the same with either screen.
macro_rules! on_either {
    ($screen:expr, $backend:ident => $act:expr) => {
        match $screen {
            Screen::Pixels($backend) => $act,
            Screen::Text($backend) => $act,
        }
    };
}

impl Console {
    /// Takes the screen and turns the terminal's keys off. The framebuffer, if there is one that can
    /// be drawn to; else the virtual terminal. Fails where there is neither, or no way to have it.
    pub fn open() -> io::Result<Self> {
        if let Ok((memory, mode)) = framebuffer::open() {
            let vt = Vt::open(Drawing::Ours)?;
            let surface = Surface::new(memory, mode).map_err(io::Error::other)?;
            return Ok(Self { screen: Screen::Pixels(surface), vt });
        }
        let vt = Vt::open(Drawing::Kernels)?;
        let screen = Screen::Text(CrosstermBackend::new(vt.writer()?));
        Ok(Self { screen, vt })
    }

    /// The colours it has.
    pub fn palette(&self) -> Palette {
        match self.screen {
            Screen::Pixels(_) => Palette::True,
            Screen::Text(_) => Palette::Console,
        }
    }
}

impl Canvas for Console {
    fn pixels(&mut self) -> Option<&mut dyn Pixels> {
        match &mut self.screen {
            Screen::Pixels(surface) => surface.pixels(),
            Screen::Text(_) => None,
        }
    }
}

impl Backend for Console {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        on_either!(&mut self.screen, backend => backend.draw(content))
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        on_either!(&mut self.screen, backend => backend.hide_cursor())
    }

    /// It has no cursor.
    fn show_cursor(&mut self) -> io::Result<()> {
        Ok(())
    }

    /// Where nothing asks the terminal for it: its answer would come as keys, and those are off.
    fn get_cursor_position(&mut self) -> io::Result<Position> {
        Ok(Position::ORIGIN)
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        on_either!(&mut self.screen, backend => backend.set_cursor_position(position))
    }

    fn clear(&mut self) -> io::Result<()> {
        on_either!(&mut self.screen, backend => backend.clear())
    }

    fn clear_region(&mut self, region: ClearType) -> io::Result<()> {
        on_either!(&mut self.screen, backend => backend.clear_region(region))
    }

    fn size(&self) -> io::Result<Size> {
        match &self.screen {
            Screen::Pixels(surface) => surface.size(),
            Screen::Text(_) => self.vt.size().map(|(columns, rows)| Size::new(columns, rows)),
        }
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        match &mut self.screen {
            Screen::Pixels(surface) => surface.window_size(),
            Screen::Text(_) => Ok(WindowSize { columns_rows: self.size()?, pixels: Size::ZERO }),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        on_either!(&mut self.screen, backend => Backend::flush(backend))
    }
}
