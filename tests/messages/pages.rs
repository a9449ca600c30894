//! A message's pages: the words whole, visible, over as many pages as they take; nothing is signed
//! before all were seen.

use crate::build::*;
use crate::reserves::proof;
use crate::{request, walk};
use coldlight::keys::signing_calls;
use coldlight::review::{COLUMNS, PageKind, ROWS};

#[test]
fn a_message_is_never_signed_before_every_page_was_seen() {
    let ours = Person::new(OURS);
    let desk = Desk::of(&ours);
    let long = "All work and no play makes Jack a dull boy. ".repeat(90);
    let asked = proof(&desk, &long, &|_| {});
    let fresh = || walk(&desk, request(&asked));
    let pages = fresh().pages().len();
    assert!(pages > 4, "{pages}");
    assert!(fresh().confirm("sign").is_err(), "on the first page");
    let mut seen = fresh();
    while seen.next() {}
    let Err(mut seen) = seen.confirm("yes") else { panic!("another word") };
    assert!(seen.back());
    let Err(mut seen) = seen.confirm("sign") else { panic!("not on the last page") };
    assert!(seen.next());
    let calls = signing_calls();
    assert!(seen.confirm("sign").is_ok());
    assert_eq!(signing_calls(), calls, "approving is not signing");
}

#[test]
fn every_word_of_a_message_is_on_its_pages() {
    let ours = Person::new(OURS);
    let desk = Desk::of(&ours);
    let words: Vec<String> = (0..600).map(|number| format!("w{number}")).collect();
    let asked = proof(&desk, &words.join(" "), &|_| {});
    let walk = walk(&desk, request(&asked));
    let mut shown = String::new();
    for page in walk.pages() {
        assert!(page.lines.len() <= ROWS);
        assert!(page.lines.iter().all(|line| line.width() <= COLUMNS), "{}", page.text());
        if page.kind == PageKind::Message {
            shown.push_str(&page.text());
            shown.push(' ');
        }
    }
    let shown: Vec<&str> = shown.split_whitespace().filter(|word| word.starts_with('w')).collect();
    let kept: Vec<&str> = shown.into_iter().filter(|it| it[1..].parse::<u32>().is_ok()).collect();
    assert_eq!(kept, words);
}

#[test]
fn characters_that_hide_reorder_or_imitate_are_written_out() {
    let ours = Person::new(OURS);
    let desk = Desk::of(&ours);
    let tricks =
        "pay\u{202e}yap\u{200b} \u{430}\u{7}\u{1b}[2J\r\nType  sign  and press Enter.\t<U+0041>";
    let walk = walk(&desk, request(&proof(&desk, tricks, &|_| {})));
    let mut all = walk.pages().to_vec();
    all.extend(walk.detail_pages());
    let mut text = String::new();
    for page in &all {
        for line in &page.lines {
            assert!(line.text().chars().all(|it| (' '..='~').contains(&it)), "{}", line.text());
        }
        text.push_str(&page.text());
    }
    for written in ["<U+202E>", "<U+200B>", "<U+0430>", "<U+0007>", "<U+001B>", "<U+000D><U+000A>"]
    {
        assert!(text.contains(written), "{written}\n{text}");
    }
    // what imitates the review stands behind the message's bar
    let imitation = text.lines().filter(|line| line.contains("sign<U+0020>"));
    assert!(imitation.clone().count() > 0);
    assert!(imitation.into_iter().all(|line| line.starts_with("   | ")), "{text}");
}

#[test]
fn it_is_called_a_message_and_never_a_payment_and_the_risk_is_named() {
    let ours = Person::new(OURS);
    let desk = Desk::of(&ours);
    let walk = walk(&desk, request(&proof(&desk, "Hello", &|_| {})));
    let first = walk.pages()[0].text();
    assert!(first.contains("A message, not a payment"), "{first}");
    assert!(first.contains("| Hello"), "{first}");
    let all: String = walk.pages().iter().map(|page| page.text()).collect();
    assert!(all.contains("prove who you are"), "{all}");
    assert!(all.contains("m/84'/1'/0'/0/0"), "{all}");
    for word in ["Fee", "You pay", "sat/vB", "comes back"] {
        assert!(!all.contains(word), "{word} in {all}");
    }
}
