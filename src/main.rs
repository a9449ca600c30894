//! Starts what was asked for.

use std::process::ExitCode;

fn main() -> ExitCode {
    coldlight::cli::main(std::env::args_os()).into()
}
