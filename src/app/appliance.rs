//! The dedicated machine, as the app knows it: what it says of itself, what can be asked of it.
//!
//! What a machine says of itself is a claim, and the home screen says so: the proof is
//! `scripts/verify-image` on another computer.

use super::keymap::Keymap;

/// The machine that boots into this program. In an ordinary terminal there is none.
pub struct Appliance {
    /// The build's name: the first 16 hexadecimal digits over all that the image is made of.
    pub build: String,
    /// What the self-test found before the first menu.
    pub self_test: SelfTest,
    /// The keyboard's layout. None until it was chosen.
    pub keymap: Option<Keymap>,
    /// The stick that the machine was booted from.
    pub boot_stick: BootStick,
    /// What the batteries hold together, percent. None without one.
    pub battery: Option<u8>,
}

/// What the self-test found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SelfTest {
    /// All of it passed.
    Passed,
    /// The first test that failed: what it tests, in words.
    Failed(String),
}

/// The stick that the machine was booted from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BootStick {
    /// It is being looked for, or read: percent.
    Reading(u8),
    /// It was read: SHA-256 over the image on it.
    Read([u8; 32]),
    /// No stick with an image of ours was found (a CD, or a file on a stick of many images).
    NotFound,
    /// It was pulled out, or failed, before it was read.
    Lost,
}

/// What is asked of the dedicated machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Errand {
    /// Read keys in this layout from now on.
    UseKeymap(Keymap),
    /// Take keys from the keyboard that was plugged in, or never do.
    Admit(Admission),
    /// List the transactions on removable sticks and cards.
    ListFiles,
    /// Read the file of this place in the last list.
    ReadFile(usize),
    /// Write this beside the file that was read last.
    WriteAnswer(Answered),
}

/// The answer to the question about a keyboard that was plugged in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Admission {
    /// Which question: another may have taken its place since it was seen.
    pub question: u32,
    /// May it type?
    pub agreed: bool,
}

/// An answer for a stick: never written over a file that is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    /// The bytes.
    pub bytes: Vec<u8>,
    /// What the name gets behind the original's, e.g. `signed.psbt`.
    pub ending: &'static str,
}
