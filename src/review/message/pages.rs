//! A message's review in words: what is signed first, whole; then who signs it; then the coins that
//! are shown with it; then the word.

use super::words;
use super::{MessageFacts, MessageForm};
use crate::review::pages::layout::{
    Block, INDENT, TEXT, address, deal, heading, labelled, margin, pages, paragraph,
};
use crate::review::pages::summary::blocks;
use crate::review::{Grade, InputFacts, Line, Page, PageKind, Style};
use crate::wallet::{btc, sat};
use bitcoin::hashes::{Hash, sha256};

/// Groups of an address in one row.
const GROUPS: usize = 8;

/// The mandatory pages, in order, the confirm page last.
pub(super) fn review(facts: &MessageFacts) -> Vec<Page> {
    let mut all = pages(PageKind::Message, deal(vec![what(facts)], 0));
    let message_pages = all.len();
    all.extend(pages(PageKind::Summary, deal(who(facts), 0)));
    all.extend(pages(PageKind::Reserves, deal(coins(facts), 0)));
    all.push(confirm(facts));
    let count = all.len();
    for (number, page) in all.iter_mut().enumerate() {
        let subject = match page.kind {
            PageKind::Message if message_pages > 1 && number > 0 => "the message goes on",
            PageKind::Message => "what is signed",
            PageKind::Reserves => "proof of reserves",
            PageKind::Confirm => "confirm",
            _ => "who signs it",
        };
        page.title = format!("Message {} of {count}: {subject}", number + 1);
        page.context = context(facts);
    }
    all
}

/// Why nothing will be signed.
pub(super) fn refusal(facts: &MessageFacts) -> Vec<Page> {
    let blocks = blocks(facts.graded(Grade::Refuse), Grade::Refuse);
    let mut all = pages(PageKind::Refusal, deal(blocks, 0));
    let count = all.len();
    for (number, page) in all.iter_mut().enumerate() {
        page.title = "This message is refused. Nothing was signed.".into();
        if count > 1 {
            page.title.push_str(&format!(" ({} of {count})", number + 1));
        }
        page.context = facts.network.label().into();
    }
    all
}

impl MessageFacts {
    /// Every page that the walk has, without the confirm page: for reading only.
    pub fn pages(&self) -> Vec<Page> {
        let mut all = review(self);
        all.pop();
        all
    }

    /// Hash, version, times, every finding by its code.
    pub fn detail_pages(&self) -> Vec<Page> {
        let mut all = vec![numbers(self)];
        all.extend(self.findings.iter().map(|finding| {
            let grade = finding.grade.as_str();
            let label = format!("{} ({grade}, {})", finding.code.as_str(), finding.place);
            let mut rows = paragraph(3, &label, Style::Strong);
            rows.extend(paragraph(5, &finding.what, Style::Plain));
            rows.extend(paragraph(5, &finding.advice, Style::Faint));
            rows
        }));
        let mut all = pages(PageKind::Details, deal(all, 0));
        let count = all.len();
        for (number, page) in all.iter_mut().enumerate() {
            page.title = format!("Details {} of {count}", number + 1);
            page.context = context(self);
        }
        all
    }
}

/// The header's right part: whose address, which network.
fn context(facts: &MessageFacts) -> String {
    let label = facts.network.label();
    match (&facts.wallet, &facts.policy) {
        (Some(wallet), Some(policy)) => format!("{wallet} {policy}  {label}"),
        (Some(wallet), None) => format!("{wallet}  {label}"),
        (None, _) => label.to_owned(),
    }
}

fn what(facts: &MessageFacts) -> Block {
    let mut rows = paragraph(INDENT, NOT_A_PAYMENT, Style::Strong);
    rows.push(Line::blank());
    rows.extend(words::rows(facts.text.as_str()));
    rows.push(Line::blank());
    rows.extend(paragraph(INDENT, &length(facts), Style::Faint));
    rows
}

fn length(facts: &MessageFacts) -> String {
    let (letters, bytes) = (facts.text.as_str().chars().count(), facts.text.as_bytes().len());
    let letters =
        if letters == 1 { "1 character".to_owned() } else { format!("{letters} characters") };
    let bytes = if bytes == 1 { "1 byte".to_owned() } else { format!("{bytes} bytes") };
    format!("The whole message: {letters}, {bytes}.")
}

fn who(facts: &MessageFacts) -> Vec<Block> {
    let mut signer = match &facts.address {
        Some(text) => {
            let mut rows = address(TEXT, text, GROUPS);
            if let Some(first) = rows.first_mut() {
                first
                    .spans
                    .splice(..1, margin(INDENT).with(format!("{:<8}", "For"), Style::Plain).spans);
            }
            rows
        }
        None => labelled("For", Style::Plain, "a script without an address", Style::Warn),
    };
    signer.extend(match (&facts.wallet, &facts.paths[..]) {
        (None, _) => paragraph(TEXT, "not yours", Style::Warn),
        (Some(wallet), []) => paragraph(TEXT, &format!("proven: {wallet}"), Style::Proven),
        (Some(wallet), [path]) => {
            paragraph(TEXT, &format!("proven: {wallet}, your key m/{path}"), Style::Proven)
        }
        (Some(wallet), paths) => {
            let paths: Vec<String> = paths.iter().map(|path| format!("m/{path}")).collect();
            let paths = paths.join(", ");
            paragraph(TEXT, &format!("proven: {wallet}, your keys {paths}"), Style::Proven)
        }
    });
    let mut all = vec![signer];
    all.push(labelled("Form", Style::Plain, form(facts.form), Style::Plain));
    all.push(labelled("Signed", Style::Plain, &signatures(facts), Style::Plain));
    all.extend(times(facts));
    all.push(paragraph(INDENT, IDENTITY, Style::Warn));
    all.extend(blocks(facts.graded(Grade::Warn), Grade::Warn));
    all.extend(blocks(facts.graded(Grade::Note), Grade::Note));
    all
}

fn form(form: MessageForm) -> &'static str {
    match form {
        MessageForm::Legacy(_) => "BIP137, the older one: of one key, read by most wallets",
        MessageForm::Simple => "BIP322 simple: text behind smp",
        MessageForm::Full => "BIP322 full: text behind ful",
        MessageForm::Funds => "BIP322 proof of funds: text behind pof",
    }
}

fn signatures(facts: &MessageFacts) -> String {
    let present = facts.signatures.present;
    let so_far = match facts.signatures.needed {
        Some(needed) => format!("{present} of {needed} so far for the address."),
        None => format!("{present} so far for the address."),
    };
    let open: Vec<String> = facts
        .signers
        .iter()
        .filter(|signer| !signer.signed && !signer.ours)
        .filter_map(|signer| signer.fingerprint)
        .take(6)
        .map(|fingerprint| fingerprint.to_string())
        .collect();
    let others = if open.is_empty() {
        String::new()
    } else {
        format!(" Others who can sign: {}.", open.join(", "))
    };
    let yours = match (facts.to_sign, facts.coins.is_empty()) {
        (0, _) => " You give none.".to_owned(),
        (1, true) => " You give 1.".to_owned(),
        (many, true) => format!(" You give {many}."),
        (many, false) => format!(" You give {many} in all, for address and coins."),
    };
    format!("{so_far}{yours}{others}")
}

/// Only where the request has times: BIP322's T and S.
fn times(facts: &MessageFacts) -> Option<Block> {
    let times = facts.times;
    let text = match (times.lock_time, times.sequence) {
        (0, 0) => return None,
        (lock, sequence) => format!("valid at time {lock} and age {sequence} (BIP322)"),
    };
    Some(labelled("Holds", Style::Plain, &text, Style::Plain))
}

fn coins(facts: &MessageFacts) -> Vec<Block> {
    if facts.coins.is_empty() {
        return vec![];
    }
    let mut all = vec![reserves(facts)];
    all.extend(facts.coins.iter().enumerate().map(|(n, coin)| entry(n, coin)));
    all
}

/// The sums.
fn reserves(facts: &MessageFacts) -> Block {
    let count = facts.coins.len();
    let coins = if count == 1 { "1 coin".to_owned() } else { format!("{count} coins") };
    let mut rows = paragraph(INDENT, &format!("You show that you control {coins}:"), Style::Strong);
    let sums = facts.reserves();
    let several = [
        ("yours, proven", sums.proven, Style::Proven),
        ("yours, claimed by the coordinator", sums.claimed, Style::Claimed),
        ("not yours", sums.others, Style::Warn),
    ];
    for (name, sum, style) in several {
        match sum {
            Some(bitcoin::Amount::ZERO) => {}
            Some(sum) => {
                let text = format!("{} BTC   {} sat   {name}", btc(sum), sat(sum));
                rows.extend(paragraph(INDENT, &text, style));
            }
            None => rows.extend(paragraph(INDENT, &format!("not all told   {name}"), style)),
        }
    }
    rows.extend(paragraph(INDENT, UNSPENT, Style::Faint));
    rows
}

/// One coin.
fn entry(n: usize, coin: &InputFacts) -> Block {
    let (amount, style) = match (coin.amount, coin.proven) {
        (None, _) => ("amount not told".to_owned(), Style::Claimed),
        (Some(amount), true) => {
            (format!("{} BTC   {} sat   proven", btc(amount), sat(amount)), Style::Proven)
        }
        (Some(amount), false) => {
            let text = format!("{} BTC   {} sat   claimed", btc(amount), sat(amount));
            (text, Style::Claimed)
        }
    };
    let mut rows = heading("Coin", n, &amount, style);
    let whose = match &coin.wallet {
        Some(wallet) => format!("yours: {wallet}, {}", coin.script.as_str()),
        None => format!("not yours, {}", coin.script.as_str()),
    };
    rows.extend(paragraph(TEXT, &whose, Style::Plain));
    if let Some(text) = &coin.address {
        rows.extend(address(TEXT, text, GROUPS));
    }
    rows.extend(paragraph(TEXT, &coin.outpoint.to_string(), Style::Faint));
    rows
}

/// Numbers that an expert compares.
fn numbers(facts: &MessageFacts) -> Block {
    let row = |label: &str, text: &str| labelled(label, Style::Plain, text, Style::Plain);
    let hash = sha256::Hash::hash(facts.text.as_bytes()).to_string();
    let mut rows = row("SHA-256", &hash);
    rows.extend(row("Form", facts.form.as_str()));
    if !matches!(facts.form, MessageForm::Legacy(_)) {
        let times = facts.times;
        rows.extend(row("Version", &times.version.to_string()));
        rows.extend(row("Time", &times.lock_time.to_string()));
        rows.extend(row("Age", &format!("{:08x}", times.sequence)));
    }
    rows
}

/// The last page.
fn confirm(facts: &MessageFacts) -> Page {
    let letters = facts.text.as_str().chars().count();
    let coins = match facts.coins.len() {
        0 => String::new(),
        1 => ", and show control of 1 coin".to_owned(),
        many => format!(", and show control of {many} coins"),
    };
    let address = facts.address.as_deref().unwrap_or("a script without an address");
    let what = format!("Sign the message of {letters} characters for {address}{coins}.");
    let mut lines = vec![Line::blank()];
    lines.extend(paragraph(INDENT, &what, Style::Strong));
    lines.extend(paragraph(INDENT, "A message, not a payment: no coin moves.", Style::Plain));
    let warnings = facts.graded(Grade::Warn).count();
    if warnings > 0 {
        let warnings =
            if warnings == 1 { "1 warning".into() } else { format!("{warnings} warnings") };
        lines.extend(paragraph(INDENT, &format!("{warnings}, read."), Style::Warn));
    }
    lines.push(Line::blank());
    lines.push(if facts.to_sign == 0 {
        margin(INDENT).with("Nothing is left for you to sign.", Style::Plain)
    } else {
        margin(INDENT)
            .with("Type  ", Style::Plain)
            .with("sign", Style::Strong)
            .with("  and press Enter.", Style::Plain)
    });
    Page { kind: PageKind::Confirm, title: String::new(), context: String::new(), lines }
}

const NOT_A_PAYMENT: &str = "A message, not a payment. You sign these words:";
const IDENTITY: &str = "A signed message ties its words to this address for ever, and whoever gets it can show it to \
    anyone: it can prove who you are, or serve as your consent. Sign only what you understand.";
const UNSPENT: &str =
    "Whether they exist and are unspent, only the chain can tell. No coin moves by this.";
