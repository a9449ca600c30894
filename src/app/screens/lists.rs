//! BIP39's ten word lists, to choose one of.

use super::*;
use crate::keys::Language;

/// The keys of the languages, in the order of [`Language::ALL`].
const KEYS: [char; 10] = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'];

/// The list that a key stands for.
pub(super) fn chosen(key: &Key) -> Option<Language> {
    let Key::Char(letter) = key else { return None };
    KEYS.iter().zip(Language::ALL).find(|(key, _)| *key == letter).map(|(_, language)| language)
}

/// All of them, each with its key and a remark.
pub(super) fn choices(text: &mut Text, remark: impl Fn(Language) -> &'static str) {
    for (key, language) in KEYS.into_iter().zip(Language::ALL) {
        text.choice(&key.to_string(), language.name(), remark(language));
    }
}
