//! The last word after 11, 14, 17, 20 or 23 that were chosen by hand: it holds the checksum (BIP39),
//! so only some words fit, and chance must choose among them.

use super::Fresh;
use crate::keys::Language;
use crate::keys::words::{self, Index};
use zeroize::Zeroizing;

/// Words that lack the last one. Wiped when dropped.
pub struct Unfinished {
    language: Language,
    before: Zeroizing<Vec<Index>>,
    /// In the order of the list, which is that of the bits that are not checksum.
    fitting: Zeroizing<Vec<Index>>,
}

impl Unfinished {
    /// None unless these are 11, 14, 17, 20 or 23.
    pub(in crate::keys) fn of(language: Language, before: &[Index]) -> Option<Self> {
        let fitting = words::last_words(before);
        let before = Zeroizing::new(before.to_vec());
        (!fitting.is_empty()).then_some(Self { language, before, fitting })
    }

    /// The language of the words.
    pub fn language(&self) -> Language {
        self.language
    }

    /// The place of the word that is missing: 12, 15, 18, 21 or 24.
    pub fn place(&self) -> usize {
        self.before.len() + 1
    }

    /// The words that fit, in the order of the list.
    pub fn fitting(&self) -> impl Iterator<Item = &'static str> {
        self.fitting.iter().filter_map(|index| self.language.word(*index))
    }

    /// The places of those words in the list, 0 to 2047.
    pub fn indices(&self) -> &[Index] {
        &self.fitting
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
        Language::English.list().binary_search(&word).expect("a word of the list")
    }

    #[test]
    fn every_choice_makes_words_with_the_right_checksum() {
        for (before, bits) in [(11, 7), (14, 6), (17, 5), (20, 4), (23, 3)] {
            let some: Vec<Index> = (0..before).map(|place| place * 87 % 2048).collect();
            let unfinished =
                Unfinished::of(Language::English, &some).expect("a number that one word completes");
            assert_eq!(unfinished.place(), usize::from(before) + 1);
            assert_eq!((unfinished.bits(), unfinished.fitting().count()), (bits, 1 << bits));
            for (choice, last) in unfinished.fitting().enumerate() {
                let mnemonic =
                    unfinished.finish(choice).expect("it fits").mnemonic(Language::English);
                assert_eq!(mnemonic.words().last(), Some(last));
                // BIP39: the bits that are not checksum come first
                assert_eq!(index_of(last) >> (11 - bits), choice);
            }
            assert!(unfinished.finish(1 << bits).is_none());
        }
    }

    #[test]
    fn the_same_places_fit_in_every_language() {
        for language in Language::ALL {
            let unfinished = Unfinished::of(language, &[1999; 23]).expect("23 words");
            assert_eq!(unfinished.fitting().count(), unfinished.indices().len());
            for (choice, last) in unfinished.fitting().enumerate() {
                let words = unfinished.finish(choice).expect("it fits").mnemonic(language);
                assert_eq!((words.language(), words.words().last()), (language, Some(last)));
                assert_eq!(words.indices().last(), unfinished.indices().get(choice).copied());
            }
        }
    }

    #[test]
    fn another_number_of_words_is_not_one_word_short() {
        for before in [0, 10, 12, 22, 24] {
            assert!(Unfinished::of(Language::English, &vec![0; before]).is_none());
        }
    }

    /// SeedSigner, `tests/test_mnemonic_generation.py`: the first fitting word.
    #[test]
    fn the_first_that_fits_is_the_one_with_no_bits_set() {
        let eleven = "crawl focus rescue cable view pledge rather dinner cousin unfair day";
        let indices: Vec<Index> = eleven.split(' ').map(|word| index_of(word) as Index).collect();
        let unfinished = Unfinished::of(Language::English, &indices).expect("eleven words");
        let first = unfinished.fitting().next().map(index_of);
        assert!(first.is_some_and(|first| first < 16), "only checksum bits: {first:?}");
    }
}
