//! Choosing one of a list.

use super::*;

/// A place in a list, moved by the arrows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Cursor(usize);

/// Entries that a page key moves over.
const PAGE: usize = 10;

impl Cursor {
    /// Where it stands in a list of `count`.
    pub(super) fn at(self, count: usize) -> usize {
        self.0.min(count.saturating_sub(1))
    }

    /// Takes a key that moves it; false when it is for the screen.
    pub(super) fn key(&mut self, key: &Key, count: usize) -> bool {
        let at = self.at(count);
        self.0 = match key {
            Key::Down => at + 1,
            Key::Up => at.saturating_sub(1),
            Key::PageDown => at + PAGE,
            Key::PageUp => at.saturating_sub(PAGE),
            _ => return false,
        };
        self.0 = self.at(count);
        true
    }
}

/// One row of a list: what it is, and what is to be said of it.
pub(super) fn row(text: &mut Text, chosen: bool, what: &str, tone: Tone, remark: &str) {
    let (mark, strength) = if chosen { ("> ", Tone::Strong) } else { ("  ", Tone::Plain) };
    let line = Line::toned(Tone::Key, mark).and(strength, format!("{what:<28}"));
    text.line(line.and(tone, format!("  {remark}")).hang(32));
}
