//! Signing a message on the screens: asked for by light, read page by page, answered as a code that
//! holds.

#[path = "common/approved.rs"]
mod approved;
#[path = "common/stage.rs"]
mod stage;

use approved::Approved;
use coldlight::app::{Key, Screen};
use coldlight::demo;
use coldlight::keys::{Mnemonic, Passphrase, Seed};
use coldlight::message::{MessageText, Signature, Verdict, verify};
use coldlight::psbt::{Limits, Psbt};
use coldlight::review::message::{draft, find};
use coldlight::review::{Context, History, Policy};
use coldlight::transport::{Collector, Offered};
use coldlight::ui::qr::photograph;
use coldlight::wallet::{KeyRing, Network};
use stage::Stage;

const PATH: &str = "m/84'/1'/0'/0/0";

fn text(message: &str) -> MessageText {
    MessageText::new(message.as_bytes()).unwrap_or_else(|e| panic!("{e}"))
}

/// The demo's seed asks itself: the PSBT of a coordinator, and the address's script.
fn asked(message: &str) -> (String, bitcoin::ScriptBuf) {
    let words = Mnemonic::parse(demo::WORDS).unwrap_or_else(|_| panic!("the demo's words"));
    let seed = Seed::open(&words, &Passphrase::new(""), Network::Test);
    let context = Context {
        network: Network::Test,
        keys: Some(&seed as &dyn KeyRing),
        wallets: &[],
        history: &History::default(),
        policy: &Policy::default(),
        now: None,
        only_to: None,
        allow_sighash_unusual: false,
    };
    let place = find(PATH, &context).unwrap_or_else(|e| panic!("{e}"));
    let request = draft(&text(message), &place, &context).expect("a request");
    let script = request.challenge().clone();
    (data_encoding::BASE64.encode(&request.psbt().serialize()), script)
}

/// The demo's wallet is open and its camera looks.
fn looking() -> Stage {
    let mut stage = Stage::new(120, 50);
    stage.type_keys("d\n");
    stage.tick(1);
    stage.type_keys("\n");
    assert!(matches!(stage.app.screen(), Screen::Scan(_)), "{}", stage.text());
    stage
}

/// Presses a key once the page was read.
fn press(stage: &mut Stage, key: Key) {
    stage.read_screen();
    stage.press(key);
}

/// Reads page after page until the word is asked for; gives all that was shown.
fn read_all(stage: &mut Stage) -> String {
    let mut shown = String::new();
    for _ in 0..50 {
        shown.push_str(&stage.text());
        if stage.text().contains("Type  sign") {
            return shown;
        }
        press(stage, Key::Enter);
    }
    panic!("no end:\n{shown}");
}

fn sign(stage: &mut Stage) {
    for letter in "sign".chars() {
        press(stage, Key::Char(letter));
    }
    press(stage, Key::Enter);
    stage.tick(1);
    assert!(stage.text().contains("The message is signed."), "{}", stage.text());
}

/// What a camera reads off the screen.
fn seen(stage: &mut Stage) -> Vec<u8> {
    let mut collector = Collector::default();
    for _ in 0..200 {
        let (buffer, code) = stage.draw();
        let picture = code.and_then(|area| photograph(&buffer, area)).expect("a code");
        for symbol in coldlight::qr::read(&picture) {
            if let Offered::Complete(payload) = collector.offer(symbol.bytes()) {
                return payload.bytes().to_vec();
            }
        }
        stage.tick(300);
    }
    panic!("not read:\n{}", stage.text());
}

/// Screens as they are meant, in `tests/screens/`. `UPDATE_SCREENS=1` writes them anew.
fn approved(name: &str, stage: &Stage) {
    let mut one = Approved::begin();
    one.see(name, &stage.text());
    one.hold();
}

#[test]
fn a_spoken_message_is_read_signed_and_answered_in_writing() {
    let mut stage = looking();
    stage.codes(&["signmessage m/84h/1h/0h/0/0 ascii:Hello from the cold"]);
    approved("message-said", &stage);
    press(&mut stage, Key::Enter);
    approved("message-who", &stage);
    let shown = read_all(&mut stage);
    assert!(shown.contains("A message, not a payment"), "{shown}");
    approved("message-confirm", &stage);
    press(&mut stage, Key::Enter);
    assert!(stage.text().contains("Type  sign"), "nothing without the word");
    sign(&mut stage);
    // a reader of codes takes 65 bytes in base64 for those bytes
    let written = data_encoding::BASE64.encode(&seen(&mut stage));
    let (_, script) = asked("x");
    let signature = Signature::read(&written).unwrap_or_else(|e| panic!("{written}: {e}"));
    let verdict = verify(&script, &text("Hello from the cold"), &signature);
    assert!(matches!(verdict, Verdict::Valid(_)), "{verdict:?}");
    press(&mut stage, Key::Enter);
    assert!(matches!(stage.app.screen(), Screen::Home(_)));
    assert_eq!(stage.app.signatures(), 1);
}

#[test]
fn a_psbt_with_a_message_is_answered_with_the_psbt_or_in_writing() {
    let (psbt, script) = asked("Audit");
    let mut stage = looking();
    stage.codes(&[&psbt]);
    stage.tick(1);
    let shown = read_all(&mut stage);
    assert!(shown.contains("| Audit") && shown.contains("BIP322 simple"), "{shown}");
    assert!(!shown.contains("Fee") && !shown.contains("You pay"), "{shown}");
    sign(&mut stage);
    let answer = seen(&mut stage);
    let answer = Psbt::parse(&answer, &Limits::default()).unwrap_or_else(|e| panic!("{e}"));
    assert_eq!(answer.message(), Some(&b"Audit"[..]));
    assert!(answer.finish().is_ok());
    stage.press(Key::Char('t'));
    let written = String::from_utf8(seen(&mut stage)).expect("text");
    assert!(written.starts_with("smp"));
    let signature = Signature::read(&written).unwrap_or_else(|e| panic!("{e}"));
    assert!(matches!(verify(&script, &text("Audit"), &signature), Verdict::Valid(_)));
}

#[test]
fn leaving_at_any_page_signs_nothing() {
    let (psbt, _) = asked(&"A long message with many words. ".repeat(100));
    for pages in 0..3 {
        let mut stage = looking();
        stage.codes(&[&psbt]);
        stage.tick(1);
        for _ in 0..pages {
            press(&mut stage, Key::Enter);
        }
        for _ in 0..=pages {
            stage.press(Key::Esc);
        }
        assert!(stage.text().contains("Nothing was signed."), "{}", stage.text());
        assert_eq!(stage.app.signatures(), 0);
    }
}

#[test]
fn what_cannot_be_signed_is_refused_in_a_sentence() {
    for (asked, says) in [
        ("signmessage m/84h/0h/0h/0/0 ascii:x", "NETWORK_WRONG"),
        ("signmessage m/45h/0 ascii:x", "UNUSUAL_PATH"),
        ("signmessage m/84h/1h/0h/0/0 hex:00", "ascii:"),
    ] {
        let mut stage = looking();
        stage.codes(&[asked]);
        assert!(stage.text().contains(says), "{}", stage.text());
        stage.press(Key::Enter);
        assert!(matches!(stage.app.screen(), Screen::Home(_)));
        assert_eq!(stage.app.signatures(), 0);
    }
}

#[test]
fn a_typed_message_is_signed_and_its_signature_verified_by_typing() {
    let mut stage = looking();
    stage.press(Key::Char('t'));
    stage.type_keys("Is it me?\n");
    stage.type_keys("m/84h/1h/0h/0");
    press(&mut stage, Key::Enter);
    assert!(stage.text().contains("No standard account"), "{}", stage.text());
    stage.type_keys("/0");
    approved("message-typing", &stage);
    press(&mut stage, Key::Enter);
    let shown = read_all(&mut stage);
    assert!(shown.contains("| Is it me?"), "{shown}");
    sign(&mut stage);
    let written = String::from_utf8(seen(&mut stage)).expect("text");
    let (_, script) = asked("x");
    let signature = Signature::read(&written).unwrap_or_else(|e| panic!("{e}"));
    assert!(matches!(verify(&script, &text("Is it me?"), &signature), Verdict::Valid(_)));
    // and back in by the keyboard
    press(&mut stage, Key::Enter);
    stage.press(Key::Char('s'));
    stage.press(Key::Char('t'));
    stage.press(Key::Tab);
    let address = coldlight::wallet::address(&script, Network::Test).expect("an address");
    stage.type_keys(&format!("Is it me?\n{address}\n{written}\n"));
    assert!(stage.text().contains("The signature holds (BIP322 simple)."), "{}", stage.text());
    stage.press(Key::Backspace);
    stage.press(Key::Enter);
    assert!(stage.text().contains("is not base64"), "{}", stage.text());
}

#[test]
fn the_older_form_is_typed_too() {
    let mut stage = looking();
    stage.press(Key::Char('t'));
    stage.type_keys("older");
    stage.press(Key::Right);
    stage.type_keys("\nm/44h/1h/0h/0/0");
    press(&mut stage, Key::Enter);
    let shown = read_all(&mut stage);
    assert!(shown.contains("BIP137"), "{shown}");
    sign(&mut stage);
    assert_eq!(seen(&mut stage).len(), 65);
}
