//! A code cut into blocks, so that a hand can copy it onto squared paper: which block is on, and
//! what was seen so far.

use crate::qr::Modules;

/// A code being copied.
pub struct Grid {
    code: Modules,
    /// The block that is on; None while the paper is made ready.
    at: Option<Place>,
    /// Which blocks were on, row by row.
    seen: Vec<bool>,
}

/// A block's place, from the upper left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Place {
    column: usize,
    row: usize,
}

/// What the copy shows at one square.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Square {
    /// Its block was not on yet.
    Unseen,
    /// Light or dark, in a block that was on.
    Copied {
        /// Filled?
        dark: bool,
    },
    /// Light or dark, in the block that is on.
    Here {
        /// Filled?
        dark: bool,
    },
}

impl Grid {
    pub(super) fn new(code: Modules) -> Self {
        let mut grid = Self { code, at: None, seen: vec![] };
        grid.seen = vec![false; grid.blocks().pow(2)];
        grid
    }

    /// Squares on a side of the code.
    pub fn side(&self) -> usize {
        self.code.side()
    }

    /// Squares on a side of a block: 7 for the smallest code, else 5, as printed templates have it
    /// (SeedSigner's).
    pub fn block(&self) -> usize {
        if self.side() == 21 { 7 } else { 5 }
    }

    /// Blocks on a side.
    pub fn blocks(&self) -> usize {
        self.side().div_ceil(self.block())
    }

    /// Squares of the block that is on: columns, rows; those of the last blocks may be fewer.
    /// Without one, the blocks themselves.
    pub fn shape(&self) -> (usize, usize) {
        let Some(at) = self.at else { return (self.blocks(), self.blocks()) };
        let left = |block: usize| (self.side() - block * self.block()).min(self.block());
        (left(at.column), left(at.row))
    }

    /// Is a block on, or the empty template?
    pub fn is_template(&self) -> bool {
        self.at.is_none()
    }

    /// Is the square in this column and row of the block that is on to be filled?
    pub fn is_dark(&self, column: usize, row: usize) -> bool {
        self.at.is_some_and(|at| {
            let (x, y) = (at.column * self.block() + column, at.row * self.block() + row);
            self.code.dark(x as isize, y as isize)
        })
    }

    /// What the copy shows in this column and row of the whole code.
    pub fn square(&self, x: usize, y: usize) -> Square {
        let place = Place { column: x / self.block(), row: y / self.block() };
        let dark = self.code.dark(x as isize, y as isize);
        if self.at == Some(place) {
            return Square::Here { dark };
        }
        match self.seen.get(self.number(place)) {
            Some(true) => Square::Copied { dark },
            _ => Square::Unseen,
        }
    }

    /// The block's name: the letter of its row and the number of its column.
    pub(super) fn name(&self) -> Option<String> {
        self.at.map(|at| format!("{}{}", letter(at.row), at.column + 1))
    }

    /// The last block's name.
    pub(super) fn last_name(&self) -> String {
        format!("{}{}", letter(self.blocks() - 1), self.blocks())
    }

    /// How many blocks were on.
    pub(super) fn seen(&self) -> usize {
        self.seen.iter().filter(|seen| **seen).count()
    }

    fn number(&self, place: Place) -> usize {
        place.row * self.blocks() + place.column
    }

    /// The block after this one, as one reads. False at the last one.
    pub(super) fn next(&mut self) -> bool {
        let next = self.at.map_or(0, |at| self.number(at) + 1);
        self.to(next)
    }

    /// The block before this one; before the first one, the template. False there.
    pub(super) fn back(&mut self) -> bool {
        match self.at.map(|at| self.number(at)) {
            None => false,
            Some(0) => {
                self.at = None;
                true
            }
            Some(number) => self.to(number - 1),
        }
    }

    /// To the block beside this one, where there is one.
    pub(super) fn step(&mut self, columns: isize, rows: isize) {
        let Some(at) = self.at else { return };
        let moved = |from: usize, by: isize| {
            from.checked_add_signed(by).filter(|place| *place < self.blocks())
        };
        if let (Some(column), Some(row)) = (moved(at.column, columns), moved(at.row, rows)) {
            self.to(row * self.blocks() + column);
        }
    }

    fn to(&mut self, number: usize) -> bool {
        let blocks = self.blocks();
        let Some(seen) = self.seen.get_mut(number) else { return false };
        *seen = true;
        self.at = Some(Place { column: number % blocks, row: number / blocks });
        true
    }
}

/// The letter of a row, A to Z and on from A.
pub fn letter(row: usize) -> char {
    char::from(b'A' + (row % 26) as u8)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grid(content: &[u8]) -> Grid {
        Grid::new(Modules::draw(content).unwrap_or_else(|error| panic!("{error}")))
    }

    #[test]
    fn every_square_is_in_one_block_and_the_last_blocks_may_be_smaller() {
        for (content, side, block) in
            [(&[7; 16][..], 21, 7), (&[7; 32], 25, 5), (&[b'1'; 96], 29, 5)]
        {
            let mut grid = grid(content);
            assert_eq!((grid.side(), grid.block()), (side, block));
            assert_eq!(grid.shape(), (grid.blocks(), grid.blocks()));
            let mut squares = 0;
            while grid.next() {
                squares += grid.shape().0 * grid.shape().1;
            }
            assert_eq!(squares, side * side);
            assert_eq!(grid.seen(), grid.blocks().pow(2));
            assert_eq!(grid.name().as_deref(), Some(&*grid.last_name()));
        }
    }

    #[test]
    fn a_block_shows_its_part_of_the_code_and_the_copy_grows_with_it() {
        let mut grid = grid(&[7; 32]);
        assert!(grid.is_template() && !grid.is_dark(0, 0));
        assert_eq!(grid.square(0, 0), Square::Unseen);
        assert!(grid.next());
        grid.step(1, 2);
        assert_eq!(grid.name().as_deref(), Some("C2"));
        for (column, row) in [(0, 0), (4, 4), (2, 3)] {
            let dark = grid.code.dark(5 + column as isize, 10 + row as isize);
            assert_eq!(grid.is_dark(column, row), dark);
            assert_eq!(grid.square(5 + column, 10 + row), Square::Here { dark });
        }
        assert_eq!(grid.square(0, 0), Square::Copied { dark: true });
        assert_eq!(grid.square(24, 0), Square::Unseen);
        grid.step(-2, 0); // off the paper
        assert_eq!(grid.name().as_deref(), Some("C2"));
        assert!(grid.back());
        assert_eq!(grid.name().as_deref(), Some("C1"));
    }
}
