//! The fingerprint of what was typed, before it is used.

use super::*;
use crate::app::core::Session;

/// Is this the wallet that was meant?
pub struct FingerprintCheck {
    session: Session,
    back: Box<PassphraseTyping>,
}

impl FingerprintCheck {
    pub(super) fn of(session: Session, back: Box<PassphraseTyping>) -> Screen {
        Screen::Fingerprint(Box::new(Self { session, back }))
    }

    pub(super) fn key(self, key: Key, core: &mut Core) -> Screen {
        match key {
            Key::Enter => {
                let demo = self.session.demo;
                core.session = Some(self.session);
                if demo && core.request.is_none() {
                    return Scan::open(Purpose::Payment, Source::Demo, core);
                }
                match core.request.take() {
                    Some(request) => Busy::examine(request),
                    None => Screen::home(),
                }
            }
            Key::Esc => self.back.again(),
            _ => Screen::Fingerprint(Box::new(self)),
        }
    }

    pub(super) fn view<'a>(&'a self, core: &Core) -> View<'a> {
        let mut text = Text::new();
        text.gap();
        text.plain("These words and this passphrase open the wallet with the fingerprint");
        text.gap();
        text.toned(Tone::Strong, format!("    {}", self.session.fingerprint));
        text.gap();
        if self.session.demo {
            text.plain(
                "It is the demo wallet. Its words are published: never send coins of value to it.",
            );
        } else {
            text.plain(COMPARE);
        }
        words_view(
            core,
            "Is this your wallet?",
            text,
            vec![("Enter", "open it"), ("Esc", "back"), ("?", "help")],
        )
    }
}

const COMPARE: &str = "Compare it with the one in your notes or in your wallet program. A mistyped passphrase \
    gives another fingerprint, and another, empty wallet. If it differs, go back with Esc.";
