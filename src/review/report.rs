//! From the examined inputs to the facts that are told about them.

use super::examine::Context;
use super::facts::Signer;
use super::inputs::Case;
use super::sizes::KeyName;
use super::ways::Standing;
use super::weight::Spending;
use super::{InputFacts, InputScript, SignatureCount};
use crate::psbt::{Input, Psbt};
use crate::wallet::address;
use bitcoin::bip32::Fingerprint;
use bitcoin::hashes::{Hash, hash160};
use std::collections::HashMap;

/// The facts of every input.
pub(super) fn inputs(
    psbt: &Psbt,
    context: &Context<'_>,
    cases: &[Case],
    proven: &[bool],
    spendings: &[Option<Spending>],
) -> Vec<InputFacts> {
    let all = psbt.inputs().iter().zip(cases).zip(proven).zip(spendings);
    all.map(|(((input, case), proven), spending)| {
        let standing = case.owned.as_ref().and_then(|owned| Standing::of(context, owned));
        InputFacts {
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
            signers: signers(input, context, case, standing.as_ref()),
            to_sign: case.tasks.len(),
            ways: standing
                .map_or(Vec::new(), |standing| standing.ways(psbt, input, case, context.now)),
        }
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

fn signers(
    input: &Input,
    context: &Context<'_>,
    case: &Case,
    standing: Option<&Standing<'_>>,
) -> Vec<Signer> {
    let Some(route) = &case.route else {
        return Vec::new();
    };
    let owned = case.owned.as_ref();
    let ring = context.keys.map(|keys| keys.fingerprint());
    let names = route.keys(input, owned);
    let origins = Origins::of(input, case, &names);
    names
        .iter()
        .map(|name| {
            let fingerprint = origins.of_key(name);
            Signer {
                fingerprint,
                signed: route.present.iter().any(|present| name.names(&present.key)),
                ours: owned.is_some() && fingerprint.is_some() && fingerprint == ring,
                party: standing.and_then(|standing| match case.kind {
                    InputScript::P2trKey => standing.internal(),
                    _ => standing.party(|key| name.names(key)),
                }),
            }
        })
        .collect()
}

/// The master keys that the keys of an input are said to come from, found by a key's bytes or their
/// hash: a script names hundreds of keys, a map tells thousands of origins.
struct Origins {
    by_key: HashMap<Vec<u8>, Fingerprint>,
    by_hash: HashMap<hash160::Hash, Fingerprint>,
}

impl Origins {
    /// What was derived comes before what is claimed.
    fn of(input: &Input, case: &Case, names: &[KeyName]) -> Self {
        let derived = case.owned.as_ref().and_then(|owned| owned.derived.as_ref());
        let derived = derived.map_or(&[][..], |derived| &derived.keys);
        let derived = derived.iter().flat_map(|(key, (fingerprint, _))| {
            let x_only = key.inner.x_only_public_key().0.serialize().to_vec();
            [(key.to_bytes(), *fingerprint), (x_only, *fingerprint)]
        });
        let full = input.origins.iter().map(|(key, source)| (key.to_bytes(), source.0));
        let x_only = input
            .tap_origins
            .iter()
            .map(|origin| (origin.key.serialize().to_vec(), origin.source.0));
        let mut origins = Self { by_key: HashMap::new(), by_hash: HashMap::new() };
        let hashed = names.iter().any(|name| name.key().is_none());
        for (key, fingerprint) in derived.chain(full).chain(x_only) {
            if hashed {
                origins.by_hash.entry(hash160::Hash::hash(&key)).or_insert(fingerprint);
            }
            origins.by_key.entry(key).or_insert(fingerprint);
        }
        // Taproot key path: the script names the output key, the origin the internal one
        if let (Some(internal), Some(route)) = (input.tap_internal_key, &case.route)
            && route.leaves.is_empty()
            && let Some(fingerprint) = origins.by_key.get(&internal.serialize()[..]).copied()
        {
            origins.by_key.entry(route.output_key()).or_insert(fingerprint);
        }
        origins
    }

    fn of_key(&self, name: &KeyName) -> Option<Fingerprint> {
        match name {
            KeyName::Key(key) => self.by_key.get(key),
            KeyName::Hash(hash) => self.by_hash.get(hash),
        }
        .copied()
    }
}
