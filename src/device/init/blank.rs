//! The screen made black where nobody else can any more: after the signer has ended.

use std::fs::File;
use std::io::Write;

/// Largest picture that is blanked, bytes: 8192 x 8192 pixels of four bytes.
const MOST: usize = 8192 * 8192 * 4;

/// Writes black over the framebuffer until it is full, and clears the text console with what it
/// scrolled away. Where either is missing there is nothing to blank.
pub(super) fn screen() {
    if let Ok(mut framebuffer) = File::options().write(true).open("/dev/fb0") {
        let black = [0; 64 * 1024];
        for _ in 0..MOST / black.len() {
            // Past its end the framebuffer says that there is no room.
            if !matches!(framebuffer.write(&black), Ok(1..)) {
                break;
            }
        }
    }
    // ECMA-48: home, clear the screen, clear what was scrolled away.
    let _ = std::fs::write("/dev/tty1", "\x1b[H\x1b[2J\x1b[3J");
}
