//! A backup through the real terminal: the words are typed, their code is copied by hand off the
//! terminal's cells, and the camera is shown the copy.

#[path = "common/terminal.rs"]
mod terminal;

use coldlight::qr::{Luma, png};
use std::path::PathBuf;
use terminal::Terminal;

const ENTER: &str = "\r";

/// SeedSigner's specification of SeedQR, its test vector 4.
const WORDS: &str = "forum undo fragile fade shy sign arrest garment culture tube off merit";

/// A folder of frames before the camera, removed with the test.
struct Frames(PathBuf);

impl Frames {
    fn new() -> Self {
        let name = format!("coldlight-backup-{}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&folder).expect("a folder can be made");
        Self(folder)
    }
}

impl Drop for Frames {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0); // a test that failed has said so already
    }
}

/// The block that is on, as a person reads it: its squares by the letters and numbers at its edges.
fn block(terminal: &Terminal) -> Vec<Vec<bool>> {
    let text = terminal.text();
    let lines: Vec<Vec<char>> = text.lines().map(|line| line.chars().collect()).collect();
    let picture = terminal.photograph();
    let width = picture.width() as usize;
    // 4 pixels are half a cell
    let dark = |x: usize, y: usize| picture.data()[(8 * y + 4) * width + 4 * x + 2] < 128;
    let is = |x: usize, y: usize, what: fn(&char) -> bool| lines[y].get(x).is_some_and(what);
    let columns: Vec<usize> = (6..42).filter(|x| is(*x, 2, char::is_ascii_digit)).collect();
    let bottom = (3..).find(|y| is(1, *y, |glyph| *glyph == '\u{2500}')).expect("a rule");
    let rows = (3..bottom).filter(|y| is(3, *y, char::is_ascii_lowercase));
    rows.map(|y| columns.iter().map(|x| dark(*x, y)).collect()).collect()
}

/// The same once the terminal has drawn all of it: it reads the same many times in a row.
fn steady_block(terminal: &Terminal) -> Vec<Vec<bool>> {
    let (mut last, mut times) = (vec![], 0);
    terminal.wait_until("a block that stands still", |terminal| {
        let now = block(terminal);
        times = if now == last { times + 1 } else { 0 };
        last = now;
        (times >= 10).then(|| last.clone())
    })
}

/// What a camera sees of the paper: dark ink on light paper, squares of 7 pixels.
fn photograph(paper: &[Vec<bool>]) -> Luma {
    let (scale, margin) = (7, 30);
    let across = paper.len() * scale + 2 * margin;
    let mut data = vec![225; across * across];
    for (row, squares) in paper.iter().enumerate() {
        for (column, _) in squares.iter().enumerate().filter(|(_, dark)| **dark) {
            for line in 0..scale {
                let at = (margin + row * scale + line) * across + margin + column * scale;
                data[at..at + scale].fill(45);
            }
        }
    }
    Luma::new(across as u32, across as u32, data).expect("the size fits the data")
}

#[test]
fn a_code_copied_by_hand_off_the_terminal_passes_its_drill() {
    let frames = Frames::new();
    let camera = format!("dir:{}", frames.0.display());
    let mut terminal = Terminal::start(&["--camera", &camera], 80, 25);
    terminal.wait_for(&["Sign a payment", "Quit"]);
    terminal.press("o");
    terminal.wait_for(&["Open a wallet"]);
    terminal.press("t");
    terminal.wait_for(&["0 words."]);
    terminal.press(&format!("{WORDS} {ENTER}"));
    terminal.wait_for(&["Passphrase"]);
    terminal.press(ENTER);
    terminal.wait_for(&["Is this your wallet?"]);
    terminal.read_and_press(ENTER);
    terminal.wait_for(&["never drilled"]);
    terminal.press("b2c");
    terminal.wait_for(&["Make the paper ready"]);
    let mut paper: Vec<Vec<bool>> = vec![];
    for row in 'A'..='E' {
        let mut rows = vec![vec![]; 5];
        for column in 1..=5 {
            terminal.press(ENTER);
            terminal.wait_for(&[&format!("Block {row}{column} of E5")]);
            for (line, squares) in rows.iter_mut().zip(steady_block(&terminal)) {
                line.extend(squares);
            }
        }
        paper.append(&mut rows);
    }
    assert!(paper.iter().all(|row| row.len() == 25), "{}", terminal.text());
    std::fs::write(frames.0.join("1.png"), png(&photograph(&paper))).expect("a frame");
    terminal.press("d");
    terminal.wait_for(&["The drill is passed", "This backup opens this wallet."]);
    terminal.press(ENTER);
    terminal.wait_for(&["Back up and drill", "drilled 2"]);
    terminal.press("\u{3}"); // Ctrl-C asks to quit
    terminal.wait_for(&["Quit?"]);
    terminal.press("y");
    let (code, _) = terminal.end();
    assert_eq!(code, 0);
}
