//! Typing 11, 14, 17, 20 or 23 words that were chosen by hand.

use super::*;
use crate::app::screens::words::{outlook, table, unclear, unknown};
use crate::keys::{Typed, Way};

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
                remark = Some(unclear(entry.way()));
            }
        }
        Key::Char(letter) => match entry.push(*letter) {
            _ if entry.words_done() == MOST => {
                entry.backspace();
                remark = Some(FULL);
            }
            Typed::Taken => {}
            Typed::Full => remark = Some(FULL),
            Typed::Unknown => remark = Some(unknown(entry.way())),
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
    let depth = if done < 12 { 3 } else { 6 };
    let mut text = Text::new();
    text.gap();
    text.append(table(&words::done(entry), entry.prefix(), depth));
    text.gap();
    text.line(outlook(entry, false));
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
    let title = match entry.way() {
        Way::Letters => "Type the words that you chose",
        Way::Number => "The numbers of the words that you chose",
    };
    let mut view = words_view(core, title, text, keys);
    view.status = layout_in_use(core);
    view
}

const FULL: &str =
    "There are 23 words already, and one is missing. Enter goes on, Backspace corrects.";
const COUNT: &str = "The last word can be found for 11, 14, 17, 20 or 23 words.";
