//! The life of the open key, and what its state means for signing. NIST SP 800-57 part 1 (revision 5,
//! section 7) gives the states; what they mean here is ours, as coins wait at a key's addresses.

use super::core::{Core, Session};
use crate::review::utc;
use crate::vault::contents::{Change, Date, State, WrongMove};
use crate::wallet::Successor;

/// What a key may sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MaySign {
    /// Whatever its review lets through.
    All,
    /// Only what brings all coins to the successor.
    OnlyToSuccessor,
    /// Nothing.
    Nothing,
}

/// What a key in this state may sign. A retired key and a compromised one still bring late coins to
/// the successor: else those would be lost, or the thief's.
pub fn may_sign(state: State) -> MaySign {
    match state {
        State::Made | State::Drilled | State::Active => MaySign::All,
        State::Compromised | State::Retired => MaySign::OnlyToSuccessor,
        State::Suspended | State::Destroyed => MaySign::Nothing,
    }
}

/// What a state means for signing, in one sentence.
pub fn meaning(state: State) -> &'static str {
    match state {
        State::Made => "It signs, and says each time that no backup of it was read back.",
        State::Drilled => "It signs. A backup of it was read back, and gave this key.",
        State::Active => "It signs, and is in use.",
        State::Suspended => "It signs nothing until it is made active again.",
        State::Compromised => {
            "Somebody else may have it: it signs only what brings all coins to its successor."
        }
        State::Retired => {
            "It is out of use: it signs only what brings late coins to its successor."
        }
        State::Destroyed => "Its copies are destroyed: it signs nothing, ever again.",
    }
}

/// A moment as it is shown; a machine may have no clock.
pub(super) fn shown(date: Date) -> String {
    match date {
        Date(0) => "date not known".into(),
        Date(seconds) => format!("{} UTC", utc(seconds)),
    }
}

/// Every state of a key and when it began, oldest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Life {
    changes: Vec<Change>,
}

impl Life {
    /// Most changes that are kept: as many as a vault keeps.
    pub const MOST: usize = 64;

    /// A key of which nothing is known.
    pub fn begin(when: Date) -> Self {
        Self { changes: vec![Change { state: State::Made, when }] }
    }

    /// As it was kept elsewhere, oldest first. None without any change, or with too many.
    pub fn kept(changes: &[Change]) -> Option<Self> {
        let fits = (1..=Self::MOST).contains(&changes.len());
        fits.then(|| Self { changes: changes.to_vec() })
    }

    /// Every change, oldest first.
    pub fn changes(&self) -> &[Change] {
        &self.changes
    }

    /// What the key is now.
    pub fn state(&self) -> State {
        self.changes.last().map_or(State::Made, |change| change.state)
    }

    /// When it became that.
    pub fn since(&self) -> Date {
        self.changes.last().map_or(Date(0), |change| change.when)
    }

    /// The key becomes something else.
    pub fn change(&mut self, to: State, when: Date) -> Result<(), WrongMove> {
        let from = self.state();
        if !from.next().contains(&to) {
            return Err(WrongMove::NotNext { from, to });
        }
        // places stay free for what ends a life
        let ends = matches!(to, State::Compromised | State::Retired | State::Destroyed);
        if self.changes.len() >= Self::MOST - if ends { 0 } else { 3 } {
            return Err(WrongMove::Often(self.changes.len()));
        }
        self.changes.push(Change { state: to, when });
        Ok(())
    }
}

/// Why the open key signs nothing now: what is so, and what to do.
pub(super) struct Barred {
    pub(super) what: String,
    pub(super) advice: &'static str,
}

impl Session {
    /// Takes note of a drill that came after the last change: what was only made is drilled.
    pub(super) fn note_drills(&mut self) {
        if self.life.state() == State::Made
            && let Some(first) = self.drills.iter().map(|drill| drill.at.unwrap_or(0)).min()
        {
            let when = Date(first);
            self.life.changes.push(Change { state: State::Drilled, when });
        }
    }

    /// It is out of use or compromised from now on. A key that is replaced was in use, whether that
    /// was said or not.
    pub(super) fn retire(&mut self, to: State, when: Date) -> Result<(), WrongMove> {
        let state = self.life.state();
        if state == to {
            return Ok(());
        }
        let mut life = self.life.clone();
        if to == State::Retired && matches!(state, State::Made | State::Drilled) {
            life.change(State::Active, when)?;
        }
        life.change(to, when)?;
        self.life = life;
        Ok(())
    }

    /// The only wallet that its coins may go to, where its state says so.
    pub(super) fn only_to(&self) -> Option<&Successor> {
        let bound = may_sign(self.life.state()) == MaySign::OnlyToSuccessor;
        self.successor.as_ref().filter(|_| bound)
    }

    /// Does its state keep it from signing?
    pub(super) fn barred(&self) -> Option<Barred> {
        let state = self.life.state();
        let since = shown(self.life.since());
        let what = format!("This key is {state} ({since}). {}", meaning(state));
        match (may_sign(state), &self.successor) {
            (MaySign::All, _) | (MaySign::OnlyToSuccessor, Some(_)) => None,
            (MaySign::OnlyToSuccessor, None) => Some(Barred { what, advice: REGISTER }),
            (MaySign::Nothing, _) if state == State::Suspended => {
                Some(Barred { what, advice: RESUME })
            }
            (MaySign::Nothing, _) => Some(Barred { what, advice: GONE }),
        }
    }
}

impl Core {
    /// Now, by the machine's clock.
    pub(super) fn date(&self) -> Date {
        Date(self.clock.unwrap_or(0))
    }

    /// The open key was used: what was drilled and not yet in use is in use now.
    pub(super) fn key_was_used(&mut self) {
        let now = self.date();
        if let Some(session) = &mut self.session {
            session.note_drills();
            if session.life.state() == State::Drilled {
                session.life.changes.push(Change { state: State::Active, when: now });
            }
        }
    }
}

const RESUME: &str = "If the reason is over, make it active again: k at home.";
const REGISTER: &str = "Register the wallet that takes over as its successor: k at home.";
const GONE: &str = "A copy of it is here all the same. Move its coins elsewhere with another signer, and find \
    out where the copy came from.";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_compromised_retired_or_destroyed_never_signs_freely_again() {
        for bad in [State::Compromised, State::Retired, State::Destroyed] {
            let mut reached = vec![bad];
            let mut looked = 0;
            while let Some(state) = reached.get(looked).copied() {
                let more = state.next().iter().filter(|to| !reached.contains(to));
                let more: Vec<State> = more.copied().collect();
                reached.extend(more);
                looked += 1;
            }
            assert!(reached.iter().all(|state| may_sign(*state) != MaySign::All), "{bad}");
        }
    }

    #[test]
    fn a_change_that_the_table_has_not_changes_nothing() {
        for from in State::ALL {
            for to in State::ALL {
                let began = Change { state: from, when: Date(1) };
                let mut life = Life::kept(&[began]).unwrap_or_else(|| panic!("one change"));
                let changed = life.change(to, Date(2));
                assert_eq!(changed.is_ok(), from.next().contains(&to), "{from} to {to}");
                assert_eq!(life.state(), if changed.is_ok() { to } else { from });
            }
        }
    }

    #[test]
    fn a_key_that_changed_often_can_still_be_retired_and_destroyed() {
        let mut life = Life::begin(Date(0));
        assert_eq!(life.change(State::Active, Date(1)), Ok(()));
        let refused = (0..100).find_map(|turn| {
            let to = if turn % 2 == 0 { State::Suspended } else { State::Active };
            life.change(to, Date(turn)).err()
        });
        assert_eq!(refused, Some(WrongMove::Often(Life::MOST - 3)));
        assert!(life.change(State::Retired, Date(200)).is_ok());
        assert!(life.change(State::Destroyed, Date(201)).is_ok());
        assert_eq!(Life::kept(life.changes()), Some(life));
    }

    #[test]
    fn every_state_is_explained_in_one_or_two_sentences() {
        for state in State::ALL {
            let words = meaning(state);
            assert!(words.ends_with('.') && (20..90).contains(&words.len()), "{words}");
        }
    }
}
