//! Making a new wallet: how many words, what they are made of, gathering it, how it was made, the
//! words. And the last word for words that were chosen by hand.
//!
//! What was thrown, drawn and typed is kept until the journey is left.

mod camera;
mod count;
mod drawing;
mod ingredients;
mod kernel_alone;
mod language;
mod last_choice;
mod last_typing;
mod leave;
mod mixed;
mod sources;
mod throwing;
mod wording;
mod written;

use self::camera::Camera;
use self::last_choice::LastChoice;
use self::throwing::Hand;
use super::*;
use crate::keys::entropy::{Fresh, Mixture, Pot, WordCount};
use crate::keys::{Entry, Language};

/// The journey to a new wallet.
pub struct Make {
    journey: Journey,
    step: Step,
}

/// What was gathered and made so far.
struct Journey {
    pot: Pot,
    /// What came of the pot as it is.
    mixture: Option<Mixture>,
    /// Words that lack the last one, in the language of all new words.
    typing: Entry,
    /// The same in languages that were chosen before.
    others: Vec<Entry>,
    /// Those with the last one.
    finished: Option<Fresh>,
}

impl Journey {
    /// Changes what is gathered, where `is_change` says that it did: what was made of it before is
    /// another seed then, and wiped. Else the same words stay, which may be on paper already.
    fn change<T>(
        &mut self,
        change: impl FnOnce(&mut Pot) -> T,
        is_change: impl FnOnce(&T) -> bool,
    ) -> T {
        let outcome = change(&mut self.pot);
        if is_change(&outcome) {
            self.mixture = None;
        }
        outcome
    }

    /// The language of the new words.
    fn language(&self) -> Language {
        self.typing.language()
    }

    /// New words are of that language from now on. What is gathered is of none; what was typed in
    /// another one is kept.
    fn speak(&mut self, language: Language) {
        if language == self.language() {
            return;
        }
        let typing = match self.others.iter().position(|entry| entry.language() == language) {
            Some(place) => self.others.swap_remove(place),
            None => Entry::in_language(language),
        };
        self.others.push(std::mem::replace(&mut self.typing, typing));
        self.finished = None;
    }

    /// Nothing gathered, nothing typed?
    fn is_empty(&self) -> bool {
        let mut entries = self.others.iter().chain([&self.typing]);
        self.pot.is_empty()
            && entries.all(|entry| entry.words_done() == 0 && entry.prefix().is_empty())
    }

    fn fresh(&self, from: From) -> Option<&Fresh> {
        match from {
            From::Pot => self.mixture.as_ref().map(|mixture| &mixture.fresh),
            From::LastWord => self.finished.as_ref(),
        }
    }
}

/// Where new words come from.
#[derive(Clone, Copy, PartialEq, Eq)]
enum From {
    Pot,
    LastWord,
}

/// The screen of the journey that is on.
enum Step {
    /// How many words.
    Count,
    /// In which language.
    Language,
    /// What they are made of, and why they cannot be made yet.
    Sources(Option<String>),
    /// Dice, coins, cards, text.
    Throwing(Hand),
    /// The camera.
    Camera(Box<Camera>),
    /// Really nothing of the user's own?
    KernelAlone,
    /// Really leave?
    Leave,
    /// How the words were made.
    Mixed,
    /// What went in, to the byte.
    Ingredients(Scroll),
    /// The words.
    Written(From),
    /// Typing words that lack the last one, and why the last key was not taken.
    LastTyping(Option<&'static str>),
    /// Choosing the last word.
    LastChoice(Box<LastChoice>),
}

/// What a key leads to.
enum Next {
    Go(Step),
    Home,
    /// The keys of these words are derived.
    Open(From),
    /// A passphrase is typed for these words.
    Passphrase(From),
}

impl Make {
    /// Begins, where keys may be made at all.
    pub(super) fn begin(core: &Core) -> Screen {
        if let Some(refusal) = Open::refusal("Make a new wallet", core) {
            return refusal;
        }
        let journey = Journey {
            pot: Pot::new(WordCount::MOST),
            mixture: None,
            typing: Entry::new(),
            others: Vec::with_capacity(Language::ALL.len()),
            finished: None,
        };
        Screen::Make(Box::new(Self { journey, step: Step::Count }))
    }

    pub(super) fn key(self: Box<Self>, key: Key, core: &mut Core) -> Screen {
        let Self { mut journey, step } = *self;
        let on = &mut journey;
        let next = match step {
            Step::Count => count::key(&key, on),
            Step::Language => language::key(&key, on),
            Step::Sources(_) => sources::key(&key, on, core),
            Step::Throwing(hand) => hand.key(&key, on),
            Step::Camera(camera) => camera.key(&key, on, core),
            Step::KernelAlone => kernel_alone::key(&key, on, core),
            Step::Leave => leave::key(&key),
            Step::Mixed => mixed::key(&key),
            Step::Ingredients(scroll) => ingredients::key(&key, scroll, on, core),
            Step::Written(from) => written::key(&key, from),
            Step::LastTyping(_) => last_typing::key(&key, on),
            Step::LastChoice(choice) => choice.key(&key, on, core),
        };
        match next {
            Next::Go(step) => Screen::Make(Box::new(Self { journey, step })),
            Next::Home => Screen::home(),
            Next::Open(from) => written::open(Self { journey, step: Step::Written(from) }, from),
            Next::Passphrase(from) => {
                written::passphrase(Self { journey, step: Step::Written(from) }, from)
            }
        }
    }

    pub(super) fn view<'a>(&'a self, core: &Core) -> View<'a> {
        let on = &self.journey;
        match &self.step {
            Step::Count => count::view(on, core),
            Step::Language => language::view(on, core),
            Step::Sources(remark) => sources::view(remark.as_deref(), on, core),
            Step::Throwing(hand) => hand.view(on, core),
            Step::Camera(camera) => camera.view(on, core),
            Step::KernelAlone => kernel_alone::view(core),
            Step::Leave => leave::view(core),
            Step::Mixed => mixed::view(on, core),
            Step::Ingredients(scroll) => ingredients::view(scroll, on, core),
            Step::Written(from) => written::view(*from, on, core),
            Step::LastTyping(remark) => last_typing::view(*remark, on, core),
            Step::LastChoice(choice) => choice.view(core),
        }
    }

    /// The camera sees something.
    pub(super) fn sight(&mut self, sight: Sight) {
        if let Step::Camera(camera) = &mut self.step {
            camera.sight(sight, &mut self.journey);
        }
    }

    /// The camera opened, or failed.
    pub(super) fn source(&mut self, state: Result<String, String>) {
        if let Step::Camera(camera) = &mut self.step {
            camera.source(state);
        }
    }

    /// Does the camera run for this screen?
    pub(super) fn looks(&self) -> bool {
        matches!(self.step, Step::Camera(_))
    }

    pub(super) fn holds_a_secret(&self) -> bool {
        !self.journey.is_empty() || self.journey.mixture.is_some() || self.looks()
    }

    /// Is `?` a character to type here?
    pub(super) fn is_typing(&self) -> bool {
        matches!(&self.step, Step::Throwing(hand) if hand.is_text())
    }

    /// The page whose keys go on from what it says.
    pub(super) fn page_to_be_read(&self) -> Option<usize> {
        match self.step {
            Step::KernelAlone => Some(0),
            Step::Mixed => Some(1),
            Step::Written(_) => Some(2),
            Step::Leave => Some(3),
            _ => None,
        }
    }

    pub(super) fn help(&self) -> &'static [&'static str] {
        match &self.step {
            Step::Count | Step::Language | Step::Leave => wording::HELP_COUNT,
            Step::Sources(_) | Step::KernelAlone => wording::HELP_SOURCES,
            Step::Throwing(hand) => hand.help(),
            Step::Camera(_) => wording::HELP_CAMERA,
            Step::Mixed | Step::Ingredients(_) => wording::HELP_MIXED,
            Step::Written(_) => wording::HELP_WRITTEN,
            Step::LastTyping(_) | Step::LastChoice(_) => wording::HELP_LAST_WORD,
        }
    }
}
