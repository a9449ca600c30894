//! The open key's life: its state, changed with a question and dated; its successor; and replacing it
//! by a new key, step by step.

mod question;
mod rotation;
mod state;
mod successor;

use super::*;
use crate::vault::contents::State;

/// One screen about the open key's life.
pub struct Lifecycle {
    step: Step,
}

enum Step {
    /// What it is, and what may be done.
    Shown,
    /// Shall it become that?
    Asked(State),
    /// Which of the loaded wallets takes over?
    Choosing,
    /// Shall this loaded wallet take over?
    Offered(usize),
    /// What replacing it takes.
    Replacing,
    /// It waits for the new key.
    Waiting,
}

impl Lifecycle {
    /// The open key, or the one that waits for its successor.
    pub(super) fn enter(core: &mut Core) -> Screen {
        if core.rotation.is_some() {
            return Self::at(Step::Waiting);
        }
        match &mut core.session {
            Some(session) => {
                session.note_drills();
                Self::at(Step::Shown)
            }
            None => Screen::home(),
        }
    }

    fn at(step: Step) -> Screen {
        Screen::Lifecycle(Box::new(Self { step }))
    }

    /// The page that is on, where a key confirms what it says.
    pub(super) fn page_to_be_read(&self) -> Option<usize> {
        match self.step {
            Step::Shown | Step::Choosing => None,
            Step::Asked(_) => Some(0),
            Step::Offered(place) => Some(1 + place),
            Step::Replacing => Some(usize::MAX - 1),
            Step::Waiting => Some(usize::MAX - 2),
        }
    }

    pub(super) fn key(self, key: Key, core: &mut Core) -> Screen {
        match (self.step, key) {
            (Step::Shown | Step::Waiting, Key::Esc) => Screen::home(),
            (Step::Offered(_), Key::Esc) => Self::at(Step::Choosing),
            (_, Key::Esc) => Self::at(Step::Shown),
            (Step::Shown, key) => state::key(&key, core),
            (Step::Asked(to), key) => question::key(to, &key, core),
            (Step::Choosing, key) => successor::choose(&key, core),
            (Step::Offered(place), key) => successor::offered(place, &key, core),
            (Step::Replacing, key) => rotation::begin(&key, core),
            (Step::Waiting, key) => rotation::waiting(&key, core),
        }
    }

    pub(super) fn view<'a>(&'a self, core: &Core) -> View<'a> {
        match self.step {
            Step::Shown => state::view(core),
            Step::Asked(to) => question::view(to, core),
            Step::Choosing => successor::choice(core),
            Step::Offered(place) => successor::offer(place, core),
            Step::Replacing => rotation::intro(core),
            Step::Waiting => rotation::view(core),
        }
    }
}
