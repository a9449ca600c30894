//! What may take a moment: said first, done at the next tick.

use super::fingerprint::Origin;
use super::*;
use crate::app::core::Session;
use crate::app::request::{Origin as From, Request};
use crate::keys::{Material, Seed, SignError, sign, sign_message};
use crate::review::message::MessageApproved;
use crate::review::{Approved, Examined, Facts};

struct Signing {
    approved: Approved,
    facts: Facts,
    origin: From,
}

/// Work that is about to be done.
pub struct Busy {
    job: Job,
}

enum Job {
    Open(Box<PassphraseTyping>),
    Derive(Box<(Material, Screen)>),
    Examine(Box<Request>),
    Sign(Box<Signing>),
    Speak(Box<(MessageApproved, From)>),
}

impl Busy {
    pub(super) fn open(words: Box<PassphraseTyping>) -> Screen {
        Screen::Busy(Box::new(Self { job: Job::Open(words) }))
    }

    /// Opens what was given on the screen `back`.
    pub(super) fn derive(material: Material, back: Screen) -> Screen {
        Screen::Busy(Box::new(Self { job: Job::Derive(Box::new((material, back))) }))
    }

    pub(super) fn examine(request: Request) -> Screen {
        Screen::Busy(Box::new(Self { job: Job::Examine(Box::new(request)) }))
    }

    pub(super) fn sign(approved: Approved, facts: Facts, origin: From) -> Screen {
        let signing = Box::new(Signing { approved, facts, origin });
        Screen::Busy(Box::new(Self { job: Job::Sign(signing) }))
    }

    /// Signs a message.
    pub(super) fn speak(approved: MessageApproved, origin: From) -> Screen {
        Screen::Busy(Box::new(Self { job: Job::Speak(Box::new((approved, origin))) }))
    }

    pub(super) fn run(self, core: &mut Core) -> Screen {
        match self.job {
            Job::Open(words) => {
                let passphrase = words.passphrase();
                let seed = Seed::open(words.mnemonic(), &passphrase, core.settings.network);
                FingerprintCheck::of(seed, Origin::Words(words))
            }
            Job::Derive(given) => match given.0.open(core.settings.network) {
                Ok(seed) => FingerprintCheck::of(seed, Origin::Other(given)),
                Err(error) => {
                    Message::trouble("Open a wallet", error.to_string(), OTHER_KEY, given.1)
                }
            },
            Job::Examine(request) => examine(*request, core),
            Job::Sign(signing) => signing.run(core),
            Job::Speak(approved) => speak(approved.0, &approved.1, core),
        }
    }

    pub(super) fn view<'a>(&'a self, core: &Core) -> View<'a> {
        let (title, what) = match &self.job {
            Job::Open(_) | Job::Derive(_) => ("Opening", "Deriving the keys ..."),
            Job::Examine(_) => {
                ("Reviewing", "Deriving and verifying what the transaction claims ...")
            }
            Job::Sign(_) | Job::Speak(_) => {
                ("Signing", "Signing, and verifying each signature ...")
            }
        };
        let mut text = Text::new();
        text.gap();
        text.plain(what);
        words_view(core, title, text, vec![])
    }
}

impl Signing {
    fn run(self, core: &mut Core) -> Screen {
        let Some(session) = &core.session else {
            return Screen::home(); // an approval outlived its wallet: nothing is signed
        };
        let footprint = self.approved.footprint();
        match sign(self.approved, &session.seed) {
            Ok(signed) => {
                core.signed(footprint);
                core.key_was_used();
                core.signatures += signed.made();
                Answer::give(&signed, &self.facts, self.origin, core)
            }
            Err(error) => failed(&error),
        }
    }
}

fn examine(request: Request, core: &mut Core) -> Screen {
    if let Some(barred) = core.session.as_ref().and_then(Session::barred) {
        core.request = Some(request); // for when it may sign, or for another wallet
        return Message::trouble("Not reviewed", barred.what, barred.advice, Screen::home());
    }
    let Request { psbt, origin } = request;
    let psbt = match crate::message::Request::of(psbt) {
        Ok(request) => {
            let examined = core.examine_message(request);
            let judged = examined.map(|examined| Speech::judged(examined, origin));
            return judged.unwrap_or_else(|| Screen::Open(Open::to_sign()));
        }
        Err(psbt) => *psbt,
    };
    match core.examine(psbt) {
        None => Screen::Open(Open::to_sign()),
        Some(Examined::Refused(refusal)) => Refused::show(refusal),
        Some(Examined::Reviewed(reviewed)) => Reviewing::begin(reviewed.walk(), origin),
    }
}

fn speak(approved: MessageApproved, origin: &From, core: &mut Core) -> Screen {
    let Some(session) = &core.session else {
        return Screen::home(); // an approval outlived its wallet: nothing is signed
    };
    match sign_message(approved, &session.seed) {
        Ok(signed) => {
            core.key_was_used();
            core.signatures += signed.made();
            Speech::signed(&signed, origin, core)
        }
        Err(error) => failed(&error),
    }
}

fn failed(error: &SignError) -> Screen {
    Message::trouble("Not signed", error.to_string(), FAULT, Screen::home())
}

const OTHER_KEY: &str = "Choose its network at home (n), or open another wallet.";
const FAULT: &str = "Nothing left this machine. Start it again and repeat; if this happens again, do not trust \
    this machine.";
