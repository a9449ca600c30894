//! Which of a camera's formats to try, and in which order.

/// The pixel formats that are understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pixels {
    /// One JPEG picture a frame.
    Mjpeg,
    /// Two bytes a pixel, every second one luma.
    Yuyv,
    /// One byte a pixel.
    Gray,
}

/// One format that a camera offers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Offer {
    /// Pixel format.
    pub pixels: Pixels,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// Frames a second.
    pub rate: u32,
}

/// Least frames a second: an animated QR code changes up to five times a second, and each change
/// should be seen whole.
const LEAST_RATE: u32 = 15;

/// Frames a second that are enough; more only costs time.
const ENOUGH_RATE: u32 = 30;

/// Largest useful picture in pixels: beyond Full HD a frame costs more than its detail brings.
const MOST_PIXELS: u64 = 1920 * 1080;

/// Formats tried at most; each failed one may cost seconds.
const MOST_TRIES: usize = 8;

/// The formats to try, best first: the largest size up to Full HD that runs at 15 or more frames a
/// second; then the best of each other pixel format, since a camera that fails usually fails in
/// every size of one format; then smaller sizes; then what is larger or slower.
///
/// The size decides before the pixel format, and a webcam's larger sizes are fast enough only in
/// MJPEG: so that is usually what comes first. Where both are offered in one size and fast enough,
/// uncompressed does: a 640x480 frame with its code was read in 11 to 29 ms against 83 to 136 ms
/// (under emulation), it has no blocks around the modules, and no bytes of an older frame.
pub fn candidates(offers: &[Offer]) -> Vec<Offer> {
    let mut best: Vec<Offer> = Vec::new();
    for offer in offers {
        let area = u64::from(offer.width) * u64::from(offer.height);
        let side = crate::qr::luma::MAX_SIDE;
        if area == 0 || offer.rate == 0 || offer.width > side || offer.height > side {
            continue;
        }
        // Of several rates for one size the lowest that is enough, else the highest.
        let same = |b: &&mut Offer| {
            (b.pixels, b.width, b.height) == (offer.pixels, offer.width, offer.height)
        };
        match best.iter_mut().find(same) {
            Some(known) => {
                if better_rate(offer.rate, known.rate) {
                    known.rate = offer.rate;
                }
            }
            None => best.push(*offer),
        }
    }
    best.sort_by_key(|offer| {
        let area = u64::from(offer.width) * u64::from(offer.height);
        let slow = offer.rate < LEAST_RATE;
        let huge = area > MOST_PIXELS;
        // Among what is too large the smallest first, else the largest.
        let size = if huge { area } else { u64::MAX - area };
        (slow, huge, size, offer.pixels == Pixels::Mjpeg)
    });
    let (mut order, mut rest) = (Vec::<Offer>::new(), Vec::new());
    for offer in best {
        let again = order.iter().any(|first| first.pixels == offer.pixels);
        if again { &mut rest } else { &mut order }.push(offer);
    }
    order.append(&mut rest);
    order.truncate(MOST_TRIES);
    order
}

fn better_rate(new: u32, known: u32) -> bool {
    match (new >= ENOUGH_RATE, known >= ENOUGH_RATE) {
        (true, true) => new < known,
        (enough, false) => enough || new > known,
        (false, true) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::Pixels::{Gray, Mjpeg, Yuyv};
    use super::*;

    fn offer(pixels: Pixels, width: u32, height: u32, rate: u32) -> Offer {
        Offer { pixels, width, height, rate }
    }

    #[test]
    fn the_largest_size_that_is_fast_enough_comes_first() {
        // A usual laptop camera: YUYV is fast only when small, MJPEG always.
        let offers = [
            offer(Yuyv, 640, 480, 30),
            offer(Yuyv, 1280, 720, 10),
            offer(Mjpeg, 640, 480, 30),
            offer(Mjpeg, 1280, 720, 15),
            offer(Mjpeg, 1280, 720, 30),
            offer(Mjpeg, 1280, 720, 60),
            offer(Mjpeg, 3840, 2160, 30),
        ];
        assert_eq!(
            candidates(&offers),
            [
                offer(Mjpeg, 1280, 720, 30),
                offer(Yuyv, 640, 480, 30),
                offer(Mjpeg, 640, 480, 30),
                offer(Mjpeg, 3840, 2160, 30),
                offer(Yuyv, 1280, 720, 10),
            ]
        );
    }

    #[test]
    fn uncompressed_comes_before_mjpeg_of_the_same_size() {
        let offers = [offer(Mjpeg, 1920, 1080, 30), offer(Yuyv, 1920, 1080, 15)];
        assert_eq!(candidates(&offers)[0], offer(Yuyv, 1920, 1080, 15));
    }

    #[test]
    fn every_pixel_format_is_tried_before_the_smaller_sizes_of_one() {
        // More sizes of MJPEG than there are tries, each larger than the fast uncompressed one.
        let mut offers: Vec<_> = (1..20).map(|n| offer(Mjpeg, 640 + 16 * n, 480, 30)).collect();
        offers.push(offer(Yuyv, 640, 480, 30));
        let tried = candidates(&offers);
        assert_eq!(tried[..2], [offer(Mjpeg, 944, 480, 30), offer(Yuyv, 640, 480, 30)]);
        assert_eq!(tried.len(), MOST_TRIES);
        assert!(tried[2..].is_sorted_by(|one, next| one.width > next.width));
    }

    #[test]
    fn a_slow_camera_is_better_than_none() {
        let offers = [offer(Gray, 640, 400, 5), offer(Gray, 640, 400, 9)];
        assert_eq!(candidates(&offers), [offer(Gray, 640, 400, 9)]);
    }

    #[test]
    fn impossible_sizes_are_never_tried() {
        let offers = [
            offer(Yuyv, 0, 480, 30),
            offer(Yuyv, 640, 480, 0),
            offer(Mjpeg, u32::MAX, u32::MAX, 30),
            offer(Mjpeg, 10_000, 10, 30),
        ];
        assert_eq!(candidates(&offers), []);
    }

    #[test]
    fn a_camera_with_hundreds_of_formats_is_tried_a_few_times() {
        let offers: Vec<_> = (1..400).map(|n| offer(Yuyv, 16 * n % 1921, 9 * n, 30)).collect();
        assert_eq!(candidates(&offers).len(), MOST_TRIES);
    }
}
