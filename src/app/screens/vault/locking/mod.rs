//! What shall open a vault: chosen, typed, and turned into keys. Part of making one, and of changing
//! what opens it.

mod plan;
mod words;

use super::super::cursor::Cursor;
use super::hidden::{Turn, Twice};
use super::key_stick::{KeyStick, Stick};
use super::*;
use crate::vault::{Blank, Cost, Custodians, Holder, KeyFile, Locks, Terms, Unlock, VaultError};
use plan::{Plan, Planned};

/// What shall open a vault, being chosen and typed.
pub(super) struct Locking {
    ground: Ground,
    kind: Cursor,
    passphrase: Twice,
    key_file: KeyStick,
    plan: Plan,
    /// The custodians who came so far, and the plan that they came by.
    circle: Option<(Custodians, Plan)>,
    /// The plan by which all of them came.
    complete: Option<Plan>,
    step: Step,
    trouble: Option<String>,
}

/// What passphrases are turned into keys for.
pub(super) enum Ground {
    /// A new vault; its salt and cost stand once the machine was measured.
    New(Option<Blank>),
    /// A vault that is there.
    There(Terms),
}

enum Step {
    Kind,
    Passphrase,
    KeyStick,
    Plan,
    /// Hand the keyboard to this custodian.
    HandOver(usize),
    /// This custodian types.
    Custodian(usize, Twice),
    /// A key is being made of the passphrase.
    Working,
    /// A key is being made of what this custodian typed.
    WorkingFor(usize, Twice),
}

/// How far it is.
pub(super) enum Progress {
    /// Something is still to be chosen or typed.
    Going,
    /// One step back, out of it.
    Back,
    /// It stands.
    Done(Locks),
    /// It stands as it did before: nobody needs to come again.
    AsBefore,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Passphrase,
    KeyFile,
    Custodians,
}

const KINDS: [(Kind, &str, &str); 3] = [
    (Kind::Passphrase, "A passphrase", "you alone"),
    (Kind::KeyFile, "Passphrase and key file", "on a second stick; both are needed"),
    (Kind::Custodians, "Several custodians", "so many of them together"),
];

impl Locking {
    pub(super) fn new(ground: Ground) -> Self {
        Self {
            ground,
            kind: Cursor::default(),
            passphrase: Twice::default(),
            key_file: KeyStick::making(),
            plan: Plan::default(),
            circle: None,
            complete: None,
            step: Step::Kind,
            trouble: None,
        }
    }

    /// The new vault's salt and cost, once they stand.
    pub(super) fn blank(&self) -> Option<&Blank> {
        match &self.ground {
            Ground::New(blank) => blank.as_ref(),
            Ground::There(_) => None,
        }
    }

    /// A key file is part of it: the stick with it must not carry the vault, too.
    pub(super) fn has_key_file(&self) -> bool {
        self.kind() == Kind::KeyFile
    }

    /// Nothing was typed yet.
    pub(super) fn holds_a_secret(&self) -> bool {
        !self.passphrase.is_empty() || self.circle.is_some() || !matches!(self.step, Step::Kind)
    }

    /// Back to its last question, with all that was typed.
    pub(super) fn again(&mut self) {
        self.step = match self.kind() {
            Kind::Passphrase | Kind::KeyFile => Step::Passphrase,
            Kind::Custodians => Step::Plan,
        };
    }

    fn kind(&self) -> Kind {
        KINDS[self.kind.at(KINDS.len())].0
    }

    pub(super) fn is_typing(&self) -> bool {
        match &self.step {
            Step::Passphrase | Step::Custodian(..) => true,
            Step::Plan => self.plan.is_typing(),
            _ => false,
        }
    }

    pub(super) fn key(&mut self, key: &Key, core: &mut Core) -> Progress {
        if matches!(self.step, Step::Working | Step::WorkingFor(..)) {
            return Progress::Going;
        }
        self.trouble = None;
        match &mut self.step {
            Step::Kind => match key {
                Key::Esc => return Progress::Back,
                Key::Enter => self.again(),
                key => {
                    self.kind.key(key, KINDS.len());
                }
            },
            Step::Passphrase => match self.passphrase.key(key) {
                Turn::Typing => {}
                Turn::Back => self.step = Step::Kind,
                Turn::Done if self.has_key_file() => {
                    self.step = Step::KeyStick;
                    self.key_file.look(core);
                }
                Turn::Done => self.step = Step::Working,
            },
            Step::KeyStick => {
                let turn = self.key_file.key(key, core);
                self.stick(&turn);
            }
            Step::Plan => match self.plan.key(key) {
                Planned::Going => {}
                Planned::Back => self.step = Step::Kind,
                Planned::Done => return self.next_custodian(),
            },
            Step::HandOver(place) => match key {
                Key::Enter => self.step = Step::Custodian(*place, Twice::default()),
                Key::Esc => self.step = Step::Plan,
                _ => {}
            },
            Step::Custodian(place, typed) => match typed.key(key) {
                Turn::Typing => {}
                Turn::Back => self.step = Step::HandOver(*place), // what was typed is wiped
                Turn::Done => self.step = Step::WorkingFor(*place, std::mem::take(typed)),
            },
            Step::Working | Step::WorkingFor(..) => {}
        }
        Progress::Going
    }

    fn stick(&mut self, turn: &Stick) {
        match turn {
            Stick::Open => {}
            Stick::Back => self.step = Step::Passphrase,
            Stick::Done => self.step = Step::Working,
        }
    }

    pub(super) fn news(&mut self, news: VaultNews) {
        if matches!(self.step, Step::KeyStick) {
            let turn = self.key_file.news(news);
            self.stick(&turn);
        }
    }

    /// Goes on with the first custodian who has not come; all have: done. Custodians who came by
    /// another plan come again.
    fn next_custodian(&mut self) -> Progress {
        if self.complete.as_ref().is_some_and(|plan| plan.is_same(&self.plan)) {
            return Progress::AsBefore;
        }
        let people = self.plan.people().len();
        let circle = self.circle.take().filter(|(_, plan)| plan.is_same(&self.plan));
        let begun = circle.map_or_else(
            || Custodians::new(small(self.plan.needed()), small(people)),
            |(circle, _)| Ok(circle),
        );
        match begun {
            Ok(circle) if circle.missing() == 0 => {
                let mut locks = Locks::new();
                match locks.custodians(circle) {
                    Ok(()) => {
                        self.complete = Some(self.plan.copy());
                        return Progress::Done(locks);
                    }
                    Err(error) => self.fail(Step::Plan, &error),
                }
            }
            Ok(circle) => {
                self.step = Step::HandOver(people - circle.missing());
                self.circle = Some((circle, self.plan.copy()));
            }
            Err(error) => self.fail(Step::Plan, &error),
        }
        Progress::Going
    }

    /// Does what was said to be done: a second of work.
    pub(super) fn tick(&mut self, core: &mut Core) -> Progress {
        match std::mem::replace(&mut self.step, Step::Kind) {
            Step::Working => match self.lock(core) {
                Ok(locks) => {
                    self.complete = None;
                    return Progress::Done(locks);
                }
                Err(error) => self.fail(Step::Passphrase, &error),
            },
            Step::WorkingFor(place, typed) => match self.admit(place, &typed, core) {
                Ok(()) => return self.next_custodian(),
                Err(error) => self.fail(Step::Custodian(place, typed), &error),
            },
            step => self.step = step,
        }
        Progress::Going
    }

    fn fail(&mut self, step: Step, error: &VaultError) {
        self.step = step;
        self.trouble = Some(error.to_string());
    }

    fn lock(&mut self, core: &mut Core) -> Result<Locks, VaultError> {
        let with = self.has_key_file();
        let terms = self.terms(core)?;
        let key_file = self.key_file.key_file().filter(|_| with);
        let unlock = Unlock::derive(&terms, self.passphrase.text(), key_file)?;
        let mut locks = Locks::new();
        locks.passphrase(no_name(), unlock)?;
        Ok(locks)
    }

    fn admit(&mut self, place: usize, typed: &Twice, core: &mut Core) -> Result<(), VaultError> {
        let terms = self.terms(core)?;
        let unlock = Unlock::derive(&terms, typed.text(), None::<&KeyFile>)?;
        let name = self.plan.people().get(place).and_then(|name| Holder::new(name).ok());
        match &mut self.circle {
            Some((circle, _)) => circle.add(name.unwrap_or_else(no_name), unlock),
            None => Ok(()), // the plan was left meanwhile: it begins again
        }
    }

    /// What a passphrase costs here. For a new vault this machine is measured first.
    fn terms(&mut self, core: &mut Core) -> Result<Terms, VaultError> {
        let blank = match &mut self.ground {
            Ground::There(terms) => return Ok(*terms),
            Ground::New(blank) => blank,
        };
        if let Some(blank) = blank {
            return Ok(blank.terms());
        }
        let cost = Cost::calibrate(&core.settings.stopwatch)?;
        Ok(blank.insert(Blank::new(cost, &mut core.settings.random)?).terms())
    }
}

/// A count of people, who are 16 at most.
fn small(count: usize) -> u8 {
    u8::try_from(count).unwrap_or(u8::MAX)
}
