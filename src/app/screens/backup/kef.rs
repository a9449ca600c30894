//! A code under a passphrase of its own (KEF): typed twice, shown; scanned back and opened.

use super::twice::{Outcome, Twice};
use super::*;
use crate::keys::PassphraseEntry;
use crate::keys::kef::{Envelope, Opened, Opening, Sealing};
use crate::qr::Modules;
use crate::transport::{Dialect, Kind, Reel, ReelOptions, readings};

/// Where one is.
pub enum Kef {
    /// The passphrase is typed, and typed again.
    Choosing {
        /// What was typed.
        typed: Twice,
        /// Why it is not taken.
        remark: Option<String>,
    },
    /// The key is being made of it.
    Sealing(Box<Sealing>),
    /// The code.
    Shown(Modules),
    /// Drill: the passphrase of a code that was scanned.
    Asking {
        /// The code's content.
        envelope: Envelope,
        /// What is typed.
        entry: PassphraseEntry,
    },
    /// Drill: it is being opened.
    Opening {
        /// The code's content, to try another passphrase.
        envelope: Envelope,
        /// How far it is.
        opening: Opening,
    },
}

/// Iterations between two drawings: a slow machine does some 300,000 a second.
const SLICE: u32 = 20_000;
/// Columns of the bar.
const BAR: usize = 50;

impl Kef {
    /// Chooses a passphrase for a new code.
    pub fn begin() -> Screen {
        Self::Choosing { typed: Twice::default(), remark: None }.on()
    }

    /// Asks for the passphrase of a code that was scanned.
    pub fn ask(envelope: Envelope) -> Screen {
        Self::Asking { envelope, entry: PassphraseEntry::new() }.on()
    }

    fn on(self) -> Screen {
        Backing::Kef(Box::new(self)).on()
    }

    pub fn is_typing(&self) -> bool {
        matches!(self, Self::Choosing { .. } | Self::Asking { .. })
    }

    pub fn key(self, key: Key, core: &mut Core) -> Screen {
        match (self, key) {
            (Self::Choosing { typed, .. }, key) => match typed.key(key) {
                Outcome::Still(typed) => Self::Choosing { typed, remark: None }.on(),
                Outcome::Left => Backing::form(Backup::Kef),
                Outcome::Chosen(passphrase) => chosen(&passphrase, core),
            },
            (_, Key::Esc) => Backing::form(Backup::Kef),
            (Self::Shown(code), Key::Char('c')) => copying::Copying::of(Backup::Kef, code),
            (Self::Shown(_), Key::Enter | Key::Char('d')) => drill::begin(Backup::Kef, core),
            (Self::Asking { envelope, entry }, Key::Enter) if !entry.is_empty() => {
                let opening = envelope.open(entry.text().as_bytes());
                Self::Opening { envelope, opening }.on()
            }
            (Self::Asking { envelope, mut entry }, key) => {
                twice::edit(&mut entry, key);
                Self::Asking { envelope, entry }.on()
            }
            (other, _) => other.on(),
        }
    }

    pub fn tick(self, core: &mut Core) -> Screen {
        match self {
            Self::Sealing(mut sealing) => match sealing.advance(SLICE) {
                None => Self::Sealing(sealing).on(),
                Some(Ok(envelope)) => show(&envelope),
                Some(Err(error)) => {
                    Message::show(TITLE, error.to_string(), Backing::form(Backup::Kef))
                }
            },
            Self::Opening { envelope, mut opening } => match opening.advance(SLICE) {
                None => Self::Opening { envelope, opening }.on(),
                Some(Ok(opened)) => compared(&opened, envelope, core),
                Some(Err(error)) => {
                    verdict::Verdict::failed(error.to_string(), RETYPE, Self::ask(envelope))
                }
            },
            other => other.on(),
        }
    }

    pub fn view<'a>(&'a self, core: &Core) -> View<'a> {
        let mut text = Text::new();
        text.gap();
        match self {
            Self::Choosing { typed, remark } => {
                typed.show(&mut text, "Choose a passphrase for this code:");
                text.toned(Tone::Faint, STRONG);
                if let Some(remark) = remark {
                    text.gap();
                    text.toned(Tone::Warn, remark.as_str());
                }
                twice::view(core, TITLE, text)
            }
            Self::Asking { entry, .. } => {
                text.plain("The code is read. Type its passphrase:");
                twice::field(&mut text, entry);
                twice::view(core, TITLE, text)
            }
            Self::Sealing(sealing) => bar(core, TITLE, sealing.done(), sealing.total()),
            Self::Opening { opening, .. } => bar(core, TITLE, opening.done(), opening.total()),
            Self::Shown(code) => shown(core, code),
        }
    }
}

/// The passphrase is chosen: the key is made of it.
fn chosen(passphrase: &PassphraseEntry, core: &mut Core) -> Screen {
    let Some(session) = &core.session else { return Screen::home() };
    let content = session.material().mnemonic().and_then(|words| words.compact_seed_qr());
    let Some(content) = content else { return Backing::menu() };
    let id = session.fingerprint.as_bytes();
    let random = &mut core.settings.random;
    match Sealing::begin(&content, id, passphrase.text().as_bytes(), random) {
        Ok(sealing) => Kef::Sealing(Box::new(sealing)).on(),
        Err(error) => {
            Kef::Choosing { typed: Twice::default(), remark: Some(error.to_string()) }.on()
        }
    }
}

/// The code, in base43 as Krux shows it.
fn show(envelope: &Envelope) -> Screen {
    let options = ReelOptions::default();
    let reel = Reel::new(&envelope.to_bytes(), Kind::Bytes, Dialect::Base43, options);
    let drawn = reel.map_err(|error| error.to_string()).and_then(|reel| {
        Modules::draw(reel.frame(0).as_bytes()).map_err(|error| error.to_string())
    });
    match drawn {
        Ok(code) => Kef::Shown(code).on(),
        Err(why) => Message::show(TITLE, why, Backing::form(Backup::Kef)),
    }
}

/// The envelope in a code: base43, base64 or hexadecimal text, or as it is.
pub fn envelope(content: &[u8]) -> Option<Envelope> {
    readings(content).iter().find_map(|bytes| Envelope::parse(bytes))
}

/// What the code held must be this wallet's words.
fn compared(opened: &Opened, envelope: Envelope, core: &Core) -> Screen {
    let again = Kef::ask(envelope);
    match opened.mnemonic().and_then(Result::ok) {
        Some(words) => drill::Comparing::of(Backup::Kef, drill::Given::Words(words), again),
        None if core.session.is_none() => Screen::home(),
        None => verdict::Verdict::failed(NO_WORDS.into(), RETYPE, again),
    }
}

/// How far the making of a key is.
pub fn bar<'a>(core: &Core, title: &str, done: u32, total: u32) -> View<'a> {
    let mut text = Text::new();
    text.gap();
    text.plain("Making the key of the passphrase, slowly on purpose ...");
    text.gap();
    let full = BAR * done.min(total) as usize / total.max(1) as usize;
    let rest = "\u{2591}".repeat(BAR - full);
    text.line(Line::toned(Tone::Strong, "\u{2588}".repeat(full)).and(Tone::Faint, rest));
    words_view(core, title, text, vec![("Esc", "stop")])
}

fn shown<'a>(core: &Core, code: &'a Modules) -> View<'a> {
    let mut text = Text::new();
    text.toned(Tone::Strong, "Encrypted QR code");
    if let Some(session) = &core.session {
        text.plain(session.name());
    }
    text.gap();
    text.plain(format!("{0} x {0} squares.", code.side()));
    text.toned(Tone::Faint, "checked: reads back");
    text.gap();
    text.plain("It opens with its passphrase alone. Keep that in another place.");
    text.gap();
    for (key, what) in KEYS {
        text.line(Line::toned(Tone::Key, format!("{key:<7}")).and(Tone::Faint, what));
    }
    let mut view = words_view(core, "Code", Text::new(), vec![]);
    view.body = Body::Code(Some(code), text);
    view
}

const TITLE: &str = "Encrypted QR code (KEF)";
const STRONG: &str = "Six words by dice or more: whoever has the code can try passphrases as long as he likes. This \
    passphrase is the code's own, not the wallet's.";
const KEYS: [(&str, &str); 4] =
    [("c", "copy by hand"), ("Enter", "drill: scan your copy"), ("Esc", "back"), ("?", "help")];
const RETYPE: &str = "Type the passphrase again. Capitals and spaces count.";
const NO_WORDS: &str = "The code opens, but does not hold this wallet's words.";
