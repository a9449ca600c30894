//! A wallet that somebody else wrote down, read into a [`Wallet`], from whatever form the coordinator
//! has for it. Everything here is hostile: bounded before it is looked at, and every error says what
//! is wrong and where.

mod adapt;
mod bsms;
mod cbor;
mod coldcard;
mod core;
mod cosigner;
mod descriptors;
mod error;
mod hdkey;
mod json;
mod keys_json;
mod output;
mod policy;
mod registry;

pub use adapt::Adaptation;
pub use bsms::BsmsError;
pub use cosigner::{CosignerKey, KeyError};
pub use error::{Part, RegistrationError};
pub use policy::PolicyRule;
pub use registry::{RegistryError, RegistryType};

use super::{Network, Wallet};

/// Longest text or CBOR that is looked at, in bytes.
pub const MAX_REGISTRATION: usize = 64 * 1024;

/// What a coordinator gave.
#[derive(Debug, Clone, Copy)]
pub enum Content<'a> {
    /// Text, of a file or of a code.
    Text(&'a str),
    /// The CBOR of a UR of this type.
    Registry(RegistryType, &'a [u8]),
}

/// The form in which a registration came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// An output descriptor with its checksum (BIP380), one with both chains or one for each.
    Descriptor,
    /// A wallet policy: template and keys (BIP388).
    Policy,
    /// A BSMS descriptor record (BIP129).
    Bsms,
    /// A Coldcard-style multisig text: also BlueWallet, Nunchuk, Sparrow, Passport, Keystone.
    ColdcardText,
    /// JSON with a label and a descriptor: Specter, Sparrow, Nunchuk, Fully Noded.
    SpecterJson,
    /// Caravan's JSON: also Sparrow, Unchained.
    CaravanJson,
    /// Bitcoin Core's `listdescriptors`, or what `importdescriptors` takes.
    CoreJson,
    /// Electrum's wallet file: also Sparrow, BlueWallet.
    ElectrumJson,
    /// A signer's account keys in Coldcard's JSON.
    ColdcardJson,
    /// A UR of this type.
    Registry(RegistryType),
    /// An extended key, with or without its origin.
    Key,
}

/// What tells that a registration came whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Integrity {
    /// The descriptor's checksum (BIP380).
    Checksum,
    /// The first address that the coordinator wrote beside it (BIP129), found right.
    FirstAddress,
    /// The checksum of each extended key alone: what stands between the keys is not covered.
    KeysOnly,
    /// The checksum of the UR.
    Registry,
}

/// A wallet that was read and is not yet taken.
#[derive(Debug, Clone)]
pub struct Registration {
    wallet: Wallet,
    form: Form,
    integrity: Integrity,
    adaptations: Vec<Adaptation>,
    labels: Vec<Option<String>>,
}

/// What was read: one wallet, or several to choose from, or keys of cosigners, or both.
#[derive(Debug, Clone)]
pub struct Reading {
    /// Wallets.
    pub wallets: Vec<Registration>,
    /// Keys that are one part of a shared wallet: nothing to register, but to be joined in a
    /// coordinator.
    pub cosigners: Vec<CosignerKey>,
}

/// Reads what a coordinator gave. `name` is for a wallet that says none.
pub fn read(
    content: Content<'_>,
    name: &str,
    network: Network,
) -> Result<Reading, RegistrationError> {
    let length = match content {
        Content::Text(text) => text.len(),
        Content::Registry(_, cbor) => cbor.len(),
    };
    if length > MAX_REGISTRATION {
        return Err(RegistrationError::TooLong { bytes: length });
    }
    let reader = Reader { name, network };
    let reading = match content {
        Content::Text(text) => reader.text(text),
        Content::Registry(kind, cbor) => registry::read(&reader, kind, cbor),
    }?;
    match reading.wallets.is_empty() && reading.cosigners.is_empty() {
        true => Err(RegistrationError::Unknown),
        false => Ok(reading),
    }
}

/// What every form's reader needs to know.
struct Reader<'a> {
    name: &'a str,
    network: Network,
}

impl Reader<'_> {
    fn text(&self, text: &str) -> Result<Reading, RegistrationError> {
        let text = text.trim_start_matches('\u{feff}').trim();
        if text.is_empty() {
            return Err(RegistrationError::Empty);
        }
        if super::holds_private_key(text) || coldcard::has_seed(text) {
            return Err(RegistrationError::PrivateKey);
        }
        if text.starts_with("BSMS") {
            return bsms::read(self, text);
        }
        if json::looks_so(text) {
            return json::read(self, text);
        }
        if coldcard::looks_so(text) {
            return coldcard::read(self, text);
        }
        if cosigner::looks_so(text) {
            return cosigner::read(self, text);
        }
        descriptors::read(self, text)
    }
}

impl Registration {
    /// The wallet.
    pub fn wallet(&self) -> &Wallet {
        &self.wallet
    }

    /// Takes the wallet.
    pub fn into_wallet(self) -> Wallet {
        self.wallet
    }

    /// The same registration under another name.
    pub fn named(self, name: &str) -> Self {
        Self { wallet: self.wallet.named(name), ..self }
    }

    /// The form in which it came.
    pub fn form(&self) -> Form {
        self.form
    }

    /// What tells that it came whole.
    pub fn integrity(&self) -> Integrity {
        self.integrity
    }

    /// What was put in other words so that it could be read.
    pub fn adaptations(&self) -> &[Adaptation] {
        &self.adaptations
    }

    /// What the coordinator calls each of [`Wallet::signers`], where it does. Claims, made visible.
    pub fn labels(&self) -> &[Option<String>] {
        &self.labels
    }
}

impl Reading {
    fn of(wallet: Registration) -> Self {
        Self { wallets: vec![wallet], cosigners: Vec::new() }
    }

    /// The one wallet, where nothing is left to choose.
    pub fn only(&self) -> Option<&Registration> {
        match (self.wallets.as_slice(), self.cosigners.is_empty()) {
            ([one], true) => Some(one),
            _ => None,
        }
    }
}
