//! The ten languages of BIP39's word lists.

use super::words::Index;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::canonical_combining_class;

/// A language that BIP39 has a list of 2,048 words in. New words are English unless another one is
/// chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Language {
    /// English.
    #[default]
    English,
    /// Japanese.
    Japanese,
    /// Korean.
    Korean,
    /// Spanish.
    Spanish,
    /// Chinese in simplified characters.
    ChineseSimplified,
    /// Chinese in traditional characters.
    ChineseTraditional,
    /// French.
    French,
    /// Italian.
    Italian,
    /// Czech.
    Czech,
    /// Portuguese.
    Portuguese,
}

impl Language {
    /// All of them, in the order of their codes.
    pub const ALL: [Self; 10] = [
        Self::English,
        Self::Japanese,
        Self::Korean,
        Self::Spanish,
        Self::ChineseSimplified,
        Self::ChineseTraditional,
        Self::French,
        Self::Italian,
        Self::Czech,
        Self::Portuguese,
    ];

    /// Its number in BIP85, 0 to 9.
    pub fn code(self) -> u8 {
        self as u8
    }

    /// The language of that number in BIP85.
    pub fn of_code(code: u8) -> Option<Self> {
        Self::ALL.get(usize::from(code)).copied()
    }

    /// What to call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::Japanese => "Japanese",
            Self::Korean => "Korean",
            Self::Spanish => "Spanish",
            Self::ChineseSimplified => "Chinese (simplified)",
            Self::ChineseTraditional => "Chinese (traditional)",
            Self::French => "French",
            Self::Italian => "Italian",
            Self::Czech => "Czech",
            Self::Portuguese => "Portuguese",
        }
    }

    /// Are its words of Latin letters? The others cannot be typed or shown on a console, and are
    /// given by their numbers.
    pub fn is_latin(self) -> bool {
        !matches!(
            self,
            Self::Japanese | Self::Korean | Self::ChineseSimplified | Self::ChineseTraditional
        )
    }

    /// The list in its order, as BIP39 hashes it: lower case, NFKD.
    pub fn list(self) -> &'static [&'static str; 2048] {
        self.in_library().word_list()
    }

    /// The word at a place in the list.
    pub fn word(self, index: Index) -> Option<&'static str> {
        self.list().get(usize::from(index)).copied()
    }

    /// The place of `word` in the list; any case. In a Latin list accents may be left out: no two
    /// words of one list differ in them alone.
    pub fn index_of(self, word: &str) -> Option<Index> {
        let place = self.list().iter().position(|listed| self.is_same(listed, word));
        place.and_then(|place| Index::try_from(place).ok())
    }

    fn is_same(self, listed: &str, word: &str) -> bool {
        if self.is_latin() { plain(listed).eq(plain(word)) } else { listed.chars().eq(word.nfkd()) }
    }

    /// The words that begin with `prefix` (any case, accents may be left out), in the list's order;
    /// all 2,048 when it is empty.
    pub fn completions(self, prefix: &str) -> Vec<&'static str> {
        let begins = |word: &&&str| {
            let mut letters = plain(word);
            plain(prefix).all(|letter| letters.next() == Some(letter))
        };
        self.list().iter().filter(begins).copied().collect()
    }

    /// As the library that holds the lists calls it.
    pub(super) fn in_library(self) -> bip39::Language {
        match self {
            Self::English => bip39::Language::English,
            Self::Japanese => bip39::Language::Japanese,
            Self::Korean => bip39::Language::Korean,
            Self::Spanish => bip39::Language::Spanish,
            Self::ChineseSimplified => bip39::Language::SimplifiedChinese,
            Self::ChineseTraditional => bip39::Language::TraditionalChinese,
            Self::French => bip39::Language::French,
            Self::Italian => bip39::Language::Italian,
            Self::Czech => bip39::Language::Czech,
            Self::Portuguese => bip39::Language::Portuguese,
        }
    }
}

/// The letters of a word in lower case and without accents (NFKD less its combining marks), one at
/// a time, so that nothing is copied.
pub(super) fn plain(word: &str) -> impl Iterator<Item = char> {
    word.nfkd()
        .filter(|letter| canonical_combining_class(*letter) == 0)
        .flat_map(char::to_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    fn latin() -> impl Iterator<Item = Language> {
        Language::ALL.into_iter().filter(|language| language.is_latin())
    }

    #[test]
    fn no_two_words_of_a_latin_list_differ_in_accents_alone() {
        for language in latin() {
            let plain: HashSet<String> =
                language.list().iter().map(|word| plain(word).collect()).collect();
            assert_eq!(plain.len(), 2048, "{language:?}");
            for word in plain {
                assert!(word.bytes().all(|byte| byte.is_ascii_lowercase()), "{word}");
                assert!(word.len() <= super::super::words::LONGEST, "{word}");
            }
        }
    }

    #[test]
    fn four_letters_know_a_word_of_a_latin_list() {
        for language in latin() {
            for word in language.list() {
                let four: String = plain(word).take(4).collect();
                let found = language.completions(&four);
                let spelled_out = plain(word).count() < 4;
                assert!(found == [*word] || spelled_out && found.contains(word), "{word}");
            }
        }
    }

    #[test]
    fn every_word_is_found_at_its_place() {
        for language in Language::ALL {
            for place in (0..2048u16).step_by(7) {
                let word = language.word(place).unwrap();
                assert_eq!(language.index_of(word), Some(place));
                let composed: String = word.nfc().collect();
                assert_eq!(language.index_of(&composed), Some(place), "{composed}");
                assert_eq!(language.index_of(&word.to_uppercase()), Some(place));
            }
            assert_eq!(language.word(2048), None);
            assert_eq!(language.index_of(""), None);
        }
        assert_eq!(
            Language::French.index_of("eleve"),
            Language::French.index_of("e\u{301}le\u{300}ve")
        );
        // a voiced sound is another letter: dropping its mark would give another word
        let voiced = Language::Japanese.list().iter().find(|word| word.contains('\u{3099}'));
        let unvoiced = voiced.unwrap().replace('\u{3099}', "");
        let place = Language::Japanese.index_of(&unvoiced);
        assert!(place.is_none_or(|place| Language::Japanese.word(place) == Some(&unvoiced)));
    }

    #[test]
    fn completion_finds_every_word_that_begins_so() {
        let completions = |prefix| Language::English.completions(prefix);
        assert_eq!(completions("aban"), ["abandon"]);
        assert_eq!(completions("Add"), ["add", "addict", "address"]);
        assert_eq!(completions("zo"), ["zone", "zoo"]);
        assert_eq!(completions("").len(), 2048);
        assert!(completions("xa").is_empty());
        assert!(completions("zoom").is_empty());
        // this list is not in the order of its letters
        assert_eq!(Language::Czech.completions("sva"), ["svah", "svalstvo", "svatba", "svazek"]);
        assert_eq!(Language::Spanish.completions("nuc"), Language::Spanish.completions("n\u{fa}c"));
    }

    #[test]
    fn a_code_names_one_language() {
        for (code, language) in (0..).zip(Language::ALL) {
            assert_eq!(language.code(), code);
            assert_eq!(Language::of_code(code), Some(language));
        }
        assert_eq!(Language::of_code(10), None);
    }
}
