//! Wallets that coordinators wrote down: read from every form, over the published vectors; attacks on
//! a registration; hostile input.

#[path = "../common/alloc.rs"]
mod alloc;
mod attacks;
#[path = "../common/mod.rs"]
mod common;
mod descriptors;
mod exports;
mod formats;
mod hostile;
mod meaning;
mod people;
#[path = "../common/prng.rs"]
mod prng;
mod registry;
mod search;
mod sentences;
mod texts;

use common::vectors;
use std::process::ExitCode;

fn main() -> ExitCode {
    let mut tests = Vec::new();
    tests.extend(descriptors::tests());
    tests.extend(formats::tests());
    tests.extend(registry::tests());
    tests.extend(meaning::tests());
    tests.extend(attacks::tests());
    tests.extend(exports::tests());
    tests.extend(search::tests());
    tests.extend(sentences::tests());
    tests.extend(hostile::tests());
    vectors::run(tests)
}
