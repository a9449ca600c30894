//! Which of BIP39's lists the words are from.

use super::*;
use crate::keys::{Entry, Language};

/// The choice of a list, and the menu that it stands over.
pub struct Languages {
    menu: Box<Open>,
}

impl Languages {
    pub(in crate::app::screens) fn over(menu: Open) -> Screen {
        Screen::Languages(Self { menu: Box::new(menu) })
    }

    pub(in crate::app::screens) fn key(self, key: Key) -> Screen {
        match lists::chosen(&key) {
            // English words by their letters have their own place in the menu
            Some(Language::English) => self.menu.type_words(Entry::by_number(Language::English)),
            Some(language) => self.menu.type_words(Entry::in_language(language)),
            None if matches!(key, Key::Esc) => Screen::Open(*self.menu),
            None => Screen::Languages(self),
        }
    }

    pub(in crate::app::screens) fn view<'a>(&'a self, core: &Core) -> View<'a> {
        let mut text = Text::new();
        text.gap();
        text.plain("In which list are the words?");
        text.gap();
        lists::choices(&mut text, |language| {
            let by_number = language == Language::English || !language.is_latin();
            if by_number { "by the words' numbers, 1 to 2048" } else { "by their letters" }
        });
        text.gap();
        text.toned(Tone::Faint, SHARED);
        words_view(core, "Words of another list", text, vec![("Esc", "back"), ("?", "help")])
    }
}

const SHARED: &str = "Accents may be left out. Some words stand in the English and in the French list, and many \
    in both Chinese lists: choose the list that your backup was made with.";
