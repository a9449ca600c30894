//! Cells and pictures drawn into the memory of a screen.

use super::colour::rgb;
use super::font::{Font, FontSize};
use super::mode::{Depth, Mode};
use super::psf::BadFont;
use crate::app::CellPixels;
use crate::qr::Luma;
use crate::ui::canvas::{Canvas, Pixels};
use ratatui::backend::{Backend, ClearType, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Rect, Size};
use ratatui::style::Modifier;
use std::io;
use std::ops::DerefMut;

/// What letters and ground look like where a cell says nothing.
const LETTERS: [u8; 3] = [208; 3];
const GROUND: [u8; 3] = [0; 3];

/// Widest letter, in pixels.
const WIDEST: usize = 32;

/// A screen in memory, in letters that suit its size. Only pixels are written, never what lies
/// between the lines. Black at first and again when it is dropped.
pub struct Surface<M: DerefMut<Target = [u8]>> {
    memory: M,
    mode: Mode,
    font: Font,
    cell: CellPixels,
    size: Size,
    /// Pixels free at the left and above, so that the cells stand in the middle.
    margin: (usize, usize),
    cursor: Position,
}

impl<M: DerefMut<Target = [u8]>> Surface<M> {
    /// A black screen. `memory` holds at least the bytes of `mode`: what would lie outside is not
    /// drawn.
    pub fn new(memory: M, mode: Mode) -> Result<Self, BadFont> {
        let side = |pixels: usize| u32::try_from(pixels).unwrap_or(u32::MAX);
        let font = Font::new(FontSize::suiting(side(mode.width()), side(mode.height())))?;
        let cell = font.cell();
        let count = |pixels: usize, one: usize| u16::try_from(pixels / one).unwrap_or(u16::MAX);
        let columns = count(mode.width(), cell.across(1));
        let rows = count(mode.height(), cell.down(1));
        let margin =
            ((mode.width() - cell.across(columns)) / 2, (mode.height() - cell.down(rows)) / 2);
        let (size, cursor) = (Size::new(columns, rows), Position::ORIGIN);
        let mut surface = Self { memory, mode, font, cell, size, margin, cursor };
        surface.blacken();
        Ok(surface)
    }

    /// The screen's memory.
    pub fn memory(&self) -> &[u8] {
        &self.memory
    }

    /// The letters in use.
    pub fn font(&self) -> &Font {
        &self.font
    }

    /// The left and upper edge of a cell, in pixels.
    pub fn corner(&self, column: u16, row: u16) -> (usize, usize) {
        (self.margin.0 + self.cell.across(column), self.margin.1 + self.cell.down(row))
    }

    fn blacken(&mut self) {
        let bytes = self.mode.width() * self.mode.format().depth().bytes();
        for line in self.memory.chunks_mut(self.mode.line()).take(self.mode.height()) {
            let bytes = bytes.min(line.len());
            line[..bytes].fill(0);
        }
    }

    /// The bytes of a pixel of that colour.
    fn pixel<const N: usize>(&self, rgb: [u8; 3]) -> [u8; N] {
        let bytes = self.mode.format().pack(rgb).to_le_bytes();
        std::array::from_fn(|place| bytes.get(place).copied().unwrap_or(0))
    }

    fn draw_cells<'a, const N: usize>(
        &mut self,
        content: impl Iterator<Item = (u16, u16, &'a Cell)>,
    ) {
        for (column, row, cell) in content {
            if column < self.size.width && row < self.size.height {
                self.draw_cell::<N>(column, row, cell);
            }
        }
    }

    /// A row of the letter at a time.
    fn draw_cell<const N: usize>(&mut self, column: u16, row: u16, cell: &Cell) {
        let letter = self.font.letter(cell.symbol().chars().next().unwrap_or(' '));
        let mut colours = (rgb(cell.fg, LETTERS), rgb(cell.bg, GROUND));
        if cell.modifier.contains(Modifier::REVERSED) != letter.stands_in {
            colours = (colours.1, colours.0);
        }
        let (fg, bg) = (self.pixel::<N>(colours.0), self.pixel::<N>(colours.1));
        let (width, height) = (self.cell.across(1).min(WIDEST), self.cell.down(1));
        let underline = match cell.modifier.contains(Modifier::UNDERLINED) {
            true => height - height / 8..height - height / 8 + height / 16,
            false => 0..0,
        };
        let (x, y) = self.corner(column, row);
        let mut at = self.mode.place(x, y);
        let mut line = [[0; N]; WIDEST];
        for (number, &bits) in letter.rows.iter().enumerate() {
            let bits = if underline.contains(&number) { u32::MAX } else { bits };
            for (place, pixel) in line[..width].iter_mut().enumerate() {
                *pixel = if bits << place >> 31 == 1 { fg } else { bg };
            }
            if let Some(target) = self.memory.get_mut(at..at + width * N) {
                target.copy_from_slice(line[..width].as_flattened());
            }
            at += self.mode.line();
        }
    }

    fn paint_grey<const N: usize>(&mut self, cells: Rect, picture: &Luma) {
        let cells = cells.intersection(Rect::from((Position::ORIGIN, self.size)));
        let (width, height) = (self.cell.across(cells.width), self.cell.down(cells.height));
        let (has_width, has_height) = (picture.width() as usize, picture.height() as usize);
        let (shown, lines) = (has_width.min(width), has_height.min(height));
        let (left, above) = ((width - shown) / 2, (height - lines) / 2);
        let greys: [[u8; N]; 256] =
            std::array::from_fn(|grey| self.pixel([u8::try_from(grey).unwrap_or(u8::MAX); 3]));
        let black = vec![greys[0]; width];
        let mut line = black.clone();
        let (x, y) = self.corner(cells.x, cells.y);
        let mut at = self.mode.place(x, y);
        let mut last: &[u8] = &[];
        let pictured = picture.data().chunks_exact(has_width).map(Some).take(lines);
        let rows = std::iter::repeat_n(None, above).chain(pictured).chain(std::iter::repeat(None));
        for row in rows.take(height) {
            let pixels = match row {
                None => &black,
                // the lines of a module are all the same
                Some(row) if row == last => &line,
                Some(row) => {
                    for (pixel, &grey) in line[left..left + shown].iter_mut().zip(row) {
                        *pixel = greys[usize::from(grey)];
                    }
                    last = row;
                    &line
                }
            };
            if let Some(target) = self.memory.get_mut(at..at + width * N) {
                target.copy_from_slice(pixels.as_flattened());
            }
            at += self.mode.line();
        }
    }
}

impl<M: DerefMut<Target = [u8]>> Pixels for Surface<M> {
    fn cell(&self) -> CellPixels {
        self.cell
    }

    fn paint(&mut self, cells: Rect, picture: &Luma) {
        match self.mode.format().depth() {
            Depth::Two => self.paint_grey::<2>(cells, picture),
            Depth::Three => self.paint_grey::<3>(cells, picture),
            Depth::Four => self.paint_grey::<4>(cells, picture),
        }
    }

    fn photograph(&self, cells: Rect, step: usize) -> Option<Luma> {
        let cells = cells.intersection(Rect::from((Position::ORIGIN, self.size)));
        let format = self.mode.format();
        let (bytes, step) = (format.depth().bytes(), step.max(1));
        let (left, top) = self.corner(cells.x, cells.y);
        let (width, height) = (self.cell.across(cells.width), self.cell.down(cells.height));
        let columns = width.div_ceil(step);
        let mut data = Vec::with_capacity(columns * height.div_ceil(step));
        for y in (top..top + height).step_by(step) {
            let at = self.mode.place(left, y);
            let line = self.memory.get(at..at + width * bytes)?;
            data.extend(line.chunks_exact(bytes).step_by(step).map(|pixel| {
                let pixel = pixel.iter().rev().fold(0, |all, &byte| all << 8 | u32::from(byte));
                format.light(pixel)
            }));
        }
        Luma::new(u32::try_from(columns).ok()?, u32::try_from(height.div_ceil(step)).ok()?, data)
    }
}

impl<M: DerefMut<Target = [u8]>> Canvas for Surface<M> {
    fn pixels(&mut self) -> Option<&mut dyn Pixels> {
        Some(self)
    }
}

impl<M: DerefMut<Target = [u8]>> Backend for Surface<M> {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        match self.mode.format().depth() {
            Depth::Two => self.draw_cells::<2>(content),
            Depth::Three => self.draw_cells::<3>(content),
            Depth::Four => self.draw_cells::<4>(content),
        }
        Ok(())
    }

    /// There is no cursor to hide or to show.
    fn hide_cursor(&mut self) -> io::Result<()> {
        Ok(())
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        Ok(())
    }

    fn get_cursor_position(&mut self) -> io::Result<Position> {
        Ok(self.cursor)
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        self.cursor = position.into();
        Ok(())
    }

    fn clear(&mut self) -> io::Result<()> {
        self.blacken();
        Ok(())
    }

    fn clear_region(&mut self, region: ClearType) -> io::Result<()> {
        match region {
            ClearType::All => self.clear(),
            _ => Err(io::ErrorKind::Unsupported.into()),
        }
    }

    fn size(&self) -> io::Result<Size> {
        Ok(self.size)
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        let side = |pixels: usize| u16::try_from(pixels).unwrap_or(u16::MAX);
        let pixels = Size::new(side(self.mode.width()), side(self.mode.height()));
        Ok(WindowSize { columns_rows: self.size, pixels })
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<M: DerefMut<Target = [u8]>> Drop for Surface<M> {
    fn drop(&mut self) {
        self.blacken();
    }
}
