//! GF(32), in which codex32 computes, and GF(1024) above it, in which its errors are located (BIP93,
//! Mathematical Companion). No table: a product takes the same time whatever is multiplied.

/// The letters of the 32 elements (BIP173).
pub(super) const ALPHABET: &[u8; 32] = b"qpzry9x8gf2tvdw0s3jn54khce6mua7l";

/// The element of a letter, lower case.
pub(super) fn element(letter: u8) -> Option<u8> {
    ALPHABET.iter().position(|other| *other == letter).map(|place| place as u8)
}

/// The letter of an element.
pub(super) fn letter(element: u8) -> char {
    char::from(ALPHABET[usize::from(element) % ALPHABET.len()])
}

/// The product in GF(32), modulo x^5 + x^3 + 1.
pub(super) fn multiply(mut a: u8, mut b: u8) -> u8 {
    let mut product = 0;
    for _ in 0..5 {
        product ^= a & (b & 1).wrapping_neg();
        b >>= 1;
        a = a << 1 & 0x1f ^ 0x09 & (a >> 4 & 1).wrapping_neg();
    }
    product
}

/// The inverse in GF(32): the 30th power (of zero, zero).
pub(super) fn inverse(a: u8) -> u8 {
    let mut power = a;
    // 30 = 0b11110: three times square and multiply, then square.
    for _ in 0..3 {
        power = multiply(multiply(power, power), a);
    }
    multiply(power, power)
}

/// An element a + bζ of GF(1024), where ζ² = ζ + 1.
#[derive(Clone, Copy, PartialEq, Eq)]
#[cfg_attr(test, derive(Debug))]
pub(super) struct Wide(pub(super) u8, pub(super) u8);

impl Wide {
    pub(super) const ZERO: Self = Self(0, 0);
    pub(super) const ONE: Self = Self(1, 0);

    pub(super) fn plus(self, other: Self) -> Self {
        Self(self.0 ^ other.0, self.1 ^ other.1)
    }

    pub(super) fn times(self, other: Self) -> Self {
        let (ac, bd) = (multiply(self.0, other.0), multiply(self.1, other.1));
        let cross = multiply(self.0, other.1) ^ multiply(self.1, other.0);
        Self(ac ^ bd, cross ^ bd)
    }

    pub(super) fn power(self, exponent: u32) -> Self {
        (0..32).rev().fold(Self::ONE, |power, bit| {
            let square = power.times(power);
            if exponent >> bit & 1 == 1 { square.times(self) } else { square }
        })
    }

    /// Of zero, zero.
    pub(super) fn inverse(self) -> Self {
        self.power(1022)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_element_but_zero_has_its_inverse() {
        for a in 1..32 {
            assert_eq!(multiply(a, inverse(a)), 1);
            assert_eq!(element(letter(a) as u8), Some(a));
        }
        for (a, b) in (0..32).flat_map(|a| (0..32).map(move |b| (a, b))).skip(1) {
            assert_eq!(Wide(a, b).times(Wide(a, b).inverse()), Wide::ONE);
        }
    }

    /// BIP93: β = Gζ has order 93, γ = E + Xζ has order 1023, ζ is a cube root of unity.
    #[test]
    fn the_elements_that_bip93_names_have_their_orders() {
        let of = |letter| element(letter).unwrap_or_default();
        let order = |a: Wide| (1..).find(|exponent| a.power(*exponent) == Wide::ONE);
        assert_eq!(order(Wide(0, 1)), Some(3));
        assert_eq!(order(Wide(0, of(b'g'))), Some(93));
        assert_eq!(order(Wide(of(b'e'), of(b'x'))), Some(1023));
    }
}
