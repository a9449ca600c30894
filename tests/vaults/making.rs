//! Vaults made in each of the three ways, and with a duress passphrase; what makes none.

use crate::desk::{BLUE, DURESS, Desk, PASSPHRASE, RED};
use crate::machine::Stick;
use crate::stage::settings;
use coldlight::app::Key;
use coldlight::device::random::KernelRandom;
use coldlight::keys::{Generator, RandomError, RandomSource};
use coldlight::vault::layout;

#[test]
fn a_vault_with_a_passphrase_is_made_closed_opened_filled_signed_from_and_locked() {
    for size in [(80, 25), (120, 40)] {
        let mut desk = Desk::at(size, [Stick::empty("BLUE 16 GB")]);
        desk.keys("v");
        desk.says("There is no vault on what is plugged in.");
        desk.press(Key::Esc);
        desk.make();
        desk.type_words();
        desk.seal("Savings");
        let sealed = desk.machine.stick(BLUE).vault.clone().expect("the vault");
        desk.lock();

        desk.open(PASSPHRASE);
        desk.says("Savings");
        desk.says("b8688df1  made");
        desk.keys("\n");
        desk.says("12 words");
        desk.says("never: no backup of it was read back here");
        desk.keys("\n");
        desk.says("This opens the wallet with the fingerprint");
        desk.keys("\n");
        desk.says("Savings b8688df1 is open.");
        desk.sign();
        desk.says("What was signed is kept in the vault.");
        desk.keys("\n");
        assert!(desk.machine.stick(BLUE).vault.as_ref() != Some(&sealed));
        desk.lock();

        let file = desk.machine.stick(BLUE).vault.clone().expect("the vault");
        let (first, second) = file.split_at(layout::SLOT);
        assert!(first == second, "both halves of every write reached the stick");
        let words = ["legal", "winner", "Savings", "wpkh"];
        let holds = |word: &&str| file.windows(word.len()).any(|part| part == word.as_bytes());
        assert_eq!(words.iter().find(|word| holds(word)), None);
        desk.open(PASSPHRASE);
        desk.says("Savings");
    }
}

#[test]
fn a_vault_with_a_key_file_opens_with_both_sticks_and_not_with_one() {
    let mut desk = Desk::new([Stick::empty(BLUE), Stick::empty(RED)]);
    desk.keys("vm");
    desk.press(Key::Down);
    desk.keys("\n");
    desk.keys(&format!("{PASSPHRASE}\n{PASSPHRASE}\n"));
    desk.says("The key file goes on a second stick");
    desk.press(Key::Down);
    desk.says("gets a new key file");
    desk.keys("\n");
    desk.says("A duress passphrase?");
    assert!(desk.machine.stick(RED).key_file.is_some());
    desk.keys("\n");
    desk.press(Key::Down);
    desk.keys("\n");
    desk.says("A key file is on this stick: whoever finds it would have both.");
    desk.press(Key::Up);
    desk.keys("\n");
    desk.says("The vault was made, and reads back:");
    desk.keys("\n");
    desk.says("opened by a passphrase with key file");
    desk.press(Key::Esc);
    desk.lock();

    desk.open(PASSPHRASE);
    desk.says("Nothing opens with this passphrase.");
    desk.press(Key::Down);
    desk.says("Which stick holds the key file?");
    desk.keys("\n");
    desk.says("There is no key file on this stick.");
    desk.press(Key::Down);
    desk.keys("\n");
    desk.says("The key file was read.");
    desk.keys("\n"); // the passphrase was kept
    desk.says("It is empty.");
}

/// From the choice of custodians: these come, and type.
fn custodians(desk: &mut Desk, names: &[(&str, &str)]) {
    for (name, passphrase) in names {
        desk.says(&format!("Hand the keyboard to {name}."));
        desk.keys("\n");
        desk.keys(&format!("{passphrase}\n{passphrase}\n"));
    }
}

#[test]
fn custodians_make_a_vault_one_after_the_other_and_so_many_of_them_open_it() {
    let mut desk = Desk::new([Stick::empty(BLUE)]);
    let people = [
        ("Alice", "alice has a secret"),
        ("Bob", "bob has another one"),
        ("Carol", "carol, too, has"),
    ];
    desk.keys("vm");
    desk.press(Key::Down);
    desk.press(Key::Down);
    desk.keys("\n");
    desk.keys("Alice\nAlice\n");
    desk.says("This name is there already.");
    for _ in 0.."Alice".len() {
        desk.press(Key::Backspace);
    }
    desk.keys("Bob\nCarol\n\n");
    desk.says("2 of 3");
    desk.says("One alone learns nothing.");
    desk.keys("\n");
    custodians(&mut desk, &people[..1]);
    desk.says("Hand the keyboard to Bob.");
    assert!(!desk.stage.text().contains("alice has"));
    desk.keys("\n");
    desk.keys(&format!("{0}\n{0}\n", people[0].1));
    desk.says("This passphrase is in use in this vault already");
    desk.press(Key::Esc);
    desk.press(Key::Esc);
    custodians(&mut desk, &people[1..]);
    desk.says("A duress passphrase?");
    // nobody comes again for a step back
    desk.press(Key::Esc);
    desk.says("2 of 3");
    desk.keys("\n");
    desk.says("A duress passphrase?");
    desk.keys("\n\n\n");
    desk.says("opened by 2 of 3 custodians");
    desk.press(Key::Esc);
    desk.lock();

    desk.open(people[2].1);
    desk.says("2 custodians are needed, 1 given: Carol.");
    desk.keys(&format!("{}\n", people[2].1));
    desk.says("This custodian's passphrase was given already.");
    (0..people[2].1.len()).for_each(|_| desk.press(Key::Backspace));
    desk.keys(&format!("{}\n", people[0].1));
    desk.says("It is empty.");
}

#[test]
fn a_duress_passphrase_opens_another_vault_that_is_filled_like_any() {
    let mut desk = Desk::new([Stick::empty(BLUE)]);
    desk.keys("vm\n");
    desk.keys(&format!("{PASSPHRASE}\n{PASSPHRASE}\n"));
    desk.keys("d");
    desk.keys(&format!("{PASSPHRASE}\n{PASSPHRASE}\n"));
    desk.keys("\n");
    desk.says("This passphrase is in use in this vault already");
    (0..PASSPHRASE.len()).for_each(|_| desk.press(Key::Backspace));
    desk.press(Key::Up);
    (0..PASSPHRASE.len()).for_each(|_| desk.press(Key::Backspace));
    desk.keys(&format!("{DURESS}\n{DURESS}\n"));
    desk.keys("\n");
    desk.says("The vault was made, and reads back:");
    desk.keys("\n");
    desk.press(Key::Esc);
    desk.type_words();
    desk.seal("Savings");
    desk.lock();

    desk.open(DURESS);
    desk.says("It is empty.");
    desk.says("opened by a passphrase");
    desk.press(Key::Esc);
    desk.type_words();
    desk.seal("Pocket money");
    desk.lock();
    desk.open(PASSPHRASE);
    desk.says("Savings");
    assert!(!desk.shows("Pocket money"));
    desk.press(Key::Esc);
    desk.lock();
    desk.open(DURESS);
    desk.says("Pocket money");
}

#[test]
fn a_passphrase_that_is_short_or_differs_is_not_taken_and_nothing_typed_is_lost() {
    let mut desk = Desk::new([Stick::empty(BLUE)]);
    desk.keys("vm\n");
    desk.keys("seven77\n");
    desk.says("This is too short: 8 characters at least, better seven words.");
    desk.keys("8");
    desk.says("Weak: whoever has the stick and a good computer may guess it.");
    desk.keys("\n");
    desk.keys("seven779\n");
    desk.says("The two differ. Both are kept");
    desk.press(Key::Tab);
    desk.says("seven778");
    desk.says("seven779");
    desk.press(Key::Backspace);
    desk.keys("8\n");
    desk.says("A duress passphrase?");
    desk.press(Key::Esc);
    desk.says("typed twice");
    desk.says("8 characters.");
}

/// A random source that does not work, from the first byte or after some.
enum Broken {
    Fails(RandomError),
    /// Always the same byte.
    Constant,
    /// The same few bytes, over and over.
    Repeats,
    /// As it should, for so many calls.
    After(usize),
}

impl RandomSource for Broken {
    fn fill(&mut self, bytes: &mut [u8]) -> Result<(), RandomError> {
        match self {
            Self::Fails(error) => {
                bytes.fill(7);
                return Err(*error);
            }
            Self::Constant => bytes.fill(7),
            Self::Repeats => {
                bytes.iter_mut().enumerate().for_each(|(at, byte)| *byte = (at % 16) as u8);
            }
            Self::After(0) => return Err(RandomError::Failed),
            Self::After(left) => {
                *left -= 1;
                KernelRandom.fill(bytes)?;
            }
        }
        Ok(())
    }
}

#[test]
fn a_random_source_that_fails_stands_still_or_repeats_itself_makes_no_vault() {
    let sources = [
        Broken::Fails(RandomError::Failed),
        Broken::Fails(RandomError::Unhealthy),
        Broken::Constant,
        Broken::Repeats,
        Broken::After(0),
        Broken::After(3),
        Broken::After(6),
    ];
    for source in sources {
        let failing = match source {
            Broken::Fails(error) => error,
            Broken::Constant | Broken::Repeats => RandomError::Unhealthy,
            Broken::After(_) => RandomError::Failed,
        };
        let mut settings = settings();
        settings.random = Generator::new(source);
        let mut desk = Desk::with(settings, (80, 25), [Stick::empty(BLUE)]);
        desk.keys("vm\n");
        desk.keys(&format!("{PASSPHRASE}\n{PASSPHRASE}\n"));
        if desk.shows("A duress passphrase?") {
            desk.keys("\n\n");
        }
        desk.says(&failing.to_string());
        assert!(desk.machine.stick(BLUE).vault.is_none());
    }
}
