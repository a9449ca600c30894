//! Which of BIP39's lists the words are from: those to be typed, and those that were scanned and
//! fit several lists.

use super::*;
use crate::keys::{Entry, Language, Mnemonic};

/// The choice of a list, and the menu that it stands over.
pub struct Languages {
    menu: Box<Open>,
    question: Question,
}

enum Question {
    /// For words to be typed: all lists.
    Typed,
    /// For words that were scanned: those that they fit.
    Scanned(Vec<Mnemonic>),
}

impl Languages {
    pub(in crate::app::screens) fn over(menu: Open) -> Screen {
        Screen::Languages(Self { menu: Box::new(menu), question: Question::Typed })
    }

    /// Goes on with words that were scanned; asks for their list first, where they fit several.
    pub(in crate::app::screens) fn scanned(mut fitting: Vec<Mnemonic>, menu: Box<Open>) -> Screen {
        match (fitting.pop(), fitting.is_empty()) {
            (None, _) => Screen::Open(*menu),
            (Some(words), true) => PassphraseTyping::scanned(words, menu),
            (Some(words), false) => {
                fitting.push(words);
                Screen::Languages(Self { menu, question: Question::Scanned(fitting) })
            }
        }
    }

    /// Is it asked of words that are here?
    pub(in crate::app::screens) fn holds_a_secret(&self) -> bool {
        matches!(self.question, Question::Scanned(_))
    }

    pub(in crate::app::screens) fn key(self, key: Key) -> Screen {
        if matches!(key, Key::Esc) {
            return Screen::Open(*self.menu);
        }
        let Some(language) = lists::chosen(&key) else { return Screen::Languages(self) };
        match self.question {
            // English words by their letters have their own place in the menu
            Question::Typed if language == Language::English => {
                self.menu.type_words(Entry::by_number(Language::English))
            }
            Question::Typed => self.menu.type_words(Entry::in_language(language)),
            Question::Scanned(mut fitting) => {
                match fitting.iter().position(|words| words.language() == language) {
                    Some(place) => PassphraseTyping::scanned(fitting.swap_remove(place), self.menu),
                    None => Screen::Languages(Self {
                        menu: self.menu,
                        question: Question::Scanned(fitting),
                    }),
                }
            }
        }
    }

    pub(in crate::app::screens) fn view<'a>(&'a self, core: &Core) -> View<'a> {
        let mut text = Text::new();
        text.gap();
        text.plain("In which list are the words?");
        text.gap();
        let mut keys = vec![("Esc", "back"), ("?", "help")];
        match &self.question {
            Question::Typed => {
                keys.insert(0, ("0 to 9", "choose"));
                lists::choices(&mut text, Language::ALL, |language| {
                    let by_number = language == Language::English || !language.is_latin();
                    if by_number { "by the words' numbers, 1 to 2048" } else { "by their letters" }
                });
                text.gap();
                text.toned(Tone::Faint, SHARED);
                words_view(core, "Words of another list", text, keys)
            }
            Question::Scanned(fitting) => {
                lists::choices(&mut text, fitting.iter().map(Mnemonic::language), |_| "");
                text.gap();
                text.plain(SEVERAL);
                text.gap();
                text.toned(Tone::Faint, SAME);
                words_view(core, "The words were read", text, keys)
            }
        }
    }
}

const SHARED: &str = "Accents may be left out. Some words stand in the English and in the French list, and many \
    in both Chinese lists: choose the list that your backup was made with.";
const SEVERAL: &str = "These words stand in each of these lists, and their checksum is right in each. Choose the one \
    that the wallet was made with.";
const SAME: &str = "They open the same wallet whichever you choose; but the words' numbers differ, and so do backups \
    that hold numbers.";
