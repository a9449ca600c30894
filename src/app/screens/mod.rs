//! One screen at a time. A screen takes a key and gives the screen that follows; what it held is
//! dropped on the way, and what was secret in it is wiped by that.

mod answer;
mod arrival;
mod backup;
mod busy;
mod columns;
mod cursor;
mod demo;
mod done;
mod files;
mod fingerprint;
mod handover;
mod help;
mod home;
mod import;
mod keymap;
mod lifecycle;
mod lists;
mod make;
mod message;
mod naming;
mod nature;
mod newcomer;
mod open;
mod passphrase;
mod public;
mod quit;
mod reel;
mod refused;
mod review;
mod room;
mod scan;
mod self_test;
mod settings;
mod speech;
mod vault;
mod wallets;
mod words;

pub use answer::Answer;
pub use backup::{Backing, Grid, Square, letter};
pub use busy::Busy;
pub use demo::DemoIntro;
pub use done::Done;
pub use files::Files;
pub use fingerprint::FingerprintCheck;
pub use handover::Handover;
pub use help::Help;
pub use home::Home;
use import::MoreForms;
pub use import::{Importing, Languages};
pub use keymap::KeymapChoice;
pub use lifecycle::Lifecycle;
pub use make::Make;
pub use message::Message;
pub use newcomer::{NewcomerQuestion, UNDISTURBED};
pub use open::Open;
pub use passphrase::PassphraseTyping;
pub use public::Public;
pub use quit::Quit;
pub use refused::Refused;
pub use review::{Confirm, Reviewing};
pub use room::{GAP, QUIET, Room, room};
pub use scan::{Purpose, Scan};
pub use self_test::SelfTestFailed;
pub use settings::NetworkChoice;
pub use speech::{Speech, SpeechAnswer, SpeechTyping, SpeechWalk};
pub use vault::VaultScreen;
pub use wallets::Wallets;
pub use words::Typing;

use super::appliance::{Errand, FileErrand, SelfTest};
use super::core::Core;
use super::event::{Command, Key, News, Searched, Sight, Source};
use super::text::{Line, Text, Tone};
use super::view::{Body, Hotkey, MARGIN, Scroll, View};
use crate::qr::{Luma, Symbol};
use columns::{Rows, columns};
use keymap::layout_in_use;

/// What is said when a folder of frames is at its end.
pub const SOURCE_ENDED: &str =
    "The camera has no more pictures, and the message is not whole. Start the source again with r.";

/// What is on the screen.
pub enum Screen {
    /// The machine failed its self-test: nothing is left but to power off.
    SelfTest(SelfTestFailed),
    /// Where everything begins.
    Home(Home),
    /// The keyboard's layout.
    Keymap(Box<KeymapChoice>),
    /// The open key's state and successor.
    Lifecycle(Box<Lifecycle>),
    /// Network and expert settings.
    Network(NetworkChoice),
    /// How to open a wallet.
    Open(Open),
    /// Making a new wallet.
    Make(Box<Make>),
    /// Which list the backup words are from.
    Languages(Languages),
    /// Opening a backup in another form.
    Import(Box<Importing>),
    /// Typing backup words.
    Words(Box<Typing>),
    /// Typing the passphrase.
    Passphrase(Box<PassphraseTyping>),
    /// The fingerprint, before the wallet is used.
    Fingerprint(Box<FingerprintCheck>),
    /// What the demo does.
    DemoIntro(DemoIntro),
    /// Looking through a camera.
    Scan(Box<Scan>),
    /// Something that may take a moment.
    Busy(Box<Busy>),
    /// The review's pages.
    Review(Box<Reviewing>),
    /// The last question before signing.
    Confirm(Box<Confirm>),
    /// A message to sign, never a payment.
    Speech(Box<Speech>),
    /// Nothing will be signed.
    Refused(Box<Refused>),
    /// The answer as an animated QR code.
    Answer(Box<Answer>),
    /// The transactions on removable sticks and cards.
    Files(Box<Files>),
    /// The answer, to be written to a stick.
    Handover(Box<Handover>),
    /// What was signed.
    Done(Box<Done>),
    /// Addresses, and what wallet programs are given.
    Public(Public),
    /// Wallets that several keys share.
    Wallets(Wallets),
    /// A vault.
    Vault(VaultScreen),
    /// Backing up the open wallet, and drilling its backups.
    Backup(Box<Backing>),
    /// Help for the screen below.
    Help(Box<Help>),
    /// One message.
    Message(Box<Message>),
    /// Really?
    Quit(Box<Quit>),
    /// May the keyboard that was plugged in type?
    Newcomer(Box<NewcomerQuestion>),
}

impl Screen {
    /// The first screen after the start. On a dedicated machine the self-test must have passed, and
    /// the keyboard's layout comes before all else.
    pub(super) fn first(core: &Core) -> Self {
        let Some(appliance) = &core.settings.appliance else { return Self::home() };
        match (&appliance.self_test, appliance.keymap) {
            (SelfTest::Failed(what), _) => Self::SelfTest(SelfTestFailed::new(what)),
            (SelfTest::Running, _) | (SelfTest::Passed, None) => KeymapChoice::first(),
            (SelfTest::Passed, Some(_)) => Self::home(),
        }
    }

    /// The home screen.
    pub fn home() -> Self {
        Self::Home(Home)
    }

    pub(super) fn key(self, key: Key, core: &mut Core) -> Self {
        match key {
            _ if matches!(self, Self::Newcomer(_)) => {} // answered before anything else
            Key::Interrupt => return Quit::ask(self, core),
            Key::Help => return Help::over(self, core),
            Key::Char('?') if !self.is_typing() => return Help::over(self, core),
            _ => {}
        }
        match self {
            Self::SelfTest(screen) => screen.key(key, core),
            Self::Home(screen) => screen.key(key, core),
            Self::Keymap(screen) => screen.key(key, core),
            Self::Network(screen) => screen.key(key, core),
            Self::Lifecycle(screen) => screen.key(key, core),
            Self::Open(screen) => screen.key(key, core),
            Self::Make(screen) => screen.key(key, core),
            Self::Languages(screen) => screen.key(key),
            Self::Import(screen) => screen.key(key, core),
            Self::Words(screen) => screen.key(key),
            Self::Passphrase(screen) => screen.key(key),
            Self::Fingerprint(screen) => screen.key(key, core),
            Self::DemoIntro(screen) => screen.key(key, core),
            Self::Scan(screen) => screen.key(key, core),
            Self::Busy(_) => self,
            Self::Review(screen) => screen.key(key),
            Self::Confirm(screen) => screen.key(key),
            Self::Refused(screen) => screen.key(key),
            Self::Speech(screen) => screen.key(key, core),
            Self::Answer(screen) => screen.key(key, core),
            Self::Files(screen) => screen.key(key, core),
            Self::Handover(screen) => screen.key(key, core),
            Self::Done(screen) => screen.key(key, core),
            Self::Public(screen) => screen.key(key, core),
            Self::Wallets(screen) => screen.key(key, core),
            Self::Vault(screen) => screen.key(key, core),
            Self::Backup(screen) => screen.key(key, core),
            Self::Help(screen) => screen.key(key, core),
            Self::Message(screen) => screen.key(key, core),
            Self::Quit(screen) => screen.key(key, core),
            Self::Newcomer(screen) => screen.key(key, core),
        }
    }

    pub(super) fn tick(self, core: &mut Core) -> Self {
        match self {
            Self::Busy(screen) => screen.run(core),
            Self::Import(screen) => screen.tick(core),
            Self::Answer(screen) => screen.tick(core),
            Self::Speech(screen) => screen.tick(core),
            Self::Public(screen) => screen.tick(core),
            Self::Wallets(screen) => screen.tick(core),
            Self::Vault(screen) => screen.tick(core),
            Self::Backup(screen) => screen.tick(core),
            other => other,
        }
    }

    pub(super) fn resized(self, core: &Core) -> Self {
        match self {
            Self::Answer(screen) => screen.resized(core),
            Self::Speech(screen) => screen.resized(core),
            Self::Public(screen) => screen.resized(core),
            Self::Wallets(screen) => screen.resized(core),
            other => other,
        }
    }

    pub(super) fn sight(mut self, sight: Sight) -> Self {
        match &mut self {
            Self::Scan(screen) => screen.sight(sight),
            Self::Make(screen) => screen.sight(sight),
            _ => {}
        }
        self
    }

    pub(super) fn codes(self, symbols: &[Symbol], core: &mut Core) -> Self {
        match self {
            Self::Scan(screen) => screen.codes(symbols, core),
            other => other,
        }
    }

    pub(super) fn source(mut self, state: Result<String, String>) -> Self {
        match &mut self {
            Self::Scan(screen) => screen.source(state),
            Self::Make(screen) => screen.source(state),
            _ => {}
        }
        self
    }

    pub(super) fn searched(mut self, progress: Searched) -> Self {
        if let Some(below) = self.below() {
            let covered = std::mem::replace(below, Self::home());
            *below = covered.searched(progress);
            return self;
        }
        match self {
            Self::Public(screen) => screen.searched(&progress),
            other => other,
        }
    }

    pub(super) fn own_screen(mut self, picture: &Luma) -> Self {
        if let Self::Answer(screen) = &mut self {
            screen.own_screen(picture);
        }
        self
    }

    /// What the machine says is kept where all screens find it; some is for the screen that is on.
    pub(super) fn news(mut self, news: News, core: &mut Core) -> Self {
        match news {
            News::SelfTest(SelfTest::Failed(what)) => {
                return Self::SelfTest(SelfTestFailed::new(&what));
            }
            News::SelfTest(outcome) => core.appliance(|appliance| appliance.self_test = outcome),
            News::LidClosed => {} // locks, whatever is on
            News::Newcomer(newcomer) => return NewcomerQuestion::ask(newcomer, self, core),
            news if matches!(self, Self::Newcomer(_)) => {
                return NewcomerQuestion::told(self, news, core);
            }
            News::Camera(name) => core.settings.camera = name,
            News::BootStick(stick) => core.appliance(|appliance| appliance.boot_stick = stick),
            News::Battery(percent) => core.appliance(|appliance| appliance.battery = percent),
            News::NewcomerSettled => {}
            News::Vault(news) => {
                // A write goes on by itself, whatever screen is on.
                let Some(news) = core.vault_told(news) else { return self };
                if let Some(below) = self.below() {
                    let covered = std::mem::replace(below, Self::home());
                    *below = covered.news(News::Vault(news), core);
                    return self;
                }
                return match self {
                    Self::Vault(screen) => screen.news(news, core),
                    other => other,
                };
            }
            News::Files(_) | News::FileRead(..) | News::FileWritten(_) => {
                if let Some(below) = self.below() {
                    let covered = std::mem::replace(below, Self::home());
                    *below = covered.news(news, core);
                    return self;
                }
                return match self {
                    Self::Files(screen) => screen.news(news, core),
                    Self::Handover(screen) => screen.news(news),
                    other => other,
                };
            }
        }
        self
    }

    /// The screen that this one stands over, and that comes back.
    fn below(&mut self) -> Option<&mut Self> {
        match self {
            Self::Help(screen) => Some(screen.below()),
            Self::Quit(screen) => Some(screen.below()),
            _ => None,
        }
    }

    /// This screen in words.
    pub fn view<'a>(&'a self, core: &Core) -> View<'a> {
        match self {
            Self::SelfTest(screen) => screen.view(core),
            Self::Home(screen) => screen.view(core),
            Self::Keymap(screen) => screen.view(core),
            Self::Network(screen) => screen.view(core),
            Self::Lifecycle(screen) => screen.view(core),
            Self::Open(screen) => screen.view(core),
            Self::Make(screen) => screen.view(core),
            Self::Languages(screen) => screen.view(core),
            Self::Import(screen) => screen.view(core),
            Self::Words(screen) => screen.view(core),
            Self::Passphrase(screen) => screen.view(core),
            Self::Fingerprint(screen) => screen.view(core),
            Self::DemoIntro(screen) => screen.view(core),
            Self::Scan(screen) => screen.view(core),
            Self::Busy(screen) => screen.view(core),
            Self::Review(screen) => screen.view(core),
            Self::Confirm(screen) => screen.view(core),
            Self::Refused(screen) => screen.view(core),
            Self::Speech(screen) => screen.view(core),
            Self::Answer(screen) => screen.view(core),
            Self::Files(screen) => screen.view(core),
            Self::Handover(screen) => screen.view(core),
            Self::Done(screen) => screen.view(core),
            Self::Public(screen) => screen.view(core),
            Self::Wallets(screen) => screen.view(core),
            Self::Vault(screen) => screen.view(core),
            Self::Backup(screen) => screen.view(core),
            Self::Help(screen) => screen.view(core),
            Self::Message(screen) => screen.view(core),
            Self::Quit(screen) => screen.view(core),
            Self::Newcomer(screen) => screen.view(core),
        }
    }

    /// Leaves this screen for one that stands over it: a running camera is let go.
    fn cover(&self, core: &mut Core) {
        if self.eye().is_some() {
            core.ask(Command::CloseEye);
        }
    }

    /// Comes back to this screen from one that stood over it.
    fn uncover(self, core: &mut Core) -> Self {
        if let Some(eye) = self.eye() {
            core.ask(Command::OpenEye(eye));
        }
        self
    }

    /// The source that this screen looks through.
    fn eye(&self) -> Option<Source> {
        match self {
            Self::Scan(screen) => Some(screen.eye()),
            Self::Make(screen) => screen.looks().then_some(Source::Camera),
            _ => None,
        }
    }
}

/// A screen of words.
fn words_view<'a>(
    core: &Core,
    title: impl Into<String>,
    text: Text,
    keys: Vec<Hotkey>,
) -> View<'a> {
    let network = core.settings.network.label();
    let context = match &core.session {
        Some(session) => format!("{}   {network}", session.name()),
        None => network.to_string(),
    };
    let (title, body) = (title.into(), Body::Text(text));
    View { title, context, margin: MARGIN, body, top: 0, keys, status: None }
}

/// Moves a long text. True when `key` was for that.
fn scrolled(key: &Key, scroll: &mut Scroll, layout: &super::view::Layout) -> bool {
    let page = layout.height.saturating_sub(1).max(1);
    match key {
        Key::Down => scroll.down(1, layout),
        Key::Up => scroll.up(1, layout),
        Key::PageDown => scroll.down(page, layout),
        Key::PageUp => scroll.up(page, layout),
        _ => return false,
    }
    true
}

/// The source for a payment: the demo's own where there is nothing else.
fn payment_source(core: &Core) -> Source {
    if core.settings.demo { Source::Demo } else { Source::Camera }
}
