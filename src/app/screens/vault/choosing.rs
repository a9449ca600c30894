//! Choosing one of the sticks and cards that are plugged in.

use super::super::cursor::{Cursor, row};
use super::super::*;
use super::ask;
use crate::app::storage::{MediumEntry, Plugged, VaultErrand, VaultNews};

/// The sticks and cards, one of which is to be chosen.
pub(super) struct Sticks {
    state: State,
    cursor: Cursor,
}

enum State {
    Looking,
    /// There is no list: why.
    Failed(String),
    Found(Plugged),
}

/// What a key did to the choice.
pub(super) enum Choice {
    /// None is taken yet.
    Open,
    /// One step back.
    Back,
    /// This one.
    Taken(MediumEntry),
}

impl Sticks {
    /// Asks what is plugged in.
    pub(super) fn look(core: &mut Core) -> Self {
        ask(VaultErrand::Look, core);
        Self { state: State::Looking, cursor: Cursor::default() }
    }

    /// What was found before.
    pub(super) fn of(plugged: Plugged) -> Self {
        Self { state: State::Found(plugged), cursor: Cursor::default() }
    }

    /// What is plugged in, as far as it is known.
    pub(super) fn plugged(&self) -> Option<&Plugged> {
        match &self.state {
            State::Found(plugged) => Some(plugged),
            State::Looking | State::Failed(_) => None,
        }
    }

    pub(super) fn key(&mut self, key: &Key, core: &mut Core) -> Choice {
        match key {
            Key::Esc => return Choice::Back,
            Key::Char('r') if !matches!(self.state, State::Looking) => *self = Self::look(core),
            Key::Enter => {
                let media = self.plugged().map_or(&[][..], |plugged| &plugged.media);
                if let Some(medium) = media.get(self.cursor.at(media.len())) {
                    return Choice::Taken(medium.clone());
                }
            }
            key => {
                let count = self.plugged().map_or(0, |plugged| plugged.media.len());
                self.cursor.key(key, count);
            }
        }
        Choice::Open
    }

    pub(super) fn news(&mut self, news: VaultNews) {
        if let (State::Looking, VaultNews::Found(found)) = (&self.state, news) {
            self.state = match found {
                Ok(plugged) => State::Found(plugged),
                Err(why) => State::Failed(why),
            };
        }
    }

    /// The list, with a remark on each.
    pub(super) fn write(&self, text: &mut Text, remark: impl Fn(&MediumEntry) -> &'static str) {
        match &self.state {
            State::Looking => {
                text.plain(LOOKING);
            }
            State::Failed(why) => {
                text.toned(Tone::Warn, why.as_str());
            }
            State::Found(plugged) if plugged.media.is_empty() => {
                text.toned(Tone::Strong, "No stick or card is plugged in.");
                text.gap();
                text.plain("Plug one in, then press r.");
            }
            State::Found(plugged) => {
                let at = self.cursor.at(plugged.media.len());
                for (place, medium) in plugged.media.iter().enumerate() {
                    row(text, place == at, &medium.name, Tone::Faint, remark(medium));
                }
            }
        }
    }

    /// The keys that work here.
    pub(super) fn keys(&self) -> Vec<Hotkey> {
        let mut keys = vec![("r", "look again"), ("Esc", "back"), ("?", "help")];
        match &self.state {
            State::Looking => {
                keys.remove(0);
            }
            State::Found(plugged) if !plugged.media.is_empty() => {
                keys.splice(0..0, [("Enter", "take it"), ("arrows", "choose")]);
            }
            State::Failed(_) | State::Found(_) => {}
        }
        keys
    }
}

/// While it is asked.
pub(super) const LOOKING: &str = "Looking at sticks and cards ...";
