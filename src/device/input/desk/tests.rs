//! Who may type, question by question.

use super::*;

fn id(number: u32) -> DeviceId {
    DeviceId::parse(&format!("/devices/usb1/input/input{number}")).unwrap()
}

/// Digits 1 2 3 4 5 6 7 8 9 0 and over again.
fn dice() -> Dice {
    let mut next = 0;
    Box::new(move || {
        next = (next + 1) % 10;
        Some(next)
    })
}

/// The machine has started with keyboard 1.
fn started() -> Desk {
    let mut desk = Desk::new(None, dice());
    assert!(desk.plugged(id(1), "built in".into()).is_none());
    desk.started();
    desk
}

/// The same, and keyboard 1 was used.
fn in_use() -> Desk {
    let mut desk = started();
    assert!(desk.typed(&id(1)).is_none());
    desk
}

/// What was said, in short: a newcomer by its name and digits, settled as a full stop.
fn told<'a>(news: impl IntoIterator<Item = &'a News>) -> String {
    let said = news.into_iter().map(|news| match news {
        News::Newcomer(newcomer) => {
            format!("{} {}", newcomer.name, newcomer.challenge.as_deref().unwrap_or("?"))
        }
        News::NewcomerSettled => ".".into(),
        _ => "something else".into(),
    });
    said.collect::<Vec<_>>().join(" ")
}

fn answer(question: u32, agreed: bool) -> Admission {
    Admission { question, agreed }
}

fn type_digits(desk: &mut Desk, id: &DeviceId, digits: &str) -> String {
    let digits = digits.bytes().map(|digit| digit - b'0');
    told(&digits.flat_map(|digit| desk.digit(id, digit)).collect::<Vec<_>>())
}

#[test]
fn what_is_there_at_the_start_may_type_and_what_comes_later_may_not() {
    let mut desk = Desk::new(None, dice());
    desk.started(); // there is no keyboard yet: the start goes on
    assert!(desk.plugged(id(1), "first".into()).is_none());
    assert!(desk.plugged(id(2), "second".into()).is_none());
    desk.started();
    desk.typed(&id(1));
    assert_eq!(told(&desk.plugged(id(3), "stick".into())), "stick ?");
    assert!(desk.heed(&id(1)) == Heed::Keys && desk.heed(&id(2)) == Heed::Keys);
    assert!(desk.heed(&id(3)) == Heed::Nothing);
    assert_eq!(desk.trusted(), [id(1), id(2)]);
}

#[test]
fn a_newcomer_may_type_only_when_it_was_agreed_to() {
    let mut desk = in_use();
    desk.plugged(id(2), "new".into());
    assert_eq!(told(&desk.answered(answer(1, true))), ".");
    assert!(desk.heed(&id(2)) == Heed::Keys);

    desk.plugged(id(3), "stick".into());
    assert_eq!(told(&desk.answered(answer(2, false))), ".");
    assert!(desk.heed(&id(3)) == Heed::Nothing);
    assert!(desk.answered(answer(2, true)).is_empty(), "declined is declined");
    assert!(desk.heed(&id(3)) == Heed::Nothing);
}

#[test]
fn one_question_stands_at_a_time_and_the_others_wait_their_turn() {
    let mut desk = in_use();
    assert_eq!(told(&desk.plugged(id(2), "two".into())), "two ?");
    assert_eq!(told(&desk.plugged(id(3), "three".into())), "");
    assert_eq!(told(&desk.plugged(id(4), "four".into())), "");
    assert_eq!(told(&desk.answered(answer(1, false))), ". three ?");
    assert_eq!(told(&desk.unplugged(&id(4))), "");
    assert_eq!(told(&desk.answered(answer(2, true))), ".");
}

#[test]
fn an_answer_to_one_question_is_none_to_the_next() {
    let mut desk = in_use();
    desk.plugged(id(2), "mine".into());
    desk.plugged(id(3), "stick".into());
    assert_eq!(told(&desk.unplugged(&id(2))), ". stick ?");
    // the user still saw the first question when agreeing
    assert!(desk.answered(answer(1, true)).is_empty());
    assert!(desk.heed(&id(3)) == Heed::Nothing);
}

#[test]
fn pulling_a_newcomer_out_settles_the_question() {
    let mut desk = in_use();
    desk.plugged(id(2), "stick".into());
    assert_eq!(told(&desk.unplugged(&id(2))), ".");
    assert!(desk.answered(answer(1, true)).is_empty());
    assert_eq!(desk.trusted(), [id(1)]);
}

#[test]
fn plugged_in_again_by_the_same_name_it_is_a_newcomer_again() {
    let mut desk = in_use();
    desk.plugged(id(2), "mine".into());
    desk.answered(answer(1, true));
    desk.unplugged(&id(2));
    assert_eq!(told(&desk.plugged(id(3), "mine".into())), "mine ?");
    assert!(desk.heed(&id(3)) == Heed::Nothing);
}

#[test]
fn where_no_keyboard_is_left_the_newcomer_types_the_digits_on_the_screen() {
    let mut desk = in_use();
    desk.unplugged(&id(1));
    assert_eq!(told(&desk.plugged(id(2), "other".into())), "other 1234");
    assert!(desk.heed(&id(2)) == Heed::Digits);
    assert!(desk.answered(answer(1, true)).is_empty(), "nobody can agree elsewhere");
    assert!(desk.heed(&id(2)) == Heed::Digits);
    assert_eq!(type_digits(&mut desk, &id(2), "1234"), ".");
    assert!(desk.heed(&id(2)) == Heed::Keys);
}

#[test]
fn a_stick_that_types_blindly_does_not_pass() {
    let mut desk = in_use();
    desk.unplugged(&id(1));
    desk.plugged(id(2), "stick".into());
    assert_eq!(type_digits(&mut desk, &id(2), "0000"), "stick 5678");
    assert_eq!(type_digits(&mut desk, &id(2), "1234"), "stick 9012");
    assert_eq!(type_digits(&mut desk, &id(2), "0000"), ".");
    assert!(desk.heed(&id(2)) == Heed::Nothing);
    assert_eq!(type_digits(&mut desk, &id(2), "901234567890"), "");
    // again, as another device: more digits
    desk.unplugged(&id(2));
    assert_eq!(told(&desk.plugged(id(3), "stick".into())), "stick 789012");
}

#[test]
fn a_keyboard_that_never_typed_is_no_dead_end() {
    let mut desk = started();
    assert_eq!(told(&desk.plugged(id(2), "new".into())), "new 1234");
    // it types after all: the question can be asked there
    assert_eq!(told(&desk.typed(&id(1))), "new ?");
    assert!(desk.heed(&id(2)) == Heed::Nothing);
    assert_eq!(type_digits(&mut desk, &id(2), "1234"), "");
    assert_eq!(told(&desk.answered(answer(2, true))), ".");
    assert!(desk.heed(&id(2)) == Heed::Keys);
}

#[test]
fn the_question_turns_to_digits_when_the_last_keyboard_is_pulled_out() {
    let mut desk = in_use();
    desk.plugged(id(2), "new".into());
    assert_eq!(told(&desk.unplugged(&id(1))), "new 1234");
    assert!(desk.heed(&id(2)) == Heed::Digits);
}

#[test]
fn the_next_process_trusts_the_same_devices_and_no_others() {
    let mut desk = Desk::new(Some(vec![id(1)]), dice());
    desk.started();
    assert_eq!(told(&desk.plugged(id(1), "built in".into())), "");
    assert_eq!(told(&desk.plugged(id(2), "declined before".into())), "declined before 1234");
    assert_eq!(desk.trusted(), [id(1)]);
    let mut desk = Desk::new(Some(vec![]), dice());
    assert_eq!(told(&desk.plugged(id(1), "any".into())), "any 1234");
}

#[test]
fn without_chance_nothing_is_asked_and_nobody_passes() {
    let mut desk = Desk::new(Some(vec![]), Box::new(|| None));
    assert_eq!(told(&desk.plugged(id(1), "any".into())), "");
    assert!(desk.heed(&id(1)) == Heed::Nothing);
}
