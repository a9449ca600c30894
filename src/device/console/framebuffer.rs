//! The Linux framebuffer: what it says of itself (checked), and its memory.
//!
//! Source: linux/fb.h.

#![allow(unsafe_code)] // ioctl and mmap: no safe way to a framebuffer's memory is in std or rustix

use super::mode::{Channel, Format, Mode, Unusable};
use rustix::ioctl::{Getter, Opcode, ioctl};
use rustix::mm::{MapFlags, ProtFlags, mmap, munmap};
use std::ffi::c_void;
use std::fs::{File, OpenOptions};
use std::io;
use std::ops::{Deref, DerefMut};
use std::ptr::{NonNull, null_mut};
use std::slice;

/// The first screen.
const PATH: &str = "/dev/fb0";

const FBIOGET_VSCREENINFO: Opcode = 0x4600;
const FBIOGET_FSCREENINFO: Opcode = 0x4602;
/// FB_TYPE_PACKED_PIXELS: one pixel after the other.
const PACKED: u32 = 0;

/// `struct fb_bitfield`.
#[repr(C)]
struct Bitfield {
    offset: u32,
    length: u32,
    msb_right: u32,
}

/// `struct fb_var_screeninfo`.
#[repr(C)]
struct Variable {
    width: u32,
    height: u32,
    virtual_size: [u32; 2],
    offset: [u32; 2],
    bits_per_pixel: u32,
    grayscale: u32,
    red: Bitfield,
    green: Bitfield,
    blue: Bitfield,
    alpha: Bitfield,
    rest: [u32; 20],
}

/// `struct fb_fix_screeninfo`.
#[repr(C)]
struct Fixed {
    id: [u8; 16],
    memory_start: usize,
    memory: u32,
    kind: u32,
    kind_aux: u32,
    visual: u32,
    steps: [u16; 3],
    line: u32,
    io_start: usize,
    io_length: u32,
    accelerator: u32,
    capabilities: u16,
    reserved: [u16; 2],
}

// The kernel writes structures of these sizes.
const _: () = assert!(size_of::<Variable>() == 160);
#[cfg(target_pointer_width = "64")]
const _: () = assert!(size_of::<Fixed>() == 80);

/// The memory of a screen, mapped into this process for as long as it lives.
pub struct Mapped {
    start: NonNull<u8>,
    length: usize,
}

/// Opens the first screen.
pub fn open() -> io::Result<(Mapped, Mode)> {
    let file = OpenOptions::new().read(true).write(true).open(PATH)?;
    let mode = mode(&file)?;
    Ok((Mapped::new(&file, mode.bytes())?, mode))
}

fn mode(file: &File) -> io::Result<Mode> {
    // SAFETY: the kernel fills a `struct fb_var_screeninfo`, whose layout and size `Variable` has;
    // every pattern of bits is a valid `Variable`.
    let variable = unsafe { ioctl(file, Getter::<FBIOGET_VSCREENINFO, Variable>::new()) }?;
    // SAFETY: the same for `struct fb_fix_screeninfo` and `Fixed`.
    let fixed = unsafe { ioctl(file, Getter::<FBIOGET_FSCREENINFO, Fixed>::new()) }?;
    checked(&variable, &fixed).map_err(io::Error::other)
}

/// A screen that is drawn here: whole, from the start of its memory, pixel after pixel.
fn checked(variable: &Variable, fixed: &Fixed) -> Result<Mode, Unusable> {
    let bits = variable.bits_per_pixel;
    let colours = [&variable.red, &variable.green, &variable.blue];
    let known = fixed.kind == PACKED
        && variable.grayscale == 0
        && variable.offset == [0, 0]
        && colours.iter().all(|colour| colour.msb_right == 0);
    if !known {
        return Err(Unusable::Colours { bits });
    }
    let channels = colours.map(|colour| Channel { offset: colour.offset, length: colour.length });
    let format = Format::new(bits, channels)?;
    Mode::new(variable.width, variable.height, fixed.line, format, fixed.memory)
}

impl Mapped {
    fn new(file: &File, length: usize) -> io::Result<Self> {
        // SAFETY: a new mapping at a place that the kernel chooses touches no memory in use.
        let start = unsafe {
            let access = ProtFlags::READ | ProtFlags::WRITE;
            mmap(null_mut(), length, access, MapFlags::SHARED, file, 0)
        }?;
        match NonNull::new(start.cast()) {
            Some(start) => Ok(Self { start, length }),
            None => Err(io::ErrorKind::OutOfMemory.into()),
        }
    }
}

impl Deref for Mapped {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        // SAFETY: `length` bytes are mapped for reading from `start` until the value is dropped, and
        // in graphics mode nobody else writes to the screen.
        unsafe { slice::from_raw_parts(self.start.as_ptr(), self.length) }
    }
}

impl DerefMut for Mapped {
    fn deref_mut(&mut self) -> &mut [u8] {
        // SAFETY: as above, also for writing; `&mut self` makes this the only slice.
        unsafe { slice::from_raw_parts_mut(self.start.as_ptr(), self.length) }
    }
}

impl Drop for Mapped {
    fn drop(&mut self) {
        let start: *mut c_void = self.start.as_ptr().cast();
        // SAFETY: this is the mapping made by `new`, and no slice of it is left.
        let _ = unsafe { munmap(start, self.length) };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field(offset: u32, length: u32) -> Bitfield {
        Bitfield { offset, length, msb_right: 0 }
    }

    fn usual() -> (Variable, Fixed) {
        let variable = Variable {
            width: 1280,
            height: 800,
            virtual_size: [1280, 800],
            offset: [0, 0],
            bits_per_pixel: 32,
            grayscale: 0,
            red: field(16, 8),
            green: field(8, 8),
            blue: field(0, 8),
            alpha: field(24, 8),
            rest: [0; 20],
        };
        let fixed = Fixed {
            id: *b"EFI VGA\0\0\0\0\0\0\0\0\0",
            memory_start: 0x8000_0000,
            memory: 5120 * 800,
            kind: PACKED,
            kind_aux: 0,
            visual: 2,
            steps: [0; 3],
            line: 5120,
            io_start: 0,
            io_length: 0,
            accelerator: 0,
            capabilities: 0,
            reserved: [0; 2],
        };
        (variable, fixed)
    }

    #[test]
    fn a_usual_screen_is_taken_as_it_says() {
        let (variable, fixed) = usual();
        let mode = checked(&variable, &fixed).expect("a usual screen");
        assert_eq!((mode.width(), mode.height(), mode.line()), (1280, 800, 5120));
        assert_eq!(mode.bytes(), fixed.memory as usize);
    }

    #[test]
    fn a_screen_that_is_laid_out_otherwise_is_refused() {
        let changes: [fn(&mut Variable, &mut Fixed); 6] = [
            |variable, _| variable.bits_per_pixel = 8,
            |variable, _| variable.grayscale = 1,
            |variable, _| variable.offset = [0, 1],
            |variable, _| variable.red.msb_right = 1,
            |_, fixed| fixed.kind = 1,
            |_, fixed| fixed.memory -= 1,
        ];
        for change in changes {
            let (mut variable, mut fixed) = usual();
            change(&mut variable, &mut fixed);
            assert!(checked(&variable, &fixed).is_err());
        }
    }

    #[test]
    fn mapped_memory_is_read_and_written() {
        let path = std::env::temp_dir().join(format!("coldlight-mapped-{}", std::process::id()));
        let file = File::options().read(true).write(true).create(true).truncate(true).open(&path);
        let file = file.expect("a file");
        file.set_len(8192).expect("room");
        let mut mapped = Mapped::new(&file, 8192).expect("a mapping");
        mapped[8191] = 7;
        assert_eq!((mapped.len(), mapped[8191]), (8192, 7));
        drop(mapped);
        let written = std::fs::read(&path).expect("the file");
        std::fs::remove_file(&path).expect("it is ours");
        assert_eq!(written[8191], 7);
    }
}
