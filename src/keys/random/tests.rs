//! Sources that fail, and sources that only look random.

use super::*;

/// Gives whatever the closure gives for the number of the byte (from 0) and of the call.
struct Stub<F>(F, u64, u64);

impl<F: FnMut(u64, u64) -> Option<u8> + Send> RandomSource for Stub<F> {
    fn fill(&mut self, bytes: &mut [u8]) -> Result<(), RandomError> {
        self.2 += 1;
        for byte in bytes {
            *byte = (self.0)(self.1, self.2 - 1).ok_or(RandomError::Failed)?;
            self.1 += 1;
        }
        Ok(())
    }
}

fn generator(byte: impl FnMut(u64, u64) -> Option<u8> + Send + 'static) -> Generator {
    Generator::new(Stub(byte, 0, 0))
}

/// SplitMix64's output function: looks random, and is a function of `at`.
fn scattered(at: u64) -> u8 {
    let mut mixed = at.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    (mixed ^ (mixed >> 31)) as u8
}

/// Draws until it fails, 64 KiB at most; gives the error and the bytes that came out before.
fn until_it_fails(generator: &mut Generator) -> Option<(RandomError, usize)> {
    let mut came = 0;
    while came < 1 << 16 {
        let mut bytes = [0x55; 32];
        if let Err(error) = generator.fill(&mut bytes) {
            assert_eq!(bytes, [0; 32], "what was drawn is wiped");
            return Some((error, came));
        }
        came += bytes.len();
    }
    None
}

/// Fails before a byte of it came out.
fn gives_nothing(byte: impl FnMut(u64, u64) -> Option<u8> + Send + 'static, error: RandomError) {
    assert_eq!(until_it_fails(&mut generator(byte)), Some((error, 0)));
}

#[test]
fn a_healthy_source_passes_and_its_start_is_not_given_out() {
    let mut healthy = generator(|at, _| Some(scattered(at)));
    let mut bytes = [0; 40];
    assert_eq!(healthy.fill(&mut bytes), Ok(()));
    assert!(bytes.iter().enumerate().all(|(at, byte)| *byte == scattered(1024 + at as u64)));
    // 40 bytes took three blocks, the last of them in part
    assert_eq!(healthy.array::<8>().map(|bytes| bytes[0]), Ok(scattered(1024 + 48)));
    assert_eq!(until_it_fails(&mut healthy), None);
}

#[test]
fn a_failing_source_gives_nothing() {
    gives_nothing(|_, _| None, RandomError::Failed);
}

#[test]
fn a_source_that_stops_within_a_draw_gives_nothing_of_it() {
    gives_nothing(|at, _| (at < 100).then(|| scattered(at)), RandomError::Failed);
    let mut late = generator(|at, _| (at < 1024 + 40).then(|| scattered(at)));
    assert_eq!(until_it_fails(&mut late), Some((RandomError::Failed, 32)));
}

#[test]
fn a_constant_source_gives_nothing() {
    for constant in [0, 1, 0x55, 0xff] {
        gives_nothing(move |_, _| Some(constant), RandomError::Unhealthy);
    }
}

#[test]
fn a_source_that_gives_the_same_at_each_call_gives_nothing() {
    let mut at = (0, 0);
    let again = move |_, call| {
        at = if at.1 == call { (at.0 + 1, call) } else { (0, call) };
        Some(scattered(at.0))
    };
    gives_nothing(again, RandomError::Unhealthy);
}

#[test]
fn a_source_with_a_short_period_gives_nothing() {
    for period in [2, 8, 24, 32, 48, 256, 512] {
        gives_nothing(move |at, _| Some(scattered(at % period)), RandomError::Unhealthy);
    }
}

#[test]
fn a_source_with_a_longer_period_is_caught_when_its_beginning_comes_again() {
    let mut long = generator(|at, _| Some(scattered(at % 4096)));
    assert_eq!(until_it_fails(&mut long), Some((RandomError::Unhealthy, 4096 - 1024)));
}

#[test]
fn a_biased_source_is_caught() {
    // seven bytes of ten are zero
    let biased = |at: u64| if scattered(!at) < 180 { 0 } else { scattered(at) };
    gives_nothing(move |at, _| Some(biased(at)), RandomError::Unhealthy);
    // sixteen values, as of a source that gives half a byte
    let mut nibbles = generator(|at, _| Some(scattered(at) & 0x0f));
    let caught = until_it_fails(&mut nibbles);
    assert_eq!(caught.map(|(error, _)| error), Some(RandomError::Unhealthy));
}

#[test]
fn a_source_that_becomes_constant_is_caught_in_the_same_draw() {
    let mut stuck = generator(|at, _| Some(if at < 4096 { scattered(at) } else { 7 }));
    let mut bytes = [1; 8192];
    assert_eq!(stuck.fill(&mut bytes), Err(RandomError::Unhealthy));
    assert!(bytes.iter().all(|byte| *byte == 0));
}

#[test]
fn a_failure_is_the_last_word() {
    let mut hiccup = generator(|at, call| (call != 70).then(|| scattered(at)));
    let first = until_it_fails(&mut hiccup);
    assert!(matches!(first, Some((RandomError::Failed, came)) if came > 0));
    for _ in 0..3 {
        assert_eq!(hiccup.array::<32>().err(), Some(RandomError::Failed));
    }
    let mut sick = generator(|at, call| Some(if call == 66 { 0 } else { scattered(at) }));
    assert!(until_it_fails(&mut sick).is_some());
    assert_eq!(sick.array::<1>().err(), Some(RandomError::Unhealthy));
}

#[test]
fn each_error_is_a_sentence_with_what_to_do() {
    for error in [RandomError::Failed, RandomError::Unhealthy] {
        assert!(error.to_string().contains("Nothing was made."), "{error}");
    }
}
