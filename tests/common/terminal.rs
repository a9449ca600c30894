//! The built program in a real terminal: a pty, and a terminal emulator that keeps its cells.

#![allow(dead_code)] // each test file uses its part

use coldlight::app::READING;
use coldlight::qr::Luma;
use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use std::io::{Read, Write};
use std::sync::{Arc, Mutex, MutexGuard};
use std::thread;
use std::time::{Duration, Instant};

/// Longest wait for a screen. Generous: other programs may keep the machine busy.
const PATIENCE: Duration = Duration::from_secs(120);

/// A running `coldlight` and what its terminal shows.
pub struct Terminal {
    screen: Arc<Mutex<vt100::Parser>>,
    keys: Box<dyn Write + Send>,
    child: Box<dyn Child + Send + Sync>,
    reader: Option<thread::JoinHandle<()>>,
    _master: Box<dyn MasterPty + Send>,
}

impl Terminal {
    /// Starts the built binary in a window of so many columns and rows.
    pub fn start(arguments: &[&str], columns: u16, rows: u16) -> Self {
        Self::start_under(&[], arguments, columns, rows)
    }

    /// The same as the last words of another command: one that watches it.
    pub fn start_under(watcher: &[&str], arguments: &[&str], columns: u16, rows: u16) -> Self {
        let size = PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).expect("a pty");
        let mut words = watcher.to_vec();
        words.push(env!("CARGO_BIN_EXE_coldlight"));
        words.extend(arguments);
        let mut command = CommandBuilder::new(words[0]);
        command.args(&words[1..]);
        command.env("TERM", "xterm-256color");
        command.env("COLORTERM", "truecolor");
        let child = pair.slave.spawn_command(command).expect("the program starts");
        drop(pair.slave);
        let screen = Arc::new(Mutex::new(vt100::Parser::new(rows, columns, 0)));
        let mut output = pair.master.try_clone_reader().expect("the pty can be read");
        let shown = Arc::clone(&screen);
        let reader = thread::spawn(move || {
            let mut buffer = [0; 4096];
            while let Ok(read @ 1..) = output.read(&mut buffer) {
                shown.lock().expect("no panic while shown").process(&buffer[..read]);
            }
        });
        let keys = pair.master.take_writer().expect("the pty can be written");
        Self { screen, keys, child, reader: Some(reader), _master: pair.master }
    }

    /// The process's number; the last words of a watcher that becomes it.
    pub fn pid(&self) -> u32 {
        self.child.process_id().expect("it runs")
    }

    pub fn press(&mut self, keys: &str) {
        self.keys.write_all(keys.as_bytes()).expect("the program reads keys");
    }

    /// Presses after a pause for reading, without which the pages of a review do not turn.
    pub fn read_and_press(&mut self, keys: &str) {
        thread::sleep(Duration::from_millis(3 * READING));
        self.press(keys);
    }

    fn screen(&self) -> MutexGuard<'_, vt100::Parser> {
        self.screen.lock().expect("no panic while shown")
    }

    /// What a person reads.
    pub fn text(&self) -> String {
        self.screen().screen().contents()
    }

    /// Waits until all of these stand on the screen.
    pub fn wait_for(&self, wanted: &[&str]) {
        self.wait_until(&format!("{wanted:?}"), |terminal| {
            let text = terminal.text();
            wanted.iter().all(|wanted| text.contains(wanted)).then_some(())
        });
    }

    /// Waits until `found` finds something.
    pub fn wait_until<T>(&self, what: &str, mut found: impl FnMut(&Self) -> Option<T>) -> T {
        let began = Instant::now();
        loop {
            if let Some(thing) = found(self) {
                return thing;
            }
            assert!(
                began.elapsed() < PATIENCE,
                "waited for {what}; the screen is\n{}",
                self.text()
            );
            thread::sleep(Duration::from_millis(20));
        }
    }

    /// What a camera before this screen sees: the halves of its cells, light or dark.
    pub fn photograph(&self) -> Luma {
        const PIXELS: usize = 4;
        let parser = self.screen();
        let (rows, columns) = parser.screen().size();
        let width = usize::from(columns) * PIXELS;
        let mut data = vec![0; width * usize::from(rows) * 2 * PIXELS];
        for row in 0..rows {
            for column in 0..columns {
                let Some(cell) = parser.screen().cell(row, column) else { continue };
                let (fg, bg) = (light(cell.fgcolor()), light(cell.bgcolor()));
                let halves = match cell.contents() {
                    "\u{2580}" => [fg, bg],
                    "\u{2584}" => [bg, fg],
                    "\u{2588}" => [fg, fg],
                    _ => [bg, bg],
                };
                for line in 0..2 * PIXELS {
                    let at = (usize::from(row) * 2 * PIXELS + line) * width;
                    data[at + usize::from(column) * PIXELS..][..PIXELS].fill(halves[line / PIXELS]);
                }
            }
        }
        Luma::new(width as u32, (usize::from(rows) * 2 * PIXELS) as u32, data)
            .expect("the size fits the data")
    }

    /// Waits for the end; gives the exit code and what stands on the screen then.
    pub fn end(mut self) -> (u32, String) {
        let status = self.child.wait().expect("the program ends");
        if let Some(reader) = self.reader.take() {
            reader.join().expect("no panic while reading");
        }
        (status.exit_code(), self.text())
    }
}

fn light(color: vt100::Color) -> u8 {
    match color {
        vt100::Color::Rgb(red, green, blue) => {
            ((u32::from(red) + u32::from(green) + u32::from(blue)) / 3) as u8
        }
        vt100::Color::Idx(_) | vt100::Color::Default => 0,
    }
}
