//! Where the steps lead: what surely happened before a step, on whichever way it was reached.

use super::model::{Failure, Kind, Procedure};
use std::collections::BTreeSet;

/// Where a step leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Target {
    /// To this step, counted from 0.
    Step(usize),
    /// To the end.
    End,
    /// Nowhere: no step has that name.
    Unknown,
}

/// What surely happened before a step.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Sure {
    /// Kinds of steps that succeeded.
    pub(super) kinds: Vec<Kind>,
    /// Fields that were filled.
    pub(super) fields: BTreeSet<String>,
}

impl Sure {
    fn both(&self, other: &Self) -> Self {
        Self {
            kinds: self.kinds.iter().copied().filter(|kind| other.kinds.contains(kind)).collect(),
            fields: self.fields.intersection(&other.fields).cloned().collect(),
        }
    }
}

/// The step called `name`, or the end.
pub(super) fn target(procedure: &Procedure, name: &str) -> Target {
    if name == "end" {
        return Target::End;
    }
    let place = procedure.steps.iter().position(|step| step.id.get_ref() == name);
    place.map_or(Target::Unknown, Target::Step)
}

/// What is sure before each step; None where no way leads to it. All ways lead forward (what leads back
/// is refused before), so that one pass sees every one of them.
pub(super) fn sure_before(procedure: &Procedure) -> Vec<Option<Sure>> {
    let steps = &procedure.steps;
    let mut before: Vec<Option<Sure>> = vec![None; steps.len()];
    if let Some(first) = before.first_mut() {
        *first = Some(Sure::default());
    }
    for (at, step) in steps.iter().enumerate() {
        let Some(failed) = before[at].clone() else { continue };
        let mut done = failed.clone();
        let kind = *step.kind.get_ref();
        match kind {
            // What was reviewed is signed once: the next signature needs a review of its own.
            Kind::Sign => done.kinds.retain(|kind| *kind != Kind::ReviewPsbt),
            // A new key has no backup yet.
            Kind::Derive => done.kinds.retain(|kind| *kind != Kind::VerifyBackup),
            _ => {}
        }
        done.kinds.push(kind);
        done.fields.extend(step.field.iter().map(|field| field.get_ref().clone()));
        let next = match &step.next {
            Some(name) => target(procedure, name.get_ref()),
            None => Target::Step(at + 1),
        };
        let mut ways = vec![(next, done)];
        match step.failure.get_ref() {
            Failure::Abort | Failure::Retry(_) => {}
            Failure::Deviation => ways.push((next, failed)),
            Failure::GoTo(name) => ways.push((target(procedure, name), failed)),
        }
        for (way, sure) in ways {
            let Target::Step(to) = way else { continue };
            if let Some(place) = before.get_mut(to).filter(|_| to > at) {
                *place = Some(place.as_ref().map_or(sure.clone(), |known| known.both(&sure)));
            }
        }
    }
    before
}
