//! Drawing QR codes: bytes to modules, modules to pixels.

use super::Luma;

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

/// The modules of one code that our own detector has read back to the same content.
/// Can be made only by [`Modules::draw`], so that an unreadable code is never shown.
#[derive(Clone, PartialEq, Eq)]
pub struct Modules {
    side: usize,
    dark: Vec<bool>,
}

impl Modules {
    /// Draws the smallest code (ECC level L, the densest; numeric, alphanumeric or byte mode by
    /// content) and reads it back.
    pub fn draw(content: &[u8]) -> Result<Self, RenderError> {
        let _ = content;
        todo!()
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

    /// The code as a picture: `scale` pixels a module, `quiet` light modules around.
    pub fn picture(&self, scale: usize, quiet: usize) -> Luma {
        let _ = (scale, quiet);
        todo!()
    }
}
