//! What the demo camera sees: the screen of an online computer that plays a PSBT as animated QR,
//! a little askew, unevenly lit and noisy. Pure: frame `n` is always the same picture.

use crate::qr::{Luma, Modules};
use crate::transport::{Dialect, Kind, Reel, ReelOptions};

/// Width and height of the pictures, in pixels.
const SIZE: (usize, usize) = (640, 480);

/// Bytes of PSBT a code: what phones and laptops read well.
const FRAGMENT: usize = 100;

/// Pictures for each code before the next one is shown.
const HELD: usize = 2;

/// How light the dark and the light modules and the room around the screen are, 0 to 255.
const DARK: f32 = 38.0;
const LIGHT: f32 = 214.0;
const ROOM: f32 = 72.0;

/// The demo's pictures.
pub struct Pictures {
    reel: Reel,
    code: Option<(usize, Modules)>,
}

impl Pictures {
    /// Pictures of a screen that plays `psbt`; None when it cannot be shown.
    pub fn new(psbt: &[u8]) -> Option<Self> {
        let options = ReelOptions { fragment: Some(FRAGMENT) };
        let reel = Reel::new(psbt, Kind::Psbt, Dialect::Ur, options).ok()?;
        Some(Self { reel, code: None })
    }

    /// Picture `n`, from 0 without end.
    pub fn picture(&mut self, n: usize) -> Option<Luma> {
        let part = n / HELD;
        if self.code.as_ref().is_none_or(|(drawn, _)| *drawn != part) {
            let code = Modules::draw(self.reel.frame(part).as_bytes()).ok()?;
            self.code = Some((part, code));
        }
        let (_, code) = self.code.as_ref()?;
        take(code, n)
    }
}

/// Photographs `code` with the sway of picture `n`.
fn take(code: &Modules, n: usize) -> Option<Luma> {
    let (width, height) = SIZE;
    let sway = |period: f32, size: f32| (n as f32 / period).sin() * size;
    let angle = 0.035 + sway(9.0, 0.02);
    let (tilt_x, tilt_y) = (0.07 + sway(13.0, 0.03), -0.05 + sway(11.0, 0.03));
    let (shift_x, shift_y) = (sway(7.0, 0.03), sway(5.0, 0.02));
    let (sine, cosine) = angle.sin_cos();
    let modules = code.side() as f32 + 8.0;
    let mut noise = Noise(0x9e37_79b9 ^ n as u32);
    let mut data = Vec::with_capacity(width * height);
    for y in 0..height {
        for x in 0..width {
            // from the picture, in units of half its height, onto the screen (a projective map)
            let u = (x as f32 - width as f32 / 2.0) / (height as f32 / 2.0) + shift_x;
            let v = (y as f32 - height as f32 / 2.0) / (height as f32 / 2.0) + shift_y;
            let depth = 1.0 + tilt_x * u + tilt_y * v;
            let across = (cosine * u - sine * v) / depth;
            let down = (sine * u + cosine * v) / depth;
            // the code with its quiet zone takes nine tenths of the height
            let place = |at: f32| (at / 0.9 + 1.0) / 2.0 * modules - 4.0;
            let (column, row) = (place(across), place(down));
            let on_screen = |at: f32| (-4.0..modules - 4.0).contains(&at);
            let light = if !on_screen(column) || !on_screen(row) {
                ROOM
            } else if code.dark(column.floor() as isize, row.floor() as isize) {
                DARK
            } else {
                LIGHT
            };
            let uneven = 1.0 - 0.12 * (u + 1.0) / 2.0;
            data.push((light * uneven + noise.next()).clamp(0.0, 255.0) as u8);
        }
    }
    Luma::new(width as u32, height as u32, data)
}

/// A small generator of camera noise (xorshift; not for anything else).
struct Noise(u32);

impl Noise {
    /// From -12 to 12.
    fn next(&mut self) -> f32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 17;
        self.0 ^= self.0 << 5;
        (self.0 % 25) as f32 - 12.0
    }
}
