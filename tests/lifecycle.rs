//! A key's life on screen: its state, what each means for a payment, and its replacement by another
//! key to the last coin.

#[path = "common/build.rs"]
mod build;
#[path = "common/stage.rs"]
mod stage;

use build::{BOB, Draft, OURS, Person, definite, ours_at, payee};
use coldlight::app::{Event, Key, Screen};
use coldlight::transport::{Dialect, Kind, Reel, ReelOptions};
use stage::Stage;

/// The stage's clock.
const DATE: &str = "2026-05-28 20:26 UTC";

fn terminal() -> Stage {
    let mut settings = stage::settings();
    settings.demo = false;
    Stage::with(settings, 80, 25)
}

fn open(stage: &mut Stage, words: &str) {
    stage.type_keys("ot");
    stage.type_keys(words);
    stage.type_keys(" \n\n");
    stage.tick(1);
    stage.press(Key::Enter);
    says(stage, "is open.");
}

/// Everything that is not a space, so that wrapping does not matter.
fn squeezed(text: &str) -> String {
    text.split_whitespace().collect()
}

fn says(stage: &Stage, what: &str) {
    assert!(squeezed(&stage.text()).contains(&squeezed(what)), "{what}:\n{}", stage.text());
}

/// Presses a key on a page that has been read.
fn agree(stage: &mut Stage, key: Key) {
    stage.read_screen();
    stage.send(Event::Key(key));
    stage.tick(1);
}

/// From home: the open key becomes that.
fn becomes(stage: &mut Stage, letter: char, state: &str) {
    stage.press(Key::Char('k'));
    stage.press(Key::Char(letter));
    agree(stage, Key::Char('y'));
    says(stage, &format!("is {state}."));
    stage.press(Key::Esc);
}

/// From home: scans a payment.
fn scan(stage: &mut Stage, draft: &Draft) {
    stage.press(Key::Char('s'));
    let reel = Reel::new(&draft.psbt.serialize(), Kind::Psbt, Dialect::Ur, ReelOptions::default());
    let reel = reel.unwrap_or_else(|error| panic!("{error}"));
    for part in 0..reel.len() {
        if matches!(stage.app.screen(), Screen::Scan(_)) {
            stage.codes(&[&reel.part(part)]);
        }
    }
    stage.tick(1);
}

/// Signs what is reviewed, and comes home.
fn sign(stage: &mut Stage) {
    while let Screen::Review(_) = stage.app.screen() {
        stage.press(Key::Enter);
    }
    stage.type_keys("sign\n");
    stage.tick(1);
    assert!(matches!(stage.app.screen(), Screen::Answer(_)), "{}", stage.text());
    stage.press(Key::Enter);
    stage.press(Key::Enter);
}

fn drill_words(stage: &mut Stage, words: &str) {
    stage.type_keys("b1d");
    stage.type_keys(words);
    stage.type_keys(" \n");
    stage.tick(1);
    says(stage, "This backup opens this wallet.");
    stage.press(Key::Enter);
    stage.press(Key::Esc);
    assert!(matches!(stage.app.screen(), Screen::Home(_)), "{}", stage.text());
}

/// All of one coin to an address of the person's.
fn sweep(from: &Person, to: &Person) -> Draft {
    let mut draft = Draft::new();
    draft.spend(&ours_at(from, 0, 0), 1_000_000);
    draft.pay(definite(&ours_at(to, 0, 4)).script_pubkey(), 999_000);
    draft
}

#[test]
fn a_drill_and_a_signature_move_a_key_on_and_each_change_is_dated() {
    let mut stage = terminal();
    open(&mut stage, OURS);
    stage.press(Key::Char('k'));
    says(&stage, "Wallet 73c5da0a is made.");
    says(&stage, "made date not known");
    stage.press(Key::Esc);
    drill_words(&mut stage, OURS);
    stage.press(Key::Char('k'));
    says(&stage, "Wallet 73c5da0a is drilled.");
    says(&stage, &format!("drilled {DATE}"));
    stage.press(Key::Esc);
    scan(&mut stage, &Draft::ordinary(&Person::new(OURS)));
    sign(&mut stage);
    stage.press(Key::Char('k'));
    says(&stage, "Wallet 73c5da0a is active.");
    says(&stage, &format!("active {DATE}"));
    says(&stage, "kept until you lock, and no longer");
}

#[test]
fn a_change_is_asked_for_and_esc_leaves_all_as_it_was() {
    let mut stage = terminal();
    open(&mut stage, OURS);
    stage.type_keys("kc");
    says(&stage, "Is it compromised from now on?");
    says(&stage, "There is no way back");
    stage.press(Key::Char('y')); // typed ahead: nobody has read it
    says(&stage, "Is it compromised from now on?");
    stage.press(Key::Esc);
    says(&stage, "Wallet 73c5da0a is made.");
    // what the table has not is not offered, and its key does nothing
    stage.press(Key::Char('r'));
    says(&stage, "Wallet 73c5da0a is made.");
    assert!(!squeezed(&stage.text()).contains("Itisretirednow"), "{}", stage.text());
}

#[test]
fn a_suspended_key_signs_nothing_keeps_the_payment_and_is_resumed() {
    let mut stage = terminal();
    open(&mut stage, OURS);
    becomes(&mut stage, 'a', "active");
    becomes(&mut stage, 's', "suspended");
    scan(&mut stage, &Draft::ordinary(&Person::new(OURS)));
    says(&stage, "This key is suspended");
    says(&stage, "make it active again: k at home");
    stage.press(Key::Enter);
    says(&stage, "waits to be reviewed");
    becomes(&mut stage, 'a', "active");
    stage.press(Key::Char('s'));
    stage.tick(1);
    sign(&mut stage);
    assert_eq!(stage.app.signatures(), 1);
}

#[test]
fn a_compromised_key_without_a_successor_signs_nothing() {
    let mut stage = terminal();
    open(&mut stage, OURS);
    becomes(&mut stage, 'c', "compromised");
    for draft in [Draft::ordinary(&Person::new(OURS)), sweep(&Person::new(OURS), &Person::new(BOB))]
    {
        scan(&mut stage, &draft);
        says(&stage, "This key is compromised");
        says(&stage, "Register the wallet that takes over");
        stage.press(Key::Enter);
        stage.press(Key::Char('x'));
    }
    assert_eq!(stage.app.signatures(), 0);
}

#[test]
fn a_successor_is_registered_from_a_loaded_wallet_and_gets_all_coins() {
    let (ours, bob) = (Person::new(OURS), Person::new(BOB));
    let mut stage = terminal();
    open(&mut stage, OURS);
    stage.type_keys("kw");
    says(&stage, "No wallet is loaded.");
    stage.press(Key::Esc);
    stage.press(Key::Esc);
    // first the key's own descriptor, which cannot take over, then the successor's
    for text in [&ours.seed().descriptors()[2], &bob.seed().descriptors()[2]] {
        stage.register(text);
    }
    stage.type_keys("kw1");
    agree(&mut stage, Key::Enter);
    says(&stage, "The key that is left (73c5da0a) is in this wallet");
    stage.press(Key::Enter);
    stage.press(Key::Char('2'));
    says(&stage, "key b8688df1 at 84'/1'/0'");
    agree(&mut stage, Key::Enter);
    says(&stage, "(b8688df1)");
    stage.press(Key::Esc);
    // as long as the key is in use, a successor forbids nothing
    scan(&mut stage, &Draft::ordinary(&ours));
    assert!(matches!(stage.app.screen(), Screen::Review(_)), "{}", stage.text());
    stage.press(Key::Esc);
    stage.press(Key::Enter);
    becomes(&mut stage, 'c', "compromised");
    scan(&mut stage, &Draft::ordinary(&ours));
    says(&stage, "NOT_TO_SUCCESSOR");
    while let Screen::Refused(_) = stage.app.screen() {
        stage.press(Key::Enter);
    }
    scan(&mut stage, &sweep(&ours, &bob));
    says(&stage, "All outputs belong to the successor wallet");
    sign(&mut stage);
    assert_eq!(stage.app.signatures(), 1);
}

#[test]
fn a_key_is_replaced_from_the_new_wallet_and_its_drill_to_the_last_coin() {
    let (ours, bob) = (Person::new(OURS), Person::new(BOB));
    let mut stage = terminal();
    open(&mut stage, OURS);
    stage.type_keys("kg");
    agree(&mut stage, Key::Enter);
    says(&stage, "No wallet is open.");
    says(&stage, "Wallet 73c5da0a waits for its successor (k).");
    // nothing takes over yet
    stage.press(Key::Char('k'));
    says(&stage, "Make the new wallet, or open it");
    agree(&mut stage, Key::Char('r'));
    says(&stage, "Make the new wallet, or open it");
    stage.press(Key::Enter);
    stage.press(Key::Esc);
    open(&mut stage, BOB);
    stage.press(Key::Char('k'));
    says(&stage, "No backup of the new wallet was read back yet.");
    stage.press(Key::Esc);
    drill_words(&mut stage, BOB);
    stage.press(Key::Char('k'));
    says(&stage, "Wallet (b8688df1) is open, and a backup of it was drilled.");
    agree(&mut stage, Key::Char('r'));
    says(&stage, "It is retired now.");
    stage.press(Key::Enter);
    says(&stage, "Wallet 73c5da0a is open.");
    says(&stage, "retired, with a successor");
    // an ordinary payment is refused, the sweep is proven
    scan(&mut stage, &Draft::ordinary(&ours));
    says(&stage, "NOT_TO_SUCCESSOR");
    while let Screen::Refused(_) = stage.app.screen() {
        stage.press(Key::Enter);
    }
    scan(&mut stage, &sweep(&ours, &bob));
    says(&stage, "All outputs belong to the successor wallet Wallet (b8688df1), proven.");
    sign(&mut stage);
    assert_eq!(stage.app.signatures(), 1);
    stage.press(Key::Char('k'));
    says(&stage, "Wallet 73c5da0a is retired.");
    says(&stage, &format!("retired {DATE}"));
}

#[test]
fn a_replacement_can_be_given_up_and_a_lock_wipes_both_keys() {
    let mut stage = terminal();
    open(&mut stage, OURS);
    stage.type_keys("kg");
    agree(&mut stage, Key::Enter);
    stage.press(Key::Char('k'));
    agree(&mut stage, Key::Char('x'));
    stage.press(Key::Enter);
    says(&stage, "Wallet 73c5da0a is open.");
    stage.type_keys("kg");
    agree(&mut stage, Key::Enter);
    open(&mut stage, BOB);
    stage.press(Key::Lock);
    says(&stage, "No wallet is open.");
    assert!(!stage.text().contains("waits"), "{}", stage.text());
    open(&mut stage, BOB);
    says(&stage, "Wallet b8688df1 is open.");
}

#[test]
fn the_key_does_not_take_over_from_itself() {
    let mut stage = terminal();
    open(&mut stage, OURS);
    stage.type_keys("kg");
    agree(&mut stage, Key::Enter);
    open(&mut stage, OURS);
    drill_words(&mut stage, OURS);
    stage.press(Key::Char('k'));
    says(&stage, "The key that is left (73c5da0a) is in this wallet");
    agree(&mut stage, Key::Char('c'));
    stage.press(Key::Enter);
    stage.press(Key::Esc);
    says(&stage, "Wallet 73c5da0a waits for its successor");
}

#[test]
fn a_payment_to_the_thief_is_refused_where_only_the_words_differ() {
    // the sweep's own first output is the successor's; a second one of 600 sat is not
    let (ours, bob) = (Person::new(OURS), Person::new(BOB));
    let mut stage = terminal();
    open(&mut stage, OURS);
    stage.register(&bob.seed().descriptors()[2]);
    stage.type_keys("kw1");
    agree(&mut stage, Key::Enter);
    stage.press(Key::Esc);
    becomes(&mut stage, 'c', "compromised");
    let mut draft = sweep(&ours, &bob);
    draft.pay(payee(), 600);
    scan(&mut stage, &draft);
    says(&stage, "NOT_TO_SUCCESSOR");
    says(&stage, "output 2 (0.000 006 00 BTC) goes elsewhere");
    assert_eq!(stage.app.signatures(), 0);
}
