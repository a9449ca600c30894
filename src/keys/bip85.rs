//! Children of a seed that are seeds, keys or passwords of their own (BIP85): one backup for many
//! platforms, none of which can reach the seed or one another.

use super::{Language, Mnemonic, Seed, wipe};
use crate::wallet::Network;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bitcoin::base58;
use bitcoin::bip32::{ChildNumber, DerivationPath};
use bitcoin::secp256k1::SecretKey;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha512;
use zeroize::{Zeroize, Zeroizing};

/// BIP85's first step: "seed" on a telephone's keys and so on.
const PURPOSE: u32 = 83_696_968;

/// What is derived.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Application {
    /// BIP39 words: 12, 15, 18, 21 or 24 of a language.
    Words {
        /// The words' language.
        language: Language,
        /// How many.
        count: u8,
    },
    /// A private key for Bitcoin Core (`hdseed`), as WIF text.
    Wif,
    /// A master key as text (BIP32: xprv, or tprv on a test network).
    Xprv,
    /// 16 to 64 bytes as hexadecimal digits.
    Hex {
        /// How many bytes.
        bytes: u8,
    },
    /// A password of 20 to 86 letters, digits, `+` and `/`: six bits each.
    Base64Password {
        /// How many characters.
        length: u8,
    },
    /// A password of 10 to 80 printable characters: 6.4 bits each.
    Base85Password {
        /// How many characters.
        length: u8,
    },
}

/// What was derived. Wiped when dropped.
pub enum Child {
    /// Words.
    Words(Mnemonic),
    /// A key or a password.
    Text(Zeroizing<String>),
}

/// Why there is no child.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChildError {
    /// BIP85 has no such number of words, bytes or characters: the least and the most.
    Size {
        /// The least.
        least: u8,
        /// The most.
        most: u8,
    },
    /// Not an index: below 2,147,483,648.
    Index(u32),
    /// This index gives no key (fewer than one in 2^127).
    NoKey(u32),
}

impl std::fmt::Display for ChildError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Size { least: 12, most: 24 } => f.write_str("Choose 12, 15, 18, 21 or 24 words."),
            Self::Size { least, most } => {
                write!(f, "This length is not possible. Choose one from {least} to {most}.")
            }
            Self::Index(index) => {
                write!(f, "The index {index} is too large. Choose one below 2 147 483 648.")
            }
            Self::NoKey(index) => {
                write!(f, "The index {index} gives no key. Choose the next one.")
            }
        }
    }
}

impl std::error::Error for ChildError {}

impl Application {
    /// The path of the child of that index. Every step is hardened.
    pub fn path(self, index: u32) -> Result<DerivationPath, ChildError> {
        self.check()?;
        let steps: &[u32] = match self {
            Self::Words { language, count } => &[39, language.code().into(), count.into()],
            Self::Wif => &[2],
            Self::Xprv => &[32],
            Self::Hex { bytes } => &[128_169, bytes.into()],
            Self::Base64Password { length } => &[707_764, length.into()],
            Self::Base85Password { length } => &[707_785, length.into()],
        };
        let steps = std::iter::once(&PURPOSE).chain(steps).chain(std::iter::once(&index));
        let hardened = |step: &u32| ChildNumber::from_hardened_idx(*step);
        steps.map(hardened).collect::<Result<_, _>>().map_err(|_| ChildError::Index(index))
    }

    fn check(self) -> Result<(), ChildError> {
        let (size, least, most) = match self {
            Self::Words { count, .. } => (count, 12, 24),
            Self::Hex { bytes } => (bytes, 16, 64),
            Self::Base64Password { length } => (length, 20, 86),
            Self::Base85Password { length } => (length, 10, 80),
            Self::Wif | Self::Xprv => return Ok(()),
        };
        let whole = !matches!(self, Self::Words { .. }) || size.is_multiple_of(3);
        let possible = (least..=most).contains(&size) && whole;
        if possible { Ok(()) } else { Err(ChildError::Size { least, most }) }
    }
}

impl Seed {
    /// Derives a child (BIP85).
    pub fn child(&self, application: Application, index: u32) -> Result<Child, ChildError> {
        let path = application.path(index)?;
        let entropy = self.entropy_at(&path).ok_or(ChildError::NoKey(index))?;
        let child = match application {
            Application::Words { language, count } => {
                let bytes = &entropy[..usize::from(count) / 3 * 4];
                Mnemonic::from_entropy_in(language, bytes).ok().map(Child::Words)
            }
            Application::Wif => wif(&entropy, self.network()),
            Application::Xprv => xprv(&entropy, self.network()),
            Application::Hex { bytes } => Some(hex(&entropy[..usize::from(bytes)])),
            Application::Base64Password { length } => base64(&entropy, length.into()),
            Application::Base85Password { length } => Some(base85(&entropy, length.into())),
        };
        wipe::stack();
        child.ok_or(ChildError::NoKey(index))
    }

    /// BIP85: HMAC-SHA512 over the private key at `path`.
    fn entropy_at(&self, path: &DerivationPath) -> Option<Zeroizing<[u8; 64]>> {
        self.with_key(path, |key| {
            let mut secret = Zeroizing::new(key.private().private_key.secret_bytes());
            let mut mac = Hmac::<Sha512>::new_from_slice(b"bip-entropy-from-k")
                .expect("HMAC takes keys of any length (RFC 2104)");
            mac.update(secret.as_slice());
            secret.zeroize();
            let mut digest = mac.finalize().into_bytes();
            let mut entropy = Zeroizing::new([0; 64]);
            entropy.copy_from_slice(&digest);
            digest.zeroize();
            entropy
        })
    }
}

/// The first half as a private key: 80 or EF, the key, 01 for a compressed public key.
fn wif(entropy: &[u8; 64], network: Network) -> Option<Child> {
    is_key(&entropy[..32])?;
    let mut data = Zeroizing::new([1; 34]);
    data[0] = if network == Network::Main { 0x80 } else { 0xef };
    data[1..33].copy_from_slice(&entropy[..32]);
    Some(text(base58::encode_check(data.as_slice())))
}

/// BIP85: the chain code first, then the key, the reverse of BIP32's order; no parent, no number.
fn xprv(entropy: &[u8; 64], network: Network) -> Option<Child> {
    is_key(&entropy[32..])?;
    let mut data = Zeroizing::new([0; 78]);
    // BIP32's version bytes of private keys
    let version: u32 = if network == Network::Main { 0x0488_ade4 } else { 0x0435_8394 };
    data[..4].copy_from_slice(&version.to_be_bytes());
    data[13..45].copy_from_slice(&entropy[..32]);
    data[46..].copy_from_slice(&entropy[32..]);
    Some(text(base58::encode_check(data.as_slice())))
}

/// Zero, and what is not below the curve's order, are no keys.
fn is_key(bytes: &[u8]) -> Option<()> {
    SecretKey::from_slice(bytes).ok().map(|mut key| key.non_secure_erase())
}

fn hex(bytes: &[u8]) -> Child {
    let mut digits = Zeroizing::new(String::with_capacity(2 * bytes.len()));
    let nibbles = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    digits.extend(nibbles.filter_map(|nibble| char::from_digit(nibble.into(), 16)));
    Child::Text(digits)
}

fn base64(entropy: &[u8; 64], length: usize) -> Option<Child> {
    let mut all = Zeroizing::new([0; 88]);
    STANDARD.encode_slice(entropy, all.as_mut()).ok()?;
    Some(of_ascii(&all[..length]))
}

/// The digits of RFC 1924, which most libraries call base85: four bytes are five digits.
const BASE85: &[u8; 85] =
    b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~";

fn base85(entropy: &[u8; 64], length: usize) -> Child {
    let mut all = Zeroizing::new([0; 80]);
    for (digits, bytes) in all.chunks_exact_mut(5).zip(entropy.chunks_exact(4)) {
        let mut value = bytes.iter().fold(0u32, |value, byte| value << 8 | u32::from(*byte));
        for digit in digits.iter_mut().rev() {
            *digit = BASE85[value as usize % 85];
            value /= 85;
        }
    }
    of_ascii(&all[..length])
}

fn of_ascii(letters: &[u8]) -> Child {
    let mut text = Zeroizing::new(String::with_capacity(letters.len()));
    text.extend(letters.iter().map(|letter| char::from(*letter)));
    Child::Text(text)
}

fn text(text: String) -> Child {
    Child::Text(Zeroizing::new(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// BIP85's master key.
    const MASTER: &str = "xprv9s21ZrQH143K2LBWUUQRFXhucrQqBpKdRRxNVq2zBqsx8HVqFk2uYo8kmbaLLHRdqtQpUm98uKfu3vca1LqdGhUtyoFnCNkfmXRyPXLjbKb";

    fn child(application: Application, index: u32) -> String {
        let seed = Seed::from_xprv(MASTER, Network::Main).unwrap();
        match seed.child(application, index).unwrap_or_else(|e| panic!("{e}")) {
            Child::Words(words) => words.words().collect::<Vec<_>>().join(" "),
            Child::Text(text) => text.to_string(),
        }
    }

    fn english(count: u8) -> Application {
        Application::Words { language: Language::English, count }
    }

    /// BIP85's test vectors.
    #[test]
    fn every_application_gives_the_published_child() {
        let cases = [
            (
                english(12),
                "girl mad pet galaxy egg matter matrix prison refuse sense ordinary nose",
            ),
            (
                english(18),
                "near account window bike charge season chef number sketch tomorrow excuse sniff circle vital hockey outdoor supply token",
            ),
            (
                english(24),
                "puppy ocean match cereal symbol another shed magic wrap hammer bulb intact gadget divorce twin tonight reason outdoor destroy simple truth cigar social volcano",
            ),
            (Application::Wif, "Kzyv4uF39d4Jrw2W7UryTHwZr1zQVNk4dAFyqE6BuMrMh1Za7uhp"),
            (
                Application::Xprv,
                "xprv9s21ZrQH143K2srSbCSg4m4kLvPMzcWydgmKEnMmoZUurYuBuYG46c6P71UGXMzmriLzCCBvKQWBUv3vPB3m1SATMhp3uEjXHJ42jFg7myX",
            ),
            (
                Application::Hex { bytes: 64 },
                "492db4698cf3b73a5a24998aa3e9d7fa96275d85724a91e71aa2d645442f878555d078fd1f1f67e368976f04137b1f7a0d19232136ca50c44614af72b5582a5c",
            ),
            (Application::Base64Password { length: 21 }, "dKLoepugzdVJvdL56ogNV"),
            (Application::Base85Password { length: 12 }, "_s`{TW89)i4`"),
        ];
        for (application, wanted) in cases {
            assert_eq!(child(application, 0), wanted);
        }
    }

    /// BIP85's test cases 1 and 2: the entropy at a path, whatever is made of it.
    #[test]
    fn the_entropy_at_a_path_is_the_published_one() {
        let seed = Seed::from_xprv(MASTER, Network::Main).unwrap();
        for (path, wanted) in [
            ("m/83696968'/0'/0'", "efecfbccffea313214232d29e71563d9"),
            ("m/83696968'/0'/1'", "70c6e3e8ebee8dc4c0dbba66076819bb"),
        ] {
            let entropy = seed.entropy_at(&path.parse().unwrap()).unwrap();
            let hex: String = entropy[..16].iter().map(|byte| format!("{byte:02x}")).collect();
            assert_eq!(hex, wanted);
        }
    }

    #[test]
    fn another_index_length_or_language_is_another_child() {
        assert_ne!(child(english(12), 0), child(english(12), 1));
        assert!(!child(english(24), 0).starts_with(&child(english(12), 0)));
        let korean = Application::Words { language: Language::Korean, count: 12 };
        assert_eq!(korean.path(5).unwrap().to_string(), "83696968'/39'/2'/12'/5'");
        assert_eq!(child(korean, 0).split(' ').count(), 12);
        assert_eq!(child(Application::Hex { bytes: 16 }, 2_147_483_647).len(), 32);
        assert_eq!(child(Application::Base64Password { length: 86 }, 0).len(), 86);
        assert_eq!(child(Application::Base85Password { length: 80 }, 0).len(), 80);
        let test = Seed::from_bytes(&[7; 32], Network::Test).unwrap();
        let text = |application| match test.child(application, 0) {
            Ok(Child::Text(text)) => text.to_string(),
            _ => panic!("no text"),
        };
        assert!(Seed::from_xprv(&text(Application::Xprv), Network::Test).is_ok());
        assert!(text(Application::Wif).starts_with('c'));
    }

    #[test]
    fn what_bip85_does_not_know_is_refused() {
        let seed = Seed::from_xprv(MASTER, Network::Main).unwrap();
        let refused = |application, index| seed.child(application, index).err();
        for count in [0, 9, 11, 13, 25, 27] {
            let wanted = ChildError::Size { least: 12, most: 24 };
            assert_eq!(refused(english(count), 0), Some(wanted));
        }
        for (application, least, most) in [
            (Application::Hex { bytes: 15 }, 16, 64),
            (Application::Hex { bytes: 65 }, 16, 64),
            (Application::Base64Password { length: 19 }, 20, 86),
            (Application::Base64Password { length: 87 }, 20, 86),
            (Application::Base85Password { length: 9 }, 10, 80),
            (Application::Base85Password { length: 81 }, 10, 80),
        ] {
            assert_eq!(refused(application, 0), Some(ChildError::Size { least, most }));
        }
        assert_eq!(refused(Application::Xprv, 1 << 31), Some(ChildError::Index(1 << 31)));
        let words = ChildError::Size { least: 12, most: 24 };
        let bytes = ChildError::Size { least: 16, most: 64 };
        for error in [words, bytes, ChildError::Index(1 << 31), ChildError::NoKey(0)] {
            assert!(error.to_string().ends_with('.'));
        }
    }
}
