//! A key's life in a vault: its state and its successor outlive a lock, nothing else takes the
//! successor's place, and the record of a destroyed vault is kept in another one.

#[path = "common/build.rs"]
mod build;
#[path = "common/stage.rs"]
mod stage;
#[path = "common/vault_machine.rs"]
mod vault_machine;

use build::{BOB, CAROL, Draft, OURS, Person, definite, ours_at};
use coldlight::app::{Command, Event, Key, News, Screen};
use coldlight::transport::{Dialect, Kind, Reel, ReelOptions};
use stage::Stage;
use std::sync::atomic::{AtomicU64, Ordering};
use vault_machine::{Stick, VaultMachine};

const PASSPHRASE: &str = "evoke slab plural mango drift";
const BLUE: &str = "BLUE 16 GB";
const RED: &str = "RED 8 GB";

/// A clock on which every machine is slow: a vault then costs as little as one may.
fn slow() -> u64 {
    static NOW: AtomicU64 = AtomicU64::new(0);
    NOW.fetch_add(100_000, Ordering::Relaxed)
}

/// The signer, and the sticks that are plugged into its machine.
struct Desk {
    stage: Stage,
    machine: VaultMachine,
    served: usize,
}

impl Desk {
    fn new() -> Self {
        let mut settings = stage::settings();
        settings.demo = false;
        settings.vaults = true;
        settings.stopwatch = slow;
        let machine = VaultMachine::with([Stick::empty(BLUE)]);
        Self { stage: Stage::with(settings, 80, 25), machine, served: 0 }
    }

    fn press(&mut self, key: Key) {
        self.stage.press(key);
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

    /// Types characters, each on a page that was read; a newline is Enter.
    fn keys(&mut self, text: &str) {
        for character in text.chars() {
            self.stage.read_screen();
            self.press(if character == '\n' { Key::Enter } else { Key::Char(character) });
        }
    }

    #[track_caller]
    fn says(&self, sentence: &str) {
        let squeeze = |text: &str| text.split_whitespace().collect::<String>();
        let text = self.stage.text();
        assert!(squeeze(&text).contains(&squeeze(sentence)), "{sentence}\nis not in\n{text}");
    }

    /// From home: a vault with a passphrase on the first stick without one; home again.
    fn make_vault(&mut self) {
        self.keys(&format!("vm\n{PASSPHRASE}\n{PASSPHRASE}\n"));
        self.says("A duress passphrase?");
        self.keys("\n\n\n");
        self.says("It is empty.");
        self.press(Key::Esc);
    }

    fn open_words(&mut self, words: &str) {
        self.keys(&format!("ot{words} \n\n"));
        self.stage.tick(1);
        self.keys("\n");
        self.says("is open.");
    }

    /// From home: opens the vault and its first key.
    fn open_sealed(&mut self) {
        self.keys(&format!("v\n{PASSPHRASE}\n"));
        self.says("Savings");
        self.keys("\n\n\n");
        self.says("Savings 73c5da0a is open.");
    }

    /// From home: loads a descriptor by light.
    fn load(&mut self, text: &str) {
        self.stage.register(text);
    }

    /// From home: scans a payment.
    fn scan(&mut self, draft: &Draft) {
        self.keys("s");
        let bytes = draft.psbt.serialize();
        let reel = Reel::new(&bytes, Kind::Psbt, Dialect::Ur, ReelOptions::default());
        let reel = reel.unwrap_or_else(|error| panic!("{error}"));
        for part in 0..reel.len() {
            if matches!(self.stage.app.screen(), Screen::Scan(_)) {
                self.stage.codes(&[&reel.part(part)]);
            }
        }
        self.stage.tick(1);
    }

    /// Leaves a review or a refusal.
    fn leave(&mut self) {
        while !matches!(self.stage.app.screen(), Screen::Home(_)) {
            self.press(Key::Esc);
            if matches!(self.stage.app.screen(), Screen::Message(_) | Screen::Refused(_)) {
                self.press(Key::Enter);
            }
        }
    }
}

fn sweep(to: &Person) -> Draft {
    let mut draft = Draft::new();
    draft.spend(&ours_at(&Person::new(OURS), 0, 0), 1_000_000);
    draft.pay(definite(&ours_at(to, 0, 4)).script_pubkey(), 999_000);
    draft
}

/// At home: the key is sealed, compromised, and its successor registered out of two loaded wallets.
fn compromised() -> Desk {
    let [bob, carol] = [BOB, CAROL].map(|words| Person::new(words).seed().descriptors()[2].clone());
    let mut desk = Desk::new();
    desk.make_vault();
    desk.open_words(OURS);
    desk.keys("vaSavings\n");
    desk.says("All of it is on the stick");
    desk.press(Key::Esc);
    desk.load(&carol);
    desk.load(&bob);
    desk.keys("kw2\n");
    desk.says("(b8688df1)");
    desk.keys("cy");
    desk.says("is compromised.");
    desk.says("This is kept with the key in the open vault.");
    desk.press(Key::Esc);
    // every loaded wallet is sealed, too: the other one is called as the successor was
    desk.keys("vd");
    desk.press(Key::Esc);
    desk
}

#[test]
fn a_compromised_key_from_a_vault_still_signs_for_nothing_but_its_successor() {
    let mut desk = compromised();
    desk.press(Key::Lock);
    desk.says("No wallet is open.");
    desk.open_sealed();
    desk.keys("k");
    desk.says("is compromised.");
    desk.says("(b8688df1)");
    desk.says("This is kept with the key in the open vault.");
    desk.press(Key::Esc);
    desk.scan(&Draft::ordinary(&Person::new(OURS)));
    desk.says("NOT_TO_SUCCESSOR");
    desk.leave();
    desk.scan(&sweep(&Person::new(CAROL)));
    desk.says("NOT_TO_SUCCESSOR");
    desk.leave();
    desk.scan(&sweep(&Person::new(BOB)));
    desk.says("All outputs belong to the successor wallet");
}

#[test]
fn the_state_in_the_open_vault_counts_for_words_that_are_typed_as_well() {
    let mut desk = compromised();
    desk.press(Key::Lock);
    desk.keys(&format!("v\n{PASSPHRASE}\n"));
    desk.press(Key::Esc);
    desk.open_words(OURS);
    desk.scan(&Draft::ordinary(&Person::new(OURS)));
    desk.says("NOT_TO_SUCCESSOR");
}

#[test]
fn the_record_of_a_destroyed_vault_is_kept_in_the_one_that_is_open() {
    let mut desk = Desk::new();
    desk.make_vault();
    // another vault on another stick, open
    desk.machine.stick(BLUE).plugged = false;
    desk.machine.sticks.push(Stick::empty(RED));
    desk.press(Key::Lock);
    desk.make_vault();
    desk.machine.stick(BLUE).plugged = true;
    desk.machine.stick(RED).plugged = false;
    desk.keys("vo");
    desk.says(BLUE);
    desk.keys("xdestroy\n");
    desk.says("is destroyed.");
    desk.says("1  Its keys were overwritten first");
    assert!(desk.machine.stick(BLUE).vault.is_none());
    desk.says("This page is kept in the open vault as the record of it.");
}
