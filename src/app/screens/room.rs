//! Where a code stands in a window, where its words are, and how many modules fit.

use crate::app::view::{CellPixels, Size};

/// Light modules around a code (ISO 18004 asks for four).
pub const QUIET: usize = 4;

/// Columns between code and words.
pub const GAP: u16 = 2;

/// Columns of the words beside a code.
const BESIDE: u16 = 30;
/// Rows of the words below a code.
const BELOW: u16 = 9;
/// Columns of words at most.
const MOST_WORDS: u16 = 60;

/// A painted module is so many pixels or more: smaller ones are lost to cameras.
const LEAST_PIXELS: usize = 3;

/// Where the code stands in a window: its square, and where the words are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Room {
    /// Modules on a side that fit, quiet zone included.
    pub modules: usize,
    /// The words stand beside the code; else below it.
    pub beside: bool,
    /// Columns of the code's place, from the left.
    pub columns: u16,
    /// Rows of the code's place, from the top.
    pub rows: u16,
}

impl Room {
    /// Columns of the words.
    pub fn words(self, size: Size) -> u16 {
        let code = if self.beside { self.columns } else { 0 };
        size.columns.saturating_sub(code + GAP).min(MOST_WORDS)
    }
}

/// The largest code for a window.
pub fn room(size: Size) -> Room {
    let (cell, least) = match size.cell {
        Some(cell) => (cell, LEAST_PIXELS),
        None => (CellPixels::HALVES, 1),
    };
    let (width, height) = (cell.across(1), cell.down(1));
    let beside = cell.across(size.columns.saturating_sub(BESIDE)).min(cell.down(size.rows));
    let below = cell.across(size.columns).min(cell.down(size.rows.saturating_sub(BELOW)));
    let side = beside.max(below);
    let cells = |pixels: usize| u16::try_from(side.div_ceil(pixels)).unwrap_or(u16::MAX);
    if beside >= below {
        Room { modules: side / least, beside: true, columns: cells(width), rows: size.rows }
    } else {
        Room { modules: side / least, beside: false, columns: size.columns, rows: cells(height) }
    }
}

/// What a code with `side` modules, quiet zone included, would need.
pub(super) fn too_large(side: usize, size: Size) -> String {
    match size.cell {
        None => format!(
            "This code needs a window of {} columns and {} rows. Make the window larger or its \
             letters smaller, or press f for another format.",
            side + usize::from(BESIDE),
            side.div_ceil(2)
        ),
        Some(_) => format!(
            "This code needs {0} x {0} pixels of the screen, which is too small for it. Press f \
             for another format.",
            side * LEAST_PIXELS
        ),
    }
}

/// Why a sparser code than the one asked for is on.
pub(super) fn not_denser(size: Size) -> String {
    match size.cell {
        None => {
            format!("A denser code does not fit this window of {} x {}.", size.columns, size.rows)
        }
        Some(_) => "A denser code does not fit this screen.".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn painted(columns: u16, rows: u16, width: u16, height: u16) -> Room {
        let cell = CellPixels::new(width, height);
        assert!(cell.is_some());
        room(Size { columns, rows, cell })
    }

    #[test]
    fn in_cells_a_module_is_a_column_wide_and_half_a_row_high() {
        let narrow = Room { modules: 50, beside: true, columns: 50, rows: 25 };
        assert_eq!(room(Size::of_cells(80, 25)), narrow);
        let wide = Room { modules: 80, beside: true, columns: 80, rows: 40 };
        assert_eq!(room(Size::of_cells(120, 40)), wide);
        let high = Room { modules: 80, beside: false, columns: 80, rows: 40 };
        assert_eq!(room(Size::of_cells(80, 60)), high);
    }

    #[test]
    fn in_pixels_the_densest_code_fits_every_usual_screen() {
        let largest = 177 + 2 * QUIET;
        for (columns, rows, width, height) in
            [(128, 48, 8, 16), (113, 32, 12, 24), (120, 33, 16, 32), (106, 30, 24, 48)]
        {
            assert!(painted(columns, rows, width, height).modules >= largest);
        }
    }

    #[test]
    fn a_painted_code_takes_the_whole_height_where_the_words_have_their_place() {
        let room = painted(120, 33, 16, 32);
        assert_eq!((room.beside, room.columns, room.rows), (true, 66, 33));
    }
}
