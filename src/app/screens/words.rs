//! Typing backup words, with completion and the checksum as it is reached.

use super::*;
use crate::keys::{Entry, Language, Mnemonic, PassphraseEntry, Status, Typed, words};

/// The words being typed. A passphrase that was begun is kept while they are corrected.
#[derive(Default)]
pub struct Typing {
    pub(super) entry: Entry,
    pub(super) passphrase: PassphraseEntry,
    remark: Option<&'static str>,
}

/// Columns of words.
const COLUMNS: usize = 4;
/// Completions that are shown at once.
const SHOWN: usize = 8;

impl Typing {
    /// For words of that language.
    pub(super) fn in_language(language: Language) -> Self {
        Self { entry: Entry::in_language(language), ..Self::default() }
    }

    pub(super) fn key(mut self: Box<Self>, key: Key) -> Screen {
        if matches!(key, Key::Esc) {
            return Screen::Open(Open::keeping(self));
        }
        match self.edit(key) {
            Some(mnemonic) => PassphraseTyping::typed(mnemonic, self),
            None => Screen::Words(self),
        }
    }

    /// Takes a key; gives the mnemonic that Enter has finished.
    pub(super) fn edit(&mut self, key: Key) -> Option<Mnemonic> {
        self.remark = None;
        match key {
            Key::Backspace => {
                self.entry.backspace();
            }
            Key::Tab if !self.entry.accept() => self.remark = Some(MORE_LETTERS),
            Key::Tab => {} // accepted
            Key::Enter => return self.enter(),
            Key::Char(character) => match self.entry.push(character) {
                Typed::Taken => {}
                Typed::Full => self.remark = Some(FULL),
                Typed::Unknown if character == ' ' => self.remark = Some(MORE_LETTERS),
                Typed::Unknown => self.remark = Some(UNKNOWN),
            },
            _ => {}
        }
        None
    }

    /// Accepts the word that is begun; with none begun, finishes.
    fn enter(&mut self) -> Option<Mnemonic> {
        if !self.entry.prefix().is_empty() {
            if !self.entry.accept() {
                self.remark = Some(MORE_LETTERS);
            }
            return None;
        }
        let finished = self.entry.finish();
        if finished.is_err() {
            let wrong = self.entry.status() == Status::WrongChecksum;
            self.remark = Some(if wrong { CHECKSUM } else { COUNT });
        }
        finished.ok()
    }

    pub(super) fn view<'a>(&'a self, core: &Core) -> View<'a> {
        self.titled("Type the backup words", core)
    }

    /// The same for another purpose.
    pub(super) fn titled<'a>(&'a self, title: &str, core: &Core) -> View<'a> {
        let mut text = Text::new();
        let done = self.entry.words_done();
        let shown: Vec<&str> = self.entry.words().collect();
        // down the columns, as backup cards are written
        let twelve = done < 12 || (done == 12 && self.entry.status() == Status::Complete);
        let depth = if twelve { 3 } else { 6 };
        text.gap();
        for row in 0..depth {
            let mut line = Line::new("  ");
            for column in 0..COLUMNS {
                let place = column * depth + row;
                let (word, tone) = match place.cmp(&done) {
                    std::cmp::Ordering::Less => (shown[place].to_string(), Tone::Plain),
                    std::cmp::Ordering::Equal => (format!("{}_", self.entry.prefix()), Tone::Entry),
                    std::cmp::Ordering::Greater => (String::new(), Tone::Faint),
                };
                line = line
                    .and(Tone::Faint, format!("{:>2} ", place + 1))
                    .and(tone, format!("{word:<14}"));
            }
            text.line(line);
        }
        text.gap();
        text.line(self.completions());
        text.gap();
        text.line(match self.entry.status() {
            Status::Complete => Line::toned(
                Tone::Proven,
                format!("{done} words, and their checksum is right. Enter goes on."),
            ),
            Status::WrongChecksum => Line::toned(
                Tone::Warn,
                format!("{done} words, and their checksum is wrong: one of them is wrong, or more follow."),
            ),
            Status::Typing { done } => {
                let words = if done == 1 { "word" } else { "words" };
                Line::new(format!("{done} {words}. 12, 15, 18, 21 or 24 are needed."))
            }
        });
        if let Some(remark) = self.remark {
            text.gap();
            text.toned(Tone::Warn, remark);
        }
        let keys = vec![
            ("Space", "next word"),
            ("Enter", "next word, or finish"),
            ("Backspace", "correct"),
            ("Esc", "back"),
            ("?", "help"),
        ];
        let mut view = words_view(core, title, text, keys);
        view.status = layout_in_use(core);
        view
    }

    /// What the word that is begun may become; for the last word, those that fit the checksum.
    fn completions(&self) -> Line {
        let prefix = self.entry.prefix();
        if let Some(word) = self.entry.completed() {
            return Line::toned(Tone::Faint, "Space takes  ").and(Tone::Strong, word);
        }
        if prefix.is_empty() {
            return Line::toned(
                Tone::Faint,
                "Type the first letters of the word; four are always enough.",
            );
        }
        let fitting = self.entry.last_words();
        let all = self.entry.completions();
        let checked: Vec<&str> = fitting
            .iter()
            .filter_map(|index| words::list().get(usize::from(*index)).copied())
            .filter(|word| word.starts_with(prefix))
            .collect();
        let (lead, list) = if checked.is_empty() {
            ("It may become  ", all)
        } else {
            ("With the right checksum  ", checked)
        };
        let more = list.len().saturating_sub(SHOWN);
        let shown = list.iter().take(SHOWN).copied().collect::<Vec<_>>().join("  ");
        let rest = if more > 0 { format!("  and {more} more") } else { String::new() };
        Line::toned(Tone::Faint, lead).and(Tone::Plain, shown).and(Tone::Faint, rest)
    }
}

const MORE_LETTERS: &str = "Several words begin so, or none is begun. Type more letters.";
const FULL: &str = "There are 24 words already. Enter finishes, Backspace corrects.";
const UNKNOWN: &str = "No word of the list goes on with that letter.";
const CHECKSUM: &str =
    "The checksum is wrong: at least one word is mistyped, missing or in the wrong place.";
const COUNT: &str = "A backup has 12, 15, 18, 21 or 24 words.";
