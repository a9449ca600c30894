//! The edges: cameras, and what a process needs of its machine. The only room with `unsafe`.

pub mod camera;
pub mod host;
pub mod input;
