//! Shares being given back, one after the other.

use super::combining::Combining;
use super::*;
use crate::keys::{Language, PassphraseEntry, Typed, codex32, slip39};

/// The shares so far, and the one being typed.
pub struct Giving {
    backup: Backup,
    given: Vec<Written>,
    entry: Entry,
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

/// A share being typed.
enum Entry {
    Slip39(slip39::Entry),
    Codex32(codex32::Entry),
    Words(Box<Typing>),
}

impl Entry {
    fn of(backup: Backup, language: Language) -> Self {
        match backup {
            Backup::Slip39 => Self::Slip39(slip39::Entry::new()),
            Backup::Codex32 => Self::Codex32(codex32::Entry::new()),
            _ => Self::Words(Typing::of(crate::keys::Entry::in_language(language))),
        }
    }

    fn is_empty(&self) -> bool {
        match self {
            Self::Slip39(entry) => entry.words_done() == 0 && entry.prefix().is_empty(),
            Self::Codex32(entry) => entry.text().is_empty(),
            Self::Words(typing) => {
                typing.entry.words_done() == 0 && typing.entry.prefix().is_empty()
            }
        }
    }

    fn push(&mut self, letter: char) -> Typed {
        match self {
            Self::Slip39(entry) => entry.push(letter),
            Self::Codex32(entry) => entry.push(letter),
            Self::Words(_) => Typed::Unknown, // takes keys whole
        }
    }

    fn backspace(&mut self) {
        match self {
            Self::Slip39(entry) => entry.backspace(),
            Self::Codex32(entry) => entry.backspace(),
            Self::Words(_) => false,
        };
    }

    /// The share, once Enter was pressed behind its last letter; None where Enter took a word.
    fn finish(&mut self) -> Option<Result<Written, String>> {
        match self {
            Self::Slip39(entry) if !entry.prefix().is_empty() => {
                if entry.accept() {
                    None
                } else {
                    Some(Err(MORE_LETTERS.into()))
                }
            }
            Self::Slip39(entry) => {
                Some(entry.finish().map(Written::Slip39).map_err(|error| error.to_string()))
            }
            Self::Codex32(entry) => {
                Some(entry.finish().map(Written::Codex32).map_err(|error| error.to_string()))
            }
            Self::Words(_) => None,
        }
    }
}

impl Giving {
    /// Asks for them, none given yet.
    pub fn begin(backup: Backup, made: Option<usize>, core: &Core) -> Screen {
        let words = core.session.as_ref().and_then(|session| session.material().mnemonic());
        let language = words.map_or(Language::default(), |words| words.language());
        let entry = Entry::of(backup, language);
        Shares::Giving(Self { backup, given: vec![], entry, made, language, remark: None }).on()
    }

    /// Is `?` a letter here, one that cannot be read?
    pub fn is_typing(&self) -> bool {
        matches!(self.entry, Entry::Codex32(_))
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
                Entry::Words(typing) => {
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
                self.entry = Entry::of(self.backup, self.language);
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
        let mut text = match &self.entry {
            Entry::Words(typing) => match typing.titled("", core).body {
                Body::Text(text) => text,
                _ => Text::new(),
            },
            Entry::Slip39(entry) => slip39_words(entry),
            Entry::Codex32(entry) => codex32_letters(entry.text()),
        };
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
/// Columns of words.
const COLUMNS: usize = 5;
/// Rows of them: 59 words fit, and one more that is begun.
const ROWS: usize = 12;

fn slip39_words(entry: &slip39::Entry) -> Text {
    let mut text = Text::new();
    let done = entry.words_done();
    let words: Vec<&str> = entry.words().collect();
    let depth = if done <= 20 {
        4
    } else if done <= 35 {
        7
    } else {
        ROWS
    };
    text.gap();
    for row in 0..depth {
        let mut line = Line::new(" ");
        for place in (row..COLUMNS * depth).step_by(depth).take_while(|place| *place <= done) {
            let (word, tone) = match words.get(place) {
                Some(word) => (word.to_string(), Tone::Plain),
                None => (format!("{}_", entry.prefix()), Tone::Entry),
            };
            line = line
                .and(Tone::Faint, format!("{:>2} ", place + 1))
                .and(tone, format!("{word:<11}"));
        }
        text.line(line);
    }
    text.gap();
    text.line(match entry.completed() {
        Some(word) => Line::toned(Tone::Faint, "Space takes  ").and(Tone::Strong, word),
        None => Line::toned(Tone::Faint, "Type the first four letters of each word."),
    });
    text
}

fn codex32_letters(letters: &str) -> Text {
    let mut text = Text::new();
    text.gap();
    text.plain("Type its letters; ? stands for one that cannot be read.");
    text.gap();
    let mut line = Line::new("  ");
    for (place, letter) in letters.chars().enumerate() {
        let gap = if place.is_multiple_of(4) && place > 0 { "  " } else { "" };
        line = line.and(Tone::Plain, gap).and(Tone::Entry, letter.to_ascii_uppercase());
    }
    text.line(line.and(Tone::Entry, "_").hang(2));
    text.gap();
    text
}

const MORE_LETTERS: &str = "Several words begin so. Type more letters.";
const FULL: &str = "There is no room for more. Enter takes it, Backspace corrects.";
const UNKNOWN: &str = "That cannot stand here.";
const TOO_FEW: &str = "These are too few to open the wallet. Give more.";
