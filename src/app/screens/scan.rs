//! Looking through a camera until a whole message was read.

use super::arrival::{CHOOSE_PSBT, arrived};
use super::*;
use crate::app::backup::Backup;
use crate::app::event::Hint;
use crate::app::request::Origin;
use crate::app::view::Looking;
use crate::keys::{Mnemonic, is_secret};
use crate::message::Spoken;
use crate::transport::{Collector, Kind, Offered, Payload, Progress, Trouble, Wanted};

/// What is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// An unsigned transaction.
    Payment,
    /// A seed code.
    Seed,
    /// A wallet that several keys share, in any form.
    Wallet,
    /// An address, to be looked for.
    Address,
    /// A backup of the open wallet, to be compared with it.
    Drill(Backup),
    /// A backup in another form than a seed code, for the screen below.
    Import,
}

/// The scan screen.
pub struct Scan {
    purpose: Purpose,
    /// The screen that a backup is scanned for.
    below: Option<Box<Importing>>,
    /// The menu that a seed code is scanned for.
    menu: Box<Open>,
    source: Source,
    collector: Collector,
    camera: Option<String>,
    mirrored: bool,
    preview: Option<Luma>,
    frames_per_second: f32,
    read_percent: u8,
    hint: Option<Hint>,
    /// Why the last code was not taken, or why there is no picture.
    trouble: Option<String>,
    foreign: bool,
    /// When the first part came, milliseconds since the start.
    began: Option<u64>,
    now: u64,
}

impl Scan {
    pub(super) fn open(purpose: Purpose, source: Source, core: &mut Core) -> Screen {
        core.ask(Command::OpenEye(source));
        Screen::Scan(Box::new(Self {
            purpose,
            below: None,
            menu: Box::default(),
            source,
            collector: Collector::wanting(wanted(purpose)),
            camera: None,
            mirrored: false,
            preview: None,
            frames_per_second: 0.0,
            read_percent: 0,
            hint: None,
            trouble: None,
            foreign: false,
            began: None,
            now: core.now,
        }))
    }

    /// A seed code, for the menu that comes back.
    pub(super) fn seed(menu: Box<Open>, core: &mut Core) -> Screen {
        match Self::open(Purpose::Seed, Source::Camera, core) {
            Screen::Scan(mut scan) => {
                scan.menu = menu;
                Screen::Scan(scan)
            }
            other => other,
        }
    }

    /// For the screen `below`, which takes what is read.
    pub(super) fn import(below: Screen, core: &mut Core) -> Screen {
        match (Self::open(Purpose::Import, Source::Camera, core), below) {
            (Screen::Scan(mut scan), Screen::Import(below)) => {
                scan.below = Some(below);
                Screen::Scan(scan)
            }
            (_, below) => below,
        }
    }

    /// The source in use.
    pub fn eye(&self) -> Source {
        self.source
    }

    /// Is a secret looked for? Then each picture may show one, read or not.
    pub(super) fn wants_a_secret(&self) -> bool {
        matches!(self.purpose, Purpose::Seed | Purpose::Drill(_) | Purpose::Import)
    }

    /// Which parts of the message are known.
    pub fn progress(&self) -> Option<Progress> {
        self.collector.progress()
    }

    pub(super) fn source(&mut self, state: Result<String, String>) {
        match state {
            Ok(name) => {
                self.camera = Some(name);
                self.trouble = None;
            }
            Err(why) => {
                self.trouble = Some(why);
                self.preview = None;
            }
        }
    }

    pub(super) fn key(mut self: Box<Self>, key: Key, core: &mut Core) -> Screen {
        match key {
            Key::Esc => {
                core.ask(Command::CloseEye);
                return match self.purpose {
                    Purpose::Payment if core.session.is_none() => Screen::Open(Open::to_sign()),
                    Purpose::Payment => Screen::home(),
                    Purpose::Seed => Screen::Open(*self.menu),
                    Purpose::Wallet => Wallets::list(),
                    Purpose::Address => Public::menu(),
                    Purpose::Drill(backup) => Backing::form(backup),
                    Purpose::Import => self.below.map_or_else(Screen::home, Screen::Import),
                };
            }
            Key::Char('c') if self.source == Source::Camera => {
                (self.camera, self.preview) = (None, None);
                core.ask(Command::NextCamera);
            }
            Key::Char('t') if self.purpose == Purpose::Payment && core.session.is_some() => {
                core.ask(Command::CloseEye);
                return Speech::typing();
            }
            Key::Char('r') => {
                self.trouble = None;
                core.ask(Command::OpenEye(self.source));
            }
            Key::Char('m') => self.mirrored = !self.mirrored,
            Key::Char('x') => self.start_over(),
            _ => {}
        }
        Screen::Scan(self)
    }

    fn start_over(&mut self) {
        self.collector.start_over();
        (self.foreign, self.trouble, self.began) = (false, None, None);
    }

    pub(super) fn sight(&mut self, sight: Sight) {
        self.preview = Some(sight.preview);
        self.frames_per_second = sight.frames_per_second;
        self.read_percent = sight.read_percent;
        self.hint = sight.hint;
    }

    pub(super) fn codes(mut self: Box<Self>, symbols: &[Symbol], core: &mut Core) -> Screen {
        self.now = core.now;
        for symbol in symbols {
            match self.purpose {
                Purpose::Seed => match seed(symbol) {
                    Ok(fitting) => {
                        core.ask(Command::CloseEye);
                        return Languages::scanned(fitting, self.menu);
                    }
                    Err(why) => self.trouble = Some(why),
                },
                Purpose::Drill(backup) => match backup::scanned(backup, symbol.bytes(), core) {
                    Ok(next) => return next,
                    Err(why) => self.trouble = Some(why),
                },
                Purpose::Import => {
                    let Some(below) = self.below.take() else { return Screen::home() };
                    match below.scanned(symbol.bytes()) {
                        Ok(next) => {
                            core.ask(Command::CloseEye);
                            return next;
                        }
                        Err((below, why)) => {
                            (self.below, self.trouble) = (Some(below), Some(why));
                        }
                    }
                }
                _ if is_secret(symbol.bytes()) => {
                    core.knew_a_secret = true;
                    self.trouble = Some(A_SECRET.into());
                }
                _ => {
                    if let Some(payload) = self.offer(symbol, core) {
                        core.ask(Command::CloseEye);
                        return self.complete(payload, core);
                    }
                }
            }
        }
        Screen::Scan(self)
    }

    fn offer(&mut self, symbol: &Symbol, core: &mut Core) -> Option<Payload> {
        match self.collector.offer(symbol.bytes()) {
            Offered::Complete(payload) => return Some(payload),
            Offered::New => {
                self.began.get_or_insert(self.now);
                (self.foreign, self.trouble) = (false, None);
            }
            Offered::Known => {}
            Offered::Foreign => self.foreign = true,
            Offered::Refused(trouble) => {
                core.knew_a_secret |= trouble == Trouble::Secret;
                self.trouble = Some(trouble.to_string());
            }
        }
        None
    }

    fn complete(self: Box<Self>, payload: Payload, core: &mut Core) -> Screen {
        let source = self.source;
        if self.purpose == Purpose::Wallet {
            return wallets::scanned(&payload, core);
        }
        if self.purpose == Purpose::Address {
            return match std::str::from_utf8(payload.bytes()) {
                Ok(text) if payload.kind() == Kind::Text => Public::scanned(text, core),
                _ => Message::show("Check an address", NOT_AN_ADDRESS, Public::menu()),
            };
        }
        let dialect = payload.dialect();
        let origin = match source {
            Source::Demo => Origin::Demo(dialect),
            Source::Camera => Origin::Scanned(dialect),
        };
        let again = |what: &str| Message::trouble(TITLE, what, CHOOSE_PSBT, Screen::home());
        match payload.kind() {
            Kind::Transaction => again(A_TRANSACTION),
            Kind::Text => match Spoken::read(payload.bytes()) {
                Some(Ok(spoken)) => Speech::spoken(spoken, origin, core),
                Some(Err(error)) => again(&error.to_string()),
                None => again(A_TEXT),
            },
            Kind::Registry(_) => again(A_TEXT),
            Kind::Psbt | Kind::Bytes => arrived(TITLE, payload.into_bytes(), origin, core),
        }
    }

    pub(super) fn view<'a>(&'a self, core: &Core) -> View<'a> {
        let (title, what) = match self.purpose {
            Purpose::Payment => {
                (TITLE, "Hold the screen of the online computer so that the code fills the frame.")
            }
            Purpose::Seed => {
                ("Scan a seed code", "Hold the SeedQR so that the code fills the frame.")
            }
            Purpose::Drill(_) => {
                ("Scan your copy", "Hold the copy so that the code fills the frame.")
            }
            Purpose::Import => ("Scan a backup", "Hold the code so that it fills the frame."),
            Purpose::Address => {
                ("Check an address", "Hold the address's code so that it fills the frame.")
            }
            Purpose::Wallet => (
                "Scan a shared wallet",
                "Hold the code that the coordinator shows so that it fills the frame.",
            ),
        };
        let mut text = Text::new();
        match self.progress() {
            Some(progress) => {
                text.toned(Tone::Strong, progress.label.as_str());
                text.plain(format!("{} of {} parts", progress.have, progress.need));
                text.plain(self.time_left(&progress));
            }
            None => {
                text.plain(if self.camera.is_some() {
                    "No code yet."
                } else {
                    "Starting the camera ..."
                });
            }
        }
        text.gap();
        if self.camera.is_some() {
            text.toned(
                Tone::Faint,
                format!("{:.0} frames/s, {} % read", self.frames_per_second, self.read_percent),
            );
        }
        text.gap();
        if let Some(trouble) = &self.trouble {
            text.toned(Tone::Warn, trouble.as_str());
        } else if self.foreign {
            text.toned(Tone::Warn, FOREIGN);
        } else if let Some(hint) = self.hint {
            text.plain(hint_words(hint));
        } else {
            text.toned(Tone::Faint, what);
        }
        let mut keys = vec![("Esc", "stop"), ("m", "mirror")];
        if self.source == Source::Camera {
            keys.push(("c", "other camera"));
        }
        if self.purpose == Purpose::Payment && core.session.is_some() {
            keys.push(("t", "type a message"));
        }
        if self.progress().is_some() {
            keys.push(("x", "start over"));
        }
        if self.trouble.is_some() {
            keys.push(("r", "start the camera again"));
        }
        keys.push(("?", "help"));
        let mut view = words_view(core, title, Text::new(), keys);
        let (preview, mirrored) = (self.preview.as_ref(), self.mirrored);
        view.body = Body::Camera(Looking { preview, mirrored, parts: self.progress() }, text);
        view.status =
            self.camera.as_ref().map(|name| Line::toned(Tone::Faint, format!("camera: {name}")));
        view
    }

    /// From the pace so far.
    fn time_left(&self, progress: &Progress) -> String {
        let missing = progress.need.saturating_sub(progress.have) as u64;
        let spent = self.began.map_or(0, |began| self.now.saturating_sub(began));
        if progress.have < 3 || spent < 1000 || missing == 0 {
            return String::new();
        }
        let left = spent * missing / (progress.have as u64 - 1);
        format!("about {} s left", left.div_ceil(1000).max(1))
    }
}

fn wanted(purpose: Purpose) -> Wanted {
    match purpose {
        Purpose::Wallet | Purpose::Address => Wanted::Wallets,
        _ => Wanted::default(),
    }
}

/// The words of a seed code, or words as text: one mnemonic for each list that they fit. Else why
/// they are none.
fn seed(symbol: &Symbol) -> Result<Vec<Mnemonic>, String> {
    if let Some(read) = Mnemonic::from_qr(symbol.bytes()) {
        return read.map(|words| vec![words]).map_err(|_| SEED_DAMAGED.into());
    }
    let text = std::str::from_utf8(symbol.bytes()).map_err(|_| NOT_A_SEED)?.trim();
    if !text.contains(char::is_whitespace) {
        return Err(NOT_A_SEED.into());
    }
    Mnemonic::parse_any(text).map_err(|error| format!("{error} {OTHER_WORDS}"))
}

fn hint_words(hint: Hint) -> &'static str {
    match hint {
        Hint::TooDark => "The picture is dark. Make the screen brighter, or turn on a light.",
        Hint::Blurred => "The picture is blurred. Hold still, or move a little further away.",
        Hint::TooFar => "The code is small. Move closer, or make it larger in the wallet.",
    }
}

const TITLE: &str = "Scan an unsigned transaction";
const FOREIGN: &str = "This code belongs to another message. Nothing of it was taken. \
    Press x to start over with it.";
const A_SECRET: &str = "This code holds backup words or a private key, not what is asked for here. Nothing of it \
    was kept. To open a wallet with a seed code, go back and press o.";
const NOT_A_SEED: &str = "This code is no SeedQR and no CompactSeedQR, and holds no words. For other backups press \
    Esc, then m.";
const OTHER_WORDS: &str = "For shares or Electrum's words press Esc, then m.";
const SEED_DAMAGED: &str =
    "This looks like a SeedQR, but its words do not fit together (wrong checksum).";
const A_TRANSACTION: &str = "This is a finished transaction. There is nothing left to sign.";
const A_TEXT: &str = "This is a text, not a transaction.";
const NOT_AN_ADDRESS: &str = "This code holds no address.";
