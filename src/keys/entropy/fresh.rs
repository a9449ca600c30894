//! Entropy that has become new words.

use super::WordCount;
use crate::keys::words::{self, Index};
use crate::keys::{Language, Material, Mnemonic, Passphrase};
use zeroize::Zeroizing;

/// New words, kept as their entropy, so that they can be shown more than once, and in any language.
/// Wiped when dropped.
pub struct Fresh {
    /// As long as BIP39 allows: 16, 20, 24, 28 or 32 bytes.
    entropy: Zeroizing<Vec<u8>>,
}

impl Fresh {
    /// None for a length that BIP39 does not know.
    pub(super) fn of(entropy: Zeroizing<Vec<u8>>) -> Option<Self> {
        WordCount::ALL
            .into_iter()
            .any(|count| count.bytes() == entropy.len())
            .then_some(Self { entropy })
    }

    /// The words at these places of the list, whose checksum is right. None where their number is
    /// wrong.
    pub(super) fn of_words(indices: &[Index]) -> Option<Self> {
        words::entropy(indices).and_then(Self::of)
    }

    /// The words of that language. Each language's open another wallet, since the seed is made of the
    /// words as they are written (BIP39).
    pub fn mnemonic(&self, language: Language) -> Mnemonic {
        Mnemonic::from_entropy_in(language, &self.entropy)
            .expect("the length was checked when it was made")
    }

    /// What a wallet is made from: these words, with this passphrase.
    pub fn material(&self, language: Language, passphrase: Passphrase) -> Material {
        Material::words(self.mnemonic(language), passphrase)
    }
}
