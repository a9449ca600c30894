//! A grey picture, the only form in which light enters the program.

use zeroize::Zeroize;

/// Widest and highest picture accepted, in pixels.
pub const MAX_SIDE: u32 = 8192;

/// An 8-bit grey picture, row by row without padding. Wiped when dropped: a frame may show a seed.
pub struct Luma {
    width: u32,
    height: u32,
    data: Vec<u8>,
}

impl Luma {
    /// `data` must hold exactly `width * height` bytes; neither side may be 0 or above [`MAX_SIDE`].
    pub fn new(width: u32, height: u32, data: Vec<u8>) -> Option<Self> {
        let fits = (1..=MAX_SIDE).contains(&width)
            && (1..=MAX_SIDE).contains(&height)
            && data.len() == width as usize * height as usize;
        fits.then_some(Self { width, height, data })
    }

    /// Width in pixels.
    pub fn width(&self) -> u32 {
        self.width
    }

    /// Height in pixels.
    pub fn height(&self) -> u32 {
        self.height
    }

    /// The pixels, 0 black to 255 white, row by row.
    pub fn data(&self) -> &[u8] {
        &self.data
    }
}

impl Drop for Luma {
    fn drop(&mut self) {
        self.data.zeroize();
    }
}
