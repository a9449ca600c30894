//! Locking: by its key, after a time without keys, by the lid; on every screen that holds something,
//! and with nothing left of it.

#[path = "common/stage.rs"]
mod stage;

use coldlight::app::appliance::{Appliance, BootStick, SelfTest};
use coldlight::app::{
    Command, Event, Key, Keymap, LockAfter, LockCause, Newcomer, News, Screen, WARNED,
};
use stage::Stage;

const MINUTE: u64 = 60_000;
/// Words of BIP39's vectors (all zero), by four letters each; Enter takes them up.
const WORDS: &str = "aban aban aban aban aban aban aban aban aban aban aban abou ";

/// How to come to a screen.
type Way = fn(&mut Stage);

/// Every screen on which something is typed, open, shown or scanned, and how to come there.
const FULL: [(&str, Way); 23] = [
    ("half of the words", |stage| stage.type_keys("otaban aban le")),
    ("words kept behind the choice of ways", |stage| {
        stage.type_keys("otaban aban le");
        stage.press(Key::Esc);
    }),
    ("a passphrase", |stage| stage.type_keys(&format!("ot{WORDS}\nhorse"))),
    ("a fingerprint", |stage| {
        stage.type_keys(&format!("ot{WORDS}\n\n"));
        stage.tick(1);
    }),
    ("keys about to be derived", |stage| {
        stage.type_keys(&format!("ot{WORDS}\n"));
        stage.send(Event::Key(Key::Enter));
    }),
    ("an open wallet", open),
    ("an open wallet's settings", |stage| {
        open(stage);
        stage.press(Key::Char('n'));
    }),
    ("backup words to be copied", |stage| {
        open(stage);
        stage.type_keys("b1c");
    }),
    ("backup words being typed back", |stage| {
        open(stage);
        stage.type_keys("b1daban aban");
    }),
    ("a seed code to be copied", |stage| {
        open(stage);
        stage.type_keys("b2c");
    }),
    ("a child's seed, chosen", |stage| {
        open(stage);
        stage.type_keys("bc");
    }),
    ("a key's life", |stage| {
        open(stage);
        stage.press(Key::Char('k'));
    }),
    ("a key that waits for its successor", |stage| {
        open(stage);
        stage.type_keys("kg");
        stage.read_screen();
        stage.press(Key::Enter);
        assert!(stage.text().contains("waits for its successor"), "{}", stage.text());
    }),
    ("a camera that looks for a seed code", |stage| stage.type_keys("os")),
    ("a camera that looks for a payment", |stage| {
        open(stage);
        stage.press(Key::Char('s'));
    }),
    ("a review", |stage| stage.walk_to_review()),
    ("a word typed to sign", |stage| {
        confirm(stage);
        stage.type_keys("sig");
    }),
    ("an answer", answer),
    ("what was signed", |stage| {
        answer(stage);
        stage.press(Key::Enter);
    }),
    ("help over a passphrase", |stage| {
        stage.type_keys(&format!("ot{WORDS}\nhorse"));
        stage.press(Key::Help);
    }),
    ("the question whether to quit, over a review", |stage| {
        stage.walk_to_review();
        stage.press(Key::Interrupt);
    }),
    ("help over a camera", |stage| {
        stage.type_keys("os");
        stage.press(Key::Help);
    }),
    ("the demo's wallet", |stage| {
        stage.type_keys("d\n");
        stage.tick(1);
        stage.type_keys("\n");
    }),
];

/// What must not be on the screen once it is locked.
const TRACES: [&str; 7] = ["abandon", "horse", "73c5da0a", "b8688df1", "waits", "Review", "sign_"];

fn open(stage: &mut Stage) {
    stage.type_keys(&format!("ot{WORDS}\n\n"));
    stage.tick(1);
    stage.press(Key::Enter);
}

fn confirm(stage: &mut Stage) {
    stage.walk_to_review();
    while let Screen::Review(_) = stage.app.screen() {
        stage.press(Key::Enter);
    }
}

fn answer(stage: &mut Stage) {
    confirm(stage);
    stage.type_keys("sign\n");
    stage.tick(1);
    assert!(matches!(stage.app.screen(), Screen::Answer(_)), "{}", stage.text());
}

/// Does the time that is four times as long hold here?
fn goes_on(stage: &Stage) -> bool {
    matches!(stage.app.screen(), Screen::Scan(_) | Screen::Answer(_) | Screen::Backup(_))
}

fn assert_locked(stage: &Stage, name: &str) {
    let text = stage.text();
    assert!(matches!(stage.app.screen(), Screen::Home(_)), "{name}:\n{text}");
    assert!(text.contains("No wallet is open.") && text.contains("Locked"), "{name}:\n{text}");
    for trace in TRACES {
        assert!(!text.contains(trace), "{name}: {trace}\n{text}");
    }
    assert_eq!(stage.commands.last(), Some(&Command::CloseEye), "{name}");
}

/// A terminal with a camera.
fn terminal(columns: u16, rows: u16) -> Stage {
    let mut settings = stage::settings();
    settings.demo = false;
    Stage::with(settings, columns, rows)
}

fn machine() -> Stage {
    let mut settings = stage::settings();
    settings.demo = false;
    settings.lock_after = LockAfter::Five;
    settings.appliance = Some(Appliance {
        build: "0123456789abcdef".into(),
        self_test: SelfTest::Passed,
        keymap: Some(Keymap::Us),
        boot_stick: BootStick::NotFound,
        battery: None,
    });
    Stage::with(settings, 80, 25)
}

#[test]
fn the_key_locks_every_screen_that_holds_something() {
    for (name, come) in FULL {
        let mut stage = terminal(80, 25);
        come(&mut stage);
        stage.send(Event::Key(Key::Lock));
        assert_locked(&stage, name);
    }
}

#[test]
fn the_key_locks_in_a_window_that_is_too_small_to_read() {
    let mut stage = terminal(80, 25);
    open(&mut stage);
    stage.send(Event::Resize(40, 10));
    stage.press(Key::Lock);
    stage.send(Event::Resize(80, 25));
    assert_locked(&stage, "small");
}

#[test]
fn the_lid_locks_every_screen_that_holds_something() {
    for (name, come) in FULL {
        let mut stage = terminal(80, 25);
        come(&mut stage);
        stage.send(Event::Machine(News::LidClosed));
        assert_locked(&stage, name);
        assert!(stage.text().contains("lid"), "{}", stage.text());
    }
}

#[test]
fn every_screen_that_holds_something_locks_after_the_time_without_keys() {
    for (name, come) in FULL {
        let mut stage = terminal(80, 25);
        come(&mut stage);
        let playing = goes_on(&stage);
        let limit = if playing { 40 * MINUTE } else { 10 * MINUTE };
        stage.tick(limit - WARNED - 2_000);
        assert!(!stage.text().contains("Locks in"), "{name}:\n{}", stage.text());
        stage.tick(10_000);
        assert!(stage.text().contains("Locks in 2"), "{name}:\n{}", stage.text());
        stage.tick(WARNED);
        assert_locked(&stage, name);
    }
}

#[test]
fn a_key_during_the_announcement_keeps_all_open_and_does_nothing_else() {
    for (name, come) in FULL {
        let mut stage = terminal(80, 25);
        come(&mut stage);
        let before = stage.text();
        let playing = goes_on(&stage);
        stage.tick(if playing { 40 * MINUTE } else { 10 * MINUTE } - 20_000);
        assert!(stage.text().contains("Locks in"), "{name}:\n{}", stage.text());
        stage.send(Event::Key(Key::Enter));
        let after = stage.text();
        assert!(!after.contains("Locks in"), "{name}:\n{after}");
        // a code that plays went on meanwhile, and keys were derived
        if !playing && name != "keys about to be derived" {
            assert_eq!(after, before, "{name}");
        }
        stage.tick(10 * MINUTE - WARNED - 1);
        assert!(!stage.text().contains("Locked"), "{name}:\n{}", stage.text());
    }
}

#[test]
fn the_announcement_is_seen_on_every_screen_of_either_size() {
    for (columns, rows) in [(80, 25), (120, 40)] {
        for (name, come) in FULL {
            let mut stage = terminal(columns, rows);
            come(&mut stage);
            let playing = goes_on(&stage);
            stage.tick(if playing { 40 * MINUTE } else { 10 * MINUTE } - 9_500);
            let words: Vec<String> = stage.text().split_whitespace().map(str::to_owned).collect();
            let said = words.join(" ");
            let at_once =
                said.contains("Locks in 10 s. The next key does nothing but keep it open.");
            // beside a code the sentence takes several rows
            let beside = said.contains("Locks in 10 s. The next key");
            assert!(if goes_on(&stage) { beside } else { at_once }, "{name}:\n{}", stage.text());
        }
    }
}

#[test]
fn what_is_seen_or_scanned_is_no_key() {
    let mut stage = terminal(80, 25);
    open(&mut stage);
    stage.press(Key::Char('s'));
    for _ in 0..41 {
        stage.preview();
        stage.codes(&["bitcoin"]);
        stage.tick(MINUTE);
    }
    assert_locked(&stage, "scanning");
}

#[test]
fn a_machine_that_slept_is_locked_when_it_wakes() {
    let mut stage = terminal(80, 25);
    open(&mut stage);
    let slept = 1_780_000_000 + 3 * 3600;
    stage.send(Event::Tick { now: 5_000, clock: Some(slept) });
    assert_locked(&stage, "asleep");
}

#[test]
fn where_nothing_is_open_nothing_is_announced_and_nothing_happens() {
    for keys in ["", "n", "o", "d", "?"] {
        let mut stage = terminal(80, 25);
        stage.type_keys(keys);
        let before = stage.text();
        stage.tick(10 * MINUTE - 5_000);
        stage.tick(20 * MINUTE);
        assert_eq!(stage.text(), before);
        stage.press(Key::Lock);
        assert_eq!(stage.text(), before, "there is nothing to lock");
        assert!(stage.commands.is_empty());
    }
}

#[test]
fn the_time_is_chosen_in_the_settings_and_off_means_never() {
    let mut stage = terminal(80, 25);
    stage.press(Key::Char('n'));
    assert!(stage.text().contains("after 10 minutes without keys"), "{}", stage.text());
    for expected in ["after 30 minutes", "never by itself", "after a minute"] {
        stage.press(Key::Char('l'));
        assert!(stage.text().contains(expected), "{}", stage.text());
    }
    stage.press(Key::Esc);
    open(&mut stage);
    stage.tick(MINUTE);
    assert_locked(&stage, "a minute");
    stage.type_keys("nlllll\n");
    assert_eq!(stage.app.settings().lock_after, LockAfter::Off);
    open(&mut stage);
    stage.tick(10_000 * MINUTE);
    assert!(stage.text().contains("is open"), "{}", stage.text());
    stage.press(Key::Lock);
    assert_locked(&stage, "by its key all the same");
}

#[test]
fn home_and_help_name_the_key() {
    let mut stage = terminal(80, 25);
    open(&mut stage);
    assert!(stage.text().contains("Ctrl-L lock"), "{}", stage.text());
    stage.press(Key::Char('n'));
    stage.press(Key::Char('?'));
    for _ in 0..3 {
        stage.press(Key::PageDown);
    }
    assert!(stage.text().contains("Ctrl-L locks at once"), "{}", stage.text());
}

#[test]
fn on_the_dedicated_machine_a_lock_ends_the_process_and_says_why_to_the_next() {
    for (name, come) in FULL {
        if name == "keys about to be derived" {
            continue; // its last step is not to be drawn in between
        }
        let mut stage = machine();
        come(&mut stage);
        stage.tick(1);
        if matches!(stage.app.screen(), Screen::Home(_)) && !stage.text().contains("is open") {
            panic!("{name}:\n{}", stage.text());
        }
        stage.send(Event::Machine(News::LidClosed));
        assert_eq!(stage.commands.last(), Some(&Command::Leave), "{name}");
        assert_eq!(
            stage.app.settings().locked.map(|locked| locked.cause),
            Some(LockCause::Lid),
            "{name}"
        );
    }
}

#[test]
fn on_the_dedicated_machine_five_minutes_suffice() {
    let mut stage = machine();
    open(&mut stage);
    stage.tick(5 * MINUTE - 1_000);
    assert!(stage.text().contains("Locks in 1 s."), "{}", stage.text());
    stage.tick(1_000);
    assert_eq!(stage.commands.last(), Some(&Command::Leave));
    assert_eq!(stage.app.settings().locked.map(|locked| locked.cause), Some(LockCause::NoKeys));
}

#[test]
fn the_question_about_a_keyboard_outlives_a_lock_and_what_it_stood_over_does_not() {
    let newcomer = Newcomer { name: "keyboard".into(), question: 7, challenge: None };
    let mut stage = machine();
    stage.walk_to_review();
    stage.send(Event::Machine(News::Newcomer(newcomer.clone())));
    stage.press(Key::Lock);
    assert!(matches!(stage.app.screen(), Screen::Newcomer(_)), "{}", stage.text());
    assert_eq!(stage.commands.last(), Some(&Command::Leave));
    // in a process that knows no secret it is answered as ever
    let mut stage = machine();
    stage.send(Event::Machine(News::Newcomer(newcomer)));
    stage.press(Key::Lock);
    stage.tick(60 * MINUTE);
    assert!(matches!(stage.app.screen(), Screen::Newcomer(_)), "{}", stage.text());
    assert!(stage.commands.is_empty());
}

#[test]
fn a_failed_self_test_is_left_by_nothing() {
    let mut stage = machine();
    stage.send(Event::Machine(News::SelfTest(SelfTest::Failed("SHA-256".into()))));
    let before = stage.text();
    stage.press(Key::Lock);
    stage.send(Event::Machine(News::LidClosed));
    stage.tick(60 * MINUTE);
    assert_eq!(stage.text(), before);
}
