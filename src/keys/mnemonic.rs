//! BIP39 words and passphrase.

use zeroize::Zeroizing;

/// 12, 15, 18, 21 or 24 valid English BIP39 words.
pub struct Mnemonic {
    #[allow(dead_code)]
    phrase: Zeroizing<String>,
}

/// Why words are not a mnemonic. Carries places, never words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MnemonicError {
    /// Not 12, 15, 18, 21 or 24 words.
    Count(usize),
    /// The word at this place (from 1) is not in the list.
    Unknown(usize),
    /// All words are in the list, the checksum does not fit.
    Checksum,
}

/// A BIP39 passphrase, NFKD-normalised. May be empty.
pub struct Passphrase {
    #[allow(dead_code)]
    text: Zeroizing<String>,
}

impl Mnemonic {
    /// Words separated by white space, any case.
    pub fn parse(text: &str) -> Result<Self, MnemonicError> {
        let _ = text;
        todo!()
    }

    /// A SeedQR (48 to 96 digits) or CompactSeedQR (16 to 32 bytes). None when the content has
    /// neither form.
    pub fn from_qr(content: &[u8]) -> Option<Result<Self, MnemonicError>> {
        let _ = content;
        todo!()
    }

    /// The words in order, to show them to their owner.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.phrase.split(' ')
    }
}

impl Passphrase {
    /// NFKD of `text`; `text` stays the caller's to wipe.
    pub fn new(text: &str) -> Self {
        let _ = text;
        todo!()
    }
}
