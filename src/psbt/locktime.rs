//! The transaction's lock time out of the inputs' requirements (BIP370, "Determining Lock Time").

use bitcoin::absolute::LockTime;

/// What one input requires.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Required {
    pub(super) time: Option<u32>,
    pub(super) height: Option<u32>,
}

/// The lock time, or `None` when no kind of lock time serves every input.
pub(super) fn determine(
    fallback: u32,
    inputs: impl Iterator<Item = Required> + Clone,
) -> Option<LockTime> {
    let requiring = inputs.filter(|required| *required != Required::default());
    // `max` over `Option`: `None` when nothing is required or one of them has not this kind.
    let highest = |kind: fn(Required) -> Option<u32>| {
        requiring.clone().try_fold(0, |most: u32, required| Some(most.max(kind(required)?)))
    };
    if requiring.clone().next().is_none() {
        return Some(LockTime::from_consensus(fallback));
    }
    // BIP370: where both kinds serve every input, the height is chosen.
    highest(|required| required.height)
        .or_else(|| highest(|required| required.time))
        .map(LockTime::from_consensus)
}
