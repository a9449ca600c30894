//! The commands of the host program.

pub mod exit;
pub mod inspect;
mod inspect_message;
pub mod lint_procedure;
mod load;
pub mod print_procedure;
mod record_report;
pub mod scan;
pub mod show;
pub mod sign;
pub mod signer;
pub mod verify_message;
pub mod verify_record;

use crate::device::camera::demo::DemoCamera;
use crate::device::camera::{self, Camera, CameraError, find};
use crate::qr::Modules;
use crate::ui::{self, Palette};
use crate::wallet::Network;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Parser, Subcommand};
use exit::{CliError, Exit};
use std::ffi::OsString;
use std::io::{self, Write};
use std::path::PathBuf;

/// A Bitcoin signer for a computer that never touches a network.
///
/// Without a command: the signer in this terminal.
///
/// Exit codes: 0 done, 1 wrong use or reading and writing failed, 2 the input cannot be read,
/// 3 refused by review, 4 nothing new to give.
#[derive(Debug, Parser)]
#[command(name = "coldlight", version, args_conflicts_with_subcommands = true)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    signer: SignerArgs,
}

#[derive(Debug, clap::Args)]
struct SignerArgs {
    /// /dev/videoN, dir:PATH (PNG or JPEG frames in name order) or demo
    #[arg(long, value_name = "SRC")]
    camera: Option<String>,
    /// Play the demo wallet's payment instead of using a camera
    #[arg(long)]
    demo: bool,
    /// The network to begin with
    #[arg(long, value_name = "N", default_value = "test", value_parser = network())]
    network: Network,
    /// Allow keys for the main network in this terminal
    #[arg(long)]
    mainnet: bool,
    /// Keep a vault in this file, made when you ask for it; its key file ends with .key
    #[arg(long, value_name = "FILE")]
    vault: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
enum Command {
    Show(show::ShowArgs),
    Scan(scan::ScanArgs),
    Inspect(inspect::InspectArgs),
    Sign(sign::SignArgs),
    VerifyMessage(verify_message::VerifyMessageArgs),
    VerifyRecord(verify_record::VerifyRecordArgs),
    LintProcedure(lint_procedure::LintProcedureArgs),
    PrintProcedure(print_procedure::PrintProcedureArgs),
}

/// `main`, `test`, `signet` or `regtest`.
fn network() -> impl TypedValueParser<Value = Network> {
    PossibleValuesParser::new(Network::ALL.map(Network::code))
        .try_map(|name| Network::of_code(&name).ok_or("no such network"))
}

/// Runs the program with its arguments, the program's name first.
pub fn main(arguments: impl IntoIterator<Item = OsString>) -> Exit {
    let cli = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        Err(error) => {
            let _ = error.print();
            // help and version are no errors; all else is wrong use, whatever clap's own code
            return if error.use_stderr() { Exit::Usage } else { Exit::Done };
        }
    };
    match run(cli) {
        Ok(exit) => exit,
        Err(error) => {
            // Where nobody reads it, the code still tells; `eprintln` would panic.
            let _ = writeln!(io::stderr(), "{error}");
            error.exit
        }
    }
}

fn run(cli: Cli) -> Result<Exit, CliError> {
    let (mut out, mut notes) = (io::stdout(), io::stderr());
    match cli.command {
        None => {
            let SignerArgs { camera, demo, network, mainnet, vault } = cli.signer;
            signer::run(&signer::SignerOptions { camera, demo, network, mainnet, vault })?;
        }
        Some(Command::Show(args)) => play(&args, &mut out)?,
        Some(Command::Scan(args)) => watch(&args, &mut out, &mut notes)?,
        Some(Command::Inspect(args)) => return inspect::run(&args, &mut out),
        Some(Command::Sign(args)) => return sign::run(&args, &mut notes),
        Some(Command::LintProcedure(args)) => return lint_procedure::run(&args, &mut out),
        Some(Command::PrintProcedure(args)) => return print_procedure::run(&args, &mut out),
        Some(Command::VerifyMessage(args)) => return verify_message::run(&args, &mut out),
        Some(Command::VerifyRecord(args)) => return verify_record::run(&args, &mut out),
    }
    Ok(Exit::Done)
}

/// `show`, played on this terminal.
fn play(args: &show::ShowArgs, out: &mut dyn Write) -> Result<(), CliError> {
    let variable = |name| std::env::var(name).unwrap_or_default();
    let palette = Palette::of(&variable("COLORTERM"), &variable("TERM"));
    // half blocks: two modules a row; the player's two lines of words stand below
    let side = ratatui::crossterm::terminal::size()
        .ok()
        .map(|(columns, rows)| usize::from(columns.min(rows.saturating_sub(2).saturating_mul(2))));
    show::run(args, side, out, &mut |reel| {
        let label = format!("{:?}", args.format).to_uppercase();
        ui::play(&label, reel.len(), palette, |number| {
            Modules::draw(reel.frame(number).as_bytes()).map_err(|error| error.to_string())
        })
    })
}

/// `scan`, with the camera that is asked for, or the first there is.
fn watch(
    args: &scan::ScanArgs,
    out: &mut dyn Write,
    notes: &mut dyn Write,
) -> Result<(), CliError> {
    let mut camera = camera(args.camera.as_deref())?;
    if !args.each {
        return scan::run(args, camera.as_mut(), out, notes);
    }
    let frames = std::iter::from_fn(move || {
        let picture = camera.next_frame().transpose()?;
        Some((camera.file().unwrap_or_default().to_owned(), picture))
    });
    scan::each(frames, out)
}

fn camera(source: Option<&str>) -> Result<Box<dyn Camera>, CliError> {
    let opened = match source {
        Some("demo") => DemoCamera::new().map(|demo| Box::new(demo) as Box<dyn Camera>),
        Some(source) => camera::Source::parse(source).and_then(|source| source.open()),
        None => match find::cameras().first() {
            Some(found) => camera::Source::Webcam(found.number).open(),
            None => Err(CameraError::None),
        },
    };
    opened.map_err(CliError::usage)
}
