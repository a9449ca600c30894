//! What reaches the app, and what it asks of the machine.
//!
//! Keystrokes are secrets while words are typed: `Key` and `Event` have no `Debug`.

use super::appliance::{BootStick, Errand, FileId, SelfTest};
use super::storage::VaultNews;
use super::view::CellPixels;
use crate::qr::{Luma, Symbol};
use crate::wallet::{Found, Search, Wallet};
use std::sync::Arc;

/// A key that was pressed.
pub enum Key {
    /// A character, as typed.
    Char(char),
    /// Enter.
    Enter,
    /// One step back.
    Esc,
    /// Removes the last character.
    Backspace,
    /// Takes up a completion.
    Tab,
    /// Arrow up.
    Up,
    /// Arrow down.
    Down,
    /// Arrow left.
    Left,
    /// Arrow right.
    Right,
    /// A screen up.
    PageUp,
    /// A screen down.
    PageDown,
    /// F1: helps also where `?` is a character to type.
    Help,
    /// Ctrl-C: asks to quit.
    Interrupt,
    /// Ctrl-L: locks at once.
    Lock,
}

/// Why the eye reads nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hint {
    /// The picture is dark.
    TooDark,
    /// No sharp edges.
    Blurred,
    /// A code is there but its modules are too small.
    TooFar,
}

/// What the eye sees, and how it goes.
pub struct Sight {
    /// A small grey picture.
    pub preview: Luma,
    /// Frames a second that the camera gives.
    pub frames_per_second: f32,
    /// Share of the frames looked at in which a code was read, percent.
    pub read_percent: u8,
    /// Why nothing is read.
    pub hint: Option<Hint>,
}

/// Something that happened.
pub enum Event {
    /// A key was pressed.
    Key(Key),
    /// The eye sees something.
    Sight(Sight),
    /// The eye read these codes in one frame.
    Codes(Vec<Symbol>),
    /// The eye opened a source of this name.
    SourceOpened(String),
    /// The source has no more pictures (a folder's last frame).
    SourceEnded,
    /// The source failed: one sentence with what to do.
    SourceFailed(String),
    /// Time passed.
    Tick {
        /// Milliseconds since the start.
        now: u64,
        /// Seconds since 1970 by the machine's clock, unchecked.
        clock: Option<u64>,
    },
    /// The system asks the program to end, or the terminal is gone.
    Ended,
    /// The window has this many columns and rows.
    Resize(u16, u16),
    /// Codes and pictures are painted in pixels: so many make a cell.
    Pixels(CellPixels),
    /// The code on the screen as it was drawn, for the demo coordinator to read.
    OwnScreen(Luma),
    /// A search for an address goes on, or has ended.
    Searched(Searched),
    /// The dedicated machine has something to say.
    Machine(News),
}

/// What the dedicated machine says.
pub enum News {
    /// What the self-test found.
    SelfTest(SelfTest),
    /// How far the boot stick was read.
    BootStick(BootStick),
    /// What the batteries hold together, percent. None without one.
    Battery(Option<u8>),
    /// The camera in use, to be named at home; it changes with what is plugged in.
    Camera(String),
    /// A keyboard was plugged in and is held back.
    Newcomer(Newcomer),
    /// The keyboard that was held back may type now, or was pulled out: the question is over.
    NewcomerSettled,
    /// The transactions on removable media, or why there is no list: one sentence.
    Files(Result<Vec<FileEntry>, String>),
    /// What the chosen file holds, or why it cannot be read: one sentence.
    FileRead(FileId, Result<Vec<u8>, String>),
    /// The name of the file that was written, or why none was: one sentence.
    FileWritten(Result<String, String>),
    /// What became of an errand about vaults.
    Vault(VaultNews),
    /// The machine's lid was closed: whoever opens it may be another.
    LidClosed,
}

/// A keyboard, or what says that it is one, that was plugged in after the start.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Newcomer {
    /// What the device calls itself. Untrusted: made printable and short.
    pub name: String,
    /// Which question this is: another keyboard, or another way to agree, is another question.
    pub question: u32,
    /// Digits to be typed on it, where no other keyboard is left to agree at.
    pub challenge: Option<String>,
}

/// A file on a removable stick or card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileEntry {
    /// The machine's own name for it.
    pub id: FileId,
    /// The stick's label and size in words. Untrusted: made printable and short.
    pub medium: String,
    /// The file's name. Untrusted: made printable and short.
    pub name: String,
    /// Bytes.
    pub size: u64,
}

/// A search for an address among those of some wallets, to be taken in slices on all cores.
#[derive(Clone)]
pub struct AddressSearch {
    number: u64,
    search: Arc<Search>,
}

impl AddressSearch {
    /// Each has a number of its own.
    pub(super) fn new(number: u64, search: Search) -> Self {
        Self { number, search: Arc::new(search) }
    }

    /// Its number.
    pub fn number(&self) -> u64 {
        self.number
    }

    /// Is it the one with this number?
    pub fn is(&self, number: u64) -> bool {
        self.number == number
    }

    /// How many steps it has.
    pub fn steps(&self) -> u64 {
        self.search.steps()
    }

    /// What is searched.
    pub fn search(&self) -> &Search {
        &self.search
    }

    /// The wallet that a find is in.
    pub fn wallet(&self, number: usize) -> Option<&Wallet> {
        self.search.wallets().get(number)
    }
}

impl std::fmt::Debug for AddressSearch {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "AddressSearch({})", self.number)
    }
}

impl PartialEq for AddressSearch {
    fn eq(&self, other: &Self) -> bool {
        self.number == other.number
    }
}

impl Eq for AddressSearch {}

/// How far a search has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Searched {
    /// Its number.
    pub search: u64,
    /// Steps that were taken.
    pub steps: u64,
    /// Where the address stands.
    pub found: Option<Found>,
    /// No step is left, or it was found.
    pub ended: bool,
}

/// Which eye.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// The camera that was chosen at the start, or the first one.
    Camera,
    /// The demo camera.
    Demo,
}

/// What the app asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// Look through this source.
    OpenEye(Source),
    /// Look through the next camera.
    NextCamera,
    /// Stop looking.
    CloseEye,
    /// End the program; on the dedicated machine: wipe and power off.
    Quit,
    /// Only on the dedicated machine: end this process, so that the kernel wipes its memory, and
    /// begin anew at the home screen.
    Leave,
    /// Look for an address, and tell by [`Event::Searched`]; another search is given up.
    Search(AddressSearch),
    /// Give up the search.
    StopSearch,
    /// Do this, and tell by [`News`]. An ordinary terminal can do [`Errand::Vault`] at most.
    Errand(Errand),
}
