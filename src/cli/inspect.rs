//! `coldlight inspect`: what a PSBT does, as the review sees it. Signs nothing.

use super::exit::{CliError, Exit};
use super::{inspect_message, load};
use crate::device::host;
use crate::message::Request;
use crate::review::{
    Context, Examined, Facts, Finding, History, InputFacts, OutputFacts, Page, Policy, examine,
};
use crate::wallet::{KeyRing, Network};
use serde::Serialize;
use std::io::Write;
use std::path::PathBuf;

/// Review a PSBT without signing it.
#[derive(Debug, clap::Args)]
pub struct InspectArgs {
    /// A PSBT: binary, base64 or hex
    pub file: PathBuf,
    /// The network of its coins
    #[arg(long, value_name = "N", value_parser = super::network())]
    pub network: Network,
    /// The wallet's BIP39 words
    #[arg(long, value_name = "F")]
    pub mnemonic_file: Option<PathBuf>,
    /// Their passphrase
    #[arg(long, value_name = "F", requires = "mnemonic_file")]
    pub passphrase_file: Option<PathBuf>,
    /// The wallets
    #[command(flatten)]
    pub wallet: load::WalletArgs,
    /// Print one JSON object instead of pages
    #[arg(long)]
    pub json: bool,
}

/// Prints the review; refused when the review refuses.
pub fn run(args: &InspectArgs, out: &mut dyn Write) -> Result<Exit, CliError> {
    let psbt = load::psbt(&args.file)?;
    let wallets = load::wallets(&args.wallet.wallets, args.network)?;
    let seed = match &args.mnemonic_file {
        Some(words) => {
            host::harden();
            Some(load::seed(words, args.passphrase_file.as_deref(), args.network)?)
        }
        None => None,
    };
    let context = &Context {
        network: args.network,
        keys: seed.as_ref().map(|seed| seed as &dyn KeyRing),
        wallets: &wallets,
        history: &History::default(),
        policy: &Policy::default(),
        now: load::now(),
        only_to: None,
        allow_sighash_unusual: false,
    };
    let psbt = match Request::of(psbt) {
        Ok(request) => return inspect_message::run(request, context, args.json, out),
        Err(psbt) => *psbt,
    };
    let examined = examine(psbt, context);
    let failed = |error| CliError::usage(format!("Cannot write: {error}."));
    if args.json {
        let text = serde_json::to_string(&Report::of(examined.facts()))
            .map_err(|error| CliError::usage(format!("Cannot write: {error}.")))?;
        writeln!(out, "{text}").map_err(failed)?;
    } else {
        let facts = examined.facts();
        if let Examined::Refused(refusal) = &examined {
            print(out, &refusal.pages()).map_err(failed)?;
        }
        for pages in [facts.pages(), facts.input_pages(), facts.detail_pages()] {
            print(out, &pages).map_err(failed)?;
        }
    }
    Ok(match examined {
        Examined::Reviewed(_) => Exit::Done,
        Examined::Refused(_) => Exit::Refused,
    })
}

/// Pages as text, an empty row after each.
pub(super) fn print(out: &mut dyn Write, pages: &[Page]) -> std::io::Result<()> {
    pages.iter().try_for_each(|page| writeln!(out, "{}", page.text()))
}

/// The published form. What is unknown is null.
#[derive(Serialize)]
struct Report<'a> {
    verdict: &'static str,
    findings: Vec<FindingReport>,
    fee_sat: Option<u64>,
    fee_rate: Option<f64>,
    weight: Option<u64>,
    weight_exact: Option<bool>,
    txid: Option<String>,
    inputs: Vec<InputReport>,
    outputs: Vec<OutputReport<'a>>,
}

#[derive(Serialize)]
pub(super) struct FindingReport {
    code: &'static str,
    grade: &'static str,
    #[serde(rename = "where")]
    place: String,
    text: String,
}

#[derive(Serialize)]
struct InputReport {
    amount_sat: Option<u64>,
    proven: bool,
    ours: bool,
    script: &'static str,
    signatures: SignaturesReport,
}

#[derive(Serialize)]
struct SignaturesReport {
    present: usize,
    needed: Option<usize>,
}

#[derive(Serialize)]
struct OutputReport<'a> {
    kind: &'static str,
    address: Option<&'a str>,
    amount_sat: u64,
    wallet: Option<&'a str>,
    index: Option<u32>,
}

impl<'a> Report<'a> {
    fn of(facts: &'a Facts) -> Self {
        Self {
            verdict: facts.verdict().as_str(),
            findings: facts.findings.iter().map(FindingReport::of).collect(),
            fee_sat: facts.fee.map(|fee| fee.to_sat()),
            // hundredths are exact enough in a float: both are below 2^53
            fee_rate: facts.fee_rate.map(|rate| rate as f64 / 100.0),
            weight: facts.weight,
            weight_exact: facts.weight.map(|_| facts.weight_exact),
            txid: facts.txid.map(|txid| txid.to_string()),
            inputs: facts.inputs.iter().map(InputReport::of).collect(),
            outputs: facts.outputs.iter().map(OutputReport::of).collect(),
        }
    }
}

impl FindingReport {
    pub(super) fn of(finding: &Finding) -> Self {
        Self {
            code: finding.code.as_str(),
            grade: finding.grade.as_str(),
            place: finding.place.to_string(),
            text: format!("{} {}", finding.what, finding.advice),
        }
    }
}

impl InputReport {
    fn of(input: &InputFacts) -> Self {
        Self {
            amount_sat: input.amount.map(|amount| amount.to_sat()),
            proven: input.proven,
            ours: input.ours,
            script: input.script.as_str(),
            signatures: SignaturesReport {
                present: input.signatures.present,
                needed: input.signatures.needed,
            },
        }
    }
}

impl<'a> OutputReport<'a> {
    fn of(output: &'a OutputFacts) -> Self {
        Self {
            kind: output.kind.as_str(),
            address: output.address.as_deref(),
            amount_sat: output.amount.to_sat(),
            wallet: output.wallet.as_deref(),
            index: output.index,
        }
    }
}
