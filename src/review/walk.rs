//! Page after page: the only way from `Reviewed` to `Approved`.

use super::Task;
use crate::psbt::Psbt;

/// The walk through the review's pages. Signing is offered only after every page was seen.
pub struct Walk {}

/// Reviewed, every page seen, confirmed. Not `Clone`; `keys::sign` consumes it.
///
/// ```compile_fail
/// // private fields: cannot be made by hand
/// let approved = coldlight::review::Approved { psbt: todo!(), tasks: vec![] };
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
    /// Taken apart by the signer.
    pub(crate) fn into_psbt(self) -> Psbt {
        self.psbt
    }
}
