//! A registration that is kept as a code: loaded again as it was, or refused.

use super::*;
use coldlight::qr::read;
use coldlight::transport::{Collector, Offered};
use coldlight::ui::qr::photograph;

/// Registers the firm with Bob's label, and reads its code off the screen.
fn code() -> String {
    let mut stage = opened(120, 50);
    show(&mut stage, &firm());
    stage.press(Key::Char('l'));
    stage.press(Key::Down);
    stage.type_keys("\nBob\n");
    stage.press(Key::Esc);
    stage.take_wallet();
    stage.press(Key::Char('q'));
    let mut collector = Collector::default();
    for _ in 0..200 {
        let (buffer, area) = stage.draw();
        let seen = area.and_then(|area| photograph(&buffer, area));
        for symbol in seen.iter().flat_map(read) {
            if let Offered::Complete(payload) = collector.offer(symbol.bytes()) {
                return String::from_utf8(payload.bytes().to_vec()).expect("it is text");
            }
        }
        stage.tick(250);
    }
    panic!("the code is never whole:\n{}", stage.text());
}

#[test]
fn a_known_wallet_that_comes_again_keeps_its_name_and_labels() {
    let mut stage = opened(80, 25);
    show(&mut stage, &firm());
    stage.type_keys("l");
    stage.press(Key::Down);
    stage.type_keys("\nBob\n");
    stage.press(Key::Esc);
    stage.take_wallet();
    stage.press(Key::Esc);
    stage.press(Key::Char('a'));
    stage.codes(&[&firm()]);
    says(&stage, "It is registered already.");
    stage.take_wallet();
    stage.press(Key::Esc);
    says(&stage, "> Wallet 1");
    stage.press(Key::Enter);
    tells(&mut stage, "3 of: you, Bob,");
}

#[test]
fn a_code_loads_the_wallet_with_its_labels_and_only_the_same_seed_takes_it() {
    let text = code();
    let mut stage = opened(80, 25);
    show(&mut stage, &text);
    says(&stage, "kept here before; unaltered, as the open seed's code shows");
    tells(&mut stage, "3 of: you, Bob,");
    stage.take_wallet();
    // another seed
    let mut other = self::stage(80, 25);
    other.type_keys("ot");
    other.type_keys(BOB);
    other.type_keys(" \n\n");
    other.tick(1);
    other.press(Key::Enter);
    show(&mut other, &text);
    says(&other, "This registration was made with the seed 73c5da0a, and b8688df1 is open.");
    // none
    let mut closed = self::stage(80, 25);
    show(&mut closed, &text);
    says(&closed, "no wallet is open");
}

#[test]
fn an_altered_code_is_refused_whatever_was_altered() {
    let text = code();
    let at = |what: &str| text.find(what).unwrap_or_else(|| panic!("{what}: {text}"));
    for place in [at("Bob"), at("older(") + 6, at("Network: ") + 9, at("multi(") + 6] {
        let mut altered = text.clone().into_bytes();
        altered[place] ^= 1;
        let altered = String::from_utf8(altered).expect("it is text");
        let mut stage = opened(80, 25);
        show(&mut stage, &altered);
        says(&stage, "This registration was altered after it was made");
        stage.press(Key::Enter);
        says(&stage, "None is registered.");
    }
}
