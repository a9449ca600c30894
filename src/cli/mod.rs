//! The commands of the host program.

pub mod exit;
pub mod inspect;
mod load;
pub mod scan;
pub mod show;
pub mod sign;
pub mod signer;

use crate::device::camera::{self, Camera, CameraError};
use crate::ui::{self, Palette};
use crate::wallet::Network;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Parser, Subcommand};
use exit::{CliError, Exit};
use std::ffi::OsString;
use std::io::{self, Write};

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
}

#[derive(Debug, Subcommand)]
enum Command {
    Show(show::ShowArgs),
    Scan(scan::ScanArgs),
    Inspect(inspect::InspectArgs),
    Sign(sign::SignArgs),
}

/// `main`, `test`, `signet` or `regtest`.
fn network() -> impl TypedValueParser<Value = Network> {
    PossibleValuesParser::new(["main", "test", "signet", "regtest"]).map(|name| {
        match name.as_str() {
            "main" => Network::Main,
            "signet" => Network::Signet,
            "regtest" => Network::Regtest,
            _ => Network::Test,
        }
    })
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
            eprintln!("{error}");
            error.exit
        }
    }
}

fn run(cli: Cli) -> Result<Exit, CliError> {
    let (mut out, mut notes) = (io::stdout(), io::stderr());
    match cli.command {
        None => {
            let SignerArgs { camera, demo, network, mainnet } = cli.signer;
            signer::run(&signer::SignerOptions { camera, demo, network, mainnet })?;
        }
        Some(Command::Show(args)) => play(&args, &mut out)?,
        Some(Command::Scan(args)) => watch(&args, &mut out, &mut notes)?,
        Some(Command::Inspect(args)) => return inspect::run(&args, &mut out),
        Some(Command::Sign(args)) => return sign::run(&args, &mut notes),
    }
    Ok(Exit::Done)
}
