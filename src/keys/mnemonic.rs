//! BIP39 words and passphrase.

use super::words::{self, COUNTS, Index};
use super::{Language, seedqr, wipe};
use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

/// 12, 15, 18, 21 or 24 valid BIP39 words of one language. Wiped when dropped.
pub struct Mnemonic {
    // `bip39` wipes it; boxed, so that a move leaves no copy behind.
    words: Box<bip39::Mnemonic>,
    language: Language,
}

/// Why words are not a mnemonic. Carries places, never words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MnemonicError {
    /// Not 12, 15, 18, 21 or 24 words.
    Count(usize),
    /// The word at this place (from 1) is not in the list.
    Unknown(usize),
    /// All words are in the list, the checksum does not fit.
    Checksum,
}

impl std::fmt::Display for MnemonicError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Count(1) => f.write_str("There is 1 word, not 12, 15, 18, 21 or 24."),
            Self::Count(count) => write!(f, "There are {count} words, not 12, 15, 18, 21 or 24."),
            Self::Unknown(place) => write!(f, "Word {place} is not in the BIP39 list."),
            Self::Checksum => f.write_str(
                "Every word is in the list, but together they fail their checksum: one is another \
                 word, or two are swapped.",
            ),
        }
    }
}

impl std::error::Error for MnemonicError {}

impl Mnemonic {
    /// English words separated by white space, any case. `text` stays the caller's to wipe.
    pub fn parse(text: &str) -> Result<Self, MnemonicError> {
        Self::parse_in(Language::English, text)
    }

    /// Words of a language, separated by white space (also the ideographic space that Japanese words
    /// stand between), any case, in any Unicode form. `text` stays the caller's to wipe.
    pub fn parse_in(language: Language, text: &str) -> Result<Self, MnemonicError> {
        let count = text.split_whitespace().count();
        if !COUNTS.contains(&count) {
            return Err(MnemonicError::Count(count));
        }
        let mut indices = Zeroizing::new([0; 24]);
        for (place, word) in text.split_whitespace().enumerate() {
            indices[place] = language.index_of(word).ok_or(MnemonicError::Unknown(place + 1))?;
        }
        Self::from_indices(language, &indices[..count])
    }

    /// Words of any language. The French and the English list share words, and so do the two Chinese
    /// ones: there is one mnemonic for each language that the words and their checksum fit, in the
    /// order of [`Language::ALL`]. They open the same wallet, because the seed is made of the words
    /// as they are written; but their numbers differ, and so do backups that hold those, so that
    /// their owner must say which language it is. The error is that of the language whose list knows
    /// the words furthest.
    pub fn parse_any(text: &str) -> Result<Vec<Self>, MnemonicError> {
        let mut furthest: Option<MnemonicError> = None;
        let mut fitting = Vec::with_capacity(Language::ALL.len());
        for language in Language::ALL {
            match Self::parse_in(language, text) {
                Ok(mnemonic) => fitting.push(mnemonic),
                Err(error) if furthest.is_none_or(|known| error.reach() > known.reach()) => {
                    furthest = Some(error);
                }
                Err(_) => {}
            }
        }
        match furthest {
            Some(error) if fitting.is_empty() => Err(error),
            _ => Ok(fitting),
        }
    }

    /// A SeedQR (48 to 96 digits) or CompactSeedQR (16 to 32 bytes). None when the content has
    /// neither form.
    pub fn from_qr(content: &[u8]) -> Option<Result<Self, MnemonicError>> {
        seedqr::read(content)
    }

    /// By the words' places in the list.
    pub(super) fn from_indices(
        language: Language,
        indices: &[Index],
    ) -> Result<Self, MnemonicError> {
        let entropy = words::entropy(indices).ok_or_else(|| {
            match indices.iter().position(|index| *index >= 2048) {
                Some(place) if COUNTS.contains(&indices.len()) => MnemonicError::Unknown(place + 1),
                _ => MnemonicError::Count(indices.len()),
            }
        })?;
        let mnemonic = Self::from_entropy_in(language, &entropy)?;
        // Only the last word holds checksum bits (BIP39).
        if mnemonic.indices().eq(indices.iter().copied()) {
            Ok(mnemonic)
        } else {
            Err(MnemonicError::Checksum)
        }
    }

    /// English words of 16, 20, 24, 28 or 32 bytes of entropy (BIP39).
    pub(super) fn from_entropy(entropy: &[u8]) -> Result<Self, MnemonicError> {
        Self::from_entropy_in(Language::English, entropy)
    }

    /// Words of 16, 20, 24, 28 or 32 bytes of entropy (BIP39).
    pub(super) fn from_entropy_in(
        language: Language,
        entropy: &[u8],
    ) -> Result<Self, MnemonicError> {
        let words = bip39::Mnemonic::from_entropy_in(language.in_library(), entropy)
            .map(|words| Self { words: Box::new(words), language })
            .map_err(|_| MnemonicError::Count(entropy.len() * 3 / 4));
        wipe::stack();
        words
    }

    /// The language of the words.
    pub fn language(&self) -> Language {
        self.language
    }

    /// The words in order, to show them to their owner. NFKD: an accent stands behind its letter.
    pub fn words(&self) -> impl Iterator<Item = &'static str> {
        self.words.words()
    }

    /// How many words.
    pub fn count(&self) -> usize {
        self.words.word_count()
    }

    /// The words' places in the list, 0 to 2047.
    pub fn indices(&self) -> impl Iterator<Item = Index> {
        self.words.word_indices().filter_map(|index| Index::try_from(index).ok())
    }

    /// The 16, 20, 24, 28 or 32 bytes that the words stand for.
    pub(super) fn entropy(&self) -> Zeroizing<Vec<u8>> {
        let mut indices = Zeroizing::new([0; 24]);
        let count = self.count();
        indices.iter_mut().zip(self.indices()).for_each(|(place, index)| *place = index);
        words::entropy(&indices[..count])
            .expect("a mnemonic has a number of words that BIP39 knows")
    }

    /// BIP39's seed: 2,048 rounds of PBKDF2 over the words and the passphrase.
    pub(super) fn seed(&self, passphrase: &Passphrase) -> Zeroizing<[u8; 64]> {
        let seed = Zeroizing::new(self.words.to_seed_normalized(&passphrase.text));
        wipe::stack();
        seed
    }
}

impl MnemonicError {
    /// How many words were known before it went wrong; the checksum is the last hurdle.
    fn reach(self) -> usize {
        match self {
            Self::Count(_) => 0,
            Self::Unknown(place) => place,
            Self::Checksum => usize::MAX,
        }
    }
}

/// A BIP39 passphrase, NFKD-normalised. May be empty. Wiped when dropped.
pub struct Passphrase {
    text: Zeroizing<String>,
}

impl Passphrase {
    /// NFKD of `text`; `text` stays the caller's to wipe.
    pub fn new(text: &str) -> Self {
        // The exact length first: a string that grows would leave its old bytes behind.
        let length = text.nfkd().map(char::len_utf8).sum();
        let mut normal = Zeroizing::new(String::with_capacity(length));
        normal.extend(text.nfkd());
        wipe::stack();
        Self { text: normal }
    }

    /// Is there none?
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// What it is, normalised.
    pub(super) fn text(&self) -> &str {
        &self.text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ABOUT: &str = "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about";

    fn error(text: &str) -> Option<MnemonicError> {
        Mnemonic::parse(text).err()
    }

    #[test]
    fn case_and_white_space_do_not_matter() {
        let spread = format!("\n {} \t", ABOUT.to_uppercase().replace(' ', " \r\n\t "));
        let mnemonic = Mnemonic::parse(&spread).unwrap_or_else(|e| panic!("{e}"));
        assert!(mnemonic.words().eq(ABOUT.split(' ')));
    }

    #[test]
    fn what_is_wrong_is_told_by_its_place() {
        assert_eq!(error(""), Some(MnemonicError::Count(0)));
        assert_eq!(error(&"abandon ".repeat(13)), Some(MnemonicError::Count(13)));
        assert_eq!(error(&"abandon ".repeat(100_000)), Some(MnemonicError::Count(100_000)));
        assert_eq!(error(&"abandon ".repeat(12)), Some(MnemonicError::Checksum));
        assert_eq!(error(&ABOUT.replace("about", "abouts")), Some(MnemonicError::Unknown(12)));
        assert_eq!(error(&ABOUT.replacen("abandon", "aban", 1)), Some(MnemonicError::Unknown(1)));
        let long = "a".repeat(1 << 20);
        assert_eq!(error(&ABOUT.replacen("abandon", &long, 1)), Some(MnemonicError::Unknown(1)));
        assert_eq!(error(&ABOUT.replacen("abandon", "äbandn", 1)), Some(MnemonicError::Unknown(1)));
    }

    #[test]
    fn every_reason_is_a_sentence_without_a_word_of_the_mnemonic() {
        use MnemonicError::*;
        for error in [Count(1), Count(13), Unknown(3), Checksum] {
            assert!(error.to_string().ends_with('.'), "{error}");
        }
    }

    /// The first English vector of BIP39's reference (passphrase "TREZOR").
    #[test]
    fn the_seed_is_the_published_one() {
        let mnemonic = Mnemonic::parse(ABOUT).unwrap_or_else(|e| panic!("{e}"));
        let seed = mnemonic.seed(&Passphrase::new("TREZOR"));
        let hex: String = seed.iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(
            hex,
            "c55257c360c07c72029aebc1b53c05ed0362ada38ead3e3e9efa3708e53495531f09a6987599d18264c1e1c92f2cf141630c7a3c4ab7c81b2f001698e7463b04"
        );
    }

    #[test]
    fn a_passphrase_is_decomposed_into_compatible_characters() {
        // U+00E9 is "e" and U+0301; the ligature U+FB01 is "fi" (Unicode's NFKD)
        assert_eq!(&*Passphrase::new("\u{e9}\u{fb01}").text, "e\u{301}fi");
        let passphrase = Passphrase::new("");
        assert!(passphrase.is_empty());
    }
}
