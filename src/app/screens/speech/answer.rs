//! The signature under a message as a code: the text as it is written, or the PSBT that asked for it.

use super::{Speech, on};
use crate::app::request::Origin;
use crate::app::screens::reel::Showing;
use crate::app::screens::*;
use crate::keys::SignedMessage;
use crate::qr::Modules;
use crate::transport::{Dialect, Kind};

/// What was signed, shown.
pub struct SpeechAnswer {
    /// The signature as it is written, where no other's is missing.
    text: Option<String>,
    /// The request with our signatures, and the dialect that it came in.
    psbt: Option<(Vec<u8>, Dialect)>,
    shows_psbt: bool,
    showing: Showing,
}

impl SpeechAnswer {
    /// As it was asked for: a PSBT with a PSBT, words with the signature in words.
    pub(super) fn give(signed: &SignedMessage, origin: Option<&Origin>, core: &Core) -> Box<Self> {
        let dialect = origin.map_or(Dialect::Ur, Origin::dialect);
        let psbt = signed.psbt().map(|psbt| (psbt.stripped().serialize(), dialect));
        let text = signed.signature().map(ToString::to_string);
        let shows_psbt = psbt.is_some() && (origin.is_some() || text.is_none());
        let showing = showing(shows_psbt, psbt.as_ref(), text.as_deref(), core);
        Box::new(Self { text, psbt, shows_psbt, showing })
    }

    /// The code that is on, when it fits.
    pub fn code(&self) -> Option<&Modules> {
        self.showing.code()
    }

    /// The signature as it is written.
    pub fn text(&self) -> Option<&str> {
        self.text.as_deref()
    }

    pub(super) fn resized(mut self: Box<Self>, core: &Core) -> Box<Self> {
        self.showing.resized(core);
        self
    }

    pub(super) fn tick(mut self: Box<Self>, core: &Core) -> Box<Self> {
        self.showing.tick(core);
        self
    }

    pub(super) fn key(mut self: Box<Self>, key: Key, core: &Core) -> Screen {
        match key {
            Key::Enter | Key::Esc => return Screen::home(),
            Key::Char('t') if self.text.is_some() && self.psbt.is_some() => {
                self.shows_psbt = !self.shows_psbt;
                let text = self.text.as_deref();
                self.showing = showing(self.shows_psbt, self.psbt.as_ref(), text, core);
            }
            _ => {}
        }
        on(Speech::Answer(self))
    }

    pub(super) fn view<'a>(&'a self, core: &Core) -> View<'a> {
        let mut text = Text::new();
        text.toned(Tone::Strong, "The message is signed.");
        text.toned(Tone::Strong, "Show this code to the online computer.");
        text.gap();
        text.plain(match (self.shows_psbt, self.showing.words("PSBT")) {
            (true, words) if words == "PSBT" => "PSBT with the signature".into(),
            (true, words) => words,
            (false, _) => "the signature in writing".into(),
        });
        if self.text.is_none() {
            text.plain("Signatures of others are still missing.");
        }
        if let Some(remark) = self.showing.remark() {
            text.gap();
            text.plain(remark);
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

/// What was signed is one or the other.
fn showing(
    shows_psbt: bool,
    psbt: Option<&(Vec<u8>, Dialect)>,
    text: Option<&str>,
    core: &Core,
) -> Showing {
    match psbt {
        Some((psbt, dialect)) if shows_psbt => {
            Showing::of(psbt.clone(), Kind::Psbt, *dialect, core)
        }
        _ => Showing::of(text.unwrap_or_default().into(), Kind::Text, Dialect::Plain, core),
    }
}
