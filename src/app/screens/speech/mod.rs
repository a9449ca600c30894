//! Signing a message: its pages, the word, and the signature as a code. Never a payment.

mod answer;
mod walk;

pub use answer::SpeechAnswer;
pub use walk::SpeechWalk;

use super::*;
use crate::app::request::Origin;
use crate::keys::SignedMessage;
use crate::message::Spoken;
use crate::review::message::MessageExamined;

/// A message's screen.
pub enum Speech {
    /// Its pages, and the word that signs.
    Walk(SpeechWalk),
    /// Why nothing will be signed, page by page.
    Refused(Vec<crate::review::Page>, usize),
    /// The signature.
    Answer(Box<SpeechAnswer>),
}

impl Speech {
    /// Goes on with what the judge says.
    pub(super) fn judged(examined: MessageExamined, origin: Origin) -> Screen {
        Screen::Speech(match examined {
            MessageExamined::Reviewed(reviewed) => {
                Self::Walk(SpeechWalk::new(reviewed.walk(), origin))
            }
            MessageExamined::Refused(refusal) => Self::Refused(refusal.pages(), 0),
        })
    }

    /// A message that was asked for by light.
    pub(super) fn spoken(spoken: Spoken, origin: Origin, core: &Core) -> Screen {
        match core.examine_spoken(spoken) {
            Some(examined) => Self::judged(examined, origin),
            None => Message::trouble(TITLE, NO_WALLET, OPEN_ONE, Screen::home()),
        }
    }

    /// Shows what was signed.
    pub(super) fn signed(signed: &SignedMessage, origin: &Origin, core: &Core) -> Screen {
        Screen::Speech(Self::Answer(SpeechAnswer::give(signed, origin, core)))
    }

    pub(super) fn page_to_be_read(&self) -> Option<usize> {
        match self {
            Self::Walk(screen) => Some(screen.position()),
            Self::Refused(..) | Self::Answer(_) => None,
        }
    }

    /// Is a code shown to a camera?
    pub(super) fn shows_a_code(&self) -> bool {
        matches!(self, Self::Answer(_))
    }

    pub(super) fn key(self, key: Key, core: &mut Core) -> Screen {
        match self {
            Self::Walk(screen) => screen.key(key),
            Self::Answer(screen) => screen.key(key, core),
            Self::Refused(pages, place) => {
                let last = place + 1 >= pages.len();
                let place = match key {
                    Key::Esc if place == 0 => return Screen::home(),
                    Key::Enter if last => return Screen::home(),
                    Key::Enter | Key::Right | Key::PageDown if !last => place + 1,
                    Key::Esc | Key::Backspace | Key::Left | Key::PageUp => place.saturating_sub(1),
                    _ => place,
                };
                Screen::Speech(Self::Refused(pages, place))
            }
        }
    }

    pub(super) fn tick(self, core: &Core) -> Screen {
        match self {
            Self::Answer(screen) => Screen::Speech(Self::Answer(screen.tick(core))),
            other => Screen::Speech(other),
        }
    }

    pub(super) fn resized(self, core: &Core) -> Screen {
        match self {
            Self::Answer(screen) => Screen::Speech(Self::Answer(screen.resized(core))),
            other => Screen::Speech(other),
        }
    }

    pub(super) fn view<'a>(&'a self, core: &Core) -> View<'a> {
        match self {
            Self::Walk(screen) => screen.view(core),
            Self::Answer(screen) => screen.view(core),
            Self::Refused(pages, place) => {
                let more = place + 1 < pages.len();
                let enter = ("Enter", if more { "more" } else { "home" });
                let keys = vec![enter, ("Esc", if *place == 0 { "home" } else { "back" })];
                match pages.get(*place) {
                    Some(page) => review::page_view(core, page, Text::new(), keys),
                    None => words_view(core, TITLE, Text::new(), keys), // a refusal has a page
                }
            }
        }
    }
}

pub(super) const HELP: &[&str] = &[
    "A signed message shows that who controls an address agrees to certain words. No coin moves. The \
     online wallet asks for it by a code (signmessage, or a PSBT after BIP322), and takes the \
     signature from this screen.",
    "Read all of the message. What cannot be seen is written out, as <U+202E>. Rows that begin with a \
     bar belong to the message, whatever they say; a row that begins with > goes on with a word that \
     was too long for the row above.",
    "Whoever gets the signature can show it to anyone, for ever: it can prove who you are, or that \
     you agreed.",
    "A proof of reserves shows coins with the message. That they exist and are unspent only the chain \
     can tell.",
];
const TITLE: &str = "Sign a message";
const NO_WALLET: &str = "This asks for a signed message, and no wallet is open that may sign it.";
const OPEN_ONE: &str = "Open the wallet with o, then scan the code again.";
