//! Screens that draw pixels where cells are too coarse: what they offer, and what is painted there.

use crate::app::CellPixels;
use crate::qr::{Luma, Modules};
use ratatui::backend::{Backend, CrosstermBackend, TestBackend};
use ratatui::layout::Rect;
use std::io::Write;

/// A screen of cells that may also draw pixels.
pub trait Canvas: Backend {
    /// The screen's pixels; None where only cells can be drawn.
    fn pixels(&mut self) -> Option<&mut dyn Pixels> {
        None
    }
}

/// A terminal has only cells.
impl<W: Write> Canvas for CrosstermBackend<W> {}
impl Canvas for TestBackend {}

/// Pixels below the cells. What is painted stays until those cells are drawn.
pub trait Pixels {
    /// The size of a cell.
    fn cell(&self) -> CellPixels;

    /// Paints `picture` in the middle of these cells, pixel for pixel, and the rest of them black.
    /// What of it does not fit is cut off.
    fn paint(&mut self, cells: Rect, picture: &Luma);

    /// What these cells show, read off the screen: every pixel, or with `step` only every second,
    /// third ... of every second, third ... line. None where there is nothing to read.
    fn photograph(&self, cells: Rect, step: usize) -> Option<Luma>;
}

/// What a screen shows besides words.
pub enum Figure<'a> {
    /// Nothing that matters to anybody but its reader.
    None,
    /// A QR code, drawn in these cells, quiet zone included.
    Cells(Rect),
    /// Cells that were left out, for this to be painted there.
    Pixels(Rect, Painting<'a>),
}

impl Figure<'_> {
    /// Where a QR code is drawn in cells.
    pub fn cells(&self) -> Option<Rect> {
        match self {
            Self::Cells(area) => Some(*area),
            Self::None | Self::Pixels(..) => None,
        }
    }
}

/// What is painted.
pub enum Painting<'a> {
    /// A QR code with its quiet zone, as large as fits.
    Code(&'a Modules),
    /// The camera's picture, filling its place.
    Camera {
        /// The picture.
        preview: &'a Luma,
        /// It is shown as in a mirror.
        mirrored: bool,
    },
}
