//! The signer on a stage, with a machine that serves its errands about vaults.

use crate::machine::{Stick, VaultMachine};
use crate::stage::{Stage, settings};
use coldlight::app::{Command, Event, Key, News, Screen, Settings};
use std::sync::atomic::{AtomicU64, Ordering};

pub const PASSPHRASE: &str = "evoke slab plural mango drift";
pub const DURESS: &str = "ozone cabin tulip ferry brick";

/// A clock on which every machine is slow: a vault then costs as little as one may.
fn slow() -> u64 {
    static NOW: AtomicU64 = AtomicU64::new(0);
    NOW.fetch_add(100_000, Ordering::Relaxed)
}

/// The signer, and the machine that serves it.
pub struct Desk {
    pub stage: Stage,
    pub machine: VaultMachine,
    served: usize,
    size: (u16, u16),
}

impl Desk {
    pub fn new(sticks: impl IntoIterator<Item = Stick>) -> Self {
        Self::at((80, 25), sticks)
    }

    pub fn at(size: (u16, u16), sticks: impl IntoIterator<Item = Stick>) -> Self {
        Self::with(settings(), size, sticks)
    }

    pub fn with(
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
    pub fn serve(&mut self) {
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

    pub fn press(&mut self, key: Key) {
        if let Screen::Lifecycle(_) = self.stage.app.screen() {
            self.stage.read_screen();
        }
        self.stage.press(key);
        self.fits();
        self.serve();
        self.fits();
    }

    /// Types characters; a newline is Enter.
    pub fn keys(&mut self, text: &str) {
        for character in text.chars() {
            self.press(if character == '\n' { Key::Enter } else { Key::Char(character) });
        }
    }

    /// A screen of the vault does not need scrolling, and says which keys work.
    pub fn fits(&self) {
        if let Screen::Vault(_) = self.stage.app.screen() {
            let layout = self.stage.app.view().layout(self.stage.app.size());
            let shown = self.stage.text();
            assert_eq!(layout.below(), 0, "{:?}\n{shown}", self.size);
            let known = |glyph: char| matches!(glyph, ' '..='~' | '\n' | '\u{2500}');
            assert!(shown.chars().all(known), "{shown}");
        }
    }

    /// Is every word of `sentence` on the screen, in order, wherever it is wrapped?
    pub fn shows(&self, sentence: &str) -> bool {
        let squeeze = |text: &str| text.split_whitespace().collect::<String>();
        squeeze(&self.stage.text()).contains(&squeeze(sentence))
    }

    #[track_caller]
    pub fn says(&self, sentence: &str) {
        assert!(self.shows(sentence), "{sentence}\nis not in\n{}", self.stage.text());
    }

    pub fn quits(&self) -> bool {
        self.stage.commands.contains(&Command::Quit)
    }

    /// From home: a vault with a passphrase on the first stick; home again.
    pub fn make(&mut self) {
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
    pub fn type_words(&mut self) {
        self.keys("otlega winn than year wave saus wort usef lega winn than yel \n\n\n");
        self.says("b8688df1 is open.");
    }

    /// From home: puts the open wallet into the open vault; home again.
    pub fn seal(&mut self, name: &str) {
        self.keys("va");
        self.keys(&format!("{name}\n"));
        self.says("All of it is on the stick");
        self.press(Key::Esc);
    }

    /// From home: opens the first vault that is listed.
    pub fn open(&mut self, passphrase: &str) {
        self.keys("v\n");
        self.keys(&format!("{passphrase}\n"));
    }

    /// From home: locks.
    pub fn lock(&mut self) {
        self.keys("l");
        self.says("No wallet is open.");
        self.says("seeds and wallets, sealed on a stick");
    }

    /// From home, with a wallet open: signs the demo's payment; home again.
    pub fn sign(&mut self) {
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

pub const BLUE: &str = "BLUE 16 GB";
pub const RED: &str = "RED 8 GB";

/// A desk with a vault on the blue stick in which a wallet is sealed; locked, at home.
pub fn sealed() -> Desk {
    let mut desk = Desk::new([Stick::empty(BLUE)]);
    desk.make();
    desk.type_words();
    desk.seal("Savings");
    desk.lock();
    desk
}
