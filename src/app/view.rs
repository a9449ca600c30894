//! What a screen shows, in words and before it is drawn: title, body, keys; and how much of it fits.

use super::screens::{Grid, room};
use super::text::{Line, Row, Text, Tone};
use crate::qr::{Luma, Modules};
use crate::transport::Progress;
use std::num::NonZeroU16;

/// Smallest window, in columns and rows.
pub const SMALLEST: (u16, u16) = (80, 25);

/// Columns left free at the left of most bodies.
pub const MARGIN: u16 = 3;

/// Columns of the words beside the camera's picture.
pub const SCAN_WORDS: u16 = 32;

/// Columns of the words beside a code to be copied.
pub const GRID_WORDS: u16 = 36;

/// Lines of words are not longer, however wide the window is.
const WIDEST: u16 = 96;

/// A window's size, in columns and rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// Columns.
    pub columns: u16,
    /// Rows.
    pub rows: u16,
    /// The size of a cell, where codes and pictures are painted in pixels; None where in cells.
    pub cell: Option<CellPixels>,
}

/// A cell's size, in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CellPixels {
    width: NonZeroU16,
    height: NonZeroU16,
}

impl CellPixels {
    /// A cell as half blocks have it: two squares, one above the other.
    pub(super) const HALVES: Self =
        Self { width: NonZeroU16::MIN, height: NonZeroU16::MIN.saturating_add(1) };

    /// None where one of them is 0.
    pub fn new(width: u16, height: u16) -> Option<Self> {
        Some(Self { width: NonZeroU16::new(width)?, height: NonZeroU16::new(height)? })
    }

    /// The width of that many columns.
    pub fn across(self, columns: u16) -> usize {
        usize::from(columns) * usize::from(self.width.get())
    }

    /// The height of that many rows.
    pub fn down(self, rows: u16) -> usize {
        usize::from(rows) * usize::from(self.height.get())
    }
}

impl Size {
    /// A window of cells alone.
    pub fn of_cells(columns: u16, rows: u16) -> Self {
        Self { columns, rows, cell: None }
    }

    /// Is a whole screen visible?
    pub fn suffices(self) -> bool {
        self.columns >= SMALLEST.0 && self.rows >= SMALLEST.1
    }
}

/// A key and what it does, for the footer.
pub type Hotkey = (&'static str, &'static str);

/// One screen in words.
pub struct View<'a> {
    /// What this screen is for.
    pub title: String,
    /// Whose coins: the wallet and the network.
    pub context: String,
    /// Columns left free at the left of the body.
    pub margin: u16,
    /// What stands in the middle.
    pub body: Body<'a>,
    /// First row of the text that is shown.
    pub top: usize,
    /// The keys that work here.
    pub keys: Vec<Hotkey>,
    /// A remark beside the keys.
    pub status: Option<Line>,
}

/// The middle of a screen.
pub enum Body<'a> {
    /// Words.
    Text(Text),
    /// The camera's picture with words beside it.
    Camera(Looking<'a>, Text),
    /// A QR code, where it fits, with words beside it.
    Code(Option<&'a Modules>, Text),
    /// A part of a QR code to be copied by hand; at its right words, and the copy so far.
    Grid(&'a Grid, Text),
}

/// What a camera shows.
pub struct Looking<'a> {
    /// The last picture, small.
    pub preview: Option<&'a Luma>,
    /// It is shown as in a mirror.
    pub mirrored: bool,
    /// Which parts of a message are known.
    pub parts: Option<Progress>,
}

/// A text screen fitted to a window.
pub struct Layout {
    /// All rows of the body.
    pub rows: Vec<Row>,
    /// How many of them can be seen at once.
    pub height: usize,
    /// First row that is seen.
    pub top: usize,
    /// The footer.
    pub footer: Vec<Row>,
}

impl Layout {
    /// Rows that stand below what is seen.
    pub fn below(&self) -> usize {
        self.rows.len().saturating_sub(self.top + self.height)
    }
}

impl View<'_> {
    /// Fits the words to a window.
    pub fn layout(&self, size: Size) -> Layout {
        let footer = self.footer().rows(usize::from(size.columns.saturating_sub(3)));
        // title, rule; rule, footer
        let height = usize::from(size.rows).saturating_sub(3 + footer.len());
        let (text, width) = match &self.body {
            Body::Text(text) => (text, size.columns.saturating_sub(self.margin + 1).min(WIDEST)),
            Body::Camera(_, text) => (text, SCAN_WORDS),
            Body::Grid(_, text) => (text, GRID_WORDS),
            Body::Code(_, text) => (text, room(size).words(size)),
        };
        let rows = text.rows(usize::from(width));
        let top = self.top.min(rows.len().saturating_sub(height));
        Layout { rows, height, top, footer }
    }

    fn footer(&self) -> Text {
        let mut text = Text::new();
        let mut line = Line::default();
        for (place, (key, what)) in self.keys.iter().enumerate() {
            // no-break: a key and its word stay together
            let gap = if place == 0 { "" } else { "   " };
            line = line
                .and(Tone::Plain, gap)
                .and(Tone::Key, *key)
                .and(Tone::Faint, format!("{JOINER}{}", what.replace(' ', &JOINER.to_string())));
        }
        if !self.keys.is_empty() || self.status.is_none() {
            text.line(line);
        }
        if let Some(status) = &self.status {
            text.line(status.clone());
        }
        text
    }
}

/// Stands for a space at which the footer is not broken; drawn as a space.
pub const JOINER: char = '\u{a0}';

/// Where a text that is longer than the window stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Scroll {
    /// First row that is shown.
    pub top: usize,
}

impl Scroll {
    /// Moves down by `rows`, no further than the end of `layout`.
    pub fn down(&mut self, rows: usize, layout: &Layout) {
        self.top = (layout.top + rows).min(layout.rows.len().saturating_sub(layout.height));
    }

    /// Moves up by `rows`.
    pub fn up(&mut self, rows: usize, layout: &Layout) {
        self.top = layout.top.saturating_sub(rows);
    }
}
