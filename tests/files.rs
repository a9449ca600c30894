//! A payment in a file on a stick: the road from the list to the answer beside its original, and
//! what the dedicated machine says of itself at home.

#[path = "common/stage.rs"]
mod stage;

use coldlight::app::appliance::{
    AnswerKind, Answered, Appliance, BootStick, Errand, FileErrand, FileId, LIMITS, SelfTest,
};
use coldlight::app::{Command, Event, FileEntry, Key, Keymap, News, Screen};
use coldlight::demo;
use coldlight::keys::signing_calls;
use coldlight::psbt::{FileForm, Limits, Psbt, decode_file};
use stage::{Stage, payment_reel, settings};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The counter of signing calls belongs to the process: tests that sign take turns.
fn signing() -> MutexGuard<'static, ()> {
    static TURN: Mutex<()> = Mutex::new(());
    TURN.lock().unwrap_or_else(PoisonError::into_inner)
}

fn appliance() -> Appliance {
    Appliance {
        build: "7f3a91c20d4e5b66".into(),
        self_test: SelfTest::Passed,
        keymap: Some(Keymap::Us),
        boot_stick: BootStick::NotFound,
        battery: Some(83),
    }
}

/// The dedicated machine, at home.
fn machine() -> Stage {
    machine_of(appliance())
}

fn machine_of(appliance: Appliance) -> Stage {
    let mut settings = settings();
    settings.interfaces = vec![];
    settings.mainnet_allowed = true;
    settings.demo = false;
    settings.camera = "HD Webcam C525".into();
    settings.appliance = Some(appliance);
    Stage::with(settings, 80, 25)
}

/// Opens the demo's wallet by its words, from home.
fn open_wallet(stage: &mut Stage) {
    stage.type_keys("otlega winn than year wave saus wort usef lega winn than yel \n\n");
    stage.tick(1);
    stage.press(Key::Enter);
    assert!(stage.text().contains("Wallet b8688df1 is open."), "{}", stage.text());
}

fn tell(stage: &mut Stage, news: News) {
    stage.send(Event::Machine(news));
    stage.tick(1);
}

fn entry(id: u64, name: &str) -> FileEntry {
    FileEntry { id: FileId(id), medium: "PAYMENTS 16 GB".into(), name: name.into(), size: 1_234 }
}

fn errand(stage: &Stage) -> Option<&FileErrand> {
    match stage.commands.last() {
        Some(Command::Errand(Errand::Files(errand))) => Some(errand),
        _ => None,
    }
}

/// From home to where the file's bytes have arrived.
fn read(stage: &mut Stage, bytes: Vec<u8>) {
    stage.press(Key::Char('f'));
    assert_eq!(errand(stage), Some(&FileErrand::List));
    assert!(stage.text().contains("Looking at sticks and cards ..."), "{}", stage.text());
    tell(stage, News::Files(Ok(vec![entry(7, "rent.psbt"), entry(8, "food/old.psbt")])));
    stage.press(Key::Enter);
    assert_eq!(errand(stage), Some(&FileErrand::Read(FileId(7))));
    assert!(stage.text().contains("Reading rent.psbt ..."), "{}", stage.text());
    tell(stage, News::FileRead(FileId(7), Ok(bytes)));
}

fn sign(stage: &mut Stage) {
    stage.tick(1);
    while let Screen::Review(_) = stage.app.screen() {
        stage.press(Key::Enter);
    }
    stage.type_keys("sign\n");
    stage.tick(1);
}

/// What was handed out to be written last.
fn answered(stage: &Stage) -> Answered {
    match errand(stage) {
        Some(FileErrand::Write(answered)) => answered.clone(),
        _ => panic!("nothing was written:\n{}", stage.text()),
    }
}

/// Is every word of `sentence` on the screen, in order, wherever it is wrapped?
fn says(stage: &Stage, sentence: &str) {
    let squeeze = |text: &str| text.split_whitespace().collect::<String>();
    let shown = stage.text();
    assert!(squeeze(&shown).contains(&squeeze(sentence)), "{sentence}\nis not in\n{shown}");
}

/// A screen must not need scrolling.
fn fits(stage: &Stage) {
    let below = stage.app.view().layout(stage.app.size()).below();
    assert_eq!(below, 0, "{}", stage.text());
}

#[test]
fn a_payment_in_a_file_is_reviewed_signed_and_answered_beside_it_in_its_own_form() {
    let _turn = signing();
    for form in [FileForm::Binary, FileForm::Base64, FileForm::Hex] {
        let mut stage = machine();
        open_wallet(&mut stage);
        read(&mut stage, form.write(demo::unsigned()));
        stage.tick(1);
        assert!(matches!(stage.app.screen(), Screen::Review(_)), "{}", stage.text());
        sign(&mut stage);
        assert_eq!(stage.app.signatures(), 2);
        says(&stage, "Signed. u Write it to the stick beside rent.psbt, never over it");
        says(&stage, "t The final transaction to the stick, ready to be sent, as text");
        says(&stage, "c Show it as a QR code for a camera");
        fits(&stage);

        stage.press(Key::Enter);
        says(&stage, "Writing, and reading back ... Leave the stick in.");
        let Answered { bytes, kind, beside } = answered(&stage);
        assert_eq!((kind, beside), (AnswerKind::Signed, Some(FileId(7))));
        assert_eq!(FileForm::of(&bytes), Some(form));
        let limits = Limits::default();
        let binary = decode_file(&bytes, &limits).expect("a PSBT as a file");
        let signed = Psbt::parse(&binary, &limits).expect("a PSBT");
        let unsigned = Psbt::parse(&demo::unsigned(), &limits).expect("the demo's payment");
        assert!(signed.finish().is_ok() && unsigned.finish().is_err());
        assert_eq!(signed.inputs().len(), unsigned.inputs().len());
        // whole: all that the original says is still there
        assert!(binary.len() > demo::unsigned().len());

        stage.press(Key::Esc); // nothing leads away while it is written
        says(&stage, "Leave the stick in.");
        tell(&mut stage, News::FileWritten(Ok("rent-signed.psbt".into())));
        says(&stage, "The answer was written, and reads back: rent-signed.psbt");
        says(&stage, "It is safe to pull the stick out now.");
        stage.press(Key::Enter);
        says(&stage, "2 signatures were made. The transaction is complete and can be sent.");
        stage.press(Key::Esc);
        says(&stage, "Write it to the stick");
    }
}

#[test]
fn the_final_transaction_is_written_as_hexadecimal_text() {
    let _turn = signing();
    let mut stage = machine();
    open_wallet(&mut stage);
    read(&mut stage, demo::unsigned());
    sign(&mut stage);
    stage.press(Key::Char('t'));
    let Answered { bytes, kind, .. } = answered(&stage);
    assert_eq!(kind, AnswerKind::Final);
    let bytes = data_encoding::HEXLOWER.decode(&bytes).expect("hexadecimal digits");
    let transaction: bitcoin::Transaction =
        bitcoin::consensus::deserialize(&bytes).expect("a transaction");
    assert!(transaction.input.iter().all(|input| !input.witness.is_empty()));
}

#[test]
fn an_answer_that_was_not_written_is_kept_and_can_be_written_again_or_shown() {
    let _turn = signing();
    let mut stage = machine();
    open_wallet(&mut stage);
    read(&mut stage, demo::unsigned());
    sign(&mut stage);
    let before = signing_calls();
    stage.press(Key::Char('u'));
    let first = answered(&stage);
    stage.press(Key::Char('?')); // what comes meanwhile is not lost under the help
    says(&stage, "NAME-signed.psbt");
    tell(&mut stage, News::FileWritten(Err("The stick is full. Make room on it.".into())));
    stage.press(Key::Esc);
    says(&stage, "The stick is full. Make room on it. The answer is kept here.");
    fits(&stage);
    let commands = stage.commands.len();
    stage.press(Key::Enter);
    assert_eq!(stage.commands.len(), commands + 1);
    assert_eq!(answered(&stage), first);
    tell(&mut stage, News::FileWritten(Err("It failed.".into())));
    stage.press(Key::Char('c'));
    assert!(matches!(stage.app.screen(), Screen::Answer(_)), "{}", stage.text());
    says(&stage, "UR crypto-psbt");
    says(&stage, "u to a stick");
    stage.press(Key::Char('u'));
    says(&stage, "Write it to the stick");
    assert_eq!(signing_calls(), before, "the answer is made once");
}

#[test]
fn a_scanned_payment_may_be_answered_to_a_stick_too() {
    let _turn = signing();
    let mut stage = machine();
    open_wallet(&mut stage);
    stage.press(Key::Char('s'));
    let reel = payment_reel();
    for part in 0..reel.len() {
        stage.codes(&[&reel.part(part)]);
    }
    sign(&mut stage);
    assert!(matches!(stage.app.screen(), Screen::Answer(_)), "{}", stage.text());
    stage.press(Key::Char('u'));
    says(&stage, "Write it to the stick in its top folder, over no other file");
    stage.press(Key::Enter);
    let Answered { bytes, kind, beside } = answered(&stage);
    assert_eq!((kind, beside), (AnswerKind::Signed, None));
    assert_eq!(FileForm::of(&bytes), Some(FileForm::Binary));
}

#[test]
fn a_file_may_be_read_before_its_wallet_is_open() {
    let mut stage = machine();
    read(&mut stage, demo::unsigned());
    says(&stage, "The payment is read and waits. Open the wallet that pays it.");
    stage.press(Key::Esc);
    says(&stage, "A payment was read from a file and waits to be reviewed.");
    says(&stage, "s Review the payment that was read from a file");
    assert!(!stage.text().contains("Sign from a stick"), "one payment at a time");
    stage.press(Key::Char('f'));
    assert!(matches!(stage.app.screen(), Screen::Home(_)));
    stage.press(Key::Char('x'));
    says(&stage, "f Sign from a stick a transaction in a file (PSBT)");
}

#[test]
fn the_list_is_walked_with_arrows_and_looked_at_again() {
    let mut stage = machine();
    stage.press(Key::Char('f'));
    tell(&mut stage, News::Files(Err("No stick is plugged in. Plug one in.".into())));
    says(&stage, "No stick is plugged in. Plug one in.");
    stage.press(Key::Char('r'));
    assert_eq!(errand(&stage), Some(&FileErrand::List));
    tell(&mut stage, News::Files(Ok(vec![])));
    says(&stage, "There is no transaction (PSBT) on what is plugged in.");
    says(&stage, "save the unsigned transaction (PSBT) as a file to the stick's top folder");
    says(&stage, "Plug the stick in here, then press r.");
    stage.press(Key::Enter); // there is nothing to take
    stage.press(Key::Char('r'));
    let long = format!("{}...{}", "n".repeat(19), "m".repeat(18));
    let mut files: Vec<FileEntry> = (0..99).map(|id| entry(id, &format!("{id}.psbt"))).collect();
    files.push(FileEntry { size: u64::MAX, ..entry(99, &long) });
    tell(&mut stage, News::Files(Ok(files)));
    says(&stage, "Which transaction? The newest is first. > 0.psbt 1234 B PAYMENTS 16 GB");
    stage.press(Key::Up);
    for _ in 0..20 {
        stage.press(Key::Down);
    }
    assert!(stage.text().contains("> 20.psbt "), "{}", stage.text());
    for _ in 0..20 {
        stage.press(Key::PageDown);
    }
    assert!(stage.text().contains(&format!("> {long} ")), "{}", stage.text());
    stage.press(Key::Enter);
    assert_eq!(errand(&stage), Some(&FileErrand::Read(FileId(99))));
    tell(&mut stage, News::FileRead(FileId(99), Err("This is no ordinary file.".into())));
    stage.press(Key::PageUp);
    for _ in 0..10 {
        stage.press(Key::PageUp);
    }
    says(&stage, "This is no ordinary file.");
}

#[test]
fn an_answer_to_a_question_that_was_taken_back_is_not_taken() {
    let mut stage = machine();
    stage.press(Key::Char('f'));
    tell(&mut stage, News::Files(Ok(vec![entry(1, "a.psbt"), entry(2, "b.psbt")])));
    stage.press(Key::Enter);
    stage.press(Key::Esc);
    assert!(matches!(stage.app.screen(), Screen::Home(_)));
    tell(&mut stage, News::FileRead(FileId(1), Ok(demo::unsigned())));
    assert!(matches!(stage.app.screen(), Screen::Home(_)));
    stage.press(Key::Char('f'));
    tell(&mut stage, News::Files(Ok(vec![entry(3, "a.psbt"), entry(4, "b.psbt")])));
    stage.press(Key::Down);
    stage.press(Key::Enter);
    tell(&mut stage, News::FileRead(FileId(1), Ok(demo::unsigned())));
    says(&stage, "Reading b.psbt ...");
    tell(&mut stage, News::FileRead(FileId(4), Ok(demo::unsigned())));
    says(&stage, "The payment is read and waits.");
}

#[test]
fn what_holds_no_good_psbt_is_refused_with_what_to_do() {
    for (bytes, what, advice) in [
        (b"Dear all".to_vec(), "holds no unsigned transaction", "Choose another one"),
        (vec![], "holds no unsigned transaction", "Choose another one"),
        (b"psbt\xff\x01".to_vec(), "cut off", "Let the wallet program make the transaction again."),
        (b"cHNidP8=!".to_vec(), "base64, but is damaged", "Let the wallet program make"),
    ] {
        let mut stage = machine();
        read(&mut stage, bytes);
        says(&stage, what);
        says(&stage, advice);
    }
}

/// The demo's payment, stretched by an unknown field to so many bytes.
fn stretched(bytes: usize) -> Vec<u8> {
    let mut payment = bitcoin::Psbt::deserialize(&demo::unsigned()).expect("the demo's payment");
    let key = bitcoin::psbt::raw::Key { type_value: 0xf0, key: vec![] };
    let missing = bytes - payment.serialize().len() - 7; // key, its length, the value's length
    payment.unknown.insert(key, vec![0; missing]);
    payment.serialize()
}

#[test]
fn the_machine_takes_no_more_than_its_memory_holds_and_a_terminal_takes_more() {
    let longest = stretched(LIMITS.bytes);
    assert_eq!(longest.len(), LIMITS.bytes);
    let mut stage = machine();
    read(&mut stage, longest);
    says(&stage, "The payment is read and waits.");
    let longer = stretched(LIMITS.bytes + 1);
    let mut stage = machine();
    read(&mut stage, longer.clone());
    says(&stage, "The PSBT is 3145729 bytes long; the limit is 3145728.");
    says(&stage, "Pay in several smaller payments, each from fewer coins.");
    // scanned, it is the same
    let reel = coldlight::transport::Reel::new(
        &longer,
        coldlight::transport::Kind::Psbt,
        coldlight::transport::Dialect::Specter,
        coldlight::transport::ReelOptions { fragment: Some(2_953) },
    )
    .expect("it can be shown");
    for (mut stage, taken) in [(machine(), false), (Stage::new(80, 25), true)] {
        stage.type_keys("sp");
        for part in 0..reel.len() {
            stage.codes(&[&reel.part(part)]);
        }
        assert_eq!(stage.text().contains("The payment is read and waits."), taken);
        assert_eq!(stage.text().contains("the limit is 3145728"), !taken, "{}", stage.text());
    }
}

#[test]
fn a_transaction_of_more_parts_than_nodes_pass_on_is_not_reviewed_on_the_machine() {
    use bitcoin::{OutPoint, ScriptBuf, Transaction, TxIn, TxOut, Txid, hashes::Hash};
    let unsigned = |inputs: usize, outputs: usize| {
        let coin = |at: usize| OutPoint::new(Txid::all_zeros(), at as u32);
        let output = TxOut { value: bitcoin::Amount::ONE_SAT, script_pubkey: ScriptBuf::new() };
        let transaction = Transaction {
            version: bitcoin::transaction::Version::TWO,
            lock_time: bitcoin::absolute::LockTime::ZERO,
            input: (0..inputs)
                .map(|at| TxIn { previous_output: coin(at), ..TxIn::default() })
                .collect(),
            output: vec![output; outputs],
        };
        bitcoin::Psbt::from_unsigned_tx(transaction).expect("it is unsigned").serialize()
    };
    for (inputs, outputs, said) in [
        (LIMITS.inputs, LIMITS.outputs, "The payment is read and waits."),
        (LIMITS.inputs + 1, 1, "The transaction has 2440 inputs; the limit is 2439."),
        (1, LIMITS.outputs + 1, "The transaction has 3226 outputs; the limit is 3225."),
    ] {
        let mut stage = machine();
        read(&mut stage, unsigned(inputs, outputs));
        says(&stage, said);
        if inputs > LIMITS.inputs {
            says(&stage, "Pay in several smaller payments, each from fewer coins.");
        }
    }
}

#[test]
fn a_terminal_offers_no_stick() {
    let mut stage = Stage::new(80, 25);
    assert!(!stage.text().contains("stick"));
    stage.press(Key::Char('f'));
    assert!(matches!(stage.app.screen(), Screen::Home(_)));
}

#[test]
fn home_says_what_the_machine_is_and_everything_fits_the_smallest_screen() {
    // a payment waits, and everything is as long as it can be
    let mut stage = machine();
    read(&mut stage, demo::unsigned());
    stage.press(Key::Esc);
    tell(&mut stage, News::Camera("C".repeat(48)));
    let hash = std::array::from_fn(|at| at as u8);
    for (stick, said) in [
        (BootStick::Reading(42), "Reading the boot stick: 42 %. Leave it in."),
        (BootStick::NotFound, "No stick with Coldlight was found, or more than one"),
        (BootStick::Lost, "was pulled out, or failed, before it was read."),
        (
            BootStick::Read(hash),
            "Boot stick's SHA-256, a claim: compare with SHA256SUMS on another computer.",
        ),
    ] {
        let leave = !matches!(stick, BootStick::Reading(_) | BootStick::Lost);
        tell(&mut stage, News::BootStick(stick));
        says(&stage, "No network exists on this machine.");
        says(&stage, said);
        assert_eq!(stage.text().contains("You may remove the stick now."), leave);
        fits(&stage);
    }
    says(&stage, "build 7f3a 91c2 0d4e 5b66   self-test passed");
    let whole = "00010203 04050607 08090a0b 0c0d0e0f 10111213 14151617 18191a1b 1c1d1e1f";
    assert!(stage.text().contains(whole), "{}", stage.text());
    says(&stage, "battery 83 %   2026-05-28 20:26 UTC, not checked   camera: CCCC");
    says(&stage, "q Wipe and power off");
    says(&stage, "d Demo");
    tell(&mut stage, News::Battery(None));
    says(&stage, "no battery");
}

#[test]
fn locking_the_machine_ends_this_process_so_that_the_kernel_wipes_it() {
    let mut stage = machine();
    open_wallet(&mut stage);
    stage.send(Event::Key(Key::Char('l')));
    assert_eq!(stage.commands, [Command::Leave]);
    assert!(stage.text().contains("No wallet is open."), "{}", stage.text());
}

#[test]
fn a_process_whose_camera_looked_for_a_seed_code_does_not_outlive_it() {
    let mut stage = machine();
    stage.type_keys("os");
    assert!(matches!(stage.app.screen(), Screen::Scan(_)));
    stage.preview(); // whatever it showed
    stage.press(Key::Esc);
    assert!(!stage.commands.contains(&Command::Leave));
    stage.press(Key::Esc);
    assert_eq!(stage.commands.last(), Some(&Command::Leave));
}

#[test]
fn a_secret_that_was_shown_in_place_of_a_payment_does_not_outlive_the_process() {
    for secret in [
        // SeedSigner's twelve-word example, and the type of a seed as UR
        "192402220235174306311124037817700641198012901210",
        "UR:CRYPTO-SEED/1-2/LPADAOCFADBGCYDKFSIEJKHDCX",
    ] {
        let mut stage = machine();
        stage.type_keys("sp");
        stage.codes(&[secret]);
        says(&stage, "private key");
        while !matches!(stage.app.screen(), Screen::Home(_)) {
            stage.press(Key::Esc);
        }
        assert_eq!(stage.commands.last(), Some(&Command::Leave), "{secret}");
    }
    // beside a whole payment in one picture, too
    let mut stage = machine();
    stage.type_keys("sp");
    let payment = data_encoding::HEXLOWER.encode(&demo::unsigned());
    stage.codes(&["192402220235174306311124037817700641198012901210", &payment]);
    says(&stage, "The payment is read and waits.");
    stage.press(Key::Esc);
    assert_eq!(stage.commands.last(), Some(&Command::Leave));
    let mut stage = machine();
    stage.type_keys("sp");
    stage.codes(&["https://example.org"]);
    stage.press(Key::Esc);
    stage.press(Key::Esc);
    assert!(!stage.commands.contains(&Command::Leave));
}

#[test]
fn home_fits_with_a_wallet_open() {
    let mut stage = machine();
    open_wallet(&mut stage);
    tell(&mut stage, News::Camera("C".repeat(48)));
    tell(&mut stage, News::BootStick(BootStick::Lost));
    fits(&stage);
    tell(&mut stage, News::BootStick(BootStick::Read([0xab; 32])));
    fits(&stage);
}

#[test]
fn quitting_the_machine_is_powering_it_off() {
    let mut stage = machine();
    stage.press(Key::Interrupt);
    says(&stage, "Wipe and power off? The keys and everything that was scanned or typed are wiped");
    says(&stage, "y power off");
    stage.press(Key::Esc);
    stage.press(Key::Char('q'));
    assert_eq!(stage.commands, [Command::Quit]);
}

#[test]
fn a_machine_that_failed_its_self_test_can_only_be_powered_off() {
    let failed = SelfTest::Failed("BIP32 derivation".into());
    let mut stage = machine_of(Appliance { self_test: failed, ..appliance() });
    says(&stage, "This machine failed its self-test. It will sign nothing.");
    says(&stage, "What failed BIP32 derivation");
    says(&stage, "Power off, and start again. If it fails again, check the stick against");
    for key in "odsfwlnx?\u{1b}".chars() {
        stage.press(Key::Char(key));
    }
    for key in [Key::Esc, Key::Help, Key::Tab, Key::Interrupt, Key::Esc] {
        stage.press(key);
    }
    assert!(matches!(stage.app.screen(), Screen::SelfTest(_)), "{}", stage.text());
    assert_eq!(stage.commands, []);
    stage.press(Key::Char('q'));
    assert_eq!(stage.commands, [Command::Quit]);
}
