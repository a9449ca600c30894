//! SeedQR and CompactSeedQR: a mnemonic as one small QR code (SeedSigner's format).

use super::slip39::Share;
use super::words::{COUNTS, Index};
use super::{Language, Mnemonic, MnemonicError};
use zeroize::Zeroizing;

/// SeedQR: each word is its place in the list, four digits.
const DIGITS: usize = 4;

/// Reads either form; None when `content` has neither.
pub(super) fn read(content: &[u8]) -> Option<Result<Mnemonic, MnemonicError>> {
    if is_digits(content) {
        return Some(read_digits(content));
    }
    is_compact(content).then(|| Mnemonic::from_entropy(content))
}

impl Mnemonic {
    /// SeedQR: four digits a word, 48 to 96. None for words in another language than English, which
    /// the format does not know. A QR code in numeric mode at level L has 25 modules a side for 12
    /// words and 29 for 24.
    pub fn seed_qr_digits(&self) -> Option<Zeroizing<String>> {
        self.has_seed_qr().then(|| {
            let mut digits = Zeroizing::new(String::with_capacity(self.count() * DIGITS));
            let powers = [1000, 100, 10, 1];
            let places = self.indices().flat_map(|index| powers.map(|power| index / power % 10));
            digits.extend(places.filter_map(|digit| char::from_digit(digit.into(), 10)));
            digits
        })
    }

    /// CompactSeedQR: the entropy alone, 16 to 32 bytes. None for words in another language than
    /// English, which the format does not know. A QR code of bytes at level L has 21 modules a side
    /// for 12 words and 25 for 24.
    pub fn compact_seed_qr(&self) -> Option<Zeroizing<Vec<u8>>> {
        self.has_seed_qr().then(|| self.entropy())
    }

    fn has_seed_qr(&self) -> bool {
        self.language() == Language::English
    }
}

/// Would showing or writing this content give a secret away? True for both forms of a seed code,
/// for words that are a mnemonic, a SLIP-39 share or an Electrum seed, for codex32, and for extended
/// private keys. A text of a compact code's length
/// is held for a text.
pub fn is_secret(content: &[u8]) -> bool {
    let printable = content.iter().all(|byte| (0x20..0x7f).contains(byte));
    let text = std::str::from_utf8(content).unwrap_or_default().trim();
    is_digits(text.as_bytes())
        || is_compact(content) && !printable
        || Mnemonic::parse_any(text).is_ok()
        || Share::parse(text).is_ok()
        || is_electrum(text)
        || is_codex32(text)
        || ["xprv", "tprv", "yprv", "zprv", "uprv", "vprv"].iter().any(|key| text.contains(key))
}

/// Twelve words at least, as Electrum makes them: its checksum alone is as short as eight bits.
fn is_electrum(text: &str) -> bool {
    use super::{ElectrumError, ElectrumSeed};
    let seed = || ElectrumSeed::parse(text).map(|_| ());
    text.split_whitespace().nth(11).is_some()
        && matches!(seed(), Ok(()) | Err(ElectrumError::TwoFactor))
}

/// BIP93: "ms1" and 45 characters at least, right or mistyped.
fn is_codex32(text: &str) -> bool {
    let begins = text.get(..3).is_some_and(|begin| begin.eq_ignore_ascii_case("ms1"));
    begins && text.len() >= 48 && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

fn is_digits(content: &[u8]) -> bool {
    content.len().is_multiple_of(DIGITS)
        && COUNTS.contains(&(content.len() / DIGITS))
        && content.iter().all(u8::is_ascii_digit)
}

/// CompactSeedQR: the entropy alone; the checksum is made anew.
fn is_compact(content: &[u8]) -> bool {
    matches!(content.len(), 16 | 20 | 24 | 28 | 32)
}

fn read_digits(digits: &[u8]) -> Result<Mnemonic, MnemonicError> {
    let mut indices = Zeroizing::new([0; 24]);
    for (index, digits) in indices.iter_mut().zip(digits.chunks_exact(DIGITS)) {
        *index = digits.iter().fold(0, |value, digit| value * 10 + Index::from(digit - b'0'));
    }
    Mnemonic::from_indices(Language::English, &indices[..digits.len() / DIGITS])
}

#[cfg(test)]
mod tests {
    use super::*;

    /// SeedSigner's specification, its twelve-word example.
    const TWELVE: &str = "192402220235174306311124037817700641198012901210";
    const TWELVE_WORDS: &str =
        "vacuum bridge buddy supreme exclude milk consider tail expand wasp pattern nuclear";

    fn words(content: &[u8]) -> String {
        match read(content) {
            Some(Ok(mnemonic)) => mnemonic.words().collect::<Vec<_>>().join(" "),
            Some(Err(error)) => error.to_string(),
            None => "neither".into(),
        }
    }

    #[test]
    fn both_forms_give_the_words() {
        assert_eq!(words(TWELVE.as_bytes()), TWELVE_WORDS);
        assert_eq!(words(&[0; 16]).split(' ').next_back(), Some("about"));
        assert_eq!(words(&[0; 32]).split(' ').next_back(), Some("art"));
        for length in [20, 24, 28] {
            assert_eq!(words(&vec![0; length]).split(' ').count(), length * 3 / 4);
        }
    }

    #[test]
    fn what_is_neither_is_left_alone_and_what_is_wrong_is_told() {
        for other in [&b""[..], b"UR:CRYPTO-PSBT/1-2/LP", &[0; 15], &[0; 33], &[b'1'; 52]] {
            assert_eq!(words(other), "neither");
        }
        let wrong = TWELVE.replacen("1924", "2048", 1);
        assert_eq!(words(wrong.as_bytes()), MnemonicError::Unknown(1).to_string());
        let wrong = TWELVE.replacen("1210", "1211", 1);
        assert_eq!(words(wrong.as_bytes()), MnemonicError::Checksum.to_string());
    }

    #[test]
    fn a_seed_is_known_for_a_secret_and_a_payment_is_not() {
        for secret in [TWELVE.as_bytes(), TWELVE_WORDS.as_bytes(), &[7; 16], &[0; 32]] {
            assert!(is_secret(secret));
        }
        // Electrum's tests; BIP93's first vector
        let electrum = "science dawn member doll dutch real can brick knife deny drive list";
        assert!(is_secret(electrum.as_bytes()));
        assert!(is_secret(b"ms10testsxxxxxxxxxxxxxxxxxxxxxxxxxx4nzvca9cmczlw"));
        assert!(is_secret(b"[d34db33f/84h/0h/0h]xprv9s21ZrQH143K"));
        for public in
            [&b"UR:BYTES/1-3/ABC"[..], b"p1of3 cHNidP8=", b"0123456789abcdef", &[0xff; 99]]
        {
            assert!(!is_secret(public));
        }
    }
}
