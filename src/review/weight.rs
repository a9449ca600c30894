//! The weight of the finished transaction (BIP141): exact where every signature's length is known,
//! else an upper bound.

use super::InputScript;
use super::inputs::Case;
use super::lock::Lock;
use super::owner::Owned;
use super::program::Program;
use super::route::Route;
use super::signatures::Present;
use super::sizes::{Cost, KeyName, Medium, Scale, SignatureSize, compact_size};
use crate::psbt::{Input, Psbt};

/// Longest ECDSA signature of ours: low R and low S, with the sighash byte.
const OUR_ECDSA: u64 = 71;
/// Longest of others: low S only.
const OTHER_ECDSA: u64 = 72;
/// Shortest DER signature with its sighash byte.
const LEAST_ECDSA: u64 = 9;

/// Bytes that finishing one input adds, at least and at most.
#[derive(Debug, Clone, Copy, Default)]
struct Size {
    /// The scriptSig without its length.
    script_sig: (u64, u64),
    /// The witness with its count of elements; 0 where there is none.
    witness: (u64, u64),
}

/// One input's size, and the fewest signatures that finish it.
pub(super) struct Spending {
    size: Size,
    pub(super) needed: usize,
}

/// Weight units at most, and whether that is exact; None where some input's spend is not known.
pub(super) fn weight(psbt: &Psbt, spendings: &[Option<Spending>]) -> Option<(u64, bool)> {
    let sizes: Vec<Size> =
        spendings.iter().map(|spending| Some(spending.as_ref()?.size)).collect::<Option<_>>()?;
    let base = psbt.tx().base_size() as u64;
    let segwit = sizes.iter().any(|size| size.witness.1 > 0);
    let total = |pick: fn((u64, u64)) -> u64| {
        let inputs: u64 = sizes
            .iter()
            .map(|size| {
                let script = pick(size.script_sig);
                // the unsigned transaction has one byte for the empty script's length
                let script = script + compact_size(script) - 1;
                // an input without witness has one byte where others have one
                let witness = if segwit { pick(size.witness).max(1) } else { 0 };
                4 * script + witness
            })
            .sum();
        // marker and flag
        4 * base + inputs + if segwit { 2 } else { 0 }
    };
    let (least, most) = (total(|pair| pair.0), total(|pair| pair.1));
    Some((most, least == most))
}

/// How one input is finished; None where that cannot be told.
pub(super) fn spending(psbt: &Psbt, number: usize, case: &Case) -> Option<Spending> {
    let input = psbt.inputs().get(number)?;
    let route = case.route.as_ref()?;
    let owned = case.owned.as_ref();
    if route.finished {
        let script = input.final_script_sig.as_ref().map_or(0, |script| script.len()) as u64;
        let witness = input.final_script_witness.as_ref().map_or(0, bitcoin::Witness::size) as u64;
        let size = Size { script_sig: (script, script), witness: (witness, witness) };
        return Some(Spending { size, needed: route.present.len().max(1) });
    }
    let scales = Scales { psbt, input, route, owned };
    match &route.lock {
        Lock::Pkh => {
            let signature = ecdsa_size(&single(route, input, owned)?, &route.present, owned);
            let key = key_length(route, input);
            let push =
                |length: u64| Medium::ScriptSig.element(length) + Medium::ScriptSig.element(key);
            let script_sig = (push(signature.least), push(signature.most));
            Some(Spending { size: Size { script_sig, ..Size::default() }, needed: 1 })
        }
        Lock::Wpkh { nested } => {
            let signature = ecdsa_size(&single(route, input, owned)?, &route.present, owned);
            let element = |length: u64| 1 + Medium::Witness.element(length);
            let key = Medium::Witness.element(33);
            let script = if *nested { 1 + 22 } else { 0 };
            let witness = (element(signature.least) + key, element(signature.most) + key);
            let size = Size { script_sig: (script, script), witness };
            Some(Spending { size, needed: 1 })
        }
        Lock::Script { kind, script: Some(script) } => {
            let program = route.program.as_ref()?;
            let length = script.len() as u64;
            Some(match kind {
                InputScript::P2sh => {
                    let cost = scales.cost(program, Medium::ScriptSig, None)?;
                    let push = Medium::ScriptSig.element(length);
                    let script_sig = (cost.least + push, cost.most + push);
                    let size = Size { script_sig, ..Size::default() };
                    Spending { size, needed: cost.signatures }
                }
                _ => {
                    let cost = scales.cost(program, Medium::Witness, None)?;
                    let script = if *kind == InputScript::P2shP2wsh { 1 + 34 } else { 0 };
                    let witness = witness(&cost, &[length]);
                    let size = Size { script_sig: (script, script), witness };
                    Spending { size, needed: cost.signatures }
                }
            })
        }
        Lock::Taproot { .. } if route.kind == InputScript::P2trScript => scales.leaves(),
        Lock::Taproot { .. } => {
            let name = KeyName::Key(route.output_key());
            let mine = owned.is_some_and(|owned| !owned.keys.is_empty());
            let signature = schnorr_size(&name, &route.present, mine, input.sighash_type);
            let element = |length: u64| 1 + Medium::Witness.element(length);
            let witness = (element(signature.least), element(signature.most));
            Some(Spending { size: Size { witness, ..Size::default() }, needed: 1 })
        }
        Lock::Script { script: None, .. } | Lock::Other(_) => None,
    }
}

/// The witness of a cost and the elements after it, the count of elements included.
fn witness(cost: &Cost, after: &[u64]) -> (u64, u64) {
    let tail: u64 = after.iter().map(|length| Medium::Witness.element(*length)).sum();
    let count = compact_size(cost.elements + after.len() as u64);
    (count + cost.least + tail, count + cost.most + tail)
}

struct Scales<'a> {
    psbt: &'a Psbt,
    input: &'a Input,
    route: &'a Route,
    owned: Option<&'a Owned>,
}

impl Scales<'_> {
    fn cost(
        &self,
        program: &Program,
        medium: Medium,
        leaf: Option<bitcoin::taproot::TapLeafHash>,
    ) -> Option<Cost> {
        let present: Vec<Present> =
            self.route.present.iter().filter(|present| present.leaf == leaf).cloned().collect();
        let signature = |name: &KeyName| match leaf {
            None => ecdsa_size(name, &present, self.owned),
            Some(_) => {
                let mine = is_ours_x_only(name, self.owned);
                schnorr_size(name, &present, mine, self.input.sighash_type)
            }
        };
        program.cost(&Scale {
            medium,
            signature: &signature,
            lock_time: self.psbt.tx().lock_time,
            sequence: self.input.sequence,
            relative_locks: self.psbt.tx().version.0 >= 2,
        })
    }

    /// Over all leaves that can be finished: the smallest and the largest.
    fn leaves(&self) -> Option<Spending> {
        let mut range: Option<(u64, u64)> = None;
        let mut needed = usize::MAX;
        for leaf in &self.route.leaves {
            let Some(cost) = leaf
                .program
                .as_ref()
                .and_then(|program| self.cost(program, Medium::Witness, Some(leaf.hash)))
            else {
                continue;
            };
            let (script, control) = (leaf.lengths.0 as u64, leaf.lengths.1 as u64);
            let (least, most) = witness(&cost, &[script, control]);
            range = Some(range.map_or((least, most), |(a, b)| (a.min(least), b.max(most))));
            needed = needed.min(cost.signatures);
        }
        let size = Size { witness: range?, ..Size::default() };
        Some(Spending { size, needed })
    }
}

fn single(route: &Route, input: &Input, owned: Option<&Owned>) -> Option<KeyName> {
    route.keys(input, owned).into_iter().next()
}

/// P2PKH: 33 bytes unless the key is known to be uncompressed.
fn key_length(route: &Route, input: &Input) -> u64 {
    let signed = route.present.first().map(|present| present.key.len());
    let claimed = || {
        let names = route.keys(input, None);
        let mut keys = input.origins.iter().map(|(key, _)| key.to_bytes());
        keys.find(|key| names.iter().any(|name| name.names(key))).map(|key| key.len())
    };
    signed.or_else(claimed).unwrap_or(33) as u64
}

fn ecdsa_size(name: &KeyName, present: &[Present], owned: Option<&Owned>) -> SignatureSize {
    let ours =
        owned.is_some_and(|owned| owned.keys.iter().any(|key| name.names(&key.key.serialize())));
    match there(name, present) {
        Some(length) => SignatureSize { least: length, most: length, present: true, ours },
        None => {
            let most = if ours { OUR_ECDSA } else { OTHER_ECDSA };
            SignatureSize { least: LEAST_ECDSA, most, present: false, ours }
        }
    }
}

/// 64 bytes, 65 with a sighash type that is not DEFAULT. Others may write ALL out.
fn schnorr_size(
    name: &KeyName,
    present: &[Present],
    ours: bool,
    sighash_type: Option<u32>,
) -> SignatureSize {
    if let Some(length) = there(name, present) {
        return SignatureSize { least: length, most: length, present: true, ours };
    }
    let (least, most) = match sighash_type {
        Some(0) => (64, 64),
        Some(_) => (65, 65),
        None if ours => (64, 64),
        None => (64, 65),
    };
    SignatureSize { least, most, present: false, ours }
}

fn there(name: &KeyName, present: &[Present]) -> Option<u64> {
    present.iter().find(|present| name.names(&present.key)).map(|present| present.length as u64)
}

fn is_ours_x_only(name: &KeyName, owned: Option<&Owned>) -> bool {
    owned.is_some_and(|owned| {
        owned.keys.iter().any(|key| name.names(&key.key.x_only_public_key().0.serialize()))
    })
}
