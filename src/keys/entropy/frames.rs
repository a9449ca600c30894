//! Pictures of a camera that is moved about.
//!
//! A picture counts only when it differs from every one that counted before: so a camera that
//! stands still, shows nothing, or plays the same pictures again adds nothing. The rule looks at the
//! picture's 16 x 12 fields, each the mean of its pixels: [`CHANGED`] fields or more must differ by
//! [`LEVELS`] grey levels or more, beyond what all of them have in common (the light may change).
//! A picture of a moved camera has hundreds of bits that nobody knows; [`Frames::EACH`] = 4 count.

use super::Bits;
use crate::keys::wipe;
use sha2::{Digest, Sha512};
use zeroize::Zeroizing;

const ACROSS: usize = 16;
const DOWN: usize = 12;
/// Fields that must have changed: an eighth.
const CHANGED: usize = ACROSS * DOWN / 8;
/// Grey levels by which a field must have changed, of 256.
const LEVELS: i16 = 12;
/// Grey levels between the darkest and the lightest field, at least: less is a covered lens.
const CONTRAST: u8 = 24;

/// The means of the fields.
type Fields = [u8; ACROSS * DOWN];

/// What became of a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Frame {
    /// It counts.
    Taken,
    /// It shows nothing: it is dark, or of one shade.
    Blank,
    /// It is too much like one that counted before.
    Unchanged,
    /// There are enough: nothing changed.
    Full,
}

/// Pictures that counted: a hash of all of them, and their fields to compare others with. Wiped when
/// dropped; never grows.
pub struct Frames {
    // SHA-512 in its own place on the heap, wiped by the library when dropped
    hash: Box<Sha512>,
    fields: Zeroizing<Vec<Fields>>,
}

impl Default for Frames {
    fn default() -> Self {
        let fields = Zeroizing::new(Vec::with_capacity(Self::MOST));
        Self { hash: Box::new(Sha512::new()), fields }
    }
}

impl Frames {
    /// What a picture counts for.
    pub const EACH: Bits = Bits::whole(4);
    /// Most pictures.
    pub const MOST: usize = 128;

    /// A grey picture of `width` columns, row by row, 0 black to 255 white.
    pub fn offer(&mut self, width: usize, pixels: &[u8]) -> Frame {
        let Some(fields) = fields(width, pixels) else { return Frame::Blank };
        let (darkest, lightest) = (fields.iter().min(), fields.iter().max());
        let contrast = lightest.zip(darkest).map_or(0, |(light, dark)| light - dark);
        if contrast < CONTRAST {
            return Frame::Blank;
        }
        if self.fields.iter().any(|before| !differ(before, &fields)) {
            return Frame::Unchanged;
        }
        if self.fields.len() == Self::MOST {
            return Frame::Full;
        }
        self.hash.update(pixels);
        self.fields.push(*fields);
        Frame::Taken
    }

    /// How many counted.
    pub fn len(&self) -> usize {
        self.fields.len()
    }

    /// None yet?
    pub fn is_empty(&self) -> bool {
        self.fields.is_empty()
    }

    /// What they count for.
    pub fn credit(&self) -> Bits {
        Self::EACH.times(self.len())
    }

    /// As they are mixed: SHA-512 over the pixels of all pictures that counted, in order.
    pub fn digest(&self) -> Zeroizing<[u8; 64]> {
        let mut digest = Zeroizing::new([0; 64]);
        digest.copy_from_slice(&self.hash.as_ref().clone().finalize());
        wipe::stack();
        digest
    }
}

/// The means of the fields; None for a picture with less than a pixel for each.
fn fields(width: usize, pixels: &[u8]) -> Option<Zeroizing<Fields>> {
    let height = pixels.len().checked_div(width)?;
    let (wide, high) = (width / ACROSS, height / DOWN);
    if wide == 0 || high == 0 {
        return None;
    }
    let mut fields = Zeroizing::new([0; ACROSS * DOWN]);
    for (place, field) in fields.iter_mut().enumerate() {
        let (left, top) = (place % ACROSS * wide, place / ACROSS * high);
        let rows = pixels.chunks_exact(width).skip(top).take(high);
        let sum: usize =
            rows.flat_map(|row| &row[left..left + wide]).map(|pixel| usize::from(*pixel)).sum();
        *field = u8::try_from(sum / (wide * high)).unwrap_or(u8::MAX);
    }
    Some(fields)
}

fn differ(before: &Fields, now: &Fields) -> bool {
    let mean = |fields: &Fields| {
        let sum: usize = fields.iter().map(|field| usize::from(*field)).sum();
        (sum / fields.len()) as i16
    };
    let light = mean(now) - mean(before);
    let changes = now
        .iter()
        .zip(before)
        .map(|(now, before)| (i16::from(*now) - i16::from(*before) - light).abs());
    changes.filter(|change| *change >= LEVELS).count() >= CHANGED
}

#[cfg(test)]
mod tests {
    use super::*;

    const WIDTH: usize = 160;

    /// A scene of large blocks of grey that depends on `scene`, with noise that depends on `noise`.
    fn picture(scene: u64, noise: u64, light: u8) -> Vec<u8> {
        let scatter = |seed: u64, at: usize| {
            let mut mixed = (seed << 32 | at as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
            mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            (mixed.wrapping_mul(0x94d0_49bb_1331_11eb) >> 40) as u8
        };
        let pixel = |at: usize| {
            let (x, y) = (at % WIDTH, at / WIDTH);
            let block = scatter(scene, x / 20 + y / 20 * 8) / 2;
            40 + block + scatter(noise, at) % 8 + light
        };
        (0..WIDTH * 120).map(pixel).collect()
    }

    #[test]
    fn a_moved_camera_counts_four_bits_a_picture() {
        let mut frames = Frames::default();
        for scene in 0..64 {
            assert_eq!(frames.offer(WIDTH, &picture(scene, scene, 0)), Frame::Taken, "{scene}");
        }
        assert_eq!((frames.len(), frames.credit()), (64, Bits::whole(256)));
    }

    #[test]
    fn a_camera_that_stands_still_counts_once_whatever_its_noise_and_the_light() {
        let mut frames = Frames::default();
        assert_eq!(frames.offer(WIDTH, &picture(1, 1, 0)), Frame::Taken);
        for noise in 1..50 {
            let still = picture(1, noise, (noise % 20) as u8);
            assert_eq!(frames.offer(WIDTH, &still), Frame::Unchanged, "{noise}");
        }
        assert_eq!(frames.credit(), Frames::EACH);
    }

    #[test]
    fn pictures_that_come_again_count_once() {
        let mut frames = Frames::default();
        for round in 0..5 {
            for scene in 0..3 {
                let taken = frames.offer(WIDTH, &picture(scene, round, 0));
                assert_eq!(taken == Frame::Taken, round == 0);
            }
        }
        assert_eq!(frames.len(), 3);
    }

    #[test]
    fn a_covered_lens_counts_for_nothing() {
        let mut frames = Frames::default();
        for grey in [0, 20, 255] {
            assert_eq!(frames.offer(WIDTH, &[grey; WIDTH * 120]), Frame::Blank);
        }
        assert_eq!(frames.offer(8, &[1; 64]), Frame::Blank);
        assert_eq!(frames.offer(0, &[]), Frame::Blank);
        assert!(frames.is_empty());
    }

    #[test]
    fn the_digest_is_over_the_pictures_that_counted() {
        let mut frames = Frames::default();
        for scene in [1, 1, 2] {
            frames.offer(WIDTH, &picture(scene, 0, 0));
        }
        let pixels = [picture(1, 0, 0), picture(2, 0, 0)].concat();
        assert_eq!(frames.digest().as_slice(), Sha512::digest(pixels).as_slice());
    }

    #[test]
    fn there_is_an_end_to_them() {
        let mut frames = Frames::default();
        for scene in 0..400 {
            frames.offer(WIDTH, &picture(scene, 0, 0));
        }
        assert_eq!(frames.len(), Frames::MOST);
        assert_eq!(frames.offer(WIDTH, &picture(1000, 0, 0)), Frame::Full);
    }
}
