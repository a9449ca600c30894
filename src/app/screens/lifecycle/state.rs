//! What the key is, since when, and what may be done about it.

use super::*;
use crate::app::lifecycle::{meaning, shown};

/// Most changes that are shown: the newest.
const SHOWN: usize = 5;

/// The states that a person gives a key, each with its letter. Drilled is what a drill makes it.
const CHOICES: [(&str, State, &str); 5] = [
    ("a", State::Active, "it signs"),
    ("s", State::Suspended, "it rests, and can come back"),
    ("r", State::Retired, "out of use; late coins go to its successor"),
    ("c", State::Compromised, "somebody else may have it"),
    ("x", State::Destroyed, "its copies are destroyed"),
];

pub(super) fn key(key: &Key, core: &Core) -> Screen {
    let Some(session) = &core.session else { return Screen::home() };
    let Key::Char(letter) = key else { return Lifecycle::at(Step::Shown) };
    let to = CHOICES.iter().find(|(key, ..)| key.starts_with(*letter)).map(|(_, to, _)| *to);
    Lifecycle::at(match (letter, to) {
        (_, Some(to)) if session.life.state().next().contains(&to) => Step::Asked(to),
        ('w', _) => Step::Choosing,
        ('g', _) => Step::Replacing,
        _ => Step::Shown,
    })
}

pub(super) fn view<'a>(core: &Core) -> View<'a> {
    let mut text = Text::new();
    text.gap();
    if let Some(session) = &core.session {
        let state = session.life.state();
        let line = Line::new(format!("{} is ", session.name()));
        text.line(line.and(Tone::Strong, state.to_string()).and(Tone::Plain, "."));
        text.plain(meaning(state));
        text.gap();
        let changes = session.life.changes();
        for change in &changes[changes.len().saturating_sub(SHOWN)..] {
            text.field(&change.state.to_string(), Tone::Plain, shown(change.when));
        }
        match &session.successor {
            Some(successor) => text.field("successor", Tone::Strong, successor.title()),
            None => text.field("successor", Tone::Faint, "none is registered"),
        };
        text.gap();
        for (key, to, remark) in CHOICES {
            if state.next().contains(&to) {
                text.choice(key, &format!("It is {to} now"), remark);
            }
        }
        text.choice("w", "Register its successor", "a wallet that is loaded");
        text.choice("g", "Replace it by a new key", "step by step, to the last coin");
        text.gap();
        match (core.life_is_kept(), core.sealed_key()) {
            (true, _) => text.toned(Tone::Faint, IN_VAULT),
            (false, Some(_)) => text.toned(Tone::Warn, NO_ROOM),
            (false, None) => text.toned(Tone::Warn, KEPT),
        };
    }
    words_view(core, "This key's life", text, vec![("Esc", "back"), ("?", "help")])
}

const NO_ROOM: &str = "The open vault has no room for all of this: what is new is kept until you lock, and no longer.";
const IN_VAULT: &str = "This is kept with the key in the open vault.";
const KEPT: &str = "This is kept until you lock, and no longer.";
