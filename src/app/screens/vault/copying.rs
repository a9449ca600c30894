//! A copy of a vault on another stick, as it stands in the file: no passphrase is needed for it.

use super::choosing::{Choice, Sticks};
use super::look::Look;
use super::*;
use crate::app::storage::{MediumEntry, Plugged, VaultEntry};
use crate::vault::Vault;

/// A vault on its way to another stick.
pub struct Copying {
    from: VaultEntry,
    sticks: Sticks,
    state: State,
    trouble: Option<String>,
}

enum State {
    Choosing,
    Reading(MediumEntry),
    Writing(MediumEntry),
    /// On this stick, under this name.
    Done(String),
}

impl Copying {
    pub(super) fn begin(from: VaultEntry, plugged: Plugged) -> Screen {
        let sticks = Sticks::of(plugged);
        Box::new(Self { from, sticks, state: State::Choosing, trouble: None }).on()
    }

    fn failed(mut self: Box<Self>, why: String) -> Screen {
        self.state = State::Choosing;
        self.trouble = Some(why);
        self.on()
    }
}

impl Page for Copying {
    fn on(self: Box<Self>) -> Screen {
        Screen::Vault(VaultScreen::Copying(self))
    }

    fn key(mut self: Box<Self>, key: Key, core: &mut Core) -> Screen {
        match (&self.state, key) {
            // The list is not asked for again: the vault to be copied is known by it.
            (State::Choosing, Key::Char('r')) => self.on(),
            (State::Choosing, key) => {
                self.trouble = None;
                match self.sticks.key(&key, core) {
                    Choice::Open => self.on(),
                    Choice::Back => Look::begin(core),
                    Choice::Taken(medium) if medium.id == self.from.on => self.failed(SAME.into()),
                    Choice::Taken(medium) => {
                        ask(VaultErrand::Read(self.from.id), core);
                        self.state = State::Reading(medium);
                        self.on()
                    }
                }
            }
            (State::Reading(_), Key::Esc) => {
                self.state = State::Choosing;
                self.on()
            }
            (State::Done(_), Key::Enter | Key::Esc) => Look::begin(core),
            (State::Reading(_) | State::Writing(_) | State::Done(_), _) => self.on(),
        }
    }

    fn news(mut self: Box<Self>, news: VaultNews, core: &mut Core) -> Screen {
        match (&self.state, news) {
            (State::Reading(to), VaultNews::Read(id, Ok(bytes))) if id == self.from.id => {
                // Damage is not spread: a copy is made of a whole file only.
                if let Err(refused) = Vault::read(&bytes) {
                    return self.failed(refused.to_string());
                }
                ask(VaultErrand::Create { on: to.id, bytes }, core);
                self.state = State::Writing(to.clone());
                self.on()
            }
            (State::Reading(_), VaultNews::Read(id, Err(why))) if id == self.from.id => {
                self.failed(why)
            }
            (State::Writing(_), VaultNews::Created(Ok(made))) => {
                self.state = State::Done(format!("{} on {}", made.name, made.medium));
                self.on()
            }
            (State::Writing(_), VaultNews::Created(Err(why))) => self.failed(why),
            _ => self.on(),
        }
    }

    fn view(&self, core: &Core) -> View<'_> {
        let mut text = Text::new();
        text.gap();
        let keys = match &self.state {
            State::Choosing => {
                text.plain(format!(
                    "{} on {} is to be copied. To which stick?",
                    self.from.name, self.from.medium
                ));
                text.gap();
                self.sticks.write(&mut text, |medium| {
                    if medium.id == self.from.on { "it is here" } else { "" }
                });
                text.gap();
                text.toned(Tone::Faint, OLDER);
                vec![("Enter", "copy to it"), ("arrows", "choose"), ("Esc", "back"), ("?", "help")]
            }
            State::Reading(_) => {
                text.plain("Reading the vault ...");
                vec![("Esc", "back")]
            }
            State::Writing(to) => {
                text.plain(format!("Writing the copy on {}, and reading it back ...", to.name));
                text.gap();
                text.toned(Tone::Strong, "Leave the sticks in.");
                vec![]
            }
            State::Done(place) => {
                text.plain("The copy was written, and reads back:");
                text.gap();
                text.toned(Tone::Strong, format!("    {place}"));
                text.gap();
                text.toned(Tone::Strong, "You may remove the stick now.");
                vec![("Enter", "go on"), ("?", "help")]
            }
        };
        if let Some(trouble) = &self.trouble {
            text.gap();
            text.toned(Tone::Warn, trouble.as_str());
        }
        words_view(core, "Copy a vault", text, keys)
    }

    fn help(&self) -> &'static [&'static str] {
        help::LOOK
    }
}

const SAME: &str =
    "The vault is on this stick already. Choose another, or go back and plug one in.";
const OLDER: &str = "What is changed later is written to one stick only. The copy is then the older one, and is \
    named so; copy it again after a change.";
