//! QR codes in cells: two modules stand in one cell, one above the other.

use super::Palette;
use super::canvas::{Figure, Painting};
use super::draw::{leave_out, put_rows};
use crate::app::Size;
use crate::app::screens::{GAP, QUIET, room};
use crate::app::text::Row;
use crate::qr::{Luma, Modules};
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier, Style};

/// The glyph whose upper half is in the foreground colour, its lower half in the background's.
const UPPER: &str = "\u{2580}";
/// The same with the lower half.
const LOWER: &str = "\u{2584}";
/// All foreground.
const FULL: &str = "\u{2588}";

/// A code's screen: the code as large as the window allows, the words beside or below it.
pub(super) fn screen<'a>(
    buffer: &mut Buffer,
    code: Option<&'a Modules>,
    size: Size,
    rows: &[Row],
    palette: Palette,
) -> Figure<'a> {
    let area = buffer.area;
    let room = room(size);
    let square = Rect { width: room.columns, height: room.rows, ..area };
    let words = if room.beside {
        let x = square.right() + GAP;
        Rect { x, width: area.width.saturating_sub(x), ..area }
    } else {
        let y = square.bottom();
        Rect { x: GAP, y, width: area.width - GAP, height: area.height - y }
    };
    put_rows(buffer, words, rows, palette);
    let Some(code) = code else { return Figure::None };
    if size.cell.is_none() {
        return code_in(buffer, square, code, palette).map_or(Figure::None, Figure::Cells);
    }
    leave_out(buffer, square);
    // Nothing but the code is bright: a camera sets its exposure by what is.
    buffer.set_style(words, Style::new().fg(palette.grey(DIM)));
    Figure::Pixels(square, Painting::Code(code))
}

/// How light the words beside a painted code are.
const DIM: u8 = 140;

/// Draws `code` with its quiet zone in the middle of `area`, each module as many columns wide as
/// fit; None when not even one does.
pub fn code_in(buffer: &mut Buffer, area: Rect, code: &Modules, palette: Palette) -> Option<Rect> {
    let side = code.side() + 2 * QUIET;
    let (columns, rows) = (usize::from(area.width), usize::from(area.height));
    let scale = (columns / side).min(rows * 2 / side);
    if scale == 0 {
        return None;
    }
    let width = side * scale;
    let height = width.div_ceil(2);
    let place = Rect {
        x: area.x + ((columns - width) / 2) as u16,
        y: area.y + ((rows - height) / 2) as u16,
        width: width as u16,
        height: height as u16,
    };
    let light = |column: usize, half: usize| {
        let module = |at: usize| (at / scale) as isize - QUIET as isize;
        !code.dark(module(column), module(half))
    };
    for row in 0..height {
        for column in 0..width {
            let halves = (light(column, row * 2), light(column, row * 2 + 1));
            let at = (place.x + column as u16, place.y + row as u16);
            if let Some(cell) = buffer.cell_mut(at) {
                set(cell, halves, palette);
            }
        }
    }
    Some(place)
}

/// Light is painted as foreground where the background has no real white (the Linux console), and
/// as background elsewhere, where glyphs may leave gaps between rows.
fn set(cell: &mut Cell, halves: (bool, bool), palette: Palette) {
    let (white, black) = (palette.white(), palette.black());
    let console = palette == Palette::Console;
    let (glyph, fg, bg) = match halves {
        (true, true) if console => (FULL, white, black),
        (true, true) => (" ", black, white),
        (false, false) => (" ", white, black),
        (true, false) => (UPPER, white, black),
        (false, true) if console => (LOWER, white, black),
        (false, true) => (UPPER, black, white),
    };
    cell.set_symbol(glyph).set_style(Style::new().fg(fg).bg(bg));
    if console {
        // There, bright and bold are one: white that stops being bold turns grey.
        cell.modifier.insert(Modifier::BOLD);
    }
}

/// Pixels a module side in [`photograph`].
const PIXELS: usize = 4;

/// What a camera before the screen would see of `area`: the cells as a picture.
pub fn photograph(buffer: &Buffer, area: Rect) -> Option<Luma> {
    let width = usize::from(area.width) * PIXELS;
    let height = usize::from(area.height) * 2 * PIXELS;
    let mut data = vec![0; width * height];
    for row in 0..area.height {
        for column in 0..area.width {
            let cell = buffer.cell((area.x + column, area.y + row))?;
            let (fg, bg) = (luma(cell.fg), luma(cell.bg));
            let halves = match cell.symbol() {
                FULL => [fg, fg],
                UPPER => [fg, bg],
                LOWER => [bg, fg],
                _ => [bg, bg],
            };
            for line in 0..2 * PIXELS {
                let y = usize::from(row) * 2 * PIXELS + line;
                let x = usize::from(column) * PIXELS;
                data[y * width + x..][..PIXELS].fill(halves[line / PIXELS]);
            }
        }
    }
    Luma::new(width as u32, height as u32, data)
}

/// How light a colour is, 0 to 255.
fn luma(color: Color) -> u8 {
    match color {
        Color::Rgb(red, green, blue) => {
            let sum = 299 * u32::from(red) + 587 * u32::from(green) + 114 * u32::from(blue);
            (sum / 1000) as u8
        }
        Color::Indexed(231) | Color::White => 255,
        Color::Gray => 170,
        _ => 0,
    }
}
