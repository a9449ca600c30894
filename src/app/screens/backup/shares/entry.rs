//! A share being typed, whatever its kind.

use super::*;
use crate::keys::{Language, Typed, codex32, slip39};

/// The kinds of shares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ShareKind {
    /// Lists of words of their own.
    Slip39,
    /// Letters (BIP93).
    Codex32,
    /// Parts that are BIP39 words.
    SeedXor,
}

impl ShareKind {
    /// The kind of a backup's shares; Seed XOR for those without any.
    pub fn of(backup: Backup) -> Self {
        match backup {
            Backup::Slip39 => Self::Slip39,
            Backup::Codex32 => Self::Codex32,
            _ => Self::SeedXor,
        }
    }
}

/// A share being typed.
pub enum ShareEntry {
    /// SLIP-39.
    Slip39(slip39::Entry),
    /// codex32.
    Codex32(codex32::Entry),
    /// A part of Seed XOR.
    Words(Box<Typing>),
}

impl ShareEntry {
    /// Nothing typed; parts of Seed XOR are words in that language.
    pub fn of(kind: ShareKind, language: Language) -> Self {
        match kind {
            ShareKind::Slip39 => Self::Slip39(slip39::Entry::new()),
            ShareKind::Codex32 => Self::Codex32(codex32::Entry::new()),
            ShareKind::SeedXor => {
                Self::Words(Typing::of(crate::keys::Entry::in_language(language)))
            }
        }
    }

    /// Nothing typed?
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Slip39(entry) => entry.words_done() == 0 && entry.prefix().is_empty(),
            Self::Codex32(entry) => entry.text().is_empty(),
            Self::Words(typing) => {
                typing.entry.words_done() == 0 && typing.entry.prefix().is_empty()
            }
        }
    }

    /// One more letter; words take keys whole.
    pub fn push(&mut self, letter: char) -> Typed {
        match self {
            Self::Slip39(entry) => entry.push(letter),
            Self::Codex32(entry) => entry.push(letter),
            Self::Words(_) => Typed::Unknown,
        }
    }

    /// Takes a letter back.
    pub fn backspace(&mut self) {
        match self {
            Self::Slip39(entry) => entry.backspace(),
            Self::Codex32(entry) => entry.backspace(),
            Self::Words(_) => false,
        };
    }

    /// The share, once Enter was pressed behind its last letter; None where Enter took a word.
    pub fn finish(&mut self) -> Option<Result<Written, String>> {
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

    /// What is typed, as a page.
    pub fn show(&self, core: &Core) -> Text {
        match self {
            Self::Words(typing) => match typing.titled("", core).body {
                Body::Text(text) => text,
                _ => Text::new(),
            },
            Self::Slip39(entry) => slip39_words(entry),
            Self::Codex32(entry) => {
                let mut text = Text::new();
                text.gap();
                text.plain("Type its letters; ? stands for one that cannot be read.");
                text.append(codex32_letters(entry.text(), Some('_')));
                text
            }
        }
    }
}

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

/// The letters of a codex32 text in groups of four, and what stands behind the last.
pub fn codex32_letters(letters: &str, cursor: Option<char>) -> Text {
    let mut text = Text::new();
    text.gap();
    let mut line = Line::new("  ");
    for (place, letter) in letters.chars().enumerate() {
        let gap = if place.is_multiple_of(4) && place > 0 { "  " } else { "" };
        line = line.and(Tone::Plain, gap).and(Tone::Entry, letter.to_ascii_uppercase());
    }
    text.line(line.and(Tone::Entry, cursor.map(String::from).unwrap_or_default()).hang(2));
    text.gap();
    text
}

const MORE_LETTERS: &str = "Several words begin so. Type more letters.";
