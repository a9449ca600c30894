//! A key in a vault: what it is made from, and its life.

use super::state::{Change, State, WrongMove};
use super::{Date, List, NoRoom, Text};
use crate::keys::Material;
use crate::wallet::Network;
use bitcoin::bip32::Fingerprint;

/// Most changes of state that are kept.
pub(super) const CHANGES: usize = 64;
/// Most drills that are kept: the newest.
pub(super) const DRILLS: usize = 64;

/// A key and its life. A destroyed one has no material any more. Wiped when dropped.
pub struct KeyEntry {
    /// Its owner's name for it.
    pub name: Text<64>,
    /// Of its master key (BIP32), with the passphrase.
    pub fingerprint: Fingerprint,
    /// The only network that it is for, where it has one.
    pub network: Option<Network>,
    /// Child secrets that were given out (BIP85).
    pub children: List<Child, 256>,
    pub(super) material: Option<Material>,
    pub(super) changes: Vec<Change>,
    pub(super) drills: Vec<Drill>,
}

/// A backup that was read back.
#[derive(Clone, PartialEq, Eq)]
pub struct Drill {
    /// Which kind of backup.
    pub backup: Text<32>,
    /// Was it right?
    pub passed: bool,
    /// When.
    pub when: Date,
}

/// A child secret that was given out (BIP85): its application's number and its index.
#[derive(Clone, PartialEq, Eq)]
pub struct Child {
    /// The application's number in its path, without hardening: 39 for words.
    pub application: u32,
    /// What else the path says of it: the count of words or bytes.
    pub detail: u32,
    /// Its index.
    pub index: u32,
    /// What it was given out for.
    pub purpose: Text<64>,
    /// When.
    pub when: Date,
}

impl KeyEntry {
    /// A key that was made or imported just now.
    pub fn new(
        material: Material,
        name: Text<64>,
        fingerprint: Fingerprint,
        network: Option<Network>,
        when: Date,
    ) -> Self {
        Self {
            name,
            fingerprint,
            network,
            children: List::default(),
            material: Some(material),
            changes: vec![Change { state: State::Made, when }],
            drills: Vec::new(),
        }
    }

    /// What it is made from; nothing once it is destroyed.
    pub fn material(&self) -> Option<&Material> {
        self.material.as_ref()
    }

    /// What it is now.
    pub fn state(&self) -> State {
        self.changes.last().map_or(State::Made, |change| change.state)
    }

    /// Every state that it was in, oldest first.
    pub fn changes(&self) -> &[Change] {
        &self.changes
    }

    /// Moves it to another state. Destroying it wipes what it is made from; it is gone from the
    /// stick once the vault is written twice (see [`crate::vault::Opened::mirror`]).
    pub fn transition(&mut self, to: State, when: Date) -> Result<(), WrongMove> {
        let from = self.state();
        if !from.next().contains(&to) {
            return Err(WrongMove::NotNext { from, to });
        }
        // Three places stay free, for what ends a life.
        let ends = matches!(to, State::Compromised | State::Retired | State::Destroyed);
        if self.changes.len() >= CHANGES - if ends { 0 } else { 3 } {
            return Err(WrongMove::Often(self.changes.len()));
        }
        self.changes.push(Change { state: to, when });
        if to == State::Destroyed {
            self.material = None;
        }
        Ok(())
    }

    /// The drills, oldest first.
    pub fn drills(&self) -> &[Drill] {
        &self.drills
    }

    /// Was a backup of it ever read back without fault?
    pub fn was_drilled(&self) -> bool {
        self.drills.iter().any(|drill| drill.passed)
    }

    /// Keeps a drill. The first that was passed moves a key that was only made on to drilled. When
    /// there are too many, the oldest but the first passed one is dropped.
    pub fn drilled(&mut self, drill: Drill) {
        if self.drills.len() >= DRILLS {
            let first_passed = self.drills.iter().position(|drill| drill.passed);
            self.drills.remove(usize::from(first_passed == Some(0)));
        }
        if drill.passed && self.state() == State::Made {
            self.changes.push(Change { state: State::Drilled, when: drill.when });
        }
        self.drills.push(drill);
    }

    /// The lowest index of a child of this kind that was never given out.
    pub fn free_index(&self, application: u32, detail: u32) -> u32 {
        let given = |index: &u32| {
            self.children.iter().any(|child| {
                (child.application, child.detail, child.index) == (application, detail, *index)
            })
        };
        (0..=u32::MAX).find(|index| !given(index)).unwrap_or(u32::MAX)
    }

    /// Keeps a child that was given out.
    pub fn give_out(&mut self, child: Child) -> Result<(), NoRoom> {
        self.children.push(child)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key() -> KeyEntry {
        let material = Material::master_seed(zeroize::Zeroizing::new(vec![7; 32])).unwrap();
        let name = Text::new("Savings").unwrap_or_else(|e| panic!("{e}"));
        KeyEntry::new(material, name, Fingerprint::from([1; 4]), None, Date(5))
    }

    fn drill(passed: bool, when: u64) -> Drill {
        let backup = Text::new("words").unwrap_or_else(|e| panic!("{e}"));
        Drill { backup, passed, when: Date(when) }
    }

    #[test]
    fn a_key_moves_only_along_the_table_and_keeps_when() {
        for from in State::ALL {
            for to in State::ALL {
                let mut key = key();
                key.changes.push(Change { state: from, when: Date(6) });
                let moved = key.transition(to, Date(7));
                assert_eq!(moved.is_ok(), from.next().contains(&to), "{from} to {to}");
                let last = Change { state: to, when: Date(7) };
                assert_eq!(key.changes().last() == Some(&last), moved.is_ok());
            }
        }
    }

    #[test]
    fn a_destroyed_key_has_nothing_left_that_could_sign() {
        let mut key = key();
        assert!(key.material().is_some());
        assert_eq!(key.transition(State::Destroyed, Date(9)), Ok(()));
        assert!(key.material().is_none() && key.state() == State::Destroyed);
    }

    #[test]
    fn a_key_that_changed_often_can_still_be_retired_and_destroyed() {
        let mut key = key();
        assert_eq!(key.transition(State::Active, Date(1)), Ok(()));
        let refused = (0..100).find_map(|round| {
            let to = if round % 2 == 0 { State::Suspended } else { State::Active };
            key.transition(to, Date(round)).err()
        });
        assert_eq!(refused, Some(WrongMove::Often(CHANGES - 3)));
        for to in [State::Retired, State::Compromised, State::Destroyed] {
            assert_eq!(key.transition(to, Date(200)), Ok(()));
        }
        assert_eq!(key.changes().len(), CHANGES);
    }

    #[test]
    fn a_passed_drill_is_kept_and_moves_a_new_key_on() {
        let mut key = key();
        key.drilled(drill(false, 1));
        assert!(!key.was_drilled() && key.state() == State::Made);
        key.drilled(drill(true, 2));
        assert!(key.was_drilled() && key.state() == State::Drilled);
        (3..200).for_each(|when| key.drilled(drill(false, when)));
        assert_eq!(key.drills().len(), DRILLS);
        assert!(key.was_drilled(), "the drill that was passed is still known");
    }

    #[test]
    fn an_index_is_never_given_out_twice() {
        let mut key = key();
        let child = |index| Child {
            application: 39,
            detail: 12,
            index,
            purpose: Text::new("phone").unwrap_or_else(|e| panic!("{e}")),
            when: Date(1),
        };
        assert_eq!(key.free_index(39, 12), 0);
        for index in [0, 1, 3] {
            assert_eq!(key.give_out(child(index)), Ok(()));
        }
        assert_eq!(key.free_index(39, 12), 2);
        assert_eq!(key.free_index(39, 24), 0);
    }
}
