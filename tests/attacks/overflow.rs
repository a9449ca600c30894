//! Numbers chosen to wrap around: a negative fee, a sum of zero.

use crate::build::*;
use coldlight::review::Code::*;
use coldlight::review::Place::*;

#[test]
fn outputs_whose_sum_wraps_around_are_refused() {
    let ours = Person::new(OURS);
    let mut draft = Draft::ordinary(&ours);
    draft.pay(payee(), u64::MAX);
    draft.pay(payee(), 1);
    let examined = Desk::of(&ours).examine(&draft);
    assert_refused(&examined, ValueRange, Output(2));
    assert_refused(&examined, ValueRange, Tx);
    assert_eq!(examined.facts().fee, None);
}

#[test]
fn inputs_whose_sum_wraps_around_are_refused() {
    let ours = Person::new(OURS);
    let mut draft = Draft::ordinary(&ours);
    draft.spend(&ours_at(&ours, 0, 1), u64::MAX);
    draft.spend(&ours_at(&ours, 0, 2), u64::MAX);
    let examined = Desk::of(&ours).examine(&draft);
    assert_refused(&examined, ValueRange, Input(1));
    assert_refused(&examined, ValueRange, Tx);
    assert_eq!(examined.facts().fee, None);
    // and its pages can be drawn
    assert!(!examined.facts().detail_pages().is_empty());
    assert!(!examined.facts().pages().is_empty());
}

#[test]
fn every_value_in_range_but_their_sum_is_not() {
    let ours = Person::new(OURS);
    let mut draft = Draft::ordinary(&ours);
    for _ in 0..3 {
        draft.pay(payee(), 2_100_000_000_000_000);
    }
    let examined = Desk::of(&ours).examine(&draft);
    assert_refused(&examined, ValueRange, Tx);
    assert!(
        !codes(examined.facts())
            .iter()
            .any(|found| matches!(found.2, Output(_)) && found.0 == ValueRange)
    );
}
