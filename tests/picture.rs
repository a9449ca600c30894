//! The README's picture is the real review screen, drawn as SVG. `scripts/picture` writes it anew.

#[path = "common/stage.rs"]
mod stage;

use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};
use stage::Stage;
use std::fmt::Write;

/// Pixels of a cell; the letters of usual monospace fonts are 0.602 of their size wide.
const CELL: (usize, usize) = (10, 20);
/// Pixels around the screen.
const FRAME: usize = 12;

#[test]
fn the_readmes_picture_is_the_real_review_screen() {
    let mut stage = Stage::new(80, 25);
    stage.walk_to_review();
    let picture = svg(&stage.draw().0);
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("scripts/review.svg");
    if std::env::var_os("UPDATE_PICTURE").is_some() {
        std::fs::write(&path, &picture).expect("the picture can be written");
    }
    let committed = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(committed == picture, "The review screen has changed: run scripts/picture.");
}

/// The cells as SVG text, one element a run of equal look.
fn svg(buffer: &Buffer) -> String {
    let (columns, rows) = (usize::from(buffer.area.width), usize::from(buffer.area.height));
    let (width, height) = (columns * CELL.0 + 2 * FRAME, rows * CELL.1 + 2 * FRAME);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" \
         font-family=\"monospace\" font-size=\"16.6\">\n\
         <title>The first page of a review</title>\n\
         <rect width=\"{width}\" height=\"{height}\" rx=\"8\" fill=\"#000\"/>\n"
    );
    for (row, cells) in buffer.content.chunks(columns).enumerate() {
        let mut start = 0;
        for run in cells.chunk_by(|a, b| a.style() == b.style()) {
            let text: String = run.iter().map(Cell::symbol).collect();
            let blank = text.len() - text.trim_start().len();
            let shown = text.trim();
            if !shown.is_empty() {
                let x = FRAME + (start + blank) * CELL.0;
                let y = FRAME + row * CELL.1 + CELL.1 * 3 / 4;
                let length = shown.chars().count() * CELL.0;
                let bold = run[0].modifier.contains(Modifier::BOLD);
                let weight = if bold { " font-weight=\"bold\"" } else { "" };
                let _ = writeln!(
                    svg,
                    "<text xml:space=\"preserve\" x=\"{x}\" y=\"{y}\" textLength=\"{length}\" \
                     fill=\"{}\"{weight}>{}</text>",
                    color(run[0].fg),
                    escaped(shown),
                );
            }
            start += run.len();
        }
    }
    svg.push_str("</svg>\n");
    svg
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// The colours of the palette, as terminals commonly show them.
fn color(color: Color) -> String {
    match color {
        Color::Rgb(red, green, blue) => format!("#{red:02x}{green:02x}{blue:02x}"),
        Color::LightGreen => "#8ae234".into(),
        Color::LightCyan => "#34e2e2".into(),
        Color::LightYellow => "#fce94f".into(),
        Color::LightRed => "#ef2929".into(),
        _ => "#d0d0d0".into(),
    }
}
