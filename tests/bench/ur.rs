//! How many UR parts must be received, beside the `ur` crate's own decoder on the same parts.

use crate::prng::Prng;
use coldlight::transport::{Collector, Dialect, Kind, Offered, Reel, ReelOptions};

const SEEDS: u64 = 200;
const FRAGMENT: usize = 40;

/// Prints parts received until done over the part count, and holds them against the targets.
pub fn run() {
    println!("UR: parts received until done, over the part count ({SEEDS} seeds, mean)");
    println!("{:>6} {:>7} {:>10} {:>10} {:>8}", "parts", "loss", "coldlight", "ur crate", "target");
    for (parts, target) in [(50, 1.25), (200, 1.15)] {
        for loss in [0, 10, 30, 50] {
            let (ours, its) = means(parts, loss, SEEDS);
            let target = (loss == 30).then_some(target);
            let shown = target.map_or_else(String::new, |target| format!("{target:.2}"));
            println!("{parts:>6} {loss:>5} % {ours:>10.3} {its:>10.3} {shown:>8}");
            assert!(target.is_none_or(|target| ours <= target), "above the target");
        }
    }
}

/// Parts received until done over the part count, mean over seeds: by the collector, and by the `ur`
/// crate's decoder. For no seed does the collector need more.
pub fn means(parts: usize, loss: usize, seeds: u64) -> (f64, f64) {
    let (mut ours, mut its) = (0, 0);
    for seed in 0..seeds {
        let (our, their) = received(parts, loss, seed);
        assert!(our <= their, "{parts} parts, {loss} % loss, seed {seed}: {our} > {their}");
        ours += our;
        its += their;
    }
    let ratio = |sum: usize| sum as f64 / (seeds as usize * parts) as f64;
    (ratio(ours), ratio(its))
}

/// Parts received until done: by the collector, and by the `ur` crate's decoder.
fn received(parts: usize, loss: usize, seed: u64) -> (usize, usize) {
    let mut prng = Prng(seed << 32 | (parts * 100 + loss) as u64);
    // Three bytes of the message are the CBOR header.
    let message = prng.bytes(parts * FRAGMENT - 3);
    let options = ReelOptions { fragment: Some(FRAGMENT) };
    let reel = Reel::new(&message, Kind::Bytes, Dialect::Ur, options).expect("it can be shown");
    assert_eq!(reel.len(), parts);
    let (mut ours, mut its) = (Collector::default(), ur::Decoder::default());
    let (mut ours_done, mut count) = (None, 0);
    for frame in 0.. {
        if prng.chance(loss) {
            continue;
        }
        count += 1;
        let text = reel.frame(frame);
        if ours_done.is_none() {
            match ours.offer(text.as_bytes()) {
                Offered::Complete(payload) => {
                    assert!(payload.bytes() == message, "another message came out");
                    ours_done = Some(count);
                }
                Offered::New | Offered::Known => {}
                Offered::Foreign | Offered::Refused(_) => panic!("a good part was refused"),
            }
        }
        its.receive(&text.to_ascii_lowercase()).expect("a good part");
        if its.complete() {
            break;
        }
    }
    (ours_done.unwrap_or(usize::MAX), count)
}
