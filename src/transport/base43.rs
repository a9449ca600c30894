//! Electrum's base43: the bytes as one big-endian number, in 43 of the 45 letters that a QR code
//! packs tightly. A zero byte at the front is a zero digit at the front.

const ALPHABET: &[u8; 43] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ$*+-./:";

/// The digits of `bytes`. Work grows with the square of the length: for what one code holds only.
pub(super) fn encode(bytes: &[u8]) -> String {
    let zeros = bytes.iter().take_while(|byte| **byte == 0).count();
    let digits = convert(bytes[zeros..].iter().map(|byte| u32::from(*byte)), 256, 43);
    let digits = digits.iter().rev().map(|digit| char::from(ALPHABET[usize::from(*digit)]));
    std::iter::repeat_n('0', zeros).chain(digits).collect()
}

/// The bytes of `text`; None when a letter is no digit.
pub(super) fn decode(text: &[u8]) -> Option<Vec<u8>> {
    let digits: Vec<u32> = text
        .iter()
        .map(|letter| ALPHABET.iter().position(|digit| digit == letter).map(|at| at as u32))
        .collect::<Option<_>>()?;
    let zeros = digits.iter().take_while(|digit| **digit == 0).count();
    let mut bytes = convert(digits[zeros..].iter().copied(), 43, 256);
    bytes.extend(std::iter::repeat_n(0, zeros));
    bytes.reverse();
    Some(bytes)
}

/// The number of these digits (highest first, base `from`) as digits of base `to`, lowest first.
fn convert(digits: impl Iterator<Item = u32>, from: u32, to: u32) -> Vec<u8> {
    let mut out: Vec<u8> = Vec::new();
    for digit in digits {
        let mut carry = digit;
        for place in &mut out {
            carry += u32::from(*place) * from;
            *place = (carry % to) as u8;
            carry /= to;
        }
        while carry > 0 {
            out.push((carry % to) as u8);
            carry /= to;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{decode, encode};

    // Values computed by hand: 43 is "10", 256 = 5 * 43 + 41, 41 is '/'.
    #[test]
    fn small_numbers_are_as_computed_by_hand() {
        assert_eq!(encode(&[43]), "10");
        assert_eq!(encode(&[1, 0]), "5/");
        assert_eq!(encode(&[0, 0, 42]), "00:");
        assert_eq!(decode(b"5/"), Some(vec![1, 0]));
    }

    #[test]
    fn every_single_byte_and_leading_zeros_survive() {
        for byte in 0..=255 {
            for bytes in [vec![byte], vec![0, byte], vec![0, 0, byte, 0]] {
                assert_eq!(decode(encode(&bytes).as_bytes()), Some(bytes));
            }
        }
        assert_eq!(decode(b""), Some(vec![]));
    }

    #[test]
    fn a_letter_outside_the_alphabet_is_no_digit() {
        for text in ["a", "%", " ", "12_", "É"] {
            assert_eq!(decode(text.as_bytes()), None);
        }
    }
}
