//! What an expert asks for: every input, every output, ids, times, weight, every finding.

use super::layout::{Block, TEXT, address, deal, heading, labelled_at, pages, paragraph};
use super::{payments, ways};
use crate::review::{Facts, InputFacts, Page, PageKind, Signer, Style};
use crate::wallet::{btc, sat};

/// The inputs, one by one.
pub(super) fn inputs(facts: &Facts) -> Vec<Page> {
    let blocks = facts.inputs.iter().enumerate().map(|(n, input)| entry(n, input)).collect();
    titled(facts, "Inputs", pages(PageKind::Inputs, deal(blocks, 0)))
}

/// The transaction, its outputs, and every finding by its code.
pub(super) fn details(facts: &Facts) -> Vec<Page> {
    let mut blocks = vec![transaction(facts)];
    blocks.extend((0..facts.outputs.len()).map(|n| payments::entry(facts, n)));
    blocks.extend(facts.findings.iter().map(|finding| {
        let label =
            format!("{} ({}, {})", finding.code.as_str(), finding.grade.as_str(), finding.place);
        let mut rows = paragraph(3, &label, Style::Strong);
        rows.extend(paragraph(5, &finding.what, Style::Plain));
        rows.extend(paragraph(5, &finding.advice, Style::Faint));
        rows
    }));
    titled(facts, "Details", pages(PageKind::Details, deal(blocks, 0)))
}

fn titled(facts: &Facts, title: &str, mut pages: Vec<Page>) -> Vec<Page> {
    let count = pages.len();
    for (number, page) in pages.iter_mut().enumerate() {
        page.title = format!("{title} {} of {count}", number + 1);
        page.context = super::context(facts);
    }
    pages
}

fn transaction(facts: &Facts) -> Block {
    // a txid's 64 characters fit beside the labels
    let column = 3 + 11;
    let row =
        |label: &str, text: &str| labelled_at(column, label, Style::Plain, text, Style::Plain);
    let txid = match facts.txid {
        Some(txid) => txid.to_string(),
        None => "not fixed before every signature is there".to_owned(),
    };
    let mut rows = row("Txid", &txid);
    rows.extend(row("Version", &facts.version.to_string()));
    rows.extend(row("Locktime", &lock(facts)));
    rows.extend(row("Sequences", &sequences(facts)));
    rows.extend(row("Weight", &weight(facts)));
    rows
}

fn lock(facts: &Facts) -> String {
    let in_force = if facts.lock_in_force() { "in force" } else { "not in force" };
    match facts.lock_time {
        0 => "0: none".into(),
        lock @ ..500_000_000 => format!("block {lock}, {in_force}"),
        lock => format!("{} UTC, {in_force}", crate::review::time::utc(u64::from(lock))),
    }
}

/// Each sequence that occurs, with how many inputs have it.
fn sequences(facts: &Facts) -> String {
    let mut counts = std::collections::BTreeMap::new();
    for input in &facts.inputs {
        *counts.entry(input.sequence.to_consensus_u32()).or_insert(0usize) += 1;
    }
    const SHOWN: usize = 8;
    let mut parts: Vec<String> = counts
        .iter()
        .take(SHOWN)
        .map(|(sequence, count)| {
            format!("{sequence:08x} ({})", super::counted(*count, "input", "inputs"))
        })
        .collect();
    if counts.len() > SHOWN {
        parts.push("others: see inputs".into());
    }
    parts.join(", ")
}

fn weight(facts: &Facts) -> String {
    match (facts.weight, facts.weight_exact) {
        (Some(weight), true) => format!("{weight} units, {} vB, exact", weight.div_ceil(4)),
        (Some(weight), false) => {
            format!("at most {weight} units, {} vB", weight.div_ceil(4))
        }
        (None, _) => "not known: some input's script is not told".into(),
    }
}

fn entry(n: usize, input: &InputFacts) -> Block {
    let amount = match input.amount {
        Some(amount) => {
            let proof = if input.proven { "proven" } else { "claimed by the coordinator" };
            format!("{} BTC   {} sat   {proof}", btc(amount), sat(amount))
        }
        None => "amount not told".into(),
    };
    let style = if input.proven { Style::Proven } else { Style::Claimed };
    let mut rows = heading("Input", n, &amount, style);
    let whose = match &input.wallet {
        Some(wallet) => format!("from {wallet}"),
        None => "not yours".into(),
    };
    let signatures = match input.signatures.needed {
        Some(needed) => format!("{} of {needed} signatures", input.signatures.present),
        None => format!("{} signatures", input.signatures.present),
    };
    let sequence = input.sequence.to_consensus_u32();
    let kind = input.script.as_str();
    let text = format!("{whose}, {kind}, {signatures}, sequence {sequence:08x}");
    rows.extend(paragraph(TEXT, &text, Style::Plain));
    if let Some(text) = &input.address {
        rows.extend(address(TEXT, text, 8));
    }
    rows.extend(paragraph(TEXT, &format!("{}", input.outpoint), Style::Faint));
    if input.signers.len() > 1 {
        let signers: Vec<String> = input
            .signers
            .iter()
            .map(|signer| {
                let state = if signer.signed { "signed" } else { "missing" };
                format!("{} {state}", named(signer))
            })
            .collect();
        rows.extend(paragraph(TEXT, &signers.join(", "), Style::Plain));
    }
    rows.extend(ways::listed(input));
    rows
}

/// A signer's name; a fingerprint says whether it is the open seed's.
fn named(signer: &Signer) -> String {
    let you = if signer.ours && signer.party.is_none() { " (you)" } else { "" };
    format!("{}{you}", signer.name())
}
