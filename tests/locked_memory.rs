//! After locking, nothing secret is in the memory of the process: it is searched for what was typed,
//! scanned and derived, while that is open (to show that the search finds it) and after the lock.
//! And no other process may look while it is open, nor does a crash leave any of it on a disk.

#[path = "common/memory.rs"]
mod memory;
#[path = "common/stage.rs"]
mod stage;
#[path = "common/terminal.rs"]
mod terminal;

use coldlight::app::{Event, Key, LockAfter, Screen};
use coldlight::qr::Symbol;
use memory::{MASK, MASTER, PASSPHRASE, SECRETS, WORDS, find, masked};
use stage::Stage;
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::process::Command;
use std::sync::{Barrier, Mutex, PoisonError};
use terminal::Terminal;

/// The words as a SeedQR's digits.
const DIGITS: &str = "6b686c626a6f696f6a626b6a6a6c626f6a6e69696a626b6b6b69626f6b6d636a6a6e686b6a6f6d6a6a6f6c6d6b696b69";
/// Beside [`SECRETS`]: what was typed or scanned.
const GIVEN: [(&str, &str); 4] = [
    ("the passphrase", PASSPHRASE),
    ("the first words' places", "ae5e4d587059f758"),
    ("the SeedQR's digits", "6b686c626a6f696f6a626b6a6a6c626f"),
    ("two words side by side", "352035343f7a3e2833"),
];

/// One search at a time: it would find what another test has open.
static TURN: Mutex<()> = Mutex::new(());

fn left() -> Vec<&'static str> {
    find(&[&SECRETS[..], &GIVEN].concat())
}

/// Presses keys that stand masked, and draws after each as the real loop does.
fn press_masked(stage: &mut Stage, keys: &str) {
    for key in masked(keys) {
        press(stage, Key::Char((key ^ MASK) as char));
    }
}

fn press(stage: &mut Stage, key: Key) {
    stage.press(key);
    drop(stage.draw());
}

fn terminal_with_camera() -> Stage {
    let mut settings = stage::settings();
    settings.demo = false;
    settings.lock_after = LockAfter::One;
    Stage::with(settings, 80, 25)
}

fn type_words(stage: &mut Stage) {
    press(stage, Key::Char('o'));
    press(stage, Key::Char('t'));
    press_masked(stage, WORDS);
    press(stage, Key::Enter); // the last word
    press(stage, Key::Enter); // all of them
}

fn type_passphrase(stage: &mut Stage) {
    press_masked(stage, PASSPHRASE);
    press(stage, Key::Tab); // shown
}

fn open(stage: &mut Stage) {
    type_words(stage);
    type_passphrase(stage);
    press(stage, Key::Enter);
    stage.tick(1);
    press(stage, Key::Enter);
    assert!(stage.text().contains("is open"));
}

/// How to come to a screen.
type Way = fn(&mut Stage);

/// Each way to have a secret on the screen or open.
const WAYS: [(&str, Way); 7] = [
    ("words", |stage| {
        press(stage, Key::Char('o'));
        press(stage, Key::Char('t'));
        press_masked(stage, WORDS);
    }),
    ("a passphrase", |stage| {
        type_words(stage);
        type_passphrase(stage);
    }),
    ("a fingerprint", |stage| {
        type_words(stage);
        type_passphrase(stage);
        press(stage, Key::Enter);
        stage.tick(1);
        assert!(matches!(stage.app.screen(), Screen::Fingerprint(_)));
    }),
    ("an open wallet", open),
    ("backup words on the screen", |stage| {
        open(stage);
        for key in "b1c".chars() {
            press(stage, Key::Char(key));
        }
        assert!(matches!(stage.app.screen(), Screen::Backup(_)));
    }),
    ("a key that waits for its successor", |stage| {
        open(stage);
        for key in "kg".chars() {
            press(stage, Key::Char(key));
        }
        stage.read_screen();
        press(stage, Key::Enter);
        assert!(stage.text().contains("waits for its successor"));
    }),
    ("a scanned SeedQR, open", |stage| {
        press(stage, Key::Char('o'));
        press(stage, Key::Char('s'));
        let digits = masked(DIGITS).into_iter().map(|byte| byte ^ MASK).collect();
        stage.send(Event::Codes(vec![Symbol::new(digits)]));
        stage.tick(1);
        press(stage, Key::Enter);
        stage.tick(1);
        press(stage, Key::Enter);
        assert!(stage.text().contains("is open"));
    }),
];

/// The app lives in a thread that then waits, so that its stack stays as it was left while another
/// thread searches.
fn search(come: fn(&mut Stage), leave: fn(&mut Stage)) -> [Vec<&'static str>; 2] {
    let [opened, searched, locked, done] = [(); 4].map(|()| Barrier::new(2));
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let mut stage = Box::new(terminal_with_camera());
            come(&mut stage);
            opened.wait();
            searched.wait();
            leave(&mut stage);
            drop(stage.draw());
            locked.wait();
            done.wait();
        });
        opened.wait();
        let open = left();
        searched.wait();
        locked.wait();
        let after = left();
        done.wait();
        [open, after]
    })
}

#[test]
fn after_a_lock_nothing_of_it_is_in_memory() {
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    let by_key: fn(&mut Stage) = |stage| stage.send(Event::Key(Key::Lock));
    let by_time: fn(&mut Stage) = |stage| stage.tick(60_000);
    let ways = WAYS.map(|(name, come)| (name, come, by_key));
    for (name, come, leave) in ways.into_iter().chain([("in time", open as _, by_time)]) {
        let [open, after] = search(come, leave);
        assert!(!open.is_empty(), "{name}: the search must see what is open");
        if name == "an open wallet" {
            assert!(open.contains(&MASTER), "{name}: {open:?}");
        }
        assert_eq!(after, Vec::<&str>::new(), "{name}");
    }
}

/// Which user owns `/proc/PID`: the process's own, unless nobody but the system may look into it
/// (proc(5), "dumpable").
fn owner(pid: u32) -> u32 {
    fs::metadata(format!("/proc/{pid}/environ")).expect("it runs").uid()
}

/// The limit on core files, now and at most.
fn core_limit(pid: u32) -> Vec<String> {
    let limits = fs::read_to_string(format!("/proc/{pid}/limits")).expect("it runs");
    let line = limits.lines().find_map(|line| line.strip_prefix("Max core file size"));
    line.expect("Linux has it").split_whitespace().take(2).map(str::to_owned).collect()
}

#[test]
fn the_running_program_leaves_no_core_file_and_lets_nobody_look_into_it() {
    // For the system's own user every process looks alike, so another user's is started.
    let root = rustix::process::getuid().is_root();
    let user: &[&str] = if root { &["setpriv", "--reuid=65534", "--clear-groups"] } else { &[] };
    let plain = [user, &["sleep", "60"]].concat();
    let mut other = Command::new(plain[0]).args(&plain[1..]).spawn().expect("sleep starts");
    let mut terminal = Terminal::start_under(user, &["--demo"], 80, 25);
    terminal.wait_for(&["Sign a payment"]);
    let pid = terminal.pid();
    let (seen, own) = ([owner(other.id()), owner(pid)], core_limit(pid));
    other.kill().and_then(|()| other.wait()).expect("it was there");
    assert_ne!(seen[0], 0, "another program of that user can be looked into");
    assert_eq!(seen[1], 0, "this one cannot");
    assert_eq!(own, ["0", "0"]);
    terminal.press("q");
    assert_eq!(terminal.end().0, 0);
}
