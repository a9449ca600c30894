//! What is confirmed was seen: a page that a key confirms stands for a moment before keys count
//! on it. Keys that were typed ahead, pasted, or left over from before the page are dropped, so
//! that `⏎⏎⏎sign⏎` in one go signs nothing.

use super::event::Key;
use super::screens::Screen;

/// Milliseconds that such a page stands before keys go on from it: less than anybody takes to
/// read a line, more than a paste or a key that repeats itself leaves between two.
pub const READING: u64 = 250;

/// Since when the page that is on has been standing.
#[derive(Default)]
pub(super) struct Reading {
    page: Option<usize>,
    since: Option<u64>,
}

impl Reading {
    /// Another page is on: nobody has seen it yet.
    pub(super) fn turned(&mut self, screen: &Screen) {
        let page = screen.to_be_read();
        if page != self.page {
            *self = Self { page, since: None };
        }
    }

    /// A tick follows a drawing: what is on stands on the screen at `now`, if it fits there.
    pub(super) fn drawn(&mut self, now: u64, fits: bool) {
        self.since = if fits { self.since.or(Some(now)) } else { None };
    }

    /// Does `key` come before anybody can have seen what it goes on from? Going back never does.
    pub(super) fn is_too_early(&self, key: &Key, now: u64) -> bool {
        let onwards = matches!(key, Key::Enter | Key::Right | Key::PageDown | Key::Char(_));
        let stood = self.since.is_some_and(|since| now.saturating_sub(since) >= READING);
        self.page.is_some() && onwards && !stood
    }
}
