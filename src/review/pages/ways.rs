//! The ways to spend of a registered wallet, as an input stands to them, in words.

use super::layout::{Block, INDENT, TEXT, paragraph};
use crate::review::time::lock_words;
use crate::review::{InputFacts, Party, Style, Way};
use crate::wallet::PathPlace;

/// Which way our signature helps, where there is more than one; that none is open, where so.
pub(super) fn helped(input: &InputFacts, left: usize) -> Block {
    let helped = || input.ways.iter().filter(|way| way.helped);
    if input.ways.len() < 2 || helped().next().is_none() {
        return Block::new();
    }
    let mut rows = Block::new();
    for way in helped().filter(|way| way.is_open()) {
        rows.extend(paragraph(left, &format!("Yours helps: {}.", told(way)), Style::Plain));
    }
    if rows.is_empty() {
        let text = "This transaction opens no way to spend that your signature helps:";
        rows.extend(paragraph(left, text, Style::Warn));
        for way in helped() {
            rows.extend(paragraph(left + 2, &told(way), Style::Warn));
        }
    }
    rows
}

/// Every way, one under the other.
pub(super) fn listed(input: &InputFacts) -> Block {
    let mut rows = Block::new();
    if input.ways.len() < 2 {
        return rows;
    }
    for way in &input.ways {
        let helps = if way.helped { " (yours helps)" } else { "" };
        let style = if way.is_open() { Style::Plain } else { Style::Faint };
        rows.extend(paragraph(TEXT + INDENT, &format!("{}{helps}", told(way)), style));
    }
    rows
}

/// `at any time: 1 more of Bob, Carol`
fn told(way: &Way) -> String {
    let mut when: Vec<String> = Vec::new();
    for (lock, closed) in &way.locks {
        let words = lock_words(*lock);
        when.push(match closed {
            Some(closed) => format!("{words} (not open: {})", closed.reason()),
            None => words,
        });
    }
    let when = if when.is_empty() { "at any time".to_owned() } else { when.join(", and ") };
    let place = match way.place {
        PathPlace::Leaf { number, .. } => format!(", Taproot leaf {number}"),
        PathPlace::InternalKey => ", Taproot's internal key".into(),
        PathPlace::Nobody(_) | PathPlace::Only => String::new(),
    };
    let mut demands = vec![match way.missing {
        0 => "all have signed".to_owned(),
        missing => format!("{missing} more of {}", names(&way.unsigned)),
    }];
    match way.secrets {
        0 => {}
        1 => demands.push("a secret".into()),
        more => demands.push(format!("{more} secrets")),
    }
    format!("{when}{place}: {}", demands.join(", and "))
}

/// Most names in one sentence.
const NAMED: usize = 8;

fn names(parties: &[Party]) -> String {
    let mut names: Vec<String> = parties.iter().take(NAMED).map(Party::to_string).collect();
    if parties.len() > NAMED {
        names.push("others".into());
    }
    names.join(", ")
}
