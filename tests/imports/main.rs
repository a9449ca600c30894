//! A wallet is opened from every form of backup, through the real screens; and what is wrong with a
//! backup is said in a sentence, with its place where that is known, and nothing typed is lost.

#[path = "../common/approved.rs"]
mod approved;
#[path = "../common/stage.rs"]
mod stage;

mod codes;
mod inside;
mod screens;

use bitcoin::NetworkKind;
use bitcoin::bip32::Xpriv;
use bitcoin::hex::FromHex;
use bitcoin::secp256k1::SECP256K1;
use coldlight::app::{Event, Key, Screen, Settings};
use coldlight::qr::Symbol;
use coldlight::wallet::Network;
use stage::{Stage, settings};

/// SLIP-39's published vectors (`vectors.json`), 1, 4 and 17; their passphrase is TREZOR.
const ALONE: &str = "duckling enlarge academic academic agency result length solution fridge kidney \
    coal piece deal husband erode duke ajar critical decision keyboard";
const TWO_OF_THREE: [&str; 2] = [
    "shadow pistol academic always adequate wildlife fancy gross oasis cylinder mustang wrist rescue \
     view short owner flip making coding armed",
    "shadow pistol academic acid actress prayer class unknown daughter sweater depict flip twice \
     unkind craft early superior advocate guest smoking",
];
const GROUPS: [&str; 5] = [
    "eraser senior decision roster beard treat identify grumpy salt index fake aviation theater cubic \
     bike cause research dragon emphasis counter",
    "eraser senior ceramic snake clay various huge numb argue hesitate auction category timber browser \
     greatest hanger petition script leaf pickup",
    "eraser senior ceramic shaft dynamic become junior wrist silver peasant force math alto coal \
     amazing segment yelp velvet image paces",
    "eraser senior ceramic round column hawk trust auction smug shame alive greatest sheriff living \
     perfect corner chest sled fumes adequate",
    "eraser senior decision smug corner ruin rescue cubic angel tackle skin skunk program roster trash \
     rumor slush angel flea amazing",
];

/// BIP93's test vectors 1, 2 and 3.
const CODEX32_SECRET: &str = "ms10testsxxxxxxxxxxxxxxxxxxxxxxxxxx4nzvca9cmczlw";
const CODEX32_SHARES: [&str; 2] = [
    "MS12NAMEA320ZYXWVUTSRQPNMLKJHGFEDCAXRPP870HKKQRM",
    "MS12NAMECACDEFGHJKLMNPQRSTUVWXYZ023FTR2GDZMPY6PN",
];
const CODEX32_OTHER: &str = "ms13casha320zyxwvutsrqpnmlkjhgfedca2a8d0zehn8a0t";

/// Coldcard's documentation (docs/seed-xor.md): three parts and what they make.
const XOR_PARTS: [&str; 3] = [
    "romance wink lottery autumn shop bring dawn tongue range crater truth ability",
    "boat unfair shell violin tree robust open ride visual forest vintage approve",
    "lion misery divide hurry latin fluid camp advance illegal lab pyramid unhappy",
];
const XOR_WHOLE: &str =
    "cannon opinion leader nephew found yard metal galaxy crouch between real trade";

/// Krux's tests (tests/test_encryption.py): an envelope of version 20 under "test key", its content.
const KEF: &str =
    "07746573742049441400000a4f52a1936c3e3271209e9d64bfb7766f5d5d8a4f908e86e738344c025d8fed54";
const KEF_WORDS: &str = "350e7b31a36727c5f2fc76b58304668c";

/// Electrum's tests (tests/test_mnemonic.py), SEED_TEST_CASES.
const ELECTRUM: &str =
    "wild father tree among universe such mobile favorite target dynamic credit identify";
const ELECTRUM_SEED: &str = "aac2a6302e48577ab4b46f23dbae0774e2e62c796f797d0a1b5faeb528301e3064342dafb79069e7c4c6b8c38ae11d7a973bec0d4f70626f8cc5184a8d0b0756";

/// The master key of BIP32's test vector 1.
const XPRV: &str = "xprv9s21ZrQH143K3QTDL4LXw2F7HEK3wJUD2nW2nRk4stbPy6cq3jPPqjiChkVvvNKmPGJxWUtg6LnF5kejMRNNU3TGtRBeJgk33yuGBxrMPHi";

fn with_camera() -> Settings {
    Settings { demo: false, ..settings() }
}

/// The page of one form.
fn at(form: char) -> Stage {
    let mut stage = Stage::with(with_camera(), 80, 25);
    stage.type_keys("om");
    says(&stage, "In which form is the backup?");
    stage.type_keys(&form.to_string());
    stage
}

/// Everything that is not a space, so that wrapping does not matter, nor a picture's edge.
fn squeezed(text: &str) -> String {
    text.split(|glyph: char| glyph.is_whitespace() || glyph == '\u{2502}').collect()
}

fn shows(stage: &Stage, what: &str) -> bool {
    squeezed(&stage.text()).contains(&squeezed(what))
}

fn says(stage: &Stage, what: &str) {
    assert!(shows(stage, what), "{what}:\n{}", stage.text());
}

fn scan(stage: &mut Stage, content: &str) {
    stage.type_keys("s");
    assert!(matches!(stage.app.screen(), Screen::Scan(_)), "{}", stage.text());
    stage.send(Event::Codes(vec![Symbol::new(content.as_bytes().to_vec())]));
}

/// Types a share and takes it.
fn share(stage: &mut Stage, text: &str) {
    stage.type_keys("t");
    stage.type_keys(text);
    stage.type_keys(" \n");
}

/// The fingerprint on the screen is that of this seed (BIP32).
fn opens(stage: &mut Stage, seed: &[u8]) {
    let master = Xpriv::new_master(NetworkKind::Test, seed).unwrap();
    opens_as(stage, &master.fingerprint(SECP256K1).to_string());
}

fn opens_as(stage: &mut Stage, fingerprint: &str) {
    for _ in 0..200 {
        stage.tick(50);
        if matches!(stage.app.screen(), Screen::Fingerprint(_)) {
            break;
        }
    }
    says(stage, fingerprint);
    stage.press(Key::Enter);
    says(stage, "is open.");
}

fn bip39(words: &str) -> [u8; 64] {
    bip39::Mnemonic::parse(words).unwrap().to_seed("")
}

fn hex(text: &str) -> Vec<u8> {
    Vec::from_hex(text).unwrap()
}

#[test]
fn shares_of_slip39_open_their_wallet() {
    let mut stage = at('s');
    says(&stage, "None is given yet.");
    share(&mut stage, ALONE);
    says(&stage, "These are enough.");
    stage.type_keys("\nTREZOR\n");
    opens(&mut stage, &hex("bb54aac4b89dc868ba37d9cc21b2cece"));

    let mut stage = at('s');
    share(&mut stage, TWO_OF_THREE[0]);
    says(&stage, "1 of 2 shares");
    scan(&mut stage, TWO_OF_THREE[1]);
    says(&stage, "These are enough.");
    stage.type_keys("\nTREZOR\n");
    opens(&mut stage, &hex("b43ceb7e57a0ea8766221624d01b0864"));
}

#[test]
fn shares_of_groups_say_what_is_missing() {
    let mut stage = at('s');
    for (number, text) in GROUPS.iter().enumerate() {
        assert_eq!(shows(&stage, "These are enough."), number == GROUPS.len());
        share(&mut stage, text);
        says(&stage, "is given");
    }
    says(&stage, "group 3, share 3 is given");
    says(&stage, "3 of 3 shares of group 3");
    says(&stage, "2 of 2 shares of group 4");
    says(&stage, "2 of the 4 groups are needed.");
    says(&stage, "These are enough.");
    share(&mut stage, GROUPS[0]);
    says(&stage, "Enough are given already.");
    stage.press(Key::Esc);
    stage.press(Key::Backspace);
    stage.type_keys("\nTR\u{e9}ZOR\n");
    says(&stage, "The passphrase of shares has only letters");
    for _ in 0..4 {
        stage.press(Key::Backspace);
    }
    stage.press(Key::Backspace);
    stage.press(Key::Backspace);
    stage.press(Key::Esc);
    stage.type_keys("\nTREZOR\n");
    opens(&mut stage, &hex("7c3397a292a5941682d7a4ae2d898d11"));
}

#[test]
fn a_wrong_share_is_named_and_what_was_given_stays() {
    let mut stage = at('s');
    share(&mut stage, TWO_OF_THREE[0]);
    // vector 2: the last word is another one
    stage.type_keys("t");
    stage.type_keys(&ALONE.replace("keyboard", "kidney"));
    stage.type_keys(" \n");
    says(&stage, "checksum");
    says(&stage, "20 kidney");
    says(&stage, "probably word 20 is another one");
    for _ in 0.."kidney".len() {
        stage.press(Key::Backspace);
    }
    stage.type_keys("keyboard \n");
    says(&stage, "This share belongs to another set");
    stage.press(Key::Esc);
    says(&stage, "share 3 is given"); // and the other one is still typed
    stage.press(Key::Esc);
    says(&stage, "begun; it is kept until you leave");
    stage.type_keys("st");
    says(&stage, "20 keyboard");
    stage.press(Key::Esc);
    stage.press(Key::Backspace); // the one that was begun
    says(&stage, "share 3 is given");
    share(&mut stage, TWO_OF_THREE[0]);
    says(&stage, "was given before. Give another one.");
    stage.press(Key::Esc);
    stage.press(Key::Enter);
    says(&stage, "These are too few");
}

#[test]
fn codex32_opens_whole_or_in_shares() {
    let mut stage = at('c');
    share(&mut stage, CODEX32_SECRET);
    says(&stage, "These are enough.");
    stage.press(Key::Enter);
    opens(&mut stage, &hex("318c6318c6318c6318c6318c6318c631"));

    let mut stage = at('c');
    share(&mut stage, CODEX32_SHARES[0]);
    says(&stage, "share A is given");
    says(&stage, "Needed: 2.");
    scan(&mut stage, CODEX32_OTHER);
    says(&stage, "This share belongs to another secret"); // the camera goes on
    stage.send(Event::Codes(vec![Symbol::new(CODEX32_SHARES[1].into())]));
    says(&stage, "These are enough.");
    stage.press(Key::Enter);
    opens(&mut stage, &hex("d1808e096b35b209ca12132b264662a5"));
}

#[test]
fn what_a_damaged_codex32_text_was_is_offered_and_never_taken_unasked() {
    let mut stage = at('c');
    let damaged = CODEX32_SECRET.replacen("xxxx", "x?qx", 1);
    stage.type_keys("t");
    stage.type_keys(&damaged);
    stage.press(Key::Enter);
    says(&stage, "Letters 11 and 12 cannot be right.");
    says(&stage, "None is given yet.");
    says(&stage, "MS10 TEST SXXX XXXX");
    assert!(!shows(&stage, "These are enough."));
    stage.type_keys("t"); // what was typed is still there
    says(&stage, "MS10 TEST SX?Q XXXX");
    stage.press(Key::Enter);
    stage.type_keys("y");
    says(&stage, "These are enough.");
    stage.press(Key::Enter);
    opens(&mut stage, &hex("318c6318c6318c6318c6318c6318c631"));

    let mut stage = at('c');
    stage.type_keys("tms10testsb");
    says(&stage, "That cannot stand here.");
    says(&stage, "MS10 TEST S");
}

#[test]
fn parts_of_seed_xor_make_their_seed_in_any_order() {
    let mut stage = at('x');
    share(&mut stage, XOR_PARTS[2]);
    says(&stage, "One part alone opens nothing of yours.");
    share(&mut stage, XOR_PARTS[2]);
    says(&stage, "This one was given already.");
    stage.press(Key::Esc);
    stage.press(Key::Backspace);
    share(&mut stage, XOR_PARTS[0]);
    says(&stage, "Are these all?");
    scan(&mut stage, "a text");
    says(&stage, "it is no part of Seed XOR");
    stage.send(Event::Codes(vec![Symbol::new(XOR_PARTS[1].into())]));
    says(&stage, "part 3 is given");
    stage.press(Key::Enter);
    says(&stage, "12 words, and their checksum is right.");
    stage.press(Key::Enter);
    opens(&mut stage, &bip39(XOR_WHOLE));
}

#[test]
fn an_encrypted_code_opens_under_its_passphrase() {
    let words = bip39::Mnemonic::from_entropy(&hex(KEF_WORDS)).unwrap().to_string();
    let mut stage = at('k');
    scan(&mut stage, "nothing of the kind");
    says(&stage, "This is no encrypted code (KEF).");
    stage.send(Event::Codes(vec![Symbol::new(KEF.into())]));
    says(&stage, "The code is read.");
    says(&stage, "test ID");
    stage.press(Key::Enter);
    stage.press(Key::Enter);
    says(&stage, "An encrypted code has a passphrase.");
    stage.type_keys("test kez\n");
    let wrong = |stage: &mut Stage| {
        for _ in 0..400 {
            stage.tick(50);
            if shows(stage, "test kez") {
                return;
            }
        }
    };
    wrong(&mut stage);
    says(&stage, "The key does not open this code, or the code is damaged.");
    says(&stage, "[ test kez_ ]");
    stage.press(Key::Backspace);
    stage.type_keys("y\n");
    for _ in 0..400 {
        stage.tick(50);
        if matches!(stage.app.screen(), Screen::Passphrase(_)) {
            break;
        }
    }
    says(&stage, "12 words, and their checksum is right.");
    stage.press(Key::Enter);
    opens(&mut stage, &bip39(&words));

    let mut stage = at('k');
    stage.type_keys("t");
    stage.type_keys("not a code");
    stage.press(Key::Enter);
    says(&stage, "This is no encrypted code (KEF).");
    says(&stage, "10 characters.");
}

#[test]
fn an_electrum_seed_opens_at_its_own_paths() {
    let mut stage = at('e');
    stage.type_keys("t");
    stage.type_keys(&ELECTRUM.replace("tree", "treee"));
    stage.press(Key::Enter);
    says(&stage, "word 3 is not in the English list");
    says(&stage, "wild father treee among");
    stage.press(Key::Esc);
    stage.press(Key::Esc);
    stage.type_keys("et");
    says(&stage, "wild father treee among");
    for _ in 0..ELECTRUM.len() + 1 {
        stage.press(Key::Backspace);
    }
    stage.type_keys("science dawn member doll dutch real can brick knife deny drive list\n");
    says(&stage, "two-factor");
    stage.press(Key::Esc);
    stage.press(Key::Backspace);
    scan(&mut stage, ELECTRUM);
    stage.press(Key::Enter);
    says(&stage, "This is a segwit seed of Electrum");
    says(&stage, "custom words");
    stage.press(Key::Enter);
    opens(&mut stage, &hex(ELECTRUM_SEED));
}

#[test]
fn electrums_words_are_completed_where_one_english_word_begins_so() {
    let mut stage = at('e');
    stage.type_keys("twi");
    says(&stage, "It may become  wide  width  wife  wild  will  win  window  wine");
    stage.press(Key::Tab);
    says(&stage, "It is not clear yet which word is meant.");
    (0..2).for_each(|_| stage.press(Key::Backspace));
    for word in ELECTRUM.split(' ') {
        let letters = word.chars().position(|letter| {
            stage.type_keys(&letter.to_string());
            shows(&stage, &format!("Tab takes {word} "))
        });
        assert!(letters.is_some_and(|letters| letters < 4), "{}", stage.text());
        stage.press(Key::Tab);
    }
    stage.type_keys("zzz");
    says(&stage, "No word of the English list begins so.");
    (0..3).for_each(|_| stage.press(Key::Backspace));
    stage.type_keys("\n\n");
    opens(&mut stage, &hex(ELECTRUM_SEED));
}

/// Electrum's tests (tests/test_mnemonic.py): a standard seed in English, with custom words.
#[test]
fn an_electrum_seed_with_custom_words_is_another_wallet() {
    let mut stage = at('e');
    stage.type_keys("t");
    stage.type_keys(
        "cram swing cover prefer miss modify ritual silly deliver chunk behind inform able",
    );
    stage.type_keys("\n");
    says(&stage, "This is a standard seed of Electrum");
    stage.press(Key::Enter);
    let screen = |stage: &mut Stage| {
        for _ in 0..200 {
            stage.tick(50);
        }
        stage.text()
    };
    let plain = screen(&mut stage);
    stage.press(Key::Esc);
    stage.type_keys("custom\n");
    let custom = screen(&mut stage);
    assert!(plain.contains("fingerprint") && custom.contains("fingerprint"), "{plain}{custom}");
    assert_ne!(plain, custom);
    stage.press(Key::Esc);
    says(&stage, "[ custom_ ]");
}

#[test]
fn an_extended_private_key_opens_on_its_network_only() {
    let main = Settings { network: Network::Main, mainnet_allowed: true, ..with_camera() };
    let mut stage = Stage::with(main, 80, 25);
    stage.type_keys("ompt");
    let fingerprint = "3442193e"; // BIP32's test vector 1
    stage.type_keys(&XPRV.replacen('Z', "0", 1));
    stage.press(Key::Enter);
    says(&stage, "Letter 9 cannot stand in an extended key");
    says(&stage, "111 of 111 letters.");
    for _ in 0..XPRV.len() {
        stage.press(Key::Backspace);
    }
    stage.type_keys(&XPRV[..110]);
    stage.press(Key::Enter);
    says(&stage, "It has 110 letters; such a key has 111.");
    stage.type_keys("j\n");
    says(&stage, "its checksum is wrong");
    stage.press(Key::Backspace);
    stage.type_keys("i\n");
    opens_as(&mut stage, fingerprint);

    let mut stage = at('p');
    scan(
        &mut stage,
        "xpub661MyMwAqRbcFtXgS5sYJABqqG9YLmC4Q1Rdap9gSE8NqtwybGhePY2gZ29ESFjqJoCu1Rupje8YtGqsefD265TMg7usUDFdp6W1EGMcet8",
    );
    says(&stage, "This is a public key: it sees a wallet, and cannot sign.");
    stage.send(Event::Codes(vec![Symbol::new(b"a note".to_vec())]));
    says(&stage, "This code holds no extended private key.");
    stage.press(Key::Esc);
    stage.type_keys("t");
    stage.type_keys(XPRV);
    stage.press(Key::Enter);
    says(&stage, "belongs to another network");
    says(&stage, "111 of 111 letters.");
}

#[test]
fn what_was_given_is_wiped_by_leaving_and_nothing_is_opened_for_the_main_network_in_a_terminal() {
    let mut stage = at('p');
    stage.type_keys("tabc");
    for _ in 0..3 {
        stage.press(Key::Esc);
    }
    says(&stage, "Scan a seed code");
    stage.type_keys("m");
    assert!(!shows(&stage, "it is kept"));

    let main = Settings { network: Network::Main, ..with_camera() };
    let mut stage = Stage::with(main, 80, 25);
    stage.type_keys("om");
    says(&stage, "Keys for the main network are refused");
}

#[test]
fn every_form_has_its_help_and_no_dead_end() {
    for form in "scxkep".chars() {
        let mut stage = at(form);
        let page = stage.text();
        stage.press(Key::Help);
        says(&stage, "Help");
        assert!(stage.text() != page);
        stage.press(Key::Esc);
        stage.press(Key::Enter);
        assert!(shows(&stage, "too few") || shows(&stage, "Nothing is given yet."), "{form}");
        stage.press(Key::Esc);
        says(&stage, "In which form is the backup?");
    }
}

#[test]
fn a_key_below_the_master_key_or_spelled_otherwise_is_named() {
    let mut stage = at('p');
    // BIP32's test vector 1, m/0'
    let child = "xprv9uHRZZhk6KAJC1avXpDAp4MDc3sQKNxDiPvvkX8Br5ngLNv1TxvUxt4cV1rGL5hj6KCesnDYUhd7oWgT11eZG7XnxHrnYeSvkzY7d2bhkJ7";
    scan(&mut stage, child);
    stage.press(Key::Enter);
    says(&stage, "is not a master key: its depth is 1, not 0.");
    says(&stage, "111 of 111 letters.");
    stage.press(Key::Esc);
    stage.press(Key::Backspace);
    stage.type_keys("tzprvAWgYBBk7JR8Gk\n");
    says(&stage, "zprv, uprv or vprv (SLIP-132) is not read here");
    says(&stage, "17 of 111 letters.");
}
