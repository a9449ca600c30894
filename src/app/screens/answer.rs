//! The answer as an animated QR code, fitted to the window.

use super::room::{not_denser, too_large};
use super::*;
use crate::app::request::Origin;
use crate::demo::{self, Coordinator, Verdict};
use crate::keys::Signed;
use crate::psbt::{Limits, Psbt};
use crate::qr::{Modules, read};
use crate::review::Facts;
use crate::transport::{Collector, Dialect, Kind, Offered, Reel, ReelOptions};
use bitcoin::consensus::encode::serialize;

/// What is shown of what was signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Stripped,
    Whole,
    Final,
}

/// Milliseconds a frame, from slow to fast.
const PACES: [u64; 9] = [2000, 1000, 700, 500, 330, 250, 200, 140, 100];
/// Of these, the first in use: 4 frames a second.
const USUAL_PACE: usize = 5;

/// The answer's screen.
pub struct Answer {
    signed: Box<Psbt>,
    pub(super) transaction: Option<Vec<u8>>,
    pub(super) origin: Origin,
    pub(super) made: usize,
    pub(super) txid: Option<String>,
    form: Form,
    dialect: Dialect,
    density: usize,
    pace: usize,
    paused: bool,
    reel: Option<Reel>,
    frame: usize,
    shown: Option<Modules>,
    /// When the next frame is due, milliseconds since the start.
    due: u64,
    remark: Option<String>,
    pub(super) demo: Option<Demo>,
}

/// The demo coordinator, who reads the code off the drawn screen.
pub(super) struct Demo {
    collector: Collector,
    coordinator: Coordinator,
    pub(super) verdict: Option<Verdict>,
}

impl Demo {
    fn new() -> Option<Self> {
        let asked = Psbt::parse(&demo::unsigned(), &Limits::default()).ok()?;
        let coordinator = Coordinator::new(asked);
        Some(Self { collector: Collector::default(), coordinator, verdict: None })
    }

    /// What the demo coordinator says.
    pub(super) fn words(&self) -> String {
        match (&self.verdict, self.collector.progress()) {
            (Some(verdict), _) => format!("Demo coordinator: {verdict}"),
            (None, Some(progress)) => {
                format!("Demo coordinator: read {} of {} parts.", progress.have, progress.need)
            }
            (None, None) => "Demo coordinator: looking at this screen.".into(),
        }
    }

    /// The same in few words.
    fn short(&self) -> String {
        match &self.verdict {
            Some(Verdict::Valid { .. }) => "Demo coordinator: the transaction is valid.".into(),
            _ => self.words(),
        }
    }
}

impl Answer {
    /// The answer on the way that the question came: as a code, or to the stick with its file.
    pub(super) fn give(signed: &Signed, facts: &Facts, origin: Origin, core: &Core) -> Screen {
        let dialect = origin.dialect();
        let psbt = signed.psbt().clone();
        let transaction = psbt.finish().ok().map(|transaction| serialize(&transaction));
        let demo = if matches!(origin, Origin::Demo(_)) { Demo::new() } else { None };
        let answer = Self {
            signed: Box::new(psbt),
            transaction,
            made: signed.made(),
            origin,
            txid: facts.txid.map(|txid| txid.to_string()),
            form: Form::Stripped,
            dialect,
            density: dialect.usual_fragment(),
            pace: USUAL_PACE,
            paused: false,
            reel: None,
            frame: 0,
            shown: None,
            due: core.now,
            remark: None,
            demo,
        };
        Box::new(answer).again(core)
    }

    /// As it is given first.
    pub(super) fn again(self: Box<Self>, core: &Core) -> Screen {
        match self.origin {
            Origin::File(_) => Handover::offer(self),
            Origin::Scanned(_) | Origin::Demo(_) => self.resized(core),
        }
    }

    /// The code that is on, when it fits.
    pub fn code(&self) -> Option<&Modules> {
        self.shown.as_ref()
    }

    /// Does the demo coordinator still read?
    pub fn is_read(&self) -> bool {
        self.demo.as_ref().is_some_and(|demo| demo.verdict.is_none())
    }

    pub(super) fn signed(&self) -> &Psbt {
        &self.signed
    }

    /// Is the transaction complete?
    pub(super) fn complete(&self) -> bool {
        self.transaction.is_some()
    }

    /// Cuts the message anew and draws its first frame.
    fn rewind(&mut self, core: &Core) {
        (self.frame, self.shown, self.reel) = (0, None, None);
        let (bytes, kind) = match (self.form, &self.transaction) {
            (Form::Final, Some(transaction)) => (transaction.clone(), Kind::Transaction),
            (Form::Whole, _) => (self.signed.serialize(), Kind::Psbt),
            _ => (self.signed.stripped().serialize(), Kind::Psbt),
        };
        let asked = self.density;
        loop {
            let fragment = self.dialect.fragments().get(self.density).copied();
            match Reel::new(&bytes, kind, self.dialect, ReelOptions { fragment }) {
                Ok(reel) => self.reel = Some(reel),
                Err(error) => {
                    self.remark = Some(error.to_string());
                    return;
                }
            }
            self.draw(core);
            if self.shown.is_some() || fragment.is_none() || self.density == 0 {
                break;
            }
            self.density -= 1;
        }
        if self.shown.is_some() && self.density < asked {
            self.remark = Some(not_denser(core.size));
        }
    }

    /// Draws the frame that is on; none where it does not fit.
    fn draw(&mut self, core: &Core) {
        self.shown = None;
        self.due = core.now + PACES[self.pace];
        let Some(reel) = &self.reel else { return };
        match Modules::draw(reel.frame(self.frame).as_bytes()) {
            Ok(modules) => {
                let side = modules.side() + 2 * QUIET;
                if side <= room(core.size).modules {
                    self.shown = Some(modules);
                } else {
                    self.remark = Some(too_large(side, core.size));
                }
            }
            Err(error) => self.remark = Some(error.to_string()),
        }
    }

    /// Shows frame `frame`; a part number that has grown may ask for a sparser cut.
    fn turn(&mut self, frame: usize, core: &Core) {
        self.frame = frame;
        self.draw(core);
        if self.shown.is_none() && self.density > 0 {
            self.density -= 1;
            self.rewind(core);
        }
    }

    pub(super) fn tick(mut self: Box<Self>, core: &mut Core) -> Screen {
        let alone = self.reel.as_ref().is_none_or(|reel| reel.len() == 1);
        if !self.paused && core.now >= self.due && self.shown.is_some() && !alone {
            self.turn(self.frame + 1, core);
        }
        Screen::Answer(self)
    }

    pub(super) fn resized(mut self: Box<Self>, core: &Core) -> Screen {
        self.remark = None;
        self.rewind(core);
        Screen::Answer(self)
    }

    pub(super) fn own_screen(&mut self, picture: &Luma) {
        let Some(demo) = &mut self.demo else { return };
        for symbol in read(picture) {
            match demo.collector.offer(symbol.bytes()) {
                Offered::Complete(payload) => {
                    demo.verdict = Some(demo.coordinator.judge(payload.bytes()));
                }
                Offered::Foreign => demo.collector.start_over(),
                Offered::New | Offered::Known | Offered::Refused(_) => {}
            }
        }
    }

    pub(super) fn key(mut self: Box<Self>, key: Key, core: &mut Core) -> Screen {
        self.remark = None;
        match key {
            Key::Enter => return Done::after(self),
            Key::Esc => return Done::after(self),
            Key::Char('+' | '=') => self.pace = (self.pace + 1).min(PACES.len() - 1),
            Key::Char('-') => self.pace = self.pace.saturating_sub(1),
            Key::Char(']') if self.density + 1 < self.dialect.fragments().len() => {
                self.density += 1;
                self.rewind(core);
            }
            Key::Char('[') => {
                self.density = self.density.saturating_sub(1);
                self.rewind(core);
            }
            Key::Char('u') if core.settings.appliance.is_some() => return Handover::offer(self),
            Key::Char('p' | ' ') => self.paused = !self.paused,
            Key::Right => {
                self.paused = true;
                self.turn(self.frame + 1, core);
            }
            Key::Left => {
                self.paused = true;
                self.turn(self.frame.saturating_sub(1), core);
            }
            Key::Char('f') => {
                self.dialect = next(self.dialect);
                self.density = self.dialect.usual_fragment();
                self.rewind(core);
            }
            Key::Char('w') => {
                self.form = if self.form == Form::Whole { Form::Stripped } else { Form::Whole };
                self.rewind(core);
            }
            Key::Char('t') if self.complete() => {
                self.form = if self.form == Form::Final { Form::Stripped } else { Form::Final };
                self.rewind(core);
            }
            Key::Char('t') => self.remark = Some(INCOMPLETE.into()),
            _ => {}
        }
        Screen::Answer(self)
    }

    pub(super) fn view<'a>(&'a self, core: &Core) -> View<'a> {
        let mut text = Text::new();
        text.toned(Tone::Strong, "Signed. Show this code to");
        text.toned(Tone::Strong, "the online computer.");
        text.gap();
        text.plain(match self.form {
            Form::Stripped => "PSBT, what is needed",
            Form::Whole => "PSBT, whole",
            Form::Final => "final transaction",
        });
        if let Some(reel) = &self.reel {
            text.plain(name(self.dialect, self.form));
            text.plain(place(reel.part_at(self.frame), reel.len()));
        }
        if self.shown.is_some() {
            text.plain(format!(
                "{} frames/s{}",
                rate(PACES[self.pace]),
                if self.paused { ", paused" } else { "" }
            ));
            text.toned(Tone::Faint, "checked: reads back");
        }
        if let Some(remark) = &self.remark {
            text.gap();
            text.plain(remark.as_str());
        }
        if let Some(demo) = &self.demo {
            text.gap();
            text.toned(Tone::Strong, demo.short());
        }
        text.gap();
        for [left, right] in KEYS {
            let [left, right] = [left, right].map(|(key, what)| (format!("{key:<4}"), what));
            let line = Line::toned(Tone::Key, left.0).and(Tone::Faint, format!("{:<9}", left.1));
            text.line(line.and(Tone::Key, right.0).and(Tone::Faint, right.1));
        }
        let done = Line::toned(Tone::Key, "Enter").and(Tone::Faint, format!(" {:<8}", "done"));
        text.line(match core.settings.appliance {
            Some(_) => done.and(Tone::Key, "u   ").and(Tone::Faint, "to a stick"),
            None => done,
        });
        let mut view = words_view(core, "Answer", Text::new(), vec![]);
        view.body = Body::Code(self.code(), text);
        view
    }
}

/// UR goes on after its last part with mixed ones, for those who missed some.
fn place(part: usize, parts: usize) -> String {
    match (parts, part) {
        (1, _) => "1 code".into(),
        (_, part) if part < parts => format!("part {} of {parts}", part + 1),
        (_, part) => format!("mixed part {}", part + 1 - parts),
    }
}

/// Frames a second of a pace, in tenths where it is slow.
fn rate(milliseconds: u64) -> String {
    let tenths = 10_000 / milliseconds;
    if tenths >= 30 || tenths.is_multiple_of(10) {
        format!("{}", (tenths + 5) / 10)
    } else {
        format!("{}.{}", tenths / 10, tenths % 10)
    }
}

fn next(dialect: Dialect) -> Dialect {
    match dialect {
        Dialect::Ur => Dialect::Bbqr,
        Dialect::Bbqr => Dialect::Specter,
        Dialect::Specter => Dialect::Base64,
        Dialect::Base64 => Dialect::Base43,
        Dialect::Base43 => Dialect::Hex,
        Dialect::Hex | Dialect::Plain => Dialect::Ur,
    }
}

/// What coordinators call a dialect.
fn name(dialect: Dialect, form: Form) -> &'static str {
    match dialect {
        Dialect::Ur if form == Form::Final => "UR bytes",
        Dialect::Ur => "UR crypto-psbt",
        Dialect::Bbqr => "BBQr",
        Dialect::Specter => "Specter pMofN",
        Dialect::Base64 => "base64",
        Dialect::Base43 => "base43",
        Dialect::Hex => "hex",
        Dialect::Plain => "plain",
    }
}

const KEYS: [[(&str, &str); 2]; 4] = [
    [("- +", "speed"), ("[ ]", "density")],
    [("p", "pause"), ("\u{2190} \u{2192}", "step")],
    [("f", "format"), ("w", "whole PSBT")],
    [("t", "final"), ("?", "help")],
];
const INCOMPLETE: &str = "The transaction is not complete: signatures of others are missing.";
