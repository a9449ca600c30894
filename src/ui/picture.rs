//! The scan screen: the camera's picture in grey half blocks, and a map of the parts.

use super::Palette;
use super::draw::put_rows;
use crate::app::screens::Scan;
use crate::app::text::{Row, Tone};
use crate::app::view::SCAN_WORDS;
use crate::qr::Luma;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// From dark to light, for terminals without greys.
const SHADES: [&str; 5] = [" ", "\u{2591}", "\u{2592}", "\u{2593}", "\u{2588}"];
/// Fewest and most rows of the map.
const MAP_ROWS: u16 = 6;

/// Draws picture, words and map.
pub(super) fn scan(buffer: &mut Buffer, area: Rect, scan: &Scan, rows: &[Row], palette: Palette) {
    let left = Rect { width: area.width.saturating_sub(SCAN_WORDS + 3), ..area };
    let picture = fitted(left);
    border(buffer, picture, palette);
    if let Some(preview) = scan.preview() {
        let inner = Rect {
            x: picture.x + 1,
            y: picture.y + 1,
            width: picture.width.saturating_sub(2),
            height: picture.height.saturating_sub(2),
        };
        show(buffer, inner, preview, scan.mirrored(), palette);
    }
    let words = Rect { x: picture.right() + 2, width: SCAN_WORDS, ..area };
    let Some(progress) = scan.progress() else {
        put_rows(buffer, words, rows, palette);
        return;
    };
    let known = &progress.parts.0;
    let used = map(buffer, words, known, palette);
    let rest =
        Rect { y: words.y + used + 1, height: words.height.saturating_sub(used + 1), ..words };
    put_rows(buffer, rest, rows, palette);
}

/// The largest 4:3 picture with its border (a cell is twice as high as wide).
fn fitted(area: Rect) -> Rect {
    let height = area.height.min((area.width * 3 / 8).max(3));
    let width = area.width.min(height * 8 / 3);
    Rect { width, height, ..area }
}

fn border(buffer: &mut Buffer, area: Rect, palette: Palette) {
    if area.width < 2 || area.height < 2 {
        return;
    }
    let style = palette.style(Tone::Faint);
    let line = "\u{2500}".repeat(usize::from(area.width - 2));
    let (right, bottom) = (area.right() - 1, area.bottom() - 1);
    buffer.set_string(area.x, area.y, format!("\u{250c}{line}\u{2510}"), style);
    buffer.set_string(area.x, bottom, format!("\u{2514}{line}\u{2518}"), style);
    for y in area.y + 1..bottom {
        buffer.set_string(area.x, y, "\u{2502}", style);
        buffer.set_string(right, y, "\u{2502}", style);
    }
}

/// The picture, cut to the area's shape, two pixels a cell.
fn show(buffer: &mut Buffer, area: Rect, preview: &Luma, mirrored: bool, palette: Palette) {
    let (columns, halves) = (u32::from(area.width), u32::from(area.height) * 2);
    if columns == 0 || halves == 0 {
        return;
    }
    // the part of the picture with the area's shape, from its middle
    let (width, height) = (preview.width(), preview.height());
    let (cut_width, cut_height) = if width * halves > height * columns {
        (height * columns / halves, height)
    } else {
        (width, width * halves / columns)
    };
    let (left, top) = ((width - cut_width) / 2, (height - cut_height) / 2);
    let light = |column: u32, half: u32| {
        let column = if mirrored { columns - 1 - column } else { column };
        let x = left + column * cut_width / columns;
        let y = top + half * cut_height / halves;
        preview.data().get((y * width + x) as usize).copied().unwrap_or(0)
    };
    for row in 0..area.height {
        for column in 0..area.width {
            let upper = light(u32::from(column), u32::from(row) * 2);
            let lower = light(u32::from(column), u32::from(row) * 2 + 1);
            let Some(cell) = buffer.cell_mut((area.x + column, area.y + row)) else { continue };
            if palette == Palette::Console {
                let mean = (usize::from(upper) + usize::from(lower)) / 2;
                cell.set_symbol(SHADES[mean * SHADES.len() / 256])
                    .set_style(palette.style(Tone::Strong));
            } else {
                let style = Style::new().fg(palette.grey(upper)).bg(palette.grey(lower));
                cell.set_symbol("\u{2580}").set_style(style);
            }
        }
    }
}

/// The map of the parts, in at most [`MAP_ROWS`] rows; gives how many it used. Of many parts
/// several share a cell: full when all are known, shaded when some are.
fn map(buffer: &mut Buffer, area: Rect, known: &[bool], palette: Palette) -> u16 {
    let width = usize::from(area.width);
    if width == 0 || known.is_empty() {
        return 0;
    }
    let room = width * usize::from(MAP_ROWS);
    let share = known.len().div_ceil(room);
    for (place, parts) in known.chunks(share).enumerate() {
        let have = parts.iter().filter(|known| **known).count();
        let (glyph, tone) = match have {
            0 => ("\u{b7}", Tone::Faint),
            some if some == parts.len() => (FULL, Tone::Proven),
            _ => ("\u{2592}", Tone::Plain),
        };
        let (x, y) = (area.x + (place % width) as u16, area.y + (place / width) as u16);
        if y < area.bottom() {
            buffer.set_string(x, y, glyph, palette.style(tone));
        }
    }
    known.len().div_ceil(share).div_ceil(width) as u16
}

const FULL: &str = "\u{2588}";
