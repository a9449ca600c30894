//! Key holders for registrations: the same words as elsewhere, on the main network.

use bitcoin::NetworkKind;
use bitcoin::bip32::{DerivationPath, Xpriv, Xpub};
use bitcoin::secp256k1::SECP256K1;
use coldlight::keys::{Mnemonic, Passphrase, Seed};
use coldlight::wallet::Network;
use miniscript::descriptor::checksum::desc_checksum;

/// The first words of the BIP39 vectors.
pub const OURS: &str =
    "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about";

/// Where shared keys stand (BIP48, P2WSH).
pub const SHARED: &str = "48'/0'/0'/2'";

/// The open seed.
pub fn seed(network: Network) -> Seed {
    let words = Mnemonic::parse(OURS).unwrap_or_else(|error| panic!("{error}"));
    Seed::open(&words, &Passphrase::new(""), network)
}

/// Somebody: number 0 is the open seed.
pub struct Person(Xpriv);

impl Person {
    pub fn new(number: u8) -> Self {
        let seed = match number {
            0 => bip39::Mnemonic::parse(OURS).unwrap().to_seed("").to_vec(),
            number => vec![number; 64],
        };
        Self(Xpriv::new_master(NetworkKind::Main, &seed).unwrap())
    }

    pub fn xpub(&self, path: &str) -> Xpub {
        let path: DerivationPath = path.parse().unwrap();
        Xpub::from_priv(SECP256K1, &self.0.derive_priv(SECP256K1, &path).unwrap())
    }

    pub fn fingerprint(&self) -> String {
        self.0.fingerprint(SECP256K1).to_string()
    }

    /// `[fingerprint/path]xpub`
    pub fn key(&self, path: &str) -> String {
        format!("[{}/{path}]{}", self.fingerprint(), self.xpub(path))
    }

    /// The key at the shared path with both chains.
    pub fn ranged(&self) -> String {
        format!("{}/<0;1>/*", self.key(SHARED))
    }
}

/// `form` with `A`, `B`, `C`, `D`, `E` for the ranged keys of persons 0 to 4.
pub fn body(form: &str) -> String {
    let mut text = String::new();
    for letter in form.chars() {
        match letter {
            'A'..='E' => text.push_str(&Person::new(letter as u8 - b'A').ranged()),
            other => text.push(other),
        }
    }
    text
}

/// With its checksum.
pub fn checked(body: &str) -> String {
    format!("{body}#{}", desc_checksum(body).unwrap())
}

/// A descriptor of persons 0 to 4, with its checksum.
pub fn descriptor(form: &str) -> String {
    checked(&body(form))
}
