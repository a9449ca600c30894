//! What an encrypted code may hold: words as text, a key, another code, or no wallet at all.

use super::*;
use coldlight::device::random::KernelRandom;
use coldlight::keys::Generator;
use coldlight::keys::kef::Sealing;

const PASSPHRASE: &str = "of the code";

/// The code's text, as hexadecimal digits, of that content.
fn code(content: &[u8]) -> String {
    let mut random = Generator::new(KernelRandom);
    let sealing = Sealing::begin(content, b"inside", PASSPHRASE.as_bytes(), &mut random);
    let mut sealing = sealing.unwrap_or_else(|error| panic!("{error}"));
    let envelope = sealing.advance(u32::MAX).expect("all at once");
    let bytes = envelope.unwrap_or_else(|error| panic!("{error}")).to_bytes();
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Scanned, and its passphrase typed; ticks until the key is made.
fn opened(content: &[u8]) -> Stage {
    let mut stage = at('k');
    scan(&mut stage, &code(content));
    stage.press(Key::Enter);
    unlock(&mut stage);
    stage
}

fn unlock(stage: &mut Stage) {
    stage.type_keys(PASSPHRASE);
    stage.press(Key::Enter);
    for _ in 0..400 {
        if !shows(stage, "slowly on purpose") {
            return;
        }
        stage.tick(50);
    }
    panic!("the key is not made:\n{}", stage.text());
}

#[test]
fn words_as_text_open_their_wallet() {
    let mut stage = opened(XOR_WHOLE.as_bytes());
    says(&stage, "12 words, and their checksum is right.");
    stage.press(Key::Enter);
    opens(&mut stage, &bip39(XOR_WHOLE));
}

#[test]
fn a_key_opens_on_its_network_and_is_refused_on_another() {
    let seed = bip39(XOR_WHOLE);
    let test = Xpriv::new_master(NetworkKind::Test, &seed).unwrap();
    let mut stage = opened(test.to_string().as_bytes());
    opens(&mut stage, &seed);
    let stage = opened(XPRV.as_bytes());
    says(&stage, "belongs to another network");
}

#[test]
fn a_code_in_a_code_asks_for_its_passphrase_in_turn() {
    let inner = hex(&code(XOR_WHOLE.as_bytes()));
    let mut stage = opened(&inner);
    says(&stage, "The code held another encrypted code. Type the passphrase of that one.");
    says(&stage, "[ _ ]");
    unlock(&mut stage);
    stage.press(Key::Enter);
    opens(&mut stage, &bip39(XOR_WHOLE));
}

#[test]
fn a_backup_of_something_else_is_named() {
    let stage = opened(b"wsh(sortedmulti(2,...)), a descriptor");
    says(&stage, "The passphrase is right, and the code holds no words and no key");
}
