//! Mixing: one seed from all that was gathered, by HKDF-SHA-512 (RFC 5869). Whoever knows all but
//! one of the ingredients, and that one has enough bits, knows nothing of the seed.
//!
//! Version 1, for any HKDF tool to repeat:
//!
//! * salt: the text `Coldlight seed mixing, version 1`
//! * input key material: the ingredients that there are, in the order below, each as
//!   its name's length (1 byte), its name, its content's length (4 bytes, the highest first), its
//!   content
//! * info: the text `BIP39 entropy of 24 words` (or 12, 15, 18, 21)
//! * length: 16, 20, 24, 28 or 32 bytes: the entropy of BIP39
//!
//! | name | content |
//! | --- | --- |
//! | `kernel` | 64 bytes of the machine's random source |
//! | `d6` | the digits of the throws, `1` to `6` |
//! | `d20` | the numbers of the throws with hyphens between them: `7-20-1` |
//! | `coins` | `1` for heads, `0` for tails |
//! | `cards` | two characters a card, rank (`A23456789TJQK`) and suit (`cdhs`): `AsTd`; `/` where all cards were put back before the 52nd |
//! | `camera` | SHA-512 over the pixels of all pictures that counted: 64 bytes |
//! | `text` | the text in UTF-8, as typed |

use super::WordCount;
use crate::keys::wipe;
use hkdf::Hkdf;
use sha2::Sha512;
use zeroize::Zeroizing;

/// HKDF's salt.
pub const MIXING_SALT: &str = "Coldlight seed mixing, version 1";

/// HKDF's info.
pub fn mixing_info(count: WordCount) -> String {
    format!("BIP39 entropy of {} words", count.words())
}

/// One ingredient. Wiped when dropped.
pub struct Ingredient {
    name: &'static str,
    content: Zeroizing<Vec<u8>>,
}

impl Ingredient {
    /// A copy of `content`, in its final size.
    pub(super) fn new(name: &'static str, content: &[u8]) -> Self {
        Self { name, content: Zeroizing::new(content.to_vec()) }
    }

    /// Its name, as it is mixed: 6 ASCII characters at most.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// Its content, as it is mixed.
    pub fn content(&self) -> &[u8] {
        &self.content
    }
}

/// Bytes before a name and before a content.
const LENGTHS: usize = 1 + 4;

/// The entropy that they give together.
pub(super) fn mix(ingredients: &[Ingredient], count: WordCount) -> Zeroizing<Vec<u8>> {
    let size = |one: &Ingredient| LENGTHS + one.name.len() + one.content.len();
    let mut material =
        Zeroizing::new(Vec::with_capacity(ingredients.iter().map(size).sum::<usize>()));
    for ingredient in ingredients {
        // names are constants and contents a few kilobytes at most: both lengths fit
        material.push(ingredient.name.len() as u8);
        material.extend_from_slice(ingredient.name.as_bytes());
        material.extend_from_slice(&(ingredient.content.len() as u32).to_be_bytes());
        material.extend_from_slice(&ingredient.content);
    }
    let info = mixing_info(count);
    let mut entropy = Zeroizing::new(vec![0; count.bytes()]);
    Hkdf::<Sha512>::new(Some(MIXING_SALT.as_bytes()), &material)
        .expand(info.as_bytes(), &mut entropy)
        .expect("HKDF-SHA-512 gives up to 16,320 bytes");
    wipe::stack();
    entropy
}

#[cfg(test)]
mod tests {
    use super::*;
    use hmac::{Hmac, KeyInit, Mac};

    fn hmac(key: &[u8], parts: &[&[u8]]) -> Vec<u8> {
        let mut mac = Hmac::<Sha512>::new_from_slice(key).expect("HMAC takes any key");
        parts.iter().for_each(|part| mac.update(part));
        mac.finalize().into_bytes().to_vec()
    }

    /// RFC 5869, sections 2.2 and 2.3, by its own words; one block is enough for 32 bytes.
    fn by_the_rfc(material: &[u8], words: usize) -> Vec<u8> {
        let key = hmac(b"Coldlight seed mixing, version 1", &[material]);
        let info = format!("BIP39 entropy of {words} words");
        let block = hmac(&key, &[info.as_bytes(), &[1]]);
        block[..words / 3 * 4].to_vec()
    }

    fn some() -> [Ingredient; 3] {
        [
            Ingredient::new("kernel", &[7; 64]),
            Ingredient::new("d6", b"123456"),
            Ingredient::new("text", "käse".as_bytes()),
        ]
    }

    #[test]
    fn mixing_is_what_its_description_says() {
        let material = [
            &b"\x06kernel\x00\x00\x00\x40"[..],
            &[7; 64],
            b"\x02d6\x00\x00\x00\x06123456",
            b"\x04text\x00\x00\x00\x05k\xc3\xa4se",
        ]
        .concat();
        for count in WordCount::ALL {
            assert_eq!(*mix(&some(), count), by_the_rfc(&material, count.words()));
        }
    }

    /// Worked out with Python's `hmac` and `hashlib` alone.
    #[test]
    fn mixing_gives_the_known_answer() {
        let hex: String =
            mix(&some(), WordCount::MOST).iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(hex, "e36578780661d75f77b879d68d0dcd94654f4410bff6abb000d936b7687a84c5");
    }

    #[test]
    fn every_ingredient_its_name_and_its_place_matter() {
        let all = mix(&some(), WordCount::MOST);
        let [kernel, dice, text] = some();
        let other = |ingredients: &[Ingredient]| *mix(ingredients, WordCount::MOST) != *all;
        assert!(other(&[]));
        assert!(other(&[Ingredient::new("kernel", &[7; 64]), Ingredient::new("d6", b"123456")]));
        assert!(other(&[kernel, text, dice]));
        // what was moved from one content to the next, and one name for another
        let [kernel, _, text] = some();
        assert!(other(&[kernel, Ingredient::new("d20", b"123456"), text]));
        let split = |first: &[u8], second: &[u8]| {
            mix(&[Ingredient::new("d6", first), Ingredient::new("coins", second)], WordCount::MOST)
        };
        assert_ne!(*split(b"11", b"1"), *split(b"1", b"11"));
    }
}
