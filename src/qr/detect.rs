//! Reading QR codes off a picture: rxing leads, rqrr gives the second opinion.

use super::Luma;
use zeroize::Zeroizing;

/// One QR code that was read. May hold a seed: no `Debug`, no `Clone`, wiped when dropped.
pub struct Symbol {
    bytes: Zeroizing<Vec<u8>>,
}

impl Symbol {
    /// The content, segment after segment: numeric and alphanumeric as ASCII, byte mode raw
    /// (CompactSeedQR is binary).
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The content as text, where it is UTF-8.
    pub fn text(&self) -> Option<&str> {
        std::str::from_utf8(&self.bytes).ok()
    }

    /// A symbol from known content (the demo camera, tests).
    pub fn new(bytes: Vec<u8>) -> Self {
        Self { bytes: Zeroizing::new(bytes) }
    }
}

/// All QR codes in the picture, each once.
pub fn read(picture: &Luma) -> Vec<Symbol> {
    let _ = picture;
    todo!()
}
