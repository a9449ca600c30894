//! A seeded set of camera frames, each showing one QR code, degraded as cameras do: perspective,
//! blur by focus and shake, noise, uneven light, glare, low contrast.

use crate::random::Random;
use qrcode::bits::Bits;
use qrcode::types::{Mode, Version};
use qrcode::{Color, EcLevel, QrCode};

pub const WIDTH: usize = 1280;
pub const HEIGHT: usize = 720;

/// One frame and what its code says.
pub struct Frame {
    pub text: String,
    pub pixels: Vec<u8>,
}

/// The first `count` frames of a seed.
pub fn set(seed: u64, count: usize) -> Vec<Frame> {
    (0..count as u64).map(|n| frame(&mut Random(seed ^ (n << 32)), n as usize)).collect()
}

fn frame(random: &mut Random, n: usize) -> Frame {
    let version = 5 + (n * 36 / 7 + n) as i16 % 36;
    let (text, code) = code(random, version);
    let scene = Scene::new(random, code.width() as f32);
    let mut light = scene.draw(random, &code);
    scene.blur(&mut light);
    let pixels = scene.expose(random, &light);
    Frame { text, pixels }
}

/// A full code of one version, as coordinators make them: upper-case text, mostly level L.
fn code(random: &mut Random, version: i16) -> (String, QrCode) {
    let level = if random.below(4) == 0 { EcLevel::M } else { EcLevel::L };
    let version = Version::Normal(version);
    let mut bits = Bits::new(version);
    let room = bits.max_len(level).unwrap() - 4 - Mode::Alphanumeric.length_bits_count(version);
    let letters = (0..room * 2 / 11 - 12).map(|_| char::from(b'A' + random.below(26) as u8));
    let text = format!("UR:BYTES/1-9/{}", letters.take(room * 2 / 11 - 14).collect::<String>());
    bits.push_alphanumeric_data(text.as_bytes()).unwrap();
    bits.push_terminator(level).unwrap();
    (text, QrCode::with_bits(bits, level).unwrap())
}

/// How one frame was taken.
struct Scene {
    /// Pixel to module coordinates: a projective map, row by row.
    map: [f32; 9],
    /// Deviation of the blur of focus, in pixels.
    focus: f32,
    /// Length of the shake, in pixels, and its direction.
    shake: (f32, f32),
    /// Black and white of the screen as the camera sees them, 0 to 255.
    levels: (f32, f32),
    /// Fall of the light across the frame: share at the dark end, and direction.
    fall: (f32, f32),
    /// Glare: centre, radius, strength in levels.
    glare: [f32; 4],
    /// Deviation of the noise, in levels.
    noise: f32,
}

impl Scene {
    fn new(random: &mut Random, side: f32) -> Self {
        // The code stands in space before a pinhole camera: turned in its plane, tilted, moved.
        let turn = if random.below(3) == 0 {
            random.between(-3.1, 3.1)
        } else {
            random.between(-0.12, 0.12)
        };
        let tilt = random.between(-0.42, 0.42);
        let pan = random.between(-0.42, 0.42);
        let fill = random.between(0.55, 0.98) * HEIGHT as f32;
        let (ct, st) = (turn.cos(), turn.sin());
        let diagonal = ct.abs() + st.abs();
        let module = fill / (side + 8.0) / diagonal;
        let distance = 2.2 * HEIGHT as f32;
        let (cx, sx) = (tilt.cos(), tilt.sin());
        let (cy, sy) = (pan.cos(), pan.sin());
        // Columns of the rotation: where the code's own axes point.
        let u = [ct * cy, st * cx + ct * sy * sx, st * sx - ct * sy * cx];
        let v = [-st * cy, ct * cx - st * sy * sx, ct * sx + st * sy * cx];
        let room = |half: f32, fill: f32| (half - fill / 2.0).max(0.0);
        let slack = (room(WIDTH as f32 / 2.0, fill), room(HEIGHT as f32 / 2.0, fill));
        let (ox, oy) = (slack.0 * random.between(-1.0, 1.0), slack.1 * random.between(-1.0, 1.0));
        // Module (a, b), from the code's middle, to pixel: project module * (a u + b v) + offset.
        let half = side / 2.0;
        let z0 = distance;
        let centre = [ox, oy, 0.0];
        let row = |k: usize, base: f32| {
            let (a, b) = (module * u[k], module * v[k]);
            [a, b, base - half * (a + b)]
        };
        let (x, y) = (row(0, centre[0]), row(1, centre[1]));
        let z = row(2, 0.0);
        let w = [z[0] / z0, z[1] / z0, z[2] / z0 + 1.0];
        let to_pixel = |axis: [f32; 3], middle: f32| {
            [axis[0] + middle * w[0], axis[1] + middle * w[1], axis[2] + middle * w[2]]
        };
        let px = to_pixel(x, WIDTH as f32 / 2.0);
        let py = to_pixel(y, HEIGHT as f32 / 2.0);
        let map = inverse([px, py, w].concat().try_into().unwrap());
        let black = random.between(10.0, 70.0);
        let contrast = random.between(60.0, 170.0);
        Self {
            map,
            focus: (module * random.between(0.1, 0.5)).max(0.4),
            shake: (
                if random.below(2) == 0 { module * random.between(0.2, 0.9) } else { 0.0 },
                random.between(0.0, std::f32::consts::PI),
            ),
            levels: (black, black + contrast),
            fall: (random.between(0.25, 1.0), random.between(0.0, std::f32::consts::TAU)),
            glare: [
                random.between(0.0, WIDTH as f32),
                random.between(0.0, HEIGHT as f32),
                random.between(30.0, 160.0),
                if random.below(2) == 0 { random.between(60.0, 220.0) } else { 0.0 },
            ],
            noise: random.between(1.0, 9.0),
        }
    }

    /// The light of the code and of what lies around it, 0 dark to 1 light; each pixel the mean of
    /// nine points.
    fn draw(&self, random: &mut Random, code: &QrCode) -> Vec<f32> {
        let side = code.width() as i32;
        // The desk around the screen: patches of different light.
        let desk: Vec<f32> = (0..16 * 9).map(|_| random.between(0.1, 0.95)).collect();
        let m = &self.map;
        let mut light = Vec::with_capacity(WIDTH * HEIGHT);
        for y in 0..HEIGHT {
            for x in 0..WIDTH {
                let mut sum = 0.0;
                for (dy, dx) in [0.17f32, 0.5, 0.83]
                    .into_iter()
                    .flat_map(|dy| [0.17f32, 0.5, 0.83].into_iter().map(move |dx| (dy, dx)))
                {
                    let (px, py) = (x as f32 + dx, y as f32 + dy);
                    let w = m[6] * px + m[7] * py + m[8];
                    let a = ((m[0] * px + m[1] * py + m[2]) / w).floor() as i32;
                    let b = ((m[3] * px + m[4] * py + m[5]) / w).floor() as i32;
                    sum += if (0..side).contains(&a) && (0..side).contains(&b) {
                        let dark = code[(a as usize, b as usize)] == Color::Dark;
                        if dark { 0.0 } else { 1.0 }
                    } else if (-4..side + 4).contains(&a) && (-4..side + 4).contains(&b) {
                        1.0
                    } else {
                        desk[y * 9 / HEIGHT * 16 + x * 16 / WIDTH]
                    };
                }
                light.push(sum / 9.0);
            }
        }
        light
    }

    fn blur(&self, light: &mut Vec<f32>) {
        let reach = (3.0 * self.focus).ceil() as i32;
        let bell = |d: i32| (-0.5 * (d as f32 / self.focus).powi(2)).exp();
        let sum: f32 = (-reach..=reach).map(bell).sum();
        let focus: Vec<_> = (-reach..=reach).map(|d| (d, bell(d) / sum)).collect();
        *light = convolve(light, focus.iter().map(|&(d, share)| (d, 0, share)));
        *light = convolve(light, focus.iter().map(|&(d, share)| (0, d, share)));
        let (length, angle) = self.shake;
        if length > 0.0 {
            let steps = (2.0 * length).ceil() as i32 + 1;
            let share = 1.0 / steps as f32;
            *light = convolve(
                light,
                (0..steps).map(|step| {
                    let along = length * (step as f32 / (steps - 1) as f32 - 0.5);
                    let (dx, dy) = (along * angle.cos(), along * angle.sin());
                    (dx.round() as i32, dy.round() as i32, share)
                }),
            );
        }
    }

    fn expose(&self, random: &mut Random, light: &[f32]) -> Vec<u8> {
        let (black, white) = self.levels;
        let (dark_end, direction) = self.fall;
        let (fx, fy) = (direction.cos() / WIDTH as f32, direction.sin() / HEIGHT as f32);
        let [gx, gy, radius, strength] = self.glare;
        let mut pixels = Vec::with_capacity(light.len());
        for (i, light) in light.iter().enumerate() {
            let (x, y) = ((i % WIDTH) as f32, (i / WIDTH) as f32);
            let along = (x - WIDTH as f32 / 2.0) * fx + (y - HEIGHT as f32 / 2.0) * fy + 0.5;
            let lit = dark_end + (1.0 - dark_end) * along.clamp(0.0, 1.0);
            let away = ((x - gx).powi(2) + (y - gy).powi(2)) / radius.powi(2);
            let glare = strength * (-away).exp();
            let level = (black + (white - black) * light) * lit + glare;
            pixels.push((level + self.noise * random.normal()).round().clamp(0.0, 255.0) as u8);
        }
        pixels
    }
}

fn convolve(light: &[f32], taps: impl Iterator<Item = (i32, i32, f32)>) -> Vec<f32> {
    let mut out = vec![0.0; light.len()];
    for (dx, dy, share) in taps {
        for (y, row) in out.chunks_exact_mut(WIDTH).enumerate() {
            let from = (y as i32 + dy).clamp(0, HEIGHT as i32 - 1) as usize * WIDTH;
            for (x, out) in row.iter_mut().enumerate() {
                let x = (x as i32 + dx).clamp(0, WIDTH as i32 - 1) as usize;
                *out += share * light[from + x];
            }
        }
    }
    out
}

/// The inverse of a projective map, up to a factor.
fn inverse(m: [f32; 9]) -> [f32; 9] {
    let [a, b, c, d, e, f, g, h, i] = m;
    [
        e * i - f * h,
        c * h - b * i,
        b * f - c * e,
        f * g - d * i,
        a * i - c * g,
        c * d - a * f,
        d * h - e * g,
        b * g - a * h,
        a * e - b * d,
    ]
}
