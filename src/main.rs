//! Which part of Coldlight this process is, and its start.

use coldlight::device::camera::worker;
use coldlight::device::init;
use coldlight::{appliance, cli};
use std::process::ExitCode;

fn main() -> ExitCode {
    let mut arguments = std::env::args_os().peekable();
    // In the image the kernel and PID 1 name a part by its first argument; elsewhere that is the
    // program's path, and commands follow.
    match arguments.peek().and_then(|name| name.to_str()) {
        Some(init::INIT) if std::process::id() == 1 => init::main(),
        Some(init::SIGNER) => appliance::main(),
        Some(worker::NAME) => worker::main(arguments.skip(1)),
        _ => cli::main(arguments).into(),
    }
}
