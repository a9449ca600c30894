//! A backup through the real terminal: the words are typed, their code is copied by hand off the
//! terminal's cells, and the camera is shown the copy.

#[path = "common/paper.rs"]
mod paper;
#[path = "common/terminal.rs"]
mod terminal;

use paper::{Frames, copy_code};
use terminal::Terminal;

const ENTER: &str = "\r";

/// SeedSigner's specification of SeedQR, its test vector 4.
const WORDS: &str = "forum undo fragile fade shy sign arrest garment culture tube off merit";

#[test]
fn a_code_copied_by_hand_off_the_terminal_passes_its_drill() {
    let frames = Frames::new("backup");
    let mut terminal = Terminal::start(&["--camera", &frames.camera()], 80, 25);
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
    let paper = copy_code(&mut terminal, 25, 5);
    frames.show_paper(&paper);
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
