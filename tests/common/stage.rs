//! The signer on a stage: real screens in a real buffer, without terminal, camera or clock.

#![allow(dead_code)] // each test file uses its part

use coldlight::app::{App, Command, Event, Key, LockAfter, READING, Screen, Settings, Sight};
use coldlight::device::{host, random::KernelRandom};
use coldlight::keys::Generator;
use coldlight::qr::{Luma, Symbol};
use coldlight::transport::{Dialect, Kind, Reel, ReelOptions};
use coldlight::ui::{Palette, draw::draw, qr::photograph};
use coldlight::wallet::Network;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// Settings of a rehearsal with the demo camera.
pub fn settings() -> Settings {
    Settings {
        network: Network::Test,
        mainnet_allowed: false,
        interfaces: vec!["eth0".into(), "wlan0".into()],
        memory_locked: true,
        demo: true,
        camera: "demo".into(),
        appliance: None,
        random: Generator::new(KernelRandom),
        stopwatch: host::stopwatch,
        vaults: false,
        wrong_passphrases: 0,
        lock_after: LockAfter::Ten,
        locked: None,
        allow_sighash_unusual: false,
    }
}

/// An app, its window, and every command that it gave.
pub struct Stage {
    pub app: App,
    pub commands: Vec<Command>,
    pub palette: Palette,
    size: (u16, u16),
    now: u64,
}

impl Stage {
    pub fn new(columns: u16, rows: u16) -> Self {
        Self::with(settings(), columns, rows)
    }

    pub fn with(settings: Settings, columns: u16, rows: u16) -> Self {
        let app = App::new(settings);
        let size = (columns, rows);
        let mut stage = Self { app, commands: vec![], palette: Palette::True, size, now: 0 };
        stage.send(Event::Resize(columns, rows));
        stage
    }

    pub fn send(&mut self, event: Event) {
        let commands = self.app.update(event);
        self.commands.extend(commands);
    }

    /// Presses a key once the screen has been read.
    pub fn press(&mut self, key: Key) {
        use Screen::{Confirm, Fingerprint, Make, Review, Wallets};
        if matches!(
            self.app.screen(),
            Review(_) | Confirm(_) | Wallets(_) | Fingerprint(_) | Make(_)
        ) {
            self.read_screen();
        }
        self.send(Event::Key(key));
        self.tick(1);
    }

    /// From home to home: a shared wallet's code is scanned, read to its end and taken.
    pub fn register(&mut self, text: &str) {
        self.type_keys("wa");
        self.codes(&[text]);
        self.take_wallet();
        self.press(Key::Esc);
        self.press(Key::Esc);
        assert!(matches!(self.app.screen(), Screen::Home(_)), "{}", self.text());
    }

    /// Reads a wallet that is offered to its end, and takes it.
    pub fn take_wallet(&mut self) {
        for _ in 0..40 {
            let text = self.text();
            if text.contains("It is registered.") {
                return;
            }
            assert!(matches!(self.app.screen(), Screen::Wallets(_)), "{text}");
            self.press(Key::Enter);
        }
        panic!("it is not taken:\n{}", self.text());
    }

    /// Lets the screen stand for as long as its keys need to count.
    pub fn read_screen(&mut self) {
        self.tick(1);
        self.tick(READING);
    }

    /// Types characters; a newline is Enter.
    pub fn type_keys(&mut self, text: &str) {
        for character in text.chars() {
            self.press(if character == '\n' { Key::Enter } else { Key::Char(character) });
        }
    }

    pub fn tick(&mut self, milliseconds: u64) {
        self.now += milliseconds;
        self.send(Event::Tick { now: self.now, clock: Some(1_780_000_000) });
    }

    /// One frame with these codes.
    pub fn codes(&mut self, contents: &[&str]) {
        let symbols = contents.iter().map(|text| Symbol::new(text.as_bytes().to_vec())).collect();
        self.send(Event::Codes(symbols));
        self.tick(1);
    }

    /// A picture without a code.
    pub fn preview(&mut self) {
        let data = (0..160 * 120).map(|at| (at % 160 + at / 160) as u8).collect();
        let preview = Luma::new(160, 120, data).expect("the size fits the data");
        self.send(Event::Sight(Sight {
            preview,
            frames_per_second: 24.0,
            read_percent: 91,
            hint: None,
        }));
    }

    /// Shows the demo's payment to the camera until it is read.
    pub fn show_demo_payment(&mut self) {
        let reel = payment_reel();
        for part in 0..reel.len() {
            self.codes(&[&reel.part(part)]);
        }
        self.tick(1);
    }

    /// From the home screen to the first page of the demo's review.
    pub fn walk_to_review(&mut self) {
        self.type_keys("d\n"); // the demo, start
        self.tick(1); // the keys are derived
        self.type_keys("\n"); // this is the wallet
        self.show_demo_payment();
    }

    /// Draws; gives the buffer and the place of the QR code.
    pub fn draw(&self) -> (Buffer, Option<Rect>) {
        let area = Rect::new(0, 0, self.size.0, self.size.1);
        let mut buffer = Buffer::empty(area);
        let code = draw(&self.app, &mut buffer, self.palette).cells();
        (buffer, code)
    }

    /// Draws, and lets the demo coordinator read what was drawn.
    pub fn mirror(&mut self) {
        let (buffer, code) = self.draw();
        if let Some(picture) = code.and_then(|area| photograph(&buffer, area)) {
            self.send(Event::OwnScreen(picture));
        }
    }

    /// Plays the answer until the demo coordinator has read all of it.
    pub fn let_it_be_read(&mut self) {
        for _ in 0..100 {
            let Screen::Answer(answer) = self.app.screen() else { return };
            if !answer.is_read() {
                return;
            }
            self.mirror();
            self.tick(250);
        }
        panic!("the answer was not read:\n{}", self.text());
    }

    /// What a person reads: one line a row.
    pub fn text(&self) -> String {
        text_of(&self.draw().0)
    }
}

pub fn payment_reel() -> Reel {
    let payment = coldlight::demo::unsigned();
    Reel::new(&payment, Kind::Psbt, Dialect::Ur, ReelOptions::default())
        .expect("the demo's payment can be shown")
}

pub fn text_of(buffer: &Buffer) -> String {
    let mut text = String::new();
    for row in buffer.content.chunks(usize::from(buffer.area.width)) {
        let line: String = row.iter().map(|cell| cell.symbol()).collect();
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}
