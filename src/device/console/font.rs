//! The letters of the console: Spleen, in the size that suits the screen.

use super::psf::{BadFont, Strike};
use crate::app::CellPixels;
use spleen_font::{FONT_8X16, FONT_12X24, FONT_16X32, FONT_32X64};
use std::collections::BTreeMap;
use unicode_normalization::char::decompose_canonical;

/// Columns and rows that are wanted, and those below which a screen cannot be used.
const WANTED: (u32, u32) = (100, 30);
const NEEDED: (u32, u32) = (80, 25);

/// Unicode's own character for one that cannot be shown.
const REPLACEMENT: char = '\u{fffd}';

/// Sizes of letters, in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FontSize {
    /// 8 wide, 16 high.
    Of8x16,
    /// 12 wide, 24 high.
    Of12x24,
    /// 16 wide, 32 high.
    Of16x32,
    /// 24 wide, 48 high: that of 12 x 24, doubled.
    Of24x48,
    /// 32 wide, 64 high.
    Of32x64,
}

impl FontSize {
    /// From the largest to the smallest.
    pub const ALL: [Self; 5] =
        [Self::Of32x64, Self::Of24x48, Self::Of16x32, Self::Of12x24, Self::Of8x16];

    /// Width and height, pixels.
    pub fn pixels(self) -> (u32, u32) {
        match self {
            Self::Of8x16 => (8, 16),
            Self::Of12x24 => (12, 24),
            Self::Of16x32 => (16, 32),
            Self::Of24x48 => (24, 48),
            Self::Of32x64 => (32, 64),
        }
    }

    /// The largest for a screen of so many pixels that leaves 100 columns and 30 rows; where none
    /// does, the largest that leaves 80 and 25; else the smallest.
    pub fn suiting(width: u32, height: u32) -> Self {
        let leaving = |(columns, rows): (u32, u32)| {
            Self::ALL.into_iter().find(|size| {
                let cell = size.pixels();
                width / cell.0 >= columns && height / cell.1 >= rows
            })
        };
        leaving(WANTED).or_else(|| leaving(NEEDED)).unwrap_or(Self::Of8x16)
    }
}

/// A letter as it is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Letter<'a> {
    /// Its rows from the top; the highest bit is the leftmost pixel.
    pub rows: &'a [u32],
    /// It stands for a character that the font lacks, and is drawn reversed to say so.
    pub stands_in: bool,
}

/// Letters of one size.
pub struct Font {
    cell: CellPixels,
    strike: Strike,
    replacement: Vec<u32>,
}

impl Font {
    /// The letters of that size.
    pub fn new(size: FontSize) -> Result<Self, BadFont> {
        let mut strike = match size {
            FontSize::Of8x16 => Strike::parse(FONT_8X16)?,
            FontSize::Of12x24 | FontSize::Of24x48 => Strike::parse(FONT_12X24)?,
            FontSize::Of16x32 => Strike::parse(FONT_16X32)?,
            FontSize::Of32x64 => Strike::parse(FONT_32X64)?,
        };
        borrow(&mut strike, &Strike::parse(FONT_16X32)?);
        if size == FontSize::Of24x48 {
            strike = doubled(&strike);
        }
        let size = |side: usize| u16::try_from(side).unwrap_or(0);
        let cell = CellPixels::new(size(strike.width), size(strike.height)).ok_or(BadFont)?;
        let replacement = strike.index.get(&REPLACEMENT).and_then(|&place| strike.letter(place));
        let replacement = replacement.ok_or(BadFont)?.to_vec();
        Ok(Self { cell, strike, replacement })
    }

    /// The size of every letter.
    pub fn cell(&self) -> CellPixels {
        self.cell
    }

    /// Does the font have this character itself?
    pub fn has(&self, character: char) -> bool {
        self.strike.index.contains_key(&character)
    }

    /// The letter of a character. Where the font lacks it: the letter without its marks, reversed,
    /// and for all others the replacement.
    pub fn letter(&self, character: char) -> Letter<'_> {
        if let Some(rows) = self.rows(character) {
            return Letter { rows, stands_in: false };
        }
        let mut base = None;
        decompose_canonical(character, |part| {
            base.get_or_insert(part);
        });
        match base.filter(|&base| base != character).and_then(|base| self.rows(base)) {
            Some(rows) => Letter { rows, stands_in: true },
            None => Letter { rows: &self.replacement, stands_in: false },
        }
    }

    fn rows(&self, character: char) -> Option<&[u32]> {
        self.strike.letter(*self.strike.index.get(&character)?)
    }
}

/// What a size lacks (that of 12 x 24 has no arrows) is taken from another, by the nearest pixels.
fn borrow(strike: &mut Strike, other: &Strike) {
    let (width, height) = (strike.width, strike.height);
    let nearest = |at: usize, from: usize, to: usize| (2 * at + 1) * from / (2 * to);
    for (&character, &place) in &other.index {
        if strike.index.contains_key(&character) {
            continue;
        }
        let Some(letter) = other.letter(place) else { continue };
        strike.index.insert(character, strike.rows.len() / height);
        strike.rows.extend((0..height).map(|y| {
            let row = letter.get(nearest(y, other.height, height)).copied().unwrap_or(0);
            let lit = |x: &usize| row << nearest(*x, other.width, width) >> 31 == 1;
            (0..width).filter(lit).map(|x| 1 << (31 - x)).sum::<u32>()
        }));
    }
}

/// Each pixel four times: letters are at most 16 wide here.
fn doubled(strike: &Strike) -> Strike {
    let wide = |row: u32| {
        (0..16)
            .filter(|bit| row >> (31 - bit) & 1 == 1)
            .map(|bit| 0b11 << (30 - 2 * bit))
            .sum::<u32>()
    };
    let rows = strike.rows.iter().flat_map(|&row| [wide(row); 2]).collect();
    let index: BTreeMap<char, usize> = strike.index.clone();
    Strike { width: strike.width * 2, height: strike.height * 2, rows, index }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::Keymap;
    use std::collections::BTreeSet;

    #[test]
    fn each_usual_screen_gets_letters_that_can_be_read_and_room_for_a_page() {
        use FontSize::*;
        for (width, height, size) in [
            (320, 200, Of8x16),
            (640, 480, Of8x16),
            (800, 600, Of8x16),
            (1024, 768, Of8x16),
            (1280, 800, Of12x24),
            (1366, 768, Of12x24),
            (1440, 900, Of12x24),
            (1920, 1080, Of16x32),
            (1920, 1200, Of16x32),
            (2560, 1440, Of24x48),
            (3840, 2160, Of32x64),
            (7680, 4320, Of32x64),
        ] {
            assert_eq!(FontSize::suiting(width, height), size, "{width} x {height}");
        }
    }

    #[test]
    fn every_size_has_its_size() {
        for size in FontSize::ALL {
            let font = Font::new(size).expect("a font");
            let (width, height) = size.pixels();
            assert_eq!(font.cell().across(1), width as usize);
            assert_eq!(font.cell().down(1), height as usize);
            for character in ['A', '\u{2190}', REPLACEMENT, '\u{10ffff}'] {
                assert_eq!(font.letter(character).rows.len(), height as usize);
            }
        }
    }

    #[test]
    fn every_character_of_the_screens_and_the_layouts_names_is_in_every_size() {
        let mut needed: BTreeSet<char> = (' '..='~').collect();
        needed.extend("─│┌┐└┘├┤┬┴┼░▒▓█▀▄·←→↑↓".chars());
        // what people type in passphrases
        needed.extend('\u{a1}'..='\u{ff}');
        needed.extend("ěščřžďťňůĚŠČŘŽĎŤŇŮœŒŸőűŐŰąćęłńśźżĄĆĘŁŃŚŹŻğışĞİŞăĂ".chars());
        needed.extend(Keymap::ALL.iter().flat_map(|keymap| keymap.label().chars()));
        for size in FontSize::ALL {
            let font = Font::new(size).expect("a font");
            for &character in &needed {
                assert!(font.has(character), "{size:?}: {character}");
            }
        }
    }

    #[test]
    fn a_letter_that_the_font_lacks_is_shown_without_its_marks_and_marked() {
        for size in FontSize::ALL {
            let font = Font::new(size).expect("a font");
            let (lacking, base) = (font.letter('\u{175}'), font.letter('w'));
            assert_eq!((lacking.rows, lacking.stands_in), (base.rows, true));
            assert!(!base.stands_in);
            assert_eq!(font.letter('\u{6f22}'), font.letter(REPLACEMENT));
            assert!(font.letter(REPLACEMENT).rows.iter().any(|&row| row != 0));
        }
    }

    #[test]
    fn a_doubled_letter_has_each_pixel_four_times() {
        let (small, large) = (Font::new(FontSize::Of12x24), Font::new(FontSize::Of24x48));
        let (small, large) = (small.expect("a font"), large.expect("a font"));
        for character in ['R', '\u{2588}', '\u{2192}'] {
            let (small, large) = (small.letter(character).rows, large.letter(character).rows);
            for (y, row) in large.iter().enumerate() {
                for x in 0..24 {
                    assert_eq!(row >> (31 - x) & 1, small[y / 2] >> (31 - x / 2) & 1);
                }
                assert_eq!(row << 24, 0, "nothing right of the letter");
            }
        }
    }
}
