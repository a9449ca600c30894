//! A key's whole way through the real terminal: made from dice and the kernel's source, backed up on
//! paper, drilled, sealed in a vault; after a restart opened from it, signing, locked.

#[path = "common/own_inputs.rs"]
#[allow(dead_code)] // some of it is for other tests
mod own_inputs;
#[path = "common/paper.rs"]
mod paper;
#[path = "common/terminal.rs"]
mod terminal;

use coldlight::demo::{Coordinator, Verdict};
use coldlight::keys::{Mnemonic, Passphrase, Seed};
use coldlight::psbt::{Limits, Psbt};
use coldlight::qr::read;
use coldlight::transport::{Collector, Offered};
use coldlight::wallet::{KeyRing, Network};
use own_inputs::{Kind, unsigned};
use paper::{Frames, copy_code};
use std::process::Command;
use terminal::Terminal;

const ENTER: &str = "\r";
const PASSPHRASE: &str = "seven plain words of a rehearsal";
/// Throws of a die without a pattern.
const DICE: &str = "16353421656243112534616253341526342165135264312455";

/// The words on a screen, by the numbers before them.
fn words_on(text: &str) -> Vec<String> {
    let pieces: Vec<&str> = text.split_whitespace().collect();
    let after = |number: usize| {
        let at = pieces.windows(2).position(|pair| {
            pair[0] == number.to_string()
                && pair[1].chars().all(|letter| letter.is_ascii_lowercase())
        });
        pieces[at.unwrap_or_else(|| panic!("no word {number} in\n{text}")) + 1].to_string()
    };
    (1..=24).map(after).collect()
}

fn quit(mut terminal: Terminal) {
    terminal.wait_for(&["Sign a payment", "Quit"]);
    terminal.press("q");
    terminal.wait_for(&["Quit?"]);
    terminal.press("y");
    assert_eq!(terminal.end().0, 0);
}

/// From home with the wallet open to home: signs what the camera sees; gives what was answered.
fn sign(terminal: &mut Terminal) -> Vec<u8> {
    terminal.press("s");
    terminal.wait_for(&["Review 1 of"]);
    let text = terminal.text();
    let pages = text.split_once("Review 1 of ").expect("the first page").1;
    let pages: String = pages.chars().take_while(char::is_ascii_digit).collect();
    for page in 2..=pages.parse().expect("a number") {
        terminal.read_and_press(ENTER);
        terminal.wait_for(&[&format!("Review {page} of")]);
    }
    terminal.read_and_press("sign");
    terminal.wait_for(&["[ sign ]"]);
    terminal.read_and_press(ENTER);
    terminal.wait_for(&["checked: reads back"]);
    let mut collector = Collector::default();
    let answer = terminal.wait_until("the whole answer", |terminal| {
        let symbols = read(&terminal.photograph());
        symbols.iter().find_map(|symbol| match collector.offer(symbol.bytes()) {
            Offered::Complete(payload) => Some(payload),
            _ => None,
        })
    });
    terminal.read_and_press(ENTER);
    answer.into_bytes()
}

#[test]
fn a_key_is_made_backed_up_drilled_sealed_and_signs_after_a_restart() {
    let frames = Frames::new("journey-vault");
    let vault =
        std::env::temp_dir().join(format!("coldlight-journey-{}.vault", std::process::id()));
    let file = vault.to_str().expect("a plain path");
    let camera = frames.camera();
    let options = ["--camera", &camera, "--vault", file];

    // made
    let mut terminal = Terminal::start(&options, 100, 40);
    terminal.wait_for(&["Make a new wallet"]);
    terminal.press("m");
    terminal.wait_for(&["How many words"]);
    terminal.press("5d");
    terminal.wait_for(&["of 50 throws"]);
    terminal.press(DICE);
    terminal.wait_for(&["Enough."]);
    terminal.press("\r\r");
    terminal.wait_for(&["How they were made"]);
    terminal.read_and_press(ENTER);
    terminal.wait_for(&["Write them down now", "24 "]);
    let words = words_on(&terminal.text()).join(" ");
    let mnemonic = Mnemonic::parse(&words).unwrap_or_else(|error| panic!("{error}"));
    let seed = Seed::open(&mnemonic, &Passphrase::new(""), Network::Test);
    let fingerprint = seed.fingerprint().to_string();
    terminal.read_and_press(ENTER);
    terminal.wait_for(&["Your new wallet", &fingerprint]);
    terminal.read_and_press(ENTER);
    terminal.wait_for(&[&format!("{fingerprint} is open."), "never drilled"]);

    // backed up on paper, and drilled
    terminal.press("b2c");
    terminal.wait_for(&["Make the paper ready"]);
    let paper = copy_code(&mut terminal, 29, 5);
    frames.show_paper(&paper);
    terminal.press("d");
    terminal.wait_for(&["The drill is passed"]);
    terminal.read_and_press(ENTER);
    terminal.wait_for(&["drilled 2"]);
    terminal.press("\u{1b}");
    terminal.wait_for(&["last drilled"]);

    // sealed
    terminal.press("v");
    terminal.wait_for(&["There is no vault"]);
    terminal.press("m");
    terminal.wait_for(&["What shall open the vault?"]);
    terminal.read_and_press(ENTER);
    terminal.wait_for(&["assphrase"]);
    for _ in 0..2 {
        terminal.read_and_press(&format!("{PASSPHRASE}{ENTER}"));
    }
    terminal.wait_for(&["A duress passphrase?"]);
    terminal.read_and_press(ENTER);
    terminal.wait_for(&["On which stick or card?", "> "]);
    terminal.read_and_press(ENTER);
    terminal.wait_for(&["You may remove the stick now."]);
    terminal.read_and_press(ENTER);
    terminal.wait_for(&["It is empty."]);
    terminal.press("a");
    terminal.wait_for(&["name"]);
    terminal.press(&format!("Savings{ENTER}"));
    terminal.wait_for(&["All of it is on the stick"]);
    terminal.press("\u{1b}");
    quit(terminal);
    let sealed = std::fs::read(&vault).expect("the vault");
    for secret in words.split(' ').chain(["Savings", &fingerprint]) {
        let holds = sealed.windows(secret.len()).any(|part| part == secret.as_bytes());
        assert!(!holds || secret.len() < 4, "{secret} stands in the vault in the clear");
    }

    // after a restart: opened, signing, locked
    frames.clear();
    let payment =
        std::env::temp_dir().join(format!("coldlight-journey-{}.psbt", std::process::id()));
    let asked = unsigned(&seed, Kind::P2wpkh, 2);
    std::fs::write(&payment, &asked).expect("a file");
    let shown = Command::new(env!("CARGO_BIN_EXE_coldlight"))
        .args(["show", payment.to_str().expect("a plain path"), "--frames"])
        .arg(&frames.0)
        .output()
        .expect("the program starts");
    assert!(shown.status.success(), "{shown:?}");
    let mut terminal = Terminal::start(&options, 100, 40);
    terminal.wait_for(&["No wallet is open."]);
    terminal.press("v");
    terminal.wait_for(&["coldlight-journey"]);
    terminal.read_and_press(ENTER);
    terminal.wait_for(&["assphrase"]);
    terminal.read_and_press(&format!("{PASSPHRASE}{ENTER}"));
    terminal.wait_for(&["Savings", &format!("{fingerprint}  drilled")]);
    terminal.read_and_press(ENTER);
    terminal.wait_for(&["24 words"]);
    terminal.read_and_press(ENTER);
    terminal.wait_for(&["opens the wallet with the fingerprint", &fingerprint]);
    terminal.read_and_press(ENTER);
    terminal.wait_for(&[&format!("Savings {fingerprint} is open.")]);
    let answer = sign(&mut terminal);
    let asked = Psbt::parse(&asked, &Limits::default()).unwrap_or_else(|error| panic!("{error}"));
    let verdict = Coordinator::new(asked).judge(&answer);
    assert!(matches!(verdict, Verdict::Valid { .. }), "{verdict}");
    terminal.wait_for(&["2 signatures were made.", "What was signed is kept in the vault."]);
    terminal.read_and_press(ENTER);
    terminal.wait_for(&["is open."]);
    terminal.press("l");
    terminal.wait_for(&["No wallet is open.", "Locked."]);
    terminal.press("q"); // nothing is open, so nothing is asked
    let (code, last) = terminal.end();
    assert_eq!(code, 0);
    assert!(last.contains("Signed 1 time: 2 signatures were made."), "{last}");
    for used in [vault, payment] {
        std::fs::remove_file(used).expect("it can be removed");
    }
}
