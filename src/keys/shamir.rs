//! Shamir's secret sharing as SLIP-0039 defines it: byte by byte over GF(256) with Rijndael's
//! polynomial; the secret stands at x = 255, at x = 254 a digest with which a recovered secret is
//! verified.
//!
//! Arithmetic on secrets takes the same time for all of them: no branch and no table is chosen by
//! one. The places (x) of shares are public.

use super::{Generator, RandomError, wipe};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

/// Most shares of one secret.
pub(crate) const MOST: u8 = 16;

/// Fewest bytes of a secret.
const SHORTEST: usize = 16;

/// Where the secret stands.
const SECRET_AT: u8 = 255;
/// Where its digest stands.
const DIGEST_AT: u8 = 254;
/// Bytes of the digest; the rest of its share is random.
const DIGEST: usize = 4;

/// One share of a secret. Wiped when dropped.
pub(crate) struct Share {
    /// Its place, 0 to 15. Public.
    pub(crate) index: u8,
    /// As many bytes as the secret has.
    pub(crate) value: Zeroizing<Vec<u8>>,
}

/// Why a secret was not split.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SplitError {
    /// Not 1 <= threshold <= count <= 16.
    Counts,
    /// The secret has fewer than 16 bytes or an odd number of them.
    Length(usize),
    /// There are no random bytes.
    Random(RandomError),
}

impl std::fmt::Display for SplitError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Counts => f.write_str(
                "There can be 1 to 16 shares, and no more can be needed than there are. Choose \
                 other numbers.",
            ),
            Self::Length(bytes) => write!(
                f,
                "A secret of {bytes} bytes cannot be split. It needs an even number, 16 or more."
            ),
            Self::Random(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for SplitError {}

/// Why shares gave no secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CombineError {
    /// Another number of shares than the threshold.
    Count {
        /// Shares that are needed.
        needed: u8,
        /// Shares that were given.
        given: usize,
    },
    /// Two shares have this place.
    Repeated(u8),
    /// A place that no share has.
    Index(u8),
    /// The shares have different lengths, or one that no secret has.
    Length,
    /// The secret fails its digest: one of the shares is false, or belongs to another secret.
    Digest,
}

impl std::fmt::Display for CombineError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Count { needed, given } => {
                write!(f, "{needed} shares are needed, {given} were given.")
            }
            Self::Repeated(index) => {
                write!(f, "Share {} was given twice. Give another one.", u16::from(*index) + 1)
            }
            Self::Index(index) => {
                write!(f, "There is no share {}. Check what was given.", u16::from(*index) + 1)
            }
            Self::Length => {
                f.write_str("The shares differ in length: they do not belong together.")
            }
            Self::Digest => f.write_str(
                "The shares do not give a secret: one of them is false or belongs to another \
                 secret. Check each.",
            ),
        }
    }
}

impl std::error::Error for CombineError {}

/// Splits `secret` (16 bytes or more, an even number) into `count` shares (at most 16) at the places
/// 0, 1, 2 and so on, of which any `threshold` give it back and fewer tell nothing. With a threshold
/// of 1 each share is the secret (SLIP-0039, SplitSecret).
pub(crate) fn split(
    threshold: u8,
    count: u8,
    secret: &[u8],
    random: &mut Generator,
) -> Result<Vec<Share>, SplitError> {
    if threshold == 0 || threshold > count || count > MOST {
        return Err(SplitError::Counts);
    }
    if !splittable(secret.len()) {
        return Err(SplitError::Length(secret.len()));
    }
    let shares = if threshold == 1 {
        Ok((0..count)
            .map(|index| Share { index, value: Zeroizing::new(secret.to_vec()) })
            .collect())
    } else {
        split_by_polynomial(threshold, count, secret, random).map_err(SplitError::Random)
    };
    wipe::stack();
    shares
}

/// For a threshold of 2 or more: threshold - 2 random shares, the digest and the secret determine
/// the polynomial.
#[inline(never)]
fn split_by_polynomial(
    threshold: u8,
    count: u8,
    secret: &[u8],
    random: &mut Generator,
) -> Result<Vec<Share>, RandomError> {
    let blank = || Zeroizing::new(vec![0; secret.len()]);
    let mut digest = blank();
    random.fill(&mut digest[DIGEST..])?;
    let tag = tag(&digest[DIGEST..], secret);
    digest[..DIGEST].copy_from_slice(&*tag);

    let free = threshold - 2;
    let mut shares = Vec::with_capacity(usize::from(count));
    for index in 0..free {
        let mut value = blank();
        random.fill(&mut value)?;
        shares.push(Share { index, value });
    }
    for index in free..count {
        let mut value = blank();
        let mut points: Vec<(u8, &[u8])> =
            shares[..usize::from(free)].iter().map(Share::point).collect();
        points.extend([(DIGEST_AT, digest.as_slice()), (SECRET_AT, secret)]);
        interpolate(index, &points, &mut value);
        shares.push(Share { index, value });
    }
    Ok(shares)
}

/// The secret of exactly `threshold` shares; verified by its digest where the threshold is 2 or more
/// (SLIP-0039, RecoverSecret).
pub(crate) fn combine(threshold: u8, shares: &[Share]) -> Result<Zeroizing<Vec<u8>>, CombineError> {
    if shares.is_empty() || shares.len() != usize::from(threshold) {
        return Err(CombineError::Count { needed: threshold, given: shares.len() });
    }
    let length = shares[0].value.len();
    for (place, share) in shares.iter().enumerate() {
        if share.index >= MOST {
            return Err(CombineError::Index(share.index));
        }
        if shares[..place].iter().any(|earlier| earlier.index == share.index) {
            return Err(CombineError::Repeated(share.index));
        }
        if share.value.len() != length || !splittable(length) {
            return Err(CombineError::Length);
        }
    }
    let secret = recover(shares, length);
    wipe::stack();
    secret
}

#[inline(never)]
fn recover(shares: &[Share], length: usize) -> Result<Zeroizing<Vec<u8>>, CombineError> {
    let mut secret = Zeroizing::new(vec![0; length]);
    if let [only] = shares {
        secret.copy_from_slice(&only.value);
        return Ok(secret);
    }
    let points: Vec<(u8, &[u8])> = shares.iter().map(Share::point).collect();
    interpolate(SECRET_AT, &points, &mut secret);
    let mut digest = Zeroizing::new(vec![0; length]);
    interpolate(DIGEST_AT, &points, &mut digest);
    let tag = tag(&digest[DIGEST..], &secret);
    if bool::from(tag[..].ct_eq(&digest[..DIGEST])) {
        Ok(secret)
    } else {
        Err(CombineError::Digest)
    }
}

impl Share {
    fn point(&self) -> (u8, &[u8]) {
        (self.index, &self.value)
    }
}

fn splittable(length: usize) -> bool {
    length >= SHORTEST && length.is_multiple_of(2)
}

/// The first four bytes of HMAC-SHA256 over the secret, keyed with the random part.
fn tag(random: &[u8], secret: &[u8]) -> Zeroizing<[u8; DIGEST]> {
    let mut mac = Hmac::<Sha256>::new_from_slice(random).expect("HMAC takes a key of any length");
    mac.update(secret);
    let whole = Zeroizing::new(<[u8; 32]>::from(mac.finalize().into_bytes()));
    let mut tag = Zeroizing::new([0; DIGEST]);
    tag.copy_from_slice(&whole[..DIGEST]);
    tag
}

/// The values at `x` of the polynomials through `points` (place, values; no place twice), into `out`,
/// which is as long as each point's values and all zero.
fn interpolate(x: u8, points: &[(u8, &[u8])], out: &mut [u8]) {
    for (place, (x_i, values)) in points.iter().enumerate() {
        // Lagrange's basis polynomial; made of places only, which are public.
        let (mut above, mut below) = (1, 1);
        for (other, (x_j, _)) in points.iter().enumerate() {
            if other != place {
                above = multiply(above, x ^ x_j);
                below = multiply(below, x_i ^ x_j);
            }
        }
        let weight = multiply(above, inverse(below));
        for (sum, value) in out.iter_mut().zip(*values) {
            *sum ^= multiply(weight, *value);
        }
    }
}

/// The product in GF(256), modulo x^8 + x^4 + x^3 + x + 1 (FIPS 197), in constant time.
fn multiply(mut a: u8, mut b: u8) -> u8 {
    let mut product = 0;
    for _ in 0..8 {
        product ^= a & (b & 1).wrapping_neg();
        b >>= 1;
        a = a << 1 ^ 0x1b & (a >> 7).wrapping_neg();
    }
    product
}

/// The inverse in GF(256): the 254th power (of zero, zero).
fn inverse(a: u8) -> u8 {
    let mut power = a;
    // 254 = 0b11111110: six times square and multiply, then square.
    for _ in 0..6 {
        power = multiply(multiply(power, power), a);
    }
    multiply(power, power)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::random::testing::{FailingAfter, Steady};

    fn generator() -> Generator {
        Generator::new(Steady(39))
    }

    fn shares(threshold: u8, count: u8, secret: &[u8]) -> Vec<Share> {
        split(threshold, count, secret, &mut generator()).unwrap_or_else(|e| panic!("{e}"))
    }

    fn copy(share: &Share) -> Share {
        Share { index: share.index, value: Zeroizing::new(share.value.to_vec()) }
    }

    /// FIPS 197, 4.2: {57} x {83} = {c1}, {57} x {13} = {fe}.
    #[test]
    fn products_are_those_of_rijndaels_field() {
        assert_eq!(multiply(0x57, 0x83), 0xc1);
        assert_eq!(multiply(0x57, 0x13), 0xfe);
        for a in 1..=255 {
            assert_eq!(multiply(a, inverse(a)), 1, "{a}");
            assert_eq!((multiply(a, 1), multiply(a, 0)), (a, 0));
        }
    }

    #[test]
    fn every_combination_of_threshold_size_gives_the_secret_and_each_smaller_one_does_not() {
        let secret: Vec<u8> = (0..32).map(|byte| byte * 7 + 1).collect();
        for count in 1..=6 {
            for threshold in 1..=count {
                let shares = shares(threshold, count, &secret);
                assert!(shares.iter().map(|share| share.index).eq(0..count));
                for chosen in 1u32..1 << count {
                    let some: Vec<Share> =
                        shares.iter().filter(|s| chosen >> s.index & 1 == 1).map(copy).collect();
                    let given = some.len() as u8;
                    if given == threshold {
                        assert!(combine(threshold, &some).is_ok_and(|found| *found == secret));
                    } else if given < threshold && given > 1 {
                        assert_eq!(combine(given, &some).err(), Some(CombineError::Digest));
                    }
                }
            }
        }
    }

    #[test]
    fn sixteen_of_sixteen_are_combined_in_any_order() {
        let mut all = shares(16, 16, &[9; 64]);
        all.reverse();
        assert!(combine(16, &all).is_ok_and(|secret| *secret == [9; 64]));
        all[3].value[63] ^= 1;
        assert_eq!(combine(16, &all).err(), Some(CombineError::Digest));
    }

    #[test]
    fn what_does_not_belong_together_is_refused_by_name() {
        let three = shares(3, 5, &[1; 16]);
        assert_eq!(
            combine(3, &three[..2]).err(),
            Some(CombineError::Count { needed: 3, given: 2 })
        );
        assert_eq!(combine(0, &[]).err(), Some(CombineError::Count { needed: 0, given: 0 }));
        let twice = [copy(&three[1]), copy(&three[4]), copy(&three[1])];
        assert_eq!(combine(3, &twice).err(), Some(CombineError::Repeated(1)));
        let mut foreign = [copy(&three[0]), copy(&three[1]), copy(&three[2])];
        foreign[2].index = 254;
        assert_eq!(combine(3, &foreign).err(), Some(CombineError::Index(254)));
        foreign[2] = Share { index: 2, value: Zeroizing::new(vec![0; 18]) };
        assert_eq!(combine(3, &foreign).err(), Some(CombineError::Length));
        foreign[2] = copy(&shares(3, 5, &[2; 16])[2]);
        assert_eq!(combine(3, &foreign).err(), Some(CombineError::Digest));
    }

    #[test]
    fn impossible_numbers_and_a_failing_source_make_no_share() {
        for (threshold, count) in [(0, 1), (2, 1), (1, 17), (17, 17), (0, 0)] {
            let refused = split(threshold, count, &[1; 16], &mut generator()).err();
            assert_eq!(refused, Some(SplitError::Counts));
        }
        for length in [0, 14, 15, 17] {
            let refused = split(1, 1, &vec![1; length], &mut generator()).err();
            assert_eq!(refused, Some(SplitError::Length(length)));
        }
        for threshold in [2, 3] {
            let refused =
                split(threshold, 3, &[1; 16], &mut Generator::new(FailingAfter::blocks(0))).err();
            assert_eq!(refused, Some(SplitError::Random(RandomError::Failed)));
        }
    }

    #[test]
    fn every_reason_is_a_sentence() {
        use CombineError::*;
        for error in [Count { needed: 3, given: 2 }, Repeated(255), Index(254), Length, Digest] {
            assert!(error.to_string().ends_with('.'), "{error}");
        }
        for error in
            [SplitError::Counts, SplitError::Length(15), SplitError::Random(RandomError::Failed)]
        {
            assert!(error.to_string().ends_with('.'), "{error}");
        }
    }
}
