//! From reports of one keyboard to keys of the app: modifiers, Caps Lock, dead keys, repetition.
//! Nothing here has `Debug`: what it holds was typed.

use super::codes;
use super::keymaps::{Accent, Level, Symbol, symbol};
use super::record::{Motion, Report};
use crate::app::{Key, Keymap};

/// What came of a report.
pub(super) enum Stroke {
    /// A key for the app.
    Key(Key),
    /// The power button, or Ctrl-Alt-Del.
    PowerOff,
}

/// At most two: an accent that fits no letter stands before the character that followed it.
type Strokes = [Option<Stroke>; 2];

const NOTHING: Strokes = [None, None];

/// One keyboard.
#[derive(Default)]
pub(super) struct Decoder {
    held: Held,
    caps: bool,
    accent: Option<Accent>,
}

/// The modifiers that are down.
#[derive(Default)]
struct Held {
    left_shift: bool,
    right_shift: bool,
    left_control: bool,
    right_control: bool,
    left_alt: bool,
    right_alt: bool,
}

impl Held {
    /// The modifier of that number.
    fn modifier(&mut self, code: u16) -> Option<&mut bool> {
        Some(match code {
            codes::LEFT_SHIFT => &mut self.left_shift,
            codes::RIGHT_SHIFT => &mut self.right_shift,
            codes::LEFT_CONTROL => &mut self.left_control,
            codes::RIGHT_CONTROL => &mut self.right_control,
            codes::LEFT_ALT => &mut self.left_alt,
            codes::RIGHT_ALT => &mut self.right_alt,
            _ => return None,
        })
    }

    fn shift(&self) -> bool {
        self.left_shift || self.right_shift
    }

    fn control(&self) -> bool {
        self.left_control || self.right_control
    }

    fn alt(&self) -> bool {
        self.left_alt || self.right_alt
    }
}

impl Decoder {
    /// Takes one report.
    pub(super) fn take(&mut self, report: &Report, keymap: Keymap) -> Strokes {
        let (code, motion) = match report {
            Report::Key { code, motion } => (*code, *motion),
            Report::Lost => {
                (self.held, self.accent) = (Held::default(), None);
                return NOTHING;
            }
            Report::LidClosed => return NOTHING, // a keyboard has none
        };
        if let Some(modifier) = self.held.modifier(code) {
            *modifier = motion != Motion::Up;
            return NOTHING;
        }
        match motion {
            Motion::Up => NOTHING,
            Motion::Repeat if !repeats(code) => NOTHING,
            Motion::Down | Motion::Repeat => self.pressed(code, motion, keymap),
        }
    }

    fn pressed(&mut self, code: u16, motion: Motion, keymap: Keymap) -> Strokes {
        if code == codes::POWER {
            return [Some(Stroke::PowerOff), None];
        }
        let deletes = matches!(code, codes::DELETE | codes::KEYPAD_POINT);
        if deletes && self.held.control() && self.held.alt() {
            return [Some(Stroke::PowerOff), None];
        }
        if code == codes::CAPS_LOCK {
            self.caps = !self.caps;
            return NOTHING;
        }
        if let Some(key) = named(code) {
            return self.named(key);
        }
        if self.held.control() {
            let plain = symbol(keymap, code, Level::Plain);
            let key = match plain {
                Some(Symbol::Char('c')) => Some(Key::Interrupt),
                Some(Symbol::Char('l')) => Some(Key::Lock),
                _ => None,
            };
            return [key.filter(|_| motion == Motion::Down).map(Stroke::Key), None];
        }
        if self.held.left_alt {
            return NOTHING; // no character of any layout
        }
        let level = Level::of(self.held.shift(), self.held.right_alt);
        match symbol(keymap, code, level) {
            Some(Symbol::Char(character)) => {
                let character = if self.caps { other_case(character) } else { character };
                self.character(character)
            }
            Some(Symbol::Dead(accent)) if motion == Motion::Down => self.dead(accent),
            Some(Symbol::Dead(_)) | None => NOTHING,
        }
    }

    /// An accent goes over the character that follows; where there is no such letter, nothing of
    /// what was typed is lost.
    fn character(&mut self, character: char) -> Strokes {
        let Some(accent) = self.accent.take() else { return [typed(character), None] };
        match accent.over(character) {
            Some(whole) => [typed(whole), None],
            None => [typed(accent.alone()), typed(character)],
        }
    }

    /// The same accent twice is the accent alone.
    fn dead(&mut self, accent: Accent) -> Strokes {
        match self.accent.take() {
            Some(before) if before == accent => [typed(accent.alone()), None],
            before => {
                self.accent = Some(accent);
                [before.and_then(|before| typed(before.alone())), None]
            }
        }
    }

    fn named(&mut self, key: Key) -> Strokes {
        match (self.accent.take(), key) {
            (Some(_), Key::Backspace) => NOTHING, // takes back the accent
            (Some(accent), key @ (Key::Enter | Key::Tab)) => {
                [typed(accent.alone()), Some(Stroke::Key(key))]
            }
            (_, key) => [Some(Stroke::Key(key)), None],
        }
    }
}

fn typed(character: char) -> Option<Stroke> {
    Some(Stroke::Key(Key::Char(character)))
}

/// Keys that go on when they are held down. Not Enter and Esc: they lead from screen to screen.
fn repeats(code: u16) -> bool {
    use Key::{Backspace, Down, Left, Right, Up};
    let on_their_own = [codes::CAPS_LOCK, codes::POWER, codes::DELETE];
    match named(code) {
        Some(key) => matches!(key, Backspace | Up | Down | Left | Right),
        None => !on_their_own.contains(&code),
    }
}

/// Keys with a name instead of a character.
fn named(code: u16) -> Option<Key> {
    Some(match code {
        codes::ENTER | codes::KEYPAD_ENTER => Key::Enter,
        codes::ESC => Key::Esc,
        codes::BACKSPACE => Key::Backspace,
        codes::TAB => Key::Tab,
        codes::UP => Key::Up,
        codes::DOWN => Key::Down,
        codes::LEFT => Key::Left,
        codes::RIGHT => Key::Right,
        codes::PAGE_UP => Key::PageUp,
        codes::PAGE_DOWN => Key::PageDown,
        codes::F1 => Key::Help,
        _ => return None,
    })
}

/// Caps Lock turns the case of Latin letters, and of nothing else: the Czech and French digits keep
/// their Shift. A letter whose other case is no single letter (the German sharp s) stays.
fn other_case(character: char) -> char {
    fn single(mut letters: impl Iterator<Item = char>) -> Option<char> {
        let first = letters.next()?;
        letters.next().is_none().then_some(first)
    }
    if character >= '\u{180}' || character == '\u{b5}' {
        return character; // micro is a Greek letter
    }
    let other = match character.is_lowercase() {
        true => single(character.to_uppercase()),
        false => single(character.to_lowercase()),
    };
    other.unwrap_or(character)
}

#[cfg(test)]
mod tests;
