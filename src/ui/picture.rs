//! The camera's picture, in pixels or in grey half blocks, and a map of the parts.

use super::Palette;
use super::canvas::{Figure, Painting};
use super::draw::{leave_out, put_rows};
use crate::app::CellPixels;
use crate::app::text::{Row, Tone};
use crate::app::view::{Looking, SCAN_WORDS};
use crate::qr::Luma;
use crate::qr::luma::MAX_SIDE;
use ratatui::buffer::Buffer;
use ratatui::layout::{Margin, Rect};
use ratatui::style::Style;

/// From dark to light, for terminals without greys.
const SHADES: [&str; 5] = [" ", "\u{2591}", "\u{2592}", "\u{2593}", "\u{2588}"];
/// Fewest and most rows of the map.
const MAP_ROWS: u16 = 6;

/// Draws picture, words and map; the picture not where it is painted.
pub(super) fn camera<'a>(
    buffer: &mut Buffer,
    area: Rect,
    looking: &Looking<'a>,
    cell: Option<CellPixels>,
    rows: &[Row],
    palette: Palette,
) -> Figure<'a> {
    let left = Rect { width: area.width.saturating_sub(SCAN_WORDS + 3), ..area };
    let picture = fitted(left);
    border(buffer, picture, palette);
    let mut figure = Figure::None;
    if let Some(preview) = looking.preview {
        let inner = picture.inner(Margin::new(1, 1));
        let mirrored = looking.mirrored;
        if cell.is_some() {
            leave_out(buffer, inner);
            figure = Figure::Pixels(inner, Painting::Camera { preview, mirrored });
        } else {
            show(buffer, inner, preview, mirrored, palette);
        }
    }
    let words = Rect { x: picture.right() + 2, width: SCAN_WORDS, ..area };
    let Some(progress) = &looking.parts else {
        put_rows(buffer, words, rows, palette);
        return figure;
    };
    let known = &progress.parts.0;
    let used = map(buffer, words, known, palette);
    let rest =
        Rect { y: words.y + used + 1, height: words.height.saturating_sub(used + 1), ..words };
    put_rows(buffer, rest, rows, palette);
    figure
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

/// The picture in cells, two of its pixels in each.
fn show(buffer: &mut Buffer, area: Rect, preview: &Luma, mirrored: bool, palette: Palette) {
    let columns = usize::from(area.width);
    let Some(small) = fitting(preview, columns, usize::from(area.height) * 2, mirrored) else {
        return;
    };
    for (halves, y) in small.data().chunks_exact(2 * columns).zip(area.top()..) {
        let (upper, lower) = halves.split_at(columns);
        for ((upper, lower), x) in upper.iter().zip(lower).zip(area.left()..) {
            let Some(cell) = buffer.cell_mut((x, y)) else { continue };
            if palette == Palette::Console {
                let mean = (usize::from(*upper) + usize::from(*lower)) / 2;
                cell.set_symbol(SHADES[mean * SHADES.len() / 256])
                    .set_style(palette.style(Tone::Strong));
            } else {
                let style = Style::new().fg(palette.grey(*upper)).bg(palette.grey(*lower));
                cell.set_symbol("\u{2580}").set_style(style);
            }
        }
    }
}

/// `picture` in `width` x `height` pixels: the part with that shape from its middle, each pixel the
/// nearest one of the picture. None where a side is 0 or above what a picture may have.
pub(super) fn fitting(picture: &Luma, width: usize, height: usize, mirrored: bool) -> Option<Luma> {
    let (has_width, has_height) = (picture.width() as usize, picture.height() as usize);
    let shape = (u32::try_from(width).ok()?, u32::try_from(height).ok()?);
    if width.min(height) == 0 || width.max(height) > MAX_SIDE as usize {
        return None;
    }
    let (cut_width, cut_height) = if has_width * height > has_height * width {
        (has_height * width / height, has_height)
    } else {
        (has_width, has_width * height / width)
    };
    let (left, top) = ((has_width - cut_width) / 2, (has_height - cut_height) / 2);
    let mut columns: Vec<usize> = (0..width).map(|x| left + x * cut_width / width).collect();
    if mirrored {
        columns.reverse();
    }
    let mut data = Vec::with_capacity(width * height);
    let mut last = None;
    for line in (0..height).map(|y| top + y * cut_height / height) {
        if last.replace(line) == Some(line) {
            data.extend_from_within(data.len() - width..);
        } else {
            let pixels = picture.data().chunks_exact(has_width).nth(line)?;
            data.extend(columns.iter().map(|&x| pixels.get(x).copied().unwrap_or(0)));
        }
    }
    Luma::new(shape.0, shape.1, data)
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
