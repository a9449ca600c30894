//! Choosing the last word among those that fit: by coins, by typing it, or by the machine's source.

use super::*;
use crate::keys::entropy::Unfinished;
use crate::keys::words::LONGEST;
use zeroize::Zeroizing;

/// Letters of a column of words.
const COLUMN: usize = 9;

/// The words that fit, and how far the choice is.
pub(super) struct LastChoice {
    unfinished: Unfinished,
    /// Letters of the word, or coins as 0 and 1. Never grows.
    typed: Zeroizing<String>,
    remark: Option<String>,
}

impl LastChoice {
    pub(super) fn among(unfinished: Unfinished) -> Self {
        let typed = Zeroizing::new(String::with_capacity(LONGEST.max(11)));
        Self { unfinished, typed, remark: None }
    }

    fn by_coins(&self) -> bool {
        self.typed.starts_with(['0', '1'])
    }

    /// The place of the choice among the words that fit, once it is clear.
    fn choice(&self) -> Option<usize> {
        if self.by_coins() {
            let bits = self.typed.bytes();
            let number = bits.fold(0, |number, bit| number << 1 | usize::from(bit - b'0'));
            return (self.typed.len() == self.unfinished.bits()).then_some(number);
        }
        let typed = self.typed.as_str();
        let begin = |word: &str| !typed.is_empty() && word.starts_with(typed);
        let mut fitting = self.unfinished.fitting().enumerate().filter(|(_, word)| begin(word));
        match (fitting.next(), fitting.next()) {
            (Some((place, _)), None) => Some(place),
            (Some((place, word)), Some(_)) if word == typed => Some(place),
            _ => None,
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
            Key::Backspace => {
                self.typed.pop();
            }
            Key::Tab => self.by_machine(core),
            Key::Char(letter) => self.push(letter.to_ascii_lowercase()),
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

    fn push(&mut self, character: char) {
        let coin = matches!(character, '0' | '1');
        if !self.typed.is_empty() && coin != self.by_coins() {
            self.remark = Some(ONE_WAY.into());
        } else if coin && self.typed.len() < self.unfinished.bits() {
            self.typed.push(character);
        } else if !coin && character.is_ascii_lowercase() && self.typed.len() < LONGEST {
            self.typed.push(character);
            if !self.unfinished.fitting().any(|word| word.starts_with(self.typed.as_str())) {
                self.typed.pop();
                self.remark = Some("No word that fits goes on with that letter.".into());
            }
        } else if !coin {
            self.remark = Some("Type letters of a word, or 1 and 0 for coins.".into());
        }
    }

    /// Throws the coins.
    fn by_machine(&mut self, core: &mut Core) {
        match core.settings.random.array::<1>() {
            Ok(byte) => {
                self.typed.clear();
                let bits = (0..self.unfinished.bits()).map(|bit| byte[0] >> bit & 1);
                self.typed.extend(bits.map(|bit| char::from(b'0' + bit)));
            }
            Err(error) => self.remark = Some(error.to_string()),
        }
    }

    pub(super) fn view<'a>(&self, core: &Core) -> View<'a> {
        let place = self.unfinished.place();
        let bits = self.unfinished.bits();
        let all: Vec<&str> = self.unfinished.fitting().collect();
        let chosen = self.choice().and_then(|choice| all.get(choice));
        let mut text = Text::new();
        text.plain(format!("{} words may be word {place}. Let chance choose:", all.len()));
        let columns = if all.len() > 16 { 8 } else { 4 };
        let depth = all.len().div_ceil(columns);
        for row in 0..depth {
            let mut line = Line::default();
            for word in all.iter().skip(row).step_by(depth) {
                let begins = !self.by_coins() && word.starts_with(self.typed.as_str());
                let tone = match chosen {
                    Some(chosen) if chosen == word => Tone::Strong,
                    None if begins => Tone::Plain,
                    _ => Tone::Faint,
                };
                line = line.and(tone, format!("{word:<COLUMN$}"));
            }
            text.line(line);
        }
        let missing = bits.saturating_sub(self.typed.len());
        let mut entry = String::with_capacity(2 * (LONGEST + 11));
        entry.push_str(&self.typed);
        if self.by_coins() {
            entry.extend(std::iter::repeat_n('_', missing));
        } else {
            entry.push('_');
        }
        let line = Line::new("[ ").and(Tone::Entry, entry).and(Tone::Plain, " ]  ");
        text.line(match chosen {
            Some(word) => line
                .and(Tone::Proven, format!("Word {place} is  "))
                .and(Tone::Strong, *word)
                .and(Tone::Proven, "  Enter takes it."),
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
}

const UNCLEAR: &str = "It is not clear yet which word is meant.";
const ONE_WAY: &str = "Either coins or letters: take back what is there with Backspace first.";
