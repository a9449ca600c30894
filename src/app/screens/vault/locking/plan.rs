//! Who the custodians are, and how many of them open the vault together.

use super::super::super::naming::Naming;
use super::super::*;
use crate::vault::layout::ENTRIES;

/// The plan, being made.
#[derive(Default)]
pub(super) struct Plan {
    people: Vec<String>,
    naming: Naming,
    /// None: the names are being typed.
    needed: Option<usize>,
    trouble: Option<&'static str>,
}

/// What a key did to the plan.
pub(super) enum Planned {
    /// It is still being made.
    Going,
    /// One step back, out of it.
    Back,
    /// It stands.
    Done,
}

/// Fewest custodians: one alone is a passphrase.
const FEWEST: usize = 2;

impl Plan {
    /// The custodians' names, in the order in which they sit down.
    pub(super) fn people(&self) -> &[String] {
        &self.people
    }

    /// How many of them are needed.
    pub(super) fn needed(&self) -> usize {
        self.needed.unwrap_or(FEWEST)
    }

    /// The same people, and as many of them needed?
    pub(super) fn is_same(&self, other: &Self) -> bool {
        (&self.people, self.needed) == (&other.people, other.needed)
    }

    /// The plan as it stands now.
    pub(super) fn copy(&self) -> Self {
        Self { people: self.people.clone(), needed: self.needed, ..Self::default() }
    }

    pub(super) fn is_typing(&self) -> bool {
        self.needed.is_none()
    }

    pub(super) fn key(&mut self, key: &Key) -> Planned {
        self.trouble = None;
        match self.needed {
            None => self.names(key),
            Some(needed) => self.number(needed, key),
        }
    }

    fn names(&mut self, key: &Key) -> Planned {
        match key {
            Key::Esc => return Planned::Back,
            Key::Enter if !self.naming.name().is_empty() => self.add(),
            Key::Enter if self.people.len() < FEWEST => self.trouble = Some(TOO_FEW),
            // Half of them and one: nobody opens it alone, and some may be away.
            Key::Enter => self.needed = Some(self.people.len() / 2 + 1),
            Key::Backspace if self.naming.name().is_empty() => {
                self.naming = self.people.pop().map(|name| Naming::of(&name)).unwrap_or_default();
            }
            key => {
                self.naming.key(key);
            }
        }
        Planned::Going
    }

    fn add(&mut self) {
        let name = self.naming.name();
        if self.people.iter().any(|there| there == name) {
            self.trouble = Some(TWICE);
        } else if self.people.len() == ENTRIES {
            self.trouble = Some(TOO_MANY);
        } else {
            self.people.push(name.into());
            self.naming = Naming::default();
        }
    }

    fn number(&mut self, needed: usize, key: &Key) -> Planned {
        match key {
            Key::Esc => self.needed = None,
            Key::Enter => return Planned::Done,
            Key::Up | Key::Right => self.needed = Some((needed + 1).min(self.people.len())),
            Key::Down | Key::Left => self.needed = Some((needed - 1).max(1)),
            Key::Char(digit) => {
                let number = digit.to_digit(10).map_or(0, |number| number as usize);
                if (1..=self.people.len()).contains(&number) {
                    self.needed = Some(number);
                }
            }
            _ => {}
        }
        Planned::Going
    }

    pub(super) fn write(&self, text: &mut Text) -> Vec<Hotkey> {
        text.plain(WHAT);
        text.gap();
        for (place, name) in self.people.iter().enumerate() {
            text.line(
                Line::toned(Tone::Faint, format!("  {:>2}  ", place + 1)).and(Tone::Plain, name),
            );
        }
        match self.needed {
            None => {
                text.line(self.naming.line("name", true));
                if let Some(trouble) = self.trouble {
                    text.gap();
                    text.toned(Tone::Warn, trouble);
                }
                let next = if self.naming.name().is_empty() { "go on" } else { "add" };
                vec![("Enter", next), ("Backspace", "correct"), ("Esc", "back"), ("F1", "help")]
            }
            Some(needed) => {
                let all = self.people.len();
                text.gap();
                text.line(
                    Line::new("How many of them are needed to open it?   ")
                        .and(Tone::Strong, format!("{needed} of {all}")),
                );
                text.gap();
                text.toned(Tone::Faint, consequence(needed, all));
                vec![("Enter", "go on"), ("arrows", "more, fewer"), ("Esc", "back"), ("?", "help")]
            }
        }
    }
}

/// What a number means when somebody is away, or false.
fn consequence(needed: usize, all: usize) -> String {
    let away = match all - needed {
        0 => "If one of them is lost, the vault is lost.".to_string(),
        1 => "One of them may be lost.".to_string(),
        many => format!("{many} of them may be lost."),
    };
    match needed {
        1 => format!("{away} Each of them can open it alone."),
        2 => format!("{away} One alone learns nothing."),
        _ => format!("{away} {} together learn nothing.", needed - 1),
    }
}

const WHAT: &str = "Each custodian has a passphrase of their own. Type their names; an empty name goes on. The \
    names are kept sealed in the vault.";
const TOO_FEW: &str = "Two custodians at least. For one person, go back and take a passphrase.";
const TOO_MANY: &str = "There is room for 16 custodians. An empty name goes on.";
const TWICE: &str = "This name is there already. Type another, as with a family name.";
