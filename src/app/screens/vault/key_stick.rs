//! The stick with the key file: chosen, read, or made.

use super::choosing::{Choice, Sticks};
use super::*;
use crate::app::storage::MediumEntry;
use crate::vault::KeyFile;

/// The stick with the key file.
#[derive(Default)]
pub(super) struct KeyStick {
    sticks: Option<Sticks>,
    /// A key file may be made here, not only read.
    makes: bool,
    state: State,
    trouble: Option<String>,
}

#[derive(Default)]
enum State {
    #[default]
    Choosing,
    /// The stick's name.
    Reading(String),
    /// The stick's name.
    Making(String),
    Held(KeyFile),
}

/// What a key, or the machine, did to it.
pub(super) enum Stick {
    /// There is no key file yet.
    Open,
    /// One step back.
    Back,
    /// The key file is there.
    Done,
}

impl KeyStick {
    /// For a new lock: a stick without a key file gets one.
    pub(super) fn making() -> Self {
        Self { makes: true, ..Self::default() }
    }

    /// Asks for the sticks.
    pub(super) fn look(&mut self, core: &mut Core) {
        self.sticks = Some(Sticks::look(core));
        self.state = State::Choosing;
        self.trouble = None;
    }

    /// The key file, once it was read.
    pub(super) fn key_file(&self) -> Option<&KeyFile> {
        match &self.state {
            State::Held(key_file) => Some(key_file),
            _ => None,
        }
    }

    pub(super) fn key(&mut self, key: &Key, core: &mut Core) -> Stick {
        self.trouble = None;
        match (&self.state, key) {
            (State::Choosing | State::Held(_), key) => match &mut self.sticks {
                Some(sticks) => match sticks.key(key, core) {
                    Choice::Open => {}
                    Choice::Back => return Stick::Back,
                    Choice::Taken(medium) => self.take(&medium, core),
                },
                None => return Stick::Back,
            },
            (State::Reading(_), Key::Esc) => self.state = State::Choosing,
            // A file that is being made is waited for: else nobody would know of it.
            (State::Reading(_) | State::Making(_), _) => {}
        }
        Stick::Open
    }

    fn take(&mut self, medium: &MediumEntry, core: &mut Core) {
        if medium.key_file {
            ask(VaultErrand::ReadKeyFile(medium.id), core);
            self.state = State::Reading(medium.name.clone());
        } else if self.makes {
            ask(VaultErrand::CreateKeyFile(medium.id), core);
            self.state = State::Making(medium.name.clone());
        } else {
            self.trouble = Some(NO_KEY_FILE.into());
        }
    }

    pub(super) fn news(&mut self, news: VaultNews) -> Stick {
        let bytes = match (&self.state, news) {
            (State::Reading(_), VaultNews::KeyFile(bytes))
            | (State::Making(_), VaultNews::KeyFileCreated(bytes)) => bytes,
            (_, news) => {
                if let Some(sticks) = &mut self.sticks {
                    sticks.news(news);
                }
                return Stick::Open;
            }
        };
        let key_file =
            bytes.and_then(|bytes| KeyFile::new(&bytes).map_err(|error| error.to_string()));
        match key_file {
            Ok(key_file) => {
                self.state = State::Held(key_file);
                Stick::Done
            }
            Err(why) => {
                self.state = State::Choosing;
                self.trouble = Some(why);
                Stick::Open
            }
        }
    }

    pub(super) fn write(&self, text: &mut Text) -> Vec<Hotkey> {
        match &self.state {
            State::Reading(name) => {
                text.plain(format!("Reading the key file on {name} ..."));
                return vec![("Esc", "back")];
            }
            State::Making(name) => {
                text.plain(format!("Making a key file on {name}, and reading it back ..."));
                text.gap();
                text.toned(Tone::Strong, "Leave the stick in.");
                return vec![];
            }
            State::Choosing | State::Held(_) => {}
        }
        text.plain(if self.makes { MAKES } else { READS });
        text.gap();
        let Some(sticks) = &self.sticks else { return vec![("Esc", "back")] };
        let makes = self.makes;
        sticks.write(text, |medium| match (medium.key_file, makes) {
            (true, _) => "has a key file, which is taken",
            (false, true) => "gets a new key file",
            (false, false) => "no key file",
        });
        if let Some(trouble) = &self.trouble {
            text.gap();
            text.toned(Tone::Warn, trouble.as_str());
        }
        sticks.keys()
    }
}

const MAKES: &str = "The key file goes on a second stick, which is kept elsewhere. Without it nothing opens the \
    vault: copy that stick, too. Which stick is it?";
const READS: &str = "Which stick holds the key file?";
const NO_KEY_FILE: &str =
    "There is no key file on this stick. Take another, or plug it in and press r.";
