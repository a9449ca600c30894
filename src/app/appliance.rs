//! The dedicated machine, as the app knows it: what it says of itself, what can be asked of it.
//!
//! What a machine says of itself is a claim, and the home screen says so: the proof is
//! `scripts/verify-image` on another computer.

use super::keymap::Keymap;
use super::storage::VaultErrand;
use crate::psbt::{FileForm, Limits};

/// The largest transaction (PSBT) that the dedicated machine takes, scanned or as a file, so that a
/// hostile one is read and reviewed in about 100 MB of the 256 MB that the machine may have. Bitcoin
/// nodes pass on no transaction heavier than 400,000: as many inputs fit it as weigh 164 each (the
/// least there is), and as many outputs as weigh 124 (P2WPKH). An output costs 7 kB to review, an
/// input 4 kB, a byte of a PSBT of nothing but tiny fields 25.
pub const LIMITS: Limits = Limits { bytes: 3 * 1024 * 1024, inputs: 2_439, outputs: 3_225 };

/// Longest file that the dedicated machine reads, in bytes: such a transaction as hexadecimal text,
/// line ends included.
pub const LONGEST_FILE: usize = 2 * LIMITS.bytes + LIMITS.bytes / 16;

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
    /// All but the random source passed; the system still gathers what that begins with, which takes
    /// a second. Nothing but the keyboard's layout comes before the outcome.
    Running,
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
    /// No stick with an image of ours was found (a CD, or a file on a stick of many images), or
    /// more than one.
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
    /// Read from, or write to, removable sticks and cards.
    Files(FileErrand),
    /// Read, make or write vaults.
    Vault(VaultErrand),
}

/// Does a file that begins so look like a transaction (PSBT), in any of its forms?
pub fn begins_as_psbt(beginning: &[u8]) -> bool {
    FileForm::of(beginning).is_some()
}

/// What is asked of removable sticks and cards.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FileErrand {
    /// List the transactions on them.
    List,
    /// Read this file.
    Read(FileId),
    /// Write this answer.
    Write(Answered),
}

/// One file that was listed. No other file, in no later list, has the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FileId(pub u64);

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
    /// What the name gets behind the original's stem.
    pub kind: AnswerKind,
    /// The file that it is written beside. Without one, or where its stick was pulled out, in the
    /// top folder of the only stick.
    pub beside: Option<FileId>,
}

/// What an answer's file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AnswerKind {
    /// The PSBT with our signatures: `NAME-signed.psbt`.
    Signed,
    /// The final transaction as hexadecimal text: `NAME-final.txn`.
    Final,
}

impl AnswerKind {
    /// What stands behind the original's name.
    pub fn mark(self) -> &'static str {
        match self {
            Self::Signed => "signed",
            Self::Final => "final",
        }
    }

    /// The last part of the name, behind the dot.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Signed => "psbt",
            Self::Final => "txn",
        }
    }
}
