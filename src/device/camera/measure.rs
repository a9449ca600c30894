//! What a picture tells about how the camera is held.

use crate::qr::Luma;

/// Largest preview, in pixels.
pub const PREVIEW_WIDTH: u32 = 160;
/// Largest preview, in pixels.
pub const PREVIEW_HEIGHT: u32 = 120;

/// The picture made small enough for a terminal, each pixel the mean of a square.
pub fn preview(picture: &Luma) -> Luma {
    let factor =
        picture.width().div_ceil(PREVIEW_WIDTH).max(picture.height().div_ceil(PREVIEW_HEIGHT));
    let (width, height) = (picture.width() as usize, picture.height() as usize);
    // A sliver must keep a pixel of each side.
    let (wide, high) = ((factor as usize).min(width), (factor as usize).min(height));
    let (across, down) = (width / wide, height / high);
    let mut data = Vec::with_capacity(across * down);
    let mut sums = vec![0u32; across];
    for rows in picture.data().chunks_exact(high * width) {
        sums.fill(0);
        for row in rows.chunks_exact(width) {
            for (sum, pixels) in sums.iter_mut().zip(row.chunks_exact(wide)) {
                *sum += pixels.iter().map(|&p| u32::from(p)).sum::<u32>();
            }
        }
        let pixels = (wide * high) as u32;
        data.extend(sums.iter().map(|&sum| (sum / pixels) as u8));
    }
    Luma::new(across as u32, down as u32, data).expect("no larger than the picture, and not empty")
}

/// How light and how sharp a picture is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Light {
    /// The level that one pixel in twenty is above: 0 black to 255 white.
    pub brightness: u8,
    /// The steepest change of brightness over two pixels, as a share of the picture's contrast:
    /// near 1 in focus, below 0.25 blurred. None in a picture without contrast.
    pub sharpness: Option<f32>,
}

/// Measures every fourth row.
pub fn light(picture: &Luma) -> Light {
    let mut levels = [0u32; 256];
    let mut changes = [0u32; 256];
    for row in picture.data().chunks_exact(picture.width() as usize).step_by(4) {
        for &pixel in row {
            levels[usize::from(pixel)] += 1;
        }
        for three in row.windows(3) {
            changes[usize::from(three[0].abs_diff(three[2]))] += 1;
        }
    }
    let (dark, light) = (level(&levels, 50), level(&levels, 950));
    let contrast = light - dark;
    let steepest = level(&changes, 995);
    let sharpness = (contrast >= 24).then(|| (steepest as f32 / contrast as f32).min(1.0));
    Light { brightness: light as u8, sharpness }
}

/// The level that `share` thousandths of what was counted are not above.
fn level(counts: &[u32; 256], share: u64) -> usize {
    let all: u64 = counts.iter().map(|&n| u64::from(n)).sum();
    let mut below = 0;
    counts
        .iter()
        .position(|&n| {
            below += u64::from(n);
            below * 1000 >= all * share
        })
        .unwrap_or(255)
}

/// What the last two seconds were like.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stats {
    /// Pictures a second that the camera gave.
    pub frames_per_second: f32,
    /// The share of the pictures looked at in which a code was read, 0 to 1.
    pub read_share: f32,
    /// Light and sharpness of the newest picture.
    pub light: Light,
    /// Corner marks of QR codes in the picture looked at last.
    pub marks: usize,
    /// Pixels a module of the code seen last.
    pub module: Option<f32>,
}

/// Why nothing is read, so that the screen can say what to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hint {
    /// The picture is too dark.
    TooDark,
    /// The picture is blurred: the camera is too near to focus, or moves.
    Blurred,
    /// A code is seen, but its modules are too small.
    TooFar,
    /// No code is in the picture.
    NoCode,
}

/// Modules below this many pixels are not read reliably.
const SMALL_MODULE: f32 = 2.5;

/// The most likely reason why nothing is read; None while codes are read.
pub fn hint(stats: &Stats) -> Option<Hint> {
    if stats.read_share > 0.0 {
        None
    } else if stats.light.brightness < 60 {
        Some(Hint::TooDark)
    } else if stats.marks > 0 && stats.module.is_some_and(|module| module < SMALL_MODULE) {
        // Before blur: fine modules look blurred too, and nearer helps both.
        Some(Hint::TooFar)
    } else if stats.light.sharpness.is_some_and(|sharpness| sharpness < 0.25) {
        Some(Hint::Blurred)
    } else if stats.marks == 0 {
        Some(Hint::NoCode)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture(width: u32, height: u32, pixel: impl Fn(u32, u32) -> u8) -> Luma {
        let at = |i| pixel(i % width, i / width);
        Luma::new(width, height, (0..width * height).map(at).collect()).unwrap()
    }

    #[test]
    fn a_preview_keeps_the_proportions_and_the_means() {
        let wide = preview(&picture(1280, 720, |x, _| if x % 2 == 0 { 0 } else { 200 }));
        assert_eq!((wide.width(), wide.height()), (160, 90));
        assert!(wide.data().iter().all(|&p| p == 100));
        for (width, height) in [(1, 1), (161, 120), (8192, 1), (1, 8192), (3, 8000)] {
            let small = preview(&picture(width, height, |_, _| 7));
            assert!(small.width() <= PREVIEW_WIDTH && small.height() <= PREVIEW_HEIGHT);
            assert!(small.data().iter().all(|&p| p == 7));
        }
        let small = preview(&picture(100, 50, |x, y| (x + y) as u8));
        assert_eq!((small.width(), small.height()), (100, 50));
    }

    #[test]
    fn edges_that_spread_over_many_pixels_are_blurred() {
        let edge = |spread: i32| {
            picture(320, 64, move |x, _| {
                let within = (x as i32 % 40 - 20).abs() - 10;
                (128 + (within * 200 / spread).clamp(-100, 100)) as u8
            })
        };
        let sharpness = |spread| light(&edge(spread)).sharpness.unwrap();
        assert!(sharpness(1) > 0.9);
        assert!(sharpness(12) < 0.25);
        assert!(sharpness(1) > sharpness(4) && sharpness(4) > sharpness(8));
        assert_eq!(light(&picture(64, 64, |_, _| 80)).sharpness, None);
    }

    #[test]
    fn a_dark_room_with_a_bright_screen_is_not_too_dark() {
        let screen = picture(320, 240, |x, y| if x < 100 && y < 100 { 220 } else { 5 });
        assert_eq!(light(&screen).brightness, 220);
        assert!(light(&picture(320, 240, |x, _| (x % 30) as u8)).brightness < 60);
    }

    #[test]
    fn hints_name_the_most_likely_reason() {
        let good = Stats {
            frames_per_second: 30.0,
            read_share: 0.0,
            light: Light { brightness: 200, sharpness: Some(0.8) },
            marks: 3,
            module: Some(4.0),
        };
        let with = |change: fn(&mut Stats)| {
            let mut stats = good;
            change(&mut stats);
            hint(&stats)
        };
        assert_eq!(hint(&good), None);
        assert_eq!(with(|s| s.light.brightness = 30), Some(Hint::TooDark));
        assert_eq!(with(|s| s.light.sharpness = Some(0.1)), Some(Hint::Blurred));
        assert_eq!(with(|s| s.module = Some(1.7)), Some(Hint::TooFar));
        assert_eq!(with(|s| (s.marks, s.module) = (0, None)), Some(Hint::NoCode));
        assert_eq!(with(|s| (s.read_share, s.light.brightness) = (0.1, 30)), None);
    }
}
