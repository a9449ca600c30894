//! Wallets that several keys share: read in any form, shown whole, taken, kept, handed on.

mod change;
mod choosing;
mod code;
mod findings;
mod help;
mod list;
mod naming;
mod offer;
mod page;
mod typing;
mod whole;
mod words;

use super::*;
use crate::transport::{Kind, Payload};
use crate::wallet::registration::{self, Content, CosignerKey, Reading};
use crate::wallet::{Judged, KeyRing, Known, Registered, judge};
use bitcoin::bip32::Fingerprint;
use choosing::Choosing;
use code::Shown;
use list::List;
use naming::Renaming;
use offer::Offer;
use page::Page;
use typing::Descriptor;

/// The registered wallets, and what is done with them.
pub enum Wallets {
    /// All of them.
    List(List),
    /// A descriptor being typed.
    Typing(Box<Descriptor>),
    /// Several came in one text: which one?
    Choosing(Box<Choosing>),
    /// One that was read, before it is taken.
    Offer(Box<Offer>),
    /// Its name, or what one of its keys is called.
    Naming(Box<Renaming>),
    /// One that is registered.
    Page(Box<Page>),
    /// One as a code, to be loaded again without a vault.
    Code(Box<Shown>),
}

impl Wallets {
    /// The list.
    pub(super) fn list() -> Screen {
        Self::List(List::default()).on()
    }

    fn on(self) -> Screen {
        Screen::Wallets(self)
    }

    pub(super) fn key(self, key: Key, core: &mut Core) -> Screen {
        match self {
            Self::List(page) => page.key(key, core),
            Self::Typing(page) => page.key(key, core),
            Self::Choosing(page) => page.key(key, core),
            Self::Offer(page) => page.key(key, core),
            Self::Naming(page) => page.key(key, core),
            Self::Page(page) => page.key(key, core),
            Self::Code(page) => page.key(key),
        }
    }

    pub(super) fn tick(self, core: &Core) -> Screen {
        match self {
            Self::Code(page) => Self::Code(page.tick(core)).on(),
            other => other.on(),
        }
    }

    pub(super) fn resized(self, core: &Core) -> Screen {
        match self {
            Self::Code(page) => Self::Code(page.resized(core)).on(),
            other => other.on(),
        }
    }

    pub(super) fn view<'a>(&'a self, core: &Core) -> View<'a> {
        match self {
            Self::List(page) => page.view(core),
            Self::Typing(page) => page.view(core),
            Self::Choosing(page) => page.view(core),
            Self::Offer(page) => page.view(core),
            Self::Naming(page) => page.view(core),
            Self::Page(page) => page.view(core),
            Self::Code(page) => page.view(core),
        }
    }

    pub(super) fn help(&self) -> &'static [&'static str] {
        match self {
            Self::List(_) | Self::Choosing(_) => help::LIST,
            Self::Typing(_) => help::TYPING,
            Self::Offer(_) | Self::Naming(_) => help::OFFER,
            Self::Page(_) => help::PAGE,
            Self::Code(_) => help::CODE,
        }
    }

    /// Is `?` a character to type here?
    pub(super) fn is_typing(&self) -> bool {
        matches!(self, Self::Naming(_))
    }

    /// The page that must have been seen before a key of it counts.
    pub(super) fn page_to_be_read(&self) -> Option<usize> {
        match self {
            Self::Offer(page) => Some(page.top()),
            _ => None,
        }
    }

    /// Is a code shown to a camera?
    pub(super) fn shows_a_code(&self) -> bool {
        matches!(self, Self::Code(_))
    }
}

/// What was scanned for a wallet.
pub(super) fn scanned(payload: &Payload, core: &Core) -> Screen {
    match (payload.kind(), std::str::from_utf8(payload.bytes())) {
        (Kind::Registry(kind), _) => read(Content::Registry(kind, payload.bytes()), core),
        (Kind::Text | Kind::Bytes, Ok(text)) => arrived(text, core),
        _ => refused(NOT_A_WALLET, CHOOSE),
    }
}

/// A text, typed or scanned: a registration of our own, or what a coordinator gave.
fn arrived(text: &str, core: &Core) -> Screen {
    if !Registered::looks_so(text) {
        return read(Content::Text(text), core);
    }
    let Some(session) = &core.session else { return refused(OWN_LOCKED, OPEN_FIRST) };
    match Registered::read(text, &session.seed) {
        Ok(wallet) if wallet.network() == core.settings.network => Offer::attested(wallet, core),
        Ok(wallet) => refused(
            &format!("This wallet is of another network: {}.", wallet.network().label()),
            "Choose that network first (n at home).",
        ),
        Err(error) => refused(&error.to_string(), ""),
    }
}

fn read(content: Content<'_>, core: &Core) -> Screen {
    let name = format!("Wallet {}", core.wallets.len() + 1);
    match registration::read(content, &name, core.settings.network) {
        Ok(reading) => match reading.only() {
            Some(one) => Offer::registration(one.clone(), core),
            None if reading.wallets.is_empty() => refused(&only_keys(&reading.cosigners), JOIN),
            None => Choosing::among(reading),
        },
        Err(error) => refused(&error.to_string(), ""),
    }
}

fn only_keys(keys: &[CosignerKey]) -> String {
    match keys {
        [_] => "This is the key of one signer, and no wallet yet.".into(),
        several => format!("These are {} keys, and no wallet yet.", several.len()),
    }
}

fn refused(what: &str, advice: &str) -> Screen {
    match advice {
        "" => Message::show(TITLE, what, Wallets::list()),
        advice => Message::trouble(TITLE, what, advice, Wallets::list()),
    }
}

/// What is known when a wallet is judged, besides itself.
fn judged(wallet: &Registered, core: &Core) -> Judged {
    let held = held(core);
    judge(wallet, &known(&others(wallet, core), &held, core))
}

fn known<'a>(others: &'a [Registered], held: &'a [Fingerprint], core: &'a Core) -> Known<'a> {
    let ring = core.session.as_ref().map(|session| &session.seed as &dyn KeyRing);
    Known { ring, held, wallets: others, height: None, time: core.clock }
}

/// The fingerprints of the keys that this appliance holds: the open one's, and those in the vault.
fn held(core: &Core) -> Vec<Fingerprint> {
    let open = core.session.iter().map(|session| session.seed.fingerprint());
    let keys = core.vault.iter().flat_map(|vault| vault.contents().keys.iter());
    open.chain(keys.map(|key| key.fingerprint)).collect()
}

/// The registered wallets but this one.
fn others(wallet: &Registered, core: &Core) -> Vec<Registered> {
    let is_other = |one: &&Registered| one.text() != wallet.text();
    core.wallets.iter().filter(is_other).cloned().collect()
}

const TITLE: &str = "Shared wallets";
const NOT_A_WALLET: &str = "This is no wallet in a form that is read here.";
const CHOOSE: &str = "Export the wallet's output descriptor, its multisig file or its policy.";
const OWN_LOCKED: &str = "This registration was kept here. Only the seed that it was made with can tell that nobody has \
    altered it, and no wallet is open.";
const OPEN_FIRST: &str = "Open that seed first (o at home), then load it again.";
const JOIN: &str = "Load the keys of all signers into the coordinator, let it make the wallet, and load that here.";
