//! The review in words: facts and findings to pages.

use super::{Facts, Page, PageKind};

/// The mandatory pages, in order, the confirm page last.
pub(super) fn review(facts: &Facts, to_sign: usize) -> Vec<Page> {
    let _ = to_sign;
    vec![page(facts, PageKind::Summary), page(facts, PageKind::Confirm)]
}

/// Why nothing will be signed.
pub(super) fn refusal(facts: &Facts) -> Vec<Page> {
    vec![page(facts, PageKind::Refusal)]
}

/// The inputs, one by one.
pub(super) fn inputs(facts: &Facts) -> Vec<Page> {
    vec![page(facts, PageKind::Inputs)]
}

/// What an expert asks for.
pub(super) fn details(facts: &Facts) -> Vec<Page> {
    vec![page(facts, PageKind::Details)]
}

fn page(facts: &Facts, kind: PageKind) -> Page {
    let _ = facts;
    Page { kind, title: String::new(), context: String::new(), lines: Vec::new() }
}
