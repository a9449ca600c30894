//! Changing what opens the vault that is open: all of it replaced, something added, or a second
//! vault for duress.

use super::super::cursor::{Cursor, row};
use super::contents::ContentsList;
use super::locking::{Ground, Locking, Progress};
use super::*;
use crate::vault::{Contents, DestroysWhatMayBeThere, Draft, Locks, Terms};

/// What opens the vault, being changed.
pub struct Changing {
    terms: Terms,
    how: Cursor,
    locking: Locking,
    locks: Option<Locks>,
    chosen: bool,
    trouble: Option<String>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum How {
    Replace,
    Add,
    Second,
}

const HOWS: [(How, &str, &str); 3] = [
    (How::Replace, "Replace all that opens it", "what opens it now does not any more"),
    (How::Add, "Add another way", "what opens it now stays"),
    (How::Second, "A duress passphrase", "for a second, separate vault"),
];

impl Changing {
    pub(super) fn begin(terms: Terms) -> Screen {
        let locking = Locking::new(Ground::There(terms));
        let how = Cursor::default();
        Box::new(Self { terms, how, locking, locks: None, chosen: false, trouble: None }).on()
    }

    fn how(&self) -> How {
        HOWS[self.how.at(HOWS.len())].0
    }

    fn turned(mut self: Box<Self>, progress: Progress, core: &mut Core) -> Screen {
        match progress {
            Progress::Going => {}
            Progress::Back => self.chosen = false,
            Progress::Done(locks) => {
                self.locks = Some(locks);
                return self.write(core);
            }
            Progress::AsBefore => return self.write(core),
        }
        self.on()
    }

    fn write(mut self: Box<Self>, core: &mut Core) -> Screen {
        let Some(locks) = &self.locks else { return self.on() };
        let how = self.how();
        let settings = core.vault_settings(Default::default());
        let written = core.write_vault(|opened, contents, random| match how {
            How::Replace => opened.rekey(locks, contents, random),
            How::Add => opened.add(locks, contents, random),
            How::Second => {
                let draft =
                    Draft { locks, contents: &Contents { settings, ..Contents::default() } };
                opened.add_second(&draft, DestroysWhatMayBeThere, random)
            }
        });
        match written {
            Ok(()) => ContentsList::saying(match how {
                How::Replace => REPLACED,
                How::Add => ADDED,
                How::Second => SECOND,
            }),
            Err(error) => {
                self.trouble = Some(error);
                self.locking.again();
                self.on()
            }
        }
    }
}

impl Page for Changing {
    fn on(self: Box<Self>) -> Screen {
        Screen::Vault(VaultScreen::Changing(self))
    }

    fn key(mut self: Box<Self>, key: Key, core: &mut Core) -> Screen {
        self.trouble = None;
        if self.chosen {
            let progress = self.locking.key(&key, core);
            return self.turned(progress, core);
        }
        match key {
            Key::Esc => return ContentsList::show(), // what was typed is wiped here
            Key::Enter => self.chosen = true,
            key => {
                if self.how.key(&key, HOWS.len()) {
                    self.locking = Locking::new(Ground::There(self.terms));
                }
            }
        }
        self.on()
    }

    fn tick(mut self: Box<Self>, core: &mut Core) -> Screen {
        if !self.chosen {
            return self.on();
        }
        let progress = self.locking.tick(core);
        self.turned(progress, core)
    }

    fn news(mut self: Box<Self>, news: VaultNews, _core: &mut Core) -> Screen {
        self.locking.news(news);
        self.on()
    }

    fn view(&self, core: &Core) -> View<'_> {
        if self.chosen {
            let mut view = self.locking.view(TITLE, core);
            if let (Some(trouble), Body::Text(text)) = (&self.trouble, &mut view.body) {
                text.gap();
                text.toned(Tone::Warn, trouble.as_str());
            }
            return view;
        }
        let mut text = Text::new();
        text.gap();
        for (place, (_, what, remark)) in HOWS.iter().enumerate() {
            row(&mut text, place == self.how.at(HOWS.len()), what, Tone::Faint, remark);
        }
        text.gap();
        match self.how() {
            How::Replace => text.plain(OLD_COPIES),
            How::Add => text.plain(ANY),
            How::Second => text.toned(Tone::Warn, DestroysWhatMayBeThere.to_string()),
        };
        let keys = vec![("Enter", "take it"), ("arrows", "choose"), ("Esc", "back"), ("?", "help")];
        words_view(core, TITLE, text, keys)
    }

    fn help(&self) -> &'static [&'static str] {
        match self.how() {
            How::Second => help::DURESS,
            How::Replace | How::Add => help::MAKE,
        }
    }

    fn holds_a_secret(&self) -> bool {
        self.locking.holds_a_secret()
    }

    fn is_typing(&self) -> bool {
        self.chosen && self.locking.is_typing()
    }
}

const TITLE: &str = "Change what opens the vault";
const OLD_COPIES: &str = "A copy of the file from before, on another stick or kept by somebody, still opens with what opens \
    it now. If that became known to others, move the coins to a new seed as well.";
const ANY: &str = "Each way opens all of it by itself.";
const REPLACED: &str =
    "What opens the vault is replaced by this write; wait until it is on the stick.";
const ADDED: &str =
    "Another way to open the vault comes with this write; wait until it is on the stick.";
const SECOND: &str = "The second vault comes with this write; wait until it is on the stick. Open it by its own \
    passphrase to put something into it.";
