//! `coldlight verify-message`: does a signature under a message hold for an address?

use super::exit::{CliError, Exit};
use super::load;
use crate::message::{MessageText, Signature, Verdict, verify};
use crate::wallet::{Network, btc, sat};
use bitcoin::address::{Address, NetworkUnchecked};
use std::io::Write;
use std::path::PathBuf;

/// Verify a signed message (BIP137, BIP322).
#[derive(Debug, clap::Args)]
pub struct VerifyMessageArgs {
    /// The address that is said to have signed
    #[arg(long, value_name = "ADDRESS")]
    pub address: String,
    /// The message, to its last byte
    #[arg(long, value_name = "FILE")]
    pub message_file: PathBuf,
    /// The signature as it is written: base64, perhaps behind smp, ful or pof
    #[arg(long, value_name = "FILE")]
    pub signature_file: PathBuf,
    /// The network of the address
    #[arg(long, value_name = "N", value_parser = super::network())]
    pub network: Network,
}

/// Says whether it holds. Refused when it does not, nothing new when it cannot be told.
pub fn run(args: &VerifyMessageArgs, out: &mut dyn Write) -> Result<Exit, CliError> {
    let address = args.address.parse::<Address<NetworkUnchecked>>();
    let address = address
        .map_err(|_| CliError::unreadable("This is no address: a character is missing or wrong."))?
        .require_network(args.network.to_bitcoin())
        .map_err(|_| {
            CliError::unreadable(format!(
                "This is an address of another network than {}.",
                args.network.label()
            ))
        })?;
    let message = load::message(&args.message_file)?;
    let text = MessageText::new(&message).map_err(CliError::unreadable)?;
    let signature = Signature::read(&load::signature(&args.signature_file)?);
    let signature = signature.map_err(CliError::unreadable)?;
    let failed = |error| CliError::usage(format!("Cannot write: {error}."));
    match verify(&address.script_pubkey(), &text, &signature) {
        Verdict::Valid(proof) => {
            writeln!(out, "The signature holds ({}).", signature.form()).map_err(failed)?;
            if (proof.lock_time, proof.sequence) != (0, 0) {
                let (time, age) = (proof.lock_time, proof.sequence);
                writeln!(out, "It holds at time {time} and age {age} (BIP322).").map_err(failed)?;
            }
            for coin in &proof.coins {
                let (value, told) =
                    (coin.txout.value, if coin.proven { "proven" } else { "claimed" });
                let (btc, sat) = (btc(value), sat(value));
                writeln!(out, "{}   {btc} BTC   {sat} sat   {told}", coin.outpoint)
                    .map_err(failed)?;
            }
            if !proof.coins.is_empty() {
                writeln!(
                    out,
                    "Whether these coins exist and are unspent, only the chain can tell."
                )
                .map_err(failed)?;
            }
            Ok(Exit::Done)
        }
        Verdict::Unclear(reason) => {
            writeln!(out, "{reason}").map_err(failed)?;
            Ok(Exit::NothingNew)
        }
        Verdict::Invalid(reason) => {
            writeln!(out, "{reason}").map_err(failed)?;
            Ok(Exit::Refused)
        }
    }
}
