//! Is this what chance does? Tests of throws for bias and for patterns that people type instead of
//! throwing.
//!
//! Honest throws are called flawed once in ten thousand times or less, looked at after every throw
//! (tests count it), so each test has a small share of that: 1 in a million for chi-squared, runs and
//! sequences, 1 in ten million for each length of a repeated block.
//!
//! * **Chi-squared** over the faces, from three throws a face on. What is biased still counts, by
//!   the most common face (SP 800-90B, section 6.3.1).
//! * **Runs**: how often a throw is the same as the one before. Too often means copied throws; too
//!   seldom is what people do who make throws up.
//! * **Sequences**: 123456123456, 135135: each throw goes on from the two before it.
//! * **Repeats**: each throw is the one that stood a fixed number of throws before.
//!
//! A throw that a pattern foretells counts for nothing.

use super::Bits;

/// What is wrong with throws or draws.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flaw {
    /// All are the same.
    AllTheSame,
    /// They count up or down in equal steps.
    Sequence,
    /// The same block of this many comes again.
    Repeats(usize),
    /// Too many are the same as the one before.
    TooManyEqual,
    /// Too few are the same as the one before: they alternate, or were made up.
    TooFewEqual,
    /// One face came this often.
    Biased {
        /// The face, counted from 0.
        face: u8,
        /// How often it came.
        came: usize,
    },
}

/// What throws count for, and what is wrong with them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Judgement {
    /// What they count for.
    pub credit: Bits,
    /// What is wrong with them, if anything.
    pub flaw: Option<Flaw>,
}

/// Honest throws look copied, or in sequence, once in so many times.
const PATTERN: f64 = 1e-6;
/// Honest throws look repeated, for one length of the block, once in so many times.
const REPEAT: f64 = 1e-7;
/// Longest block that is looked for.
const LONGEST_BLOCK: usize = 256;
/// From so many throws a face on, chi-squared is looked at.
const THROWS_A_FACE: usize = 3;
/// Quantiles of chi-squared for 1 - 10^-6, in thousandths, by the number of faces (one more than
/// the degrees of freedom).
const CHI_SQUARED: [(u8, u64); 3] = [(2, 23_928), (6, 35_888), (20, 63_677)];

/// Judges faces, counted from 0, of something that has `faces` of them.
pub(super) fn judge(thrown: &[u8], faces: u8) -> Judgement {
    let each = Bits::of_choices(u32::from(faces));
    let sound = Judgement { credit: each.times(thrown.len()), flaw: None };
    // what leaves least; of several that leave the same, the first
    [sequence(thrown, faces), repeats(thrown, faces), runs(thrown, faces), bias(thrown, faces)]
        .into_iter()
        .flatten()
        .min_by_key(|flawed| flawed.credit)
        .filter(|flawed| flawed.credit < sound.credit)
        .unwrap_or(sound)
}

/// What is left when so many throws were foretold.
fn unforetold(thrown: &[u8], foretold: usize, faces: u8, flaw: Flaw) -> Judgement {
    let each = Bits::of_choices(u32::from(faces));
    Judgement { credit: each.times(thrown.len() - foretold), flaw: Some(flaw) }
}

fn sequence(thrown: &[u8], faces: u8) -> Option<Judgement> {
    let faces_wide = u16::from(faces);
    let goes_on = |three: &[u8]| match three {
        [first, second, third] => {
            let step = (u16::from(*second) + faces_wide - u16::from(*first)) % faces_wide;
            step != 0 && (u16::from(*second) + step) % faces_wide == u16::from(*third)
        }
        _ => false,
    };
    let hits = thrown.windows(3).filter(|three| goes_on(three)).count();
    let trials = thrown.len().saturating_sub(2);
    is_no_chance(trials, hits, faces, PATTERN)
        .then(|| unforetold(thrown, hits, faces, Flaw::Sequence))
}

fn repeats(thrown: &[u8], faces: u8) -> Option<Judgement> {
    let longest = (thrown.len() / 2).min(LONGEST_BLOCK);
    (2..=longest)
        .filter_map(|block| {
            let hits = equal_at(thrown, block);
            is_no_chance(thrown.len() - block, hits, faces, REPEAT)
                .then(|| unforetold(thrown, hits, faces, Flaw::Repeats(block)))
        })
        .min_by_key(|flawed| flawed.credit)
}

fn runs(thrown: &[u8], faces: u8) -> Option<Judgement> {
    let trials = thrown.len().checked_sub(1)?;
    let equal = equal_at(thrown, 1);
    if is_no_chance(trials, equal, faces, PATTERN) {
        let flaw = if equal == trials { Flaw::AllTheSame } else { Flaw::TooManyEqual };
        let left = unforetold(thrown, equal, faces, flaw);
        let credit = if equal == trials { Bits::ZERO } else { left.credit };
        return Some(Judgement { credit, ..left });
    }
    // P(X <= equal)
    if 1.0 - at_least(trials, equal + 1, faces) < PATTERN {
        // made up: half of what is left when a face never follows itself
        let each = Bits::of_choices(u32::from(faces) - 1).half();
        let credit = each.times(thrown.len());
        return Some(Judgement { credit, flaw: Some(Flaw::TooFewEqual) });
    }
    None
}

fn bias(thrown: &[u8], faces: u8) -> Option<Judgement> {
    let critical = CHI_SQUARED.iter().find(|(of, _)| *of == faces)?.1;
    if thrown.len() < THROWS_A_FACE * usize::from(faces) {
        return None;
    }
    let came = |face: u8| thrown.iter().filter(|thrown| **thrown == face).count();
    let squares: u64 = (0..faces).map(|face| (came(face) as u64).pow(2)).sum();
    let total = thrown.len() as u64;
    // the sum of (o - e)^2 / e is faces / n times the sum of o^2, less n
    if 1000 * (u64::from(faces) * squares - total * total) <= critical * total {
        return None;
    }
    let (came, face) = (0..faces).map(|face| (came(face), face)).max()?;
    let credit = most_common(came, thrown.len()).times(thrown.len());
    Some(Judgement { credit, flaw: Some(Flaw::Biased { face, came }) })
}

/// SP 800-90B, section 6.3.1: min-entropy of one symbol by the most common one, whose probability
/// is taken at the upper end of its 99 % confidence interval.
fn most_common(came: usize, of: usize) -> Bits {
    let share = came as f64 / of as f64;
    let spread = (share * (1.0 - share) / (of as f64 - 1.0)).sqrt();
    let most = (share + 2.576 * spread).min(1.0);
    Bits::milli((-most.log2() * 1000.0).max(0.0) as u64)
}

/// How many equal the one that stands `before` places before them.
fn equal_at(thrown: &[u8], before: usize) -> usize {
    thrown.iter().skip(before).zip(thrown).filter(|(now, then)| now == then).count()
}

/// Does chance foretell `hits` or more of `trials`, one in `choices` each, more seldom than `limit`?
pub(super) fn is_no_chance(trials: usize, hits: usize, choices: u8, limit: f64) -> bool {
    // within three standard deviations nothing is as rare as any limit here, and most throws are
    let (trials_wide, choices_wide) = (trials as u64, u64::from(choices));
    let beyond = (hits as u64 * choices_wide).saturating_sub(trials_wide);
    beyond.pow(2) > 9 * trials_wide * (choices_wide - 1) && at_least(trials, hits, choices) < limit
}

/// The probability that chance foretells `hits` or more of `trials`, one in `choices` each.
fn at_least(trials: usize, hits: usize, choices: u8) -> f64 {
    if hits == 0 {
        return 1.0;
    }
    let p = 1.0 / f64::from(choices);
    let mut term = (1.0 - p).powi(i32::try_from(trials).unwrap_or(i32::MAX));
    let mut below = 0.0;
    let mut above = 0.0;
    for k in 0..=trials {
        if k < hits {
            below += term;
        } else {
            above += term;
        }
        term *= (trials - k) as f64 / (k + 1) as f64 * p / (1.0 - p);
    }
    // each sum is exact where it is the small one
    if above < below { above } else { 1.0 - below }
}

#[cfg(test)]
mod tests;
