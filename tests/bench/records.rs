//! Verifying a record of 100,000 events, over the bare hashing and JSON parsing of its lines.

#[path = "../common/record.rs"]
mod made;

use crate::prng::Prng;
use bitcoin::hashes::{Hash, sha256};
use coldlight::record::Record;
use std::hint::black_box;
use std::time::{Duration, Instant};

const EVENTS: usize = 100_000;
const ROUNDS: usize = 5;
/// At most this times the bare work.
const TARGET: f64 = 3.0;

/// Prints the ratio and holds it against the target.
pub fn run() {
    let text = made::record(None, EVENTS, &mut Prng(7)).text;
    println!(
        "Verifying {EVENTS} events, over bare hashing and parsing (median of {ROUNDS} rounds)"
    );
    println!("{:>12} {:>12} {:>8} {:>8}", "coldlight", "bare", "ratio", "target");
    // One after the other in each round, so that both meet the same machine.
    let mut rounds: Vec<(Duration, Duration)> =
        (0..ROUNDS).map(|_| (ours(&text), bare(&text))).collect();
    let ratio = |round: &(Duration, Duration)| round.0.as_secs_f64() / round.1.as_secs_f64();
    rounds.sort_by(|a, b| ratio(a).total_cmp(&ratio(b)));
    let median = rounds[ROUNDS / 2];
    let [ours, bare] = [median.0, median.1].map(|time| time.as_secs_f64() * 1e3);
    println!("{ours:>9.1} ms {bare:>9.1} ms {:>8.2} {TARGET:>8.2}", ratio(&median));
    assert!(ratio(&median) <= TARGET, "slower than the target");
}

fn ours(text: &str) -> Duration {
    let began = Instant::now();
    let record = Record::read(text.as_bytes()).expect("the record holds");
    let took = began.elapsed();
    assert_eq!(record.entries().len(), EVENTS);
    took
}

fn bare(text: &str) -> Duration {
    let began = Instant::now();
    for line in text.lines() {
        black_box(sha256::Hash::hash(line.as_bytes()));
        black_box(serde_json::from_str::<serde_json::Value>(line).expect("each line is JSON"));
    }
    began.elapsed()
}
