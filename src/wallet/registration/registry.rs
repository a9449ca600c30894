//! Wallets and keys as URs (the registry of Blockchain Commons): `crypto-account`, `crypto-output` and
//! `crypto-hdkey` (BCR-2020-015, 010, 007), and their later forms `account-descriptor`,
//! `output-descriptor` and `hdkey` (BCR-2023-019, 010, BCR-2020-007 as revised).

use super::adapt::{Draft, Steps};
use super::cbor::Cbor;
use super::{
    CosignerKey, Form, Integrity, Reader, Reading, RegistrationError, cosigner, hdkey, output,
};
use bitcoin::bip32::Fingerprint;

/// A UR type that holds a wallet or keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RegistryType {
    /// `crypto-account`: one signer's keys for several kinds of script (tag 311).
    CryptoAccount,
    /// `account-descriptor`: its later form (tag 40311).
    AccountDescriptor,
    /// `crypto-hdkey`: one extended key (tag 303).
    CryptoHdKey,
    /// `hdkey`: its later form (tag 40303).
    HdKey,
    /// `crypto-output`: a descriptor (tag 308).
    CryptoOutput,
    /// `output-descriptor`: its later form (tag 40308).
    OutputDescriptor,
    /// `crypto-multi-accounts`: several extended keys of one signer (Keystone; tag 1103).
    CryptoMultiAccounts,
}

impl RegistryType {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::CryptoAccount,
        Self::AccountDescriptor,
        Self::CryptoHdKey,
        Self::HdKey,
        Self::CryptoOutput,
        Self::OutputDescriptor,
        Self::CryptoMultiAccounts,
    ];

    /// The type of that name, in lower case.
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::CryptoAccount => "crypto-account",
            Self::AccountDescriptor => "account-descriptor",
            Self::CryptoHdKey => "crypto-hdkey",
            Self::HdKey => "hdkey",
            Self::CryptoOutput => "crypto-output",
            Self::OutputDescriptor => "output-descriptor",
            Self::CryptoMultiAccounts => "crypto-multi-accounts",
        }
    }

    /// The CBOR tag that stands for it within others; allowed at the top, too.
    pub(super) fn tag(self) -> u64 {
        match self {
            Self::CryptoAccount => 311,
            Self::AccountDescriptor => 40_311,
            Self::CryptoHdKey => 303,
            Self::HdKey => 40_303,
            Self::CryptoOutput => 308,
            Self::OutputDescriptor => 40_308,
            Self::CryptoMultiAccounts => 1_103,
        }
    }
}

/// Why a UR of a wallet is not read. Places are bytes of its CBOR, from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RegistryError {
    /// Its CBOR is not built as its paper says.
    Structure {
        /// Where.
        at: usize,
    },
    /// A private key.
    PrivateKey,
    /// A key of another currency than Bitcoin.
    Currency {
        /// Where.
        at: usize,
    },
    /// A key without a chain code, from which no addresses follow, or one that is no key.
    Key {
        /// Where.
        at: usize,
    },
    /// A path of children that descriptors do not have: ranges, or a step after the wildcard.
    Children {
        /// Where.
        at: usize,
    },
    /// A kind of script that is not supported: its CBOR tag.
    Script {
        /// The tag.
        tag: u64,
    },
    /// A placeholder in the descriptor's text without a key.
    Placeholder,
}

impl std::fmt::Display for RegistryError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        const OTHER: &str = "Export the wallet in another form.";
        match self {
            Self::Structure { at } => write!(
                f,
                "This UR code is not built as its type says, at byte {at}. {OTHER}"
            ),
            Self::PrivateKey => f.write_str(
                "This UR code holds a private key. Export the wallet with public keys only, and treat \
                 that key as exposed.",
            ),
            Self::Currency { at } => write!(
                f,
                "This UR code holds, at byte {at}, a key of another currency than Bitcoin. {OTHER}"
            ),
            Self::Key { at } => write!(
                f,
                "This UR code holds, before byte {at}, a key from which no addresses follow. {OTHER}"
            ),
            Self::Children { at } => write!(
                f,
                "This UR code has, before byte {at}, steps below a key that are not supported. {OTHER}"
            ),
            Self::Script { tag } => write!(
                f,
                "This UR code has a kind of script that is not supported (CBOR tag {tag}). {OTHER}"
            ),
            Self::Placeholder => write!(
                f,
                "This UR code's descriptor names a key that is not in it. {OTHER}"
            ),
        }
    }
}

impl std::error::Error for RegistryError {}

pub(super) fn read(
    reader: &Reader<'_>,
    kind: RegistryType,
    bytes: &[u8],
) -> Result<Reading, RegistrationError> {
    let mut cbor = Cbor::new(bytes);
    // an output of the first version is nothing but tags, its own among them
    let bare = kind == RegistryType::CryptoOutput || !cbor.is_tag();
    if !bare && cbor.tag()? != kind.tag() {
        return Err(RegistryError::Structure { at: 0 }.into());
    }
    let mut reading = Reading { wallets: Vec::new(), cosigners: Vec::new() };
    match kind {
        RegistryType::CryptoHdKey | RegistryType::HdKey => {
            let key = hdkey::read(&mut cbor, None)?;
            add_key(reader, kind, key, &mut reading)?;
        }
        RegistryType::CryptoOutput => {
            let body = output::first(&mut cbor, None)?;
            add_output(reader, kind, &body, None, &mut reading)?;
        }
        RegistryType::OutputDescriptor => {
            let text = output::third(&mut cbor, None)?;
            add_output(reader, kind, &text.body()?, text.name, &mut reading)?;
        }
        RegistryType::CryptoAccount | RegistryType::AccountDescriptor => {
            account(reader, kind, &mut cbor, &mut reading)?;
        }
        RegistryType::CryptoMultiAccounts => {
            accounts(reader, kind, &mut cbor, &mut reading)?;
        }
    }
    cbor.end()?;
    Ok(reading)
}

/// BCR-2020-015, BCR-2023-019: the master fingerprint, then one output for each kind of script.
fn account(
    reader: &Reader<'_>,
    kind: RegistryType,
    cbor: &mut Cbor<'_>,
    reading: &mut Reading,
) -> Result<(), RegistrationError> {
    let mut master = None;
    let (mut bodies, mut texts) = (Vec::new(), Vec::new());
    cbor.map(|key, cbor| {
        match key {
            1 => master = Some(Fingerprint::from(cbor.u32()?.to_be_bytes())),
            2 => {
                for _ in 0..cbor.array()? {
                    if kind == RegistryType::CryptoAccount {
                        bodies.push(output::first(cbor, master)?);
                    } else if cbor.tag()? == RegistryType::OutputDescriptor.tag() {
                        texts.push(output::third(cbor, master)?);
                    } else {
                        return Err(cbor.wrong());
                    }
                }
            }
            _ => return Err(cbor.wrong()),
        }
        Ok(())
    })?;
    for text in texts {
        bodies.push(text.body()?);
    }
    if bodies.is_empty() {
        return Err(cbor.wrong().into());
    }
    for body in &bodies {
        add_output(reader, kind, body, None, reading)?;
    }
    Ok(())
}

/// Keystone: the master fingerprint and keys, each tagged; what names the device is passed over.
fn accounts(
    reader: &Reader<'_>,
    kind: RegistryType,
    cbor: &mut Cbor<'_>,
    reading: &mut Reading,
) -> Result<(), RegistrationError> {
    let mut master = None;
    let mut keys = Vec::new();
    cbor.map(|key, cbor| {
        match key {
            1 => master = Some(Fingerprint::from(cbor.u32()?.to_be_bytes())),
            2 => {
                for _ in 0..cbor.array()? {
                    if cbor.tag()? != RegistryType::CryptoHdKey.tag() {
                        return Err(cbor.wrong());
                    }
                    keys.push(hdkey::read(cbor, master)?);
                }
            }
            3..=5 => {
                cbor.text()?;
            }
            _ => return Err(cbor.wrong()),
        }
        Ok(())
    })?;
    keys.into_iter().try_for_each(|key| add_key(reader, kind, key, reading))
}

fn add_key(
    reader: &Reader<'_>,
    kind: RegistryType,
    key: hdkey::HdKey,
    reading: &mut Reading,
) -> Result<(), RegistrationError> {
    let written = key.with_origin();
    let read = CosignerKey::read(&written).map_err(|_| RegistryError::Key { at: 0 })?;
    let key = CosignerKey { label: key.name.as_deref().and_then(cosigner::label), ..read };
    cosigner::sort(reader, key, Form::Registry(kind), reading)
}

fn add_output(
    reader: &Reader<'_>,
    kind: RegistryType,
    body: &str,
    name: Option<&str>,
    reading: &mut Reading,
) -> Result<(), RegistrationError> {
    if let Some(key) = cosigner::placeholder(body) {
        let key = CosignerKey::read(&key).map_err(|_| RegistryError::Key { at: 0 })?;
        reading.cosigners.push(key);
        return Ok(());
    }
    let draft = Draft {
        body,
        name,
        form: Form::Registry(kind),
        integrity: Integrity::Registry,
        steps: Steps::Understood,
    };
    reading.wallets.push(draft.finish(reader)?);
    Ok(())
}
