//! The camera worker of the image: a process of its own for each look, which alone touches the
//! camera and reads its bytes. What it sees crosses a pipe; when the look ends the process is
//! killed, and the kernel wipes what it saw.

#[cfg(feature = "crash-test")]
mod crash_test;
mod fence;
pub mod protocol;
pub mod remote;
mod serve;
mod task;

pub use serve::main;
pub use task::Task;

/// What the program is called (`argv[0]`) when it is to be the camera worker.
pub const NAME: &str = "coldlight-camera";

/// The user and the group that the worker runs under in the image. Nothing else runs under it, and
/// no usual system gives this number to a person.
pub const USER: u32 = 61_001;
