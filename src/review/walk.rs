//! Page after page: the only way from `Reviewed` to `Approved`.

use super::examine::Reviewed;
use super::history::Footprint;
use super::leaves::Leaves;
use super::{Facts, Page, Task};
use crate::psbt::Psbt;

/// The walk through the review's pages. Signing is offered only after every page was seen.
/// Dropping it is refusing: nothing was signed.
///
/// ```compile_fail,E0451
/// // private fields: no walk without a review, no page marked as seen
/// fn made_by_hand(reviewed: Box<coldlight::review::Reviewed>) {
///     let walk = coldlight::review::Walk { reviewed, leaves: panic!() };
/// }
/// ```
pub struct Walk {
    reviewed: Box<Reviewed>,
    leaves: Leaves,
}

impl Walk {
    pub(super) fn new(reviewed: Reviewed, pages: Vec<Page>) -> Self {
        Self { reviewed: Box::new(reviewed), leaves: Leaves::new(pages) }
    }

    /// The mandatory pages; the last one is the confirm page. Never empty.
    pub fn pages(&self) -> &[Page] {
        self.leaves.pages()
    }

    /// The number of the page that is shown, from 0.
    pub fn position(&self) -> usize {
        self.leaves.position()
    }

    /// The page that is shown.
    pub fn page(&self) -> &Page {
        self.leaves.page()
    }

    /// What is known.
    pub fn facts(&self) -> &Facts {
        self.reviewed.facts()
    }

    /// How many signatures will be made; 0 when all of ours are already there.
    pub fn to_sign(&self) -> usize {
        self.reviewed.to_sign()
    }

    /// To the next page; false on the last one.
    #[allow(clippy::should_implement_trait)] // it walks, it does not iterate
    pub fn next(&mut self) -> bool {
        self.leaves.next()
    }

    /// To the previous page; false on the first one, where going back is leaving.
    pub fn back(&mut self) -> bool {
        self.leaves.back()
    }

    /// Was every page shown, the confirm page included?
    pub fn seen_all(&self) -> bool {
        self.leaves.seen_all()
    }

    /// Is the confirm page shown?
    pub fn at_confirm(&self) -> bool {
        self.leaves.at_end()
    }

    /// The inputs, one by one (`i`); outside the mandatory pages.
    pub fn input_pages(&self) -> Vec<Page> {
        self.facts().input_pages()
    }

    /// Txid, version, locktime, sequences, weight (`d`); outside the mandatory pages.
    pub fn detail_pages(&self) -> Vec<Page> {
        self.facts().detail_pages()
    }

    /// Approves, when every page was seen, the confirm page is shown, something is to be signed
    /// and `typed` is the word `sign`; else gives the walk back as it was.
    pub fn confirm(self, typed: &str) -> Result<Approved, Walk> {
        if !self.seen_all() || !self.at_confirm() || self.to_sign() == 0 || typed != "sign" {
            return Err(self);
        }
        let (psbt, tasks) = self.reviewed.into_parts();
        Ok(Approved { psbt, tasks })
    }
}

/// Reviewed, every page seen, confirmed. Not `Clone`; `keys::sign` consumes it.
///
/// ```compile_fail,E0451
/// // private fields: cannot be made by hand
/// fn made_by_hand(psbt: coldlight::psbt::Psbt) {
///     let approved = coldlight::review::Approved { psbt, tasks: Vec::new() };
/// }
/// ```
///
/// ```compile_fail,E0599
/// // not Clone: one approval, one signing
/// fn twice(approved: coldlight::review::Approved) -> coldlight::review::Approved {
///     approved.clone()
/// }
/// ```
pub struct Approved {
    psbt: Psbt,
    tasks: Vec<Task>,
}

impl Approved {
    /// The signatures to make.
    pub fn tasks(&self) -> &[Task] {
        &self.tasks
    }
    /// The PSBT that was reviewed.
    pub fn psbt(&self) -> &Psbt {
        &self.psbt
    }
    /// What [`super::History`] keeps of it; take it before signing, remember it after.
    pub fn footprint(&self) -> Footprint {
        Footprint::of(&self.psbt)
    }
    /// Taken apart by the signer.
    pub(crate) fn into_psbt(self) -> Psbt {
        self.psbt
    }
}
