//! What becomes of a key, after NIST SP 800-57 part 1 (revision 5, section 7): each state, and the
//! moves from it.

use super::Date;

/// A key's state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum State {
    /// Made or imported; no backup of it was tried ("pre-activation").
    Made,
    /// A backup of it was read back ("pre-activation").
    Drilled,
    /// In use ("active").
    Active,
    /// Not to be used for now ("suspended").
    Suspended,
    /// Someone else may know it ("compromised").
    Compromised,
    /// Not used any more ("deactivated").
    Retired,
    /// Gone from the vault ("destroyed").
    Destroyed,
}

impl State {
    /// All of them, in the order of a life.
    pub const ALL: [Self; 7] = [
        Self::Made,
        Self::Drilled,
        Self::Active,
        Self::Suspended,
        Self::Compromised,
        Self::Retired,
        Self::Destroyed,
    ];

    /// The states that may follow. A key in use is retired or known to be compromised before it is
    /// destroyed, so that it is never destroyed while coins hang on it by mistake.
    pub fn next(self) -> &'static [Self] {
        use State::*;
        match self {
            Made => &[Drilled, Active, Compromised, Destroyed],
            Drilled => &[Active, Compromised, Destroyed],
            Active => &[Suspended, Compromised, Retired],
            Suspended => &[Active, Compromised, Retired],
            Compromised => &[Destroyed],
            Retired => &[Compromised, Destroyed],
            Destroyed => &[],
        }
    }

    /// Its number in a vault.
    pub(super) fn code(self) -> u8 {
        self as u8
    }

    pub(super) fn of_code(code: u8) -> Option<Self> {
        Self::ALL.get(usize::from(code)).copied()
    }
}

impl std::fmt::Display for State {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Made => "made",
            Self::Drilled => "drilled",
            Self::Active => "active",
            Self::Suspended => "suspended",
            Self::Compromised => "compromised",
            Self::Retired => "retired",
            Self::Destroyed => "destroyed",
        })
    }
}

/// A state, and when it began.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Change {
    /// What the key became.
    pub state: State,
    /// When.
    pub when: Date,
}

/// Why a key does not change its state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WrongMove {
    /// The one state does not follow on the other.
    NotNext {
        /// What the key is.
        from: State,
        /// What it was to become.
        to: State,
    },
    /// It changed so often already that no more changes are kept.
    Often(usize),
}

impl std::fmt::Display for WrongMove {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (from, to) = match self {
            Self::NotNext { from, to } => (from, to),
            Self::Often(changes) => {
                return write!(
                    f,
                    "This key changed its state {changes} times, and no more changes are kept. Move \
                     its coins to a new key."
                );
            }
        };
        write!(f, "A key that is {from} cannot become {to}.")?;
        match from.next() {
            [] => f.write_str(" It stays as it is."),
            [only] => write!(f, " It can become {only}."),
            [some @ .., last] => {
                let some: Vec<String> = some.iter().map(State::to_string).collect();
                write!(f, " It can become {} or {last}.", some.join(", "))
            }
        }
    }
}

impl std::error::Error for WrongMove {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_places_in_the_order_of_a_life() {
        for state in State::ALL {
            assert_eq!(State::of_code(state.code()), Some(state));
        }
        assert_eq!(State::of_code(7), None);
    }

    #[test]
    fn nothing_leads_back_to_a_key_that_was_never_used_and_nothing_away_from_a_destroyed_one() {
        for state in State::ALL {
            assert!(!state.next().contains(&state));
            assert!(!state.next().contains(&State::Made));
        }
        assert!(State::Destroyed.next().is_empty());
        assert_eq!(State::Compromised.next(), [State::Destroyed]);
        assert!(!State::Active.next().contains(&State::Destroyed));
    }

    #[test]
    fn a_wrong_move_says_which_ones_are_right() {
        use State::*;
        let text = |from, to| WrongMove::NotNext { from, to }.to_string();
        assert_eq!(
            text(Active, Drilled),
            "A key that is active cannot become drilled. It can become suspended, compromised or \
             retired."
        );
        assert_eq!(
            text(Compromised, Active),
            "A key that is compromised cannot become active. It can become destroyed."
        );
        assert!(text(Destroyed, Active).ends_with("It stays as it is."));
        assert!(WrongMove::Often(64).to_string().contains("64 times"));
    }
}
