//! Vaults as a person meets them: made in each of the three ways, closed, opened, filled, signed
//! from, locked; and what goes wrong. A machine in memory serves the errands.

#[path = "common/stage.rs"]
mod stage;
#[path = "common/vault_machine.rs"]
mod vault_machine;

use coldlight::app::{Command, Event, Key, News, Screen, Settings};
use coldlight::keys::{Generator, RandomError, RandomSource};
use coldlight::vault::layout;
use stage::{Stage, settings};
use std::sync::atomic::{AtomicU64, Ordering};
use vault_machine::{Stick, VaultMachine};

const PASSPHRASE: &str = "evoke slab plural mango drift";
const DURESS: &str = "ozone cabin tulip ferry brick";

/// A clock on which every machine is slow: a vault then costs as little as one may.
fn slow() -> u64 {
    static NOW: AtomicU64 = AtomicU64::new(0);
    NOW.fetch_add(100_000, Ordering::Relaxed)
}

/// The signer, and the machine that serves it.
struct Desk {
    stage: Stage,
    machine: VaultMachine,
    served: usize,
    size: (u16, u16),
}

impl Desk {
    fn new(sticks: impl IntoIterator<Item = Stick>) -> Self {
        Self::at((80, 25), sticks)
    }

    fn at(size: (u16, u16), sticks: impl IntoIterator<Item = Stick>) -> Self {
        Self::with(settings(), size, sticks)
    }

    fn with(
        mut settings: Settings,
        size: (u16, u16),
        sticks: impl IntoIterator<Item = Stick>,
    ) -> Self {
        settings.vaults = true;
        settings.stopwatch = slow;
        let stage = Stage::with(settings, size.0, size.1);
        Self { stage, machine: VaultMachine::with(sticks), served: 0, size }
    }

    /// Every errand is served until there is none.
    fn serve(&mut self) {
        while self.served < self.stage.commands.len() {
            let news = match &self.stage.commands[self.served] {
                Command::Errand(errand) => self.machine.serve(errand),
                _ => None,
            };
            self.served += 1;
            if let Some(news) = news {
                self.stage.send(Event::Machine(News::Vault(news)));
                self.stage.tick(1);
            }
        }
    }

    fn press(&mut self, key: Key) {
        self.stage.press(key);
        self.fits();
        self.serve();
        self.fits();
    }

    /// Types characters; a newline is Enter.
    fn keys(&mut self, text: &str) {
        for character in text.chars() {
            self.press(if character == '\n' { Key::Enter } else { Key::Char(character) });
        }
    }

    /// A screen of the vault does not need scrolling, and says which keys work.
    fn fits(&self) {
        if let Screen::Vault(_) = self.stage.app.screen() {
            let layout = self.stage.app.view().layout(self.stage.app.size());
            assert_eq!(layout.below(), 0, "{:?}\n{}", self.size, self.stage.text());
        }
    }

    /// Is every word of `sentence` on the screen, in order, wherever it is wrapped?
    fn shows(&self, sentence: &str) -> bool {
        let squeeze = |text: &str| text.split_whitespace().collect::<String>();
        squeeze(&self.stage.text()).contains(&squeeze(sentence))
    }

    #[track_caller]
    fn says(&self, sentence: &str) {
        assert!(self.shows(sentence), "{sentence}\nis not in\n{}", self.stage.text());
    }

    fn quits(&self) -> bool {
        self.stage.commands.contains(&Command::Quit)
    }

    /// From home: a vault with a passphrase on the first stick; home again.
    fn make(&mut self) {
        self.keys("vm\n");
        self.keys(&format!("{PASSPHRASE}\n{PASSPHRASE}\n"));
        self.says("A duress passphrase?");
        self.keys("\n\n");
        self.says("You may remove the stick now.");
        self.keys("\n");
        self.says("It is empty.");
        self.press(Key::Esc);
    }

    /// From home: opens a wallet by its words.
    fn type_words(&mut self) {
        self.keys("otlega winn than year wave saus wort usef lega winn than yel \n\n\n");
        self.says("b8688df1 is open.");
    }

    /// From home: puts the open wallet into the open vault; home again.
    fn seal(&mut self, name: &str) {
        self.keys("va");
        self.keys(&format!("{name}\n"));
        self.says("All of it is on the stick");
        self.press(Key::Esc);
    }

    /// From home: opens the first vault that is listed.
    fn open(&mut self, passphrase: &str) {
        self.keys("v\n");
        self.keys(&format!("{passphrase}\n"));
    }

    /// From home: locks.
    fn lock(&mut self) {
        self.keys("l");
        self.says("No wallet is open.");
        assert!(!self.shows("coldlight.vault"));
    }

    /// From home, with a wallet open: signs the demo's payment; home again.
    fn sign(&mut self) {
        self.keys("s");
        self.stage.show_demo_payment();
        while let Screen::Review(_) = self.stage.app.screen() {
            self.press(Key::Enter);
        }
        self.keys("sign\n");
        self.serve();
        self.press(Key::Enter); // the answer was shown
    }
}

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

const BLUE: &str = "BLUE 16 GB";
const RED: &str = "RED 8 GB";

/// A desk with a vault on the blue stick in which a wallet is sealed; locked, at home.
fn sealed() -> Desk {
    let mut desk = Desk::new([Stick::empty(BLUE)]);
    desk.make();
    desk.type_words();
    desk.seal("Savings");
    desk.lock();
    desk
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
fn ten_wrong_passphrases_end_it_and_what_was_typed_is_kept_until_then() {
    let mut desk = sealed();
    desk.open("wrong horse");
    desk.says("Nothing opens with this passphrase.");
    desk.says("That was wrong once; after 9 more everything is wiped and the program ends.");
    desk.says("11 characters.");
    for _ in 2..10 {
        desk.keys("\n");
    }
    desk.says("after one more everything is wiped and the program ends.");
    // leaving and coming back gives no more tries, and the right one is still taken
    desk.press(Key::Esc);
    desk.press(Key::Esc);
    desk.open(PASSPHRASE);
    desk.says("Savings");
    desk.press(Key::Esc);
    desk.lock();
    assert_eq!(desk.stage.app.settings().wrong_passphrases, 9);
    assert!(!desk.quits());
    desk.open("wrong again");
    assert!(desk.quits());
}

#[test]
fn an_older_copy_is_opened_only_after_a_sentence() {
    let mut desk = sealed();
    desk.keys("vc");
    desk.says("To which stick?");
    desk.keys("\n");
    desk.says("The vault is on this stick already.");
    desk.press(Key::Esc);
    desk.machine.sticks.push(Stick::empty(RED));
    desk.keys("rc");
    desk.press(Key::Down);
    desk.keys("\n");
    desk.says("The copy was written, and reads back:");
    desk.keys("\n");
    let original = desk.machine.stick(BLUE).vault.clone();
    assert!(desk.machine.stick(RED).vault == original);
    desk.says("newest copy");
    desk.keys("\n");
    desk.keys(&format!("{PASSPHRASE}\n"));
    desk.keys("\nn");
    desk.keys(" of Ann\n");
    desk.press(Key::Esc);
    desk.says("Savings of Ann");
    desk.press(Key::Esc);
    desk.lock();

    desk.keys("v");
    desk.says("older copy");
    desk.press(Key::Down);
    desk.keys("\n");
    desk.says("This is an older copy; the newer is on BLUE 16 GB.");
    desk.keys("\n"); // costs nothing: back
    desk.says("older copy");
    desk.keys("\no");
    desk.keys(&format!("{PASSPHRASE}\n"));
    desk.says("Savings   ");
    // changed on its own, it differs from the other one
    desk.keys("\nn 2\n");
    desk.press(Key::Esc);
    desk.press(Key::Esc);
    desk.lock();
    desk.keys("v");
    desk.says("two copies differ");
    desk.keys("\n");
    desk.says("were both changed since they were the same");
}

#[test]
fn a_damaged_newer_copy_is_named_and_the_older_whole_one_opens_on_a_key() {
    let mut desk = sealed();
    let file = desk.machine.stick(BLUE).vault.as_mut().expect("the vault");
    file[layout::SLOT + layout::SLOT / 2] ^= 1;
    desk.keys("v\n");
    desk.says("One of the two copies in this file is damaged (the contents).");
    desk.keys("\n");
    desk.says("One of the two copies in this file is damaged (the contents).");
    desk.keys("o");
    desk.keys(&format!("{PASSPHRASE}\n"));
    desk.says("Savings");
    desk.says("All of it is on the stick");
    let file = desk.machine.stick(BLUE).vault.as_ref().expect("the vault");
    assert!(file[..layout::SLOT] == file[layout::SLOT..], "the damaged copy was mended");
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
fn what_is_not_on_the_stick_is_named_until_it_is() {
    let mut desk = sealed();
    desk.open(PASSPHRASE);
    desk.keys("\n\n\n");
    desk.machine.stick(BLUE).plugged = false;
    desk.sign();
    desk.says("What was signed is not in the vault's file yet");
    desk.says("The stick is not plugged in any more.");
    desk.keys("\n");
    desk.says("The vault's changes are not saved: plug the stick in and press v.");
    desk.keys("l");
    desk.says("Changes of the vault are not on its stick. Lock anyway?");
    desk.keys("\n");
    desk.keys("q");
    desk.says("Changes of the vault are not on its stick.");
    desk.keys("\n");
    desk.keys("v");
    desk.says("The open vault's stick is not plugged in.");
    desk.says("Not saved.");
    desk.machine.stick(BLUE).plugged = true;
    let before = desk.machine.stick(BLUE).vault.clone();
    desk.keys("w");
    desk.says("All of it is on the stick");
    assert!(desk.machine.stick(BLUE).vault != before);
    desk.press(Key::Esc);
    desk.lock();
}

#[test]
fn a_vault_that_somebody_else_wrote_is_not_written_over() {
    let mut desk = sealed();
    let before = desk.machine.stick(BLUE).copy(BLUE);
    desk.open(PASSPHRASE);
    desk.keys("\nn of Ann\n");
    desk.press(Key::Esc);
    desk.says("Savings of Ann");
    // the stick is exchanged for one with the same vault, as it was before
    *desk.machine.stick(BLUE) = before;
    let there = desk.machine.stick(BLUE).vault.clone();
    desk.keys("\nn, Bob\n");
    desk.says("Not saved. The file is not as it was. Nothing was written");
    desk.press(Key::Esc);
    desk.keys("w");
    desk.says("is not as it was when this one was opened");
    assert!(desk.machine.stick(BLUE).vault == there);
    desk.press(Key::Esc);
    desk.keys("ly");
    desk.says("No wallet is open.");
}

#[test]
fn what_opens_a_vault_is_replaced_and_added_to() {
    let mut desk = sealed();
    let fresh = "quite another passphrase";
    desk.open(PASSPHRASE);
    desk.keys("p\n\n");
    desk.keys(&format!("{fresh}\n{fresh}\n"));
    desk.says("What opens the vault is replaced by this write");
    desk.says("All of it is on the stick");
    desk.press(Key::Esc);
    desk.lock();
    desk.open(PASSPHRASE);
    desk.says("Nothing opens with this passphrase.");
    desk.press(Key::Esc);
    desk.press(Key::Esc);
    desk.open(fresh);
    desk.says("Savings");
    desk.keys("p");
    desk.press(Key::Down);
    desk.keys("\n\n");
    desk.keys(&format!("{PASSPHRASE}\n{PASSPHRASE}\n"));
    desk.says("opened by 2 times a passphrase");
}

#[test]
fn a_vault_is_destroyed_by_a_word_and_what_was_done_is_said() {
    let mut desk = sealed();
    desk.keys("vx");
    desk.says("What cannot be promised: a stick or card of flash memory");
    desk.keys("destro\n");
    desk.says("Type the word destroy to go on.");
    assert!(desk.machine.stick(BLUE).vault.is_some());
    desk.keys("y\n");
    desk.says("is destroyed.");
    desk.says("Its keys were overwritten first");
    desk.says("The stick does not discard blocks on request.");
    assert!(desk.machine.stick(BLUE).vault.is_none());
    desk.keys("\n");
    desk.says("There is no vault on what is plugged in.");
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

/// A random source that does not work.
struct Broken(RandomError);

impl RandomSource for Broken {
    fn fill(&mut self, bytes: &mut [u8]) -> Result<(), RandomError> {
        bytes.fill(7);
        Err(self.0)
    }
}

#[test]
fn a_random_source_that_fails_makes_no_vault() {
    for error in [RandomError::Failed, RandomError::Unhealthy] {
        let mut settings = settings();
        settings.random = Generator::new(Broken(error));
        let mut desk = Desk::with(settings, (80, 25), [Stick::empty(BLUE)]);
        desk.keys("vm\n");
        desk.keys(&format!("{PASSPHRASE}\n{PASSPHRASE}\n"));
        desk.says(&error.to_string());
        assert!(desk.machine.stick(BLUE).vault.is_none());
    }
}

#[test]
fn what_opens_a_vault_is_changed_to_a_key_file_on_another_stick_while_the_vaults_stick_stays() {
    let mut desk = sealed();
    desk.machine.sticks.push(Stick::empty(RED));
    desk.open(PASSPHRASE);
    desk.keys("p\n");
    desk.press(Key::Down);
    desk.keys("\n");
    desk.keys(&format!("{DURESS}\n{DURESS}\n"));
    desk.press(Key::Down);
    desk.keys("\n");
    desk.says("opened by a passphrase with key file");
    desk.says("All of it is on the stick");
}

#[test]
fn other_vaults_are_looked_at_and_an_open_one_is_not_destroyed_or_left_for_another() {
    let mut desk = sealed();
    desk.machine.sticks.push(Stick::empty(RED));
    desk.open(PASSPHRASE);
    desk.keys("o\n");
    desk.says("A vault is open already.");
    desk.keys("\nm");
    desk.says("A vault is open already.");
    desk.keys("\nxdestroy\n");
    desk.says("This vault is open. Lock it at home first (l).");
    assert!(desk.machine.stick(BLUE).vault.is_some());
    desk.press(Key::Esc);
    desk.press(Key::Esc);
    // each list gives new names; the open vault is found by its own
    desk.keys("\nn 2\n");
    desk.press(Key::Esc);
    desk.says("Savings 2");
    desk.says("All of it is on the stick");
}
