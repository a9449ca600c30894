//! The edges: cameras; the dedicated machine's screen, keyboards, sticks, batteries and PID 1; random
//! bytes; and
//! what a process needs of its machine. The only room with `unsafe`.

pub mod camera;
pub mod console;
pub mod host;
pub mod init;
pub mod input;
pub mod media;
pub mod power;
pub mod random;
