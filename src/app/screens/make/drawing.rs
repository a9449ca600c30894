//! What stands on the throwing screens: a large number, and what was entered.

use super::*;
use crate::keys::entropy::{Card, Pot, SourceKind};

/// Three columns and five lines of pixels a digit, the highest bit at the left.
const DIGITS: [[u8; 5]; 10] = [
    [7, 5, 5, 5, 7],
    [2, 6, 2, 2, 7],
    [7, 1, 7, 4, 7],
    [7, 1, 7, 1, 7],
    [5, 5, 7, 1, 1],
    [7, 4, 7, 1, 7],
    [7, 4, 7, 5, 7],
    [7, 1, 1, 1, 1],
    [7, 5, 7, 5, 7],
    [7, 5, 7, 1, 7],
];

/// A number in letters three rows high, and what it is of beside its last row.
pub(super) fn large(text: &mut Text, number: usize, beside: &str) {
    let digits: Vec<[u8; 5]> = number
        .to_string()
        .chars()
        .filter_map(|digit| DIGITS.get(digit.to_digit(10)? as usize).copied())
        .collect();
    for row in 0..3 {
        let mut line = String::from("  ");
        for digit in &digits {
            let pixels = |line: usize| digit.get(line).copied().unwrap_or(0);
            let (upper, lower) = (pixels(2 * row), pixels(2 * row + 1));
            for column in [4, 2, 1] {
                line.push(match (upper & column != 0, lower & column != 0) {
                    (true, true) => '\u{2588}',
                    (true, false) => '\u{2580}',
                    (false, true) => '\u{2584}',
                    (false, false) => ' ',
                });
            }
            line.push(' ');
        }
        let line = Line::toned(Tone::Strong, line);
        text.line(if row == 2 { line.and(Tone::Plain, beside) } else { line });
    }
}

/// Most characters of typed text that are shown: its end.
const SHOWN: usize = 400;
/// Room for the most that is shown, so that the text never moves and leaves a copy behind: 512
/// throws of a D20, two digits and a space each.
const ROOM: usize = 4096;

/// What was entered, in groups, and what is begun.
pub(super) fn entered(source: SourceKind, pot: &Pot, begun: char) -> Line {
    let mut shown = String::with_capacity(ROOM);
    match source {
        SourceKind::Cards => {
            for card in pot.cards.places() {
                match card {
                    Some(card) => shown.extend(Card::letters(card)),
                    None => shown.push('/'),
                }
                shown.push(' ');
            }
        }
        SourceKind::Text => {
            let skipped = pot.text.len().saturating_sub(SHOWN);
            if skipped > 0 {
                shown.push_str("... ");
            }
            shown.extend(pot.text.text().chars().skip(skipped));
        }
        thrown => {
            let group = match source {
                SourceKind::Dice20 => 1,
                SourceKind::Coins => 8,
                _ => 5,
            };
            let numbers = pot.throws(thrown).into_iter().flat_map(|throws| throws.numbers());
            for (place, number) in numbers.enumerate() {
                if place > 0 && place % group == 0 {
                    shown.push(' ');
                }
                if number >= 10 {
                    shown.push(char::from(b'0' + number / 10));
                }
                shown.push(char::from(b'0' + number % 10));
            }
            if group == 1 && !shown.is_empty() {
                shown.push(' ');
            }
        }
    }
    if begun != ' ' {
        shown.push(begun);
    }
    shown.push('_');
    Line::toned(Tone::Entry, shown)
}
