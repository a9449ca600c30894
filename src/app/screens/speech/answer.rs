//! The signature under a message as a code: the text as it is written, or the PSBT that asked for it.

use super::Speech;
use crate::app::request::Origin;
use crate::app::screens::room::too_large;
use crate::app::screens::*;
use crate::keys::SignedMessage;
use crate::qr::Modules;
use crate::transport::{Dialect, Kind, Reel, ReelOptions};

/// Milliseconds a frame: four a second.
const PACE: u64 = 250;

/// What was signed, shown.
pub struct SpeechAnswer {
    /// The signature as it is written, where no other's is missing.
    text: Option<String>,
    /// The request with our signatures, and the dialect that it came in.
    psbt: Option<(Vec<u8>, Dialect)>,
    shows_psbt: bool,
    reel: Option<Reel>,
    shown: Option<Modules>,
    frame: usize,
    due: u64,
    remark: Option<String>,
}

impl SpeechAnswer {
    /// As it was asked for: a PSBT with a PSBT, words with the signature in words.
    pub(super) fn give(signed: &SignedMessage, origin: &Origin, core: &Core) -> Box<Self> {
        let psbt = signed.psbt().map(|psbt| (psbt.stripped().serialize(), origin.dialect()));
        let shows_psbt = psbt.is_some();
        let text = signed.signature().map(ToString::to_string);
        let (reel, shown, remark) = (None, None, None);
        let answer = Self { text, psbt, shows_psbt, reel, shown, frame: 0, due: 0, remark };
        Box::new(answer).resized(core)
    }

    /// The code that is on, when it fits.
    pub fn code(&self) -> Option<&Modules> {
        self.shown.as_ref()
    }

    /// The signature as it is written.
    pub fn text(&self) -> Option<&str> {
        self.text.as_deref()
    }

    pub(super) fn resized(mut self: Box<Self>, core: &Core) -> Box<Self> {
        (self.frame, self.remark) = (0, None);
        let (bytes, kind, dialect) = match (&self.psbt, &self.text) {
            (Some((psbt, dialect)), _) if self.shows_psbt => (&psbt[..], Kind::Psbt, *dialect),
            (_, Some(text)) => (text.as_bytes(), Kind::Text, Dialect::Plain),
            _ => return self, // what was signed is one or the other
        };
        let fragments = dialect.fragments();
        let mut cuts = fragments.iter().take(dialect.usual_fragment() + 1).rev().copied().map(Some);
        // a static code has one cut
        let mut cut = cuts.next().flatten();
        loop {
            match Reel::new(bytes, kind, dialect, ReelOptions { fragment: cut }) {
                Ok(reel) => self.reel = Some(reel),
                Err(error) => {
                    (self.reel, self.shown) = (None, None);
                    self.remark = Some(error.to_string());
                    break;
                }
            }
            (self.shown, self.remark) = drawn(self.reel.as_ref(), 0, core);
            if self.shown.is_some() {
                break;
            }
            let Some(sparser) = cuts.next() else { break };
            cut = sparser;
        }
        self.due = core.now + PACE;
        self
    }

    pub(super) fn tick(mut self: Box<Self>, core: &Core) -> Box<Self> {
        let moves = self.reel.as_ref().is_some_and(|reel| reel.len() > 1) && self.shown.is_some();
        if moves && core.now >= self.due {
            self.frame += 1;
            self.due = core.now + PACE;
            (self.shown, self.remark) = drawn(self.reel.as_ref(), self.frame, core);
        }
        self
    }

    pub(super) fn key(mut self: Box<Self>, key: Key, core: &Core) -> Screen {
        match key {
            Key::Enter | Key::Esc => return Screen::home(),
            Key::Char('t') if self.text.is_some() && self.psbt.is_some() => {
                self.shows_psbt = !self.shows_psbt;
                self = self.resized(core);
            }
            _ => {}
        }
        Screen::Speech(Speech::Answer(self))
    }

    pub(super) fn view<'a>(&'a self, core: &Core) -> View<'a> {
        let mut text = Text::new();
        text.toned(Tone::Strong, "The message is signed.");
        text.toned(Tone::Strong, "Show this code to the online computer.");
        text.gap();
        match (self.shows_psbt, &self.reel) {
            (true, Some(reel)) if reel.len() > 1 => {
                let part = reel.part_at(self.frame) + 1;
                text.plain(format!("PSBT, part {} of {}", part.min(reel.len()), reel.len()))
            }
            (true, _) => text.plain("PSBT with the signature"),
            (false, _) => text.plain("the signature in writing"),
        };
        if self.text.is_none() {
            text.plain("Signatures of others are still missing.");
        }
        if let Some(remark) = &self.remark {
            text.gap();
            text.plain(remark.as_str());
        }
        text.gap();
        if let (Some(_), Some(_)) = (&self.text, &self.psbt) {
            let other = if self.shows_psbt { "the signature in writing" } else { "the PSBT" };
            text.line(Line::toned(Tone::Key, "t     ").and(Tone::Faint, other));
        }
        text.line(Line::toned(Tone::Key, "Enter ").and(Tone::Faint, "done"));
        let mut view = words_view(core, "Signed message", Text::new(), vec![]);
        view.body = Body::Code(self.code(), text);
        view
    }
}

/// The frame, where it fits; else why it does not.
fn drawn(reel: Option<&Reel>, frame: usize, core: &Core) -> (Option<Modules>, Option<String>) {
    let Some(reel) = reel else { return (None, None) };
    match Modules::draw(reel.frame(frame).as_bytes()) {
        Ok(modules) => {
            let side = modules.side() + 2 * QUIET;
            if side <= room(core.size).modules {
                (Some(modules), None)
            } else {
                (None, Some(too_large(side, core.size)))
            }
        }
        Err(error) => (None, Some(error.to_string())),
    }
}
