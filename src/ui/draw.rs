//! One screen, drawn: a title, a body, the keys.

use super::canvas::Figure;
use super::{Palette, grid, picture, qr};
use crate::app::text::{Row, Tone};
use crate::app::view::{JOINER, SMALLEST};
use crate::app::{App, Body, Layout, Size, View};
use ratatui::buffer::{Buffer, CellDiffOption};
use ratatui::layout::Rect;

/// The glyph of the lines between title, body and keys.
const RULE: &str = "\u{2500}";

/// Draws what is on; gives its QR code or picture, drawn or to be painted.
pub fn draw<'a>(app: &'a App, buffer: &mut Buffer, palette: Palette) -> Figure<'a> {
    let area = buffer.area;
    buffer.reset();
    buffer.set_style(area, palette.ground());
    let size = Size { columns: area.width, rows: area.height, cell: app.size().cell };
    if !size.suffices() {
        too_small(buffer, palette);
        return Figure::None;
    }
    let view = app.view();
    let layout = view.layout(size);
    match &view.body {
        Body::Code(code, _) => return qr::screen(buffer, *code, size, &layout.rows, palette),
        Body::Text(_) => {
            frame(buffer, &view, &layout, palette);
            let body = body(area, &layout, view.margin);
            put_rows(buffer, body, &layout.rows[layout.top..], palette);
        }
        Body::Grid(code, _) => {
            frame(buffer, &view, &layout, palette);
            let body = body(area, &layout, view.margin);
            grid::draw(buffer, body, code, &layout.rows, palette);
        }
        Body::Camera(looking, _) => {
            frame(buffer, &view, &layout, palette);
            let body = body(area, &layout, 1);
            return picture::camera(buffer, body, looking, size.cell, &layout.rows, palette);
        }
    }
    Figure::None
}

fn body(area: Rect, layout: &Layout, margin: u16) -> Rect {
    let height = u16::try_from(layout.height).unwrap_or(u16::MAX);
    Rect { x: area.x + margin, y: area.y + 2, width: area.width - margin, height }
}

/// Title and keys with their lines.
fn frame(buffer: &mut Buffer, view: &View, layout: &Layout, palette: Palette) {
    let area = buffer.area;
    let (width, bottom) = (area.width, area.bottom() - 1 - layout.footer.len() as u16);
    buffer.set_string(1, 0, &view.title, palette.style(Tone::Strong));
    let context = view.context.chars().count() as u16;
    let x = width.saturating_sub(context + 1);
    buffer.set_string(x, 0, &view.context, palette.style(Tone::Strong));
    let rule = RULE.repeat(usize::from(width.saturating_sub(2)));
    for y in [1, bottom] {
        buffer.set_string(1, y, &rule, palette.style(Tone::Faint));
    }
    if layout.below() > 0 {
        let more = match layout.below() {
            1 => " 1 more row below: arrow down ".into(),
            rows => format!(" {rows} more rows below: arrow down "),
        };
        buffer.set_string(3, bottom, more, palette.style(Tone::Warn));
    }
    let footer = Rect { x: 2, y: bottom + 1, width: width - 2, height: layout.footer.len() as u16 };
    put_rows(buffer, footer, &layout.footer, palette);
}

/// Leaves these cells to what is painted over them. Ratatui draws them again once they are not left
/// out any more, whatever they held before.
pub(super) fn leave_out(buffer: &mut Buffer, area: Rect) {
    for position in area.positions() {
        if let Some(cell) = buffer.cell_mut(position) {
            cell.set_diff_option(CellDiffOption::Skip);
        }
    }
}

/// Rows of words from the top of `area`; what does not fit is left out.
pub(super) fn put_rows(buffer: &mut Buffer, area: Rect, rows: &[Row], palette: Palette) {
    for (row, y) in rows.iter().zip(area.top()..area.bottom()) {
        let mut x = area.x;
        for span in row.spans() {
            let style = palette.style(span.tone());
            for character in span.text().chars() {
                if x >= area.right() {
                    break;
                }
                let shown = if character == JOINER { ' ' } else { character };
                if let Some(cell) = buffer.cell_mut((x, y)) {
                    cell.set_char(shown).set_style(style);
                }
                x += 1;
            }
        }
    }
}

fn too_small(buffer: &mut Buffer, palette: Palette) {
    let lines = [
        "Please make this window larger:".to_string(),
        format!("at least {} columns, {} rows.", SMALLEST.0, SMALLEST.1),
        format!("It has {} and {}.", buffer.area.width, buffer.area.height),
        "Ctrl-C twice quits.".to_string(),
    ];
    for (line, y) in lines.iter().zip(buffer.area.top()..buffer.area.bottom()) {
        buffer.set_string(0, y, line, palette.style(Tone::Strong));
    }
}
