//! Choosing the last word among those that fit: by coins, by typing it, or by the machine's source.

use super::*;
use crate::app::text::composed;
use crate::keys::entropy::Unfinished;
use crate::keys::words::LONGEST;
use crate::keys::{Typed, Way};
use zeroize::Zeroizing;

/// Letters of a column of words.
const COLUMN: usize = 9;
/// Most bits that are open in a last word: of 12 words.
const COINS: usize = 7;

/// The words that fit, and how far the choice is.
pub(super) struct LastChoice {
    unfinished: Unfinished,
    /// Coins as 0 and 1. Never grows.
    coins: Zeroizing<String>,
    /// Letters of the word.
    letters: Entry,
    remark: Option<String>,
}

impl LastChoice {
    pub(super) fn among(unfinished: Unfinished) -> Self {
        let coins = Zeroizing::new(String::with_capacity(COINS));
        let letters = Entry::in_language(unfinished.language());
        Self { unfinished, coins, letters, remark: None }
    }

    fn by_coins(&self) -> bool {
        !self.coins.is_empty()
    }

    /// The places of the words that fit and go on from the letters.
    fn begun(&self) -> Vec<usize> {
        let begun = self.letters.completions();
        let fitting = self.unfinished.fitting().enumerate();
        fitting.filter(|(_, word)| begun.contains(word)).map(|(place, _)| place).collect()
    }

    /// The place of the choice among the words that fit, once it is clear.
    fn choice(&self) -> Option<usize> {
        if self.by_coins() {
            let bits = self.coins.bytes();
            let number = bits.fold(0, |number, bit| number << 1 | usize::from(bit - b'0'));
            return (self.coins.len() == self.unfinished.bits()).then_some(number);
        }
        match self.begun()[..] {
            [only] if !self.letters.prefix().is_empty() => Some(only),
            _ => {
                let spelled_out = self.letters.completed()?;
                self.unfinished.fitting().position(|word| word == spelled_out)
            }
        }
    }

    pub(super) fn key(
        mut self: Box<Self>,
        key: &Key,
        journey: &mut Journey,
        core: &mut Core,
    ) -> Next {
        self.remark = None;
        match key {
            Key::Esc => return Next::Go(Step::LastTyping(None)),
            Key::Backspace if self.by_coins() => {
                self.coins.pop();
            }
            Key::Backspace => {
                self.letters.backspace();
            }
            Key::Tab => self.by_machine(core),
            Key::Char(coin @ ('0' | '1')) => self.push_coin(*coin),
            Key::Char(letter) => self.push_letter(*letter),
            Key::Enter => match self.choice().and_then(|choice| self.unfinished.finish(choice)) {
                Some(fresh) => {
                    journey.finished = Some(fresh);
                    return Next::Go(Step::Written(From::LastWord));
                }
                None => self.remark = Some(UNCLEAR.into()),
            },
            _ => {}
        }
        Next::Go(Step::LastChoice(self))
    }

    fn push_coin(&mut self, coin: char) {
        if !self.letters.prefix().is_empty() {
            self.remark = Some(ONE_WAY.into());
        } else if self.coins.len() < self.unfinished.bits() {
            self.coins.push(coin);
        }
    }

    fn push_letter(&mut self, letter: char) {
        let remark = if self.letters.way() == Way::Number {
            COINS_ALONE
        } else if self.by_coins() {
            ONE_WAY
        } else if !letter.is_alphabetic() {
            "Type letters of a word, or 1 and 0 for coins."
        } else {
            let taken = self.letters.push(letter) == Typed::Taken;
            if taken && !self.begun().is_empty() {
                return;
            }
            if taken {
                self.letters.backspace();
            }
            "No word that fits goes on with that letter."
        };
        self.remark = Some(remark.into());
    }

    /// Throws the coins.
    fn by_machine(&mut self, core: &mut Core) {
        match core.settings.random.array::<1>() {
            Ok(byte) => {
                while self.letters.backspace() {}
                self.coins.clear();
                let bits = (0..self.unfinished.bits()).map(|bit| byte[0] >> bit & 1);
                self.coins.extend(bits.map(|bit| char::from(b'0' + bit)));
            }
            Err(error) => self.remark = Some(error.to_string()),
        }
    }

    /// The words that fit; their numbers where the console's font has not their letters.
    fn shown(&self) -> Vec<Zeroizing<String>> {
        let words = self.unfinished.fitting().zip(self.unfinished.indices());
        let latin = self.unfinished.language().is_latin();
        words
            .map(|(word, index)| if latin { composed(word) } else { (index + 1).to_string() })
            .map(Zeroizing::new)
            .collect()
    }

    pub(super) fn view<'a>(&self, core: &Core) -> View<'a> {
        let place = self.unfinished.place();
        let bits = self.unfinished.bits();
        let all = self.shown();
        let choice = self.choice();
        let by_number = self.letters.way() == Way::Number;
        let mut text = Text::new();
        let what = if by_number { "of these numbers" } else { "words" };
        text.plain(format!("{} {what} may be word {place}. Let chance choose:", all.len()));
        self.table(&mut text, &all, choice);
        let missing = bits.saturating_sub(self.coins.len());
        let mut entry = String::with_capacity(2 * (LONGEST + COINS));
        entry.push_str(&self.coins);
        if self.by_coins() {
            entry.extend(std::iter::repeat_n('_', missing));
        } else {
            entry.push_str(self.letters.prefix());
            entry.push('_');
        }
        let line = Line::new("[ ").and(Tone::Entry, entry).and(Tone::Plain, " ]  ");
        text.line(match choice.and_then(|choice| all.get(choice)) {
            Some(word) => line
                .and(Tone::Proven, format!("Word {place} is  "))
                .and(Tone::Strong, word.as_str())
                .and(Tone::Proven, "  Enter takes it."),
            None if by_number => line.and(Tone::Faint, format!("{bits} coins, 1 or 0")),
            None => line.and(Tone::Faint, format!("{bits} coins, 1 or 0; or the word's letters")),
        });
        if let Some(remark) = &self.remark {
            text.toned(Tone::Warn, remark.as_str());
        }
        let keys = vec![
            ("1 0", "heads, tails (odd, even)"),
            ("Tab", "the machine throws"),
            ("Enter", "take it"),
            ("Esc", "back"),
            ("?", "help"),
        ];
        words_view(core, "The last word", text, keys)
    }

    fn table(&self, text: &mut Text, all: &[Zeroizing<String>], choice: Option<usize>) {
        let begun = self.begun();
        let columns = if all.len() > 16 { 8 } else { 4 };
        let depth = all.len().div_ceil(columns);
        for row in 0..depth {
            let mut line = Line::default();
            for (place, word) in all.iter().enumerate().skip(row).step_by(depth) {
                let tone = match choice {
                    Some(chosen) if chosen == place => Tone::Strong,
                    None if !self.by_coins() && begun.contains(&place) => Tone::Plain,
                    _ => Tone::Faint,
                };
                line = line.and(tone, column(word).as_str());
            }
            text.line(line);
        }
    }
}

/// A word in its column. The longest is cut: four letters know a word.
fn column(word: &str) -> Zeroizing<String> {
    let mut column = Zeroizing::new(String::with_capacity(2 * COLUMN));
    let letters = word.chars().count();
    let kept = if letters < COLUMN { letters } else { COLUMN - 2 };
    column.extend(word.chars().take(kept));
    column.push_str(if kept < letters { "." } else { "" });
    while column.chars().count() < COLUMN {
        column.push(' ');
    }
    column
}

const UNCLEAR: &str = "It is not clear yet which word is meant.";
const ONE_WAY: &str = "Either coins or letters: take back what is there with Backspace first.";
const COINS_ALONE: &str = "Only coins choose among numbers: 1 for heads, 0 for tails.";
