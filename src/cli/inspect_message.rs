//! `coldlight inspect` of a PSBT that asks for a signed message: shown as a message, not as a payment.

use super::exit::{CliError, Exit};
use super::inspect::{FindingReport, print};
use crate::message::Request;
use crate::review::Context;
use crate::review::message::{MessageExamined, MessageFacts, examine};
use serde::Serialize;
use std::io::Write;

/// Prints the message's review; refused when the review refuses.
pub(super) fn run(
    request: Request,
    context: &Context<'_>,
    json: bool,
    out: &mut dyn Write,
) -> Result<Exit, CliError> {
    let examined = examine(request, context);
    let failed = |error| CliError::usage(format!("Cannot write: {error}."));
    let facts = examined.facts();
    if json {
        let text = serde_json::to_string(&Report::of(facts))
            .map_err(|error| CliError::usage(format!("Cannot write: {error}.")))?;
        writeln!(out, "{text}").map_err(failed)?;
    } else {
        if let MessageExamined::Refused(refusal) = &examined {
            print(out, &refusal.pages()).map_err(failed)?;
        }
        for pages in [facts.pages(), facts.detail_pages()] {
            print(out, &pages).map_err(failed)?;
        }
    }
    Ok(match examined {
        MessageExamined::Reviewed(_) => Exit::Done,
        MessageExamined::Refused(_) => Exit::Refused,
    })
}

/// The published form. What is unknown is null.
#[derive(Serialize)]
struct Report<'a> {
    verdict: &'static str,
    findings: Vec<FindingReport>,
    message: &'a str,
    form: &'static str,
    address: Option<&'a str>,
    wallet: Option<&'a str>,
    coins: Vec<CoinReport<'a>>,
}

#[derive(Serialize)]
struct CoinReport<'a> {
    outpoint: String,
    amount_sat: Option<u64>,
    proven: bool,
    ours: bool,
    address: Option<&'a str>,
}

impl<'a> Report<'a> {
    fn of(facts: &'a MessageFacts) -> Self {
        let coins = facts.coins.iter().map(|coin| CoinReport {
            outpoint: coin.outpoint.to_string(),
            amount_sat: coin.amount.map(|amount| amount.to_sat()),
            proven: coin.proven,
            ours: coin.ours,
            address: coin.address.as_deref(),
        });
        Self {
            verdict: facts.verdict().as_str(),
            findings: facts.findings.iter().map(FindingReport::of).collect(),
            message: facts.text.as_str(),
            form: facts.form.as_str(),
            address: facts.address.as_deref(),
            wallet: facts.wallet.as_deref(),
            coins: coins.collect(),
        }
    }
}
