//! Backups of an open wallet: what is shown, what is drilled, what is recorded, and that a hand's
//! copy of a code opens the same wallet.

#[path = "../common/approved.rs"]
mod approved;
#[path = "../common/stage.rs"]
mod stage;

mod children;
mod codes;
mod looks;
mod shares;

use coldlight::app::{Backup, Drill, Event, Key, Screen, Settings};
use coldlight::keys::{Language, Mnemonic};
use coldlight::qr::{Symbol, read};
use coldlight::ui::qr::photograph;
use stage::{Stage, settings};

/// SeedSigner's specification of SeedQR, its test vectors 1 (24 words) and 4 (12 words).
const TWENTYFOUR: &str = "attack pizza motion avocado network gather crop fresh patrol unusual wild \
    holiday candy pony ranch winter theme error hybrid van cereal salon goddess expire";
const TWELVE: &str = "forum undo fragile fade shy sign arrest garment culture tube off merit";

/// The stage's clock.
const CLOCK: u64 = 1_780_000_000;
const DATE: &str = "2026-05-28 20:26 UTC";

fn with_camera() -> Settings {
    Settings { demo: false, ..settings() }
}

/// A stage on which these words are open.
fn open(words: &str, columns: u16, rows: u16) -> Stage {
    let mut stage = Stage::with(with_camera(), columns, rows);
    stage.type_keys("ot");
    stage.type_keys(words);
    stage.type_keys(" \n\n");
    stage.tick(1);
    assert!(matches!(stage.app.screen(), Screen::Fingerprint(_)), "{}", stage.text());
    stage.press(Key::Enter);
    stage
}

fn drills(stage: &Stage) -> Vec<Drill> {
    stage.app.drills().to_vec()
}

fn drilled(backup: Backup) -> Drill {
    Drill { backup, at: Some(CLOCK) }
}

/// Everything that is not a space, so that wrapping does not matter, nor a picture's edge.
fn squeezed(text: &str) -> String {
    text.split(|glyph: char| glyph.is_whitespace() || glyph == '\u{2502}').collect()
}

fn says(stage: &Stage, what: &str) {
    assert!(squeezed(&stage.text()).contains(&squeezed(what)), "{what}:\n{}", stage.text());
}

fn scan(stage: &mut Stage, content: &[u8]) {
    stage.send(Event::Codes(vec![Symbol::new(content.to_vec())]));
    stage.tick(1);
}

#[test]
fn words_are_shown_typed_back_and_recorded() {
    for words in [TWELVE, TWENTYFOUR] {
        let mut stage = open(words, 80, 25);
        says(&stage, "never drilled");
        stage.type_keys("b1c");
        let shown = stage.text();
        for (place, word) in words.split(' ').enumerate() {
            assert!(shown.contains(&format!("{:>2} {word}", place + 1)), "{shown}");
        }
        assert!(shown.contains(DATE) && shown.contains("84'/1'/0'"), "{shown}");
        stage.press(Key::Enter);
        stage.type_keys(words);
        stage.type_keys(" \n");
        stage.tick(1);
        says(&stage, "This backup opens this wallet.");
        assert_eq!(drills(&stage), [drilled(Backup::Words)]);
        stage.press(Key::Enter);
        says(&stage, DATE);
        stage.press(Key::Esc);
        says(&stage, &format!("last drilled {DATE}: words"));
    }
}

#[test]
fn a_wrong_word_is_named_by_its_place_and_nothing_is_recorded_or_lost() {
    let mut stage = open(TWELVE, 80, 25);
    stage.type_keys("b1d");
    // other words with a right checksum: the last three are others
    stage.type_keys("forum undo fragile fade shy sign arrest garment culture tube off zoo");
    stage.press(Key::Char(' '));
    stage.press(Key::Enter);
    says(&stage, "checksum is wrong");
    let right = Mnemonic::parse(TWELVE).unwrap_or_else(|error| panic!("{error}"));
    let other = (0..2048)
        .filter_map(|index| Language::English.word(index))
        .map(|word| TWELVE.replace("merit", word))
        .find(|words| Mnemonic::parse(words).is_ok_and(|other| !other.words().eq(right.words())));
    let other = other.expect("one word in sixteen has a right checksum");
    (0.."zoo".len() + 1).for_each(|_| stage.press(Key::Backspace));
    stage.type_keys(other.rsplit(' ').next().unwrap_or_default());
    stage.type_keys(" \n");
    stage.tick(1);
    says(&stage, "This backup does not open this wallet.");
    says(&stage, "Word 12 is another one.");
    assert!(!stage.text().contains("merit"), "{}", stage.text());
    assert!(drills(&stage).is_empty());
    stage.press(Key::Enter);
    says(&stage, "culture");
    stage.press(Key::Esc);
    says(&stage, "Never drilled.");
}

#[test]
fn a_drill_of_another_length_is_told_so() {
    let mut stage = open(TWENTYFOUR, 80, 25);
    stage.type_keys("b1d");
    stage.type_keys(TWELVE);
    stage.type_keys(" \n");
    stage.tick(1);
    says(&stage, "It has 12 words, and this wallet has 24.");
    assert!(drills(&stage).is_empty());
}

#[test]
fn a_steel_plate_has_four_letters_a_word() {
    let mut stage = open(TWELVE, 80, 25);
    stage.type_keys("b1s");
    let shown = stage.text();
    for (place, word) in TWELVE.split(' ').enumerate() {
        let letters: Vec<String> = word
            .chars()
            .chain("....".chars())
            .take(4)
            .map(|letter| letter.to_ascii_uppercase().to_string())
            .collect();
        let slot = format!("{:>2} │{}│", place + 1, letters.join("│"));
        assert!(shown.contains(&slot), "{slot}\n{shown}");
    }
    assert!(shown.contains(" 5 │S│H│Y│.│") && shown.contains("24 │ │ │ │ │"), "{shown}");
}

#[test]
fn nothing_of_a_code_is_on_the_screen_once_it_is_left() {
    let mut stage = open(TWENTYFOUR, 80, 25);
    for keys in ["b1c", "b1s", "b2w", "b2c\n\n", "b3c\n"] {
        stage.type_keys(keys);
        let before = stage.text();
        stage.press(Key::Esc);
        assert_ne!(stage.text(), before);
        stage.press(Key::Esc);
        stage.press(Key::Esc);
        assert!(matches!(stage.app.screen(), Screen::Home(_)), "{keys}: {}", stage.text());
        assert!(!stage.text().contains("attack"));
    }
}

/// Pays from BIP84's published words, whose keys the payment's inputs belong to.
fn to_confirm(stage: &mut Stage) {
    stage.press(Key::Char('s'));
    stage.show_demo_payment();
    while let Screen::Review(_) = stage.app.screen() {
        stage.press(Key::Enter);
    }
    assert!(matches!(stage.app.screen(), Screen::Confirm(_)), "{}", stage.text());
}

#[test]
fn a_wallet_that_was_never_drilled_says_so_at_every_sign_until_it_is() {
    let never = "was ever drilled";
    let mut stage = open(coldlight::demo::WORDS, 80, 25);
    to_confirm(&mut stage);
    says(&stage, never);
    stage.type_keys("sign\n");
    stage.tick(1);
    stage.press(Key::Enter);
    assert!(matches!(stage.app.screen(), Screen::Done(_)), "{}", stage.text());
    says(&stage, never);
    stage.press(Key::Enter);
    stage.type_keys("b1d");
    stage.type_keys(coldlight::demo::WORDS);
    stage.type_keys(" \n");
    stage.tick(1);
    stage.press(Key::Enter);
    stage.press(Key::Esc);
    to_confirm(&mut stage);
    assert!(!squeezed(&stage.text()).contains(&squeezed(never)), "{}", stage.text());
    stage.type_keys("sign\n");
    stage.tick(1);
    stage.press(Key::Enter);
    assert!(matches!(stage.app.screen(), Screen::Done(_)), "{}", stage.text());
    assert!(!squeezed(&stage.text()).contains(&squeezed(never)), "{}", stage.text());
}

#[test]
fn the_demo_says_nothing_of_drills() {
    let mut stage = Stage::new(80, 25);
    stage.walk_to_review();
    while let Screen::Review(_) = stage.app.screen() {
        stage.press(Key::Enter);
    }
    assert!(!stage.text().contains("drilled"), "{}", stage.text());
}
