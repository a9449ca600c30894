//! Typing 11, 14, 17, 20 or 23 words that were chosen by hand.

use super::*;
use crate::keys::Typed;

/// Columns of words.
const COLUMNS: usize = 4;
/// Completions that are shown at once.
const SHOWN: usize = 8;

pub(super) fn key(key: &Key, journey: &mut Journey) -> Next {
    let entry = &mut journey.typing;
    let mut remark = None;
    if matches!(key, Key::Char(_) | Key::Backspace) {
        journey.finished = None;
    }
    match key {
        Key::Esc => return Next::Go(Step::Count),
        Key::Backspace => {
            entry.backspace();
        }
        Key::Enter if entry.prefix().is_empty() => match entry.unfinished() {
            Some(unfinished) => {
                return Next::Go(Step::LastChoice(Box::new(LastChoice::among(unfinished))));
            }
            None => remark = Some(COUNT),
        },
        Key::Enter | Key::Tab | Key::Char(' ') => {
            if entry.words_done() == MOST && !entry.prefix().is_empty() {
                remark = Some(FULL);
            } else if !entry.accept() {
                remark = Some(MORE_LETTERS);
            }
        }
        Key::Char(letter) => match entry.push(*letter) {
            _ if entry.words_done() == MOST => {
                entry.backspace();
                remark = Some(FULL);
            }
            Typed::Taken => {}
            Typed::Full => remark = Some(FULL),
            Typed::Unknown => remark = Some(UNKNOWN),
        },
        _ => {}
    }
    Next::Go(Step::LastTyping(remark))
}

/// Most words that lack one.
const MOST: usize = 23;

pub(super) fn view<'a>(remark: Option<&'static str>, journey: &Journey, core: &Core) -> View<'a> {
    let entry = &journey.typing;
    let done = entry.words_done();
    let words: Vec<&str> = entry.words().collect();
    let depth = if done < 12 { 3 } else { 6 };
    let mut text = Text::new();
    text.gap();
    for row in 0..depth {
        let mut line = Line::new("  ");
        for column in 0..COLUMNS {
            let place = column * depth + row;
            let (word, tone) = match words.get(place) {
                Some(word) => ((*word).to_string(), Tone::Plain),
                None if place == done => (format!("{}_", entry.prefix()), Tone::Entry),
                None => (String::new(), Tone::Faint),
            };
            line = line
                .and(Tone::Faint, format!("{:>2} ", place + 1))
                .and(tone, format!("{word:<14}"));
        }
        text.line(line);
    }
    text.gap();
    let prefix = entry.prefix();
    text.line(match entry.completed() {
        Some(word) => Line::toned(Tone::Faint, "Space takes  ").and(Tone::Strong, word),
        None if prefix.is_empty() => Line::toned(Tone::Faint, FOUR_LETTERS),
        None => {
            let all = entry.completions();
            let shown = all.iter().take(SHOWN).copied().collect::<Vec<_>>().join("  ");
            Line::toned(Tone::Faint, "It may become  ").and(Tone::Plain, shown)
        }
    });
    text.gap();
    let unfinished = entry.unfinished();
    text.line(match &unfinished {
        Some(unfinished) => Line::toned(
            Tone::Proven,
            format!("{done} words. Enter shows which may be word {}.", unfinished.place()),
        ),
        None => {
            let words = if done == 1 { "word" } else { "words" };
            Line::new(format!("{done} {words}. 11, 14, 17, 20 or 23 are needed."))
        }
    });
    if let Some(remark) = remark {
        text.gap();
        text.toned(Tone::Warn, remark);
    }
    let keys = vec![
        ("Space", "next word"),
        ("Enter", "next word, or go on"),
        ("Backspace", "correct"),
        ("Esc", "back"),
        ("?", "help"),
    ];
    let mut view = words_view(core, "Type the words that you chose", text, keys);
    view.status = layout_in_use(core);
    view
}

const FOUR_LETTERS: &str = "Type the first letters of the word; four are always enough.";
const MORE_LETTERS: &str = "Several words begin so, or none is begun. Type more letters.";
const UNKNOWN: &str = "No word of the list goes on with that letter.";
const FULL: &str =
    "There are 23 words already, and one is missing. Enter goes on, Backspace corrects.";
const COUNT: &str = "The last word can be found for 11, 14, 17, 20 or 23 words.";
