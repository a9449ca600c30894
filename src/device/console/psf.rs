//! Fonts as the Linux console has them: PSF 1 and 2, with their table of characters.
//!
//! Source: kbd's `psf.h`. A file that breaks a rule is refused, whole.

use std::collections::BTreeMap;
use std::fmt;

/// Widest and highest letter, in pixels: a row of a letter is one `u32`.
const WIDEST: usize = 32;
const HIGHEST: usize = 64;

/// Most letters of a font.
const MOST: usize = 4096;

/// The letters of one font file.
pub(super) struct Strike {
    /// Width of a letter, 1 to 32 pixels.
    pub(super) width: usize,
    /// Height of a letter, 1 to 64 pixels.
    pub(super) height: usize,
    /// Row after row of letter after letter; the highest bit is the leftmost pixel.
    pub(super) rows: Vec<u32>,
    /// Which letter shows a character.
    pub(super) index: BTreeMap<char, usize>,
}

/// A font file that breaks its format's rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BadFont;

impl fmt::Display for BadFont {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("The console's font is damaged: write the image to the stick again.")
    }
}

impl std::error::Error for BadFont {}

impl Strike {
    /// Reads a font file.
    pub(super) fn parse(file: &[u8]) -> Result<Self, BadFont> {
        let read = match file {
            [0x36, 0x04, ..] => first(file),
            [0x72, 0xb5, 0x4a, 0x86, ..] => second(file),
            _ => None,
        };
        read.ok_or(BadFont)
    }

    /// Letter `place`, row by row.
    pub(super) fn letter(&self, place: usize) -> Option<&[u32]> {
        let start = place.checked_mul(self.height)?;
        self.rows.get(start..)?.get(..self.height)
    }
}

/// PSF 1: 256 or 512 letters, 8 pixels wide, and a table of 16-bit characters.
fn first(file: &[u8]) -> Option<Strike> {
    const LETTERS_512: u8 = 1;
    const HAS_TABLE: u8 = 2;
    let (&mode, &height) = (file.get(2)?, file.get(3)?);
    let count = if mode & LETTERS_512 != 0 { 512 } else { 256 };
    if mode & HAS_TABLE == 0 {
        return None;
    }
    let (bitmaps, table) = file.get(4..)?.split_at_checked(count * usize::from(height))?;
    let units = table.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]]));
    let units: Vec<u16> = units.collect();
    let mut records = units.split(|&unit| unit == 0xffff);
    let mut index = BTreeMap::new();
    for place in 0..count {
        // sequences of several characters, behind 0xfffe, are not for one cell
        let single = records.next()?.split(|&unit| unit == 0xfffe).next()?;
        for &unit in single {
            index.entry(char::from_u32(unit.into())?).or_insert(place);
        }
    }
    strike(8, height.into(), count, bitmaps, index)
}

/// PSF 2: a header of numbers, letters of any size, and a table in UTF-8.
fn second(file: &[u8]) -> Option<Strike> {
    const HAS_TABLE: usize = 1;
    let number = |place: usize| -> Option<usize> {
        let bytes = file.get(4 * place..)?.first_chunk::<4>()?;
        usize::try_from(u32::from_le_bytes(*bytes)).ok()
    };
    let [version, header, flags, count] = [number(1)?, number(2)?, number(3)?, number(4)?];
    let [letter, height, width] = [number(5)?, number(6)?, number(7)?];
    let fits = version == 0
        && flags & HAS_TABLE != 0
        && (1..=MOST).contains(&count)
        && (1..=WIDEST).contains(&width)
        && (1..=HIGHEST).contains(&height)
        && letter == height * width.div_ceil(8);
    if !fits {
        return None;
    }
    let (bitmaps, table) = file.get(header..)?.split_at_checked(count * letter)?;
    let mut records = table.split(|&byte| byte == 0xff);
    let mut index = BTreeMap::new();
    for place in 0..count {
        let single = records.next()?.split(|&byte| byte == 0xfe).next()?;
        for character in std::str::from_utf8(single).ok()?.chars() {
            index.entry(character).or_insert(place);
        }
    }
    strike(width, height, count, bitmaps, index)
}

/// `bitmaps` holds exactly `count` letters.
fn strike(
    width: usize,
    height: usize,
    count: usize,
    bitmaps: &[u8],
    index: BTreeMap<char, usize>,
) -> Option<Strike> {
    if !(1..=HIGHEST).contains(&height) {
        return None;
    }
    let outside = u32::MAX.checked_shr(width as u32).unwrap_or(0);
    let rows: Vec<u32> = bitmaps
        .chunks_exact(width.div_ceil(8))
        .map(|bytes| {
            let mut row = [0; 4];
            row.iter_mut().zip(bytes).for_each(|(to, from)| *to = *from);
            u32::from_be_bytes(row) & !outside
        })
        .collect();
    (rows.len() == count * height).then_some(Strike { width, height, rows, index })
}

#[cfg(test)]
mod tests {
    use super::*;
    use spleen_font::{FONT_8X16, FONT_12X24};

    #[test]
    fn both_formats_are_read() {
        let small = Strike::parse(FONT_8X16).expect("a font");
        assert_eq!((small.width, small.height, small.rows.len()), (8, 16, 512 * 16));
        let large = Strike::parse(FONT_12X24).expect("a font");
        assert_eq!((large.width, large.height, large.rows.len()), (12, 24, 512 * 24));
        for strike in [&small, &large] {
            let block = strike.letter(strike.index[&'\u{2588}']).expect("a letter");
            let full = !(u32::MAX >> strike.width);
            assert!(block.iter().all(|&row| row == full));
            assert_ne!(strike.index[&'A'], strike.index[&'B']);
            assert!(strike.letter(512).is_none() && strike.letter(usize::MAX).is_none());
        }
    }

    #[test]
    fn a_font_that_is_cut_off_anywhere_is_refused() {
        for file in [FONT_8X16, FONT_12X24] {
            for length in 0..file.len() {
                // the last record's end is the only byte that may be missing
                let last = length + 2 >= file.len();
                assert!(last || Strike::parse(&file[..length]).is_err(), "{length}");
            }
        }
    }

    #[test]
    fn a_header_that_lies_is_refused() {
        for place in (4..32).step_by(4) {
            for lie in [0u32, 65, 5000, u32::MAX] {
                let mut file = FONT_12X24.to_vec();
                let truth = file[place..place + 4].to_vec();
                file[place..place + 4].copy_from_slice(&lie.to_le_bytes());
                let same = truth == lie.to_le_bytes() || (place == 12 && lie & 1 == 1);
                assert_eq!(Strike::parse(&file).is_ok(), same, "{place}: {lie}");
            }
        }
        assert!(Strike::parse(b"").is_err());
        assert!(Strike::parse(b"neither").is_err());
    }
}
