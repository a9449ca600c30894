//! Children of a wallet (BIP85): shown once, and kept in the list of what was given to whom.

use super::*;
use coldlight::app::Child;
use coldlight::keys::{Application, Child as Derived, Passphrase, Seed};
use coldlight::wallet::Network;

fn derived(words: &str, application: Application, index: u32) -> String {
    let words = Mnemonic::parse(words).unwrap_or_else(|error| panic!("{error}"));
    let seed = Seed::open(&words, &Passphrase::new(""), Network::Test);
    match seed.child(application, index).unwrap_or_else(|error| panic!("{error}")) {
        Derived::Words(words) => words.words().collect::<Vec<_>>().join(" "),
        Derived::Text(text) => text.to_string(),
    }
}

#[test]
fn a_child_is_shown_once_and_its_index_is_kept_with_its_purpose() {
    let mut stage = open(TWELVE, 80, 25);
    stage.type_keys("bc");
    says(&stage, "None was given so far.");
    stage.type_keys("n1\nPhone wallet?\n");
    let application = Application::Words { language: Language::English, count: 12 };
    for (place, word) in derived(TWELVE, application, 0).split(' ').enumerate() {
        assert!(stage.text().contains(&format!("{:>2} {word}", place + 1)), "{}", stage.text());
    }
    says(&stage, "m/83696968'/39'/0'/12'/0'");
    stage.press(Key::Enter);
    says(&stage, "Phone wallet?");
    let child = Child { application, index: 0, purpose: "Phone wallet?".into(), at: Some(CLOCK) };
    assert_eq!(stage.app.children(), [child]);
    // the next one is another index; the first one is called out
    stage.type_keys("n1");
    says(&stage, "[ 1_ ]");
    stage.press(Key::Backspace);
    stage.press(Key::Char('0'));
    says(&stage, "Given already");
    stage.press(Key::Enter);
    says(&stage, "Phone wallet?");
    stage.press(Key::Esc);
    stage.press(Key::Esc);
    // another kind has indices of its own
    stage.press(Key::Char('2'));
    says(&stage, "[ 0_ ]");
}

#[test]
fn every_kind_is_derived() {
    let kinds = [
        ('2', Application::Words { language: Language::English, count: 18 }),
        ('3', Application::Words { language: Language::English, count: 24 }),
        ('4', Application::Xprv),
        ('5', Application::Wif),
        ('6', Application::Hex { bytes: 32 }),
        ('7', Application::Base64Password { length: 21 }),
        ('8', Application::Base85Password { length: 20 }),
    ];
    let mut stage = open(TWENTYFOUR, 80, 25);
    stage.type_keys("bc");
    for (key, application) in kinds {
        stage.press(Key::Char('n'));
        stage.press(Key::Char(key));
        stage.type_keys("\nx\n");
        let shown = squeezed(&stage.text());
        for part in derived(TWENTYFOUR, application, 0).split(' ') {
            // a long line is cut into rows, each behind a number
            for row in part.as_bytes().chunks(32) {
                let row = String::from_utf8_lossy(row);
                assert!(shown.contains(&*row), "{row}:\n{}", stage.text());
            }
        }
        stage.press(Key::Enter);
    }
    assert_eq!(stage.app.children().len(), kinds.len());
}

#[test]
fn an_index_that_is_none_is_refused_and_a_purpose_is_asked_for() {
    let mut stage = open(TWELVE, 80, 25);
    stage.type_keys("bcn1");
    stage.press(Key::Backspace);
    stage.press(Key::Enter);
    says(&stage, "An index is a whole number from 0 on.");
    stage.type_keys("2147483648\n");
    says(&stage, "too large");
    (0..10).for_each(|_| stage.press(Key::Backspace));
    stage.type_keys("7\n   \n");
    says(&stage, "What is it for?");
    assert!(stage.app.children().is_empty());
}

#[test]
fn locking_forgets_the_list_with_the_wallet() {
    let mut stage = open(TWELVE, 80, 25);
    stage.type_keys("bcn1\nA\n");
    stage.press(Key::Enter);
    assert_eq!(stage.app.children().len(), 1);
    stage.press(Key::Esc);
    stage.press(Key::Esc);
    stage.press(Key::Char('l'));
    assert!(stage.app.children().is_empty() && stage.app.drills().is_empty());
}
