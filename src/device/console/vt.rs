//! The virtual terminal below the screen: told to keep still, and wiped.
//!
//! Source: linux/kd.h, console_codes(4), console_ioctl(4).

#![allow(unsafe_code)] // ioctl: rustix has no safe form of these two

use rustix::ioctl::{IntegerSetter, Opcode, ioctl};
use rustix::termios::tcgetwinsize;
use std::fs::{File, OpenOptions};
use std::io::{self, Write};

/// The first that opens: the first virtual terminal, or what the kernel calls its console.
const PATHS: [&str; 2] = ["/dev/tty1", "/dev/console"];

const KDSETMODE: Opcode = 0x4b3a;
const KDSKBMODE: Opcode = 0x4b45;
const KD_TEXT: usize = 0;
const KD_GRAPHICS: usize = 1;
/// Keys do not reach the terminal at all: they are read from the keyboards themselves.
const K_OFF: usize = 4;

/// UTF-8, no cursor, no blanking (0 minutes), white that is white (colour 15), everything cleared.
const BEGIN: &[u8] = b"\x1b%G\x1b[?25l\x1b[9;0]\x1b]PFffffff\x1b[0m\x1b[H\x1b[2J\x1b[3J";

/// What was written is cleared, with what has scrolled away, and the palette is the usual one.
const END: &[u8] = b"\x1b[0m\x1b]R\x1b[H\x1b[2J\x1b[3J";

/// Who draws the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Drawing {
    /// This program, pixel by pixel: the kernel keeps off the screen.
    Ours,
    /// The kernel, letter by letter.
    Kernels,
}

/// The virtual terminal while this program has it. Dropped, it is wiped and shows text again; its
/// keys stay off, for nobody is there to read them.
pub(super) struct Vt {
    file: File,
}

impl Vt {
    /// Takes the terminal, wiped.
    pub(super) fn open(drawing: Drawing) -> io::Result<Self> {
        let mut file = Err(io::Error::from(io::ErrorKind::NotFound));
        for path in PATHS {
            file = OpenOptions::new().read(true).write(true).open(path);
            if file.is_ok() {
                break;
            }
        }
        let mut vt = Self { file: file? };
        vt.set::<KDSKBMODE>(K_OFF)?;
        vt.file.write_all(BEGIN)?;
        vt.set::<KDSETMODE>(match drawing {
            Drawing::Ours => KD_GRAPHICS,
            Drawing::Kernels => KD_TEXT,
        })?;
        Ok(vt)
    }

    /// To write letters to.
    pub(super) fn writer(&self) -> io::Result<File> {
        self.file.try_clone()
    }

    /// Columns and rows.
    pub(super) fn size(&self) -> io::Result<(u16, u16)> {
        let size = tcgetwinsize(&self.file)?;
        Ok((size.ws_col, size.ws_row))
    }

    fn set<const OPCODE: Opcode>(&self, value: usize) -> io::Result<()> {
        // SAFETY: KDSETMODE and KDSKBMODE take a plain number and touch no memory of ours.
        unsafe { ioctl(&self.file, IntegerSetter::<OPCODE>::new_usize(value)) }?;
        Ok(())
    }
}

impl Drop for Vt {
    fn drop(&mut self) {
        // Nothing can be done about a terminal that does not listen any more.
        let _ = self.file.write_all(END);
        let _ = self.set::<KDSETMODE>(KD_TEXT);
    }
}
