//! Pictures made from a picture, in which a reader sees more: smaller, or with the detail of the
//! modules lifted out of blur and noise.

use crate::qr::Luma;
use zeroize::Zeroizing;

/// Half as wide and high, each pixel the mean of four. None below two pixels.
pub fn halved(picture: &Luma) -> Option<Luma> {
    let width = picture.width() as usize;
    let (across, down) = (width / 2, picture.height() as usize / 2);
    let mut data = Vec::with_capacity(across * down);
    for pair in picture.data().chunks_exact(2 * width) {
        let (upper, lower) = pair.split_at(width);
        let twos = upper.as_chunks::<2>().0.iter().zip(lower.as_chunks::<2>().0);
        data.extend(twos.map(|([a, b], [c, d])| {
            ((u16::from(*a) + u16::from(*b) + u16::from(*c) + u16::from(*d) + 2) / 4) as u8
        }));
    }
    Luma::new(across as u32, down as u32, data)
}

/// Lifts the detail between two sizes (deviations of Gaussian bells, in pixels): what is finer than
/// `fine` is noise and goes, what lies between `fine` and `coarse` is tripled. With both in
/// proportion to the module this undoes much of a blur without raising the noise.
pub fn lifted(picture: &Luma, fine: f32, coarse: f32) -> Luma {
    let (fine, coarse) = (blurred(picture, fine), blurred(picture, coarse));
    let lift = |(&fine, &coarse): (&u8, &u8)| {
        let (fine, coarse) = (i16::from(fine), i16::from(coarse));
        (3 * fine - 2 * coarse).clamp(0, 255) as u8
    };
    let data = fine.data().iter().zip(coarse.data()).map(lift).collect();
    Luma::new(picture.width(), picture.height(), data).expect("as many pixels as before")
}

/// The picture through a Gaussian bell of this deviation, in pixels.
fn blurred(picture: &Luma, deviation: f32) -> Luma {
    let (width, height) = (picture.width() as usize, picture.height() as usize);
    let weights = bell(deviation);
    let reach = weights.len() - 1;
    let data = picture.data();
    let row = |y: usize| &data[y * width..][..width];
    let mut out = Vec::with_capacity(data.len());
    let mut sums = vec![0u16; width];
    // One row, blurred down the columns, with its ends repeated on both sides.
    let mut padded = Zeroizing::new(vec![0u8; width + 2 * reach]);
    for y in 0..height {
        weigh(&mut sums, row(y), row(y), 0, weights[0]);
        for (d, &weight) in weights.iter().enumerate().skip(1) {
            let (above, below) = (row(y.saturating_sub(d)), row((y + d).min(height - 1)));
            weigh(&mut sums, above, below, 1, weight);
        }
        for (pixel, &sum) in padded[reach..reach + width].iter_mut().zip(&sums) {
            *pixel = (sum >> 8) as u8;
        }
        let (first, last) = (padded[reach], padded[reach + width - 1]);
        padded[..reach].fill(first);
        padded[reach + width..].fill(last);
        let shifted = |d: usize| &padded[d..][..width];
        weigh(&mut sums, shifted(reach), shifted(reach), 0, weights[0]);
        for (d, &weight) in weights.iter().enumerate().skip(1) {
            weigh(&mut sums, shifted(reach - d), shifted(reach + d), 1, weight);
        }
        out.extend(sums.iter().map(|&sum| (sum >> 8) as u8));
    }
    Luma::new(picture.width(), picture.height(), out).expect("as many pixels as before")
}

/// Sets (`keep` 0) or raises (`keep` 1) each sum by the weighted pixels. The middle's weight comes
/// halved, for its pixel comes twice. Sixteen bits are enough: all weights sum to 256.
fn weigh(sums: &mut [u16], a: &[u8], b: &[u8], keep: u16, weight: u16) {
    for ((sum, &a), &b) in sums.iter_mut().zip(a).zip(b) {
        *sum = *sum * keep + weight * (u16::from(a) + u16::from(b));
    }
}

/// Half a Gaussian bell in 256ths, from the middle (halved) outwards; both halves sum to 256.
fn bell(deviation: f32) -> Vec<u16> {
    // Wider bells are asked for with a smaller picture instead.
    let deviation = deviation.clamp(0.3, 8.0);
    let reach = (2.5 * deviation).ceil() as usize;
    let height = |d: usize| (-0.5 * (d as f32 / deviation).powi(2)).exp();
    let sum = 0.5 * height(0) + (1..=reach).map(height).sum::<f32>();
    let mut weights: Vec<u16> =
        (1..=reach).map(|d| (128.0 * height(d) / sum).round() as u16).collect();
    // The middle takes what rounding left over; it is the largest by far.
    weights.insert(0, 128 - weights.iter().sum::<u16>().min(127));
    weights
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stripes(width: u32, height: u32, period: u32) -> Luma {
        let pixel = |i: u32| if (i % width / period).is_multiple_of(2) { 100 } else { 140 };
        Luma::new(width, height, (0..width * height).map(pixel).collect()).unwrap()
    }

    fn contrast(picture: &Luma) -> u8 {
        let middle = &picture.data()[picture.width() as usize * 8..][20..60];
        middle.iter().max().unwrap() - middle.iter().min().unwrap()
    }

    #[test]
    fn a_bell_keeps_the_brightness() {
        for deviation in [0.0, 0.3, 0.5, 1.0, 2.2, 5.0, 8.0, f32::INFINITY] {
            assert_eq!(bell(deviation).iter().sum::<u16>(), 128, "{deviation}");
            for level in [0, 1, 200, 255] {
                let plain = Luma::new(40, 30, vec![level; 1200]).unwrap();
                assert!(blurred(&plain, deviation).data().iter().all(|&p| p == level));
                assert!(lifted(&plain, 0.5, deviation).data().iter().all(|&p| p == level));
            }
        }
    }

    #[test]
    fn lifting_raises_modules_and_lowers_noise() {
        // Modules of four pixels; noise of one.
        assert!(contrast(&lifted(&stripes(80, 16, 4), 0.8, 2.4)) > 50);
        assert!(contrast(&lifted(&stripes(80, 16, 1), 0.8, 2.4)) < 30);
        assert!(contrast(&blurred(&stripes(80, 16, 4), 4.0)) < 10);
    }

    #[test]
    fn slivers_are_filtered_too() {
        for (width, height) in [(1, 1), (1, 9), (9, 1), (2, 2), (3, 3)] {
            let sliver = Luma::new(width, height, vec![9; (width * height) as usize]).unwrap();
            assert_eq!(lifted(&sliver, 1.0, 3.0).data(), sliver.data());
            let half = halved(&sliver).map(|h| (h.width(), h.height()));
            let fits = width > 1 && height > 1;
            assert_eq!(half, fits.then_some((width / 2, height / 2)));
        }
    }
}
