//! Starts what was asked for.

use coldlight::device::camera::worker;
use std::process::ExitCode;

fn main() -> ExitCode {
    let mut arguments = std::env::args_os().peekable();
    if arguments.peek().is_some_and(|name| name == worker::NAME) {
        return worker::main(arguments.skip(1));
    }
    coldlight::cli::main(arguments).into()
}
