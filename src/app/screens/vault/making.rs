//! Making a vault: what opens it, a duress passphrase if wanted, the stick, and the writing.

use super::choosing::{Choice, Sticks};
use super::contents::ContentsList;
use super::hidden::{Turn, Twice};
use super::locking::{Ground, Locking, Progress};
use super::look::Look;
use super::*;
use crate::app::storage::{MediumEntry, VaultEntry};
use crate::app::vault::OpenVault;
use crate::vault::{Contents, Created, Draft, Locks, Opened, Unlock, VaultError};

/// A vault that is being made. All that was typed is kept until it is left.
pub struct Making {
    locking: Locking,
    locks: Option<Locks>,
    duress: Twice,
    /// The duress passphrase's key, once it was made.
    second: Option<Locks>,
    sticks: Option<Sticks>,
    step: Step,
    trouble: Option<String>,
}

enum Step {
    Locking,
    /// A duress passphrase, or none?
    Offer,
    Duress,
    /// A key is being made of the duress passphrase.
    Working,
    Stick,
    /// The file is being made for this stick.
    Sealing(MediumEntry),
    /// The file is being written.
    Writing(Box<Opened>, MediumEntry),
    Done(String),
}

impl Making {
    pub(super) fn begin() -> Screen {
        Box::new(Self {
            locking: Locking::new(Ground::New(None)),
            locks: None,
            duress: Twice::default(),
            second: None,
            sticks: None,
            step: Step::Locking,
            trouble: None,
        })
        .on()
    }

    fn at(mut self: Box<Self>, step: Step) -> Screen {
        self.step = step;
        self.on()
    }

    fn failed(mut self: Box<Self>, step: Step, why: String) -> Screen {
        self.trouble = Some(why);
        self.at(step)
    }

    fn locked(mut self: Box<Self>, progress: Progress, core: &mut Core) -> Screen {
        match progress {
            Progress::Going => self.on(),
            Progress::Back => Look::begin(core), // all that was typed is wiped here
            Progress::Done(locks) => {
                self.locks = Some(locks);
                self.at(Step::Offer)
            }
            Progress::AsBefore => self.at(Step::Offer),
        }
    }

    fn choose_stick(mut self: Box<Self>, core: &mut Core) -> Screen {
        self.sticks = Some(Sticks::look(core));
        self.at(Step::Stick)
    }

    fn stick(mut self: Box<Self>, key: &Key, core: &mut Core) -> Screen {
        let Some(sticks) = &mut self.sticks else { return self.on() };
        match sticks.key(key, core) {
            Choice::Open => self.on(),
            Choice::Back => self.at(Step::Offer),
            // Whoever finds this stick would find both.
            Choice::Taken(medium) if self.locking.has_key_file() && medium.key_file => {
                self.failed(Step::Stick, KEY_FILE_HERE.into())
            }
            Choice::Taken(medium) => self.at(Step::Sealing(medium)),
        }
    }

    /// Turns the duress passphrase into a key: a second of work.
    fn duress(&self) -> Result<Locks, VaultError> {
        let mut locks = Locks::new();
        if let Some(blank) = self.locking.blank() {
            let unlock = Unlock::derive(&blank.terms(), self.duress.text(), None)?;
            locks.passphrase(no_name(), unlock)?;
        }
        Ok(locks)
    }

    fn create(&self, core: &mut Core) -> Result<Created, VaultError> {
        let (Some(blank), Some(locks)) = (self.locking.blank(), &self.locks) else {
            return Err(VaultError::Ways(0));
        };
        let settings = core.vault_settings(Default::default());
        let contents = Contents { settings, ..Contents::default() };
        let first = Draft { locks, contents: &contents };
        let second = self.second.as_ref().map(|locks| Draft { locks, contents: &contents });
        blank.create(&first, second.as_ref(), &mut core.settings.random)
    }

    fn seal(self: Box<Self>, medium: MediumEntry, core: &mut Core) -> Screen {
        match self.create(core) {
            Ok(Created { file, opened }) => {
                ask(VaultErrand::Create { on: medium.id, bytes: file }, core);
                self.at(Step::Writing(Box::new(opened), medium))
            }
            // A passphrase that serves twice: the duress passphrase is the one to change.
            Err(VaultError::SamePassphrase) => {
                self.failed(Step::Duress, VaultError::SamePassphrase.to_string())
            }
            Err(error) => self.failed(Step::Stick, error.to_string()),
        }
    }

    fn written(
        mut self: Box<Self>,
        opened: Opened,
        outcome: Result<VaultEntry, String>,
        core: &mut Core,
    ) -> Screen {
        match outcome {
            Ok(entry) => {
                let place = format!("{} on {}", entry.name, entry.medium);
                let settings = core.vault_settings(Default::default());
                let contents = Box::new(Contents { settings, ..Contents::default() });
                OpenVault::hold(entry, opened, contents, core);
                self.at(Step::Done(place))
            }
            Err(why) => {
                self.trouble = Some(why);
                self.choose_stick(core)
            }
        }
    }
}

impl Page for Making {
    fn on(self: Box<Self>) -> Screen {
        Screen::Vault(VaultScreen::Making(self))
    }

    fn key(mut self: Box<Self>, key: Key, core: &mut Core) -> Screen {
        match &mut self.step {
            Step::Working | Step::Sealing(_) | Step::Writing(..) => return self.on(),
            Step::Locking => {
                let progress = self.locking.key(&key, core);
                return self.locked(progress, core);
            }
            Step::Done(_) => {
                return match key {
                    Key::Enter | Key::Esc => ContentsList::show(),
                    _ => self.on(),
                };
            }
            _ => self.trouble = None,
        }
        match (&self.step, key) {
            (Step::Offer, Key::Esc) => {
                self.locking.again();
                self.at(Step::Locking)
            }
            (Step::Offer, Key::Enter) => {
                self.second = None;
                self.choose_stick(core)
            }
            (Step::Offer, Key::Char('d')) => self.at(Step::Duress),
            (Step::Duress, key) => match self.duress.key(&key) {
                Turn::Typing => self.on(),
                Turn::Back => self.at(Step::Offer),
                Turn::Done => self.at(Step::Working),
            },
            (Step::Stick, key) => self.stick(&key, core),
            _ => self.on(),
        }
    }

    fn tick(mut self: Box<Self>, core: &mut Core) -> Screen {
        match std::mem::replace(&mut self.step, Step::Locking) {
            Step::Locking => {
                let progress = self.locking.tick(core);
                self.locked(progress, core)
            }
            Step::Working => match self.duress() {
                Ok(locks) => {
                    self.second = Some(locks);
                    self.choose_stick(core)
                }
                Err(error) => self.failed(Step::Duress, error.to_string()),
            },
            Step::Sealing(medium) => self.seal(medium, core),
            step => self.at(step),
        }
    }

    fn news(mut self: Box<Self>, news: VaultNews, core: &mut Core) -> Screen {
        match (std::mem::replace(&mut self.step, Step::Locking), news) {
            (Step::Locking, news) => {
                self.locking.news(news);
                self.on()
            }
            (Step::Stick, news) => {
                if let Some(sticks) = &mut self.sticks {
                    sticks.news(news);
                }
                self.at(Step::Stick)
            }
            (Step::Writing(opened, _), VaultNews::Created(outcome)) => {
                self.written(*opened, outcome, core)
            }
            (step, _) => self.at(step),
        }
    }

    fn view(&self, core: &Core) -> View<'_> {
        let mut text = Text::new();
        text.gap();
        let keys = match &self.step {
            Step::Locking => return self.locking.view(TITLE, core),
            Step::Offer => {
                text.toned(Tone::Strong, "A duress passphrase?");
                text.gap();
                text.plain(DURESS);
                text.gap();
                text.toned(Tone::Warn, DURESS_LIMITS);
                text.gap();
                text.choice("Enter", "No", "go on without one");
                text.choice("d", "Yes", "choose one now");
                vec![("Enter", "without"), ("d", "with one"), ("Esc", "back"), ("?", "help")]
            }
            Step::Duress => {
                text.plain("The duress passphrase, which opens the second vault, typed twice:");
                text.gap();
                self.duress.write(&mut text);
                let tab = self.duress.tab();
                vec![("Enter", "go on"), ("Tab", tab), ("Esc", "back"), ("F1", "help")]
            }
            Step::Working => {
                text.plain("Turning the passphrase into a key, about a second ...");
                vec![]
            }
            Step::Stick => {
                text.plain("On which stick or card? It needs 2 MB of room; nothing on it is changed otherwise.");
                text.gap();
                match &self.sticks {
                    Some(sticks) => {
                        sticks.write(&mut text, |medium| {
                            if medium.key_file { "a key file is on it" } else { "" }
                        });
                        sticks.keys()
                    }
                    None => vec![("Esc", "back")],
                }
            }
            Step::Sealing(_) => {
                text.plain("Sealing the vault ...");
                vec![]
            }
            Step::Writing(_, medium) => {
                text.plain(format!(
                    "Writing the vault on {}, and reading it back ...",
                    medium.name
                ));
                text.gap();
                text.toned(Tone::Strong, "Leave the stick in.");
                vec![]
            }
            Step::Done(place) => {
                text.plain("The vault was made, and reads back:");
                text.gap();
                text.toned(Tone::Strong, format!("    {place}"));
                text.gap();
                text.toned(Tone::Strong, "You may remove the stick now.");
                text.gap();
                text.plain(NEXT);
                vec![("Enter", "see what is in it"), ("?", "help")]
            }
        };
        if let Some(trouble) = &self.trouble {
            text.gap();
            text.toned(Tone::Warn, trouble.as_str());
        }
        let mut view = words_view(core, TITLE, text, keys);
        if self.is_typing() {
            view.status = layout_in_use(core);
        }
        view
    }

    fn help(&self) -> &'static [&'static str] {
        match self.step {
            Step::Offer | Step::Duress => help::DURESS,
            _ => help::MAKE,
        }
    }

    fn holds_a_secret(&self) -> bool {
        self.locking.holds_a_secret()
    }

    fn is_typing(&self) -> bool {
        match self.step {
            Step::Locking => self.locking.is_typing(),
            Step::Duress => true,
            _ => false,
        }
    }
}

const TITLE: &str = "Make a vault";
const KEY_FILE_HERE: &str = "A key file is on this stick: whoever finds it would have both. Take another stick for the vault.";
const DURESS: &str = "A duress passphrase opens a second, separate vault in the same file, for the day on which \
    somebody forces you to open it. Put a believable seed with some coins into it, and use it now and \
    then. Nothing in the file shows whether there is a second vault.";
const DURESS_LIMITS: &str = "Its limits: somebody who has two copies of the file, taken at different times, sees which half was \
    written in between. If both halves ever were, there are two vaults. And whoever reads this knows \
    that there may be one.";
const NEXT: &str = "It is open and empty. Put the stick back in before you put something into it.";
