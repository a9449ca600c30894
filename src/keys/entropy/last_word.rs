//! The last word after 11, 14, 17, 20 or 23 that were chosen by hand: it holds the checksum (BIP39),
//! so only some words fit, and chance must choose among them.

use super::Fresh;
use crate::keys::words::{self, Index};
use zeroize::Zeroizing;

/// Words that lack the last one. Wiped when dropped.
pub struct Unfinished {
    before: Zeroizing<Vec<Index>>,
    /// In the order of the list, which is that of the bits that are not checksum.
    fitting: Zeroizing<Vec<Index>>,
}

impl Unfinished {
    /// None unless these are 11, 14, 17, 20 or 23.
    pub(in crate::keys) fn of(before: &[Index]) -> Option<Self> {
        let fitting = words::last_words(before);
        let before = Zeroizing::new(before.to_vec());
        (!fitting.is_empty()).then_some(Self { before, fitting })
    }

    /// The place of the word that is missing: 12, 15, 18, 21 or 24.
    pub fn place(&self) -> usize {
        self.before.len() + 1
    }

    /// The words that fit, in the order of the list.
    pub fn fitting(&self) -> impl Iterator<Item = &'static str> {
        let list = words::list();
        self.fitting.iter().filter_map(|index| list.get(usize::from(*index)).copied())
    }

    /// How many bits choose among them: 7, 6, 5, 4 or 3.
    pub fn bits(&self) -> usize {
        self.fitting.len().ilog2() as usize
    }

    /// All words, the last one being the one that fits at this place, from 0: the number that the
    /// bits make, the first the highest.
    pub fn finish(&self, choice: usize) -> Option<Fresh> {
        let mut all = Zeroizing::new(Vec::with_capacity(self.place()));
        all.extend_from_slice(&self.before);
        all.push(*self.fitting.get(choice)?);
        Fresh::of_words(&all)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn index_of(word: &str) -> usize {
        words::list().binary_search(&word).expect("a word of the list")
    }

    #[test]
    fn every_choice_makes_words_with_the_right_checksum() {
        for (before, bits) in [(11, 7), (14, 6), (17, 5), (20, 4), (23, 3)] {
            let some: Vec<Index> = (0..before).map(|place| place * 87 % 2048).collect();
            let unfinished = Unfinished::of(&some).expect("a number that one word completes");
            assert_eq!(unfinished.place(), usize::from(before) + 1);
            assert_eq!((unfinished.bits(), unfinished.fitting().count()), (bits, 1 << bits));
            for (choice, last) in unfinished.fitting().enumerate() {
                let mnemonic = unfinished.finish(choice).expect("it fits").mnemonic();
                assert_eq!(mnemonic.words().last(), Some(last));
                // BIP39: the bits that are not checksum come first
                assert_eq!(index_of(last) >> (11 - bits), choice);
            }
            assert!(unfinished.finish(1 << bits).is_none());
        }
    }

    #[test]
    fn another_number_of_words_is_not_one_word_short() {
        for before in [0, 10, 12, 22, 24] {
            assert!(Unfinished::of(&vec![0; before]).is_none());
        }
    }

    /// SeedSigner, `tests/test_mnemonic_generation.py`: the first fitting word.
    #[test]
    fn the_first_that_fits_is_the_one_with_no_bits_set() {
        let eleven = "crawl focus rescue cable view pledge rather dinner cousin unfair day";
        let indices: Vec<Index> = eleven.split(' ').map(|word| index_of(word) as Index).collect();
        let unfinished = Unfinished::of(&indices).expect("eleven words");
        let first = unfinished.fitting().next().map(index_of);
        assert!(first.is_some_and(|first| first < 16), "only checksum bits: {first:?}");
    }
}
