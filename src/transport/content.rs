//! What bytes are, by their content: the static codes, and the payloads of the others.

use super::{Dialect, Kind, MAX_ALPHANUMERIC, Payload, Trouble, Wanted, base43};
use base64::{Engine, engine::general_purpose::STANDARD};
use bitcoin::address::{Address, NetworkUnchecked};
use data_encoding::HEXLOWER_PERMISSIVE;

/// BIP174.
const PSBT_MAGIC: &[u8] = b"psbt\xff";

/// What `bytes` are.
pub(super) fn kind_of(bytes: &[u8]) -> Kind {
    if bytes.starts_with(PSBT_MAGIC) {
        Kind::Psbt
    } else if is_transaction(bytes) {
        Kind::Transaction
    } else if text(bytes).is_some() {
        Kind::Text
    } else {
        Kind::Bytes
    }
}

/// Is it an object or a list in JSON?
pub(super) fn is_json(bytes: &[u8]) -> bool {
    matches!(bytes.trim_ascii_start().first(), Some(b'{' | b'['))
        && serde_json::from_slice::<serde::de::IgnoredAny>(bytes).is_ok()
}

/// A payload whose sender said, or did not say, what it is.
pub(super) fn stated(
    bytes: Vec<u8>,
    kind: Option<Kind>,
    dialect: Dialect,
) -> Result<Payload, Trouble> {
    if bytes.is_empty() {
        return Err(Trouble::Damaged(dialect));
    }
    let kind = kind.unwrap_or_else(|| kind_of(&bytes));
    match (kind, text(&bytes)) {
        (Kind::Psbt, _) if !bytes.starts_with(PSBT_MAGIC) => Err(Trouble::NotPsbt),
        (Kind::Text, None) => Err(Trouble::Damaged(dialect)),
        (Kind::Text, Some(text)) if is_secret(text) => Err(Trouble::Secret),
        _ => Ok(Payload::new(bytes, kind, dialect)),
    }
}

/// The message of one static code.
pub(super) fn whole(content: &[u8], wanted: Wanted) -> Result<Payload, Trouble> {
    if content.starts_with(PSBT_MAGIC) || is_transaction(content) {
        return Ok(Payload::new(content.to_vec(), kind_of(content), Dialect::Plain));
    }
    let Some(text) = text(content).map(str::trim) else {
        // CompactSeedQR has no mark but its length: 16 bytes and 4 more for each 3 words.
        let seed = (16..=32).contains(&content.len()) && content.len().is_multiple_of(4);
        return Err(if seed { Trouble::Secret } else { Trouble::Unknown });
    };
    match named(text) {
        Some(trouble) if wanted == Wanted::Wallets && is_of_wallets(&trouble, text) => {
            return Ok(Payload::new(text.as_bytes().to_vec(), Kind::Text, Dialect::Plain));
        }
        Some(trouble) => return Err(trouble),
        None => {}
    }
    if let Some(payload) = encoded(text) {
        return Ok(payload);
    }
    stated(text.as_bytes().to_vec(), Some(Kind::Text), Dialect::Plain)
        .map_err(|trouble| if text.is_empty() { Trouble::Unknown } else { trouble })
}

/// An extended key, or an address, alone or in a request for a payment to it.
fn is_of_wallets(trouble: &Trouble, text: &str) -> bool {
    let asks = |scheme| text.get(..8).is_some_and(|head: &str| head.eq_ignore_ascii_case(scheme));
    match trouble {
        Trouble::Address | Trouble::ExtendedKey => true,
        Trouble::PaymentRequest => asks("bitcoin:"),
        _ => false,
    }
}

/// What a file holds.
pub(super) fn of_file(bytes: Vec<u8>) -> Payload {
    let kind = kind_of(&bytes);
    let decoded = match (kind, text(&bytes)) {
        (Kind::Text, Some(text)) => transaction_in(text.trim()),
        _ => None,
    };
    decoded.unwrap_or_else(|| Payload::new(bytes, kind, Dialect::Plain))
}

/// Text that is nothing that is read, by what it looks like.
fn named(text: &str) -> Option<Trouble> {
    let lower = text.get(..10).unwrap_or(text).to_ascii_lowercase();
    let begins = |prefixes: &[&str]| prefixes.iter().any(|prefix| lower.starts_with(prefix));
    if is_secret(text) {
        Some(Trouble::Secret)
    } else if begins(&["bitcoin:", "lightning:", "lnbc", "lntb", "lnurl"]) {
        Some(Trouble::PaymentRequest)
    } else if begins(&["http:", "https:"]) {
        Some(Trouble::Link)
    } else if text.len() <= 100 && text.parse::<Address<NetworkUnchecked>>().is_ok() {
        Some(Trouble::Address)
    } else if is_extended_key(text) {
        Some(Trouble::ExtendedKey)
    } else {
        None
    }
}

/// A PSBT or a transaction, else bytes, in hex, base64 or base43. Text that only could be read so
/// (a word is good base64, too) stays text.
fn encoded(text: &str) -> Option<Payload> {
    transaction_in(text).or_else(|| {
        let digits = text.bytes().all(|byte| byte.is_ascii_digit());
        let padded = text.ends_with('=');
        match (hex(text), padded.then(|| base64(text)).flatten()) {
            (Some(bytes), _) if !digits => Some(Payload::new(bytes, Kind::Bytes, Dialect::Hex)),
            (_, Some(bytes)) => Some(Payload::new(bytes, Kind::Bytes, Dialect::Base64)),
            _ => None,
        }
    })
}

/// A PSBT or a transaction in hex, base64 or base43.
fn transaction_in(text: &str) -> Option<Payload> {
    type Reading = fn(&str) -> Option<Vec<u8>>;
    let readings: [(Dialect, Reading); 3] =
        [(Dialect::Hex, hex), (Dialect::Base64, base64), (Dialect::Base43, base43)];
    readings.into_iter().find_map(|(dialect, read)| {
        let bytes = read(text)?;
        let kind = kind_of(&bytes);
        let good = matches!(kind, Kind::Psbt | Kind::Transaction);
        good.then(|| Payload::new(bytes, kind, dialect))
    })
}

/// Takes time with the square of the length: only what one code holds.
fn base43(text: &str) -> Option<Vec<u8>> {
    (text.len() <= MAX_ALPHANUMERIC).then(|| base43::decode(text.as_bytes())).flatten()
}

fn hex(text: &str) -> Option<Vec<u8>> {
    HEXLOWER_PERMISSIVE.decode(text.as_bytes()).ok().filter(|bytes| !bytes.is_empty())
}

fn base64(text: &str) -> Option<Vec<u8>> {
    STANDARD.decode(text).ok().filter(|bytes| !bytes.is_empty())
}

/// UTF-8 without control characters other than white space.
fn text(bytes: &[u8]) -> Option<&str> {
    let text = std::str::from_utf8(bytes).ok()?;
    let printable = |letter: char| !letter.is_control() || matches!(letter, '\t' | '\n' | '\r');
    text.chars().all(printable).then_some(text)
}

/// Looks like seed words, a SeedQR, a share, or holds a private key. Rather too often than not
/// often enough: nothing that is read here looks so.
fn is_secret(text: &str) -> bool {
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    if digits && (48..=96).contains(&text.len()) && text.len().is_multiple_of(12) {
        return true;
    }
    // BIP39 has 12 to 24 words, SLIP-39 20 or 33; the longest word of any list has 10 letters.
    let words: Vec<&str> = text.split_whitespace().take(34).collect();
    let worded = |word: &&str| word.chars().count() <= 10 && word.chars().all(char::is_alphabetic);
    if matches!(words.len(), 12 | 15 | 18 | 20 | 21 | 24 | 33) && words.iter().all(worded) {
        return true;
    }
    // 32 bytes in hex, which a private key is.
    if text.len() == 64 && hex(text).is_some() {
        return true;
    }
    holds_private_key(text)
}

/// Holds an extended private key, WIF, BIP38 or codex32 anywhere, by its form.
pub fn holds_private_key(text: &str) -> bool {
    text.split(|letter: char| !letter.is_ascii_alphanumeric()).any(is_private_key)
}

fn is_private_key(token: &str) -> bool {
    let begins = |prefixes: &[&str]| prefixes.iter().any(|prefix| token.starts_with(prefix));
    match token.len() {
        100.. if token.get(1..4) == Some("prv") => true,
        48.. if begins(&["ms1", "MS1"]) => true,
        58 if begins(&["6P"]) => true,
        51 => begins(&["5", "9"]) && is_base58(token),
        52 => begins(&["K", "L", "c"]) && is_base58(token),
        _ => false,
    }
}

fn is_base58(token: &str) -> bool {
    token.bytes().all(|b| b.is_ascii_alphanumeric() && !b"0OIl".contains(&b))
}

/// `xpub...` or `[fingerprint/path]xpub...`, and its SLIP-132 kin.
fn is_extended_key(text: &str) -> bool {
    let key = match text.strip_prefix('[') {
        Some(rest) => rest.split_once(']').map_or("", |(_, key)| key),
        None => text,
    };
    key.len() >= 100 && key.get(1..4) == Some("pub") && !key.contains('(')
}

/// Has the shape of a network-serialised transaction with at least one input and one output, from
/// the first byte to the last (BIP144). Looks only: allocates nothing.
fn is_transaction(bytes: &[u8]) -> bool {
    let mut walk = Walk(bytes);
    walk.transaction() == Some(()) && walk.0.is_empty()
}

struct Walk<'a>(&'a [u8]);

impl Walk<'_> {
    fn transaction(&mut self) -> Option<()> {
        self.skip(4)?;
        let segwit = self.0.starts_with(&[0, 1]);
        if segwit {
            self.skip(2)?;
        }
        let inputs = self.count()?;
        for _ in 0..inputs {
            self.skip(36)?;
            self.run()?;
            self.skip(4)?;
        }
        let outputs = self.count()?;
        for _ in 0..outputs {
            self.skip(8)?;
            self.run()?;
        }
        for _ in 0..if segwit { inputs } else { 0 } {
            for _ in 0..self.count()? {
                self.run()?;
            }
        }
        self.skip(4)?;
        (inputs > 0 && outputs > 0).then_some(())
    }

    fn skip(&mut self, len: u64) -> Option<()> {
        self.0 = self.0.get(usize::try_from(len).ok()?..)?;
        Some(())
    }

    /// A length and as many bytes.
    fn run(&mut self) -> Option<()> {
        let len = self.count()?;
        self.skip(len)
    }

    /// Bitcoin's variable-length integer.
    fn count(&mut self) -> Option<u64> {
        let (first, rest) = self.0.split_first()?;
        let len = match first {
            0xfd => 2,
            0xfe => 4,
            0xff => 8,
            small => {
                self.0 = rest;
                return Some(u64::from(*small));
            }
        };
        let (number, rest) = rest.split_at_checked(len)?;
        self.0 = rest;
        Some(number.iter().rev().fold(0, |sum, byte| sum << 8 | u64::from(*byte)))
    }
}

#[cfg(test)]
mod tests {
    use super::{is_secret, kind_of, named};
    use crate::transport::{Kind, Trouble};

    #[test]
    fn what_holds_a_secret_is_seen() {
        let abandon = "abandon ".repeat(11) + "about";
        for text in [
            abandon.as_str(),
            &"0123".repeat(12),
            // BIP32 test vector 1, m
            "xprv9s21ZrQH143K3QTDL4LXw2F7HEK3wJUD2nW2nRk4stbPy6cq3jPPqjiChkVvvNKmPGJxWUtg6LnF5kejMRNNU3TGtRBeJgk33yuGBxrMPHi",
            // a WIF key of the Bitcoin wiki, inside a descriptor
            "wpkh(5HueCGU8rMjxEXxiPuD5BDku4MkFqeZyd4dZ1jvhTVqvbTLvyTJ)",
            // BIP93 test vector 1
            "ms10testsxxxxxxxxxxxxxxxxxxxxxxxxxx4nzvca9cmczlw",
        ] {
            assert!(is_secret(text));
            assert_eq!(named(text), Some(Trouble::Secret));
        }
        assert!(!is_secret("wsh(sortedmulti(2,[00000000/48h]xpub6F/<0;1>/*))#abcdefgh"));
        assert!(!is_secret("Pay the rent."));
    }

    #[test]
    fn codes_for_something_else_are_named() {
        for (text, trouble) in [
            ("bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4", Trouble::Address),
            ("BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4", Trouble::Address),
            ("1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", Trouble::Address),
            ("bitcoin:1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa?amount=1", Trouble::PaymentRequest),
            ("https://example.invalid/", Trouble::Link),
            (
                "[00000000/84h/0h/0h]xpub661MyMwAqRbcFtXgS5sYJABqqG9YLmC4Q1Rdap9gSE8NqtwybGhePY2gZ29ESFjqJoCu1Rupje8YtGqsefD265TMg7usUDFdp6W1EGMcet8",
                Trouble::ExtendedKey,
            ),
        ] {
            assert_eq!(named(text), Some(trouble));
        }
    }

    #[test]
    fn a_transaction_is_known_by_its_shape_to_the_last_byte() {
        let one_in_one_out = {
            let mut bytes = vec![2, 0, 0, 0, 1];
            bytes.extend([0; 36]);
            bytes.extend([0, 0xff, 0xff, 0xff, 0xff, 1]);
            bytes.extend([0; 8]);
            bytes.extend([1, 0x51, 0, 0, 0, 0]);
            bytes
        };
        assert_eq!(kind_of(&one_in_one_out), Kind::Transaction);
        assert_ne!(kind_of(&one_in_one_out[..one_in_one_out.len() - 1]), Kind::Transaction);
        assert_eq!(kind_of(b"psbt\xff"), Kind::Psbt);
        assert_eq!(kind_of("{\"a\": 1}\n".as_bytes()), Kind::Text);
        assert_eq!(kind_of(&[0]), Kind::Bytes);
        assert_eq!(
            kind_of(&[1, 0, 0, 0, 0xff, 255, 255, 255, 255, 255, 255, 255, 255]),
            Kind::Bytes
        );
    }
}
