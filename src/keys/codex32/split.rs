//! A master seed as a codex32 text, or as shares (BIP93, Generating Shares).

use super::field::{element, inverse, multiply};
use super::text::{HEADER, Identifier, SECRET, Text};
use crate::keys::{Generator, RandomError, wipe};
use zeroize::Zeroizing;

/// The letters of shares in the order in which they are given out: the alphabet without S, then its
/// digits.
const INDICES: &[u8; 31] = b"acdefghjklmnpqrtuvwxyz023456789";

/// Why no text was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SplitError {
    /// The seed has not 16 to 64 bytes.
    Length(usize),
    /// Not 2 <= threshold <= 9, or fewer shares than that, or more than 31.
    Counts,
    /// There are no random bytes.
    Random(RandomError),
    /// The shares, put together again, did not give the seed: this machine computes wrongly.
    Unverified,
}

impl std::fmt::Display for SplitError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Length(bytes) => {
                write!(f, "A seed of {bytes} bytes has no codex32 text: 16 to 64 are needed.")
            }
            Self::Counts => f.write_str(
                "2 to 9 shares can be needed, and at most 31 made, not fewer than are needed. \
                 Choose other numbers.",
            ),
            Self::Random(error) => error.fmt(f),
            Self::Unverified => f.write_str(
                "The shares were made, but put together again they did not give the seed. None is \
                 shown. Do not make keys on this machine.",
            ),
        }
    }
}

impl std::error::Error for SplitError {}

/// The text of a whole seed (16 to 64 bytes), not shared. From 47 bytes on it is a long one.
pub fn encode(seed: &[u8], identifier: Identifier) -> Result<Text, SplitError> {
    secret(seed, b'0', identifier)
}

/// `count` shares of a seed (16 to 64 bytes), of which any `threshold` give it back and fewer tell
/// nothing. Put together again, each at least once, before they are handed out.
pub fn split(
    seed: &[u8],
    identifier: Identifier,
    threshold: u8,
    count: u8,
    random: &mut Generator,
) -> Result<Vec<Text>, SplitError> {
    let allowed = (2..=9).contains(&threshold) && threshold <= count;
    if !allowed || usize::from(count) > INDICES.len() {
        return Err(SplitError::Counts);
    }
    let secret = secret(seed, b'0' + threshold, identifier)?;
    let indices = INDICES.iter().filter_map(|letter| element(*letter)).take(usize::from(count));
    let mut shares: Vec<Text> = Vec::with_capacity(usize::from(count));
    let free = usize::from(threshold) - 1;
    for index in indices {
        let share = if shares.len() < free {
            free_share(&secret, index, random).map_err(SplitError::Random)?
        } else {
            let known: Vec<&Text> = shares[..free].iter().chain([&secret]).collect();
            interpolate(&known, index)
        };
        shares.push(share);
    }
    if is_whole(&shares, threshold, seed) { Ok(shares) } else { Err(SplitError::Unverified) }
}

fn secret(seed: &[u8], threshold: u8, identifier: Identifier) -> Result<Text, SplitError> {
    if !(16..=64).contains(&seed.len()) {
        return Err(SplitError::Length(seed.len()));
    }
    let payload = (seed.len() * 8).div_ceil(5);
    let mut data = Zeroizing::new(Vec::with_capacity(HEADER + payload));
    data.extend(element(threshold));
    data.extend(identifier.elements());
    data.push(SECRET);
    for place in 0..payload {
        // The bits behind the seed's are free (BIP93); zero here.
        let bit = |bit: usize| seed.get(bit / 8).map_or(0, |byte| byte >> (7 - bit % 8) & 1);
        data.push((place * 5..place * 5 + 5).fold(0, |value, place| value << 1 | bit(place)));
    }
    Text::from_data(data).map_err(|_| SplitError::Length(seed.len()))
}

/// A share of the same kind as `secret` with a random payload.
fn free_share(secret: &Text, index: u8, random: &mut Generator) -> Result<Text, RandomError> {
    let mut data = Zeroizing::new(secret.data.to_vec());
    data[HEADER - 1] = index;
    random.fill(&mut data[HEADER..])?;
    for element in &mut data[HEADER..] {
        *element &= 0x1f;
    }
    Ok(Text { data })
}

/// The text at `index` of the polynomials through `known`, whose indices all differ and which have
/// one length (BIP93, ms32_interpolate).
pub(super) fn interpolate(known: &[&Text], index: u8) -> Text {
    let mut data = Zeroizing::new(vec![0; known.first().map_or(0, |text| text.data.len())]);
    for (place, text) in known.iter().enumerate() {
        // Lagrange's basis polynomial; made of indices only, which are public.
        let own = text.data[HEADER - 1];
        let (mut above, mut below) = (1, 1);
        for (other, text) in known.iter().enumerate() {
            if other != place {
                above = multiply(above, index ^ text.data[HEADER - 1]);
                below = multiply(below, own ^ text.data[HEADER - 1]);
            }
        }
        let weight = multiply(above, inverse(below));
        for (sum, element) in data.iter_mut().zip(text.data.iter()) {
            *sum ^= multiply(weight, *element);
        }
    }
    wipe::stack();
    Text { data }
}

/// Does each run of `threshold` neighbours give the seed, read back from the texts?
fn is_whole(shares: &[Text], threshold: u8, seed: &[u8]) -> bool {
    let read: Option<Vec<Text>> =
        shares.iter().map(|share| Text::parse(&share.text()).ok()).collect();
    let Some(read) = read else { return false };
    read.windows(usize::from(threshold)).all(|run| {
        let run: Vec<&Text> = run.iter().collect();
        interpolate(&run, SECRET).seed().is_some_and(|given| *given == *seed)
    })
}
