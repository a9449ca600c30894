//! How a framebuffer's memory is laid out: its size, its lines, the bits of a pixel.

use std::fmt;

/// Widest and highest screen, in pixels.
const MOST: u32 = 8192;

/// Where one colour stands in a pixel, as the kernel says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Channel {
    /// Bits below it.
    pub offset: u32,
    /// Its bits.
    pub length: u32,
}

/// The bits of a pixel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Format {
    depth: Depth,
    /// Red, green, blue: each within the pixel, 1 to 8 bits, none over another.
    channels: [Channel; 3],
}

/// Bytes of a pixel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Depth {
    /// 16 bits.
    Two,
    /// 24 bits.
    Three,
    /// 32 bits.
    Four,
}

impl Depth {
    /// Bytes.
    pub fn bytes(self) -> usize {
        match self {
            Self::Two => 2,
            Self::Three => 3,
            Self::Four => 4,
        }
    }
}

/// Why a framebuffer cannot be drawn to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unusable {
    /// Pixels of this many bits, or colours in them that are not known here.
    Colours {
        /// Bits of a pixel.
        bits: u32,
    },
    /// Fewer pixels than one, or more than can be.
    Size {
        /// Pixels of a line.
        width: u32,
        /// Lines.
        height: u32,
    },
    /// The lines do not fit their length, or the memory.
    Memory,
}

impl fmt::Display for Unusable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Colours { bits } => {
                write!(f, "The screen's colours ({bits} bits) are not known: choose another mode.")
            }
            Self::Size { width, height } => {
                write!(f, "The screen's size is not usable ({width} x {height}): choose another.")
            }
            Self::Memory => {
                f.write_str("The screen's memory is too small for its size: choose another mode.")
            }
        }
    }
}

impl std::error::Error for Unusable {}

impl Format {
    /// Pixels of 16, 24 or 32 bits with these places of red, green and blue.
    pub fn new(bits: u32, channels: [Channel; 3]) -> Result<Self, Unusable> {
        let depth = match bits {
            16 => Some(Depth::Two),
            24 => Some(Depth::Three),
            32 => Some(Depth::Four),
            _ => None,
        };
        let mut used = 0u64;
        let apart = channels.iter().all(|channel| {
            if !(1..=8).contains(&channel.length)
                || channel.offset > bits - channel.length.min(bits)
            {
                return false;
            }
            let mask = ((1u64 << channel.length) - 1) << channel.offset;
            let free = used & mask == 0;
            used |= mask;
            free
        });
        match depth {
            Some(depth) if apart => Ok(Self { depth, channels }),
            _ => Err(Unusable::Colours { bits }),
        }
    }

    /// Bytes of a pixel.
    pub fn depth(self) -> Depth {
        self.depth
    }

    /// The pixel that looks like `rgb`; the first bytes of it are written, lowest first (x86 is
    /// little-endian, and so are its framebuffers).
    pub fn pack(self, rgb: [u8; 3]) -> u32 {
        let parts =
            self.channels.iter().zip(rgb).map(|(channel, light)| {
                (u32::from(light) >> (8 - channel.length)) << channel.offset
            });
        parts.fold(0, |pixel, part| pixel | part)
    }

    /// How light a pixel is, 0 to 255 (the weights of ITU-R BT.601).
    pub fn light(self, pixel: u32) -> u8 {
        let [red, green, blue] = self.channels.map(|channel| {
            let most = (1 << channel.length) - 1;
            (pixel >> channel.offset & most) * 255 / most
        });
        ((299 * red + 587 * green + 114 * blue) / 1000) as u8
    }
}

/// A framebuffer's layout. All of its pixels are within its memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mode {
    width: usize,
    height: usize,
    line: usize,
    format: Format,
}

impl Mode {
    /// `width` x `height` pixels, a new line each `line` bytes, in `memory` bytes.
    pub fn new(
        width: u32,
        height: u32,
        line: u32,
        format: Format,
        memory: u32,
    ) -> Result<Self, Unusable> {
        if !(1..=MOST).contains(&width) || !(1..=MOST).contains(&height) {
            return Err(Unusable::Size { width, height });
        }
        let needed = u64::from(line) * u64::from(height);
        let mode =
            Self { width: width as usize, height: height as usize, line: line as usize, format };
        if mode.width * format.depth.bytes() > mode.line || needed > u64::from(memory) {
            return Err(Unusable::Memory);
        }
        Ok(mode)
    }

    /// Pixels of a line.
    pub fn width(&self) -> usize {
        self.width
    }

    /// Lines.
    pub fn height(&self) -> usize {
        self.height
    }

    /// Bytes from one line to the next.
    pub fn line(&self) -> usize {
        self.line
    }

    /// The bits of a pixel.
    pub fn format(&self) -> Format {
        self.format
    }

    /// Bytes of all lines.
    pub fn bytes(&self) -> usize {
        self.line * self.height
    }

    /// Where the pixel at column `x` of line `y` begins, bytes.
    pub fn place(&self, x: usize, y: usize) -> usize {
        y * self.line + x * self.format.depth.bytes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn channels(places: [(u32, u32); 3]) -> [Channel; 3] {
        places.map(|(offset, length)| Channel { offset, length })
    }

    const RGB: [(u32, u32); 3] = [(16, 8), (8, 8), (0, 8)];
    const RGB565: [(u32, u32); 3] = [(11, 5), (5, 6), (0, 5)];

    #[test]
    fn white_is_white_and_black_is_black_in_every_format() {
        for (bits, places) in [(32, RGB), (24, RGB), (16, RGB565), (32, [(0, 8), (8, 8), (16, 8)])]
        {
            let format = Format::new(bits, channels(places)).expect("a usual format");
            assert_eq!(format.light(format.pack([255; 3])), 255);
            assert_eq!(format.pack([0; 3]), 0);
            for grey in 0..=255u8 {
                let light = format.light(format.pack([grey; 3]));
                assert!(light.abs_diff(grey) <= 8, "{grey} is {light} of {bits} bits");
            }
        }
        let format = Format::new(16, channels(RGB565)).expect("a usual format");
        assert_eq!(format.pack([255, 0, 0]), 0xf800);
        assert_eq!(format.pack([0, 255, 0]), 0x07e0);
    }

    #[test]
    fn colours_that_are_not_known_are_refused() {
        for (bits, places) in [
            (8, RGB),
            (15, RGB565),
            (64, RGB),
            (0, RGB),
            (16, RGB),
            (32, [(16, 8), (8, 8), (1, 8)]),
            (32, [(20, 10), (10, 10), (0, 10)]),
            (32, [(16, 0), (8, 8), (0, 8)]),
            (32, [(u32::MAX, 8), (8, 8), (0, 8)]),
            (32, [(16, u32::MAX), (8, 8), (0, 8)]),
        ] {
            let refused = Err(Unusable::Colours { bits });
            assert_eq!(Format::new(bits, channels(places)), refused, "{places:?}");
        }
    }

    #[test]
    fn a_screen_that_does_not_fit_its_memory_is_refused() {
        let format = Format::new(32, channels(RGB)).expect("a usual format");
        let mode = |width, height, line, memory| Mode::new(width, height, line, format, memory);
        assert!(mode(640, 480, 2560, 2560 * 480).is_ok());
        assert_eq!(mode(640, 480, 2560, 2560 * 480 - 1), Err(Unusable::Memory));
        assert_eq!(mode(640, 480, 2559, u32::MAX), Err(Unusable::Memory));
        assert_eq!(mode(640, 480, u32::MAX, u32::MAX), Err(Unusable::Memory));
        for (width, height) in [(0, 480), (640, 0), (8193, 480), (640, u32::MAX)] {
            assert_eq!(mode(width, height, 1 << 16, 1), Err(Unusable::Size { width, height }));
        }
    }

    #[test]
    fn every_trouble_is_a_finished_sentence() {
        for trouble in [
            Unusable::Colours { bits: 8 },
            Unusable::Size { width: 0, height: 1 },
            Unusable::Memory,
        ] {
            assert!(trouble.to_string().ends_with('.'));
        }
    }
}
