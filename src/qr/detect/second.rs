//! The second tries, for pictures that the first pass does not read.

use super::threshold::{self, Blocks};
use super::{Look, filter, guarded, sweep};
use crate::qr::Luma;

/// One try: what it does with the picture.
type Try = fn(&Luma, &mut Look);

/// The cheap ones first. `scripts/bench` says what each buys: of the frames that the first pass
/// misses `halved` reads a quarter in 2 ms, and all together read three quarters.
const TRIES: [Try; 5] = [halved, halved_and_lifted, small_lifted, module_lifted, large_lifted];

/// Tries one after the other until something is read.
pub fn tries(picture: &Luma, look: &mut Look) {
    for (n, attempt) in TRIES.into_iter().enumerate() {
        // Lifting shows the corner marks of blurred codes too: where even that shows none, no code
        // is to be expected, and an empty frame should not cost more.
        if n > 1 && look.marks == 0 {
            break;
        }
        guarded(|| attempt(picture, look));
        if !look.symbols.is_empty() {
            return;
        }
    }
    guarded(|| inverted(picture, look));
    if look.symbols.is_empty() && look.marks > 0 {
        guarded(|| by_rqrr(picture, look));
    }
}

/// Averages noise away.
fn halved(picture: &Luma, look: &mut Look) {
    if let Some(half) = filter::halved(picture) {
        sweep::rxing(&threshold::local(&half, Blocks::Eight), 2.0, look);
    }
}

fn halved_and_lifted(picture: &Luma, look: &mut Look) {
    if let Some(half) = filter::halved(picture) {
        let lifted = filter::lifted(&half, FINE * 3.0, COARSE * 3.0);
        sweep::rxing(&threshold::local(&lifted, Blocks::Sixteen), 2.0, look);
    }
}

/// Dense codes that fill the frame: 3 to 4 pixels a module.
fn small_lifted(picture: &Luma, look: &mut Look) {
    lifted(picture, 3.5, look);
}

/// By the size of the modules of the corner marks seen.
fn module_lifted(picture: &Luma, look: &mut Look) {
    // Close to a size that has its own try this would find nothing new.
    match look.module {
        Some(module) if !(3.0..4.2).contains(&module) => lifted(picture, module, look),
        _ => {}
    }
}

fn large_lifted(picture: &Luma, look: &mut Look) {
    lifted(picture, 6.0, look);
}

/// What is lifted, as shares of a module: these two read most among those tried.
const FINE: f32 = 0.2;
const COARSE: f32 = 0.6;

/// Lifts the detail of modules of this size, in pixels. Larger ones than 8 pixels keep their detail
/// in a smaller picture, for less time.
fn lifted(picture: &Luma, mut module: f32, look: &mut Look) {
    let (mut small, mut reduction) = (None, 1.0);
    while module > 8.0 {
        let Some(half) = filter::halved(small.as_ref().unwrap_or(picture)) else { break };
        small = Some(half);
        module /= 2.0;
        reduction *= 2.0;
    }
    let picture = small.as_ref().unwrap_or(picture);
    let lifted = filter::lifted(picture, FINE * module, COARSE * module);
    for blocks in [Blocks::Sixteen, Blocks::Eight] {
        sweep::rxing(&threshold::local(&lifted, blocks), reduction, look);
        if !look.symbols.is_empty() {
            return;
        }
    }
}

fn inverted(picture: &Luma, look: &mut Look) {
    let mut bits = threshold::local(picture, Blocks::Eight);
    bits.flip_self();
    sweep::rxing(&bits, 1.0, look);
}

/// rqrr reads more, and in a quarter of the time, where noise is averaged away first; below 480
/// pixels the modules would become too small.
fn by_rqrr(picture: &Luma, look: &mut Look) {
    let large = picture.width().min(picture.height()) >= 480;
    match large.then(|| filter::halved(picture)).flatten() {
        Some(half) => sweep::rqrr(&half, look),
        None => sweep::rqrr(picture, look),
    }
}
