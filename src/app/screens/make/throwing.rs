//! Throwing dice and coins, drawing cards, typing text: what was entered, what it counts for, and
//! what is wrong with it, live.

use super::drawing::{entered, large};
use super::wording::{
    bar, enough_throws, flaw_sentence, hand_keys, hand_title, source_noun, users_share,
};
use super::*;
use crate::keys::Typed;
use crate::keys::entropy::{Card, Drawn, SourceKind, Suit};
use zeroize::{Zeroize, Zeroizing};

/// Cells of the bar.
const BAR: usize = 60;

/// The source in hand.
pub(super) struct Hand {
    source: SourceKind,
    /// A digit or rank that may be half of a number or card; a space stands for none.
    begun: Zeroizing<char>,
    remark: Option<&'static str>,
}

const NONE: char = ' ';

impl Hand {
    pub(super) fn of(source: SourceKind) -> Self {
        Self { source, begun: Zeroizing::new(NONE), remark: None }
    }

    pub(super) fn is_text(&self) -> bool {
        self.source == SourceKind::Text
    }

    pub(super) fn help(&self) -> &'static [&'static str] {
        match self.source {
            SourceKind::Cards => wording::HELP_CARDS,
            SourceKind::Text => wording::HELP_TEXT,
            _ => wording::HELP_THROWS,
        }
    }

    pub(super) fn key(mut self, key: &Key, journey: &mut Journey) -> Next {
        self.remark = None;
        match key {
            Key::Esc => return Next::Go(Step::Sources(None)),
            Key::Enter if *self.begun == NONE => return Next::Go(Step::Sources(None)),
            Key::Enter => self.end_number(journey),
            Key::Backspace if *self.begun != NONE => self.begun.zeroize_to(NONE),
            Key::Backspace => undo(self.source, journey),
            Key::Tab if self.source == SourceKind::Cards => {
                journey.change(|pot| pot.cards.shuffle(), |shuffled| *shuffled);
            }
            Key::Char(letter) => self.letter(*letter, journey),
            _ => {}
        }
        Next::Go(Step::Throwing(self))
    }

    fn letter(&mut self, letter: char, journey: &mut Journey) {
        match self.source {
            SourceKind::Dice => {
                let number = letter.to_digit(10).and_then(|digit| u8::try_from(digit).ok());
                self.throw(number.unwrap_or(u8::MAX), journey);
            }
            SourceKind::Coins => {
                let side = match letter.to_ascii_lowercase() {
                    '1' | 'h' => 1,
                    '0' | 't' => 0,
                    _ => u8::MAX,
                };
                self.throw(side, journey);
            }
            SourceKind::Dice20 => self.digit_of_20(letter, journey),
            SourceKind::Cards => self.half_a_card(letter, journey),
            SourceKind::Text => {
                let typed = journey.change(|pot| pot.text.push(letter), is_taken);
                self.remark = (typed == Typed::Full).then_some(FULL);
            }
            SourceKind::Camera => {} // has its own screen
        }
    }

    fn throw(&mut self, number: u8, journey: &mut Journey) {
        let source = self.source;
        let push = |pot: &mut Pot| match pot.throws_mut(source) {
            Some(throws) => throws.push(number),
            None => Typed::Unknown,
        };
        self.remark = match journey.change(push, is_taken) {
            Typed::Taken => None,
            Typed::Unknown => Some(match self.source {
                SourceKind::Dice => "A die with six faces shows 1 to 6.",
                SourceKind::Dice20 => "A die with twenty faces shows 1 to 20.",
                _ => "A coin shows heads (1 or h) or tails (0 or t).",
            }),
            Typed::Full => Some(FULL),
        };
    }

    /// 3 to 9 are whole at once. 1 may become 10 to 19, and 2 may become 20: the next key tells.
    fn digit_of_20(&mut self, letter: char, journey: &mut Journey) {
        if letter == ' ' {
            return self.end_number(journey);
        }
        let Some(digit) = letter.to_digit(10).and_then(|digit| u8::try_from(digit).ok()) else {
            self.remark = Some("Type the number that the die shows, 1 to 20.");
            return;
        };
        match (*self.begun, digit) {
            ('1', _) => {
                self.begun.zeroize_to(NONE);
                self.throw(10 + digit, journey);
            }
            ('2', 0) => {
                self.begun.zeroize_to(NONE);
                self.throw(20, journey);
            }
            ('2', _) => {
                self.end_number(journey);
                self.digit_of_20(letter, journey);
            }
            (_, 1 | 2) => *self.begun = letter,
            _ => self.throw(digit, journey),
        }
    }

    /// The digit that is begun stands alone.
    fn end_number(&mut self, journey: &mut Journey) {
        let digit = self.begun.to_digit(10).and_then(|digit| u8::try_from(digit).ok());
        if let Some(digit) = digit.filter(|_| self.source == SourceKind::Dice20) {
            self.begun.zeroize_to(NONE);
            self.throw(digit, journey);
        } else if *self.begun != NONE {
            self.remark = Some("The card's suit is missing: c, d, h or s.");
        }
    }

    fn half_a_card(&mut self, letter: char, journey: &mut Journey) {
        if *self.begun == NONE {
            // 10 is typed as its first digit, or as t
            let rank = if letter == '1' { Some('T') } else { Card::rank(letter) };
            match rank {
                Some(rank) => *self.begun = rank,
                None => self.remark = Some(A_RANK),
            }
            return;
        }
        if *self.begun == 'T' && letter == '0' {
            return;
        }
        let card = Suit::of_letter(letter).and_then(|suit| Card::new(*self.begun, suit));
        let Some(card) = card else {
            self.remark = Some("A suit is c (clubs), d (diamonds), h (hearts) or s (spades).");
            return;
        };
        let drawn = journey.change(|pot| pot.cards.draw(card), |drawn| *drawn == Drawn::Taken);
        self.remark = match drawn {
            Drawn::Taken => None,
            Drawn::Already => Some(ALREADY),
            Drawn::Full => Some(FULL),
        };
        self.begun.zeroize_to(NONE);
    }

    pub(super) fn view<'a>(&self, journey: &Journey, core: &Core) -> View<'a> {
        let (source, pot) = (self.source, &journey.pot);
        let (have, target) = (pot.gathered(source), pot.target(source).unwrap_or_default());
        let mut text = Text::new();
        text.gap();
        let goal = target.max(have);
        large(&mut text, have, &format!(" of {goal} {}", source_noun(source, goal)));
        text.gap();
        text.line(Line::toned(Tone::Strong, bar(have as u64, target as u64, BAR)));
        let bits = format!("They count for {}.", pot.credit(source));
        let together = if pot.users() == pot.credit(source) {
            String::new()
        } else {
            format!("   Yours together: {}.", users_share(pot))
        };
        text.plain(format!("{bits}{together}"));
        text.gap();
        text.line(entered(source, pot, *self.begun));
        text.gap();
        if source == SourceKind::Cards {
            text.toned(Tone::Faint, format!("{} cards are left in the deck.", pot.cards.left()));
        }
        if let Some(flaw) = pot.flaw(source) {
            text.toned(Tone::Warn, flaw_sentence(source, flaw, pot));
        }
        if let Some(remark) = self.remark {
            text.toned(Tone::Warn, remark);
        } else if have > 0 && pot.users() >= pot.goal() || enough_throws(source, pot) {
            text.toned(Tone::Proven, "Enough. Enter goes back and on; more does no harm.");
        }
        let mut view = words_view(core, hand_title(source), text, hand_keys(source));
        if matches!(source, SourceKind::Text | SourceKind::Cards) {
            view.status = layout_in_use(core);
        }
        view
    }
}

fn is_taken(typed: &Typed) -> bool {
    *typed == Typed::Taken
}

fn undo(source: SourceKind, journey: &mut Journey) {
    let undo = |pot: &mut Pot| match source {
        SourceKind::Cards => pot.cards.undo(),
        SourceKind::Text => pot.text.undo(),
        thrown => pot.throws_mut(thrown).is_some_and(|throws| throws.undo()),
    };
    journey.change(undo, |undone| *undone);
}

/// Wipes, and puts something that is no secret in its place.
trait ZeroizeTo<T> {
    fn zeroize_to(&mut self, value: T);
}

impl ZeroizeTo<char> for Zeroizing<char> {
    fn zeroize_to(&mut self, value: char) {
        self.zeroize();
        **self = value;
    }
}

const FULL: &str = "There is no room for more. Enter goes on, Backspace takes back.";
const A_RANK: &str =
    "A card begins with its rank: a, 2 to 9, t (10), j, q or k. Then comes its suit.";
const ALREADY: &str =
    "That card was drawn already. If you put all cards back and shuffled, press Tab first.";
