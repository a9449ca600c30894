//! `coldlight lint-procedure`: is a procedure sound enough to be followed?

use super::exit::{CliError, Exit};
use crate::procedure::{FILE_MOST, lint};
use std::fs::File;
use std::io::{Read, Write};
use std::path::PathBuf;

/// Judge procedures before anybody follows them.
#[derive(Debug, clap::Args)]
pub struct LintProcedureArgs {
    /// The procedures, one TOML file each
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
}

/// Prints each fault with its file and line. Refused when there is one.
pub fn run(args: &LintProcedureArgs, out: &mut dyn Write) -> Result<Exit, CliError> {
    let failed = |error| CliError::usage(format!("Cannot write: {error}."));
    let mut exit = Exit::Done;
    for path in &args.files {
        let name = path.display();
        let mut bytes = Vec::new();
        // one byte more than may be: enough to be refused by its length
        File::open(path)
            .and_then(|file| file.take(FILE_MOST as u64 + 1).read_to_end(&mut bytes))
            .map_err(|error| CliError::usage(format!("Cannot read {name}: {error}.")))?;
        match lint(&bytes) {
            Ok(procedure) => {
                let (id, version) = (procedure.id.get_ref(), procedure.version.get_ref());
                let steps = procedure.steps.len();
                writeln!(out, "{name}: sound: {id}, version {version}, {steps} steps.")
                    .map_err(failed)?;
            }
            Err(faults) => {
                exit = Exit::Refused;
                for fault in faults {
                    writeln!(out, "{name}:{}: {}", fault.line, fault.reason).map_err(failed)?;
                }
            }
        }
    }
    Ok(exit)
}
