//! What a key gives in each layout. Pure.

mod accent;
mod tables;

pub use accent::Accent;

use super::codes;
use crate::app::Keymap;

/// Which of the characters on a key is meant.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// The key alone.
    Plain,
    /// With Shift.
    Shift,
    /// With AltGr.
    AltGr,
    /// With both.
    Both,
}

impl Level {
    /// Of the modifiers that are held.
    pub fn of(shift: bool, altgr: bool) -> Self {
        match (shift, altgr) {
            (false, false) => Self::Plain,
            (true, false) => Self::Shift,
            (false, true) => Self::AltGr,
            (true, true) => Self::Both,
        }
    }
}

/// What a key gives.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Symbol {
    /// A character.
    Char(char),
    /// A dead key.
    Dead(Accent),
}

/// A layout: what each key of [`ROWS`] gives on each level.
struct Table {
    plain: [&'static str; 4],
    shift: [&'static str; 4],
    altgr: [&'static str; 4],
    both: [&'static str; 4],
    /// The keypad's decimal point.
    decimal: char,
}

/// The keys of each row from the left, by the kernel's numbers (linux/input-event-codes.h).
const ROWS: [&[u16]; 4] = [
    &[41, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13],
    &[16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27],
    &[30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 43],
    &[86, 44, 45, 46, 47, 48, 49, 50, 51, 52, 53],
];

/// The keypad, with its digits: whether Num Lock is on is not asked.
const KEYPAD: [(u16, char); 14] = [
    (82, '0'),
    (79, '1'),
    (80, '2'),
    (81, '3'),
    (75, '4'),
    (76, '5'),
    (77, '6'),
    (71, '7'),
    (72, '8'),
    (73, '9'),
    (55, '*'),
    (74, '-'),
    (78, '+'),
    (98, '/'),
];

/// What that key gives on that level; None for a key or a level without a character.
pub fn symbol(keymap: Keymap, code: u16, level: Level) -> Option<Symbol> {
    let table = tables::table(keymap);
    if code == codes::SPACE {
        return Some(Symbol::Char(' '));
    }
    if code == codes::KEYPAD_POINT {
        return Some(Symbol::Char(table.decimal));
    }
    if let Some((_, character)) = KEYPAD.into_iter().find(|(key, _)| *key == code) {
        return Some(Symbol::Char(character));
    }
    let place = |row: &&[u16]| row.iter().position(|key| *key == code);
    let (row, column) =
        ROWS.iter().enumerate().find_map(|(at, row)| place(row).map(|column| (at, column)))?;
    let rows = match level {
        Level::Plain => &table.plain,
        Level::Shift => &table.shift,
        Level::AltGr => &table.altgr,
        Level::Both => &table.both,
    };
    let character = rows.get(row)?.chars().nth(column).filter(|character| *character != ' ')?;
    // Sweden has an acute on AltGr that is no dead key: it stands as another character.
    let live = |character| Symbol::Char(if character == 'ˊ' { '´' } else { character });
    Some(Accent::of_table(character).map_or(live(character), Symbol::Dead))
}

/// The digit on that key whatever the layout is: the digits' row with or without Shift, and the
/// keypad.
pub fn digit(code: u16) -> Option<u8> {
    let row = ROWS[0].iter().position(|key| *key == code).filter(|place| (1..=10).contains(place));
    let row = row.and_then(|place| u8::try_from(place % 10).ok());
    let pad = KEYPAD.into_iter().find(|(key, _)| *key == code);
    row.or_else(|| pad.and_then(|(_, digit)| u8::try_from(digit.to_digit(10)?).ok()))
}

#[cfg(test)]
mod tests;
