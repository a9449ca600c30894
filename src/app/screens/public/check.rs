//! Is an address one of ours, in which wallet, and at which index?

use super::*;
use crate::app::event::AddressSearch;
use crate::wallet::{Chain, Found, Search, groups_of_four, read_address};

/// An address on its way to an answer.
pub struct Check {
    text: String,
    state: State,
}

enum State {
    Typing { trouble: Option<String> },
    Searching { search: AddressSearch, among: Vec<Whose>, done: u64 },
    Found { whose: Whose, at: Found, wallet: Box<Wallet> },
    Nowhere { among: usize },
}

/// Characters at most; BIP21 requests may have more behind the address.
const LONGEST: usize = 400;
/// Columns of the bar.
const BAR: u64 = 40;

impl Check {
    pub(super) fn typing() -> Screen {
        Self { text: String::new(), state: State::Typing { trouble: None } }.on()
    }

    /// An address that was scanned: it is looked for at once.
    pub(super) fn of(text: &str, core: &mut Core) -> Screen {
        Self { text: text.into(), state: State::Typing { trouble: None } }.look(core).on()
    }

    fn on(self) -> Screen {
        Public::Check(Box::new(self)).on()
    }

    pub(super) fn is_typing(&self) -> bool {
        matches!(self.state, State::Typing { .. })
    }

    fn look(mut self, core: &mut Core) -> Self {
        let script = match read_address(&self.text, core.settings.network) {
            Ok(script) => script,
            Err(error) => {
                self.state = State::Typing { trouble: Some(error.to_string()) };
                return self;
            }
        };
        let candidates = Whose::all(core);
        let wallets: Vec<(Whose, Wallet)> =
            candidates.into_iter().filter_map(|whose| Some((whose, whose.wallet(core)?))).collect();
        let (among, wallets): (Vec<Whose>, Vec<Wallet>) = wallets.into_iter().unzip();
        let search = core.search(Search::new(&script, &wallets));
        if search.steps() == 0 {
            self.state = State::Nowhere { among: among.len() };
            return self;
        }
        core.ask(Command::Search(search.clone()));
        self.state = State::Searching { search, among, done: 0 };
        self
    }

    pub(super) fn searched(mut self: Box<Self>, progress: &Searched) -> Box<Self> {
        let State::Searching { search, among, done } = &mut self.state else { return self };
        if !search.is(progress.search) {
            return self; // of one that was given up
        }
        *done = progress.steps;
        if let Some(at) = progress.found
            && let (Some(whose), Some(wallet)) = (among.get(at.wallet), search.wallet(at.wallet))
        {
            self.state = State::Found { whose: *whose, at, wallet: Box::new(wallet.clone()) };
        } else if progress.ended {
            self.state = State::Nowhere { among: among.len() };
        }
        self
    }

    pub(super) fn key(mut self, key: Key, core: &mut Core) -> Screen {
        match (&mut self.state, key) {
            (State::Searching { .. }, Key::Esc) => {
                core.ask(Command::StopSearch);
                self.state = State::Typing { trouble: None };
            }
            (State::Searching { .. }, _) => {}
            (_, Key::Esc) => return Public::menu(),
            (State::Typing { .. }, Key::Enter) if !self.text.is_empty() => self = self.look(core),
            (State::Typing { trouble }, key) => {
                *trouble = None;
                match key {
                    Key::Backspace => {
                        self.text.pop();
                    }
                    Key::Char(letter) if letter.is_ascii_graphic() && self.text.len() < LONGEST => {
                        self.text.push(letter);
                    }
                    _ => {}
                }
            }
            (State::Found { .. } | State::Nowhere { .. }, Key::Enter) => return Public::menu(),
            (State::Found { .. } | State::Nowhere { .. }, Key::Char('n')) => return Self::typing(),
            _ => {}
        }
        self.on()
    }

    pub(super) fn view<'a>(&'a self, core: &Core) -> View<'a> {
        let mut text = Text::new();
        text.gap();
        let keys = match &self.state {
            State::Typing { trouble } => {
                text.plain("Type or paste the address.");
                text.gap();
                text.line(
                    Line::new("[ ")
                        .and(Tone::Entry, format!("{}_", self.text))
                        .and(Tone::Plain, " ]")
                        .hang(2),
                );
                if let Some(trouble) = trouble {
                    text.gap();
                    text.toned(Tone::Warn, trouble.as_str());
                }
                vec![("Enter", "look for it"), ("Esc", "back"), ("F1", "help")]
            }
            State::Searching { search, done, .. } => {
                let steps = search.steps();
                text.plain("Looking for it among the addresses of your wallets ...");
                text.gap();
                let full = (done * BAR / steps.max(1)) as usize;
                let rest = BAR as usize - full;
                text.plain(format!("{}{}", "█".repeat(full), "░".repeat(rest)));
                text.plain(format!("{done} of {steps}"));
                vec![("Esc", "stop")]
            }
            State::Found { whose, at, wallet } => {
                text.toned(Tone::Proven, "It is yours.");
                text.gap();
                self.grouped(&mut text);
                text.gap();
                text.field("Wallet", Tone::Strong, whose.name(core));
                let chain = if at.chain == Chain::Receive { "receive" } else { "change" };
                text.field("Chain", Tone::Plain, chain);
                text.field("Index", Tone::Plain, at.index.to_string());
                text.field("Policy", Tone::Plain, wallet.policy());
                if at.chain == Chain::Change {
                    text.gap();
                    text.toned(Tone::Warn, CHANGE);
                }
                vec![("Enter", "done"), ("n", "another one"), ("?", "help")]
            }
            State::Nowhere { among } => {
                text.toned(Tone::Warn, "It was not found.");
                text.gap();
                self.grouped(&mut text);
                text.gap();
                let indexes = Search::INDEXES;
                text.plain(format!(
                    "It is none of the first {indexes} receive and change addresses of {among} \
                     accounts and shared wallets that are open here."
                ));
                text.gap();
                text.plain(NOT_FOUND);
                vec![("Enter", "done"), ("n", "another one"), ("?", "help")]
            }
        };
        words_view(core, "Check an address", text, keys)
    }

    /// The address as it was given, in groups.
    fn grouped(&self, text: &mut Text) {
        let shown = crate::wallet::visible(self.text.trim());
        text.plain(groups_of_four(&shown).join("  "));
    }
}

const CHANGE: &str = "It is a change address: do not give it to payers.";
const NOT_FOUND: &str = "Do not use it to receive. Is the right seed open, with its passphrase, and is every shared wallet \
    registered?";
