//! The list that the new words are from.

use super::*;
use crate::keys::Language;

pub(super) fn key(key: &Key, journey: &mut Journey) -> Next {
    if let Some(language) = lists::chosen(key) {
        journey.speak(language);
        return Next::Go(Step::Count);
    }
    match key {
        Key::Esc | Key::Enter => Next::Go(Step::Count),
        _ => Next::Go(Step::Language),
    }
}

pub(super) fn view<'a>(journey: &Journey, core: &Core) -> View<'a> {
    let now = journey.language();
    let mut text = Text::new();
    text.gap();
    text.plain("In which language shall the words be?");
    text.gap();
    lists::choices(&mut text, Language::ALL, |language| match language {
        language if language == now => "chosen",
        language if language.is_latin() => "",
        _ => "by the words' numbers, 1 to 2048",
    });
    text.gap();
    text.toned(Tone::Warn, ENGLISH_ALONE);
    text.gap();
    text.toned(Tone::Faint, BY_NUMBER);
    let keys = vec![("0 to 9", "choose"), ("Esc", "back"), ("?", "help")];
    words_view(core, "Language of the words", text, keys)
}

const ENGLISH_ALONE: &str =
    "Many wallet programs and devices know English words alone, and so do SeedQR codes.";
const BY_NUMBER: &str = "This screen has not the letters of Japanese, Korean and Chinese: you copy and check the words' \
    numbers in the printed list, where 1 is the first word.";
