//! A registration kept outside a vault, as a text for a file or a code: whoever has the seed can tell
//! that it has not been altered, for it carries a code that only the seed can make.
//!
//! ```text
//! Coldlight registration 1
//! Name: Family
//! Network: main
//! Descriptor: wsh(sortedmulti(2,...))#abcdefgh
//! Label 1: Ann
//! Seed: 73c5da0a
//! Code: (64 hexadecimal digits)
//! ```
//!
//! Lines end in one line feed, the last one too (a code may lose that). `Label N` names key N of the
//! descriptor and may be absent. `Seed` is the fingerprint of the seed that made the code. The code
//! is HMAC-SHA-256 over every byte before the line `Code`, under a key derived from the seed. Nothing
//! in it is secret, but it shows all addresses of the wallet.

use super::{Network, Registered, Wallet, WalletError};
use bitcoin::bip32::Fingerprint;

const HEAD: &str = "Coldlight registration 1";
/// Longest text in bytes: a descriptor of 20,000 and a hundred labels.
const LONGEST: usize = 32 * 1024;

/// Who makes and checks codes: an open seed.
pub trait Attester {
    /// Its master key's fingerprint (BIP32).
    fn maker(&self) -> Fingerprint;
    /// The code over a text.
    fn code(&self, text: &[u8]) -> [u8; 32];
    /// Is this the code over that text? Takes the same time whatever differs.
    fn holds(&self, text: &[u8], code: &[u8; 32]) -> bool;
}

/// Why a text is not taken for a registration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AttestedError {
    /// Not built as such a text is. Holds the line, from 1.
    Form {
        /// The line.
        line: usize,
    },
    /// Made with another seed.
    OtherSeed {
        /// That seed's fingerprint.
        made: Fingerprint,
        /// The open one's.
        open: Fingerprint,
    },
    /// Its code is not the one of its text: something was altered.
    Altered,
    /// Its descriptor makes no wallet.
    Wallet(WalletError),
}

impl std::fmt::Display for AttestedError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Form { line } => write!(
                f,
                "This is not a registration that was made here: line {line} is not as it must be. \
                 Load the file or code that was saved."
            ),
            Self::OtherSeed { made, open } => write!(
                f,
                "This registration was made with the seed {made}, and {open} is open. Open that \
                 seed, with its passphrase."
            ),
            Self::Altered => f.write_str(
                "This registration was altered after it was made: do not use it. Load another copy, \
                 or register the wallet anew with its cosigners.",
            ),
            Self::Wallet(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for AttestedError {}

impl Registered {
    /// The text with its code.
    pub fn write(&self, attester: &dyn Attester) -> String {
        let mut text = self.body(attester.maker());
        let code = attester.code(text.as_bytes());
        text.push_str("Code: ");
        code.iter().for_each(|byte| text.push_str(&format!("{byte:02x}")));
        text.push('\n');
        text
    }

    fn body(&self, seed: Fingerprint) -> String {
        let wallet = &self.wallet;
        let mut text = format!(
            "{HEAD}\nName: {}\nNetwork: {}\nDescriptor: {}\n",
            wallet.name(),
            wallet.network().code(),
            wallet.text()
        );
        for (number, label) in (1..).zip(&self.labels) {
            if let Some(label) = label {
                text.push_str(&format!("Label {number}: {label}\n"));
            }
        }
        text.push_str(&format!("Seed: {seed}\n"));
        text
    }

    /// Does a text begin as such a registration?
    pub fn looks_so(text: &str) -> bool {
        text.starts_with(HEAD)
    }

    /// Reads a text that the open seed made.
    pub fn read(text: &str, attester: &dyn Attester) -> Result<Self, AttestedError> {
        if text.len() > LONGEST {
            return Err(AttestedError::Form { line: 1 });
        }
        let text = text.strip_suffix('\n').unwrap_or(text);
        let lines = text.split('\n').count();
        let wrong = AttestedError::Form { line: lines };
        let (body, last) = text.rsplit_once('\n').ok_or(wrong.clone())?;
        let code = last.strip_prefix("Code: ").and_then(code).ok_or(wrong)?;
        let body = format!("{body}\n");
        let (made, rest) = seed(&body).ok_or(AttestedError::Form { line: lines - 1 })?;
        let open = attester.maker();
        if made != open {
            return Err(AttestedError::OtherSeed { made, open });
        }
        if !attester.holds(body.as_bytes(), &code) {
            return Err(AttestedError::Altered);
        }
        let read = fields(rest)?;
        // one form only: what was made here is written the same again
        if read.body(made) != body {
            return Err(AttestedError::Form { line: 1 });
        }
        Ok(read)
    }
}

/// 64 hexadecimal digits in lower case.
fn code(text: &str) -> Option<[u8; 32]> {
    data_encoding::HEXLOWER.decode(text.as_bytes()).ok()?.try_into().ok()
}

/// The last line's fingerprint, and what stands before it.
fn seed(body: &str) -> Option<(Fingerprint, &str)> {
    let lines = body.strip_suffix('\n')?;
    let (rest, last) = lines.rsplit_once('\n')?;
    Some((last.strip_prefix("Seed: ")?.parse().ok()?, rest))
}

fn fields(text: &str) -> Result<Registered, AttestedError> {
    let mut lines = (1..).zip(text.split('\n'));
    let mut field = |head: &str| match lines.next() {
        Some((line, text)) => text.strip_prefix(head).ok_or(AttestedError::Form { line }),
        None => Err(AttestedError::Form { line: 1 }),
    };
    field(HEAD)?;
    let name = field("Name: ")?;
    let network = field("Network: ")?;
    let descriptor = field("Descriptor: ")?;
    let network = Network::of_code(network).ok_or(AttestedError::Form { line: 3 })?;
    let wallet = Wallet::parse(descriptor, name, network).map_err(AttestedError::Wallet)?;
    let mut labels = vec![None; wallet.signers().len()];
    for (line, text) in lines {
        let label = text.strip_prefix("Label ").and_then(|rest| rest.split_once(": "));
        let place = label.and_then(|(number, _)| number.parse::<usize>().ok()?.checked_sub(1));
        let place = place.and_then(|place| labels.get_mut(place));
        let (Some(place), Some((_, label))) = (place, label) else {
            return Err(AttestedError::Form { line });
        };
        *place = Some(label.to_owned());
    }
    Ok(Registered { wallet, labels })
}
