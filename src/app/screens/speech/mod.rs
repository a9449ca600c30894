//! Signing a message: its pages, the word, and the signature as a code. Never a payment.

mod answer;
mod typing;
mod walk;

pub use answer::SpeechAnswer;
pub use typing::SpeechTyping;
pub use walk::SpeechWalk;

use super::*;
use crate::app::request::Origin;
use crate::keys::SignedMessage;
use crate::message::Spoken;
use crate::review::message::MessageExamined;

/// A message's screen.
pub enum Speech {
    /// One is typed.
    Typing(Box<SpeechTyping>),
    /// Its pages, and the word that signs.
    Walk(SpeechWalk),
    /// Why nothing will be signed, page by page.
    Refused(Vec<crate::review::Page>, usize),
    /// The signature.
    Answer(Box<SpeechAnswer>),
}

/// The screen of a message.
fn on(speech: Speech) -> Screen {
    Screen::Speech(Box::new(speech))
}

impl Speech {
    /// Types a message to sign, or one to verify.
    pub(super) fn typing() -> Screen {
        on(Self::Typing(Box::default()))
    }

    /// Is `?` a character to type here?
    pub(super) fn is_typing(&self) -> bool {
        matches!(self, Self::Typing(_))
    }

    /// Goes on with what the judge says; no origin where it was typed.
    pub(super) fn judged(examined: MessageExamined, origin: Option<Origin>) -> Screen {
        on(match examined {
            MessageExamined::Reviewed(reviewed) => {
                Self::Walk(SpeechWalk::new(reviewed.walk(), origin))
            }
            MessageExamined::Refused(refusal) => Self::Refused(refusal.pages(), 0),
        })
    }

    /// A message that was asked for by light.
    pub(super) fn spoken(spoken: Spoken, origin: Origin, core: &Core) -> Screen {
        match core.examine_spoken(spoken) {
            Some(examined) => Self::judged(examined, Some(origin)),
            None => Message::trouble(TITLE, NO_WALLET, OPEN_ONE, Screen::home()),
        }
    }

    /// Shows what was signed.
    pub(super) fn signed(signed: &SignedMessage, origin: Option<&Origin>, core: &Core) -> Screen {
        on(Self::Answer(SpeechAnswer::give(signed, origin, core)))
    }

    pub(super) fn page_to_be_read(&self) -> Option<usize> {
        match self {
            Self::Walk(screen) => Some(screen.position()),
            Self::Typing(_) | Self::Refused(..) | Self::Answer(_) => None,
        }
    }

    /// Is a code shown to a camera?
    pub(super) fn shows_a_code(&self) -> bool {
        matches!(self, Self::Answer(_))
    }

    pub(super) fn key(self, key: Key, core: &mut Core) -> Screen {
        match self {
            Self::Typing(screen) => screen.key(key, core),
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
                on(Self::Refused(pages, place))
            }
        }
    }

    pub(super) fn tick(self, core: &Core) -> Screen {
        match self {
            Self::Answer(screen) => on(Self::Answer(screen.tick(core))),
            other => on(other),
        }
    }

    pub(super) fn resized(self, core: &Core) -> Screen {
        match self {
            Self::Answer(screen) => on(Self::Answer(screen.resized(core))),
            other => on(other),
        }
    }

    pub(super) fn view<'a>(&'a self, core: &Core) -> View<'a> {
        match self {
            Self::Typing(screen) => screen.view(core),
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
