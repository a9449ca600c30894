//! Turning pages: which one is shown, and which were seen. Payments and messages share it.

use super::Page;

/// The mandatory pages of a review. Never empty; the last one asks for the word.
pub(super) struct Leaves {
    pages: Vec<Page>,
    position: usize,
    seen: usize,
}

impl Leaves {
    pub(super) fn new(pages: Vec<Page>) -> Self {
        Self { pages, position: 0, seen: 1 }
    }

    pub(super) fn pages(&self) -> &[Page] {
        &self.pages
    }

    pub(super) fn position(&self) -> usize {
        self.position
    }

    pub(super) fn page(&self) -> &Page {
        &self.pages[self.position.min(self.pages.len() - 1)]
    }

    /// To the next page; false on the last one.
    pub(super) fn next(&mut self) -> bool {
        let more = self.position + 1 < self.pages.len();
        if more {
            self.position += 1;
            self.seen = self.seen.max(self.position + 1);
        }
        more
    }

    /// To the previous page; false on the first one, where going back is leaving.
    pub(super) fn back(&mut self) -> bool {
        let more = self.position > 0;
        if more {
            self.position -= 1;
        }
        more
    }

    pub(super) fn seen_all(&self) -> bool {
        self.seen == self.pages.len()
    }

    /// Is the last page shown?
    pub(super) fn at_end(&self) -> bool {
        self.position + 1 == self.pages.len()
    }
}
