//! Electrum's seeds (version 2.0 and later), read only. Unlike BIP39's words they carry their wallet's
//! type, and their checksum is over the text: no word list is part of it. Source: Electrum's
//! documentation, "Electrum Seed Version System", and its `mnemonic.py`.

use super::{Language, Passphrase, Seed, wipe};
use crate::wallet::{Layout, Network};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha512;
use unicode_normalization::char::canonical_combining_class;
use zeroize::Zeroizing;

/// Rounds of PBKDF2.
const ROUNDS: u32 = 2048;

/// An Electrum seed of a wallet with one key. Wiped when dropped.
pub struct ElectrumSeed {
    kind: ElectrumKind,
    text: Zeroizing<String>,
}

/// The wallet that a seed belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ElectrumKind {
    /// P2PKH at m/0/i and m/1/i.
    Standard,
    /// P2WPKH at m/0'/0/i and m/0'/1/i.
    Segwit,
}

/// Why a text is not such a seed. Carries places, never words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ElectrumError {
    /// Nothing was typed.
    Empty,
    /// Longer than any seed: so many bytes.
    TooLong(usize),
    /// A seed for a wallet with two-factor authentication: two of its three keys are elsewhere.
    TwoFactor,
    /// 16 or 32 bytes in hexadecimal: a seed from before version 2.0.
    Old,
    /// The checksum does not fit. The place (from 1) of the first word that is not in the English
    /// list, which most seeds are made of; None when all are, or when they are in another language.
    Checksum(Option<usize>),
}

impl std::fmt::Display for ElectrumError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Empty => f.write_str("No words are there. Type all words of the seed."),
            Self::TooLong(bytes) => write!(
                f,
                "This is {bytes} bytes long, longer than any Electrum seed. Type its words alone."
            ),
            Self::TwoFactor => f.write_str(
                "This seed belongs to an Electrum wallet with two-factor authentication, which needs \
                 keys that are not in it. Move its coins with Electrum.",
            ),
            Self::Old => f.write_str(
                "This is an Electrum seed from before version 2.0, which is not read here. Move its \
                 coins with Electrum.",
            ),
            Self::Checksum(Some(place)) => write!(
                f,
                "This is not an Electrum seed: its checksum is wrong, and word {place} is not in the \
                 English list. Correct that word."
            ),
            Self::Checksum(None) => f.write_str(
                "This is not an Electrum seed: its checksum is wrong. A word is another one, missing, \
                 or in the wrong place; or these are BIP39 words.",
            ),
        }
    }
}

impl std::error::Error for ElectrumError {}

impl ElectrumSeed {
    /// Longest seed that is read, in bytes of UTF-8: 25 words are the most that Electrum made.
    pub const LONGEST: usize = 1024;

    /// Words as Electrum shows them; case, accents and the kind of space do not matter. `text` stays
    /// the caller's to wipe.
    pub fn parse(text: &str) -> Result<Self, ElectrumError> {
        if text.len() > Self::LONGEST {
            return Err(ElectrumError::TooLong(text.len()));
        }
        let text = normal(text);
        if text.is_empty() {
            return Err(ElectrumError::Empty);
        }
        // Electrum tries the old form first.
        if matches!(text.len(), 32 | 64) && text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(ElectrumError::Old);
        }
        let digest = version(&text);
        wipe::stack();
        // The digest's first hexadecimal digits: 01, 100, 101 and 102.
        match (digest[0], digest[1] >> 4) {
            (0x01, _) => Ok(Self { kind: ElectrumKind::Standard, text }),
            (0x10, 0) => Ok(Self { kind: ElectrumKind::Segwit, text }),
            (0x10, 1 | 2) => Err(ElectrumError::TwoFactor),
            _ => Err(ElectrumError::Checksum(unknown_word(&text))),
        }
    }

    /// The wallet that it belongs to.
    pub fn kind(&self) -> ElectrumKind {
        self.kind
    }

    /// How many words.
    pub fn count(&self) -> usize {
        self.text.split(' ').count()
    }

    /// In its normal form.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// The master key of the words and a passphrase. Costs 2,048 rounds of PBKDF2.
    pub fn open(&self, passphrase: &Passphrase, network: Network) -> Seed {
        let layout = match self.kind {
            ElectrumKind::Standard => Layout::ElectrumStandard,
            ElectrumKind::Segwit => Layout::ElectrumSegwit,
        };
        Seed::from_bytes(self.seed(passphrase).as_slice(), network)
            .expect("BIP32: fewer than one seed in 2^127 has no master key")
            .with_layout(layout)
    }

    /// The seed in the sense of BIP32: PBKDF2-HMAC-SHA512 over the words.
    pub(super) fn seed(&self, passphrase: &Passphrase) -> Zeroizing<[u8; 64]> {
        let passphrase = normal(passphrase.text());
        let mut salt = Zeroizing::new(Vec::with_capacity(SALT.len() + passphrase.len()));
        salt.extend_from_slice(SALT);
        salt.extend_from_slice(passphrase.as_bytes());
        let mut seed = Zeroizing::new([0; 64]);
        pbkdf2::pbkdf2_hmac::<Sha512>(self.text.as_bytes(), &salt, ROUNDS, seed.as_mut());
        wipe::stack();
        seed
    }
}

/// What stands before the passphrase in PBKDF2's salt.
const SALT: &[u8] = b"electrum";

/// The digest whose first digits are the seed's version. Never part of its caller's frame, so that
/// the caller can overwrite this one.
#[inline(never)]
fn version(text: &str) -> [u8; 2] {
    let mut mac = Hmac::<Sha512>::new_from_slice(b"Seed version")
        .expect("HMAC takes keys of any length (RFC 2104)");
    mac.update(text.as_bytes());
    let digest = mac.finalize().into_bytes();
    [digest[0], digest[1]]
}

fn unknown_word(text: &str) -> Option<usize> {
    let known = |word| Language::English.index_of(word).is_some();
    if !text.split(' ').any(known) {
        return None;
    }
    text.split(' ').position(|word| !known(word)).map(|place| place + 1)
}

/// Electrum's normal form: NFKD, lower case, no accents, one space between words and none between
/// Chinese, Japanese and Korean ones.
fn normal(text: &str) -> Zeroizing<String> {
    let decomposed = Passphrase::new(text);
    // No capital that is left after NFKD is shorter than its small letter, but for a few that no word
    // and hardly a passphrase has; the string is made in its final size for all others.
    let lower = Zeroizing::new(decomposed.text().to_lowercase());
    let mut plain = Zeroizing::new(String::with_capacity(lower.len()));
    for word in lower.split_whitespace() {
        let mut letters = word.chars().filter(|letter| canonical_combining_class(*letter) == 0);
        let Some(first) = letters.next() else { continue };
        let joined = plain.chars().next_back().is_none_or(|last| is_cjk(last) && is_cjk(first));
        if !joined {
            plain.push(' ');
        }
        plain.push(first);
        plain.extend(letters);
    }
    plain
}

/// Electrum's table of Chinese, Japanese and Korean characters.
fn is_cjk(letter: char) -> bool {
    CJK.iter().any(|range| range.contains(&u32::from(letter)))
}

const CJK: [std::ops::RangeInclusive<u32>; 29] = [
    0x1100..=0x11ff,
    0x2e80..=0x2eff,
    0x2f00..=0x2fdf,
    0x2ff0..=0x2fff,
    0x3040..=0x309f,
    0x30a0..=0x30ff,
    0x3100..=0x312f,
    0x3130..=0x318f,
    0x3190..=0x319f,
    0x31a0..=0x31bf,
    0x31c0..=0x31ef,
    0x31f0..=0x31ff,
    0x3400..=0x4dbf,
    0x4e00..=0x9fff,
    0xa000..=0xa48f,
    0xa490..=0xa4cf,
    0xa4d0..=0xa4ff,
    0xa960..=0xa97f,
    0xac00..=0xd7af,
    0xd7b0..=0xd7ff,
    0xf900..=0xfaff,
    0xff00..=0xffef,
    0x16f00..=0x16f9f,
    0x1b000..=0x1b0ff,
    0x20000..=0x2a6df,
    0x2a700..=0x2b73f,
    0x2b740..=0x2b81f,
    0x2f800..=0x2fa1d,
    0xe0100..=0xe01ef,
];

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(text: &str) -> Result<ElectrumKind, ElectrumError> {
        ElectrumSeed::parse(text).map(|seed| seed.kind())
    }

    fn seed(text: &str, passphrase: &str) -> String {
        let seed = ElectrumSeed::parse(text).unwrap_or_else(|e| panic!("{e}"));
        let seed = seed.seed(&Passphrase::new(passphrase));
        seed.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// Electrum's own tests (tests/test_mnemonic.py): which text is which seed.
    #[test]
    fn the_version_is_in_the_text() {
        use ElectrumError::{Checksum, Empty, Old, TooLong, TwoFactor};
        use ElectrumKind::{Segwit, Standard};
        let cases = [
            (
                "ostrich security deer aunt climb inner alpha arm mutual marble solid task",
                Ok(Standard),
            ),
            (
                "   oStRiCh sEcUrItY DeEr aUnT ClImB       InNeR AlPhA ArM MuTuAl mArBlE   SoLiD TaSk  ",
                Ok(Standard),
            ),
            (
                "cram swing cover prefer miss modify ritual silly deliver chunk behind inform able",
                Ok(Standard),
            ),
            (
                "cram swing cover prefer miss modify ritual silly deliver chunk behind inform",
                Err(Checksum(None)),
            ),
            (
                "frost pig brisk excite novel report camera enlist axis nation novel desert",
                Ok(Segwit),
            ),
            ("science dawn member doll dutch real can brick knife deny drive list", Err(TwoFactor)),
            (
                "science dawn member doll dutch real ca brick knife deny drive list",
                Err(Checksum(Some(7))),
            ),
            (
                "sibling leg cable timber patient foot occur plate travel finger chef scale radio citizen promote immune must chef fluid sea sphere common acid lab",
                Err(TwoFactor),
            ),
            ("agree install", Err(TwoFactor)),
            ("0123456789ABCDEF0123456789ABCDEF", Err(Old)),
            (" \u{3000} ", Err(Empty)),
        ];
        for (text, wanted) in cases {
            assert_eq!(kind(text), wanted, "{text}");
        }
        assert_eq!(kind(&"a".repeat(1 << 20)), Err(TooLong(1 << 20)));
        for error in [Empty, TooLong(7), TwoFactor, Old, Checksum(None), Checksum(Some(3))] {
            assert!(error.to_string().ends_with('.'));
        }
    }

    /// Electrum's own tests (tests/test_mnemonic.py), SEED_TEST_CASES.
    #[test]
    fn the_seed_is_the_published_one() {
        let cases = [
            (
                "wild father tree among universe such mobile favorite target dynamic credit identify",
                "",
                "aac2a6302e48577ab4b46f23dbae0774e2e62c796f797d0a1b5faeb528301e3064342dafb79069e7c4c6b8c38ae11d7a973bec0d4f70626f8cc5184a8d0b0756",
            ),
            (
                "wild father tree among universe such mobile favorite target dynamic credit identify",
                "Did you ever hear the tragedy of Darth Plagueis the Wise?",
                "4aa29f2aeb0127efb55138ab9e7be83b36750358751906f86c662b21a1ea1370f949e6d1a12fa56d3d93cadda93038c76ac8118597364e46f5156fde6183c82f",
            ),
            (
                "なのか ひろい しなん まなぶ つぶす さがす おしゃれ かわく おいかける けさき かいとう さたん",
                "",
                "d3eaf0e44ddae3a5769cb08a26918e8b308258bcb057bb704c6f69713245c0b35cb92c03df9c9ece5eff826091b4e74041e010b701d44d610976ce8bfb66a8ad",
            ),
            (
                "眼 悲 叛 改 节 跃 衡 响 疆 股 遂 冬",
                "给我一些测试向量谷歌",
                "6c03dd0615cf59963620c0af6840b52e867468cc64f20a1f4c8155705738e87b8edb0fc8a6cee4085776cb3a629ff88bb1a38f37085efdbf11ce9ec5a7fa5f71",
            ),
            (
                "almíbar tibio superar vencer hacha peatón príncipe matar consejo polen vehículo odisea",
                "araña difícil solución término cárcel",
                "363dec0e575b887cfccebee4c84fca5a3a6bed9d0e099c061fa6b85020b031f8fe3636d9af187bf432d451273c625e20f24f651ada41aae2c4ea62d87e9fa44c",
            ),
            (
                "vidrio jabón muestra pájaro capucha eludir feliz rotar fogata pez rezar oír",
                "¡Viva España! repiten veinte pueblos y al hablar dan fe del ánimo español... ¡Marquen arado martillo y clarín",
                "c274665e5453c72f82b8444e293e048d700c59bf000cacfba597629d202dcf3aab1cf9c00ba8d3456b7943428541fed714d01d8a0a4028fc3a9bb33d981cb49f",
            ),
        ];
        for (text, passphrase, wanted) in cases {
            assert_eq!(seed(text, passphrase), wanted, "{text}");
        }
    }
}
