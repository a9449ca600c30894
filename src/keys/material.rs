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

    /// Opens other words with the passphrase of these, for a drill. None where there are no words
    /// (BIP39). Costs 2,048 rounds of PBKDF2.
    pub fn open_with(&self, words: &Mnemonic, network: Network) -> Option<Seed> {
        match &self.form {
            Form::Words { passphrase, .. } => Some(Seed::open(words, passphrase, network)),
            Form::MasterSeed(_) | Form::Xprv(_) | Form::Electrum { .. } => None,
        }
    }

    /// Can it be put into shares? An extended private key does not tell its seed, and Electrum's
    /// paths are its own, which shares do not say.
    pub fn has_master_seed(&self) -> bool {
        matches!(&self.form, Form::Words { .. } | Form::MasterSeed(_))
    }

    /// Is it an Electrum seed, whose keys are at paths of its own?
    pub fn is_electrum(&self) -> bool {
        matches!(&self.form, Form::Electrum { .. })
    }

    /// The seed in the sense of BIP32, 16 to 64 bytes: what shares of this wallet hold, passphrase
    /// and all. Words give 64 bytes (2,048 rounds of PBKDF2). None where
    /// [`Material::has_master_seed`] says no.
    pub fn to_master_seed(&self) -> Option<Zeroizing<Vec<u8>>> {
        match &self.form {
            Form::Words { mnemonic, passphrase } => {
                Some(Zeroizing::new(mnemonic.seed(passphrase).to_vec()))
            }
            Form::MasterSeed(bytes) => Some(Zeroizing::new(bytes.to_vec())),
            Form::Xprv(_) | Form::Electrum { .. } => None,
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

    /// Does it open on one network only? An extended private key names its own.
    pub fn is_bound_to_a_network(&self) -> bool {
        matches!(self.form, Form::Xprv(_))
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wallet::KeyRing;

    const ABOUT: &str = "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about";
    /// The master key of these words with the passphrase "TREZOR" (BIP39's reference vectors).
    const ABOUT_TREZOR: &str = "xprv9s21ZrQH143K3h3fDYiay8mocZ3afhfULfb5GX8kCBdno77K4HiA15Tg23wpbeF1pLfs1c5SPmYHrEpTuuRhxMwvKDwqdKiGJS9XFKzUsAF";

    fn words(text: &str) -> Mnemonic {
        Mnemonic::parse(text).unwrap_or_else(|error| panic!("{error}"))
    }

    fn about() -> Material {
        Material::words(words(ABOUT), Passphrase::new("TREZOR"))
    }

    fn fingerprint(seed: &Seed) -> String {
        seed.fingerprint().to_string()
    }

    #[test]
    fn the_seed_of_words_opens_the_same_wallet_without_their_passphrase() {
        let bytes = about().to_master_seed().expect("words have a seed");
        assert_eq!(bytes.len(), 64);
        let shared = Material::master_seed(bytes).expect("64 bytes are a seed");
        let opened = shared.open(Network::Main).expect("a seed is of every network");
        assert_eq!(*opened.to_xprv(), ABOUT_TREZOR);
        assert_eq!(shared.to_master_seed().map(|bytes| bytes.len()), Some(64));
    }

    #[test]
    fn words_given_back_are_opened_with_the_passphrase_that_is_kept() {
        let kept = about().open(Network::Main).expect("words open");
        let same = about().open_with(&words(ABOUT), Network::Main).expect("there are words");
        assert_eq!(fingerprint(&same), fingerprint(&kept));
        // BIP39's reference vectors, the second of 12 words
        let other =
            words("legal winner thank year wave sausage worth useful legal winner thank yellow");
        let other = about().open_with(&other, Network::Main).expect("there are words");
        assert_ne!(fingerprint(&other), fingerprint(&kept));
    }

    #[test]
    fn what_does_not_tell_its_seed_has_no_shares() {
        let xprv = Material::xprv(ABOUT_TREZOR, Network::Main).expect("a master key");
        assert!(!xprv.has_master_seed() && xprv.to_master_seed().is_none());
        assert!(xprv.open_with(&words(ABOUT), Network::Main).is_none());
        let electrum = "frost pig brisk excite novel report camera enlist axis nation novel desert";
        let electrum = ElectrumSeed::parse(electrum).expect("Electrum's own test");
        let electrum = Material::electrum(electrum, Passphrase::new(""));
        assert!(electrum.is_electrum() && !electrum.has_master_seed());
        assert!(electrum.to_master_seed().is_none());
        assert!(about().has_master_seed() && !about().is_electrum());
    }
}
