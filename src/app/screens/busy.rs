//! What may take a moment: said first, done at the next tick.

use super::*;
use crate::app::core::Session;
use crate::app::request::{Origin, Request};
use crate::keys::{Seed, SignError, sign};
use crate::review::{Approved, Examined, Facts};

struct Signing {
    approved: Approved,
    facts: Facts,
    origin: Origin,
}

/// Work that is about to be done.
pub struct Busy {
    job: Job,
}

enum Job {
    Open(Box<PassphraseTyping>),
    Examine(Box<Request>),
    Sign(Box<Signing>),
}

impl Busy {
    pub(super) fn open(words: Box<PassphraseTyping>) -> Screen {
        Screen::Busy(Box::new(Self { job: Job::Open(words) }))
    }

    pub(super) fn examine(request: Request) -> Screen {
        Screen::Busy(Box::new(Self { job: Job::Examine(Box::new(request)) }))
    }

    pub(super) fn sign(approved: Approved, facts: Facts, origin: Origin) -> Screen {
        let signing = Box::new(Signing { approved, facts, origin });
        Screen::Busy(Box::new(Self { job: Job::Sign(signing) }))
    }

    pub(super) fn run(self, core: &mut Core) -> Screen {
        match self.job {
            Job::Open(words) => {
                let passphrase = words.passphrase();
                let seed = Seed::open(words.mnemonic(), &passphrase, core.settings.network);
                FingerprintCheck::of(Session::new(seed, words.is_demo()), words)
            }
            Job::Examine(request) => examine(*request, core),
            Job::Sign(signing) => signing.run(core),
        }
    }

    pub(super) fn view<'a>(&'a self, core: &Core) -> View<'a> {
        let (title, what) = match &self.job {
            Job::Open(_) => ("Opening", "Deriving the keys ..."),
            Job::Examine(_) => {
                ("Reviewing", "Deriving and verifying what the transaction claims ...")
            }
            Job::Sign(_) => ("Signing", "Signing, and verifying each signature ..."),
        };
        let mut text = Text::new();
        text.gap();
        text.plain(what);
        words_view(core, title, text, vec![])
    }
}

impl Signing {
    fn run(self, core: &mut Core) -> Screen {
        let Some(session) = &mut core.session else {
            return Screen::home(); // an approval outlived its wallet: nothing is signed
        };
        let footprint = self.approved.footprint();
        match sign(self.approved, &session.seed) {
            Ok(signed) => {
                session.history.remember(footprint);
                core.signatures += signed.made();
                Answer::give(&signed, &self.facts, self.origin, core)
            }
            Err(error) => failed(&error),
        }
    }
}

fn examine(request: Request, core: &mut Core) -> Screen {
    let Request { psbt, origin } = request;
    match core.examine(psbt) {
        None => Screen::Open(Open::to_sign()),
        Some(Examined::Refused(refusal)) => Refused::show(refusal),
        Some(Examined::Reviewed(reviewed)) => Reviewing::begin(reviewed.walk(), origin),
    }
}

fn failed(error: &SignError) -> Screen {
    Message::trouble("Not signed", error.to_string(), FAULT, Screen::home())
}

const FAULT: &str = "Nothing left this machine. Start it again and repeat; if this happens again, do not trust \
    this machine.";
