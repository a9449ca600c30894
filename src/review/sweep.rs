//! NOT_TO_SUCCESSOR: a key that is compromised or out of use signs only what brings all coins to the
//! wallet that its owner registered as its successor.

use super::examine::Context;
use super::finding::Findings;
use super::{Code, OutputFacts, OutputKind, Place, SweepFacts};
use crate::psbt::Psbt;
use crate::wallet::{SuccessorPlace, btc};

/// Where each output stands in the successor, where there must be one; else no places.
pub(super) fn places(psbt: &Psbt, context: &Context<'_>) -> Vec<Option<SuccessorPlace>> {
    let Some(successor) = context.only_to else { return vec![None; psbt.outputs().len()] };
    successor.places(psbt.outputs().iter().map(|output| output.txout.script_pubkey.as_script()))
}

/// Refuses every output that is not the successor's, one without coins as well: a sweep needs none.
/// What is proven to be of the wallet that pays is not the successor's, whatever was registered.
pub(super) fn check(
    context: &Context<'_>,
    places: &[Option<SuccessorPlace>],
    outputs: &mut [OutputFacts],
    findings: &mut Findings,
) -> Option<SweepFacts> {
    let title = context.only_to?.title();
    for (n, (output, place)) in outputs.iter_mut().zip(places).enumerate() {
        let stays = output.kind.is_ours() && !output.other_wallet;
        let Some(place) = place.filter(|_| !stays) else {
            let whose = if stays { "stays with this key" } else { "goes elsewhere" };
            findings.refuse(
                Code::NotToSuccessor,
                Place::Output(n),
                format!(
                    "This key signs only what brings all coins to {title}, but output {} ({} BTC) {whose}.",
                    n + 1,
                    btc(output.amount)
                ),
            );
            continue;
        };
        output.kind = OutputKind::Own;
        output.wallet = Some(title.clone());
        output.index = Some(place.index);
        output.other_wallet = true;
        output.successor = true;
    }
    Some(SweepFacts { title })
}
