//! What an auditor would refuse, found before anybody follows the procedure.

use super::model::{Failure, Kind, Procedure, Step};
use super::road::{Sure, Target, sure_before, target};
use crate::wallet::visible;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use toml::Spanned;

/// Longest file, in bytes.
pub const FILE_MOST: usize = 64 * 1024;

/// Most steps.
pub const STEPS_MOST: usize = 100;

/// Most roles, and most materials.
const PARTS_MOST: usize = 32;

/// Longest name, title and text, in bytes.
const NAME_MOST: usize = 40;
const TITLE_MOST: usize = 80;
const TEXT_MOST: usize = 600;

/// Most times that a step is tried again.
const RETRIES_MOST: u8 = 10;

/// Why a procedure is refused.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    /// The line of the file, from 1.
    pub line: usize,
    /// One or two sentences: what is wrong, what to do.
    pub reason: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Line {}: {}", self.line, self.reason)
    }
}

/// Reads a procedure. Gives it only when nothing is wrong with it; else every fault, by line.
pub fn lint(bytes: &[u8]) -> Result<Procedure, Vec<Fault>> {
    let one = |line, reason: String| vec![Fault { line, reason }];
    if bytes.len() > FILE_MOST {
        return Err(one(1, format!("The file is longer than {FILE_MOST} bytes. Make it shorter.")));
    }
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let line = line_of(bytes, error.valid_up_to());
        one(line, "This is not UTF-8 text. Save the file as UTF-8.".into())
    })?;
    let procedure: Procedure = toml::from_str(text).map_err(|error| {
        let line = error.span().map_or(1, |span| line_of(bytes, span.start));
        let what = visible(error.message().trim_end_matches('.')).to_string();
        one(line, format!("The file cannot be read: {what}. Correct this line."))
    })?;
    let mut judge = Judge { bytes, procedure: &procedure, faults: Vec::new() };
    judge.head();
    judge.roles();
    judge.steps();
    judge.road();
    let mut faults = judge.faults;
    if faults.is_empty() {
        return Ok(procedure);
    }
    faults.sort();
    faults.dedup();
    Err(faults)
}

/// The line, from 1, that holds the byte at `place`.
fn line_of(bytes: &[u8], place: usize) -> usize {
    1 + bytes.iter().take(place).filter(|byte| **byte == b'\n').count()
}

struct Judge<'a> {
    bytes: &'a [u8],
    procedure: &'a Procedure,
    faults: Vec<Fault>,
}

impl<'a> Judge<'a> {
    fn fault<T>(&mut self, at: &Spanned<T>, reason: impl Into<String>) {
        let line = line_of(self.bytes, at.span().start);
        self.faults.push(Fault { line, reason: reason.into() });
    }

    fn words(&mut self, text: &Spanned<String>, most: usize) {
        let words = text.get_ref();
        if words.trim().is_empty() {
            self.fault(text, "This text is empty. Say what is meant.");
        } else if words.len() > most {
            self.fault(text, format!("This text is longer than {most} bytes. Make it shorter."));
        } else if visible(words) != *words {
            self.fault(text, "This text has a character that cannot be shown. Use plain letters.");
        }
    }

    fn name(&mut self, name: &Spanned<String>) {
        let text = name.get_ref();
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if text.is_empty() || text.len() > NAME_MOST || !text.chars().all(plain) {
            self.fault(
                name,
                format!("An id is 1 to {NAME_MOST} small letters, digits and hyphens. Change it."),
            );
        }
    }

    fn once(&mut self, names: impl Iterator<Item = &'a Spanned<String>>, what: &str) {
        let mut seen = BTreeSet::new();
        for name in names {
            if !seen.insert(name.get_ref()) {
                let text = format!("The {what} {} stands twice. Rename one.", shown(name));
                self.fault(name, text);
            }
        }
    }

    fn head(&mut self) {
        let procedure = self.procedure;
        self.name(&procedure.id);
        self.words(&procedure.title, TITLE_MOST);
        if *procedure.version.get_ref() == 0 {
            self.fault(&procedure.version, "Versions count from 1. Begin with 1.");
        }
        if let Some(days) = procedure.interval_days.as_ref().filter(|days| *days.get_ref() == 0) {
            self.fault(days, "An interval has at least 1 day. Leave it out if there is none.");
        }
        for control in procedure.ccss.iter().filter(|control| !control.get_ref().exists()) {
            let reason = "The CryptoCurrency Security Standard has no such control. Correct it.";
            self.fault(control, reason);
        }
        if procedure.steps.is_empty() {
            self.fault(&procedure.id, "The procedure has no steps. Add the first.");
        }
        if procedure.steps.len() > STEPS_MOST {
            let reason = format!("A procedure has at most {STEPS_MOST} steps. Make two of it.");
            self.fault(&procedure.steps[STEPS_MOST].id, reason);
        }
        let most = format!("There are at most {PARTS_MOST} of these. Leave some out.");
        if let Some(role) = procedure.roles.get(PARTS_MOST) {
            self.fault(&role.id, most.clone());
        }
        if let Some(material) = procedure.materials.get(PARTS_MOST) {
            self.fault(&material.id, most);
        }
    }

    fn is_role(&self, name: &str) -> bool {
        self.procedure.roles.iter().any(|role| role.id.get_ref() == name)
    }

    /// Has somebody said that no person has both roles?
    fn apart(&self, one: &str, other: &str) -> bool {
        let says = |from: &str, to: &str| {
            let mut roles = self.procedure.roles.iter().filter(|role| role.id.get_ref() == from);
            roles.any(|role| role.differs_from.iter().any(|name| name.get_ref() == to))
        };
        says(one, other) || says(other, one)
    }

    fn roles(&mut self) {
        let procedure = self.procedure;
        self.once(procedure.roles.iter().map(|role| &role.id), "role");
        for role in &procedure.roles {
            self.name(&role.id);
            self.words(&role.title, TITLE_MOST);
            if *role.minimum.get_ref() == 0 {
                self.fault(&role.minimum, "A role has at least 1 person. Leave it out otherwise.");
            }
            for other in &role.differs_from {
                if other.get_ref() == role.id.get_ref() {
                    self.fault(other, "A role cannot differ from itself. Name another.");
                } else if !self.is_role(other.get_ref()) {
                    self.fault(other, format!("There is no role {}. Correct it.", shown(other)));
                }
            }
            let used = procedure.steps.iter().any(|step| {
                let names = [Some(&step.role), step.witness.as_ref()];
                names.into_iter().flatten().any(|name| name.get_ref() == role.id.get_ref())
            });
            if !used {
                let reason =
                    format!("The role {} does and witnesses nothing. Remove it.", shown(&role.id));
                self.fault(&role.id, reason);
            }
        }
        self.once(procedure.materials.iter().map(|material| &material.id), "material");
        for material in &procedure.materials {
            self.name(&material.id);
            self.words(&material.title, TITLE_MOST);
        }
    }

    fn steps(&mut self) {
        let steps = &self.procedure.steps;
        self.once(steps.iter().map(|step| &step.id), "step");
        self.once(steps.iter().filter_map(|step| step.field.as_ref()), "field");
        for step in steps {
            self.name(&step.id);
            if step.id.get_ref() == "end" {
                self.fault(&step.id, "No step is called end: that is the end itself. Rename it.");
            }
            self.words(&step.text, TEXT_MOST);
            self.people(step);
            self.parts(step);
            self.failure(step);
        }
    }

    fn people(&mut self, step: &Step) {
        for name in [Some(&step.role), step.witness.as_ref()].into_iter().flatten() {
            if !self.is_role(name.get_ref()) {
                self.fault(name, format!("There is no role {}. Correct it.", shown(name)));
                return;
            }
        }
        let Some(witness) = &step.witness else { return };
        if witness.get_ref() == step.role.get_ref() {
            self.fault(witness, "Nobody witnesses what they do themselves. Name another role.");
        } else if !self.apart(step.role.get_ref(), witness.get_ref()) {
            let reason = format!(
                "One person could be {} and its witness {}. Say differs_from in one of them.",
                shown(&step.role),
                shown(witness)
            );
            self.fault(witness, reason);
        }
    }

    /// Each kind has its own parts, and no others.
    fn parts(&mut self, step: &Step) {
        use Kind::*;
        let kind = *step.kind.get_ref();
        let needs = [
            ("predicate", step.predicate.is_some(), kind == Check, kind == Check),
            (
                "field",
                step.field.is_some(),
                matches!(kind, Enter | EnterSecret | Scan),
                matches!(kind, Enter | EnterSecret),
            ),
            (
                "of",
                step.of.is_some(),
                matches!(kind, ShowQr | ReadAloud | Compare | Attest),
                kind == Compare,
            ),
            ("as_last", step.as_last.is_some(), matches!(kind, Enter | Scan | Compare), false),
        ];
        for (part, is_there, may, must) in needs {
            if is_there && !may {
                self.fault(&step.kind, format!("This kind of step has no {part}. Remove it."));
            } else if must && !is_there {
                self.fault(&step.kind, format!("This kind of step needs {part}. Add it."));
            }
        }
        if let Some(field) = &step.field {
            self.name(field);
        }
    }

    fn failure(&mut self, step: &Step) {
        use Kind::*;
        let effect =
            matches!(step.kind.get_ref(), Derive | BackUp | Export | Sign | Power | EnterSecret);
        match step.failure.get_ref() {
            Failure::Retry(0) => {
                self.fault(&step.failure, "Trying again 0 times is abort. Write abort.");
            }
            Failure::Retry(times) if *times > RETRIES_MOST => {
                let reason = format!("A step is tried again at most {RETRIES_MOST} times.");
                self.fault(&step.failure, reason);
            }
            Failure::Retry(_) if effect && *step.kind.get_ref() != EnterSecret => {
                let reason = "This step has an effect and is never repeated. Write abort.";
                self.fault(&step.failure, reason);
            }
            Failure::Deviation if effect => {
                self.fault(&step.failure, "This step cannot be passed over. Write abort.");
            }
            Failure::Deviation if step.witness.is_none() => {
                let reason =
                    "A deviation is recorded by two roles. Name a witness, or write abort.";
                self.fault(&step.failure, reason);
            }
            Failure::GoTo(_) if effect => {
                let reason = "This step has an effect, even when it fails. Write abort.";
                self.fault(&step.failure, reason);
            }
            Failure::Abort | Failure::Retry(_) | Failure::Deviation | Failure::GoTo(_) => {}
        }
    }

    /// Where the steps lead, and what is sure on the way.
    fn road(&mut self) {
        let procedure = self.procedure;
        let mut forward = true;
        for (at, step) in procedure.steps.iter().enumerate() {
            if let Some(next) = &step.next {
                forward &= self.leads(at, next, next.get_ref());
            }
            if let Failure::GoTo(name) = step.failure.get_ref() {
                forward &= self.leads(at, &step.failure, name);
            }
        }
        if !forward {
            return; // what is sure is only known where all ways lead forward
        }
        let secrets = self.fields_of(|kind| kind == Kind::EnterSecret);
        let known = self.fields_of(|_| true);
        let serials = procedure.materials.iter().filter_map(|material| material.serial.as_ref());
        for serial in serials {
            self.names_field(serial, &known, &secrets);
        }
        for (step, sure) in procedure.steps.iter().zip(sure_before(procedure)) {
            match sure {
                None => {
                    self.fault(&step.id, "No way leads to this step. Remove it, or lead to it.")
                }
                Some(sure) => self.follows(step, &sure, &known, &secrets),
            }
        }
    }

    fn fields_of(&self, kinds: impl Fn(Kind) -> bool) -> BTreeMap<&'a str, usize> {
        let steps = self.procedure.steps.iter().enumerate();
        let some = steps.filter(|(_, step)| kinds(*step.kind.get_ref()));
        some.filter_map(|(at, step)| Some((step.field.as_ref()?.get_ref().as_str(), at))).collect()
    }

    fn leads<T>(&mut self, from: usize, at: &Spanned<T>, name: &str) -> bool {
        match target(self.procedure, name) {
            Target::Step(to) if to <= from => {
                let reason = "This leads back: the end may never be reached. Lead to a later step.";
                self.fault(at, reason);
                false
            }
            Target::Unknown => {
                self.fault(at, format!("There is no step \"{}\". Correct it.", visible(name)));
                false
            }
            Target::Step(_) | Target::End => true,
        }
    }

    fn names_field(
        &mut self,
        field: &Spanned<String>,
        known: &BTreeMap<&str, usize>,
        secrets: &BTreeMap<&str, usize>,
    ) -> bool {
        let name = field.get_ref().as_str();
        if secrets.contains_key(name) {
            let reason =
                "This field is secret: it would reach a record, a code or ears. Remove it.";
            self.fault(field, reason);
            return false;
        }
        if !known.contains_key(name) {
            let reason = format!("No step enters the field {}. Correct it.", shown(field));
            self.fault(field, reason);
            return false;
        }
        true
    }

    fn follows(
        &mut self,
        step: &Step,
        sure: &Sure,
        known: &BTreeMap<&str, usize>,
        secrets: &BTreeMap<&str, usize>,
    ) {
        let kind = *step.kind.get_ref();
        if kind == Kind::Sign && !sure.kinds.contains(&Kind::ReviewPsbt) {
            let reason = "This can be signed without a review of its own. Put one before it.";
            self.fault(&step.kind, reason);
        }
        if kind == Kind::Export && !sure.kinds.contains(&Kind::VerifyBackup) {
            let reason = "This can leave before a backup was verified. Verify one before it.";
            self.fault(&step.kind, reason);
        }
        if let Some(last) = &step.as_last {
            self.names_field(last, known, secrets);
        }
        if let Some(of) = &step.of
            && self.names_field(of, known, secrets)
            && !sure.fields.contains(of.get_ref())
        {
            let reason = format!("The field {} may not be entered yet here.", shown(of));
            self.fault(of, format!("{reason} Enter it before."));
        }
    }
}

/// A name out of the file, as it may be shown.
fn shown(name: &Spanned<String>) -> String {
    format!("\"{}\"", visible(name.get_ref()))
}
