//! Keys, from the kernel's input devices (evdev) and not from the terminal: what the kernel keeps of
//! keystrokes then belongs to an open device, and is wiped when this process ends; a keyboard that
//! is held back is simply not read; and Esc is a key, not the beginning of something longer.
//!
//! The records are read by hand. The `evdev` crate keeps them in buffers that have `Debug` and are
//! not wiped; a record is 24 bytes, and of its API one request (EVIOCGRAB) is needed.

mod button;
mod challenge;
mod codes;
mod decode;
mod desk;
mod device_id;
mod devices;
mod keyboards;
mod keymaps;
mod pump;
mod record;

pub use button::wait_for_power_button;
pub use device_id::DeviceId;
pub use keyboards::Keyboards;
