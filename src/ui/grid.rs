//! A code to be copied by hand: a block of it large, with letters and numbers at its edges, and the
//! copy as it should look by now.

use super::Palette;
use super::draw::put_rows;
use crate::app::screens::{Grid, Square, letter};
use crate::app::text::{Row, Tone};
use crate::app::view::GRID_WORDS;
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier, Style};

/// Columns of the letters at the left.
const LETTERS: u16 = 3;

/// Draws the block that is on, and beside it the words and the copy.
pub(super) fn draw(buffer: &mut Buffer, area: Rect, grid: &Grid, rows: &[Row], palette: Palette) {
    let aside = Rect { x: area.right().saturating_sub(GRID_WORDS + 1), width: GRID_WORDS, ..area };
    let block = Rect { width: aside.x.saturating_sub(area.x + 2), ..area };
    lattice(buffer, block, grid, palette);
    put_rows(buffer, aside, rows, palette);
    let used = rows.len() as u16;
    let copy = Rect { y: aside.y + used, height: aside.height.saturating_sub(used), ..aside };
    if !grid.is_template() {
        overview(buffer, copy, grid, palette);
    }
}

/// The squares of a block with lines between them.
fn lattice(buffer: &mut Buffer, area: Rect, grid: &Grid, palette: Palette) {
    let (columns, rows) = grid.shape();
    let most = grid.block().max(columns).max(rows) as u16;
    // A square is `high` rows and twice as many columns and one, a line follows each: as high as
    // the area lets the largest block be, so that all blocks have one size.
    let fits = |high: u16| {
        most * (high + 1) + 2 <= area.height && most * (2 * high + 2) + 1 + LETTERS <= area.width
    };
    let high = (1..=8).rev().find(|high| fits(*high)).unwrap_or(1);
    let (down, across) = (high + 1, 2 * high + 2);
    let (left, top) = (area.x + LETTERS, area.y + 1);
    let light = if palette == Palette::Console { Color::Gray } else { palette.white() };
    let line = if palette == Palette::Console { Color::Black } else { palette.grey(150) };
    let guide = palette.style(Tone::Key);
    for column in 0..columns as u16 {
        let x = left + column * across + across / 2;
        buffer.set_string(x, area.y, (column + 1).to_string(), guide);
    }
    for row in 0..rows as u16 {
        let name = letter(usize::from(row));
        let name = if grid.is_template() { name } else { name.to_ascii_lowercase() };
        buffer.set_string(area.x, top + row * down + down / 2, name.to_string(), guide);
    }
    for y in 0..=rows as u16 * down {
        for x in 0..=columns as u16 * across {
            let Some(cell) = buffer.cell_mut((left + x, top + y)) else { continue };
            let glyph = match (x % across == 0, y % down == 0) {
                (false, false) => {
                    let dark = grid.is_dark(usize::from(x / across), usize::from(y / down));
                    let ground = if dark { palette.black() } else { light };
                    cell.set_symbol(" ").set_style(Style::new().fg(line).bg(ground));
                    continue;
                }
                (true, false) => "\u{2502}",
                (false, true) => "\u{2500}",
                (true, true) => {
                    corner(x == 0, x == columns as u16 * across, y == 0, y == rows as u16 * down)
                }
            };
            cell.set_symbol(glyph).set_style(Style::new().fg(line).bg(light));
        }
    }
}

/// Where lines meet, by the edges at which they end.
fn corner(left: bool, right: bool, top: bool, bottom: bool) -> &'static str {
    match (left, right, top, bottom) {
        (true, _, true, _) => "\u{250c}",
        (_, true, true, _) => "\u{2510}",
        (true, _, _, true) => "\u{2514}",
        (_, true, _, true) => "\u{2518}",
        (true, ..) => "\u{251c}",
        (_, true, ..) => "\u{2524}",
        (_, _, true, _) => "\u{252c}",
        (_, _, _, true) => "\u{2534}",
        _ => "\u{253c}",
    }
}

/// The whole code in half cells, blocks that were not on yet in another colour.
fn overview(buffer: &mut Buffer, area: Rect, grid: &Grid, palette: Palette) {
    let side = grid.side();
    let guide = palette.style(Tone::Faint);
    let (left, top) = (area.x + LETTERS, area.y + 1);
    if left + side as u16 > area.right() || top + side.div_ceil(2) as u16 > area.bottom() {
        return; // only codes larger than a seed's
    }
    for block in 0..grid.blocks() {
        let middle = block * grid.block() + grid.block() / 2;
        let number = (block + 1).to_string();
        buffer.set_string(left + middle as u16, area.y, number, guide);
        buffer.set_string(area.x, top + (middle / 2) as u16, letter(block).to_string(), guide);
    }
    let color = |x: usize, y: usize| match grid.square(x, y) {
        _ if y >= side => palette.black(),
        Square::Here { dark: false } => palette.white(),
        Square::Copied { dark: false } => Color::Gray,
        Square::Here { dark: true } | Square::Copied { dark: true } => palette.black(),
        Square::Unseen if palette == Palette::Console => Color::Blue,
        Square::Unseen => palette.grey(70),
    };
    for y in 0..side.div_ceil(2) {
        for x in 0..side {
            if let Some(cell) = buffer.cell_mut((left + x as u16, top + y as u16)) {
                halves(cell, color(x, 2 * y), color(x, 2 * y + 1), palette);
            }
        }
    }
}

/// Two colours in a cell. White is painted as foreground: the Linux console has no white ground.
fn halves(cell: &mut Cell, upper: Color, lower: Color, palette: Palette) {
    let (glyph, fg, bg) = if upper == lower {
        ("\u{2588}", upper, upper)
    } else if lower == palette.white() {
        ("\u{2584}", lower, upper)
    } else {
        ("\u{2580}", upper, lower)
    };
    let bg = if bg == palette.white() { palette.black() } else { bg };
    cell.set_symbol(glyph).set_style(Style::new().fg(fg).bg(bg));
    if palette == Palette::Console && fg == palette.white() {
        cell.modifier.insert(Modifier::BOLD);
    }
}
