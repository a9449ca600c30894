//! Bits of entropy, counted in thousandths and rounded down.

/// An amount of entropy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Bits {
    milli: u64,
}

impl Bits {
    /// None.
    pub const ZERO: Self = Self { milli: 0 };

    /// That many whole bits.
    pub const fn whole(bits: u32) -> Self {
        Self { milli: bits as u64 * 1000 }
    }

    /// Thousandths of a bit.
    pub const fn milli(milli: u64) -> Self {
        Self { milli }
    }

    /// One choice among `choices` that are equally likely: log2, rounded down. None among 0 or 1.
    pub fn of_choices(choices: u32) -> Self {
        let Some(whole) = choices.checked_ilog2() else { return Self::ZERO };
        // the binary logarithm by squaring, digit by digit; what is cut off only makes it smaller
        let mut mantissa = u64::from(choices) << (31 - whole); // 1.0 is 2^31
        let mut fraction = 0u64;
        for _ in 0..20 {
            mantissa = (mantissa * mantissa) >> 31;
            fraction <<= 1;
            if mantissa >> 32 != 0 {
                fraction |= 1;
                mantissa >>= 1;
            }
        }
        Self { milli: u64::from(whole) * 1000 + ((fraction * 1000) >> 20) }
    }

    /// So many times as much.
    pub fn times(self, count: usize) -> Self {
        Self { milli: self.milli.saturating_mul(count as u64) }
    }

    /// Half as much.
    pub fn half(self) -> Self {
        Self { milli: self.milli / 2 }
    }

    /// What is left when `other` is taken away; nothing where that is more.
    pub fn without(self, other: Self) -> Self {
        Self { milli: self.milli.saturating_sub(other.milli) }
    }

    /// How many portions of `each` reach this much, rounded up; 0 when `each` is none.
    pub fn portions(self, each: Self) -> usize {
        let portions = if each.milli == 0 { 0 } else { self.milli.div_ceil(each.milli) };
        usize::try_from(portions).unwrap_or(usize::MAX)
    }

    /// Whole bits, rounded down.
    pub fn floor(self) -> u64 {
        self.milli / 1000
    }
}

impl std::iter::Sum for Bits {
    fn sum<I: Iterator<Item = Self>>(bits: I) -> Self {
        Self { milli: bits.map(|bits| bits.milli).sum() }
    }
}

/// Whole bits, rounded down.
impl std::fmt::Display for Bits {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.floor() {
            1 => f.write_str("1 bit"),
            bits => write!(f, "{bits} bits"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_choice_is_counted_by_its_binary_logarithm_rounded_down() {
        for (choices, milli) in [(0, 0), (1, 0), (2, 1000), (6, 2584), (20, 4321), (52, 5700)] {
            assert_eq!(Bits::of_choices(choices), Bits::milli(milli), "{choices}");
        }
        for choices in 1..=1000u32 {
            let exact = f64::from(choices).log2() * 1000.0;
            let counted = Bits::of_choices(choices).milli as f64;
            assert!(counted <= exact + 1e-9 && counted > exact - 1.01, "{choices}: {counted}");
        }
    }

    #[test]
    fn portions_are_rounded_up() {
        assert_eq!(Bits::whole(128).portions(Bits::of_choices(6)), 50);
        assert_eq!(Bits::whole(256).portions(Bits::of_choices(6)), 100);
        assert_eq!(Bits::whole(256).portions(Bits::of_choices(20)), 60);
        assert_eq!(Bits::ZERO.portions(Bits::of_choices(6)), 0);
        assert_eq!(Bits::whole(1).portions(Bits::ZERO), 0);
    }
}
