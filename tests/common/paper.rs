//! Paper and a camera: a code is copied by hand off a terminal's cells, and the copy is photographed.

#![allow(dead_code)] // each test file uses its part

use crate::terminal::Terminal;
use coldlight::qr::{Luma, png};
use std::path::PathBuf;

/// A folder of frames before the camera, removed with the test.
pub struct Frames(pub PathBuf);

impl Frames {
    pub fn new(name: &str) -> Self {
        let name = format!("coldlight-{name}-{}", std::process::id());
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
    let edge = lines[3].iter().position(|glyph| *glyph == '\u{2510}').expect("a corner");
    let columns: Vec<usize> = (6..edge).filter(|x| is(*x, 2, char::is_ascii_digit)).collect();
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

/// Copies the whole code by hand, block by block, beginning at the screen that makes the paper ready.
/// `side` is the code's size in squares, `block` a block's; the last ones may be smaller.
pub fn copy_code(terminal: &mut Terminal, side: usize, block: usize) -> Vec<Vec<bool>> {
    let blocks = side.div_ceil(block);
    let last = format!("of {}{blocks}", char::from(b'A' + blocks as u8 - 1));
    let mut paper: Vec<Vec<bool>> = vec![];
    for row in ('A'..).take(blocks) {
        let mut rows: Vec<Vec<bool>> = vec![];
        for column in 1..=blocks {
            terminal.press("\r");
            terminal.wait_for(&[&format!("Block {row}{column} {last}")]);
            let squares = steady_block(terminal);
            rows.resize(squares.len(), vec![]);
            for (line, squares) in rows.iter_mut().zip(squares) {
                line.extend(squares);
            }
        }
        paper.append(&mut rows);
    }
    assert!(
        paper.len() == side && paper.iter().all(|row| row.len() == side),
        "{}",
        terminal.text()
    );
    paper
}

impl Frames {
    /// The camera's name for the program's options.
    pub fn camera(&self) -> String {
        format!("dir:{}", self.0.display())
    }

    /// The camera sees this paper from now on, and nothing else.
    pub fn show_paper(&self, paper: &[Vec<bool>]) {
        self.clear();
        std::fs::write(self.0.join("1.png"), png(&photograph(paper))).expect("a frame");
    }

    /// The camera sees nothing.
    pub fn clear(&self) {
        for frame in std::fs::read_dir(&self.0).expect("the folder is there").flatten() {
            std::fs::remove_file(frame.path()).expect("a frame can be removed");
        }
    }
}
