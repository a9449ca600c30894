//! Codes: shown whole, copied by hand block by block, scanned back.

use super::*;
use crate::stage::text_of;
use coldlight::app::{Command, Source};
use coldlight::qr::Luma;
use coldlight::ui::Palette;
use ratatui::layout::Rect;

/// What a hand copies of the block that is on: a row of squares for each letter at the left.
fn copied_block(stage: &Stage) -> Vec<Vec<bool>> {
    let (buffer, _) = stage.draw();
    let text = text_of(&buffer);
    let lines: Vec<Vec<char>> = text.lines().map(|line| line.chars().collect()).collect();
    let words = usize::from(buffer.area.width) - 38;
    let is = |x: usize, y: usize, what: fn(&char) -> bool| lines[y].get(x).is_some_and(what);
    let columns: Vec<usize> = (6..words).filter(|x| is(*x, 2, char::is_ascii_digit)).collect();
    let bottom = (3..).find(|y| is(1, *y, |glyph| *glyph == '\u{2500}')).expect("a rule");
    let rows: Vec<usize> = (3..bottom).filter(|y| is(3, *y, char::is_ascii_lowercase)).collect();
    let dark = |x: usize, y: usize| {
        let cell = Rect::new(x as u16, y as u16, 1, 1);
        let picture = photograph(&buffer, cell).expect("the cell is in the buffer");
        picture.data()[0] < 128
    };
    rows.iter().map(|y| columns.iter().map(|x| dark(*x, *y)).collect()).collect()
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
        assert!(blocks <= 64, "{}", stage.text());
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

#[test]
fn a_code_of_another_wallet_or_another_form_is_not_recorded() {
    let mut stage = open(TWELVE, 80, 25);
    let twelve = Mnemonic::parse(TWELVE).unwrap_or_else(|error| panic!("{error}"));
    let compact = twelve.compact_seed_qr().expect("English words");
    let digits = twelve.seed_qr_digits().expect("English words");
    stage.type_keys("b2d");
    scan(&mut stage, b"UR:CRYPTO-PSBT/1-2/LP");
    says(&stage, "This code is no SeedQR");
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
fn an_encrypted_code_is_copied_by_hand_too() {
    for words in [TWELVE, TWENTYFOUR] {
        let mut stage = open(words, 80, 25);
        stage.type_keys("b7msix words by dice\nsix words by dice\n");
        for _ in 0..30 {
            stage.tick(1);
        }
        let picture = copied_by_hand(&mut stage);
        stage.send(Event::Codes(read(&picture)));
        stage.tick(1);
        stage.type_keys("six words by dice\n");
        for _ in 0..30 {
            stage.tick(1);
        }
        says(&stage, "This backup opens this wallet.");
        assert_eq!(drills(&stage), [drilled(Backup::Kef)]);
    }
}
