//! Material as bytes, for a vault. A tag says the form; lengths are big-endian.
//!
//! ```text
//! 1: BIP39's words      language (BIP85's code), text of the entropy, text of the passphrase
//! 2: a master seed      text of the seed
//! 3: a master key       78 bytes (BIP32)
//! 4: an Electrum seed   text of the words, text of the passphrase
//! text: length in bytes (4), bytes
//! ```

use super::{Form, Material};
use crate::keys::{ElectrumSeed, Language, Mnemonic, Passphrase, Seed};
use zeroize::Zeroizing;

const WORDS: u8 = 1;
const MASTER_SEED: u8 = 2;
const XPRV: u8 = 3;
const ELECTRUM: u8 = 4;

/// Bytes of a length.
const LENGTH: usize = 4;
/// Bytes of a serialised extended key (BIP32).
const XPRV_BYTES: usize = 78;

/// Why bytes are not material. Carries nothing of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MaterialError {
    /// A form that this version does not know: its tag.
    UnknownForm(u8),
    /// The bytes end before the form does, at this offset.
    Cut(usize),
    /// The form ends before the bytes do, at this offset.
    Surplus(usize),
    /// What stands there is no key of its form.
    Malformed,
}

impl std::fmt::Display for MaterialError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::UnknownForm(tag) => write!(
                f,
                "This key is kept in a form (number {tag}) that this version does not know. Open it \
                 with a newer one."
            ),
            Self::Cut(offset) => {
                write!(f, "This key is damaged: it ends at byte {offset}. Use another backup.")
            }
            Self::Surplus(offset) => write!(
                f,
                "This key is damaged: more stands behind its end at byte {offset}. Use another backup."
            ),
            Self::Malformed => {
                f.write_str("This key is damaged: it is not of its form. Use another backup.")
            }
        }
    }
}

impl std::error::Error for MaterialError {}

impl Material {
    /// How many bytes [`Material::encode`] adds.
    pub fn encoded_len(&self) -> usize {
        1 + match &self.form {
            Form::Words { mnemonic, passphrase } => {
                1 + LENGTH + mnemonic.count() / 3 * 4 + LENGTH + passphrase.text().len()
            }
            Form::MasterSeed(bytes) => LENGTH + bytes.len(),
            Form::Xprv(data) => data.len(),
            Form::Electrum { seed, passphrase } => {
                2 * LENGTH + seed.text().len() + passphrase.text().len()
            }
        }
    }

    /// Adds the material to `out`, passphrase and all. Where `out` has no room, it moves, and what it
    /// was is wiped.
    pub fn encode(&self, out: &mut Zeroizing<Vec<u8>>) {
        make_room(out, self.encoded_len());
        match &self.form {
            Form::Words { mnemonic, passphrase } => {
                out.extend_from_slice(&[WORDS, mnemonic.language().code()]);
                put(out, &mnemonic.entropy());
                put(out, passphrase.text().as_bytes());
            }
            Form::MasterSeed(bytes) => {
                out.push(MASTER_SEED);
                put(out, bytes);
            }
            Form::Xprv(data) => {
                out.push(XPRV);
                out.extend_from_slice(data);
            }
            Form::Electrum { seed, passphrase } => {
                out.push(ELECTRUM);
                put(out, seed.text().as_bytes());
                put(out, passphrase.text().as_bytes());
            }
        }
    }

    /// Reads what [`Material::encode`] wrote, all of it. Allocates no more than `bytes` are long.
    pub fn decode(bytes: &[u8]) -> Result<Self, MaterialError> {
        let mut reader = Reader { bytes, offset: 0 };
        let form = match reader.byte()? {
            WORDS => {
                let language = Language::of_code(reader.byte()?).ok_or(MaterialError::Malformed)?;
                let mnemonic = Mnemonic::from_entropy_in(language, reader.text()?)
                    .map_err(|_| MaterialError::Malformed)?;
                Form::Words { mnemonic, passphrase: reader.passphrase()? }
            }
            MASTER_SEED => {
                let bytes = Zeroizing::new(reader.text()?.to_vec());
                Material::master_seed(bytes).ok_or(MaterialError::Malformed)?.form
            }
            XPRV => {
                let data = reader.take(XPRV_BYTES)?;
                Seed::check_master(data).map_err(|_| MaterialError::Malformed)?;
                Form::Xprv(Zeroizing::new(data.to_vec()))
            }
            ELECTRUM => {
                let text =
                    std::str::from_utf8(reader.text()?).map_err(|_| MaterialError::Malformed)?;
                let seed = ElectrumSeed::parse(text).map_err(|_| MaterialError::Malformed)?;
                Form::Electrum { seed, passphrase: reader.passphrase()? }
            }
            tag => return Err(MaterialError::UnknownForm(tag)),
        };
        if reader.offset < bytes.len() {
            return Err(MaterialError::Surplus(reader.offset));
        }
        Ok(Self { form })
    }
}

/// Room for `more` bytes without leaving what is there behind.
fn make_room(out: &mut Zeroizing<Vec<u8>>, more: usize) {
    if out.capacity() - out.len() >= more {
        return;
    }
    let mut larger = Zeroizing::new(Vec::with_capacity(out.len() + more));
    larger.extend_from_slice(out);
    *out = larger;
}

/// A length and as many bytes. No text here is longer than 4 GB.
fn put(out: &mut Vec<u8>, text: &[u8]) {
    out.extend_from_slice(&(text.len() as u32).to_be_bytes());
    out.extend_from_slice(text);
}

struct Reader<'a> {
    bytes: &'a [u8],
    offset: usize,
}

impl<'a> Reader<'a> {
    fn take(&mut self, count: usize) -> Result<&'a [u8], MaterialError> {
        let cut = MaterialError::Cut(self.bytes.len());
        let end = self.offset.checked_add(count).ok_or(cut)?;
        let taken = self.bytes.get(self.offset..end).ok_or(cut)?;
        self.offset = end;
        Ok(taken)
    }

    fn byte(&mut self) -> Result<u8, MaterialError> {
        self.take(1).map(|byte| byte[0])
    }

    fn text(&mut self) -> Result<&'a [u8], MaterialError> {
        let length = self.take(LENGTH)?.iter().fold(0, |sum, byte| sum << 8 | usize::from(*byte));
        self.take(length)
    }

    fn passphrase(&mut self) -> Result<Passphrase, MaterialError> {
        let text = std::str::from_utf8(self.text()?).map_err(|_| MaterialError::Malformed)?;
        Ok(Passphrase::new(text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wallet::{KeyRing, Network};

    /// BIP39's first reference vector, and its master key.
    const ABOUT: &str = "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about";
    const ABOUT_TREZOR: &str = "xprv9s21ZrQH143K3h3fDYiay8mocZ3afhfULfb5GX8kCBdno77K4HiA15Tg23wpbeF1pLfs1c5SPmYHrEpTuuRhxMwvKDwqdKiGJS9XFKzUsAF";
    /// Electrum's tests.
    const SEGWIT: &str =
        "frost pig brisk excite novel report camera enlist axis nation novel desert";

    fn all() -> Vec<(Material, &'static str)> {
        let french = Mnemonic::from_entropy_in(Language::French, &[7; 32]).unwrap();
        let words = |passphrase| {
            Material::words(Mnemonic::parse(ABOUT).unwrap(), Passphrase::new(passphrase))
        };
        let electrum = |passphrase| {
            Material::electrum(ElectrumSeed::parse(SEGWIT).unwrap(), Passphrase::new(passphrase))
        };
        vec![
            (words(""), "12 words"),
            (words("na\u{ef}ve"), "12 words and a passphrase"),
            (Material::words(french, Passphrase::new("")), "24 words in French"),
            (
                Material::master_seed(Zeroizing::new(vec![7; 32])).unwrap(),
                "a master key's seed, 32 bytes",
            ),
            (Material::xprv(ABOUT_TREZOR, Network::Main).unwrap(), "an extended private key"),
            (electrum(""), "an Electrum segwit seed"),
            (electrum("x"), "an Electrum segwit seed and a passphrase"),
        ]
    }

    fn encoded(material: &Material) -> Zeroizing<Vec<u8>> {
        let mut out = Zeroizing::new(vec![9]);
        material.encode(&mut out);
        assert_eq!(out.len(), 1 + material.encoded_len());
        out
    }

    #[test]
    fn every_form_comes_back_as_it_was() {
        for (material, summary) in all() {
            let bytes = encoded(&material);
            let read = Material::decode(&bytes[1..]).unwrap_or_else(|e| panic!("{e}"));
            assert_eq!((read.summary(), material.summary()), (summary.into(), summary.into()));
            let fingerprint = |material: &Material| {
                material.open(Network::Main).map(|seed| seed.fingerprint()).ok()
            };
            assert_eq!(fingerprint(&read), fingerprint(&material));
            assert!(fingerprint(&read).is_some());
        }
    }

    #[test]
    fn bytes_that_are_cut_or_go_on_are_refused() {
        for (material, _) in all() {
            let bytes = encoded(&material);
            for end in 1..bytes.len() {
                assert_eq!(
                    Material::decode(&bytes[1..end]).err(),
                    Some(MaterialError::Cut(end - 1))
                );
            }
            let longer = [&bytes[1..], &[0]].concat();
            let end = bytes.len() - 1;
            assert_eq!(Material::decode(&longer).err(), Some(MaterialError::Surplus(end)));
        }
    }

    #[test]
    fn what_is_no_key_is_refused_with_a_sentence() {
        use MaterialError::{Cut, Malformed, Surplus, UnknownForm};
        let huge = [&[2][..], &[0xff; 12]].concat();
        let long_seed = [&[2, 0, 0, 0, 65][..], &[1; 65]].concat();
        let no_language = [&[1, 10, 0, 0, 0, 16][..], &[1; 20]].concat();
        let no_entropy = [&[1, 0, 0, 0, 0, 17][..], &[1; 21]].concat();
        let no_text = [&[4, 0, 0, 0, 1, 0xff][..], &[0; 4]].concat();
        let no_key = [&[3][..], &[4; 78]].concat();
        let cases: [(&[u8], MaterialError); 8] = [
            (&[], Cut(0)),
            (&[0], UnknownForm(0)),
            (&huge, Cut(13)),
            (&long_seed, Malformed),
            (&no_language, Malformed),
            (&no_entropy, Malformed),
            (&no_text, Malformed),
            (&no_key, Malformed),
        ];
        for (bytes, wanted) in cases {
            assert_eq!(Material::decode(bytes).err(), Some(wanted));
        }
        for error in [Cut(1), Surplus(1), Malformed, UnknownForm(7)] {
            assert!(error.to_string().ends_with('.'));
        }
    }
}
