//! Grey to black and white, by thresholds that follow the light across the picture.

use crate::qr::Luma;
use rxing::common::{BitArray, BitMatrix};

/// Pixels on the side of the blocks that have one threshold each. Small blocks follow glare and
/// shadows, large ones keep a threshold where modules are as large as a block.
#[derive(Clone, Copy)]
pub enum Blocks {
    /// 8 pixels: the usual.
    Eight,
    /// 16 pixels.
    Sixteen,
}

/// Least difference of dark and light in a block that says something about where between them the
/// threshold lies; below, the block takes its neighbours' threshold.
const CONTRAST: u8 = 24;

/// The picture in black (set) and white. Each block's threshold is the middle of its darkest and
/// lightest pixel, averaged over 5 x 5 blocks.
pub fn local(picture: &Luma, blocks: Blocks) -> BitMatrix {
    match blocks {
        Blocks::Eight => by_blocks::<8>(picture),
        Blocks::Sixteen => by_blocks::<16>(picture),
    }
}

fn by_blocks<const SIDE: usize>(picture: &Luma) -> BitMatrix {
    let (width, height) = (picture.width() as usize, picture.height() as usize);
    let (across, down) = (width.div_ceil(SIDE), height.div_ceil(SIDE));
    let middles = middles::<SIDE>(picture, across, down);
    let thresholds = smooth(&middles, across, down);
    let mut line = vec![0u8; width];
    binarise(picture, |y, row| {
        if y % SIDE == 0 {
            let block_row = &thresholds[y / SIDE * across..][..across];
            for (pixels, &threshold) in line.chunks_mut(SIDE).zip(block_row) {
                pixels.fill(threshold);
            }
        }
        row.copy_from_slice(&line);
    })
}

/// The middle of the darkest and the lightest pixel of each block; 0 where they are too close.
fn middles<const SIDE: usize>(picture: &Luma, across: usize, down: usize) -> Vec<u8> {
    let width = picture.width() as usize;
    let mut middles = Vec::with_capacity(across * down);
    let mut darkest = vec![0u8; width];
    let mut lightest = vec![0u8; width];
    for rows in picture.data().chunks(SIDE * width) {
        darkest.fill(u8::MAX);
        lightest.fill(u8::MIN);
        for row in rows.chunks_exact(width) {
            for ((dark, light), &pixel) in darkest.iter_mut().zip(&mut lightest).zip(row) {
                *dark = (*dark).min(pixel);
                *light = (*light).max(pixel);
            }
        }
        for (dark, light) in darkest.chunks(SIDE).zip(lightest.chunks(SIDE)) {
            let dark = dark.iter().copied().min().unwrap_or(0);
            let light = light.iter().copied().max().unwrap_or(0);
            middles.push(if light - dark > CONTRAST { dark.midpoint(light) } else { 0 });
        }
    }
    middles
}

/// Averages the known (non-zero) middles over 5 x 5 blocks, the block itself weighted thrice, and
/// gives blocks in wide plain areas the last known threshold before them.
fn smooth(middles: &[u8], across: usize, down: usize) -> Vec<u8> {
    const REACH: usize = 2;
    // Sums and counts along each row first, then down the columns.
    let mut along = Vec::with_capacity(middles.len());
    for row in middles.chunks_exact(across) {
        for x in 0..across {
            let near = &row[x.saturating_sub(REACH)..(x + REACH + 1).min(across)];
            let sum: u16 = near.iter().map(|&m| u16::from(m)).sum();
            let known = near.iter().filter(|&&m| m > 0).count() as u16;
            along.push((sum, known));
        }
    }
    let mut thresholds = Vec::with_capacity(middles.len());
    for y in 0..down {
        let (top, bottom) = (y.saturating_sub(REACH), (y + REACH + 1).min(down));
        for x in 0..across {
            let own = u16::from(middles[y * across + x]);
            let (mut sum, mut known) = (2 * own, 2 * u16::from(own > 0));
            for row in top..bottom {
                let (s, k) = along[row * across + x];
                sum += s;
                known += k;
            }
            thresholds.push(sum.checked_div(known).unwrap_or(0) as u8);
        }
    }
    let mut last = thresholds.iter().copied().find(|&t| t > 0).unwrap_or(0);
    for threshold in &mut thresholds {
        if *threshold == 0 {
            *threshold = last;
        }
        last = *threshold;
    }
    thresholds
}

/// Compares each row with the thresholds that `thresholds(y, row)` writes; at or below is black.
fn binarise(picture: &Luma, mut thresholds: impl FnMut(usize, &mut [u8])) -> BitMatrix {
    let width = picture.width() as usize;
    // `Luma` is never empty, and emptiness is the one thing that `BitMatrix::new` refuses.
    let mut bits = BitMatrix::new(picture.width(), picture.height()).expect("a picture has pixels");
    let mut limits = vec![0u8; width];
    // Padded to whole words: `pack` takes 64 pixels at a time.
    let mut dark = vec![0u8; width.next_multiple_of(64)];
    let mut line = BitArray::with_size(width);
    for (y, row) in picture.data().chunks_exact(width).enumerate() {
        thresholds(y, &mut limits);
        for ((dark, &pixel), &limit) in dark.iter_mut().zip(row).zip(&limits) {
            *dark = u8::from(pixel <= limit);
        }
        let word = usize::BITS as usize;
        for (n, pixels) in dark.chunks_exact(word).enumerate().take(width.div_ceil(word)) {
            line.setBulk(n * word, pack(pixels));
        }
        bits.setRow(y as u32, &line);
    }
    bits
}

/// One bit a byte (0 or 1), the first byte lowest.
fn pack(bytes: &[u8]) -> usize {
    // Each byte's lowest bit is moved to its own place in the top byte by one multiplication.
    const GATHER: u64 = 0x0102_0408_1020_4080;
    bytes.as_chunks::<8>().0.iter().rev().fold(0usize, |word, eight| {
        (word << 8) | (u64::from_le_bytes(*eight).wrapping_mul(GATHER) >> 56) as usize
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packing_puts_the_first_pixel_into_the_lowest_bit() {
        let mut bytes = [0u8; 64];
        for set in [0usize, 1, 7, 8, 30, 63] {
            bytes[set] = 1;
        }
        let expected: u64 = 1 | 2 | 1 << 7 | 1 << 8 | 1 << 30 | 1 << 63;
        assert_eq!(pack(&bytes) as u64, expected);
    }

    #[test]
    fn thresholds_follow_the_light_across_the_picture() {
        // Stripes four pixels wide over light that falls from left to right: the light stripes on
        // the right are darker than the dark ones on the left.
        let (width, height) = (200u32, 50u32);
        let pixels = (0..width * height).map(|i| {
            let (x, dark) = (i % width, i % width / 4 % 2 == 0);
            (220 - x / 2 - if dark { 60 * (220 - x / 2) / 220 } else { 0 }) as u8
        });
        let picture = Luma::new(width, height, pixels.collect()).unwrap();
        for blocks in [Blocks::Eight, Blocks::Sixteen] {
            let bits = local(&picture, blocks);
            let wrong = (0..width).filter(|&x| bits.get(x, 25) != (x / 4 % 2 == 0)).count();
            assert!(wrong < 10, "{wrong} of 200 columns");
        }
    }

    #[test]
    fn a_picture_of_one_pixel_has_a_threshold() {
        let picture = Luma::new(1, 1, vec![0]).unwrap();
        local(&picture, Blocks::Eight);
    }
}
