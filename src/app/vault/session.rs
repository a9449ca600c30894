//! The open wallet and the open vault: what the one knows of the other.

use super::OpenVault;
use super::keeping::Learnt;
use crate::app::core::{Core, Session};
use crate::keys::{Material, Seed};
use crate::review::{Footprint, History};
use crate::vault::contents::{
    Date, KeyEntry, List, NoRoom, Succession, Text, TextError, WalletEntry,
};
use crate::wallet::{KeyRing, Registered, Wallet};
use zeroize::Zeroizing;

impl OpenVault {
    /// The key with this fingerprint (eight hexadecimal digits).
    pub(in crate::app) fn key_of(&self, fingerprint: &str) -> Option<&KeyEntry> {
        let of = |key: &&KeyEntry| key.fingerprint.to_string() == fingerprint;
        self.contents().keys.iter().find(of)
    }
}

/// A registered wallet as the vault keeps it.
fn entry(wallet: &Registered, when: Date) -> Result<WalletEntry, TextError> {
    let mut labels = List::default();
    for label in wallet.labels() {
        // a wallet's descriptor has room for fewer keys than the list
        let _ = labels.push(label.as_deref().map(Text::new).transpose()?);
    }
    Ok(WalletEntry {
        name: Text::new(wallet.name())?,
        descriptor: Text::new(wallet.text())?,
        labels,
        network: wallet.network(),
        when,
    })
}

/// A wallet with the labels that the vault has for its keys.
fn registered(wallet: Wallet, entry: &WalletEntry) -> Registered {
    let labels: Vec<Option<String>> =
        entry.labels.iter().map(|label| label.as_ref().map(|text| text.as_str().into())).collect();
    Registered::new(wallet, &labels)
}

/// A second copy of what a wallet is made from. None when it does not read back, which would be a
/// fault of this program.
pub(in crate::app) fn copy_of(material: &Material) -> Option<Material> {
    let mut bytes = Zeroizing::new(Vec::with_capacity(material.encoded_len()));
    material.encode(&mut bytes);
    Material::decode(&bytes).ok()
}

impl Core {
    /// Opens a wallet. What the open vault knows of it comes along: its name, its drills, and what
    /// was signed before.
    pub(in crate::app) fn open_session(&mut self, seed: Seed, material: Material, demo: bool) {
        let mut session = Session::new(seed, material, demo);
        if let Some(vault) = &self.vault {
            session.history = History::with(vault.contents().signed.entries().cloned());
            vault.remind(&mut session);
        }
        self.session = Some(session);
        self.name_session();
    }

    /// Calls the open wallet by the name that it has in the open vault.
    pub(in crate::app) fn name_session(&mut self) {
        let Some(session) = &mut self.session else { return };
        let key = self.vault.as_ref().and_then(|vault| vault.key_of(&session.fingerprint));
        session.named = key.map(|key| key.name.as_str().into());
    }

    /// Puts the open wallet into the open vault. The reason why not is a sentence.
    pub(in crate::app) fn seal_session(&mut self, name: Text<64>) -> Result<(), String> {
        let when = self.date();
        let network = self.settings.network;
        let Some(session) = &self.session else { return Ok(()) };
        let Some(material) = copy_of(&session.material) else { return Err(UNREADABLE.into()) };
        let network = material.is_bound_to_a_network().then_some(network);
        let fingerprint = session.seed.fingerprint();
        let mut key = KeyEntry::new(material, name, fingerprint, network, when);
        Learnt::since(session, &key).tell(&mut key);
        let signed: Vec<_> =
            session.history.entries().map(|(point, output)| (*point, output.clone())).collect();
        let put = self.change_vault(|contents| {
            contents.keys.push(key)?;
            signed.into_iter().for_each(|(point, output)| contents.signed.remember(point, output));
            Ok::<(), NoRoom>(())
        });
        self.name_session();
        put.unwrap_or(Ok(())).map_err(|error| error.to_string())
    }

    /// Registers a wallet, where there is one in its place at `instead_of`: in the open vault, too, if
    /// that is kept there. Gives its place among the registered ones.
    pub(in crate::app) fn register(
        &mut self,
        wallet: Registered,
        instead_of: Option<usize>,
    ) -> usize {
        let Some(known) = instead_of.and_then(|place| self.wallets.get_mut(place)) else {
            self.wallets.push(wallet);
            return self.wallets.len() - 1;
        };
        let before = std::mem::replace(known, wallet);
        let place = instead_of.unwrap_or_default();
        if self.kept_place(before.text()).is_some() {
            // what stands there has as much room as what comes
            let _ = self.keep_wallet(place, before.text());
        }
        place
    }

    /// Puts a registered wallet into the open vault. The reason why not is a sentence.
    pub(in crate::app) fn seal_wallet(&mut self, place: usize) -> Result<(), String> {
        match self.wallets.get(place).map(|wallet| wallet.text().to_owned()) {
            Some(descriptor) => self.keep_wallet(place, &descriptor),
            None => Ok(()),
        }
    }

    /// Puts a registered wallet into the open vault, in the place of the one with that descriptor. A
    /// successor keeps the name that its succession knows it by.
    fn keep_wallet(&mut self, place: usize, instead_of: &str) -> Result<(), String> {
        let Some(wallet) = self.wallets.get(place) else { return Ok(()) };
        let entry = entry(wallet, self.date()).map_err(|error| error.to_string())?;
        let known = self.kept_place(instead_of);
        let put = self.change_vault(|contents| {
            match known.and_then(|place| contents.wallets.get_mut(place)) {
                Some(known) => {
                    let succeeds = |one: &Succession| one.wallet == known.name;
                    let name = match contents.successions.iter().any(succeeds) {
                        true => known.name.clone(),
                        false => entry.name.clone(),
                    };
                    *known = WalletEntry { name, ..entry };
                }
                None => contents.wallets.push(entry)?,
            }
            Ok::<(), NoRoom>(())
        });
        put.unwrap_or(Ok(())).map_err(|error| error.to_string())
    }

    /// Where the open vault keeps this descriptor.
    fn kept_place(&self, descriptor: &str) -> Option<usize> {
        let mut wallets = self.vault.as_ref()?.contents().wallets.iter();
        wallets.position(|there| there.descriptor.as_str() == descriptor)
    }

    /// Is this wallet in the open vault, with its labels?
    pub(in crate::app) fn keeps(&self, wallet: &Registered) -> bool {
        self.vault.as_ref().is_some_and(|vault| {
            vault.contents().wallets.iter().any(|there| {
                let labels = there.labels.iter().map(|label| label.as_ref().map(Text::as_str));
                there.descriptor.as_str() == wallet.text()
                    && labels.eq(wallet.labels().iter().map(Option::as_deref))
            })
        })
    }

    /// Loads the open vault's wallets of the network in use, unless they are loaded.
    pub(in crate::app) fn load_vault_wallets(&mut self) {
        let Some(vault) = &self.vault else { return };
        let network = self.settings.network;
        for entry in vault.contents().wallets.iter().filter(|entry| entry.network == network) {
            let text = entry.descriptor.as_str();
            let is_loaded = self.wallets.iter().any(|wallet| wallet.text() == text);
            match Wallet::parse(text, entry.name.as_str(), network) {
                Ok(wallet) if !is_loaded => self.wallets.push(registered(wallet, entry)),
                Ok(_) | Err(_) => {} // one that was written by a program that knows more kinds
            }
        }
    }

    /// Keeps what was signed: while the wallet is open, and in the vault that it came from.
    pub(in crate::app) fn signed(&mut self, footprint: Footprint) {
        let spent = footprint.spent().to_vec();
        let Some(session) = &mut self.session else { return };
        session.history.remember(footprint);
        if self.is_sealed() {
            self.change_vault(|contents| {
                spent
                    .into_iter()
                    .for_each(|(point, output)| contents.signed.remember(point, output));
            });
        }
    }

    /// The open wallet's key in the open vault.
    pub(in crate::app) fn sealed_key(&self) -> Option<&KeyEntry> {
        self.vault.as_ref()?.key_of(&self.session.as_ref()?.fingerprint)
    }

    /// Changes the open wallet's key in the open vault, and writes it. None where it is in none.
    pub(super) fn change_key<T>(&mut self, change: impl FnOnce(&mut KeyEntry) -> T) -> Option<T> {
        let fingerprint = self.session.as_ref()?.seed.fingerprint();
        self.sealed_key()?;
        self.change_vault(|contents| {
            contents.keys.iter_mut().find(|key| key.fingerprint == fingerprint).map(change)
        })?
    }

    fn is_sealed(&self) -> bool {
        self.sealed_key().is_some()
    }
}

const UNREADABLE: &str =
    "This wallet's seed cannot be sealed: it does not read back. Nothing was put into the vault.";
