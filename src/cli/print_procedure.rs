//! `coldlight print-procedure`: a procedure as a page of Markdown, to be printed and ticked off by hand.

use super::exit::{CliError, Exit};
use crate::procedure::{FILE_MOST, Procedure, SHIPPED, Step, lint};
use std::fs::File;
use std::io::{Read, Write};

/// Print a procedure as a page of Markdown, with boxes to tick.
#[derive(Debug, clap::Args)]
pub struct PrintProcedureArgs {
    /// The name of a procedure that comes with the program, such as backup-drill, or a TOML file
    #[arg(value_name = "FILE|NAME")]
    pub which: String,
}

/// Prints the page; of an unsound file its faults by line instead, and it is refused.
pub fn run(args: &PrintProcedureArgs, out: &mut dyn Write) -> Result<Exit, CliError> {
    let failed = |error| CliError::usage(format!("Cannot write: {error}."));
    let shipped = SHIPPED.iter().filter_map(|text| lint(text.as_bytes()).ok());
    let named = shipped.into_iter().find(|procedure| *procedure.id.get_ref() == args.which);
    if let Some(procedure) = named {
        out.write_all(page(&procedure).as_bytes()).map_err(failed)?;
        return Ok(Exit::Done);
    }
    let mut bytes = Vec::new();
    // one byte more than may be: enough to be refused by its length
    File::open(&args.which)
        .and_then(|file| file.take(FILE_MOST as u64 + 1).read_to_end(&mut bytes))
        .map_err(|error| CliError::usage(format!("Cannot read {}: {error}.", args.which)))?;
    match lint(&bytes) {
        Ok(procedure) => {
            out.write_all(page(&procedure).as_bytes()).map_err(failed)?;
            Ok(Exit::Done)
        }
        Err(faults) => {
            for fault in faults {
                writeln!(out, "{}:{}: {}", args.which, fault.line, fault.reason).map_err(failed)?;
            }
            Ok(Exit::Refused)
        }
    }
}

/// The page: who, what lies on the table, and each step with a box.
fn page(procedure: &Procedure) -> String {
    let mut page = format!("# {}\n\n", procedure.title.get_ref());
    page += &format!("`{}`, version {}\n", procedure.id.get_ref(), procedure.version.get_ref());
    page += "\nDate: ____________________  Place: ____________________\n\n## Who takes part\n\n";
    for role in &procedure.roles {
        for _ in 0..*role.minimum.get_ref() {
            page += &format!("- {}: ____________________\n", role.title.get_ref());
        }
    }
    if !procedure.materials.is_empty() {
        page += "\n## What lies on the table\n\n";
    }
    for material in &procedure.materials {
        let blank = material.serial.as_ref().map_or("", |_| ", number: ____________________");
        page += &format!("- [ ] {}{blank}\n", material.title.get_ref());
    }
    page += "\n## Steps\n\n";
    for (at, step) in procedure.steps.iter().enumerate() {
        let who = people(procedure, step);
        page += &format!("{}. [ ] {} ({who})\n", at + 1, step.text.get_ref());
    }
    page
}

/// Who does the step, and who watches: the part of a role's title before its colon.
fn people(procedure: &Procedure, step: &Step) -> String {
    let short = |id: &str| {
        let role = procedure.roles.iter().find(|role| role.id.get_ref() == id);
        let title = role.map_or(id, |role| role.title.get_ref());
        title.split(':').next().unwrap_or(title).to_string()
    };
    let actor = short(step.role.get_ref());
    match &step.witness {
        Some(witness) => format!("{actor}; {} watches", short(witness.get_ref())),
        None => actor,
    }
}
