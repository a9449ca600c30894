//! What the words of a mnemonic have in common in every language: their number, their bits, the last
//! word's checksum. [`Language`] has the lists.

use zeroize::Zeroizing;

/// How many words a mnemonic may have.
pub const COUNTS: [usize; 5] = [12, 15, 18, 21, 24];

/// The longest word of a Latin list, in letters.
pub const LONGEST: usize = 9;

/// A word's place in the list, 0 to 2047.
pub type Index = u16;

/// Every word that makes the checksum right after these 11, 14, 17, 20 or 23 (BIP39: one word in
/// 16 to one in 256), in the list's order; none after any other number of words.
pub fn last_words(before: &[Index]) -> Zeroizing<Vec<Index>> {
    let count = before.len() + 1;
    let mut fitting = Zeroizing::new(Vec::new());
    if !COUNTS.contains(&count) {
        return fitting;
    }
    // BIP39: a third of a bit of checksum a word, at the end of the last.
    let checksum_bits = count / 3;
    fitting.reserve_exact(1 << (11 - checksum_bits));
    let mut all = Zeroizing::new([0; 24]);
    all[..before.len()].copy_from_slice(before);
    for free_bits in 0..1 << (11 - checksum_bits) {
        all[count - 1] = free_bits << checksum_bits;
        fitting.extend(with_checksum(&all[..count]));
    }
    fitting
}

/// The last word of these with its checksum bits made right; None where the number of words or a
/// place in the list is wrong.
pub(super) fn with_checksum(indices: &[Index]) -> Option<Index> {
    let valid = bip39::Mnemonic::from_entropy(&entropy(indices)?).ok()?;
    valid.word_indices().last().and_then(|index| Index::try_from(index).ok())
}

/// The bytes that these words stand for, their checksum bits left aside (BIP39: 11 bits a word).
pub(super) fn entropy(indices: &[Index]) -> Option<Zeroizing<Vec<u8>>> {
    if !COUNTS.contains(&indices.len()) || indices.iter().any(|index| *index >= 2048) {
        return None;
    }
    let mut bytes = Zeroizing::new(vec![0u8; indices.len() / 3 * 4]);
    for (place, byte) in bytes.iter_mut().enumerate() {
        for bit in place * 8..place * 8 + 8 {
            *byte = *byte << 1 | (indices[bit / 11] >> (10 - bit % 11) & 1) as u8;
        }
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::Language;

    #[test]
    fn the_candidates_for_the_last_word_are_those_with_the_right_checksum() {
        // BIP39's all-zero vectors end in "about" (12 words) and "art" (24 words).
        let twelve = last_words(&[0; 11]);
        assert_eq!(twelve.len(), 128);
        assert_eq!(Language::English.list()[usize::from(twelve[0])], "about");
        let twentyfour = last_words(&[0; 23]);
        assert_eq!(twentyfour.len(), 8);
        assert_eq!(Language::English.list()[usize::from(twentyfour[0])], "art");
        assert!(twentyfour.is_sorted());
        for wrong in [0, 10, 12, 22, 24] {
            assert!(last_words(&vec![0; wrong]).is_empty());
        }
    }
}
