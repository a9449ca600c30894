//! After a lock nothing of an open vault is in the memory of the process: neither its passphrase, nor
//! its keys, nor the key that was in it. (Names are private, not secret, and are not looked for.)

#[path = "common/memory.rs"]
mod memory;
#[path = "common/stage.rs"]
mod stage;
#[path = "common/vault_machine.rs"]
mod vault_machine;

use coldlight::app::{Command, Event, Key, News};
use coldlight::device::random::KernelRandom;
use coldlight::keys::{Generator, RandomError, RandomSource};
use coldlight::vault::layout;
use memory::{MASK, PASSPHRASE, SECRETS, WORDS, find, masked};
use stage::Stage;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Barrier, Mutex, PoisonError};
use vault_machine::{Stick, VaultMachine};

const STICK: &str = "BLUE 16 GB";
/// What opens the vault, masked: five words.
const OPENS: &str = "3f2c35313f7a293b363b387a2a362f283b367a373b343d357a3e28333c2e";
/// The sealed key's name, masked.
const NAME: &str = "123f332836353537";

/// A clock on which every machine is slow: a vault then costs as little as one may.
fn slow() -> u64 {
    static NOW: AtomicU64 = AtomicU64::new(0);
    NOW.fetch_add(100_000, Ordering::Relaxed)
}

/// Blocks of 16 bytes that a random source gave, masked.
type Given = Arc<Mutex<Vec<[u8; 16]>>>;

/// The kernel's source; what a vault's keys are made of is noted, with what is drawn around it.
struct Noted {
    given: Given,
    /// Blocks that were given since.
    drawn: usize,
    /// Blocks that are not noted: the start-up test's, which no secret is made of.
    tested: usize,
}

/// Blocks that are noted: the first, with the key of the head's seal, and as many behind the padding
/// of the area that stays empty, with the data key.
const NOTED: usize = 16;
/// Blocks that a generator tests first and throws away (SP 800-90B), where it draws block by block.
const TESTED: usize = 64;

impl RandomSource for Noted {
    fn fill(&mut self, bytes: &mut [u8]) -> Result<(), RandomError> {
        KernelRandom.fill(bytes)?;
        let mut given = self.given.lock().unwrap_or_else(PoisonError::into_inner);
        for block in bytes.chunks_exact(16) {
            if bytes.len() == 16 && self.tested < TESTED {
                self.tested += 1;
                continue;
            }
            let place = self.drawn;
            self.drawn += 1;
            let behind = layout::AREA / 16;
            if place < NOTED || (behind..behind + NOTED).contains(&place) {
                let masked: Vec<u8> = block.iter().map(|byte| byte ^ MASK).collect();
                given.extend(<[u8; 16]>::try_from(masked.as_slice()));
            }
        }
        Ok(())
    }
}

struct Desk {
    stage: Stage,
    machine: VaultMachine,
    served: usize,
    /// All that ever stood in the file: no secret, wherever it stands.
    written: Vec<u8>,
}

impl Desk {
    fn new(given: Given) -> Self {
        let mut settings = stage::settings();
        settings.demo = false;
        settings.vaults = true;
        settings.stopwatch = slow;
        settings.random = Generator::new(Noted { given, drawn: 0, tested: 0 });
        let machine = VaultMachine::with([Stick::empty(STICK)]);
        Self { stage: Stage::with(settings, 80, 25), machine, served: 0, written: vec![] }
    }

    fn press(&mut self, key: Key) {
        self.stage.press(key);
        while self.served < self.stage.commands.len() {
            let news = match &self.stage.commands[self.served] {
                Command::Errand(errand) => self.machine.serve(errand),
                _ => None,
            };
            self.served += 1;
            if let Some(file) = &self.machine.stick(STICK).vault
                && !self.written.ends_with(file)
            {
                self.written.extend_from_slice(file);
            }
            if let Some(news) = news {
                self.stage.send(Event::Machine(News::Vault(news)));
                self.stage.tick(1);
            }
        }
        drop(self.stage.draw());
    }

    fn keys(&mut self, text: &str) {
        for character in text.chars() {
            self.press(if character == '\n' { Key::Enter } else { Key::Char(character) });
        }
    }

    fn masked(&mut self, keys: &str) {
        for key in masked(keys) {
            self.press(Key::Char((key ^ MASK) as char));
        }
    }

    /// A vault is made, and a wallet with a passphrase is opened and sealed in it.
    fn fill(&mut self) {
        self.keys("vm\n");
        for _ in 0..2 {
            self.masked(OPENS);
            self.keys("\n");
        }
        self.keys("\n\n\n");
        self.press(Key::Esc);
        self.keys("ot");
        self.masked(WORDS);
        self.keys("\n\n");
        self.masked(PASSPHRASE);
        self.keys("\n\n");
        self.keys("va");
        self.masked(NAME);
        self.keys("\n");
        assert!(self.stage.text().contains("All of it is on the stick"), "{}", self.stage.text());
    }

    fn open_again(&mut self) {
        self.keys("v\n");
        self.masked(OPENS);
        self.keys("\n");
        assert!(self.stage.text().contains("All of it is on the stick"), "{}", self.stage.text());
    }
}

/// What is looked for: what was typed and derived, and the blocks that are not in the file.
fn found(given: &Given, file: &[u8]) -> Vec<&'static str> {
    let blocks = given.lock().unwrap_or_else(PoisonError::into_inner).clone();
    let public = |block: &[u8; 16]| {
        file.windows(16).any(|there| there.iter().zip(block).all(|(a, b)| *a ^ MASK == *b))
    };
    let hex = |block: &[u8; 16]| block.iter().map(|byte| format!("{byte:02x}")).collect();
    let secret: Vec<(&str, String)> = blocks
        .iter()
        .enumerate()
        .filter(|(_, block)| !public(block))
        .map(|(place, block)| (if place < NOTED { SEAL } else { DATA }, hex(block)))
        .collect();
    let mut needles = SECRETS.to_vec();
    needles.push(("the vault's passphrase", OPENS));
    needles.extend(secret.iter().map(|(name, block)| (*name, block.as_str())));
    find(&needles)
}

/// Blocks of random bytes that never stood in the file, by when they were drawn.
const SEAL: &str = "the key of the head's seal";
const DATA: &str = "the data key";

#[test]
fn after_a_lock_nothing_of_an_open_vault_is_in_memory() {
    let given = Given::default();
    let file = Mutex::new(vec![]);
    let [opened, searched, locked, done] = [(); 4].map(|()| Barrier::new(2));
    let seen = std::thread::scope(|scope| {
        scope.spawn(|| {
            let mut desk = Box::new(Desk::new(Arc::clone(&given)));
            desk.fill();
            for _ in 0..2 {
                *file.lock().unwrap_or_else(PoisonError::into_inner) = desk.written.clone();
                opened.wait();
                searched.wait();
                desk.press(Key::Lock);
                assert!(desk.stage.text().contains("No wallet is open."));
                locked.wait();
                done.wait();
                desk.open_again();
            }
        });
        // once as it was made, once as it was opened
        [(); 2].map(|()| {
            opened.wait();
            let file = file.lock().unwrap_or_else(PoisonError::into_inner).clone();
            let open = found(&given, &file);
            searched.wait();
            locked.wait();
            let left = found(&given, &file);
            done.wait();
            (open, left)
        })
    });
    for (open, left) in seen {
        for key in [SEAL, DATA] {
            assert!(open.contains(&key), "the search must see {key}: {open:?}");
        }
        assert_eq!(left, Vec::<&str>::new());
    }
}
