//! The edges: cameras, the screen of the dedicated machine, and what a process needs of its
//! machine. The only room with `unsafe`.

pub mod camera;
pub mod console;
pub mod host;
pub mod init;
pub mod input;
pub mod media;
pub mod power;
