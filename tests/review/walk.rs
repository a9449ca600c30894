//! The walk: no page can be skipped, and nothing but the word confirms.

use crate::build::*;
use coldlight::review::{PageKind, Walk};

fn walk() -> Walk {
    let ours = Person::new(OURS);
    let mut draft = Draft::ordinary(&ours);
    draft.pay(payee(), 100);
    Desk::of(&ours).reviewed(&draft).walk()
}

#[test]
fn nothing_is_approved_before_every_page_was_seen() {
    let pages = walk().pages().len();
    assert!(pages >= 4);
    for seen in 1..pages {
        let mut walk = walk();
        for _ in 1..seen {
            assert!(walk.next());
        }
        assert!(!walk.seen_all());
        let walk = walk.confirm("sign").err().expect("not yet");
        assert_eq!(walk.position(), seen - 1, "the walk is given back where it was");
    }
}

#[test]
fn only_the_word_on_the_last_page_approves() {
    let seen = || {
        let mut walk = walk();
        while walk.next() {}
        assert!(walk.seen_all() && walk.at_confirm());
        assert_eq!(walk.page().kind, PageKind::Confirm);
        walk
    };
    for typed in ["", "s", "Sign", "sign ", "signs", "yes"] {
        assert!(seen().confirm(typed).is_err(), "{typed}");
    }
    let mut back = seen();
    assert!(back.back());
    assert!(back.confirm("sign").is_err(), "all was seen, but another page is shown");
    assert!(seen().confirm("sign").is_ok());
}

#[test]
fn back_stops_at_the_first_page_and_next_at_the_last() {
    let mut walk = walk();
    assert!(!walk.back());
    assert_eq!(walk.position(), 0);
    while walk.next() {}
    let last = walk.position();
    assert!(!walk.next());
    assert_eq!(walk.position(), last);
}

#[test]
fn what_is_all_signed_cannot_be_approved() {
    let ours = Person::new(OURS);
    let desk = Desk::of(&ours);
    let signed = desk.sign(&Draft::ordinary(&ours));
    let coldlight::review::Examined::Reviewed(reviewed) = desk.examine_psbt(signed) else {
        panic!("refused")
    };
    let mut walk = reviewed.walk();
    while walk.next() {}
    assert_eq!(walk.to_sign(), 0);
    assert!(walk.confirm("sign").is_err());
}
