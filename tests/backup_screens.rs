//! Backups of an open wallet: what is shown, what is drilled, what is recorded, and that a hand's
//! copy of a code opens the same wallet.

#[path = "common/stage.rs"]
mod stage;

use coldlight::app::{Backup, Command, Drill, Event, Key, Screen, Settings, Source};
use coldlight::keys::{Language, Mnemonic};
use coldlight::qr::{Luma, Symbol, read};
use coldlight::ui::{Palette, qr::photograph};
use ratatui::layout::Rect;
use stage::{Stage, settings, text_of};

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

/// Everything that is not a space, so that wrapping does not matter.
fn squeezed(text: &str) -> String {
    text.split_whitespace().collect()
}

fn says(stage: &Stage, what: &str) {
    assert!(squeezed(&stage.text()).contains(&squeezed(what)), "{what}:\n{}", stage.text());
}

#[test]
fn words_are_shown_typed_back_and_recorded() {
    for words in [TWELVE, TWENTYFOUR] {
        let mut stage = open(words, 80, 25);
        says(&stage, "never drilled");
        stage.type_keys("b1c");
        let shown = stage.text();
        for (place, word) in words.split(' ').enumerate() {
            assert!(shown.contains(&format!("{:>2} {word} ", place + 1)), "{shown}");
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

/// What a hand copies of the block that is on: a row of squares for each letter at the left.
fn copied_block(stage: &Stage) -> Vec<Vec<bool>> {
    let (buffer, _) = stage.draw();
    let text = text_of(&buffer);
    let lines: Vec<Vec<char>> = text.lines().map(|line| line.chars().collect()).collect();
    let guides: Vec<usize> =
        (6..42).filter(|x| lines[2].get(*x).is_some_and(char::is_ascii_digit)).collect();
    let rows: Vec<usize> =
        (3..24).filter(|y| lines[*y].get(3).is_some_and(char::is_ascii_lowercase)).collect();
    let dark = |x: usize, y: usize| {
        let cell = Rect::new(x as u16, y as u16, 1, 1);
        let picture = photograph(&buffer, cell).expect("the cell is in the buffer");
        picture.data()[0] < 128
    };
    rows.iter().map(|y| guides.iter().map(|x| dark(*x, *y)).collect()).collect()
}

/// Copies a code by hand, block by block, as its screens show it; then what a camera sees of the
/// paper.
fn copied_by_hand(stage: &mut Stage) -> Luma {
    stage.press(Key::Char('c'));
    says(stage, "draw a frame");
    stage.press(Key::Enter);
    let mut paper: Vec<Vec<bool>> = vec![];
    let mut blocks = 0;
    while !stage.text().contains("Scan your copy") {
        let block = copied_block(stage);
        let name = stage.text();
        let name = name
            .split("Block ")
            .nth(1)
            .and_then(|rest| rest.split(' ').next())
            .expect("a name")
            .to_owned();
        if name.ends_with('1') {
            paper.extend(std::iter::repeat_n(vec![], block.len()));
        }
        let first = paper.len() - block.len();
        for (row, squares) in paper[first..].iter_mut().zip(block) {
            row.extend(squares);
        }
        blocks += 1;
        assert!(blocks <= 36, "{}", stage.text());
        stage.press(Key::Enter);
    }
    let side = paper.len();
    assert!(paper.iter().all(|row| row.len() == side), "{side}");
    let (scale, quiet) = (6, 4);
    let across = (side + 2 * quiet) * scale;
    let light = |at: usize| at / scale < quiet || at / scale >= side + quiet;
    let pixel = |x: usize, y: usize| {
        let dark = !light(x) && !light(y) && paper[y / scale - quiet][x / scale - quiet];
        if dark { 40 } else { 220 }
    };
    let data = (0..across * across).map(|at| pixel(at % across, at / across)).collect();
    Luma::new(across as u32, across as u32, data).expect("the size fits the data")
}

#[test]
fn a_code_copied_by_hand_block_by_block_opens_the_same_wallet() {
    for (words, key, backup, side) in [
        (TWELVE, '2', Backup::SeedQr, 25),
        (TWELVE, '3', Backup::CompactSeedQr, 21),
        (TWENTYFOUR, '2', Backup::SeedQr, 29),
        (TWENTYFOUR, '3', Backup::CompactSeedQr, 25),
    ] {
        for (size, palette) in
            [((80, 25), Palette::True), ((120, 40), Palette::Indexed), ((80, 25), Palette::Console)]
        {
            let mut stage = open(words, size.0, size.1);
            stage.palette = palette;
            stage.press(Key::Char('b'));
            stage.press(Key::Char(key));
            let picture = copied_by_hand(&mut stage);
            assert_eq!(picture.width() as usize, (side + 8) * 6);
            let symbols = read(&picture);
            assert_eq!(symbols.len(), 1);
            let read = Mnemonic::from_qr(symbols[0].bytes()).and_then(Result::ok).expect("a seed");
            assert!(read.words().eq(words.split_whitespace()));
            assert!(stage.commands.contains(&Command::OpenEye(Source::Camera)));
            stage.send(Event::Codes(symbols));
            stage.tick(1);
            says(&stage, "This backup opens this wallet.");
            assert_eq!(drills(&stage), [drilled(backup)]);
            assert_eq!(stage.commands.last(), Some(&Command::CloseEye));
        }
    }
}

#[test]
fn a_code_is_shown_whole_and_read_off_the_screen() {
    for (words, key) in [(TWELVE, '2'), (TWENTYFOUR, '2'), (TWELVE, '3'), (TWENTYFOUR, '3')] {
        for palette in [Palette::True, Palette::Indexed, Palette::Console] {
            let mut stage = open(words, 80, 25);
            stage.palette = palette;
            stage.type_keys(&format!("b{key}w"));
            let (buffer, code) = stage.draw();
            let picture = photograph(&buffer, code.expect("a code is on")).expect("in the buffer");
            let symbols = read(&picture);
            let read = Mnemonic::from_qr(symbols[0].bytes()).and_then(Result::ok).expect("a seed");
            assert!(read.words().eq(words.split_whitespace()));
        }
    }
}

fn scan(stage: &mut Stage, content: &[u8]) {
    stage.send(Event::Codes(vec![Symbol::new(content.to_vec())]));
    stage.tick(1);
}

#[test]
fn a_code_of_another_wallet_or_another_form_is_not_recorded() {
    let mut stage = open(TWELVE, 80, 25);
    let twelve = Mnemonic::parse(TWELVE).unwrap_or_else(|error| panic!("{error}"));
    let compact = twelve.compact_seed_qr().expect("English words");
    let digits = twelve.seed_qr_digits().expect("English words");
    stage.type_keys("b2d");
    scan(&mut stage, b"UR:CRYPTO-PSBT/1-2/LP");
    says(&stage, "no SeedQR and no CompactSeedQR");
    scan(&mut stage, &compact);
    says(&stage, "This is no SeedQR.");
    let mut damaged = digits.as_bytes().to_vec();
    damaged[3] ^= 1;
    scan(&mut stage, &damaged);
    says(&stage, "a square of your copy is wrong");
    scan(&mut stage, &b"0000".repeat(11).into_iter().chain(*b"0003").collect::<Vec<_>>());
    says(&stage, "12 words are others, from word 1 to word 12.");
    assert!(drills(&stage).is_empty());
    stage.press(Key::Enter);
    says(&stage, "Never drilled.");
    stage.press(Key::Char('d'));
    scan(&mut stage, digits.as_bytes());
    assert_eq!(drills(&stage), [drilled(Backup::SeedQr)]);
    stage.type_keys("\n3d");
    scan(&mut stage, digits.as_bytes());
    says(&stage, "This is a SeedQR, not a CompactSeedQR.");
    scan(&mut stage, &compact);
    assert_eq!(drills(&stage), [drilled(Backup::SeedQr), drilled(Backup::CompactSeedQr)]);
}

#[test]
fn without_a_camera_the_drill_of_a_code_says_so() {
    let mut stage = Stage::new(80, 25);
    stage.type_keys("d\n");
    stage.tick(1);
    stage.press(Key::Enter);
    stage.press(Key::Esc);
    stage.type_keys("b2d");
    says(&stage, "No camera is in use");
    stage.press(Key::Enter);
    says(&stage, "Copy by hand");
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
