//! Honest throws pass, and what is no chance is named.

use super::*;

/// SplitMix64.
struct Prng(u64);

impl Prng {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % limit
    }

    fn throws(&mut self, count: usize, faces: u8) -> Vec<u8> {
        (0..count).map(|_| self.below(u64::from(faces)) as u8).collect()
    }
}

fn of(text: &str) -> Vec<u8> {
    text.bytes().map(|digit| digit - b'1').collect()
}

fn flaw(thrown: &[u8], faces: u8) -> Option<Flaw> {
    judge(thrown, faces).flaw
}

#[test]
fn honest_throws_are_called_flawed_at_most_once_in_ten_thousand_times() {
    const RUNS: usize = 10_000;
    let mut prng = Prng(4);
    for (count, faces) in [(50, 6), (99, 6), (30, 20), (60, 20), (128, 2), (256, 2)] {
        let flawed = (0..RUNS).filter(|_| flaw(&prng.throws(count, faces), faces).is_some());
        assert!(flawed.count() <= 1, "{count} throws, {faces} faces");
    }
}

#[test]
fn honest_throws_are_hardly_ever_called_flawed_while_they_come() {
    const RUNS: usize = 1_000;
    let mut prng = Prng(5);
    for (count, faces) in [(99, 6), (60, 20), (256, 2)] {
        let flawed = (0..RUNS).filter(|_| {
            let thrown = prng.throws(count, faces);
            (1..=count).any(|so_far| flaw(&thrown[..so_far], faces).is_some())
        });
        assert!(flawed.count() <= 1, "{count} throws, {faces} faces");
    }
}

#[test]
fn a_loaded_die_is_named_with_the_face_that_comes_too_often() {
    let mut prng = Prng(6);
    let mut named = 0;
    for _ in 0..1_000 {
        // the six comes in half of the throws
        let loaded: Vec<u8> =
            (0..99).map(|_| if prng.below(2) == 0 { 5 } else { prng.below(5) as u8 }).collect();
        let judged = judge(&loaded, 6);
        if matches!(judged.flaw, Some(Flaw::Biased { face: 5, came }) if came > 30) {
            named += 1;
            // its true min-entropy is 1 bit a throw
            assert!(judged.credit <= Bits::whole(130), "{}", judged.credit);
        }
    }
    assert!(named > 950, "{named}");
}

#[test]
fn a_coin_that_falls_on_one_side_is_named() {
    let mut prng = Prng(7);
    let named = (0..1_000).filter(|_| {
        let loaded: Vec<u8> = (0..128).map(|_| u8::from(prng.below(10) < 8)).collect();
        matches!(flaw(&loaded, 2), Some(Flaw::Biased { face: 1, .. } | Flaw::TooManyEqual))
    });
    assert!(named.count() > 950);
}

#[test]
fn throws_that_are_all_the_same_count_for_nothing() {
    for (count, faces) in [(50, 6), (99, 6), (60, 20), (128, 2)] {
        let same = Judgement { credit: Bits::ZERO, flaw: Some(Flaw::AllTheSame) };
        assert_eq!(judge(&vec![1; count], faces), same);
    }
    assert_eq!(flaw(&[3; 5], 6), None, "five of a kind happen");
}

#[test]
fn sequences_up_and_down_and_in_steps_are_named() {
    for (block, times) in [("123456", 9), ("654321", 9), ("135", 17), ("246", 17)] {
        let judged = judge(&of(&block.repeat(times)), 6);
        assert_eq!(judged.flaw, Some(Flaw::Sequence), "{block}");
        assert_eq!(judged.credit, Bits::of_choices(6).times(2), "{block}");
    }
}

#[test]
fn a_block_that_comes_again_is_named_with_its_length() {
    for block in ["16", "2416", "1443625516", "35162216354461263514422613355426124135"] {
        let judged = judge(&of(&block.repeat(99 / block.len() + 1)), 6);
        assert_eq!(judged.flaw, Some(Flaw::Repeats(block.len())), "{block}");
        assert_eq!(judged.credit, Bits::of_choices(6).times(block.len()), "{block}");
    }
}

#[test]
fn coins_that_alternate_count_for_nothing() {
    let alternating: Vec<u8> = (0..128).map(|at| at % 2).collect();
    let judged = judge(&alternating, 2);
    assert_eq!(judged, Judgement { credit: Bits::ZERO, flaw: Some(Flaw::TooFewEqual) });
}

#[test]
fn throws_in_groups_of_the_same_are_named() {
    let groups: Vec<u8> = (0..6).flat_map(|face| [face; 9]).collect();
    let judged = judge(&groups, 6);
    assert_eq!(judged.flaw, Some(Flaw::TooManyEqual));
    assert_eq!(judged.credit, Bits::of_choices(6).times(6));
}

#[test]
fn made_up_throws_that_never_repeat_a_face_are_named() {
    let mut prng = Prng(8);
    let mut last = 0;
    let made_up: Vec<u8> = (0..99)
        .map(|_| {
            last = (last + 1 + prng.below(5) as u8) % 6;
            last
        })
        .collect();
    assert_eq!(flaw(&made_up, 6), Some(Flaw::TooFewEqual));
}

#[test]
fn more_honest_throws_make_up_for_a_flaw() {
    let mut prng = Prng(9);
    let mut thrown = of(&"123456".repeat(4));
    assert_eq!(judge(&thrown, 6).credit, Bits::of_choices(6).times(2));
    thrown.extend(prng.throws(60, 6));
    assert!(judge(&thrown, 6).credit >= Bits::whole(128), "{}", judge(&thrown, 6).credit);
}

#[test]
fn the_tail_of_the_binomial_distribution_is_the_known_one() {
    // (1/6)^8, and 1 - (5/6)^10
    assert!((at_least(8, 8, 6) / 5.953_741_8e-7 - 1.0).abs() < 1e-6);
    assert!((at_least(10, 1, 6) - 0.838_494_4).abs() < 1e-6);
    assert_eq!(at_least(10, 0, 6), 1.0);
    assert!(at_least(512, 512, 2) > 0.0);
    assert_eq!(at_least(3, 4, 6), 0.0);
}
