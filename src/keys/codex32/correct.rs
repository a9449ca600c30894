//! Where a codex32 text is wrong: the eight consecutive roots of its codes locate up to four wrong
//! letters, or eight unreadable ones, or a wrong one in place of two unreadable ones (BIP93, Error
//! Correction). By the Berlekamp-Massey algorithm with erasures and Forney's formula (Blahut, Theory
//! and Practice of Error Control Codes, chapter 7).

use super::checksum::Code;
use super::field::Wide;
use super::text::{Letters, Text};
use zeroize::Zeroizing;

/// Roots in a row, and so syndromes.
const SYNDROMES: usize = 8;

/// A polynomial that locates at most eight places, lowest coefficient first.
type Polynomial = [Wide; SYNDROMES + 1];

/// What a damaged text probably was. Never taken without asking: where more is wrong than the code
/// can locate, it is another one.
pub struct Repair {
    places: Vec<usize>,
    text: Text,
}

impl Repair {
    /// The places (from 1, white space not counted) of the letters that differ or were unreadable.
    pub fn places(&self) -> &[usize] {
        &self.places
    }

    /// The text that it probably was, in small letters, to be compared with what is written down.
    pub fn text(&self) -> Zeroizing<String> {
        self.text.text()
    }
}

/// Looks for the valid text next to a damaged one: up to four letters other, or eight that are not
/// of the alphabet (such as "?" for an unreadable one), or a mix of both. None where there is none.
pub fn repair(text: &str) -> Option<Repair> {
    let letters = Letters::read(text).ok()?;
    let code = letters.code()?;
    // Powers of the root stand for places, counted from the end.
    let last = letters.count() - 1;
    let erased: Vec<usize> = letters.unknown.iter().map(|place| last - place).collect();
    let mut whole = Zeroizing::new(letters.whole.to_vec());
    let mut places = erased.clone();
    if !code.holds(&whole) {
        let errors = locate(code, &whole, &erased)?;
        for (power, difference) in errors {
            let place = whole.len().checked_sub(power + 1)?;
            whole[place] ^= difference;
            if difference != 0 && !places.contains(&power) {
                places.push(power);
            }
        }
    }
    if places.is_empty() || !code.holds(&whole) {
        return None;
    }
    whole.truncate(letters.whole.len() - code.length);
    let text = Text::from_data(whole).ok()?;
    let mut places: Vec<usize> = places.iter().map(|power| last - power + 1).collect();
    places.sort_unstable();
    Some(Repair { places, text })
}

/// Errors as (power of the root, difference); the erased places are among them.
fn locate(code: &Code, whole: &[u8], erased: &[usize]) -> Option<Vec<(usize, u8)>> {
    if erased.len() > SYNDROMES {
        return None;
    }
    let syndromes = syndromes(code, whole);
    let (locator, degree) = locator(code, &syndromes, erased)?;
    let evaluator = evaluator(&syndromes, &locator);
    let mut found = Vec::with_capacity(degree);
    for power in 0..whole.len() {
        let place = code.root.power(power as u32);
        let inverse = place.inverse();
        if value(&locator, inverse) != Wide::ZERO {
            continue;
        }
        let below = value(&derivative(&locator), inverse);
        // Forney: X^(1 - first) Ω(1/X) / Λ'(1/X)
        let above = value(&evaluator, inverse).times(inverse.power(code.first - 1));
        match above.times(below.inverse()) {
            Wide(difference, 0) => found.push((power, difference)),
            _ => return None,
        }
    }
    (found.len() == degree).then_some(found)
}

/// The errors' polynomial at the eight roots.
fn syndromes(code: &Code, whole: &[u8]) -> [Wide; SYNDROMES] {
    std::array::from_fn(|step| {
        let root = code.root.power(code.first + step as u32);
        let mut sum = Wide::ZERO;
        let mut power = Wide::ONE;
        for coefficient in code.residue(whole) {
            sum = sum.plus(power.times(Wide(coefficient, 0)));
            power = power.times(root);
        }
        sum
    })
}

/// The polynomial whose roots are the inverses of the wrong and of the erased places, with its
/// degree; None where there are too many.
fn locator(
    code: &Code,
    syndromes: &[Wide; SYNDROMES],
    erased: &[usize],
) -> Option<(Polynomial, usize)> {
    let mut locator = [Wide::ZERO; SYNDROMES + 1];
    locator[0] = Wide::ONE;
    for power in erased {
        let place = code.root.power(*power as u32);
        locator = sum(&locator, &shifted(&locator), place);
    }
    let mut helper = locator;
    let mut length = erased.len();
    for step in erased.len()..SYNDROMES {
        let discrepancy = (0..=step)
            .fold(Wide::ZERO, |sum, place| sum.plus(locator[place].times(syndromes[step - place])));
        helper = shifted(&helper);
        if discrepancy == Wide::ZERO {
            continue;
        }
        let next = sum(&locator, &helper, discrepancy);
        if 2 * length <= step + erased.len() {
            length = step + 1 + erased.len() - length;
            let inverse = discrepancy.inverse();
            helper = locator.map(|coefficient| coefficient.times(inverse));
        }
        locator = next;
    }
    let errors = length - erased.len();
    (2 * errors + erased.len() <= SYNDROMES).then_some((locator, length))
}

/// Ω = S Λ modulo x^8
fn evaluator(syndromes: &[Wide; SYNDROMES], locator: &Polynomial) -> Polynomial {
    std::array::from_fn(|power| {
        if power >= SYNDROMES {
            return Wide::ZERO;
        }
        (0..=power)
            .fold(Wide::ZERO, |sum, place| sum.plus(locator[place].times(syndromes[power - place])))
    })
}

/// a + factor b
fn sum(a: &Polynomial, b: &Polynomial, factor: Wide) -> Polynomial {
    std::array::from_fn(|power| a[power].plus(b[power].times(factor)))
}

/// x a; the highest coefficient falls out, which a locator of allowed degree does not have.
fn shifted(a: &Polynomial) -> Polynomial {
    std::array::from_fn(|power| if power == 0 { Wide::ZERO } else { a[power - 1] })
}

/// Even powers vanish, as 1 + 1 = 0.
fn derivative(a: &Polynomial) -> Polynomial {
    std::array::from_fn(|power| match a.get(power + 1) {
        Some(coefficient) if power % 2 == 0 => *coefficient,
        _ => Wide::ZERO,
    })
}

fn value(a: &Polynomial, x: Wide) -> Wide {
    a.iter().rev().fold(Wide::ZERO, |sum, coefficient| sum.times(x).plus(*coefficient))
}
