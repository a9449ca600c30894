//! `coldlight sign`: the same road as the screens', for scripts and rehearsals: reviewed, every
//! page walked, approved, signed, written to a new file.

use super::exit::{CliError, Exit};
use super::{inspect, load};
use crate::device::host;
use crate::keys;
use crate::review::{Context, Examined, History, Policy, Walk, examine};
use crate::wallet::Network;
use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

/// Review and sign a PSBT.
#[derive(Debug, clap::Args)]
pub struct SignArgs {
    /// A PSBT: binary, base64 or hex
    pub file: PathBuf,
    /// The network of its coins
    #[arg(long, value_name = "N", value_parser = super::network())]
    pub network: Network,
    /// The wallet's BIP39 words
    #[arg(long, value_name = "F")]
    pub mnemonic_file: PathBuf,
    /// Their passphrase
    #[arg(long, value_name = "F")]
    pub passphrase_file: Option<PathBuf>,
    /// The wallets
    #[command(flatten)]
    pub wallet: load::WalletArgs,
    /// Lift this refusal to a warning
    #[arg(long, value_name = "CODE", value_parser = ["SIGHASH_UNUSUAL"])]
    pub allow: Option<String>,
    /// Give the PSBT back whole, instead of only what a combiner needs
    #[arg(long, conflicts_with = "final_transaction")]
    pub whole: bool,
    /// Give the final transaction; fails when signatures are missing
    #[arg(long = "final")]
    pub final_transaction: bool,
    /// Accept the review's warnings (refusals stay refusals)
    #[arg(long, required = true)]
    pub yes: bool,
    /// Where to write; an existing file is never overwritten
    #[arg(short, value_name = "OUT")]
    pub output: PathBuf,
}

/// Signs, and writes what was asked for. The pages go to `notes`.
pub fn run(args: &SignArgs, notes: &mut dyn Write) -> Result<Exit, CliError> {
    if args.output.symlink_metadata().is_ok() {
        return Err(exists(&args.output));
    }
    host::harden();
    let psbt = load::psbt(&args.file)?;
    let wallets = load::wallets(&args.wallet.wallets, args.network)?;
    let seed = load::seed(&args.mnemonic_file, args.passphrase_file.as_deref(), args.network)?;
    let examined = examine(
        psbt,
        &Context {
            network: args.network,
            keys: Some(&seed),
            wallets: &wallets,
            history: &History::default(),
            policy: &Policy::default(),
            now: load::now(),
            only_to: None,
            allow_sighash_unusual: args.allow.is_some(),
        },
    );
    let reviewed = match examined {
        Examined::Reviewed(reviewed) => reviewed,
        Examined::Refused(refusal) => {
            let _ = inspect::print(notes, &refusal.pages());
            return Ok(Exit::Refused);
        }
    };
    let walk = walked(reviewed.walk(), notes)?;
    if walk.to_sign() == 0 {
        let _ = writeln!(notes, "All your signatures are there already: nothing new to give.");
        return Ok(Exit::NothingNew);
    }
    let Ok(approved) = walk.confirm("sign") else {
        return Err(CliError::usage("The review was not walked to its end. Nothing was signed."));
    };
    let signed = keys::sign(approved, &seed).map_err(CliError::usage)?;
    drop(seed);
    let answer = if args.final_transaction {
        match signed.psbt().finish() {
            Ok(transaction) => bitcoin::consensus::serialize(&transaction),
            Err(error) => {
                let _ = writeln!(notes, "There is no final transaction yet: {error}");
                return Ok(Exit::NothingNew);
            }
        }
    } else if args.whole {
        signed.psbt().serialize()
    } else {
        signed.psbt().stripped().serialize()
    };
    write_new(&args.output, &answer)?;
    let made = signed.made();
    let signatures = if made == 1 { "signature" } else { "signatures" };
    let _ = writeln!(notes, "Signed: {made} {signatures}, written to {}.", args.output.display());
    Ok(Exit::Done)
}

/// Prints page after page, to the last. What cannot be shown is not signed.
fn walked(mut walk: Walk, notes: &mut dyn Write) -> Result<Walk, CliError> {
    let failed = |error| CliError::usage(format!("Cannot show the review: {error}."));
    loop {
        writeln!(notes, "{}", walk.page().text()).map_err(failed)?;
        if !walk.next() {
            return Ok(walk);
        }
    }
}

/// A new file that only its owner can read; removed again if it cannot be written whole.
pub(super) fn write_new(path: &Path, bytes: &[u8]) -> Result<(), CliError> {
    let file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path);
    let write = |mut file: File| file.write_all(bytes).and_then(|()| file.sync_all());
    match file {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Err(exists(path)),
        Err(error) => Err(CliError::usage(format!("Cannot write {}: {error}.", path.display()))),
        Ok(file) => write(file).map_err(|error| {
            let _ = std::fs::remove_file(path);
            CliError::usage(format!("Cannot write {}: {error}.", path.display()))
        }),
    }
}

pub(super) fn exists(path: &Path) -> CliError {
    let path = path.display();
    CliError::usage(format!("{path} exists already and is not overwritten. Name another file."))
}
