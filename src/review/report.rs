//! From the examined inputs to the facts that are told about them.

use super::examine::Context;
use super::facts::Signer;
use super::inputs::Case;
use super::sizes::KeyName;
use super::weight::Spending;
use super::{InputFacts, SignatureCount};
use crate::psbt::{Input, Psbt};
use crate::wallet::address;
use bitcoin::bip32::Fingerprint;

/// The facts of every input.
pub(super) fn inputs(
    psbt: &Psbt,
    context: &Context<'_>,
    cases: &[Case],
    proven: &[bool],
    spendings: &[Option<Spending>],
) -> Vec<InputFacts> {
    let all = psbt.inputs().iter().zip(cases).zip(proven).zip(spendings);
    all.map(|(((input, case), proven), spending)| InputFacts {
        outpoint: input.outpoint,
        sequence: input.sequence,
        amount: case.txout.as_ref().map(|txout| txout.value),
        proven: *proven,
        ours: case.owned.is_some(),
        wallet: case.owned.as_ref().map(|owned| owned.name.clone()),
        script: case.kind,
        address: case
            .txout
            .as_ref()
            .and_then(|txout| address(&txout.script_pubkey, context.network)),
        signatures: SignatureCount {
            present: present(case),
            needed: spending.as_ref().map(|spending| spending.needed),
        },
        signers: signers(input, context, case),
        to_sign: case.tasks.len(),
    })
    .collect()
}

/// Valid signatures; where several leaves are in use, those of the fullest.
fn present(case: &Case) -> usize {
    let Some(route) = &case.route else { return 0 };
    let count = |leaf| route.present.iter().filter(|present| present.leaf == leaf).count();
    let leaves = route.leaves.iter().map(|leaf| count(Some(leaf.hash)));
    let fullest = leaves.chain([count(None)]).max().unwrap_or(0);
    if route.finished { route.present.len() } else { fullest }
}

fn signers(input: &Input, context: &Context<'_>, case: &Case) -> Vec<Signer> {
    let Some(route) = &case.route else {
        return Vec::new();
    };
    let owned = case.owned.as_ref();
    let ring = context.keys.map(|keys| keys.fingerprint());
    let names = route.keys(input, owned);
    names
        .iter()
        .map(|name| {
            let fingerprint = origin(input, case, name);
            Signer {
                fingerprint,
                signed: route.present.iter().any(|present| name.names(&present.key)),
                ours: owned.is_some() && fingerprint.is_some() && fingerprint == ring,
            }
        })
        .collect()
}

/// The master key that a key in the script is said to come from.
fn origin(input: &Input, case: &Case, name: &KeyName) -> Option<Fingerprint> {
    let derived = case.owned.as_ref().and_then(|owned| owned.derived.as_ref());
    if let Some(derived) = derived {
        let known = derived.keys.iter().find(|(key, _)| {
            name.names(&key.to_bytes()) || name.names(&key.inner.x_only_public_key().0.serialize())
        });
        if let Some((_, (fingerprint, _))) = known {
            return Some(*fingerprint);
        }
    }
    let full = input.origins.iter().find(|(key, _)| name.names(&key.to_bytes()));
    if let Some((_, (fingerprint, _))) = full {
        return Some(*fingerprint);
    }
    let x_only = input.tap_origins.iter().find(|origin| name.names(&origin.key.serialize()));
    if let Some(origin) = x_only {
        return Some(origin.source.0);
    }
    // Taproot key path: the script names the output key, the origin the internal one
    let internal = input.tap_internal_key?;
    let route = case.route.as_ref()?;
    let key_path = route.leaves.is_empty() && name.names(&route.output_key());
    let origin = input.tap_origins.iter().find(|origin| origin.key == internal)?;
    key_path.then_some(origin.source.0)
}
