//! The envelope: `len_id + id + version + iterations + payload`.

use super::open::Opening;

/// Longest envelope that is read or written, in bytes: more than any secret needs, and than one QR
/// code holds.
pub(super) const LONGEST: usize = 8 * 1024;
/// Longest identifier, in bytes.
pub(super) const LONGEST_ID: usize = 252;
/// Iterations up to this number are counted in ten thousands.
const COUNTED: u32 = 10_000;

/// A way to encrypt, by its number in the specification.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Version {
    /// 0: "AES-ECB v1".
    Ecb0 = 0,
    /// 1: "AES-CBC v1".
    Cbc1 = 1,
    /// 5: "AES-ECB".
    Ecb5 = 5,
    /// 6: "AES-ECB +p".
    Ecb6 = 6,
    /// 7: "AES-ECB +c".
    Ecb7 = 7,
    /// 10: "AES-CBC".
    Cbc10 = 10,
    /// 11: "AES-CBC +p".
    Cbc11 = 11,
    /// 12: "AES-CBC +c".
    Cbc12 = 12,
    /// 15: "AES-CTR".
    Ctr15 = 15,
    /// 16: "AES-CTR +c".
    Ctr16 = 16,
    /// 20: "AES-GCM".
    Gcm20 = 20,
    /// 21: "AES-GCM +c".
    Gcm21 = 21,
}

/// How blocks are chained, and how many bytes of the payload come before them.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Mode {
    Ecb,
    Cbc,
    Ctr,
    Gcm,
}

impl Mode {
    /// Bytes of the initialisation vector or nonce.
    pub(super) fn nonce(self) -> usize {
        match self {
            Self::Ecb => 0,
            Self::Cbc => 16,
            Self::Ctr | Self::Gcm => 12,
        }
    }
}

/// What fills the last block.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Padding {
    None,
    Nul,
    Pkcs7,
}

/// How a wrong key is noticed; the number is that of the bytes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Check {
    /// The start of SHA-256 of the content, encrypted behind it.
    Hidden(usize),
    /// The start of SHA-256 of version, vector, content and key, behind the blocks.
    Exposed(usize),
    /// The start of GCM's own tag, behind the blocks.
    Tag(usize),
}

impl Version {
    /// All of them, in order.
    pub const ALL: [Self; 12] = [
        Self::Ecb0,
        Self::Cbc1,
        Self::Ecb5,
        Self::Ecb6,
        Self::Ecb7,
        Self::Cbc10,
        Self::Cbc11,
        Self::Cbc12,
        Self::Ctr15,
        Self::Ctr16,
        Self::Gcm20,
        Self::Gcm21,
    ];

    fn from_number(number: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|version| version.number() == number)
    }

    /// Its number in the specification.
    pub fn number(self) -> u8 {
        self as u8
    }

    /// Its name in the specification, which Krux shows.
    pub fn name(self) -> &'static str {
        match self {
            Self::Ecb0 => "AES-ECB v1",
            Self::Cbc1 => "AES-CBC v1",
            Self::Ecb5 => "AES-ECB",
            Self::Ecb6 => "AES-ECB +p",
            Self::Ecb7 => "AES-ECB +c",
            Self::Cbc10 => "AES-CBC",
            Self::Cbc11 => "AES-CBC +p",
            Self::Cbc12 => "AES-CBC +c",
            Self::Ctr15 => "AES-CTR",
            Self::Ctr16 => "AES-CTR +c",
            Self::Gcm20 => "AES-GCM",
            Self::Gcm21 => "AES-GCM +c",
        }
    }

    pub(super) fn mode(self) -> Mode {
        match self {
            Self::Ecb0 | Self::Ecb5 | Self::Ecb6 | Self::Ecb7 => Mode::Ecb,
            Self::Cbc1 | Self::Cbc10 | Self::Cbc11 | Self::Cbc12 => Mode::Cbc,
            Self::Ctr15 | Self::Ctr16 => Mode::Ctr,
            Self::Gcm20 | Self::Gcm21 => Mode::Gcm,
        }
    }

    pub(super) fn padding(self) -> Padding {
        match self {
            Self::Ecb0 | Self::Cbc1 | Self::Ecb5 | Self::Cbc10 => Padding::Nul,
            Self::Ecb6 | Self::Ecb7 | Self::Cbc11 | Self::Cbc12 => Padding::Pkcs7,
            Self::Ctr15 | Self::Ctr16 | Self::Gcm20 | Self::Gcm21 => Padding::None,
        }
    }

    pub(super) fn check(self) -> Check {
        match self {
            Self::Ecb0 | Self::Cbc1 => Check::Hidden(16),
            Self::Ecb5 => Check::Exposed(3),
            Self::Cbc10 => Check::Exposed(4),
            Self::Gcm20 | Self::Gcm21 => Check::Tag(4),
            _ => Check::Hidden(4),
        }
    }

    /// Is the content deflated?
    pub(super) fn compresses(self) -> bool {
        matches!(self, Self::Ecb7 | Self::Cbc12 | Self::Ctr16 | Self::Gcm21)
    }

    /// Bytes of the payload that are not blocks.
    pub(super) fn around(self) -> usize {
        let behind = match self.check() {
            Check::Hidden(_) => 0,
            Check::Exposed(bytes) | Check::Tag(bytes) => bytes,
        };
        self.mode().nonce() + behind
    }

    /// Can a payload have so many bytes?
    fn fits(self, payload: usize) -> bool {
        let Some(blocks) = payload.checked_sub(self.around()) else { return false };
        let whole = self.padding() == Padding::None || blocks.is_multiple_of(16);
        let least = match self.check() {
            Check::Hidden(bytes) => bytes,
            Check::Exposed(_) | Check::Tag(_) => 0,
        };
        whole && blocks > least
    }
}

/// An envelope. Nothing in it is secret but to whom the key is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Envelope {
    pub(super) id: Vec<u8>,
    pub(super) version: Version,
    pub(super) iterations: u32,
    pub(super) payload: Vec<u8>,
}

impl Envelope {
    /// Reads an envelope of at most 8 KiB; None where the bytes are none. One in some twenty pieces
    /// of other data looks like one: what they are otherwise is to be asked first.
    pub fn parse(bytes: &[u8]) -> Option<Self> {
        if bytes.len() > LONGEST {
            return None;
        }
        let (length, rest) = bytes.split_first()?;
        let length = usize::from(*length);
        if length > LONGEST_ID || rest.len() < length + 4 {
            return None;
        }
        let (id, rest) = rest.split_at(length);
        let (fields, payload) = rest.split_at(4);
        let version = Version::from_number(fields[0])?;
        let iterations = match u32::from_be_bytes([0, fields[1], fields[2], fields[3]]) {
            0 => return None,
            stored @ 1..=COUNTED => stored * COUNTED,
            stored => stored,
        };
        version.fits(payload.len()).then(|| Self {
            id: id.to_vec(),
            version,
            iterations,
            payload: payload.to_vec(),
        })
    }

    /// The bytes, to be shown as base43 or base64 text, or as they are.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(5 + self.id.len() + self.payload.len());
        // At most 252, by both ways to make an envelope.
        bytes.push(self.id.len() as u8);
        bytes.extend_from_slice(&self.id);
        bytes.push(self.version.number());
        bytes.extend_from_slice(&stored(self.iterations).to_be_bytes()[1..]);
        bytes.extend_from_slice(&self.payload);
        bytes
    }

    /// The identifier, which is also the key's salt: mostly a fingerprint or a name. Whoever made the
    /// code chose it: not to be shown unfiltered.
    pub fn id(&self) -> &[u8] {
        &self.id
    }

    /// How it is encrypted.
    pub fn version(&self) -> Version {
        self.version
    }

    /// Iterations of PBKDF2 from the key to AES's: 10,000 to 100,000,000.
    pub fn iterations(&self) -> u32 {
        self.iterations
    }

    /// Begins to open it. `key` is what a person typed as UTF-8, not normalised, or any other bytes.
    pub fn open(&self, key: &[u8]) -> Opening {
        Opening::begin(self, key)
    }
}

/// The number that stands for so many iterations.
fn stored(iterations: u32) -> u32 {
    let counted = iterations / COUNTED;
    if iterations.is_multiple_of(COUNTED) && counted <= COUNTED { counted } else { iterations }
}
