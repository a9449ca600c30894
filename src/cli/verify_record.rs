//! `coldlight verify-record`: does a record hold, and does each follow the one before it?

use super::exit::{CliError, Exit};
use super::record_report::{self, Payments, Report};
use super::{load, sign};
use crate::record::{Chain, Digest, RECORD_MAX, Receipt, Record, from_words};
use std::io::Write;
use std::path::PathBuf;

/// Verify records of what was done, without secrets and without the machine that wrote them.
#[derive(Debug, clap::Args)]
pub struct VerifyRecordArgs {
    /// Records, in any order
    #[arg(required = true)]
    pub files: Vec<PathBuf>,
    /// The receipt of the newest record; its fingerprint in hexadecimal digits or in words serves too
    #[arg(long, value_name = "TEXT")]
    pub receipt: Option<String>,
    /// A PSBT or transaction that may have been signed; repeat for several
    #[arg(long = "psbt", value_name = "FILE")]
    pub psbts: Vec<PathBuf>,
    /// The image's SHA-256 that each record must name
    #[arg(long, value_name = "HEX")]
    pub image_sum: Option<Digest>,
    /// Write the payments that were signed into this file, which must not exist, as CSV
    #[arg(long, value_name = "FILE")]
    pub csv: Option<PathBuf>,
    /// Print one JSON object instead of a report
    #[arg(long)]
    pub json: bool,
}

/// What people kept of the newest record.
enum Kept {
    Whole(Box<Receipt>),
    Fingerprint(Digest),
}

/// Prints the report; refused when anything in it does not hold.
pub fn run(args: &VerifyRecordArgs, out: &mut dyn Write) -> Result<Exit, CliError> {
    let kept = args.receipt.as_deref().map(kept).transpose()?;
    let given = args.psbts.iter().map(|path| load::signable(path)).collect::<Result<_, _>>()?;
    let (mut names, mut records, mut wrong) = (Vec::new(), Vec::new(), Vec::new());
    for path in &args.files {
        let name = path.display().to_string();
        match Record::read(&load::read(path, RECORD_MAX)?) {
            Ok(record) => {
                names.push(name);
                records.push(record);
            }
            Err(error) => wrong.push(format!("{name}: {error}")),
        }
    }
    let mut chain = Chain::of(&records);
    match &kept {
        Some(Kept::Whole(receipt)) => chain.hold_receipt(&records, receipt),
        Some(Kept::Fingerprint(fingerprint)) => chain.hold_fingerprint(&records, fingerprint),
        None => {}
    }
    let mut report = Report::of(&names, &records, &chain, wrong);
    report.hold_image(&records, args.image_sum);
    let payments = Payments::of(&records);
    if !args.psbts.is_empty() {
        report.match_payments(&payments, given);
    }
    if let Some(path) = &args.csv {
        sign::write_new(path, payments.csv().as_bytes())?;
    }
    let written = if args.json { record_report::json(&report, out) } else { report.print(out) };
    written.map_err(|error| CliError::usage(format!("Cannot write: {error}.")))?;
    Ok(if report.holds() { Exit::Done } else { Exit::Refused })
}

fn kept(text: &str) -> Result<Kept, CliError> {
    let text = text.trim();
    let fingerprint = || text.parse().ok().or_else(|| from_words(text)).map(Kept::Fingerprint);
    let whole = || Receipt::read(text).map(|receipt| Kept::Whole(Box::new(receipt)));
    fingerprint().or_else(whole).ok_or_else(|| {
        CliError::unreadable(
            "This is no receipt: give the text of the receipt's code, or the fingerprint in 64 \
             hexadecimal digits or in 36 words.",
        )
    })
}
