//! The first page (what leaves, what comes back, what it costs, what to beware of) and the last.

use super::layout::{
    Block, INDENT, Row, deal, labelled, labelled_at, margin, pages, paragraph, ranges, table,
};
use super::{counted, is_payment, ways};
use crate::review::{Code, Facts, Finding, Grade, Line, OutputKind, Page, PageKind, Place, Style};
use crate::wallet::btc;
use bitcoin::Amount;

/// The first page, and further ones where the warnings and notes do not fit it.
pub(super) fn summary(facts: &Facts) -> Vec<Page> {
    let mut blocks = vec![table(&rows(facts))];
    if let Some(told) = unknown_fee(facts) {
        blocks.push(told);
    }
    blocks.extend(sweep(facts));
    blocks.extend(signatures(facts));
    blocks.extend(findings(facts, Grade::Warn));
    blocks.extend(findings(facts, Grade::Note));
    let mut all = pages(PageKind::Findings, deal(blocks, 0));
    if let Some(first) = all.first_mut() {
        first.kind = PageKind::Summary;
    }
    all
}

fn rows(facts: &Facts) -> Vec<Row> {
    let mut rows = Vec::new();
    let paying = |n: &usize| is_payment(facts, *n) && !facts.outputs[*n].kind.is_ours();
    let paid: Vec<usize> = (0..facts.outputs.len()).filter(paying).collect();
    if !paid.is_empty() {
        let data = paid.iter().all(|n| facts.outputs[*n].kind == OutputKind::Data);
        rows.push(Row {
            label: "You pay",
            amount: facts.paid,
            style: Style::Strong,
            remarks: vec![if data {
                "data".into()
            } else {
                counted(paid.len(), "payee", "payees")
            }],
            remark_style: Style::Plain,
        });
    }
    if let Some(fee) = facts.fee {
        let style = if facts.fee_proven { Style::Strong } else { Style::Claimed };
        let remarks = fee_remarks(facts);
        rows.push(Row { label: "Fee", amount: fee, style, remarks, remark_style: style });
    }
    rows.extend(returned(facts));
    let others: Option<Amount> = facts
        .inputs
        .iter()
        .filter(|input| !input.ours)
        .filter_map(|input| input.amount)
        .try_fold(Amount::ZERO, Amount::checked_add);
    if let Some(others) = others.filter(|others| *others > Amount::ZERO) {
        rows.push(Row {
            label: "Others give",
            amount: others,
            style: Style::Claimed,
            remarks: vec!["inputs not yours".into()],
            remark_style: Style::Claimed,
        });
    }
    let proven = facts.inputs.iter().filter(|input| input.ours).all(|input| input.proven);
    rows.extend(facts.wallets.iter().filter_map(|flow| {
        let spent = flow.spent?;
        let (label, amount, from) = match spent.checked_sub(flow.returned) {
            Some(amount) => ("Leaves", amount, "from"),
            None => ("Enters", flow.returned.checked_sub(spent)?, "into"),
        };
        let mut remarks = vec![format!("{from} {}", flow.name)];
        if proven {
            return Some(Row {
                label,
                amount,
                style: Style::Strong,
                remarks,
                remark_style: Style::Plain,
            });
        }
        remarks.push("claimed".into());
        let style = Style::Claimed;
        Some(Row { label, amount, style, remarks, remark_style: style })
    }));
    rows
}

/// What comes back: change, and coins to receive addresses.
fn returned(facts: &Facts) -> Vec<Row> {
    let sum = |kind: OutputKind, payment: bool| {
        let mut outputs = facts
            .outputs
            .iter()
            .enumerate()
            .filter(|(n, output)| output.kind == kind && is_payment(facts, *n) == payment)
            .peekable();
        outputs.peek()?;
        outputs.map(|(_, output)| output.amount).try_fold(Amount::ZERO, Amount::checked_add)
    };
    let row = |label, amount, remark: &str| Row {
        label,
        amount,
        style: Style::Strong,
        remarks: vec![remark.into()],
        remark_style: Style::Proven,
    };
    let change = sum(OutputKind::Change, false).map(|sum| row("Comes back", sum, "change, proven"));
    let own =
        sum(OutputKind::Own, false).map(|sum| row("To yourself", sum, "your address, proven"));
    let moved =
        sum(OutputKind::Own, true).map(|sum| row("You move", sum, "your other wallet, proven"));
    [moved, change, own].into_iter().flatten().collect()
}

fn fee_remarks(facts: &Facts) -> Vec<String> {
    let mut parts = Vec::new();
    if let Some(rate) = facts.fee_rate {
        // a bound of the weight is a bound of the rate
        let from = if facts.weight_exact { "" } else { "from " };
        parts.push(format!("{from}{}.{:02} sat/vB", rate / 100, rate % 100));
    }
    if let Some(share) = facts.fee_share {
        parts.push(format!("{}.{:02} %", share / 100, share % 100));
    }
    if !facts.fee_proven {
        parts.push("claimed by the coordinator".into());
    }
    parts
}

fn unknown_fee(facts: &Facts) -> Option<Block> {
    let text = "not known: the amount of some input is not even claimed";
    facts.fee.is_none().then(|| labelled("Fee", Style::Plain, text, Style::Claimed))
}

/// Every output was derived from the successor's descriptors, or the transaction is refused.
fn sweep(facts: &Facts) -> Option<Block> {
    let sweep = facts.sweep.as_ref()?;
    if !facts.outputs.iter().all(|output| output.successor) {
        return None;
    }
    let text = format!("All outputs belong to the successor wallet {}, proven.", sweep.title);
    Some(paragraph(INDENT, &text, Style::Proven))
}

/// Who has signed, and who is missing: of our inputs the one that misses most.
fn signatures(facts: &Facts) -> Option<Block> {
    let missing = |input: &crate::review::InputFacts| {
        input.signatures.needed.map_or(0, |needed| needed.saturating_sub(input.signatures.present))
    };
    let input =
        facts.inputs.iter().filter(|input| input.ours).max_by_key(|input| missing(input))?;
    let needed = input.signatures.needed?;
    let present = input.signatures.present;
    let gives = input.to_sign.min(needed.saturating_sub(present));
    let ours: Vec<_> = facts.inputs.iter().filter(|input| input.ours).collect();
    let alike = ours.iter().all(|other| {
        other.signatures.needed == Some(needed)
            && other.signatures.present == present
            && other.to_sign == input.to_sign
    });
    let each = ours.len() > 1;
    let mut text = match (each, alike) {
        (false, _) => format!("{present} of {needed} so far."),
        (true, true) => {
            format!("{present} of {needed} so far for each of your {} inputs.", ours.len())
        }
        (true, false) => format!("{present} of {needed} so far for the input that lacks most."),
    };
    if input.to_sign > 0 {
        text.push_str(match (gives, each && alike) {
            (0, _) => " Yours is not needed any more.",
            (1, false) => " You give 1.",
            (1, true) => " You give 1 for each.",
            (_, false) => " You give more than 1.",
            (_, true) => " You give more than 1 for each.",
        });
    }
    let left = needed.saturating_sub(present + gives);
    if left > 0 {
        let open: Vec<String> = input
            .signers
            .iter()
            .filter(|signer| !signer.signed && !signer.is_you())
            .map(crate::review::Signer::name)
            .take(6)
            .collect();
        text.push_str(&format!(" Then {left} more: {}.", open.join(" or ")));
    } else if input.to_sign > 0 {
        let all_ours = facts.inputs.iter().all(|input| input.ours);
        text.push_str(match all_ours {
            true => " Then it is complete.",
            false => " Then your part is complete.",
        });
    }
    let mut rows = labelled_at(INDENT + 13, "Signatures", Style::Plain, &text, Style::Plain);
    rows.extend(ways::helped(input, INDENT + 13));
    Some(rows)
}

/// Findings of one grade, those of one code together.
pub(super) fn findings(facts: &Facts, grade: Grade) -> Vec<Block> {
    // said once by FEE_UNPROVEN; told one by one with the inputs
    blocks(facts.graded(grade).filter(|finding| finding.code != Code::AmountUnproven), grade)
}

/// The same of any findings of one grade.
pub(in crate::review) fn blocks<'a>(
    findings: impl Iterator<Item = &'a Finding>,
    grade: Grade,
) -> Vec<Block> {
    let all: Vec<&Finding> = findings.collect();
    all.chunk_by(|a, b| a.code == b.code).map(|same| block(same, grade)).collect()
}

/// More findings of one code than this are told by their numbers.
const SINGLY: usize = 3;

fn block(same: &[&Finding], grade: Grade) -> Block {
    let mut lines = Vec::new();
    let shown = if same.len() > SINGLY { 1 } else { same.len() };
    let (mark, style) = match grade {
        Grade::Refuse => ("", Style::Refuse),
        Grade::Warn => ("! ", Style::Warn),
        Grade::Note => ("- ", Style::Plain),
    };
    for finding in &same[..shown] {
        match grade {
            Grade::Refuse => {
                let label = format!("{}  ", finding.code.as_str());
                let column = (INDENT + label.len()).max(INDENT + 15);
                lines.extend(labelled_at(column, &label, Style::Refuse, &finding.what, style));
            }
            _ => lines.extend(labelled_at(INDENT + 2, mark, style, &finding.what, style)),
        }
    }
    let left = INDENT + if grade == Grade::Refuse { 15 } else { 2 };
    if shown < same.len() {
        lines.extend(paragraph(left, &the_others(&same[shown..]), style));
    }
    if let Some(finding) = same.first() {
        lines.extend(match grade {
            Grade::Refuse => {
                labelled_at(INDENT + 15, "What to do", Style::Plain, &finding.advice, Style::Plain)
            }
            _ => paragraph(left, &finding.advice, Style::Faint),
        });
    }
    lines
}

fn the_others(findings: &[&Finding]) -> String {
    let (mut inputs, mut outputs) = (Vec::new(), Vec::new());
    for finding in findings {
        match finding.place {
            Place::Input(n) => inputs.push(n + 1),
            Place::Output(n) => outputs.push(n + 1),
            Place::Tx => {}
        }
    }
    let mut parts = Vec::new();
    if !inputs.is_empty() {
        parts.push(format!("inputs {}", ranges(&inputs)));
    }
    if !outputs.is_empty() {
        parts.push(format!("outputs {}", ranges(&outputs)));
    }
    match parts.is_empty() {
        true => format!("The same {} more.", counted(findings.len(), "time", "times")),
        false => format!("The same for {}.", parts.join(" and ")),
    }
}

/// The last page.
pub(super) fn confirm(facts: &Facts, to_sign: usize) -> Page {
    let payees = facts.outputs.iter().filter(|output| !output.kind.is_ours()).count();
    let fee = facts.fee.map_or("not known".to_owned(), |fee| format!("{} BTC", btc(fee)));
    let what = if let Some(sweep) = &facts.sweep {
        format!("Move all of it to the successor wallet {}, fee {fee}.", sweep.title)
    } else if payees == 0 {
        format!("Move coins within your own wallets, fee {fee}.")
    } else {
        let payees = counted(payees, "payee", "payees");
        format!("Pay {} BTC to {payees}, fee {fee}.", btc(facts.paid))
    };
    let mut lines = vec![Line::blank()];
    lines.extend(paragraph(INDENT, &what, Style::Strong));
    let warnings = facts.graded(Grade::Warn).count();
    lines.extend(match warnings {
        0 => paragraph(INDENT, "No warnings.", Style::Plain),
        _ => paragraph(
            INDENT,
            &format!("{}, read.", counted(warnings, "warning", "warnings")),
            Style::Warn,
        ),
    });
    lines.push(Line::blank());
    lines.push(if to_sign == 0 {
        margin(INDENT).with("Nothing is left for you to sign.", Style::Plain)
    } else {
        margin(INDENT)
            .with("Type  ", Style::Plain)
            .with("sign", Style::Strong)
            .with("  and press Enter.", Style::Plain)
    });
    Page { kind: PageKind::Confirm, title: String::new(), context: String::new(), lines }
}
