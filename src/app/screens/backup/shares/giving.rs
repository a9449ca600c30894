//! Shares being given back, one after the other.

use super::combining::Combining;
use super::*;
use crate::keys::{Language, PassphraseEntry, Typed};

/// The shares so far, and the one being typed.
pub struct Giving {
    backup: Backup,
    given: Vec<Written>,
    entry: ShareEntry,
    /// How many were made, where they were made just now.
    made: Option<usize>,
    /// Of Seed XOR's words.
    language: Language,
    remark: Option<String>,
}

/// The passphrase of shares that were given back.
pub struct Asking {
    giving: Giving,
    entry: PassphraseEntry,
}

impl Asking {
    pub fn key(mut self, key: Key) -> Screen {
        match key {
            Key::Esc => return Shares::Giving(self.giving).on(),
            Key::Enter => {
                return Combining::begin(self.giving, self.entry.finish());
            }
            key => twice::edit(&mut self.entry, key),
        }
        Shares::Asking(self).on()
    }

    pub fn view<'a>(&'a self, core: &Core) -> View<'a> {
        let mut text = Text::new();
        text.gap();
        text.plain("The shares' own passphrase (leave it empty if they have none):");
        twice::field(&mut text, &self.entry);
        twice::view(core, format!("Drill: {}", self.giving.backup.name()), text)
    }
}

impl Giving {
    /// Asks for them, none given yet.
    pub fn begin(backup: Backup, made: Option<usize>, core: &Core) -> Screen {
        let words = core.session.as_ref().and_then(|session| session.material().mnemonic());
        let language = words.map_or(Language::default(), |words| words.language());
        let entry = ShareEntry::of(ShareKind::of(backup), language);
        Shares::Giving(Self { backup, given: vec![], entry, made, language, remark: None }).on()
    }

    /// Is `?` a letter here, one that cannot be read?
    pub fn is_typing(&self) -> bool {
        matches!(self.entry, ShareEntry::Codex32(_))
    }

    pub fn key(mut self, key: Key) -> Screen {
        self.remark = None;
        match key {
            Key::Esc => return Backing::form(self.backup),
            Key::Enter if self.entry.is_empty() => return self.combine(),
            Key::Backspace if self.entry.is_empty() => {
                self.given.pop();
            }
            key => match &mut self.entry {
                ShareEntry::Words(typing) => {
                    if let Some(part) = typing.edit(key) {
                        self.take(Ok(Written::Xor(part)));
                    }
                }
                entry => match key {
                    Key::Enter => {
                        if let Some(read) = entry.finish() {
                            self.take(read);
                        }
                    }
                    Key::Backspace => entry.backspace(),
                    Key::Char(letter) => match entry.push(letter) {
                        Typed::Taken => {}
                        Typed::Full => self.remark = Some(FULL.into()),
                        Typed::Unknown => self.remark = Some(UNKNOWN.into()),
                    },
                    _ => {}
                },
            },
        }
        Shares::Giving(self).on()
    }

    /// Keeps a share that goes with those before; else says why, and keeps what was typed.
    fn take(&mut self, read: Result<Written, String>) {
        let share = match read {
            Ok(share) => share,
            Err(why) => {
                self.remark = Some(why);
                return;
            }
        };
        match self.given.iter().find_map(|before| share.clash(before)) {
            Some(why) => self.remark = Some(why.into()),
            None => {
                self.given.push(share);
                self.entry = ShareEntry::of(ShareKind::of(self.backup), self.language);
            }
        }
    }

    /// What was given, so far.
    pub(super) fn given(&self) -> &[Written] {
        &self.given
    }

    /// How many were made, where they were made just now.
    pub(super) fn made(&self) -> Option<usize> {
        self.made
    }

    /// The form that is drilled.
    pub(super) fn backup(&self) -> Backup {
        self.backup
    }

    /// That is all: every minimal combination is tried, where there is one.
    fn combine(mut self) -> Screen {
        if !combining::suffice(&self.given) {
            self.remark = Some(TOO_FEW.into());
            return Shares::Giving(self).on();
        }
        let entry = PassphraseEntry::new();
        if self.backup == Backup::Slip39 {
            return Shares::Asking(Asking { giving: self, entry }).on();
        }
        Combining::begin(self, entry.finish())
    }

    pub fn view<'a>(&'a self, core: &Core) -> View<'a> {
        let number = self.given.len() + 1;
        let title = format!("Drill: {}, number {number}", self.backup.name());
        let keys = vec![
            ("Enter", "take it; with nothing begun, that is all"),
            ("Backspace", "correct"),
            ("Esc", "back"),
            ("F1", "help"),
        ];
        let mut text = self.entry.show(core);
        text.toned(Tone::Faint, self.so_far());
        if let Some(remark) = &self.remark {
            text.toned(Tone::Warn, remark.as_str());
        }
        words_view(core, title, text, keys)
    }

    fn so_far(&self) -> String {
        let given = self.given.len();
        // the last ones, so that the smallest window has room for a long share as well
        let earlier = given.saturating_sub(NAMED);
        let names = self.given[earlier..].iter().filter_map(Written::name);
        let dots = (earlier > 0).then(|| "...".to_string());
        let names: Vec<String> = dots.into_iter().chain(names).collect();
        let names =
            if names.is_empty() { String::new() } else { format!(": {}", names.join(", ")) };
        let needed = self.given.first().and_then(Written::needed);
        let needed = needed.map(|needed| format!(" Needed: {needed}.")).unwrap_or_default();
        let made = self.made.map(|made| format!(" {made} were made.")).unwrap_or_default();
        format!("{given} given back so far{names}.{needed}{made}")
    }
}

/// Shares that are named of those that were given.
const NAMED: usize = 2;
const FULL: &str = "There is no room for more. Enter takes it, Backspace corrects.";
const UNKNOWN: &str = "That cannot stand here.";
const TOO_FEW: &str = "These are too few to open the wallet. Give more.";
