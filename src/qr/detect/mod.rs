//! Reading QR codes off a picture: rxing leads, rqrr gives the second opinion.
//!
//! The first pass reads nearly every frame that can be read at all and costs a few milliseconds.
//! Only a frame that fails it pays for the second tries (`read`).
//!
//! A limit: symbols and pictures are wiped, the readers' own working memory is not. Whoever reads a
//! seed code ends the process afterwards.

mod filter;
mod second;
mod sweep;
mod threshold;

use super::Luma;
use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};
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

/// What one picture showed.
#[derive(Default)]
pub struct Look {
    /// All QR codes read, each once.
    pub symbols: Vec<Symbol>,
    /// The corner marks ("finder patterns") seen, read or not. A QR code has three.
    pub marks: usize,
    /// Pixels a module, from the largest corner mark. None without one.
    pub module: Option<f32>,
}

impl Look {
    fn add(&mut self, bytes: Zeroizing<Vec<u8>>) {
        if !self.symbols.iter().any(|known| known.bytes == bytes) {
            self.symbols.push(Symbol { bytes });
        }
    }
}

/// All QR codes in the picture, each once.
pub fn read(picture: &Luma) -> Vec<Symbol> {
    look(picture).symbols
}

/// All QR codes in the picture, and what else tells a person how to hold the camera.
pub fn look(picture: &Luma) -> Look {
    let mut look = first_pass(picture);
    if look.symbols.is_empty() {
        second::tries(picture, &mut look);
    }
    look
}

/// The first pass alone: for pictures that are known to be clean.
pub fn first_pass(picture: &Luma) -> Look {
    let mut look = Look::default();
    guarded(|| sweep::rxing(&threshold::local(picture, threshold::Blocks::Eight), 1.0, &mut look));
    look
}

thread_local! {
    static GUARDED: Cell<bool> = const { Cell::new(false) };
}

/// Is this thread inside a reader whose panics are caught? A panic hook asks, and keeps quiet then:
/// such a panic is one unreadable picture, and its text would run across the screen.
pub fn is_guarded() -> bool {
    GUARDED.get()
}

/// Runs a reader that is not ours. rxing and rqrr index and unwrap by geometry that a hostile
/// picture can bend; a panic there means that this picture is not read (None), not that the signer
/// ends. What is left half done in a `Look` is only ever whole symbols, so it stays usable.
pub fn guarded<T>(reader: impl FnOnce() -> T) -> Option<T> {
    let outer = GUARDED.replace(true);
    let done = catch_unwind(AssertUnwindSafe(reader));
    GUARDED.set(outer);
    done.ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_in_a_reader_is_an_unread_picture() {
        assert!(!is_guarded());
        let mut look = Look::default();
        guarded(|| {
            look.add(Zeroizing::new(b"kept".to_vec()));
            assert!(is_guarded());
            std::panic::resume_unwind(Box::new(()));
        });
        assert!(!is_guarded());
        assert_eq!(look.symbols.len(), 1);
    }

    #[test]
    fn the_same_content_is_reported_once() {
        let mut look = Look::default();
        for content in [b"one".as_slice(), b"two", b"one"] {
            look.add(Zeroizing::new(content.to_vec()));
        }
        assert_eq!(look.symbols.len(), 2);
    }
}
