//! The review in words: facts and findings to pages that fit the smallest screen.

mod details;
pub(super) mod layout;
mod payments;
pub(super) mod summary;
mod ways;

use super::{Facts, Grade, OutputKind, Page, PageKind};
use layout::{deal, pages};

/// The mandatory pages, in order, the confirm page last.
pub(super) fn review(facts: &Facts, to_sign: usize) -> Vec<Page> {
    let mut all = summary::summary(facts);
    all.extend(payments::payments(facts));
    all.extend(payments::returns(facts));
    all.push(summary::confirm(facts, to_sign));
    let count = all.len();
    let payments = all.iter().filter(|page| page.kind == PageKind::Payment).count();
    let mut payment = 0;
    for (number, page) in all.iter_mut().enumerate() {
        let subject = match page.kind {
            PageKind::Findings => ": warnings and notes".to_owned(),
            PageKind::Payment => {
                payment += 1;
                format!(": payment {payment} of {payments}")
            }
            PageKind::Return => ": comes back".to_owned(),
            PageKind::Confirm => ": confirm".to_owned(),
            _ => String::new(),
        };
        page.title = format!("Review {} of {count}{subject}", number + 1);
        page.context = context(facts);
    }
    all
}

impl Facts {
    /// Every page that the walk has, without the confirm page: for reading only.
    pub fn pages(&self) -> Vec<Page> {
        let mut all = review(self, 0);
        all.pop();
        all
    }

    /// The inputs, one by one.
    pub fn input_pages(&self) -> Vec<Page> {
        details::inputs(self)
    }

    /// Txid, version, locktime, sequences, weight, every output, every finding by its code.
    pub fn detail_pages(&self) -> Vec<Page> {
        details::details(self)
    }
}

/// Why nothing will be signed.
pub(super) fn refusal(facts: &Facts) -> Vec<Page> {
    let blocks = summary::findings(facts, Grade::Refuse);
    let mut all = pages(PageKind::Refusal, deal(blocks, 0));
    let count = all.len();
    for (number, page) in all.iter_mut().enumerate() {
        page.title = "This transaction is refused. Nothing was signed.".into();
        if count > 1 {
            page.title.push_str(&format!(" ({} of {count})", number + 1));
        }
        page.context = facts.network.label().into();
    }
    all
}

/// The header's right part: whose wallet, which network.
fn context(facts: &Facts) -> String {
    let label = facts.network.label();
    let mut paying = facts.wallets.iter().filter(|flow| flow.spent != Some(bitcoin::Amount::ZERO));
    match (paying.next(), paying.next()) {
        (Some(flow), None) => match &flow.policy {
            Some(policy) => format!("{} {policy}  {label}", flow.name),
            None => format!("{}  {label}", flow.name),
        },
        (Some(_), Some(_)) => format!("several wallets  {label}"),
        (None, _) => label.to_owned(),
    }
}

/// `1 address`, `2 addresses`.
fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// Outputs that pay somebody else, or another wallet of ours.
fn is_payment(facts: &Facts, number: usize) -> bool {
    facts.outputs.get(number).is_some_and(|output| {
        !output.kind.is_ours() || (output.kind == OutputKind::Own && output.other_wallet)
    })
}
