//! RS1024: three words of checksum, a Reed-Solomon code over GF(1024) (SLIP-0039, Checksum). It
//! detects any three wrong words and can tell the place of one.

use super::words::Index;

/// Words of a checksum.
pub(super) const LENGTH: usize = 3;

/// SLIP-0039's generator, for each bit of the leading coefficient.
const GENERATOR: [u32; 10] = [
    0x00e0_e040,
    0x01c1_c080,
    0x0383_8100,
    0x0707_0200,
    0x0e0e_0009,
    0x1c0c_2412,
    0x3808_6c24,
    0x3090_fc48,
    0x21b1_f890,
    0x03f3_f120,
];

/// The word that holds the flag of extendable shares, which chooses the customisation string.
const FLAG_WORD: usize = 1;
/// Its bit there, below which the iteration exponent stands.
const FLAG: Index = 1 << 4;

/// The words of the checksum that belong behind `data`.
pub(super) fn create(data: &[Index]) -> [Index; LENGTH] {
    let rest = [data, &[0; LENGTH]]
        .iter()
        .flat_map(|part| part.iter())
        .fold(start(is_extendable(data)), |state, word| step(state, *word))
        ^ 1;
    [20, 10, 0].map(|shift| (rest >> shift) as Index & 0x3ff)
}

/// Do these words, the checksum at their end, fit together?
pub(super) fn holds(words: &[Index]) -> bool {
    residue(words, is_extendable(words)) == 0
}

/// The place (from 0) of the one wrong word with which everything else would fit; None where there
/// is no such place, or more than one.
pub(super) fn one_wrong(words: &[Index]) -> Option<usize> {
    let mut found = None;
    for extendable in [false, true] {
        let residue = residue(words, extendable);
        for error in 1..1024 {
            // What this error adds to the residue, were it in the last word, the last but one ...
            let mut effect = u32::from(error);
            for place in (0..words.len()).rev() {
                let flagged = |word: Index| word & FLAG != 0;
                let other = if place == FLAG_WORD { error } else { 0 };
                let consistent =
                    words.get(FLAG_WORD).is_some_and(|word| flagged(word ^ other) == extendable);
                if effect == residue && consistent && found.replace(place).is_some() {
                    return None;
                }
                effect = step(effect, 0);
            }
        }
    }
    found
}

fn is_extendable(words: &[Index]) -> bool {
    words.get(FLAG_WORD).is_some_and(|word| word & FLAG != 0)
}

/// Zero where the checksum fits.
fn residue(words: &[Index], extendable: bool) -> u32 {
    words.iter().fold(start(extendable), |state, word| step(state, *word)) ^ 1
}

/// The customisation string comes before the words.
fn start(extendable: bool) -> u32 {
    let name: &[u8] = if extendable { b"shamir_extendable" } else { b"shamir" };
    name.iter().fold(1, |state, letter| step(state, Index::from(*letter)))
}

fn step(state: u32, word: Index) -> u32 {
    let lead = state >> 20;
    let shifted = (state & 0xf_ffff) << 10 ^ u32::from(word);
    GENERATOR
        .iter()
        .enumerate()
        .filter(|(bit, _)| lead >> bit & 1 == 1)
        .fold(shifted, |state, (_, value)| state ^ value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(length: usize, extendable: bool) -> Vec<Index> {
        let mut words: Vec<Index> =
            (0..length - LENGTH).map(|place| (place * 331 + 17) as Index % 1024).collect();
        words[FLAG_WORD] = words[FLAG_WORD] & !FLAG | if extendable { FLAG } else { 0 };
        words.extend(create(&words));
        words
    }

    #[test]
    fn one_wrong_word_is_found_wherever_it_is() {
        for (length, extendable) in [(20, false), (33, true), (59, false)] {
            let right = words(length, extendable);
            assert!(holds(&right));
            for place in 0..length {
                let mut wrong = right.clone();
                wrong[place] ^= 1 + (place * 97 % 1023) as Index;
                assert!(!holds(&wrong));
                assert_eq!(one_wrong(&wrong), Some(place), "{length} words");
            }
        }
    }

    #[test]
    fn a_wrong_flag_of_extendable_shares_is_found_too() {
        let mut wrong = words(20, true);
        wrong[FLAG_WORD] ^= FLAG;
        assert!(!holds(&wrong));
        assert_eq!(one_wrong(&wrong), Some(FLAG_WORD));
    }

    /// The code's distance is 4: two errors are never taken for none, and rarely for one.
    #[test]
    fn two_wrong_words_are_noticed_and_mostly_not_placed() {
        let right = words(20, true);
        let mut placed = 0;
        for first in 0..19 {
            for second in first + 1..20 {
                let mut wrong = right.clone();
                wrong[first] ^= 5;
                wrong[second] ^= 700;
                assert!(!holds(&wrong));
                placed += usize::from(one_wrong(&wrong).is_some());
            }
        }
        assert!(placed < 15, "{placed} of 190");
    }
}
