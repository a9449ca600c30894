//! Who may type: the keyboards of the start, and those that the user agreed to. Pure.
//!
//! A keyboard that is plugged in later is a newcomer: held back, and asked about at a keyboard that
//! may type and has typed. (One that never typed may be a phantom of a remote console, or lie in a
//! drawer.) Where there is none, the newcomer itself must type digits that are on the screen: no
//! dead end for its owner, and no way for a stick that does not see the screen.

use super::DeviceId;
use super::challenge::{Challenge, Dice, Outcome};
use crate::app::appliance::Admission;
use crate::app::{Newcomer, News};

/// The keyboards that are plugged in.
pub(super) struct Desk {
    keyboards: Vec<Keyboard>,
    opening: Opening,
    /// Newcomers that typed wrong digits until they were declined.
    failed: usize,
    /// Questions that were asked.
    asked: u32,
    dice: Dice,
}

struct Keyboard {
    id: DeviceId,
    name: String,
    standing: Standing,
}

enum Standing {
    /// What it types counts.
    Trusted { has_typed: bool },
    /// It is held back, and its turn to be asked about will come.
    Waiting,
    /// It is held back, and the question is on the screen.
    Asked { question: u32, how: How },
    /// It is held back until it is unplugged.
    Declined,
}

/// How the user agrees.
enum How {
    /// At another keyboard.
    Elsewhere,
    /// By typing digits on it.
    Digits(Challenge),
}

/// Which keyboards need no question.
enum Opening {
    /// The machine is starting: every one that is there.
    All,
    /// This process goes on for another: those that might type before.
    Known(Vec<DeviceId>),
    /// None: the start is over.
    Over,
}

/// What is done with a keyboard's reports.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Heed {
    /// They go to the app.
    Keys,
    /// Their digits go to the challenge.
    Digits,
    /// They are not even read.
    Nothing,
}

impl Desk {
    /// `trusted`: the keyboards that might type before this process; None when the machine starts.
    pub(super) fn new(trusted: Option<Vec<DeviceId>>, dice: Dice) -> Self {
        let opening = trusted.map_or(Opening::All, Opening::Known);
        Self { keyboards: vec![], opening, failed: 0, asked: 0, dice }
    }

    /// The machine has started: from now on newcomers are asked about. As long as there is no
    /// keyboard at all, the start is not over: the first one is trusted.
    pub(super) fn started(&mut self) {
        if matches!(self.opening, Opening::All) && !self.trusted().is_empty() {
            self.opening = Opening::Over;
        }
    }

    /// A keyboard was plugged in.
    pub(super) fn plugged(&mut self, id: DeviceId, name: String) -> Option<News> {
        let trusted = match &self.opening {
            Opening::All => true,
            Opening::Known(known) => known.contains(&id),
            Opening::Over => false,
        };
        let standing =
            if trusted { Standing::Trusted { has_typed: false } } else { Standing::Waiting };
        self.keyboards.push(Keyboard { id, name, standing });
        self.ask()
    }

    /// A keyboard was unplugged; a question about it is over.
    pub(super) fn unplugged(&mut self, id: &DeviceId) -> Vec<News> {
        let Some(place) = self.place(id) else { return vec![] };
        let gone = self.keyboards.remove(place);
        let mut news = vec![];
        if matches!(gone.standing, Standing::Asked { .. }) {
            news.push(News::NewcomerSettled);
        }
        news.extend(self.ask());
        news
    }

    /// The user answered. An answer to a question that is no longer asked changes nothing.
    pub(super) fn answered(&mut self, answer: Admission) -> Vec<News> {
        let asked = self.keyboards.iter_mut().find(|keyboard| {
            matches!(keyboard.standing, Standing::Asked { question, .. } if question == answer.question)
        });
        let Some(keyboard) = asked else { return vec![] };
        keyboard.standing = match (&keyboard.standing, answer.agreed) {
            (Standing::Asked { how: How::Elsewhere, .. }, true) => {
                Standing::Trusted { has_typed: false }
            }
            (_, true) => return vec![], // that question is answered by digits alone
            (_, false) => Standing::Declined,
        };
        self.settled()
    }

    /// A trusted keyboard was used: questions can be asked there.
    pub(super) fn typed(&mut self, id: &DeviceId) -> Option<News> {
        let place = self.place(id);
        match place.and_then(|place| self.keyboards.get_mut(place)) {
            Some(Keyboard { standing: Standing::Trusted { has_typed }, .. }) if !*has_typed => {
                *has_typed = true;
                self.ask()
            }
            _ => None,
        }
    }

    /// A newcomer typed a digit.
    pub(super) fn digit(&mut self, id: &DeviceId, digit: u8) -> Vec<News> {
        let Some(place) = self.place(id) else { return vec![] };
        let Some(keyboard) = self.keyboards.get_mut(place) else { return vec![] };
        let Standing::Asked { how: How::Digits(challenge), question } = &mut keyboard.standing
        else {
            return vec![];
        };
        match challenge.take(digit, &mut self.dice) {
            Outcome::More => return vec![],
            Outcome::Again => {
                return vec![announce(&keyboard.name, *question, Some(challenge.shown()))];
            }
            Outcome::Passed => keyboard.standing = Standing::Trusted { has_typed: true },
            Outcome::Failed => {
                keyboard.standing = Standing::Declined;
                self.failed = self.failed.saturating_add(1);
            }
        }
        self.settled()
    }

    /// What to do with that keyboard's reports.
    pub(super) fn heed(&self, id: &DeviceId) -> Heed {
        match self.place(id).and_then(|place| self.keyboards.get(place)).map(|kept| &kept.standing)
        {
            Some(Standing::Trusted { .. }) => Heed::Keys,
            Some(Standing::Asked { how: How::Digits(_), .. }) => Heed::Digits,
            _ => Heed::Nothing,
        }
    }

    /// The keyboards that may type, for the process that follows.
    pub(super) fn trusted(&self) -> Vec<DeviceId> {
        let may = |kept: &&Keyboard| matches!(kept.standing, Standing::Trusted { .. });
        self.keyboards.iter().filter(may).map(|kept| kept.id.clone()).collect()
    }

    fn place(&self, id: &DeviceId) -> Option<usize> {
        self.keyboards.iter().position(|kept| kept.id == *id)
    }

    fn settled(&mut self) -> Vec<News> {
        let mut news = vec![News::NewcomerSettled];
        news.extend(self.ask());
        news
    }

    /// Asks about the newcomer whose turn it is, in the way that can be answered now.
    fn ask(&mut self) -> Option<News> {
        let elsewhere = self
            .keyboards
            .iter()
            .any(|kept| matches!(kept.standing, Standing::Trusted { has_typed: true }));
        let on = |kept: &Keyboard| matches!(kept.standing, Standing::Asked { .. });
        let waits = |kept: &Keyboard| matches!(kept.standing, Standing::Waiting);
        let place = self.keyboards.iter().position(on);
        let place = place.or_else(|| self.keyboards.iter().position(waits))?;
        let keyboard = self.keyboards.get_mut(place)?;
        if let Standing::Asked { how, .. } = &keyboard.standing
            && matches!(how, How::Elsewhere) == elsewhere
        {
            return None;
        }
        let how = if elsewhere {
            How::Elsewhere
        } else {
            match Challenge::new(self.failed, &mut self.dice) {
                Some(challenge) => How::Digits(challenge),
                None => {
                    // without chance nothing can be asked
                    let was_asked = on(keyboard);
                    keyboard.standing = Standing::Declined;
                    return was_asked.then_some(News::NewcomerSettled);
                }
            }
        };
        self.asked = self.asked.wrapping_add(1);
        let digits = match &how {
            How::Elsewhere => None,
            How::Digits(challenge) => Some(challenge.shown()),
        };
        keyboard.standing = Standing::Asked { question: self.asked, how };
        Some(announce(&keyboard.name, self.asked, digits))
    }
}

fn announce(name: &str, question: u32, challenge: Option<String>) -> News {
    News::Newcomer(Newcomer { name: name.to_owned(), question, challenge })
}

#[cfg(test)]
mod tests;
