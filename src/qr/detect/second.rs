//! The second tries, for pictures that the first pass does not read.

use super::threshold::{self, Blocks};
use super::{Look, guarded, sharpen, sweep};
use crate::qr::Luma;

/// Tries in the order of what each buys for its time, measured by `scripts/bench`; stops at the
/// first that reads something.
pub fn tries(picture: &Luma, look: &mut Look) {
    let tries: [fn(&Luma, &mut Look); 4] = [sharpened, halved, inverted, by_rqrr];
    for attempt in tries {
        guarded(|| attempt(picture, look));
        if !look.symbols.is_empty() {
            return;
        }
    }
}

fn sharpened(picture: &Luma, look: &mut Look) {
    sweep::rxing(&threshold::local(&sharpen::sharpened(picture), Blocks::Eight), look);
}

fn halved(picture: &Luma, look: &mut Look) {
    if let Some(small) = sharpen::halved(picture) {
        sweep::rxing(&threshold::local(&small, Blocks::Eight), look);
    }
}

fn inverted(picture: &Luma, look: &mut Look) {
    let mut bits = threshold::local(picture, Blocks::Eight);
    bits.flip_self();
    sweep::rxing(&bits, look);
}

fn by_rqrr(picture: &Luma, look: &mut Look) {
    sweep::rqrr(picture, look);
}
