//! Typing secrets: words one letter at a time, and a passphrase. Keystrokes are secrets while they
//! make up a seed, so what was typed lives here and is wiped here.

use super::language::plain;
use super::words::{self, COUNTS, Index, LONGEST};
use super::{Language, LineEntry, Mnemonic, MnemonicError, Passphrase};
use zeroize::{Zeroize, Zeroizing};

/// Most words of a mnemonic.
const MOST: usize = 24;

/// Most digits of a word's number.
const DIGITS: usize = 4;

/// What became of a keystroke.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Typed {
    /// It was taken.
    Taken,
    /// No word of the list goes on like this, or it is no letter: nothing changed.
    Unknown,
    /// There is no room for more: nothing changed.
    Full,
}

/// How far the words are. Nothing in it is secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// Another word is needed: this many are there, none begun or one begun.
    Typing {
        /// Words that are done.
        done: usize,
    },
    /// 12, 15, 18, 21 or 24 words with the right checksum: may be finished.
    Complete,
    /// 12, 15, 18, 21 or 24 words whose checksum does not fit: one is wrong, or more follow.
    WrongChecksum,
}

/// How a word is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// By its first letters, without accents or with them.
    Letters,
    /// By its number in the printed list, 1 to 2048.
    Number,
}

/// Words being typed. Wiped when dropped; never grows, so that nothing stays behind.
pub struct Entry {
    language: Language,
    way: Way,
    words: Zeroizing<Vec<Index>>,
    prefix: Zeroizing<String>,
}

impl Default for Entry {
    fn default() -> Self {
        Self::of(Language::English, Way::Letters)
    }
}

impl Entry {
    /// English words by their letters, nothing typed yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Words of a language: by their letters where those can be typed and shown, else by number.
    pub fn in_language(language: Language) -> Self {
        Self::of(language, if language.is_latin() { Way::Letters } else { Way::Number })
    }

    /// Words by their numbers.
    pub fn by_number(language: Language) -> Self {
        Self::of(language, Way::Number)
    }

    fn of(language: Language, way: Way) -> Self {
        Self {
            language,
            way,
            words: Zeroizing::new(Vec::with_capacity(MOST)),
            prefix: Zeroizing::new(String::with_capacity(LONGEST)),
        }
    }

    /// The language of the words.
    pub fn language(&self) -> Language {
        self.language
    }

    /// How the words are given.
    pub fn way(&self) -> Way {
        self.way
    }

    /// A letter or digit of the current word, any case; a space accepts the word. One with which no
    /// word of the list goes on is not taken.
    pub fn push(&mut self, letter: char) -> Typed {
        if letter == ' ' {
            return if self.accept() { Typed::Taken } else { Typed::Unknown };
        }
        if self.words.len() == MOST {
            return Typed::Full;
        }
        let before = self.prefix.len();
        let taken = match self.way {
            Way::Letters => self.push_letter(letter),
            Way::Number => self.push_digit(letter),
        };
        if taken {
            return Typed::Taken;
        }
        self.prefix.truncate(before);
        Typed::Unknown
    }

    /// A letter with its accent counts as the letter alone.
    fn push_letter(&mut self, letter: char) -> bool {
        let mut bytes = [0; 4];
        for letter in plain(letter.encode_utf8(&mut bytes)) {
            if !letter.is_ascii_alphabetic() || self.prefix.len() == LONGEST {
                return false;
            }
            self.prefix.push(letter);
        }
        bytes.zeroize();
        !self.completions().is_empty()
    }

    fn push_digit(&mut self, digit: char) -> bool {
        if !digit.is_ascii_digit() || self.prefix.len() == DIGITS {
            return false;
        }
        self.prefix.push(digit);
        let number = self.number();
        number <= 2048 && (number > 0 || self.prefix.len() < DIGITS)
    }

    /// The number that is begun; 0 when there is none.
    fn number(&self) -> Index {
        self.prefix.bytes().fold(0, |number, digit| number * 10 + Index::from(digit - b'0'))
    }

    /// Digit by digit, so that nothing is copied.
    fn write_number(&mut self, number: Index) {
        let digits = [1000, 100, 10, 1].map(|power| number / power % 10);
        let zeros = digits.iter().take_while(|digit| **digit == 0).count();
        let digits = digits.iter().skip(zeros);
        self.prefix.extend(digits.filter_map(|digit| char::from_digit(u32::from(*digit), 10)));
    }

    /// Takes the last letter back; at the start of a word, opens the word before for correction.
    /// False when there was nothing left.
    pub fn backspace(&mut self) -> bool {
        if self.prefix.pop().is_some() {
            return true;
        }
        let Some(mut last) = self.words.pop() else { return false };
        match self.way {
            Way::Letters => {
                let word = self.word(last);
                self.prefix.extend(plain(word));
            }
            Way::Number => self.write_number(last + 1),
        }
        last.zeroize();
        true
    }

    /// The current word as it will be accepted: the only one that begins so (four letters always
    /// suffice), the one that is spelled out, or the one of that number.
    pub fn completed(&self) -> Option<&'static str> {
        self.chosen().map(|index| self.word(index))
    }

    fn chosen(&self) -> Option<Index> {
        if self.prefix.is_empty() {
            return None;
        }
        if self.way == Way::Number {
            return self.number().checked_sub(1);
        }
        if let [only] = self.completions()[..] {
            return self.language.index_of(only);
        }
        self.language.index_of(&self.prefix)
    }

    /// Accepts the current word; false when it is not clear yet which one it is.
    pub fn accept(&mut self) -> bool {
        let Some(index) = self.chosen() else { return false };
        if self.words.len() == MOST {
            return false;
        }
        self.words.push(index);
        self.prefix.zeroize();
        true
    }

    /// The letters of the current word so far, lower case and without accents, or its digits.
    pub fn prefix(&self) -> &str {
        &self.prefix
    }

    /// The words of the list that the current word may become by its letters; every word when
    /// nothing is typed, none by number.
    pub fn completions(&self) -> Vec<&'static str> {
        match self.way {
            Way::Letters => self.language.completions(&self.prefix),
            Way::Number => vec![],
        }
    }

    /// How many words are done.
    pub fn words_done(&self) -> usize {
        self.words.len()
    }

    /// The words that are done, in order.
    pub fn words(&self) -> impl Iterator<Item = &'static str> {
        self.words.iter().map(|index| self.word(*index))
    }

    /// The places in the list of the words that are done, in order.
    pub fn indices(&self) -> &[Index] {
        &self.words
    }

    /// The words that would make the checksum right as the next and last one; none when the next
    /// one is not a last one.
    pub fn last_words(&self) -> Zeroizing<Vec<Index>> {
        words::last_words(&self.words)
    }

    /// The words, one of which is missing; None unless 11, 14, 17, 20 or 23 are accepted and no other
    /// is begun.
    pub fn unfinished(&self) -> Option<super::entropy::Unfinished> {
        let of = || super::entropy::Unfinished::of(self.language, &self.words);
        self.prefix.is_empty().then(of)?
    }

    /// How far the words are; a word that is begun but not accepted does not count.
    pub fn status(&self) -> Status {
        let done = self.words.len();
        if !self.prefix.is_empty() || !COUNTS.contains(&done) {
            return Status::Typing { done };
        }
        if words::with_checksum(&self.words).as_ref() == self.words.last() {
            Status::Complete
        } else {
            Status::WrongChecksum
        }
    }

    /// The mnemonic of the accepted words. A word that is begun but not accepted is unknown.
    pub fn finish(&self) -> Result<Mnemonic, MnemonicError> {
        if !self.prefix.is_empty() {
            return Err(MnemonicError::Unknown(self.words.len() + 1));
        }
        Mnemonic::from_indices(self.language, &self.words)
    }

    fn word(&self, index: Index) -> &'static str {
        self.language.word(index).unwrap_or_default()
    }
}

/// A passphrase being typed. Wiped when dropped; never grows, so that nothing stays behind.
pub struct PassphraseEntry {
    line: LineEntry,
}

impl Default for PassphraseEntry {
    fn default() -> Self {
        Self { line: LineEntry::new(Self::LONGEST) }
    }
}

impl PassphraseEntry {
    /// Longest passphrase, in bytes of UTF-8.
    pub const LONGEST: usize = 1024;

    /// Nothing typed yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// One more character; a control character is not taken.
    pub fn push(&mut self, character: char) -> Typed {
        self.line.push(character)
    }

    /// Takes the last character back; false when there was none.
    pub fn backspace(&mut self) -> bool {
        self.line.backspace()
    }

    /// What is typed, to show it when its owner asks.
    pub fn text(&self) -> &str {
        self.line.text()
    }

    /// How many characters.
    pub fn len(&self) -> usize {
        self.line.len()
    }

    /// Nothing typed?
    pub fn is_empty(&self) -> bool {
        self.line.is_empty()
    }

    /// The passphrase.
    pub fn finish(&self) -> Passphrase {
        Passphrase::new(self.line.text())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(keys: &str) -> Entry {
        let mut entry = Entry::new();
        for key in keys.chars() {
            assert_eq!(entry.push(key), Typed::Taken, "{key}");
        }
        entry
    }

    #[test]
    fn four_letters_and_a_space_type_a_word() {
        let mut entry = typed("aban ABANDON aba");
        assert_eq!(entry.words_done(), 2);
        assert_eq!(entry.completed(), Some("abandon"));
        assert!(entry.accept());
        assert!(entry.words().eq(["abandon"; 3]));
        assert_eq!(entry.prefix(), "");
    }

    #[test]
    fn a_word_that_begins_another_is_accepted_when_spelled_out() {
        let mut entry = typed("ad");
        assert_eq!(entry.completed(), None);
        assert!(!entry.accept());
        assert_eq!(entry.push(' '), Typed::Unknown);
        assert_eq!(entry.push('d'), Typed::Taken);
        assert_eq!(entry.completions(), ["add", "addict", "address"]);
        assert_eq!(entry.completed(), Some("add"));
    }

    #[test]
    fn a_letter_with_which_no_word_goes_on_changes_nothing() {
        let mut entry = typed("zo");
        for key in ['z', '1', 'é', '\u{202e}', '-', 'ﬁ'] {
            assert_eq!(entry.push(key), Typed::Unknown);
            assert_eq!(entry.prefix(), "zo");
        }
        let mut entry = typed("abstract");
        assert_eq!(entry.push('s'), Typed::Unknown);
        assert_eq!(Entry::new().push(' '), Typed::Unknown);
    }

    #[test]
    fn accents_may_be_typed_or_left_out() {
        for keys in ["araña abdomen aho", "arana abdo aho", "ARAÑ ABDO AHO"] {
            let mut entry = Entry::in_language(Language::Spanish);
            for key in keys.chars() {
                assert_eq!(entry.push(key), Typed::Taken, "{key}");
            }
            assert!(entry.words().eq(["aran\u{303}a", "abdomen"]));
            assert_eq!(entry.prefix(), "aho");
            for _ in 0..4 {
                assert!(entry.backspace());
            }
            assert_eq!(entry.prefix(), "abdomen");
        }
    }

    #[test]
    fn a_word_is_given_by_its_number() {
        let mut entry = Entry::in_language(Language::Japanese);
        assert_eq!(entry.way(), Way::Number);
        for key in "1 2048 0004 ".chars() {
            assert_eq!(entry.push(key), Typed::Taken, "{key}");
        }
        assert_eq!(entry.indices(), [0, 2047, 3]);
        for key in ['a', ' ', '-'] {
            assert_eq!(entry.push(key), Typed::Unknown);
        }
        for (begun, wrong) in [("204", '9'), ("000", '0'), ("2048", '1')] {
            begun.chars().for_each(|key| assert_eq!(entry.push(key), Typed::Taken));
            assert_eq!(entry.push(wrong), Typed::Unknown);
            assert_eq!(entry.prefix(), begun);
            begun.chars().for_each(|_| assert!(entry.backspace()));
        }
        assert!(entry.backspace());
        assert_eq!((entry.prefix(), entry.words_done()), ("4", 2));
        assert!(entry.backspace() && entry.backspace());
        assert_eq!((entry.prefix(), entry.words_done()), ("2048", 1));
    }

    #[test]
    fn backspace_goes_back_through_letters_and_words() {
        let mut entry = typed("zoo ab");
        assert!(entry.backspace() && entry.backspace());
        assert_eq!((entry.prefix(), entry.words_done()), ("", 1));
        assert!(entry.backspace());
        assert_eq!((entry.prefix(), entry.words_done()), ("zoo", 0));
        assert!(entry.backspace() && entry.backspace() && entry.backspace());
        assert!(!entry.backspace());
    }

    #[test]
    fn the_checksum_is_live_at_every_length_that_bip39_knows() {
        let mut entry = Entry::new();
        for done in 1..=MOST {
            assert_eq!(entry.last_words().is_empty(), !COUNTS.contains(&done));
            for key in "aban ".chars() {
                entry.push(key);
            }
            let wanted = if COUNTS.contains(&done) {
                Status::WrongChecksum
            } else {
                Status::Typing { done }
            };
            assert_eq!(entry.status(), wanted);
            assert!(entry.finish().is_err());
        }
        assert_eq!(entry.push('a'), Typed::Full);
        for _ in 0.."abandon".len() + 1 {
            entry.backspace();
        }
        for key in "art".chars() {
            entry.push(key);
        }
        assert_eq!(entry.status(), Status::Typing { done: 23 });
        assert_eq!(entry.finish().err(), Some(MnemonicError::Unknown(24)));
        assert!(entry.accept());
        assert_eq!(entry.status(), Status::Complete);
        assert!(entry.finish().is_ok_and(|mnemonic| mnemonic.words().eq(entry.words())));
        assert!(!entry.accept());
    }

    #[test]
    fn typing_never_moves_the_buffers() {
        let mut entry = Entry::new();
        let (letters, places) = (entry.prefix.as_ptr(), entry.words.as_ptr());
        for _ in 0..30 {
            for key in "abstract ".chars() {
                entry.push(key);
            }
        }
        assert_eq!((letters, places), (entry.prefix.as_ptr(), entry.words.as_ptr()));
        let mut entry = PassphraseEntry::new();
        let place = entry.text().as_ptr();
        while entry.push('ß') == Typed::Taken {}
        assert_eq!((entry.len(), entry.text().as_ptr()), (512, place));
        assert_eq!(entry.push('a'), Typed::Full);
    }

    #[test]
    fn a_passphrase_is_typed_character_by_character() {
        let mut entry = PassphraseEntry::new();
        assert!(entry.is_empty() && !entry.backspace());
        for key in "naïve x".chars() {
            assert_eq!(entry.push(key), Typed::Taken);
        }
        assert_eq!(entry.push('\n'), Typed::Unknown);
        assert!(entry.backspace());
        assert_eq!((entry.text(), entry.len()), ("naïve ", 6));
        assert!(!entry.finish().is_empty());
    }
}
