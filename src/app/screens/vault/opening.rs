//! Opening a vault: its file is read, then one passphrase after another until it opens.

use super::contents::ContentsList;
use super::hidden::Hidden;
use super::key_stick::{KeyStick, Stick};
use super::look::{Look, TITLE};
use super::*;
use crate::app::storage::VaultEntry;
use crate::app::vault::OpenVault;
use crate::vault::{self, Contents, Offer, Opened, Refused, Unlock, Vault, VaultError};

/// Wrong passphrases since the start after which the machine powers off.
pub const MOST_WRONG: u8 = 10;

/// A vault that is being opened.
pub struct Opening {
    entry: VaultEntry,
    key_file: KeyStick,
    typed: Hidden,
    state: State,
    trouble: Option<String>,
}

enum State {
    /// The file is being read.
    Reading,
    /// One of the two copies in the file is damaged; the other is whole.
    Damaged(Box<Refused>),
    Typing(Round),
    KeyStick(Round),
    /// A key is being made of what was typed.
    Working(Round),
}

/// A vault's file, and who has given a passphrase.
struct Round {
    opening: Box<vault::Opening>,
    given: Vec<String>,
    needed: usize,
}

impl Opening {
    /// Reads the file.
    pub(super) fn begin(entry: VaultEntry, core: &mut Core) -> Screen {
        ask(VaultErrand::Read(entry.id), core);
        let (key_file, typed) = (KeyStick::default(), Hidden::default());
        Box::new(Self { entry, key_file, typed, state: State::Reading, trouble: None }).on()
    }

    fn with(mut self: Box<Self>, state: State) -> Screen {
        self.state = state;
        self.on()
    }

    fn begun(self: Box<Self>, vault: Vault) -> Screen {
        let opening = Box::new(vault::Opening::new(vault));
        self.with(State::Typing(Round { opening, given: vec![], needed: 0 }))
    }

    fn read(self: Box<Self>, file: &[u8], core: &mut Core) -> Screen {
        match Vault::read(file) {
            Ok(vault) => self.begun(vault),
            Err(refused) if matches!(refused.error(), VaultError::Damaged { .. }) => {
                self.with(State::Damaged(Box::new(refused)))
            }
            Err(refused) => Message::show(TITLE, refused.to_string(), Look::begin(core)),
        }
    }

    fn typing(mut self: Box<Self>, round: Round, key: &Key, core: &mut Core) -> Screen {
        self.trouble = None;
        match key {
            Key::Esc => return Look::begin(core), // what was typed and given is wiped here
            Key::Enter if self.typed.is_empty() => self.trouble = Some(EMPTY.into()),
            Key::Enter => return self.with(State::Working(round)),
            Key::Down => {
                self.key_file.look(core);
                return self.with(State::KeyStick(round));
            }
            key => {
                self.typed.key(key);
            }
        }
        self.with(State::Typing(round))
    }

    /// Tries what was typed: a second of work.
    fn offer(mut self: Box<Self>, mut round: Round, core: &mut Core) -> Screen {
        let terms = round.opening.terms();
        let unlock = Unlock::derive(&terms, self.typed.text(), self.key_file.key_file());
        match unlock.and_then(|unlock| round.opening.offer(&unlock)) {
            Ok(Offer::Opened(opened, contents)) => return self.opened(opened, contents, core),
            Ok(Offer::Share { label, given, needed }) => {
                round.needed = needed;
                round.given.push(label.as_str().into());
                debug_assert_eq!(given, round.given.len());
                self.typed = Hidden::default(); // the next one sees nothing of it
            }
            Err(VaultError::NothingOpens) => {
                let wrong = core.settings.wrong_passphrases.saturating_add(1);
                core.settings.wrong_passphrases = wrong;
                if wrong >= MOST_WRONG {
                    core.lock();
                    core.ask(Command::Quit);
                }
                self.trouble = Some(format!("{} {}", VaultError::NothingOpens, count(wrong, core)));
            }
            Err(error) => {
                if error == VaultError::FalseShares {
                    round.given.clear();
                }
                self.trouble = Some(error.to_string());
            }
        }
        self.with(State::Typing(round))
    }

    fn opened(
        self: Box<Self>,
        opened: Box<Opened>,
        contents: Box<Contents>,
        core: &mut Core,
    ) -> Screen {
        OpenVault::hold(self.entry, *opened, contents, core);
        ContentsList::show()
    }
}

/// How many wrong passphrases there were, and what follows.
fn count(wrong: u8, core: &Core) -> String {
    let end = match core.settings.appliance {
        Some(_) => "the machine wipes itself and powers off",
        None => "everything is wiped and the program ends",
    };
    let left = MOST_WRONG.saturating_sub(wrong);
    match (wrong, left) {
        (_, 0) => format!("That was wrong for the {MOST_WRONG}th time: {end}."),
        (1, _) => format!("That was wrong once; after {left} more {end}."),
        (_, 1) => format!("That was wrong {wrong} times; after one more {end}."),
        _ => format!("That was wrong {wrong} times; after {left} more {end}."),
    }
}

impl Page for Opening {
    fn on(self: Box<Self>) -> Screen {
        Screen::Vault(VaultScreen::Opening(self))
    }

    fn key(mut self: Box<Self>, key: Key, core: &mut Core) -> Screen {
        match (std::mem::replace(&mut self.state, State::Reading), key) {
            (State::Reading | State::Damaged(_), Key::Esc) => Look::begin(core),
            (State::Damaged(refused), Key::Char('o')) => match refused.take_what_is_whole() {
                Some(vault) => self.begun(vault),
                None => Look::begin(core),
            },
            (State::Typing(round), key) => self.typing(round, &key, core),
            (State::KeyStick(round), key) => match self.key_file.key(&key, core) {
                Stick::Open => self.with(State::KeyStick(round)),
                Stick::Back | Stick::Done => self.with(State::Typing(round)),
            },
            (state, _) => self.with(state),
        }
    }

    fn tick(mut self: Box<Self>, core: &mut Core) -> Screen {
        match std::mem::replace(&mut self.state, State::Reading) {
            State::Working(round) => self.offer(round, core),
            state => self.with(state),
        }
    }

    fn news(mut self: Box<Self>, news: VaultNews, core: &mut Core) -> Screen {
        match (std::mem::replace(&mut self.state, State::Reading), news) {
            (State::Reading, VaultNews::Read(id, Ok(file))) if id == self.entry.id => {
                self.read(&file, core)
            }
            (State::Reading, VaultNews::Read(id, Err(why))) if id == self.entry.id => {
                Message::show(TITLE, why, Look::begin(core))
            }
            (State::KeyStick(round), news) => match self.key_file.news(news) {
                Stick::Open => self.with(State::KeyStick(round)),
                Stick::Back | Stick::Done => self.with(State::Typing(round)),
            },
            (state, _) => self.with(state),
        }
    }

    fn view(&self, core: &Core) -> View<'_> {
        let mut text = Text::new();
        text.gap();
        let place = format!("{} on {}", self.entry.name, self.entry.medium);
        let keys = match &self.state {
            State::Reading => {
                text.plain(format!("Reading {place} ..."));
                vec![("Esc", "back")]
            }
            State::Damaged(refused) => {
                text.toned(Tone::Warn, refused.to_string());
                text.gap();
                text.choice("o", "Open what is whole", "and mend the other copy");
                text.choice("Esc", "Back", "to use the file on another stick");
                vec![("o", "open what is whole"), ("Esc", "back"), ("?", "help")]
            }
            State::Typing(round) => self.typing_view(round, &place, &mut text),
            State::KeyStick(_) => self.key_file.write(&mut text),
            State::Working(_) => {
                text.plain(WORKING);
                vec![]
            }
        };
        let mut view = words_view(core, "Open a vault", text, keys);
        if self.is_typing() {
            view.status = layout_in_use(core);
        }
        view
    }

    fn help(&self) -> &'static [&'static str] {
        help::OPEN
    }

    fn holds_a_secret(&self) -> bool {
        !matches!(self.state, State::Reading | State::Damaged(_))
    }

    fn is_typing(&self) -> bool {
        matches!(self.state, State::Typing(_))
    }
}

impl Opening {
    fn typing_view(&self, round: &Round, place: &str, text: &mut Text) -> Vec<Hotkey> {
        if round.given.is_empty() {
            text.plain(format!("The passphrase that opens {place}:"));
        } else {
            let (needed, given) = (round.needed, round.given.len());
            let names = round.given.join(", ");
            text.toned(
                Tone::Strong,
                format!("{needed} custodians are needed, {given} given: {names}."),
            );
            text.gap();
            text.plain("Hand the keyboard to the next one. Nobody else looks.");
        }
        text.gap();
        text.line(self.typed.line("passphrase", true));
        text.gap();
        self.typed.remarks(text);
        let held = self.key_file.key_file().is_some();
        text.toned(Tone::Faint, if held { WITH_KEY_FILE } else { WITHOUT_KEY_FILE });
        if let Some(trouble) = &self.trouble {
            text.gap();
            text.toned(Tone::Warn, trouble.as_str());
        }
        let file = if held { "another key file" } else { "key file" };
        vec![
            ("Enter", "open"),
            ("Tab", self.typed.tab()),
            ("Down", file),
            ("Esc", "back"),
            ("F1", "help"),
        ]
    }
}

const EMPTY: &str = "No passphrase is typed.";
const WITH_KEY_FILE: &str = "The key file was read. It counts only where the vault needs one.";
const WITHOUT_KEY_FILE: &str =
    "If a key file belongs to it, plug that stick in and press the Down arrow first.";
const WORKING: &str = "Turning the passphrase into a key. That takes about a second on the machine that made the \
    vault, on purpose: so does each guess of somebody who has the stick.";
