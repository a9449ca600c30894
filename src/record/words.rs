//! A fingerprint in words, to be read aloud and written down.
//!
//! Bytewords (BCR-2020-012): four letters a word, one word a byte, no two with the same first and last
//! letter, and four more words that catch what was heard wrong. BIP39's list would need fewer words,
//! but 24 of them are what a wallet's backup looks like: somebody would keep them as one, or type them
//! in as one.

use super::text::Digest;
use ur::bytewords::{self, Style};

/// 36 words of four letters: 32 for the fingerprint, four that check it.
pub fn aloud(fingerprint: &Digest) -> String {
    bytewords::encode(&fingerprint.0, Style::Standard)
}

/// The fingerprint that was read aloud: any case, any spaces. None when a word is missing or wrong.
pub fn from_words(words: &str) -> Option<Digest> {
    let mut plain = String::new();
    // 36 words of at most four letters; more is nothing that anybody wrote down
    for word in words.split_ascii_whitespace().take(37) {
        if word.len() != 4 || !word.is_ascii() {
            return None;
        }
        if !plain.is_empty() {
            plain.push(' ');
        }
        plain.push_str(&word.to_ascii_lowercase());
    }
    let bytes = bytewords::decode(&plain, Style::Standard).ok()?;
    bytes.try_into().ok().map(Digest)
}
