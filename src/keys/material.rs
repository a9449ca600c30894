//! What a wallet is made from, kept while it is open so that it can be backed up and sealed.

mod encoding;

pub use encoding::MaterialError;

use super::{ElectrumKind, ElectrumSeed, Language, Mnemonic, Passphrase, Seed, XprvError};
use crate::wallet::Network;
use bitcoin::base58;
use zeroize::Zeroizing;

/// What a wallet is made from. Wiped when dropped.
pub struct Material {
    form: Form,
}

/// The ways to give a master key.
enum Form {
    /// BIP39 words and their passphrase.
    Words { mnemonic: Mnemonic, passphrase: Passphrase },
    /// A master key's seed (BIP32) without words, 16 to 64 bytes: SLIP-39, codex32.
    MasterSeed(Zeroizing<Vec<u8>>),
    /// A master key as it is (BIP32), serialised, 78 bytes.
    Xprv(Zeroizing<Vec<u8>>),
    /// An Electrum seed and its passphrase.
    Electrum { seed: ElectrumSeed, passphrase: Passphrase },
}

impl Material {
    /// BIP39 words and their passphrase, which may be empty.
    pub fn words(mnemonic: Mnemonic, passphrase: Passphrase) -> Self {
        Self { form: Form::Words { mnemonic, passphrase } }
    }

    /// A seed in the sense of BIP32, of 16 to 64 bytes. None for another length.
    pub fn master_seed(bytes: Zeroizing<Vec<u8>>) -> Option<Self> {
        (16..=64).contains(&bytes.len()).then_some(Self { form: Form::MasterSeed(bytes) })
    }

    /// A master key as text (BIP32: xprv or tprv). `text` stays the caller's to wipe.
    pub fn xprv(text: &str, network: Network) -> Result<Self, XprvError> {
        Seed::from_xprv(text, network)?;
        let data = Zeroizing::new(base58::decode_check(text).map_err(|_| XprvError::Malformed)?);
        Ok(Self { form: Form::Xprv(data) })
    }

    /// An Electrum seed and its passphrase, which may be empty.
    pub fn electrum(seed: ElectrumSeed, passphrase: Passphrase) -> Self {
        Self { form: Form::Electrum { seed, passphrase } }
    }

    /// Derives the master key. Costs 2,048 rounds of PBKDF2 for words. Fails for a master key of
    /// another network.
    pub fn open(&self, network: Network) -> Result<Seed, XprvError> {
        match &self.form {
            Form::Words { mnemonic, passphrase } => Ok(Seed::open(mnemonic, passphrase, network)),
            Form::MasterSeed(bytes) => Seed::from_bytes(bytes, network).ok_or(XprvError::Malformed),
            Form::Xprv(data) => {
                Seed::from_xprv(&Zeroizing::new(base58::encode_check(data)), network)
            }
            Form::Electrum { seed, passphrase } => Ok(seed.open(passphrase, network)),
        }
    }

    /// The words (BIP39), where there are some.
    pub fn mnemonic(&self) -> Option<&Mnemonic> {
        match &self.form {
            Form::Words { mnemonic, .. } => Some(mnemonic),
            Form::MasterSeed(_) | Form::Xprv(_) | Form::Electrum { .. } => None,
        }
    }

    /// The seed in the sense of BIP32, 16 to 64 bytes, where it was given without words: what
    /// SLIP-39 shares and codex32 hold.
    pub fn master_seed_bytes(&self) -> Option<&[u8]> {
        match &self.form {
            Form::MasterSeed(bytes) => Some(bytes),
            Form::Words { .. } | Form::Xprv(_) | Form::Electrum { .. } => None,
        }
    }

    /// Is there a passphrase? It is in no backup of the words.
    pub fn has_passphrase(&self) -> bool {
        match &self.form {
            Form::Words { passphrase, .. } | Form::Electrum { passphrase, .. } => {
                !passphrase.is_empty()
            }
            Form::MasterSeed(_) | Form::Xprv(_) => false,
        }
    }

    /// What it is, in a few words that give nothing of it away: "24 words and a passphrase".
    pub fn summary(&self) -> String {
        let what = match &self.form {
            Form::Words { mnemonic, .. } => match mnemonic.language() {
                Language::English => format!("{} words", mnemonic.count()),
                language => format!("{} words in {}", mnemonic.count(), language.name()),
            },
            Form::MasterSeed(bytes) => format!("a master key's seed, {} bytes", bytes.len()),
            Form::Xprv(_) => "an extended private key".into(),
            Form::Electrum { seed, .. } => match seed.kind() {
                ElectrumKind::Standard => "an Electrum standard seed".into(),
                ElectrumKind::Segwit => "an Electrum segwit seed".into(),
            },
        };
        if self.has_passphrase() { format!("{what} and a passphrase") } else { what }
    }
}
