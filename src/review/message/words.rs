//! A message in rows: every character of it, none hidden, none that passes for a row of the review.

use crate::review::pages::layout::{INDENT, margin};
use crate::review::{COLUMNS, Line, Style};
use crate::wallet::visible;

/// Before each row of the message.
const BAR: &str = "| ";
/// The same where a word goes on that was too long for the row above.
const JOINED: &str = "> ";

/// The message in rows of the page's width. A line of it ends where it ends there, with its line
/// break written out; spaces that could not be seen (at an end, or several together) are written
/// out too.
pub(super) fn rows(message: &str) -> Vec<Line> {
    let mut rows = Vec::new();
    if message.is_empty() {
        return vec![margin(INDENT).with("(the message is empty)", Style::Plain)];
    }
    for line in message.split_inclusive('\n') {
        let shown = spaced(&visible(line));
        rows.extend(wrap(&shown, COLUMNS - INDENT - BAR.len()).into_iter().map(|(joined, row)| {
            let bar = if joined { JOINED } else { BAR };
            margin(INDENT).with(bar, Style::Plain).with(row, Style::Claimed)
        }));
    }
    rows
}

/// Only single spaces between visible characters stay spaces.
fn spaced(line: &str) -> String {
    let letters: Vec<char> = line.chars().collect();
    let seen = |at: Option<usize>| at.and_then(|at| letters.get(at)).is_some_and(|it| *it != ' ');
    let mut shown = String::with_capacity(line.len());
    for (at, letter) in letters.iter().enumerate() {
        if *letter == ' ' && !(seen(at.checked_sub(1)) && seen(at.checked_add(1))) {
            shown.push_str("<U+0020>");
        } else {
            shown.push(*letter);
        }
    }
    shown
}

/// Rows of at most `width` columns: broken at single spaces, which stand for the break; a longer word
/// is cut, and the row that goes on with it says so.
fn wrap(line: &str, width: usize) -> Vec<(bool, String)> {
    let mut rows = vec![(false, String::new())];
    let mut used = 0;
    for (number, word) in line.split(' ').enumerate() {
        let letters: Vec<char> = word.chars().collect();
        if number > 0 && used + 1 + letters.len().min(width) > width {
            rows.push((false, String::new()));
            used = 0;
        } else if number > 0 {
            push(&mut rows, ' ');
            used += 1;
        }
        for letter in letters {
            if used == width {
                rows.push((true, String::new()));
                used = 0;
            }
            push(&mut rows, letter);
            used += 1;
        }
    }
    rows
}

fn push(rows: &mut [(bool, String)], letter: char) {
    if let Some((_, row)) = rows.last_mut() {
        row.push(letter);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(message: &str) -> Vec<String> {
        rows(message).iter().map(|row| row.text().trim_end().to_owned()).collect()
    }

    /// The message that rows show: the display is no one-way street.
    fn read_back(rows: &[String]) -> String {
        let mut text = String::new();
        for row in rows {
            let (bar, words) = row.trim_start().split_at(2);
            if bar == BAR && !text.is_empty() && !text.ends_with('\n') {
                text.push(' ');
            }
            text.push_str(&words.replace("<U+000A>", "\n").replace("<U+0020>", " "));
        }
        text
    }

    #[test]
    fn nothing_of_a_message_is_hidden() {
        assert_eq!(shown("two  spaces"), ["   | two<U+0020><U+0020>spaces"]);
        assert_eq!(shown(" a "), ["   | <U+0020>a<U+0020>"]);
        assert_eq!(shown("one\ntwo\n"), ["   | one<U+000A>", "   | two<U+000A>"]);
        assert_eq!(shown("a\u{202e}b\u{7}"), ["   | a<U+202E>b<U+0007>"]);
        assert_eq!(shown(""), ["   (the message is empty)"]);
    }

    #[test]
    fn what_is_shown_can_be_read_back_to_the_character() {
        let long = "x".repeat(200);
        for message in [
            "Hello World".to_owned(),
            format!("{long} {long}"),
            format!("{} {long}", "word ".repeat(40).trim_end()),
            format!("{}\n\n{}", "a b ".repeat(50), " c  d".repeat(30)),
        ] {
            let rows = shown(&message);
            assert!(rows.iter().all(|row| row.chars().count() <= COLUMNS));
            assert_eq!(read_back(&rows), message);
        }
    }
}
