//! Making a new wallet, by keys: from the first question to an open wallet whose words are those that
//! an independent calculation gives; and what is refused on the way.

#[path = "../common/approved.rs"]
mod approved;
mod screens;
#[path = "../common/stage.rs"]
mod stage;
#[path = "../common/terminal.rs"]
mod terminal;

use bitcoin::bip32::Xpriv;
use bitcoin::hashes::{Hash, HashEngine, Hmac, HmacEngine, sha256, sha512};
use bitcoin::secp256k1::SECP256K1;
use coldlight::app::{Command, Event, Key, Screen, Settings, Sight, Source};
use coldlight::keys::{Generator, RandomError, RandomSource};
use coldlight::qr::Luma;
use coldlight::wallet::Network;
use stage::{Stage, settings};
use terminal::Terminal;

/// 99 throws, and the words that SeedSigner publishes for them (`docs/dice_verification.md`).
const DICE: &str = "655152231316521321611331544441236164664431121534415633526456254462245546236542364246312613322234612";
const DICE_WORDS: &str = "eyebrow obvious such suggest poet seven breeze blame virtual frown dynamic donor harsh pigeon \
    express broccoli easy apology scatter force recipe shadow claim radio";

/// Bytes that look random, and are known.
struct Known(u64);

impl RandomSource for Known {
    fn fill(&mut self, bytes: &mut [u8]) -> Result<(), RandomError> {
        for byte in bytes {
            *byte = known(self.0);
            self.0 += 1;
        }
        Ok(())
    }
}

fn known(at: u64) -> u8 {
    sha256::Hash::hash(&at.to_be_bytes()).to_byte_array()[0]
}

/// What the generator gives first: behind the 1,024 bytes of its start-up test.
fn drawn_first(count: u64) -> Vec<u8> {
    (1024..1024 + count).map(known).collect()
}

/// Fails at every call.
struct Failing;

impl RandomSource for Failing {
    fn fill(&mut self, _: &mut [u8]) -> Result<(), RandomError> {
        Err(RandomError::Failed)
    }
}

/// The same byte for ever.
struct Constant;

impl RandomSource for Constant {
    fn fill(&mut self, bytes: &mut [u8]) -> Result<(), RandomError> {
        bytes.fill(0xa5);
        Ok(())
    }
}

/// The same bytes at every call.
struct Repeating;

impl RandomSource for Repeating {
    fn fill(&mut self, bytes: &mut [u8]) -> Result<(), RandomError> {
        Known(0).fill(bytes)
    }
}

/// Each source that no secret may come of, and what is said of it.
fn bad_sources() -> [(Generator, &'static str); 3] {
    [
        (Generator::new(Failing), "random source failed"),
        (Generator::new(Constant), "random source repeats itself"),
        (Generator::new(Repeating), "random source repeats itself"),
    ]
}

fn with(random: Generator) -> Settings {
    Settings { random, ..settings() }
}

/// A stage whose random source is known, in a window of this size.
fn sized(columns: u16, rows: u16) -> Stage {
    Stage::with(with(Generator::new(Known(0))), columns, rows)
}

fn stage() -> Stage {
    sized(80, 25)
}

/// The text without line breaks and margins, so that sentences are found across rows.
fn flowing(stage: &Stage) -> String {
    stage.text().split_whitespace().collect::<Vec<_>>().join(" ")
}

fn shows(stage: &Stage, sentence: &str) {
    assert!(flowing(stage).contains(sentence), "not shown: {sentence}\n{}", stage.text());
}

/// The words on the screen, in the order of their numbers.
fn words_on(stage: &Stage) -> String {
    words_in(&stage.text())
}

fn words_in(screen: &str) -> String {
    let text = screen.split_whitespace().collect::<Vec<_>>().join(" ");
    let pieces: Vec<&str> = text.split(' ').collect();
    let mut words: Vec<(usize, &str)> = pieces
        .windows(2)
        .filter_map(|two| Some((two[0].parse().ok()?, two[1])))
        .filter(|(_, word)| word.chars().all(|letter| letter.is_ascii_lowercase()))
        .collect();
    words.sort_unstable();
    assert!(words.iter().enumerate().all(|(place, (number, _))| *number == place + 1), "{text}");
    words.into_iter().map(|(_, word)| word).collect::<Vec<_>>().join(" ")
}

/// BIP39 and BIP32, by the libraries alone.
fn fingerprint(words: &str) -> String {
    let mnemonic = bip39::Mnemonic::parse(words).expect("a mnemonic");
    let master = Xpriv::new_master(bitcoin::Network::Testnet, &mnemonic.to_seed(""));
    master.expect("a master key").fingerprint(SECP256K1).to_string()
}

/// From the page of words to the home screen.
fn open(stage: &mut Stage) {
    let words = words_on(stage);
    stage.press(Key::Enter);
    stage.tick(1); // the keys are derived
    shows(stage, &fingerprint(&words));
    stage.press(Key::Enter);
    assert!(matches!(stage.app.screen(), Screen::Home(_)), "{}", stage.text());
    shows(stage, &format!("Wallet {} is open.", fingerprint(&words)));
}

/// RFC 5869 for one block, over ingredients as the handbook describes them.
fn hkdf(ingredients: &[(&str, &[u8])], words: usize) -> Vec<u8> {
    let hmac = |key: &[u8], parts: &[&[u8]]| {
        let mut engine = HmacEngine::<sha512::Hash>::new(key);
        parts.iter().for_each(|part| engine.input(part));
        Hmac::from_engine(engine).to_byte_array()
    };
    let mut material = vec![];
    for (name, content) in ingredients {
        material.push(u8::try_from(name.len()).expect("short"));
        material.extend_from_slice(name.as_bytes());
        material.extend_from_slice(&u32::try_from(content.len()).expect("short").to_be_bytes());
        material.extend_from_slice(content);
    }
    let key = hmac(b"Coldlight seed mixing, version 1", &[&material]);
    let info = format!("BIP39 entropy of {words} words");
    hmac(&key, &[info.as_bytes(), &[1]])[..words / 3 * 4].to_vec()
}

fn words_of(entropy: &[u8]) -> String {
    bip39::Mnemonic::from_entropy(entropy).expect("BIP39's length").to_string()
}

/// A picture of blocks of grey that depends on `scene`.
fn picture(scene: u64) -> Sight {
    let grey = |at: u64| known(1_000_000 + scene * 1_000 + at);
    let blocks: Vec<u8> = (0..48).map(grey).collect();
    let pixel = |at: usize| blocks[at % 160 / 20 + at / 160 / 20 * 8];
    let data = (0..160 * 120).map(pixel).collect();
    let preview = Luma::new(160, 120, data).expect("the size fits the data");
    Sight { preview, frames_per_second: 24.0, read_percent: 0, hint: None }
}

#[test]
fn dice_alone_give_the_published_words_and_an_open_wallet() {
    let mut stage = Stage::with(with(Generator::new(Failing)), 80, 25);
    stage.type_keys("m5kd");
    stage.type_keys(&DICE[..98]);
    shows(&stage, "of 99 throws");
    stage.type_keys("\n\n");
    shows(&stage, "98 of 99 throws. Their published rule asks for 1 more.");
    stage.type_keys("d");
    stage.type_keys(&DICE[98..]);
    shows(&stage, "Enough.");
    stage.type_keys("\n\n");
    shows(
        &stage,
        "By the published rule of Coldcard, SeedSigner and Krux: SHA-256 over the digits",
    );
    stage.press(Key::Enter);
    assert_eq!(words_on(&stage), DICE_WORDS);
    open(&mut stage);
}

#[test]
fn coins_and_a_d20_alone_follow_the_rules_that_are_published_for_them() {
    let mut stage = stage();
    let flips: String = drawn_first(128).iter().map(|byte| char::from(b'0' + byte % 2)).collect();
    stage.type_keys("m1kc");
    stage.type_keys(&flips);
    stage.type_keys("\n\n");
    shows(&stage, "By the published rule of SeedSigner: SHA-256 over the throws, 1 for heads");
    stage.press(Key::Enter);
    let digest = sha256::Hash::hash(flips.as_bytes()).to_byte_array();
    assert_eq!(words_on(&stage), words_of(&digest[..16]));

    let mut stage = self::stage();
    let numbers: Vec<String> =
        drawn_first(60).iter().map(|byte| (byte % 20 + 1).to_string()).collect();
    stage.type_keys("m5k2");
    numbers.iter().for_each(|number| {
        stage.type_keys(number);
        if number == "1" || number == "2" {
            stage.type_keys(" ");
        }
    });
    shows(&stage, "of 60 throws");
    stage.type_keys("\n\n");
    shows(&stage, "By the published rule of Krux");
    stage.press(Key::Enter);
    let digest = sha256::Hash::hash(numbers.join("-").as_bytes()).to_byte_array();
    assert_eq!(words_on(&stage), words_of(&digest));
    open(&mut stage);
}

#[test]
fn everything_together_is_mixed_as_the_handbook_says() {
    let mut stage = Stage::with(Settings { demo: false, ..with(Generator::new(Known(0))) }, 80, 25);
    stage.type_keys("m3d");
    stage.type_keys(&DICE[..30]);
    stage.type_keys("\n22 20 17 1 3\nchtTh10\npas10dtc\nt");
    stage.type_keys("why? Not!\n");
    stage.press(Key::Char('f'));
    [1, 1, 2].into_iter().for_each(|scene| stage.send(Event::Sight(picture(scene))));
    shows(&stage, "2 of 2 pictures");
    stage.type_keys("\n\n");
    shows(&stage, "Mixed by HKDF-SHA-512");
    stage.press(Key::Enter);
    let pictures = [picture(1), picture(2)].map(|sight| sight.preview.data().to_vec()).concat();
    let entropy = hkdf(
        &[
            ("kernel", &drawn_first(64)),
            ("d6", &DICE.as_bytes()[..30]),
            ("d20", b"2-20-17-1-3"),
            ("coins", b"100110"),
            ("cards", b"AsTdTc"),
            ("camera", sha512::Hash::hash(&pictures).as_byte_array()),
            ("text", b"why? Not!"),
        ],
        18,
    );
    assert_eq!(words_on(&stage), words_of(&entropy));
    open(&mut stage);
}

#[test]
fn what_went_in_is_shown_to_the_byte() {
    let mut stage = sized(120, 40);
    stage.type_keys("m5d");
    stage.type_keys(&DICE[..50]);
    stage.type_keys("\n\ni");
    let hex: String = drawn_first(64).iter().map(|byte| format!("{byte:02x}")).collect();
    let shown: String = stage.text().split_whitespace().collect();
    assert!(shown.contains(&hex), "{}", stage.text());
    assert!(shown.contains(&DICE[..50]), "{}", stage.text());
}

#[test]
fn a_bad_random_source_makes_nothing_and_the_throws_are_kept() {
    for (random, why) in bad_sources() {
        let mut stage = Stage::with(with(random), 80, 25);
        stage.type_keys("m5d");
        stage.type_keys(&DICE[..60]);
        stage.type_keys("\n\n");
        shows(&stage, why);
        shows(&stage, "Nothing was made.");
        shows(&stage, "60 throws");
        // it stays so
        stage.press(Key::Enter);
        shows(&stage, why);
        // without it the throws still serve
        stage.type_keys("kd");
        stage.type_keys(&DICE[60..]);
        stage.type_keys("\n\n\n");
        assert_eq!(words_on(&stage), DICE_WORDS);
    }
}

#[test]
fn a_bad_random_source_makes_nothing_alone_either_nor_chooses_a_last_word() {
    for (random, why) in bad_sources() {
        let mut stage = Stage::with(with(random), 80, 25);
        stage.type_keys("m5\n");
        shows(&stage, "Nothing of your own is mixed in.");
        stage.type_keys("y");
        shows(&stage, why);
        shows(&stage, "Nothing was made.");
        stage.press(Key::Esc);
        stage.type_keys("llega winn than year wave saus wort usef lega winn than \n");
        stage.press(Key::Tab);
        shows(&stage, why);
        stage.press(Key::Enter);
        shows(&stage, "It is not clear yet which word is meant.");
    }
}

#[test]
fn the_machines_source_alone_needs_a_second_word() {
    let mut stage = stage();
    stage.type_keys("m1\n\n");
    shows(&stage, "What shall the 12 words be made of?");
    stage.type_keys("\ny\n");
    assert_eq!(words_on(&stage), words_of(&hkdf(&[("kernel", &drawn_first(64))], 12)));
    open(&mut stage);
}

#[test]
fn too_little_of_ones_own_is_refused_with_what_is_missing() {
    let mut stage = stage();
    stage.type_keys("m5d12\n\n");
    shows(&stage, "Too little: 5 bits so far; beside the machine's source at least 64 bits");
    stage.type_keys("kc1\n\n");
    shows(
        &stage,
        "Too little: 6 bits so far; 24 words without the machine's source need 256 bits.",
    );
}

#[test]
fn biased_and_patterned_throws_are_named_and_more_are_needed() {
    let cases = [
        ("d", "123456".repeat(20), "D6: many throws count up or down in equal steps."),
        ("d", "4".repeat(120), "D6: all throws are the same."),
        ("d", "35162216354461263514".repeat(6), "D6: the same 20 throws come again."),
        ("c", "01".repeat(130), "Coins: heads and tails take turns"),
        (
            "d",
            format!("{}{}", "6".repeat(9), DICE).replace('1', "6").replace('2', "6"),
            "D6: the 6 came",
        ),
        (
            "p",
            "ac2c3c4c5c6c7c8c9ctcjcqckc".into(),
            "Cards: they follow one another as in a new deck",
        ),
    ];
    for (source, typed, flaw) in cases {
        let mut stage = stage();
        stage.type_keys(&format!("m5k{source}"));
        stage.type_keys(&typed);
        shows(&stage, flaw);
        shows(&stage, "more are needed.");
        stage.type_keys("\n\n");
        shows(&stage, "Too little:");
        shows(&stage, flaw);
    }
}

#[test]
fn what_is_on_no_die_coin_or_card_is_not_taken() {
    let mut stage = stage();
    stage.type_keys("m5d7");
    shows(&stage, "A die with six faces shows 1 to 6.");
    stage.type_keys("\n2x");
    shows(&stage, "Type the number that the die shows, 1 to 20.");
    stage.type_keys("\ncx");
    shows(&stage, "A coin shows heads");
    stage.type_keys("\npz");
    shows(&stage, "A card begins with its rank");
    stage.type_keys("az");
    shows(&stage, "A suit is c (clubs)");
    stage.type_keys("sas");
    shows(&stage, "That card was drawn already.");
    stage.press(Key::Tab);
    stage.type_keys("as");
    shows(&stage, "As / As");
    stage.type_keys("\n");
    shows(&stage, "2 cards, 11 bits");
}

#[test]
fn going_back_keeps_what_was_thrown_and_the_same_words() {
    let mut stage = stage();
    stage.type_keys("m5d");
    stage.type_keys(&DICE[..50]);
    stage.type_keys("\n\n\n");
    let words = words_on(&stage);
    (0..3).for_each(|_| stage.press(Key::Esc)); // to how many words
    shows(&stage, "What you gathered so far is kept");
    stage.type_keys("5\n\n");
    assert_eq!(words_on(&stage), words);
    // a key that is no throw changes nothing
    (0..2).for_each(|_| stage.press(Key::Esc));
    stage.type_keys("d9x\nc7\np?");
    stage.press(Key::Esc);
    stage.press(Key::Tab);
    stage.press(Key::Backspace);
    stage.type_keys("\n\n\n");
    assert_eq!(words_on(&stage), words);
    // another throw makes other words
    (0..2).for_each(|_| stage.press(Key::Esc));
    stage.type_keys("d1\n\n\n");
    assert_ne!(words_on(&stage), words);
    // from the fingerprint, too
    let words = words_on(&stage);
    stage.press(Key::Enter);
    stage.tick(1);
    stage.press(Key::Esc);
    assert_eq!(words_on(&stage), words);
}

#[test]
fn backspace_takes_back_one_throw_at_a_time() {
    let mut stage = stage();
    stage.type_keys("m5d123");
    stage.press(Key::Backspace);
    shows(&stage, "12_");
    stage.type_keys("\n21");
    shows(&stage, "1_");
    stage.press(Key::Backspace);
    stage.type_keys("2 1 ");
    shows(&stage, "2 1 _");
    stage.press(Key::Backspace);
    shows(&stage, "2 _");
}

#[test]
fn leaving_asks_once_and_wipes() {
    let mut stage = stage();
    stage.type_keys("m5d123\n");
    stage.press(Key::Esc);
    stage.press(Key::Esc);
    shows(&stage, "Leave, and wipe what you threw");
    stage.press(Key::Esc);
    shows(&stage, "How many words shall it have?");
    stage.press(Key::Esc);
    stage.type_keys("ym5");
    assert!(!stage.text().contains("throws"), "{}", stage.text());
    // with nothing gathered it does not ask
    stage.press(Key::Esc);
    stage.press(Key::Esc);
    assert!(matches!(stage.app.screen(), Screen::Home(_)));
}

#[test]
fn a_passphrase_may_be_added_and_changes_the_wallet() {
    let mut stage = stage();
    stage.type_keys("m5\ny\n");
    let words = words_on(&stage);
    stage.type_keys("popen sesame");
    stage.press(Key::Esc);
    assert_eq!(words_on(&stage), words);
    stage.type_keys("popen sesame\n");
    stage.tick(1);
    let seed = bip39::Mnemonic::parse(&words).expect("a mnemonic").to_seed("open sesame");
    let master = Xpriv::new_master(bitcoin::Network::Testnet, &seed).expect("a master key");
    shows(&stage, &master.fingerprint(SECP256K1).to_string());
    shows(&stage, "Your new wallet");
    stage.press(Key::Enter);
    assert!(matches!(stage.app.screen(), Screen::Home(_)), "{}", stage.text());
}

#[test]
fn keys_typed_ahead_do_not_skip_the_words() {
    let mut stage = stage();
    stage.type_keys("m5d");
    stage.type_keys(&DICE[..50]);
    (0..8).for_each(|_| stage.send(Event::Key(Key::Enter)));
    shows(&stage, "How they were made");
    stage.read_screen();
    (0..8).for_each(|_| stage.send(Event::Key(Key::Enter)));
    assert_eq!(words_on(&stage).split(' ').count(), 24);
}

#[test]
fn a_camera_that_stands_still_adds_one_picture_and_is_let_go() {
    let mut stage = Stage::with(Settings { demo: false, ..with(Generator::new(Known(0))) }, 80, 25);
    stage.type_keys("m1f");
    assert_eq!(stage.commands, [Command::OpenEye(Source::Camera)]);
    stage.send(Event::SourceOpened("HD Webcam".into()));
    (0..20).for_each(|_| stage.send(Event::Sight(picture(7))));
    shows(&stage, "1 of 32 pictures");
    shows(&stage, "This picture was there before,");
    stage.send(Event::Sight(Sight { preview: dark(), ..picture(0) }));
    shows(&stage, "dark or empty");
    // help, and back
    stage.press(Key::Char('?'));
    stage.press(Key::Esc);
    stage.press(Key::Enter);
    let eye = [Command::OpenEye(Source::Camera), Command::CloseEye];
    assert_eq!(stage.commands, [eye.clone(), eye].concat());
    shows(&stage, "1 picture, 4 bits");
    // what the camera still sends is not for another screen
    stage.send(Event::Sight(picture(8)));
    shows(&stage, "1 picture, 4 bits");
}

fn dark() -> Luma {
    Luma::new(160, 120, vec![3; 160 * 120]).expect("the size fits the data")
}

#[test]
fn the_demos_camera_adds_nothing() {
    let mut stage = stage();
    stage.type_keys("m1f");
    shows(&stage, "No camera is in use, only the demo's");
    assert!(stage.commands.is_empty());
}

#[test]
fn coins_choose_the_last_word_and_the_wallet_opens() {
    let mut stage = stage();
    stage.type_keys("mllega winn than year wave saus wort usef lega winn than ");
    shows(&stage, "11 words. Enter shows which may be word 12.");
    stage.type_keys("\n1011011");
    let eleven = "legal winner thank year wave sausage worth useful legal winner thank";
    // BIP39: the seven bits, then the checksum
    let last = bip39::Language::English
        .word_list()
        .iter()
        .enumerate()
        .find(|(place, word)| {
            place >> 4 == 0b101_1011 && bip39::Mnemonic::parse(format!("{eleven} {word}")).is_ok()
        })
        .map(|(_, word)| *word)
        .expect("one word fits");
    shows(&stage, &format!("Word 12 is {last} Enter takes it."));
    stage.press(Key::Enter);
    assert_eq!(words_on(&stage), format!("{eleven} {last}"));
    stage.press(Key::Esc);
    shows(&stage, "Enter shows which may be word 12.");
    // by its letters, and by the machine
    stage.type_keys("\nyel");
    shows(&stage, "Word 12 is yellow");
    (0..3).for_each(|_| stage.press(Key::Backspace));
    stage.press(Key::Tab);
    shows(&stage, "Enter takes it.");
    stage.press(Key::Enter);
    open(&mut stage);
}

#[test]
fn another_number_of_words_has_no_last_one() {
    let mut stage = stage();
    stage.type_keys("mlzoo zoo \n");
    shows(&stage, "The last word can be found for 11, 14, 17, 20 or 23 words.");
    stage.type_keys(&"zoo ".repeat(22));
    stage.type_keys("z");
    shows(&stage, "There are 23 words already");
    stage.press(Key::Enter);
    shows(&stage, "8 words may be word 24.");
}

#[test]
fn no_wallet_is_made_for_the_main_network_in_an_ordinary_terminal() {
    let mut stage = Stage::with(Settings { network: Network::Main, ..settings() }, 80, 25);
    stage.type_keys("m");
    shows(&stage, "refused in an ordinary terminal");
    shows(&stage, "--mainnet");
}

/// The built program, with the kernel's own source.
#[test]
fn in_a_real_terminal_dice_and_the_kernel_make_a_wallet_that_can_be_calculated_again() {
    let mut terminal = Terminal::start(&["--demo"], 120, 40);
    terminal.wait_for(&["Make a new wallet"]);
    terminal.press("m");
    terminal.wait_for(&["How many words"]);
    terminal.press("5d");
    terminal.wait_for(&["of 50 throws"]);
    terminal.press(&DICE[..50]);
    terminal.wait_for(&["Enough."]);
    terminal.press("\r\r");
    terminal.wait_for(&["How they were made"]);
    terminal.read_and_press("i");
    terminal.wait_for(&["What went in", &DICE[..50]]);
    let shown: String = terminal.text().split_whitespace().collect();
    let (_, kernel) = shown.split_once("kernel64bytes").expect("the kernel's share is shown");
    let kernel: Vec<u8> = (0..64)
        .map(|at| u8::from_str_radix(&kernel[2 * at..2 * at + 2], 16).expect("hexadecimal digits"))
        .collect();
    terminal.press("\r");
    terminal.wait_for(&["How they were made"]);
    terminal.read_and_press("\r");
    terminal.wait_for(&["Write them down now", "24 "]);
    let entropy = hkdf(&[("kernel", &kernel), ("d6", &DICE.as_bytes()[..50])], 24);
    let words = words_in(&terminal.text());
    assert_eq!(words, words_of(&entropy));
    terminal.read_and_press("\r");
    terminal.wait_for(&["Your new wallet", &fingerprint(&words)]);
    terminal.read_and_press("\r");
    terminal.wait_for(&[&format!("Wallet {} is open.", fingerprint(&words))]);
    terminal.press("q");
    terminal.wait_for(&["Quit?"]);
    terminal.press("y");
    assert_eq!(terminal.end().0, 0);
}

/// Of the same throws in another language: BIP39's own words for the same entropy.
fn dice_in(key: char, name: &str, list: bip39::Language) -> (Stage, bip39::Mnemonic) {
    let mut stage = stage();
    stage.type_keys("mw");
    shows(&stage, "Many wallet programs and devices know English words alone");
    shows(&stage, &format!("{key} {name}"));
    stage.type_keys(&key.to_string());
    shows(&stage, name);
    stage.type_keys("5kd");
    stage.type_keys(DICE);
    stage.type_keys("\n\n");
    stage.press(Key::Enter);
    let entropy = bip39::Mnemonic::parse(DICE_WORDS).expect("a mnemonic").to_entropy();
    (stage, bip39::Mnemonic::from_entropy_in(list, &entropy).expect("BIP39's length"))
}

fn opens_as(stage: &mut Stage, words: &bip39::Mnemonic) {
    stage.press(Key::Enter);
    stage.tick(1);
    let master = Xpriv::new_master(bitcoin::Network::Testnet, &words.to_seed(""));
    shows(stage, &master.expect("a master key").fingerprint(SECP256K1).to_string());
}

#[test]
fn a_new_wallet_may_have_words_of_another_list() {
    let (mut stage, words) = dice_in('3', "Spanish", bip39::Language::Spanish);
    shows(&stage, "Words of the list in Spanish: each behind its number from 1, without accents.");
    for (place, index) in words.word_indices().enumerate() {
        let number = format!("{} {:04} ", place + 1, index + 1);
        assert!(flowing(&stage).contains(&number), "{number}\n{}", stage.text());
    }
    opens_as(&mut stage, &words);

    let (mut stage, words) = dice_in('1', "Japanese", bip39::Language::Japanese);
    shows(
        &stage,
        "Japanese words cannot be shown here. These are their numbers in the printed list",
    );
    let numbers: Vec<String> = words
        .word_indices()
        .enumerate()
        .map(|(place, index)| format!("{} {:04}", place + 1, index + 1))
        .collect();
    for number in &numbers {
        assert!(flowing(&stage).contains(number), "{number}\n{}", stage.text());
    }
    opens_as(&mut stage, &words);
}

#[test]
fn the_last_word_is_found_in_another_list_too() {
    let mut stage = stage();
    stage.type_keys("mw1l");
    shows(&stage, "The numbers of the words that you chose");
    stage.type_keys(&"1 ".repeat(11));
    stage.type_keys("\n");
    shows(&stage, "128 of these numbers may be word 12.");
    stage.type_keys("a");
    shows(&stage, "Only coins choose among numbers");
    stage.type_keys("0000000");
    let zero = bip39::Mnemonic::from_entropy_in(bip39::Language::Japanese, &[0; 16]).unwrap();
    let last = zero.word_indices().last().unwrap() + 1;
    shows(&stage, &format!("Word 12 is {last} Enter takes it."));
    stage.press(Key::Enter);
    opens_as(&mut stage, &zero);
}
