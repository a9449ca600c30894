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

/// Some of them in their order, each with its key and a remark.
pub(super) fn choices(
    text: &mut Text,
    some: impl IntoIterator<Item = Language>,
    remark: impl Fn(Language) -> &'static str,
) {
    for language in some {
        let key = KEYS[usize::from(language.code())].to_string();
        text.choice(&key, language.name(), remark(language));
    }
}
