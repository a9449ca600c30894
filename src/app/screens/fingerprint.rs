//! The fingerprint of what was typed, scanned or made, before it is used.

use super::*;
use crate::keys::{Material, Seed};
use crate::wallet::KeyRing;

/// Is this the wallet that was meant?
pub struct FingerprintCheck {
    seed: Seed,
    fingerprint: String,
    origin: Origin,
}

/// What the seed was opened from, and the way back to it.
pub(super) enum Origin {
    /// Words, and the passphrase being typed for them.
    Words(Box<PassphraseTyping>),
    /// Anything else, and the screen that it was given on.
    Other(Box<(Material, Screen)>),
}

impl FingerprintCheck {
    pub(super) fn of(seed: Seed, origin: Origin) -> Screen {
        let fingerprint = seed.fingerprint().to_string();
        Screen::Fingerprint(Box::new(Self { seed, fingerprint, origin }))
    }

    fn is_demo(&self) -> bool {
        matches!(&self.origin, Origin::Words(words) if words.is_demo())
    }

    /// Was it just made? Then there is nothing yet to compare it with.
    fn is_new(&self) -> bool {
        match &self.origin {
            Origin::Words(words) => words.is_new(),
            Origin::Other(other) => matches!(other.1, Screen::Make(_)),
        }
    }

    pub(super) fn key(self, key: Key, core: &mut Core) -> Screen {
        match key {
            Key::Enter => {
                let demo = self.is_demo();
                let material = match self.origin {
                    Origin::Words(words) => words.into_material(),
                    Origin::Other(other) => other.0,
                };
                core.open_session(self.seed, material, demo);
                if demo && core.request.is_none() {
                    return Scan::open(Purpose::Payment, Source::Demo, core);
                }
                match core.request.take() {
                    Some(request) => Busy::examine(request),
                    None => Screen::home(),
                }
            }
            Key::Esc => match self.origin {
                Origin::Words(words) => words.again(),
                Origin::Other(other) => other.1,
            },
            _ => Screen::Fingerprint(Box::new(self)),
        }
    }

    pub(super) fn view<'a>(&'a self, core: &Core) -> View<'a> {
        let mut text = Text::new();
        text.gap();
        text.plain(match &self.origin {
            _ if self.is_new() => "Your new wallet has the fingerprint",
            Origin::Words(_) => {
                "These words and this passphrase open the wallet with the fingerprint"
            }
            Origin::Other(_) => "This opens the wallet with the fingerprint",
        });
        text.gap();
        text.toned(Tone::Strong, format!("    {}", self.fingerprint));
        text.gap();
        if self.is_demo() {
            text.plain(
                "It is the demo wallet. Its words are published: never send coins of value to it.",
            );
        } else if self.is_new() {
            text.plain(NOTE);
        } else {
            text.plain(COMPARE);
        }
        let title = if self.is_new() { "Your new wallet" } else { "Is this your wallet?" };
        words_view(core, title, text, vec![("Enter", "open it"), ("Esc", "back"), ("?", "help")])
    }
}

const NOTE: &str = "Write it beside the words. It names the wallet, and is no secret: after every restart it tells \
    whether the words, and the passphrase if there is one, are the right ones.";
const COMPARE: &str = "Compare it with the one in your notes or in your wallet program. A mistyped passphrase \
    gives another fingerprint, and another, empty wallet. If it differs, go back with Esc.";
