//! Opening an envelope.

use super::cipher::decrypt;
use super::envelope::{Envelope, Version};
use crate::keys::stretch::Stretch;
use crate::keys::{Mnemonic, MnemonicError, wipe};
use zeroize::Zeroizing;

/// Why an envelope was not opened. Says no more than the specification allows: nothing that helps
/// to find the key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OpenError {
    /// Another key, or a damaged envelope.
    Failed,
}

impl std::fmt::Display for OpenError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Failed => f.write_str(
                "The key does not open this code, or the code is damaged. Check both, and type the \
                 key again.",
            ),
        }
    }
}

impl std::error::Error for OpenError {}

/// An envelope that is being opened, which takes from a hundredth of a second to minutes, as it
/// demands. Wiped when dropped.
pub struct Opening {
    stretch: Stretch,
    version: Version,
    payload: Vec<u8>,
    total: u32,
}

impl Opening {
    pub(super) fn begin(envelope: &Envelope, key: &[u8]) -> Self {
        Self {
            stretch: Stretch::begin(key, &[&envelope.id], envelope.iterations),
            version: envelope.version,
            payload: envelope.payload.clone(),
            total: envelope.iterations,
        }
    }

    /// Does at most `iterations` of PBKDF2's (measured: eight million a second
    /// with the processor's SHA instructions; without them it is slower). Gives the
    /// outcome once all are done.
    pub fn advance(&mut self, iterations: u32) -> Option<Result<Opened, OpenError>> {
        let key = self.stretch.advance(iterations)?;
        let bytes = decrypt(self.version, key, &self.payload);
        wipe::stack();
        Some(bytes.map(|bytes| Opened { bytes }).ok_or(OpenError::Failed))
    }

    /// Iterations that are done.
    pub fn done(&self) -> u32 {
        self.stretch.done()
    }

    /// Iterations in all.
    pub fn total(&self) -> u32 {
        self.total
    }
}

/// What opened content looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Looks {
    /// BIP39 words: their entropy, a seed code's digits, or the words as text.
    Mnemonic,
    /// Another envelope; what it encloses may have another key.
    Envelope,
    /// Some other text: an extended key, a descriptor, a note.
    Text,
    /// Something else.
    Bytes,
}

/// What was in an envelope. Wiped when dropped.
pub struct Opened {
    bytes: Zeroizing<Vec<u8>>,
}

impl Opened {
    /// The content.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The content as text, where it is UTF-8 without control characters but line ends.
    pub fn text(&self) -> Option<&str> {
        let text = std::str::from_utf8(&self.bytes).ok()?;
        let printable = |letter: char| !letter.is_control() || matches!(letter, '\n' | '\r');
        text.chars().all(printable).then_some(text)
    }

    /// What the content looks like.
    pub fn looks(&self) -> Looks {
        if self.mnemonic().is_some_and(|mnemonic| mnemonic.is_ok()) {
            Looks::Mnemonic
        } else if self.text().is_some() {
            Looks::Text
        } else if Envelope::parse(&self.bytes).is_some() {
            Looks::Envelope
        } else {
            Looks::Bytes
        }
    }

    /// The BIP39 words that the content stands for; None where it stands for none.
    pub fn mnemonic(&self) -> Option<Result<Mnemonic, MnemonicError>> {
        match self.text() {
            Some(text) if text.contains(' ') => Some(Mnemonic::parse(text)),
            _ => Mnemonic::from_qr(&self.bytes),
        }
    }
}
