//! Shows the screen that is on: draws its cells, paints its figure, and lets the demo coordinator
//! look at what was drawn.

use super::canvas::{Canvas, Figure, Painting, Pixels};
use super::{Palette, draw, picture, qr};
use crate::app::screens::QUIET;
use crate::app::{App, CellPixels, Screen};
use crate::qr::{Luma, Modules};
use ratatui::Terminal;
use ratatui::layout::Rect;

/// What is on, so that only what changed is drawn, painted and looked at.
#[derive(Default)]
pub struct Show {
    painter: Painter,
    mirror: Mirror,
}

impl Show {
    /// Shows what is on; gives what the demo coordinator sees, each code once.
    pub fn frame<B: Canvas>(
        &mut self,
        terminal: &mut Terminal<B>,
        palette: Palette,
        app: &App,
    ) -> Result<Option<Luma>, B::Error> {
        let mut figure = Figure::None;
        let drawn = terminal.draw(|frame| figure = draw::draw(app, frame.buffer_mut(), palette))?;
        if let Figure::Cells(area) = figure {
            return Ok(self.mirror.look(app, || qr::photograph(drawn.buffer, area)));
        }
        let Some(pixels) = terminal.backend_mut().pixels() else { return Ok(None) };
        let Some(code) = self.painter.paint(pixels, &figure) else { return Ok(None) };
        Ok(self.mirror.look(app, || pixels.photograph(code.place, code.step())))
    }
}

/// A code that was painted.
struct PaintedCode {
    place: Rect,
    /// Pixels a module side.
    scale: usize,
}

impl PaintedCode {
    /// Three or four pixels a module are enough to read it, and a small picture is read sooner.
    fn step(&self) -> usize {
        (self.scale / 3).max(1)
    }
}

/// Paints what is not on yet. What goes away needs no care: its cells are no longer left out, and
/// so they are drawn.
#[derive(Default)]
struct Painter {
    on: Option<(Rect, Painted)>,
}

/// A copy of what is on, to know it again. The picture's is wiped like every other.
enum Painted {
    Code(Modules),
    Camera(Luma, bool),
}

impl Painter {
    /// Gives the code, when a new one was painted.
    fn paint(&mut self, pixels: &mut dyn Pixels, figure: &Figure) -> Option<PaintedCode> {
        let Figure::Pixels(place, painting) = figure else {
            self.on = None;
            return None;
        };
        if self.is_on(*place, painting) {
            return None;
        }
        let cell = pixels.cell();
        match painting {
            Painting::Code(code) => {
                let scale = scale(*place, cell, code);
                pixels.paint(*place, &code.picture(scale, QUIET));
                self.on = Some((*place, Painted::Code((*code).clone())));
                Some(PaintedCode { place: *place, scale })
            }
            Painting::Camera { preview, mirrored } => {
                let (width, height) = (cell.across(place.width), cell.down(place.height));
                pixels.paint(*place, &picture::fitting(preview, width, height, *mirrored)?);
                let copy = Luma::new(preview.width(), preview.height(), preview.data().to_vec())?;
                self.on = Some((*place, Painted::Camera(copy, *mirrored)));
                None
            }
        }
    }

    fn is_on(&self, place: Rect, painting: &Painting) -> bool {
        match (&self.on, painting) {
            (Some((at, Painted::Code(on))), Painting::Code(code)) => *at == place && on == *code,
            (Some((at, Painted::Camera(on, was))), Painting::Camera { preview, mirrored }) => {
                *at == place
                    && was == mirrored
                    && (on.width(), on.height()) == (preview.width(), preview.height())
                    && on.data() == preview.data()
            }
            _ => false,
        }
    }
}

/// Pixels a module: as many as the place has room for.
fn scale(place: Rect, cell: CellPixels, code: &Modules) -> usize {
    cell.across(place.width).min(cell.down(place.height)) / (code.side() + 2 * QUIET)
}

/// The demo coordinator's view: the code as it stands on the screen, each new one once.
#[derive(Default)]
struct Mirror {
    last: Vec<u8>,
}

impl Mirror {
    fn look(&mut self, app: &App, photograph: impl FnOnce() -> Option<Luma>) -> Option<Luma> {
        let Screen::Answer(answer) = app.screen() else { return None };
        if !answer.is_read() {
            return None;
        }
        let picture = photograph()?;
        if picture.data() == self.last {
            return None;
        }
        self.last = picture.data().to_vec();
        Some(picture)
    }
}
