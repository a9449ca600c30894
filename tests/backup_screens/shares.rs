//! Backups in several shares: shown one by one, given back, combined in every way.

use super::*;

/// The words of the page that is on, in order, by the numbers before them.
fn numbered(stage: &Stage) -> Vec<String> {
    let text = stage.text();
    let page = text.split_once("Date ").map_or(&*text, |(_, page)| page);
    let page = page.split("given back").next().unwrap_or_default();
    let tokens: Vec<&str> = page.split_whitespace().collect();
    let mut words: Vec<(usize, String)> = tokens
        .windows(2)
        .filter(|pair| pair[1].bytes().all(|letter| letter.is_ascii_lowercase()))
        .filter_map(|pair| Some((pair[0].parse().ok()?, pair[1].to_owned())))
        .collect();
    words.sort();
    assert!(words.iter().zip(1..).all(|((number, _), place)| *number == place), "{text}");
    words.into_iter().map(|(_, word)| word).collect()
}

/// Makes shares as the keys say, and copies each of them off its page.
fn made(stage: &mut Stage, keys: &str, copy: fn(&Stage) -> String) -> Vec<String> {
    stage.type_keys(keys);
    stage.tick(1);
    let mut shares = vec![];
    loop {
        says(stage, "only its holder looks now");
        stage.read_screen();
        stage.press(Key::Enter);
        assert!(!stage.text().contains("holder"), "{}", stage.text());
        shares.push(copy(stage));
        stage.read_screen();
        stage.press(Key::Enter);
        if stage.text().contains("Drill") {
            return shares;
        }
    }
}

fn words(stage: &Stage) -> String {
    numbered(stage).join(" ") + " "
}

fn give(stage: &mut Stage, shares: &[&str]) {
    for share in shares {
        stage.type_keys(share);
        stage.press(Key::Enter);
    }
}

/// That was all: the combinations are tried.
fn combine(stage: &mut Stage) {
    stage.press(Key::Enter);
    if stage.text().contains("leave it empty if they have none") {
        stage.press(Key::Enter);
    }
    tried(stage);
}

/// Until every combination was tried.
fn tried(stage: &mut Stage) {
    for _ in 0..200 {
        if !stage.text().contains("Every combination that should open") {
            return;
        }
        stage.tick(1);
    }
    panic!("{}", stage.text());
}

#[test]
fn share_words_are_drilled_in_every_minimal_combination() {
    let mut stage = open(TWELVE, 80, 25);
    let shares = made(&mut stage, "b4m\n\n", words);
    assert_eq!(shares.len(), 3);
    assert!(shares.iter().all(|share| share.split_whitespace().count() == 59));
    let shares: Vec<&str> = shares.iter().map(String::as_str).collect();
    give(&mut stage, &shares[..1]);
    stage.press(Key::Enter);
    says(&stage, "too few to open the wallet");
    give(&mut stage, &shares[..1]);
    says(&stage, "This one was given already.");
    for _ in 0..600 {
        stage.press(Key::Backspace);
    }
    says(&stage, "0 given back so far");
    give(&mut stage, &shares);
    says(&stage, "3 given back so far: ..., share 2, share 3. Needed: 2.");
    combine(&mut stage);
    says(&stage, "All 3 combinations of the 3 given back open this wallet.");
    assert_eq!(drills(&stage), [drilled(Backup::Slip39)]);
    // the same shares do not open another wallet
    let mut other = open(TWENTYFOUR, 80, 25);
    other.type_keys("b4d");
    give(&mut other, &shares[1..]);
    combine(&mut other);
    says(&other, "These together do not open it: share 2, share 3.");
    assert!(drills(&other).is_empty());
    // what was given is kept
    other.press(Key::Enter);
    says(&other, "2 given back so far");
}

#[test]
fn shares_under_a_passphrase_need_it() {
    let mut stage = open(TWELVE, 80, 25);
    let shares = made(&mut stage, "b4m\nTREZOR\nTREZOR\n", words);
    let shares: Vec<&str> = shares.iter().map(String::as_str).collect();
    give(&mut stage, &shares);
    stage.type_keys("\nTREZOS\n");
    tried(&mut stage);
    says(&stage, "These together do not open it: share 1, share 2.");
    assert!(drills(&stage).is_empty());
    stage.type_keys("\n\nTREZOR\n");
    tried(&mut stage);
    says(&stage, "All 3 combinations of the 3 given back open this wallet.");
    assert_eq!(drills(&stage), [drilled(Backup::Slip39)]);
}

#[test]
fn a_key_that_repeats_itself_shows_no_other_holders_share() {
    let mut stage = open(TWELVE, 80, 25);
    stage.type_keys("b4m\n\n");
    stage.tick(1);
    let cover = stage.text();
    (0..9).for_each(|_| stage.press(Key::Enter));
    assert_eq!(stage.text(), cover);
    stage.read_screen();
    stage.press(Key::Enter);
    let page = stage.text();
    assert_ne!(page, cover);
    (0..9).for_each(|_| stage.press(Key::Enter));
    assert_eq!(stage.text(), page);
}

#[test]
fn groups_of_shares_are_combined_across_groups() {
    let mut stage = open(TWELVE, 80, 25);
    stage.type_keys("b4m");
    stage.type_keys("gg");
    stage.press(Key::Right); // two groups of three are needed
    let shares = made(&mut stage, "\n\n", words);
    assert_eq!(shares.len(), 9);
    let given: Vec<&str> = [0, 1, 2, 3, 4].map(|place: usize| shares[place].as_str()).to_vec();
    give(&mut stage, &given);
    combine(&mut stage);
    says(
        &stage,
        "All 3 combinations of the 5 given back open this wallet. 4 of the 9 that were made",
    );
    assert_eq!(drills(&stage), [drilled(Backup::Slip39)]);
}

#[test]
fn a_mistyped_share_is_named_by_its_place_and_kept() {
    let mut stage = open(TWELVE, 80, 25);
    let shares = made(&mut stage, "b4m\n\n", words);
    let mut wrong: Vec<&str> = shares[0].split_whitespace().collect();
    wrong[30] = if wrong[30] == "academic" { "acid" } else { "academic" };
    stage.type_keys(&(wrong.join(" ") + " "));
    stage.press(Key::Enter);
    says(&stage, "31");
    says(&stage, "0 given back so far");
    assert_eq!(numbered(&stage), wrong);
    assert!(drills(&stage).is_empty());
}

/// A line of letters in groups, off its page.
fn line(stage: &Stage) -> String {
    let text = stage.text();
    let rows = text.lines().filter_map(|row| {
        let mut parts = row.split_whitespace();
        parts.next()?.parse::<usize>().ok().filter(|first| first % 32 == 1)?;
        Some(parts.collect::<String>())
    });
    rows.collect()
}

#[test]
fn codex32_shares_are_drilled_in_every_minimal_combination() {
    let mut stage = open(TWELVE, 80, 25);
    let shares = made(&mut stage, "b5m\n", line);
    assert_eq!(shares.len(), 3);
    assert!(shares.iter().all(|share| share.len() == 127 && share.starts_with("MS12")));
    let wrong = shares[0].replacen("MS12", "MS1?", 1);
    stage.type_keys(&wrong);
    stage.press(Key::Enter);
    says(&stage, "0 given back so far");
    for _ in 0..127 {
        stage.press(Key::Backspace);
    }
    let shares: Vec<&str> = shares.iter().map(String::as_str).collect();
    give(&mut stage, &shares);
    combine(&mut stage);
    says(&stage, "All 3 combinations of the 3 given back open this wallet.");
    assert_eq!(drills(&stage), [drilled(Backup::Codex32)]);
}

#[test]
fn parts_of_seed_xor_are_needed_all() {
    let mut stage = open(TWENTYFOUR, 80, 25);
    stage.type_keys("b6m");
    stage.press(Key::Right);
    let parts = made(&mut stage, "\n", words);
    assert_eq!(parts.len(), 3);
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    give(&mut stage, &parts[..2]);
    combine(&mut stage);
    says(&stage, "These together do not open it");
    assert!(drills(&stage).is_empty());
    stage.press(Key::Enter);
    give(&mut stage, &parts[2..]);
    combine(&mut stage);
    says(&stage, "The one combination of the 3 given back opens this wallet.");
    assert_eq!(drills(&stage), [drilled(Backup::SeedXor)]);
}

#[test]
fn the_extended_private_key_is_typed_back_or_scanned() {
    let mut stage = open(TWELVE, 80, 25);
    stage.type_keys("b8c");
    let key = line(&stage);
    assert!(key.len() == 111 && key.starts_with("tprv"), "{key}");
    stage.press(Key::Enter);
    let wrong = key.replacen("tprv", "tprw", 1);
    stage.type_keys(&wrong);
    stage.press(Key::Enter);
    stage.tick(1);
    says(&stage, "Letter 4 is another one.");
    assert!(drills(&stage).is_empty());
    stage.press(Key::Enter);
    (0..108).for_each(|_| stage.press(Key::Backspace));
    stage.type_keys(&key[3..]);
    stage.press(Key::Enter);
    stage.tick(1);
    assert_eq!(drills(&stage), [drilled(Backup::Xprv)]);
    stage.type_keys("\n8w");
    let (buffer, code) = stage.draw();
    let picture = photograph(&buffer, code.expect("a code is on")).expect("in the buffer");
    assert_eq!(read(&picture)[0].bytes(), key.as_bytes());
    stage.press(Key::Enter);
    scan(&mut stage, key.as_bytes());
    says(&stage, "All 111 letters are the same");
}

/// Until the key is made of the passphrase.
fn stretched(stage: &mut Stage) {
    for _ in 0..100 {
        if !stage.text().contains("slowly on purpose") {
            return;
        }
        stage.tick(1);
    }
    panic!("{}", stage.text());
}

#[test]
fn an_encrypted_code_opens_with_the_passphrase_that_was_typed_twice() {
    let mut stage = open(TWELVE, 80, 25);
    stage.type_keys("b7mcorrect horse?\ncorrect house?\n");
    says(&stage, "The two are not the same.");
    stage.type_keys("\ncorrect horse?\n");
    stretched(&mut stage);
    let (buffer, code) = stage.draw();
    let picture = photograph(&buffer, code.expect("a code is on")).expect("in the buffer");
    let symbols = read(&picture);
    stage.press(Key::Enter);
    scan(&mut stage, b"some other text");
    says(&stage, "This is no encrypted code (KEF).");
    stage.send(Event::Codes(symbols));
    stage.tick(1);
    stage.type_keys("correct house?\n");
    stretched(&mut stage);
    says(&stage, "The key does not open this code");
    assert!(drills(&stage).is_empty());
    stage.type_keys("\ncorrect horse?\n");
    stretched(&mut stage);
    stage.tick(1);
    says(&stage, "This backup opens this wallet.");
    assert_eq!(drills(&stage), [drilled(Backup::Kef)]);
}

#[test]
fn many_shares_leave_room_for_a_long_one() {
    let mut stage = open(TWELVE, 80, 25);
    stage.type_keys("b4m");
    (0..6).for_each(|_| stage.press(Key::Char('g')));
    let shares = made(&mut stage, "\n\n", words);
    assert_eq!(shares.len(), 18);
    let shares: Vec<&str> = shares.iter().map(String::as_str).collect();
    give(&mut stage, &shares[..17]);
    let mut wrong: Vec<&str> = shares[17].split_whitespace().collect();
    wrong.swap(40, 41);
    stage.type_keys(&(wrong.join(" ") + " "));
    stage.press(Key::Enter);
    says(&stage, "17 given back so far: ..., group 6, share 1, group 6, share 2.");
    let view = stage.app.view();
    assert_eq!(view.layout(stage.app.size()).below(), 0, "{}", stage.text());
}
