//! What is engraved on keyboards, against the tables.

use super::*;

/// The character there, a dead key as its accent alone in brackets.
fn given(keymap: Keymap, code: u16, level: Level) -> String {
    match symbol(keymap, code, level) {
        Some(Symbol::Char(character)) => character.to_string(),
        Some(Symbol::Dead(accent)) => format!("[{}]", accent.alone()),
        None => String::new(),
    }
}

const LEVELS: [Level; 4] = [Level::Plain, Level::Shift, Level::AltGr, Level::Both];

#[test]
fn every_row_of_every_layout_has_as_many_characters_as_keys() {
    for keymap in Keymap::ALL {
        let table = tables::table(keymap);
        for level in [&table.plain, &table.shift, &table.altgr, &table.both] {
            for (row, keys) in level.iter().zip(ROWS) {
                assert_eq!(row.chars().count(), keys.len(), "{}: {row}", keymap.code());
            }
        }
        for row in table.plain.iter().chain(&table.shift) {
            assert!(!row.contains(' '), "{}: {row}", keymap.code());
        }
    }
}

#[test]
fn every_printable_ascii_character_can_be_typed_in_every_layout() {
    for keymap in Keymap::ALL {
        let keys = ROWS.iter().flat_map(|row| row.iter()).chain(&[codes::SPACE]);
        let symbols: Vec<_> =
            keys.flat_map(|code| LEVELS.map(|level| symbol(keymap, *code, level))).collect();
        for wanted in ' '..='~' {
            let found = symbols.iter().flatten().any(|symbol| match symbol {
                Symbol::Char(character) => *character == wanted,
                Symbol::Dead(accent) => accent.alone() == wanted,
            });
            assert!(found, "{}: {wanted}", keymap.code());
        }
    }
}

#[test]
fn the_letters_that_choose_a_layout_are_where_they_are_in_all_layouts() {
    // u d f e i p c s: the first letters of the layouts' codes
    for (code, letter) in
        [(22, 'u'), (32, 'd'), (33, 'f'), (18, 'e'), (23, 'i'), (25, 'p'), (46, 'c'), (31, 's')]
    {
        for keymap in Keymap::ALL {
            assert_eq!(given(keymap, code, Level::Plain), letter.to_string());
        }
    }
}

/// What is engraved on keyboards that are sold in the country.
#[test]
fn the_keys_give_what_is_engraved_on_them() {
    use Keymap::*;
    use Level::*;
    const ENGRAVED: &[(Keymap, u16, Level, &str)] = &[
        (Us, 3, Shift, "@"),
        (Us, 40, Shift, "\""),
        (Us, 43, Plain, "\\"),
        (Us, 41, Shift, "~"),
        (Uk, 3, Shift, "\""),
        (Uk, 4, Shift, "£"),
        (Uk, 5, AltGr, "€"),
        (Uk, 40, Shift, "@"),
        (Uk, 43, Plain, "#"),
        (Uk, 86, Plain, "\\"),
        (De, 8, AltGr, "{"),
        (De, 11, AltGr, "}"),
        (De, 12, Plain, "ß"),
        (De, 12, AltGr, "\\"),
        (De, 13, Plain, "[´]"),
        (De, 13, Shift, "[`]"),
        (De, 16, AltGr, "@"),
        (De, 18, AltGr, "€"),
        (De, 27, AltGr, "~"),
        (De, 41, Plain, "[^]"),
        (De, 86, AltGr, "|"),
        (De, 53, Shift, "_"),
        (Fr, 2, Plain, "&"),
        (Fr, 2, Shift, "1"),
        (Fr, 7, Plain, "-"),
        (Fr, 9, Plain, "_"),
        (Fr, 11, AltGr, "@"),
        (Fr, 26, Plain, "[^]"),
        (Fr, 26, Shift, "[¨]"),
        (Fr, 39, Plain, "m"),
        (Fr, 50, Plain, ","),
        (Fr, 50, Shift, "?"),
        (Fr, 53, Plain, "!"),
        (Es, 2, AltGr, "|"),
        (Es, 3, AltGr, "@"),
        (Es, 39, Plain, "ñ"),
        (Es, 40, Plain, "[´]"),
        (Es, 26, Shift, "[^]"),
        (Es, 13, Shift, "¿"),
        (It, 39, Shift, "ç"),
        (It, 39, AltGr, "@"),
        (It, 40, AltGr, "#"),
        (It, 26, AltGr, "["),
        (It, 26, Both, "{"),
        (It, 13, Shift, "^"),
        (Pt, 39, Plain, "ç"),
        (Pt, 43, Plain, "[~]"),
        (Pt, 27, Plain, "[´]"),
        (Pt, 3, AltGr, "@"),
        (Pt, 26, AltGr, "[¨]"),
        (Cz, 3, Plain, "ě"),
        (Cz, 3, Shift, "2"),
        (Cz, 13, Shift, "[ˇ]"),
        (Cz, 39, Plain, "ů"),
        (Cz, 41, Shift, "[°]"),
        (Cz, 47, AltGr, "@"),
        (Cz, 45, AltGr, "#"),
        (Cz, 21, Plain, "z"),
        (Se, 26, Plain, "å"),
        (Se, 27, Plain, "[¨]"),
        (Se, 27, AltGr, "[~]"),
        (Se, 3, AltGr, "@"),
        (Se, 12, AltGr, "\\"),
        (Se, 86, AltGr, "|"),
        (Se, 43, AltGr, "´"),
        (Ch, 26, Plain, "ü"),
        (Ch, 26, Shift, "è"),
        (Ch, 39, Shift, "é"),
        (Ch, 2, Shift, "+"),
        (Ch, 3, AltGr, "@"),
        (Ch, 13, Plain, "[^]"),
        (Ch, 43, Plain, "$"),
        (Ch, 86, AltGr, "\\"),
    ];
    for (keymap, code, level, expected) in ENGRAVED {
        let shown = given(*keymap, *code, *level);
        assert_eq!(shown, *expected, "{} key {code}", keymap.code());
    }
}

#[test]
fn digits_are_told_by_their_keys_whatever_the_layout_is() {
    let row: Vec<_> = (2..=11).filter_map(digit).collect();
    assert_eq!(row, [1, 2, 3, 4, 5, 6, 7, 8, 9, 0]);
    let pad: Vec<_> =
        [82, 79, 80, 81, 75, 76, 77, 71, 72, 73].into_iter().filter_map(digit).collect();
    assert_eq!(pad, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    for code in [0, 1, 12, 41, 55, 74, 78, 83, 98, 96, 28, 30, u16::MAX] {
        assert_eq!(digit(code), None, "{code}");
    }
}

#[test]
fn the_keypad_types_digits_and_its_point_is_the_countrys() {
    assert_eq!(given(Keymap::Fr, 79, Level::Plain), "1");
    assert_eq!(given(Keymap::Us, 83, Level::Plain), ".");
    assert_eq!(given(Keymap::De, 83, Level::Plain), ",");
}
