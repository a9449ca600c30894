//! Typing backup words, with completion and the checksum as it is reached.

use super::*;
use crate::app::text::composed;
use crate::keys::{Entry, Language, Mnemonic, PassphraseEntry, Status, Typed, Way};
use zeroize::Zeroizing;

/// The words being typed. A passphrase that was begun is kept while they are corrected.
#[derive(Default)]
pub struct Typing {
    pub(super) entry: Entry,
    pub(super) passphrase: PassphraseEntry,
    remark: Option<&'static str>,
    menu: Box<Open>,
}

/// Columns of words.
const COLUMNS: usize = 4;
/// Completions that are shown at once.
const SHOWN: usize = 8;

impl Typing {
    /// Nothing typed yet.
    pub(super) fn of(entry: Entry) -> Box<Self> {
        Box::new(Self { entry, ..Self::default() })
    }

    /// The same, with the menu that it goes back to.
    pub(super) fn under(mut self: Box<Self>, menu: Box<Open>) -> Screen {
        self.menu = menu;
        Screen::Words(self)
    }

    /// Words of the same list, given in the same way?
    pub(super) fn is_like(&self, entry: &Entry) -> bool {
        (self.entry.language(), self.entry.way()) == (entry.language(), entry.way())
    }

    pub(super) fn key(mut self: Box<Self>, key: Key) -> Screen {
        if matches!(key, Key::Esc) {
            let menu = std::mem::take(&mut self.menu);
            return Screen::Open(menu.keeping(self));
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
            Key::Tab if !self.entry.accept() => self.remark = Some(unclear(self.entry.way())),
            Key::Tab => {} // accepted
            Key::Enter => return self.enter(),
            Key::Char(character) => match self.entry.push(character) {
                Typed::Taken => {}
                Typed::Full => self.remark = Some(FULL),
                Typed::Unknown if character == ' ' => self.remark = Some(unclear(self.entry.way())),
                Typed::Unknown => self.remark = Some(self.unknown()),
            },
            _ => {}
        }
        None
    }

    /// Accepts the word that is begun; with none begun, finishes.
    fn enter(&mut self) -> Option<Mnemonic> {
        if !self.entry.prefix().is_empty() {
            if !self.entry.accept() {
                self.remark = Some(unclear(self.entry.way()));
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

    fn unknown(&self) -> &'static str {
        match (self.entry.way(), self.entry.language()) {
            (Way::Letters, Language::English) => UNKNOWN_ENGLISH,
            (way, _) => unknown(way),
        }
    }

    pub(super) fn view<'a>(&'a self, core: &Core) -> View<'a> {
        let language = match self.entry.language() {
            Language::English => String::new(),
            language => format!(" in {}", language.name()),
        };
        match self.entry.way() {
            Way::Letters => self.titled(&format!("Type the backup words{language}"), core),
            Way::Number => self.titled(&format!("The words' numbers{language}"), core),
        }
    }

    /// The same for another purpose.
    pub(super) fn titled<'a>(&'a self, title: &str, core: &Core) -> View<'a> {
        let mut text = Text::new();
        let done = self.entry.words_done();
        // down the columns, as backup cards are written
        let twelve = done < 12 || (done == 12 && self.entry.status() == Status::Complete);
        let depth = if twelve { 3 } else { 6 };
        text.gap();
        text.append(table(&self::done(&self.entry), self.entry.prefix(), depth));
        text.gap();
        text.line(outlook(&self.entry, true));
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
        let mut view = words_view(core, title, text, KEYS.to_vec());
        view.status = layout_in_use(core);
        view
    }
}

/// The words that are done; their numbers where the console's font has not their letters.
pub(super) fn done(entry: &Entry) -> Vec<Zeroizing<String>> {
    let latin = entry.language().is_latin();
    let words = entry.words().zip(entry.indices());
    words
        .map(|(word, index)| if latin { composed(word) } else { (index + 1).to_string() })
        .map(Zeroizing::new)
        .collect()
}

/// What the word that is begun may become; where it may be the `last` one, those that fit the
/// checksum.
pub(super) fn outlook(entry: &Entry, last: bool) -> Line {
    let prefix = entry.prefix();
    let language = entry.language();
    if let Some(word) = entry.completed() {
        let latin = language.is_latin();
        let word = if latin { composed(word) } else { format!("number {prefix}") };
        return Line::toned(Tone::Faint, "Space takes  ").and(Tone::Strong, word);
    }
    if prefix.is_empty() {
        return Line::toned(
            Tone::Faint,
            match entry.way() {
                Way::Letters => "Type the first letters of the word; four are always enough.",
                Way::Number => NUMBERS,
            },
        );
    }
    let all = entry.completions();
    let fitting = if last { entry.last_words() } else { Zeroizing::default() };
    let checked: Vec<&str> = fitting
        .iter()
        .filter_map(|index| language.word(*index))
        .filter(|word| all.contains(word))
        .collect();
    let (lead, list) = if checked.is_empty() {
        ("It may become  ", all)
    } else {
        ("With the right checksum  ", checked)
    };
    offered(lead, &list)
}

/// Why no word is clear yet.
pub(super) fn unclear(way: Way) -> &'static str {
    match way {
        Way::Letters => MORE_LETTERS,
        Way::Number => NO_NUMBER,
    }
}

/// Why a character was not taken.
pub(super) fn unknown(way: Way) -> &'static str {
    match way {
        Way::Letters => UNKNOWN,
        Way::Number => NOT_A_NUMBER,
    }
}

/// Numbered words down columns; the one that is begun stands after those that are done.
pub(super) fn table(done: &[Zeroizing<String>], begun: &str, depth: usize) -> Text {
    let mut text = Text::new();
    for row in 0..depth {
        let mut line = Line::new("  ");
        for column in 0..COLUMNS {
            let place = column * depth + row;
            let (word, tone) = match place.cmp(&done.len()) {
                std::cmp::Ordering::Less => (done[place].to_string(), Tone::Plain),
                std::cmp::Ordering::Equal => (format!("{begun}_"), Tone::Entry),
                std::cmp::Ordering::Greater => (String::new(), Tone::Faint),
            };
            line = line
                .and(Tone::Faint, format!("{:>2} ", place + 1))
                .and(tone, format!("{word:<14}"));
        }
        text.line(line);
    }
    text
}

/// Some of the words that one may become.
pub(super) fn offered(lead: &str, list: &[&str]) -> Line {
    let more = list.len().saturating_sub(SHOWN);
    let shown = list.iter().take(SHOWN).map(|word| composed(word)).collect::<Vec<_>>().join("  ");
    let rest = if more > 0 { format!("  and {more} more") } else { String::new() };
    Line::toned(Tone::Faint, lead).and(Tone::Plain, shown).and(Tone::Faint, rest)
}

/// The keys where words are typed.
const KEYS: [Hotkey; 5] = [
    ("Space", "next word"),
    ("Enter", "next word, or finish"),
    ("Backspace", "correct"),
    ("Esc", "back"),
    ("?", "help"),
];

const MORE_LETTERS: &str = "Several words begin so, or none is begun. Type more letters.";
const NO_NUMBER: &str = "No number is begun. Type one from 1 to 2048.";
const NOT_A_NUMBER: &str = "The numbers go from 1 to 2048. A space ends one.";
const NUMBERS: &str =
    "Type the word's number in the printed list: 1 is the first word, 2048 the last.";
const FULL: &str = "There are 24 words already. Enter finishes, Backspace corrects.";
const UNKNOWN: &str = "No word of the list goes on with that letter.";
const UNKNOWN_ENGLISH: &str = "No English word of the list goes on with that letter. For another language, go back and \
    press l.";
const CHECKSUM: &str =
    "The checksum is wrong: at least one word is mistyped, missing or in the wrong place.";
const COUNT: &str = "A backup has 12, 15, 18, 21 or 24 words.";
