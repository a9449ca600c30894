//! Making a key of a passphrase, slowly on purpose, with a bar that says how far it is.

use super::*;
use crate::app::screens::backup::{bar, envelope};
use crate::keys::kef::{Opened, Opening};
use crate::keys::slip39::Unlock;
use crate::keys::{Material, Mnemonic};
use crate::wallet::Network;

/// What is made, and what it is made for.
pub struct Working {
    work: Work,
    given: Given,
}

pub(super) enum Work {
    Shares(Box<Unlock>),
    Code(Box<Opening>),
}

/// Rounds between two drawings: a slow machine does some 300,000 a second.
const SLICE: u32 = 20_000;

impl Working {
    pub(super) fn begin(work: Work, given: Given) -> Screen {
        Importing::Working(Box::new(Self { work, given })).on()
    }

    pub(super) fn key(self: Box<Self>, key: Key) -> Screen {
        match key {
            Key::Esc => Importing::Passphrase(self.given).on(),
            _ => Importing::Working(self).on(),
        }
    }

    pub(super) fn advance(mut self: Box<Self>, network: Network) -> Screen {
        match &mut self.work {
            Work::Shares(unlock) => match unlock.advance(SLICE).map(Material::master_seed) {
                None => Importing::Working(self).on(),
                Some(Some(material)) => {
                    Busy::derive(material, Importing::Passphrase(self.given).on())
                }
                Some(None) => self.given.remarking(NO_SEED),
            },
            Work::Code(opening) => match opening.advance(SLICE) {
                None => Importing::Working(self).on(),
                Some(Ok(opened)) => opened_as(&opened, self.given, network),
                Some(Err(error)) => self.given.asked_again(error.to_string()),
            },
        }
    }

    pub(super) fn view<'a>(&'a self, core: &Core) -> View<'a> {
        let (done, total) = match &self.work {
            Work::Shares(unlock) => (unlock.done(), unlock.total()),
            Work::Code(opening) => (opening.done(), opening.total()),
        };
        bar(core, self.given.kind().name(), done, total)
    }

    pub(super) fn help(&self) -> &'static [&'static str] {
        self.given.help()
    }
}

/// Asks for the passphrase of the words that the code held.
fn asking(words: Mnemonic, mut given: Given) -> Screen {
    let typed = std::mem::take(&mut given.of_wallet);
    PassphraseTyping::given(words, typed, Importing::Passphrase(given).on())
}

/// What the code held: words, words as text, a key, or another code.
fn opened_as(opened: &Opened, mut given: Given, network: Network) -> Screen {
    if let Some(Ok(words)) = opened.mnemonic() {
        return asking(words, given);
    }
    if let Some(text) = opened.text().map(str::trim) {
        // Lists that share words give the same wallet.
        if let Some(words) = Mnemonic::parse_any(text).ok().and_then(|all| all.into_iter().next()) {
            return asking(words, given);
        }
        if text.starts_with("xprv") || text.starts_with("tprv") {
            return match Material::xprv(text, network) {
                Ok(key) => Busy::derive(key, Importing::Passphrase(given).on()),
                Err(error) => given.asked_again(error.to_string()),
            };
        }
    }
    if let Some(inner) = envelope(opened.bytes()) {
        given.replace_code(inner);
        return given.asked_again(ANOTHER.into());
    }
    given.asked_again(NO_WALLET.into())
}

const NO_SEED: &str = "These shares hold no seed of a wallet: it has 16 to 64 bytes.";
const ANOTHER: &str = "The code held another encrypted code. Type the passphrase of that one.";
const NO_WALLET: &str = "The passphrase is right, and the code holds no words and no key: it is the backup of \
    something else.";
