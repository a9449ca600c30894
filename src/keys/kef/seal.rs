//! Making an envelope: AES-GCM only.

use super::cipher::{NONCE, decrypt, encrypt_gcm};
use super::deflate::deflate;
use super::envelope::{Envelope, LONGEST, LONGEST_ID, Version};
use crate::keys::stretch::Stretch;
use crate::keys::{Generator, RandomError, wipe};
use zeroize::Zeroizing;

/// Fewest iterations of PBKDF2: what Krux uses, and what its devices do in bearable time.
const ITERATIONS: u32 = 100_000;
/// The specification advises a small random number of further ones, so that the same key and
/// identifier do not give the same AES key twice.
const SPREAD: u32 = 10_000;

/// Content up to this many bytes, such as entropy, is never deflated: the envelope's size would tell
/// of it.
const SMALL: usize = 32;

/// Why no envelope was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SealError {
    /// There is no key.
    NoKey,
    /// There is no content.
    Empty,
    /// The content has more bytes than an envelope takes.
    TooLong(usize),
    /// The identifier has more than 252 bytes.
    LongId(usize),
    /// There are no random bytes.
    Random(RandomError),
    /// The envelope, opened again, did not give the content: this machine computes wrongly.
    Unverified,
}

impl std::fmt::Display for SealError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NoKey => f.write_str("There is no key. Type one."),
            Self::Empty => f.write_str("There is nothing to encrypt."),
            Self::TooLong(bytes) => {
                write!(f, "{bytes} bytes are too many for one encrypted code. Give at most 7,000.")
            }
            Self::LongId(bytes) => {
                write!(f, "The name has {bytes} bytes. Give one of at most 252.")
            }
            Self::Random(error) => error.fmt(f),
            Self::Unverified => f.write_str(
                "The code was made, but did not open again. It is not shown. Do not make keys on \
                 this machine.",
            ),
        }
    }
}

impl std::error::Error for SealError {}

/// Most bytes of content.
const LONGEST_CONTENT: usize = 7_000;

/// An envelope that is being made. Wiped when dropped.
pub struct Sealing {
    stretch: Stretch,
    content: Zeroizing<Vec<u8>>,
    version: Version,
    nonce: [u8; NONCE],
    id: Vec<u8>,
    iterations: u32,
}

impl Sealing {
    /// Begins to encrypt `content` (a mnemonic's entropy, a text; at most 7,000 bytes) under `key`
    /// (what a person typed, as UTF-8, not normalised). `id` names it for everybody to see, such as
    /// the wallet's fingerprint. Deflates where that makes it smaller.
    pub fn begin(
        content: &[u8],
        id: &[u8],
        key: &[u8],
        random: &mut Generator,
    ) -> Result<Self, SealError> {
        if key.is_empty() {
            return Err(SealError::NoKey);
        }
        if content.is_empty() {
            return Err(SealError::Empty);
        }
        if content.len() > LONGEST_CONTENT {
            return Err(SealError::TooLong(content.len()));
        }
        if id.len() > LONGEST_ID {
            return Err(SealError::LongId(id.len()));
        }
        let mut nonce = [0; NONCE];
        random.fill(&mut nonce).map_err(SealError::Random)?;
        let mut spread = [0; 4];
        random.fill(&mut spread).map_err(SealError::Random)?;
        let iterations = ITERATIONS + u32::from_be_bytes(spread) % SPREAD;
        let deflated = (content.len() > SMALL)
            .then(|| deflate(content))
            .flatten()
            .filter(|deflated| deflated.len() < content.len());
        let version = if deflated.is_some() { Version::Gcm21 } else { Version::Gcm20 };
        Ok(Self {
            stretch: Stretch::begin(key, &[id], iterations),
            content: deflated.unwrap_or_else(|| Zeroizing::new(content.to_vec())),
            version,
            nonce,
            id: id.to_vec(),
            iterations,
        })
    }

    /// Does at most `iterations` of PBKDF2's. Gives the outcome once all are done: an envelope that
    /// was opened again.
    pub fn advance(&mut self, iterations: u32) -> Option<Result<Envelope, SealError>> {
        let key = self.stretch.advance(iterations)?;
        let envelope = encrypt_gcm(key, &self.nonce, &self.content).map(|payload| Envelope {
            id: self.id.clone(),
            version: self.version,
            iterations: self.iterations,
            payload,
        });
        let read = envelope.and_then(|envelope| Envelope::parse(&envelope.to_bytes()));
        let whole = read.filter(|read| {
            let opened = decrypt(read.version, key, &read.payload);
            let content = opened.and_then(|opened| match self.version {
                Version::Gcm21 => deflate(&opened),
                _ => Some(opened),
            });
            content.is_some_and(|content| *content == *self.content)
        });
        wipe::stack();
        Some(whole.ok_or(SealError::Unverified))
    }

    /// Iterations that are done.
    pub fn done(&self) -> u32 {
        self.stretch.done()
    }

    /// Iterations in all.
    pub fn total(&self) -> u32 {
        self.iterations
    }
}

const _: () = assert!(LONGEST_CONTENT + LONGEST_ID + 64 < LONGEST);
