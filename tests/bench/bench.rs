//! What the program is measured against, as ratios in one run. `scripts/bench` sets up the peers
//! and starts this; arguments choose subjects, none means all.

mod frames;
mod memory;
#[path = "../common/prng.rs"]
mod prng;
mod qr;
mod random;
mod records;
mod signing;
mod startup;
mod ur;
mod wallets;

/// A subject's name, and what measures and prints it.
type Subject = (&'static str, fn());

const SUBJECTS: &[Subject] = &[
    ("qr", qr::run),
    ("ur", ur::run),
    ("signing", signing::run),
    ("wallets", wallets::run),
    ("memory", memory::run),
    ("records", records::run),
    ("startup", startup::run),
];

fn main() {
    // Cargo adds flags of its own (`--bench`).
    let wanted: Vec<String> = std::env::args().skip(1).filter(|a| !a.starts_with('-')).collect();
    let known = |name: &String| SUBJECTS.iter().any(|(subject, _)| subject == name);
    if let Some(unknown) = wanted.iter().find(|name| !known(name)) {
        let names: Vec<_> = SUBJECTS.iter().map(|(name, _)| *name).collect();
        eprintln!("There is no subject {unknown}. Choose among: {}.", names.join(", "));
        std::process::exit(1);
    }
    for (name, run) in SUBJECTS {
        if wanted.is_empty() || wanted.iter().any(|w| w == name) {
            println!("\n== {name}");
            run();
        }
    }
}
