//! From what was given to the wallet: its fingerprint is shown before it is used.

use super::given::What;
use super::working::{Work, Working};
use super::*;
use crate::app::screens::backup::Written;
use crate::keys::slip39::UnlockError;
use crate::keys::{Material, Mnemonic};
use crate::wallet::Network;

impl Given {
    /// Opens what was given; asks for a passphrase first, where there may be one.
    pub(super) fn open(self, network: Network) -> Screen {
        match &self.what {
            What::Line(line) if line.is_empty() => self.remarking(NOTHING),
            What::Line(line) => match self.kind() {
                Kind::Xprv => match line.key(network) {
                    Ok(key) => Busy::derive(key, Importing::Typing(self).on()),
                    Err(why) => self.retyped(why),
                },
                Kind::Electrum => match line.electrum() {
                    Ok(_) => Importing::Passphrase(self).on(),
                    Err(why) => self.retyped(why),
                },
                _ => match line.code() {
                    Ok(_) => Importing::Passphrase(self).on(),
                    Err(why) => self.retyped(why),
                },
            },
            What::Shares(shares) if !shares.suffice() => self.remarking(TOO_FEW),
            What::Shares(_) => match self.kind() {
                Kind::Slip39 => Importing::Passphrase(self).on(),
                Kind::Codex32 => self.open_codex32(),
                _ => self.open_xor(),
            },
        }
    }

    /// Back to the line, with what is wrong with it.
    pub(super) fn retyped(mut self, why: String) -> Screen {
        self.remark = Some(why);
        Importing::Typing(self).on()
    }

    pub(super) fn open_with_passphrase(self) -> Screen {
        let passphrase = self.passphrase.finish();
        match &self.what {
            What::Line(line) if self.kind() == Kind::Electrum => match line.electrum() {
                Ok(seed) => {
                    let material = Material::electrum(seed, passphrase);
                    Busy::derive(material, Importing::Passphrase(self).on())
                }
                Err(why) => self.retyped(why),
            },
            What::Line(_) if self.passphrase.is_empty() => self.asked_again(NO_PASSPHRASE.into()),
            What::Line(line) => match line.code() {
                Ok(code) => {
                    let opening = code.open(self.passphrase.text().as_bytes());
                    Working::begin(Work::Code(Box::new(opening)), self)
                }
                Err(why) => self.retyped(why),
            },
            What::Shares(shares) => match shares.slip39().unlock(&passphrase) {
                Ok(unlock) => Working::begin(Work::Shares(Box::new(unlock)), self),
                Err(UnlockError::Passphrase) => {
                    self.asked_again(UnlockError::Passphrase.to_string())
                }
                Err(error) => self.remarking(error.to_string()),
            },
        }
    }

    pub(super) fn asked_again(mut self, why: String) -> Screen {
        self.remark = Some(why);
        Importing::Passphrase(self).on()
    }

    fn open_codex32(self) -> Screen {
        let What::Shares(shares) = &self.what else { return self.remarking(TOO_FEW) };
        match shares.codex32().seed().and_then(Material::master_seed) {
            Some(material) => Busy::derive(material, Importing::Given(self).on()),
            None => self.remarking(NO_SEED),
        }
    }

    fn open_xor(mut self) -> Screen {
        let What::Shares(shares) = &self.what else { return self.remarking(TOO_FEW) };
        let parts: Vec<&Mnemonic> = shares
            .given()
            .iter()
            .filter_map(|share| match share {
                Written::Xor(part) => Some(part),
                _ => None,
            })
            .collect();
        match Mnemonic::combine_xor(&parts) {
            Ok(words) => {
                let typed = std::mem::take(&mut self.of_wallet);
                PassphraseTyping::given(words, typed, Importing::Given(self).on())
            }
            Err(error) => self.remarking(error.to_string()),
        }
    }
}

const NOTHING: &str = "Nothing is given yet. Type it or scan it.";
const TOO_FEW: &str = "These are too few to open the wallet. Give more.";
const NO_PASSPHRASE: &str = "An encrypted code has a passphrase. Type it.";
const NO_SEED: &str = "These shares hold no seed of a wallet: it has 16 to 64 bytes.";
