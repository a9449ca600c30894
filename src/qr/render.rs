//! Drawing QR codes: bytes to modules, modules to pixels.

use super::{Luma, detect};
use qrcode::bits::Bits;
use qrcode::types::{Mode, QrError};
use qrcode::{EcLevel, QrCode, Version};
use std::fmt;
use zeroize::Zeroizing;

/// Why a text could not be drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RenderError {
    /// Longer than one code holds; the length in bytes and the limit for this kind of content.
    TooLong {
        /// Bytes asked for.
        len: usize,
        /// Bytes that fit.
        max: usize,
    },
    /// Our own detector did not read the drawn code back to the same bytes.
    NotReadBack,
}

impl fmt::Display for RenderError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLong { len, max } => write!(
                f,
                "This is {len} characters long and one QR code holds {max} of them. \
                 Choose a format that shows several codes, such as UR or BBQr."
            ),
            Self::NotReadBack => f.write_str(
                "The QR code that was drawn could not be read back, so it is not shown. \
                 Choose another density or format.",
            ),
        }
    }
}

impl std::error::Error for RenderError {}

/// How much of a code may be damaged and still be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ecc {
    /// 7 percent: the densest.
    Low,
    /// 15 percent.
    Medium,
    /// 25 percent.
    Quartile,
    /// 30 percent.
    High,
}

impl Ecc {
    fn level(self) -> EcLevel {
        match self {
            Self::Low => EcLevel::L,
            Self::Medium => EcLevel::M,
            Self::Quartile => EcLevel::Q,
            Self::High => EcLevel::H,
        }
    }
}

/// The modules of one code that our own detector has read back to the same content.
/// Can be made only by [`Modules::draw`], so that an unreadable code is never shown.
/// Wiped when dropped: a code may hold a seed. The limit of that is the encoder's own buffers.
#[derive(Clone, PartialEq, Eq)]
pub struct Modules {
    side: usize,
    dark: Zeroizing<Vec<bool>>,
}

impl Modules {
    /// Draws the smallest code (ECC level L, the densest; numeric, alphanumeric or byte mode by
    /// content) and reads it back.
    pub fn draw(content: &[u8]) -> Result<Self, RenderError> {
        Self::draw_with(content, Ecc::Low)
    }

    /// The same with another level of error correction.
    pub fn draw_with(content: &[u8], ecc: Ecc) -> Result<Self, RenderError> {
        let code = encode(content, ecc.level())?;
        let side = code.width();
        let colors = code.into_colors();
        let mut dark = Zeroizing::new(Vec::with_capacity(colors.len()));
        dark.extend(colors.into_iter().map(|color| color == qrcode::Color::Dark));
        let modules = Self { side, dark };
        modules.reads_back(content).then_some(modules).ok_or(RenderError::NotReadBack)
    }

    /// Modules on one side, without the quiet zone: 21 to 177.
    pub fn side(&self) -> usize {
        self.side
    }

    /// Is the module at column `x`, row `y` dark? Outside the code (quiet zone): light.
    pub fn dark(&self, x: isize, y: isize) -> bool {
        let side = self.side as isize;
        (0..side).contains(&x)
            && (0..side).contains(&y)
            && self.dark[y as usize * self.side + x as usize]
    }

    /// The code as a picture: `scale` pixels a module (at least 1, at most what keeps the picture
    /// within [`super::luma::MAX_SIDE`]), `quiet` light modules around (4 by ISO 18004, at most 40).
    pub fn picture(&self, scale: usize, quiet: usize) -> Luma {
        let quiet = quiet.min(40);
        let across = self.side + 2 * quiet;
        let scale = scale.clamp(1, super::luma::MAX_SIDE as usize / across);
        let mut data = Vec::with_capacity((across * scale).pow(2));
        for y in 0..across {
            let start = data.len();
            for x in 0..across {
                let dark = self.dark(x as isize - quiet as isize, y as isize - quiet as isize);
                data.extend(std::iter::repeat_n(if dark { 0 } else { 255 }, scale));
            }
            for _ in 1..scale {
                data.extend_from_within(start..start + across * scale);
            }
        }
        let side = (across * scale) as u32;
        Luma::new(side, side, data).expect("scale keeps the picture within its bounds")
    }

    fn reads_back(&self, content: &[u8]) -> bool {
        let same = |symbols: Vec<detect::Symbol>| symbols.iter().any(|s| s.bytes() == content);
        same(detect::first_pass(&self.picture(3, 4)).symbols)
            || same(detect::read(&self.picture(4, 4)))
    }
}

/// The smallest code that holds `content` in one segment: the densest mode that has all its
/// characters. No Kanji mode, into which `qrcode` would put bytes that look like Shift JIS: readers
/// give those back as text, and a seed's bytes must stay bytes.
fn encode(content: &[u8], level: EcLevel) -> Result<QrCode, RenderError> {
    let mode = mode(content);
    let version = (1..=40)
        .map(Version::Normal)
        .find(|&version| fits(mode, content.len(), version, level))
        .ok_or_else(|| too_long(mode, content.len(), level))?;
    let code = |content: &[u8]| -> Result<QrCode, QrError> {
        let mut bits = Bits::new(version);
        match mode {
            Mode::Numeric => bits.push_numeric_data(content)?,
            Mode::Alphanumeric => bits.push_alphanumeric_data(content)?,
            Mode::Byte | Mode::Kanji => bits.push_byte_data(content)?,
        }
        bits.push_terminator(level)?;
        QrCode::with_bits(bits, level)
    };
    code(content).map_err(|_| too_long(mode, content.len(), level))
}

/// ISO 18004, 7.3: the densest mode with all these characters.
fn mode(content: &[u8]) -> Mode {
    let alphanumeric =
        |b: &u8| b.is_ascii_digit() || b.is_ascii_uppercase() || b" $%*+-./:".contains(b);
    if content.is_empty() {
        Mode::Byte
    } else if content.iter().all(u8::is_ascii_digit) {
        Mode::Numeric
    } else if content.iter().all(alphanumeric) {
        Mode::Alphanumeric
    } else {
        Mode::Byte
    }
}

fn fits(mode: Mode, len: usize, version: Version, level: EcLevel) -> bool {
    // Before multiplying it by anything: no code holds more (7,089 digits, version 40-L).
    len <= 7089
        && Bits::new(version)
            .max_len(level)
            .is_ok_and(|max| 4 + mode.length_bits_count(version) + mode.data_bits_count(len) <= max)
}

fn too_long(mode: Mode, len: usize, level: EcLevel) -> RenderError {
    let largest = Version::Normal(40);
    let max = (0..=7089).rev().find(|&len| fits(mode, len, largest, level)).unwrap_or(0);
    RenderError::TooLong { len, max }
}
