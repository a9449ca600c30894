//! What is plugged in: the vaults on it, and which of several copies is the newest.

use super::super::cursor::{Cursor, row};
use super::choosing::LOOKING;
use super::contents::ContentsList;
use super::copying::Copying;
use super::destroying::Destroying;
use super::making::Making;
use super::older::Older;
use super::opening::Opening;
use super::*;
use crate::app::storage::{Plugged, Remains, VaultEntry};
use crate::vault::{Peek, Standing, peek};

/// The list of vaults, or the wait for it.
pub struct Look {
    state: State,
    cursor: Cursor,
}

enum State {
    Looking,
    /// There is no list: why.
    Failed(String),
    Found(Plugged),
}

impl Look {
    /// Asks for the list.
    pub(in super::super) fn begin(core: &mut Core) -> Screen {
        ask(VaultErrand::Look, core);
        Self { state: State::Looking, cursor: Cursor::default() }.screen()
    }

    fn screen(self) -> Screen {
        Box::new(self).on()
    }

    fn found(&self) -> Option<(&Plugged, &VaultEntry)> {
        let State::Found(plugged) = &self.state else { return None };
        plugged.vaults.get(self.cursor.at(plugged.vaults.len())).map(|entry| (plugged, entry))
    }

    /// Reads the vault's file, or says what is left of one; an older copy, and one of two that differ, only after a sentence.
    fn open(self: Box<Self>, core: &mut Core) -> Screen {
        let Some((plugged, entry)) = self.found() else { return self.on() };
        if let Some(remains) = entry.remains() {
            return Message::show(TITLE, what_is(remains), self.on());
        }
        match peek(&entry.heads) {
            Err(error) => Message::show(TITLE, error.to_string(), self.on()),
            Ok(peek) => match Copy::of(entry, &peek, plugged) {
                Copy::Newest | Copy::Only => Opening::begin(entry.clone(), core),
                copy => Older::ask(entry.clone(), &copy, self),
            },
        }
    }
}

/// How one copy of a vault stands to the others that are plugged in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Copy {
    /// There is no other.
    Only,
    /// No other is newer.
    Newest,
    /// A newer one is on this stick.
    Older(String),
    /// Another one, on this stick, was changed as often, otherwise.
    Diverged(String),
}

impl Copy {
    fn of(entry: &VaultEntry, own: &Peek, plugged: &Plugged) -> Self {
        let others = plugged.vaults.iter().filter(|other| other.id != entry.id);
        let mut copy = Self::Only;
        for (place, peek) in others.filter_map(|other| Some((other, peek(&other.heads).ok()?))) {
            copy = match (peek.beside(own), copy) {
                (Standing::Newer, _) => return Self::Older(place.medium.clone()),
                (Standing::Diverged, _) => Self::Diverged(place.medium.clone()),
                (Standing::Older | Standing::Same, Self::Only) => Self::Newest,
                (_, copy) => copy,
            };
        }
        copy
    }

    fn remark(&self) -> (Tone, String) {
        match self {
            Self::Only => (Tone::Faint, String::new()),
            Self::Newest => (Tone::Proven, "   newest copy".into()),
            Self::Older(_) => (Tone::Warn, "   older copy".into()),
            Self::Diverged(_) => (Tone::Warn, "   two copies differ".into()),
        }
    }
}

impl Page for Look {
    fn on(self: Box<Self>) -> Screen {
        Screen::Vault(VaultScreen::Look(self))
    }

    fn key(mut self: Box<Self>, key: Key, core: &mut Core) -> Screen {
        match (key, &self.state) {
            (Key::Esc, _) if core.vault.is_some() => ContentsList::show(),
            (Key::Esc, _) => Screen::home(),
            (_, State::Looking) => self.on(),
            (Key::Char('r'), _) => Self::begin(core),
            (Key::Char('m') | Key::Enter, _) if core.vault.is_some() => {
                Message::show(TITLE, ONE, self.on())
            }
            (Key::Char('m'), _) => Making::begin(),
            (Key::Enter, _) => self.open(core),
            (Key::Char('c'), State::Found(plugged)) => match self.found() {
                Some((_, entry)) if entry.remains().is_some() => self.open(core),
                Some((_, entry)) => Copying::begin(entry.clone(), plugged.clone()),
                None => self.on(),
            },
            (Key::Char('x'), _) => match self.found() {
                Some((_, entry)) => Destroying::ask(entry.clone()),
                None => self.on(),
            },
            (key, State::Found(plugged)) => {
                let count = plugged.vaults.len();
                self.cursor.key(&key, count);
                self.on()
            }
            (_, State::Failed(_)) => self.on(),
        }
    }

    fn news(mut self: Box<Self>, news: VaultNews, _core: &mut Core) -> Screen {
        if let (State::Looking, VaultNews::Found(found)) = (&self.state, news) {
            self.state = match found {
                Ok(plugged) => State::Found(plugged),
                Err(why) => State::Failed(why),
            };
        }
        self.on()
    }

    fn view(&self, core: &Core) -> View<'_> {
        let mut text = Text::new();
        text.gap();
        let mut keys = vec![("r", "look again"), ("Esc", "back"), ("?", "help")];
        match &self.state {
            State::Looking => {
                text.plain(LOOKING);
                keys.remove(0);
            }
            State::Failed(why) => {
                text.toned(Tone::Warn, why.as_str());
            }
            State::Found(plugged) if plugged.vaults.is_empty() => {
                let what = if plugged.media.is_empty() { NO_STICK } else { NO_VAULT };
                text.toned(Tone::Strong, what);
                text.gap();
                text.plain(WHAT);
                text.gap();
                text.choice("m", "Make a vault", "on a stick or card");
                keys.insert(0, ("m", "make one"));
            }
            State::Found(plugged) => {
                let at = self.cursor.at(plugged.vaults.len());
                for (place, entry) in plugged.vaults.iter().enumerate() {
                    let (tone, remark) = describe(entry, plugged);
                    row(&mut text, place == at, &entry.name, tone, &remark);
                }
                text.gap();
                text.choice("m", "Make another vault", "");
                text.choice("c", "Copy the vault", "to another stick");
                text.choice("x", "Destroy the vault", "");
                keys.splice(0..0, [("Enter", "open it"), ("arrows", "choose")]);
            }
        }
        words_view(core, TITLE, text, keys)
    }

    fn help(&self) -> &'static [&'static str] {
        help::LOOK
    }
}

/// The stick, how often the vault was written, and how it stands to its copies.
fn describe(entry: &VaultEntry, plugged: &Plugged) -> (Tone, String) {
    match entry.remains() {
        Some(Remains::Unfinished) => {
            return (Tone::Warn, format!("{}   not finished", entry.medium));
        }
        Some(Remains::Overwritten) => {
            return (Tone::Warn, format!("{}   overwritten, not removed", entry.medium));
        }
        None => {}
    }
    match peek(&entry.heads) {
        Ok(own) => {
            let (tone, remark) = Copy::of(entry, &own, plugged).remark();
            let times = own.generation().0;
            (tone, format!("{}   write {times}{remark}", entry.medium))
        }
        Err(_) => (Tone::Warn, format!("{}   cannot be read", entry.medium)),
    }
}

fn what_is(remains: Remains) -> &'static str {
    match remains {
        Remains::Unfinished => UNFINISHED,
        Remains::Overwritten => OVERWRITTEN,
    }
}

/// What the journey is called.
pub(super) const TITLE: &str = "Vault";
const ONE: &str = "A vault is open already. Lock it at home first (l).";
const UNFINISHED: &str = "This file is shorter than a vault: the stick was pulled out, or the power went, while the vault was \
    made. Nothing in it opens. Remove it with x, and make the vault again.";
const OVERWRITTEN: &str = "This was a vault. It was being destroyed, and that was cut off: its keys are overwritten, and nothing \
    in it opens. Press x to finish.";
const NO_STICK: &str = "No stick or card is plugged in.";
const NO_VAULT: &str = "There is no vault on what is plugged in.";
const WHAT: &str = "A vault is one sealed file on a stick or card: seeds, shared wallets and what was signed, behind \
    a passphrase. Nothing needs one: words on paper open a wallet, too. Plug a stick in and press r, \
    or make a vault.";
