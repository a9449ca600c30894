//! Who is paid, one page each, and what comes back.

use super::is_payment;
use super::layout::{
    Block, INDENT, TEXT, address, deal, heading, labelled, margin, pages, paragraph, quoted,
};
use crate::review::{Facts, Imitated, Line, OutputFacts, OutputKind, Page, PageKind, Style};
use crate::wallet::{btc, groups_of_four, sat, text};
use bitcoin::hashes::{Hash, sha256};
use bitcoin::script::Instruction;

/// Up to so many payees have a page each; more are put together.
const SINGLY: usize = 10;
/// Bytes of data or of an unknown script that are shown; of more the hash is.
const DATA_SHOWN: usize = 128;
/// Characters of data as text that are shown.
const TEXT_SHOWN: usize = 200;
/// Groups of an address in one row, on a page of its own and in a list.
const WIDE: usize = 5;
const LIST: usize = 8;

/// One page a payee.
pub(super) fn payments(facts: &Facts) -> Vec<Page> {
    let paid: Vec<usize> = (0..facts.outputs.len()).filter(|n| is_payment(facts, *n)).collect();
    if paid.len() > SINGLY {
        let blocks = paid.iter().map(|n| entry(facts, *n)).collect();
        return pages(PageKind::Payment, deal(blocks, 0));
    }
    paid.iter().flat_map(|n| pages(PageKind::Payment, deal(payment(facts, *n), 0))).collect()
}

/// What comes back, with its addresses.
pub(super) fn returns(facts: &Facts) -> Vec<Page> {
    let blocks: Vec<Block> = (0..facts.outputs.len())
        .filter(|n| !is_payment(facts, *n))
        .map(|n| entry(facts, n))
        .collect();
    pages(PageKind::Return, deal(blocks, 0))
}

fn payment(facts: &Facts, n: usize) -> Vec<Block> {
    let output = &facts.outputs[n];
    let label = if output.kind == OutputKind::Data { "Data" } else { "Pay" };
    let mut amount =
        labelled(label, Style::Plain, &format!("{} BTC", btc(output.amount)), Style::Strong);
    amount.push(margin(TEXT).with(format!("{} sat", sat(output.amount)), Style::Strong));
    let mut blocks = vec![amount];
    match (&output.address, output.kind) {
        (Some(text), _) => {
            let mut rows = address(TEXT, text, WIDE);
            if let Some(first) = rows.first_mut() {
                *first = labelled_line("To", first);
            }
            blocks.push(rows);
        }
        (None, OutputKind::Data) => blocks.extend(data(output)),
        (None, _) => blocks.push(unknown(output)),
    }
    let whose = whose(facts, n);
    blocks.push(paragraph(TEXT, &whose.0, whose.1));
    if let (Some(address), Some(imitated)) = (&output.address, &output.imitated) {
        blocks.push(imitation(address, imitated));
    }
    if output.address.is_some() && !output.kind.is_ours() {
        blocks.push(paragraph(
            INDENT,
            "Compare every group with the payee's own statement, not with the coordinator's \
             screen.",
            Style::Plain,
        ));
    }
    blocks
}

/// The known address whole, and under each character that differs a mark.
fn imitation(address: &str, imitated: &Imitated) -> Block {
    let mut rows = paragraph(TEXT, &format!("Not {}:", imitated.known.as_str()), Style::Warn);
    let known = groups_of_four(&imitated.address);
    let marks: Vec<String> = known
        .iter()
        .zip(groups_of_four(address))
        .map(|(known, given)| {
            let pairs = known.chars().zip(given.chars());
            pairs.map(|(one, other)| if one == other { ' ' } else { '^' }).collect()
        })
        .collect();
    for (known, marks) in known.chunks(LIST).zip(marks.chunks(LIST)) {
        rows.push(margin(TEXT).with(known.join("  "), Style::Plain));
        rows.push(margin(TEXT).with(marks.join("  "), Style::Warn));
    }
    rows
}

/// Puts a label into a row's empty beginning.
fn labelled_line(label: &str, row: &Line) -> Line {
    let mut line = row.clone();
    if let Some(first) = line.spans.first_mut() {
        first.text = format!("{:INDENT$}{label:<width$}", "", width = TEXT - INDENT);
    }
    line
}

fn whose(facts: &Facts, n: usize) -> (String, Style) {
    let output = &facts.outputs[n];
    match (output.kind, &output.wallet) {
        (OutputKind::Own, Some(wallet)) if output.successor => {
            (place(wallet, output, "the wallet that takes over"), Style::Proven)
        }
        (OutputKind::Own, Some(wallet)) if output.other_wallet => {
            (format!("Another wallet of yours: {wallet}, proven."), Style::Proven)
        }
        (OutputKind::Change, Some(wallet)) => (place(wallet, output, "change"), Style::Proven),
        (OutputKind::Own, Some(wallet)) => (place(wallet, output, "your address"), Style::Proven),
        (OutputKind::Data, _) => {
            ("Data in the chain for ever, seen by everyone.".into(), Style::Plain)
        }
        (OutputKind::Unknown, _) => {
            ("This script has no address form: coins sent to it may be lost.".into(), Style::Warn)
        }
        _ if output.paid_before => {
            ("Not one of your wallets. Paid before in this session.".into(), Style::Plain)
        }
        _ => ("Not one of your wallets.".into(), Style::Plain),
    }
}

fn place(wallet: &str, output: &OutputFacts, what: &str) -> String {
    let index = output.index.map_or(String::new(), |index| format!(", index {index}"));
    format!("{what}, proven: {wallet}{index}")
}

/// One output in a list.
pub(super) fn entry(facts: &Facts, n: usize) -> Block {
    let output = &facts.outputs[n];
    let what = format!("{} BTC   {} sat", btc(output.amount), sat(output.amount));
    let mut rows = heading("Output", n, &what, Style::Strong);
    let (whose, style) = whose(facts, n);
    rows.extend(paragraph(TEXT, &whose, style));
    match (&output.address, output.kind) {
        (Some(text), _) => rows.extend(address(TEXT, text, LIST)),
        (None, OutputKind::Data) => rows.extend(data(output).into_iter().flatten()),
        (None, _) => rows.extend(unknown(output)),
    }
    rows
}

fn unknown(output: &OutputFacts) -> Block {
    labelled("Script", Style::Plain, &hex(output.script.as_bytes()), Style::Strong)
}

/// OP_RETURN: as text where it is text, and as hex; a malformed one as its whole script.
fn data(output: &OutputFacts) -> Vec<Block> {
    let mut bytes = Vec::new();
    let mut pushes = output.script.instructions().skip(1);
    let whole = pushes.all(|instruction| match instruction {
        Ok(Instruction::PushBytes(push)) => {
            bytes.extend_from_slice(push.as_bytes());
            true
        }
        _ => false,
    });
    if !whole {
        let bytes = output.script.as_bytes().get(1..).unwrap_or_default();
        return vec![labelled("Hex", Style::Plain, &hex(bytes), Style::Strong)];
    }
    if bytes.is_empty() {
        return vec![labelled("Data", Style::Plain, "none", Style::Plain)];
    }
    let mut blocks = Vec::new();
    if let Some(text) = text(&bytes) {
        let count = text.chars().count();
        let mut shown: String = text.chars().take(TEXT_SHOWN).collect();
        if count > TEXT_SHOWN {
            shown.push_str(" ... (more: see hex)");
        }
        blocks.push(quoted("Text", &shown));
    }
    blocks.push(labelled("Hex", Style::Plain, &hex(&bytes), Style::Strong));
    blocks
}

/// Hex in groups of eight digits; of long data the beginning, the length and the hash of all.
fn hex(bytes: &[u8]) -> String {
    let shown = &bytes[..bytes.len().min(DATA_SHOWN)];
    let groups: Vec<String> = shown
        .chunks(4)
        .map(|group| group.iter().map(|byte| format!("{byte:02x}")).collect())
        .collect();
    let mut text = groups.join(" ");
    if bytes.len() > DATA_SHOWN {
        text.push_str(&format!(
            " ... {} bytes in all, SHA-256 {}",
            bytes.len(),
            sha256::Hash::hash(bytes)
        ));
    }
    text
}
