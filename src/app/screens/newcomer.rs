//! A keyboard was plugged in: may it type? The question stands over whatever is on, and nothing of
//! that is lost.
//!
//! The hand that was typing for the screen below must not answer it. So keys count only when none
//! has come for a second, and agreeing takes two: `y`, then Enter.

use super::*;
use crate::app::Newcomer;
use crate::app::appliance::{Admission, Errand};

/// The question, over the screen that was on.
pub struct NewcomerQuestion {
    newcomer: Newcomer,
    below: Screen,
    /// Milliseconds since the start: when the question was put, or a key came last.
    disturbed: u64,
    /// `y` was pressed, and only Enter is missing.
    agreed: bool,
    /// Wrong digits were typed on the newcomer.
    wrong: bool,
}

/// Milliseconds without a key, then one counts.
pub const UNDISTURBED: u64 = 1000;

impl NewcomerQuestion {
    /// Asks. A question that stands is replaced by the one that holds now.
    pub(super) fn ask(newcomer: Newcomer, below: Screen, core: &mut Core) -> Screen {
        let (below, wrong) = match below {
            Screen::Newcomer(stands) => {
                let wrong = stands.newcomer.question == newcomer.question;
                (stands.below, wrong)
            }
            below => {
                below.cover(core);
                (below, false)
            }
        };
        let disturbed = core.now;
        Screen::Newcomer(Box::new(Self { newcomer, below, disturbed, agreed: false, wrong }))
    }

    /// The question is over; or the news is for the screen below.
    pub(super) fn told(on: Screen, news: News, core: &mut Core) -> Screen {
        let Screen::Newcomer(mut question) = on else { return on };
        if matches!(news, News::NewcomerSettled) {
            return question.below.uncover(core);
        }
        question.below = question.below.news(news, core);
        Screen::Newcomer(question)
    }

    pub(super) fn is_over_bare(&self) -> bool {
        self.below.is_bare()
    }

    pub(super) fn is_over_home(&self) -> bool {
        self.below.is_home()
    }

    /// The question, and nothing of what it stood over.
    pub(super) fn over_home(mut self: Box<Self>) -> Screen {
        self.below = Screen::home();
        Screen::Newcomer(self)
    }

    pub(super) fn key(mut self: Box<Self>, key: Key, core: &mut Core) -> Screen {
        let quiet = core.now.saturating_sub(self.disturbed) >= UNDISTURBED;
        self.disturbed = core.now;
        let agreed = std::mem::take(&mut self.agreed);
        match key {
            // digits on the newcomer itself, or nothing
            _ if self.newcomer.challenge.is_some() => {}
            Key::Char('y') if quiet => self.agreed = true,
            Key::Enter if agreed => return self.answer(true, core),
            Key::Char('n') | Key::Esc if quiet || agreed => return self.answer(false, core),
            _ => {}
        }
        Screen::Newcomer(self)
    }

    fn answer(self, agreed: bool, core: &mut Core) -> Screen {
        let question = self.newcomer.question;
        core.ask(Command::Errand(Errand::Admit(Admission { question, agreed })));
        self.below.uncover(core)
    }

    pub(super) fn view<'a>(&'a self, core: &Core) -> View<'a> {
        let mut text = Text::new();
        text.gap();
        text.plain("Something that was plugged in says that it is a keyboard. It calls itself");
        text.gap();
        let name = match self.newcomer.name.as_str() {
            "" => "nothing at all",
            name => name,
        };
        text.line(Line::toned(Tone::Claimed, "  | ").and(Tone::Claimed, name).hang(4));
        text.gap();
        text.toned(Tone::Warn, PULL);
        text.gap();
        let keys = match &self.newcomer.challenge {
            Some(digits) => {
                self.challenge(digits, &mut text);
                vec![]
            }
            None if self.agreed => {
                text.toned(Tone::Strong, "Enter lets it type. Any other key does not.");
                vec![("Enter", "let it type"), ("n", "do not")]
            }
            None => {
                text.plain("Did you plug in a keyboard just now, and is it this one?");
                text.gap();
                text.choice("n", "Do not let it type", "until it is plugged in again");
                text.choice("y", "Let it type", "y, then Enter");
                text.gap();
                text.toned(Tone::Faint, WAIT);
                vec![("n", "do not let it type"), ("y Enter", "let it type")]
            }
        };
        words_view(core, "A keyboard was plugged in", text, keys)
    }

    fn challenge(&self, digits: &str, text: &mut Text) {
        text.plain("Is this keyboard yours? Then type these digits on it:");
        text.gap();
        let spaced: Vec<String> = digits.chars().map(String::from).collect();
        text.toned(Tone::Strong, format!("    {}", spaced.join(" ")));
        text.gap();
        if self.wrong {
            text.toned(Tone::Warn, "What was typed was wrong. These are other digits.");
        }
        text.plain(ELSEWHERE);
        text.gap();
        text.toned(Tone::Faint, DIGITS);
    }
}

const PULL: &str = "If you did not plug in a keyboard, pull it out: a stick that types can take over \
    this machine. It may look like a memory stick or a cable.";
const WAIT: &str = "It types nothing until you agree here. So that nothing is answered by accident, a key counts \
    only after a second without any.";
const ELSEWHERE: &str = "Nothing was typed on another keyboard since the start or the last lock. If you have \
    one that you used before, press any key on it: then the answer can be given there.";
const DIGITS: &str = "The row of digits, with or without Shift, and the keypad serve in every layout. After three \
    wrong tries it may not type until it is plugged in again. The power button works at any time.";
