//! What `verify-record` says, for a person or in JSON.

use super::load::Signable;
use crate::record::{Chain, Digest, Event, Record, aloud, event};
use crate::wallet::Network;
use serde::Serialize;
use std::io::{self, Write};

/// All that was found.
#[derive(Debug, Serialize)]
pub(super) struct Report {
    records: Vec<Row>,
    /// What does not hold, in sentences. Empty: all holds.
    wrong: Vec<String>,
    /// Which given payment was signed where.
    matched: Vec<String>,
}

#[derive(Debug, Serialize)]
struct Row {
    file: String,
    sequence: u64,
    run: String,
    network: &'static str,
    rehearsal: bool,
    outcome: &'static str,
    events: usize,
    withheld: usize,
    deviations: Vec<String>,
    receipt_absent: bool,
    image: Option<String>,
    fingerprint: String,
    words: String,
}

impl Row {
    fn of(file: &str, record: &Record) -> Self {
        let (header, note) = (record.header(), &record.receipt().note);
        let said =
            || record.entries().filter_map(|entry| entry.said.map(|said| (entry.line, said)));
        let deviations = said().filter_map(|(line, said)| match &said.event {
            Event::Deviation(what) => Some(format!(
                "line {line}: step {}: {} ({} with {})",
                what.step, what.reason, what.by, what.with
            )),
            _ => None,
        });
        Self {
            file: file.to_owned(),
            sequence: header.sequence.get(),
            run: header.run.to_string(),
            network: header.network.code(),
            rehearsal: header.rehearsal,
            outcome: note.outcome.word(),
            events: record.entries().len(),
            withheld: record.entries().filter(|entry| entry.said.is_none()).count(),
            deviations: deviations.collect(),
            receipt_absent: said().any(|(_, said)| said.event == Event::ReceiptAbsent),
            image: header.image.digest.map(|digest| digest.to_string()),
            fingerprint: record.fingerprint().to_string(),
            words: aloud(&record.fingerprint()),
        }
    }
}

impl Report {
    /// The records that hold, in their order, and what does not fit between them. `wrong` names those
    /// that don't hold.
    pub(super) fn of(
        names: &[String],
        records: &[Record],
        chain: &Chain,
        mut wrong: Vec<String>,
    ) -> Self {
        wrong.extend(chain.gaps.iter().map(|gap| match gap.record() {
            Some(place) => format!("{}: {gap}", names[place]),
            None => gap.to_string(),
        }));
        let row = |&place: &usize| Row::of(&names[place], &records[place]);
        Self { records: chain.order.iter().map(row).collect(), wrong, matched: Vec::new() }
    }

    /// Each record must name that image.
    pub(super) fn hold_image(&mut self, records: &[Record], image: Option<Digest>) {
        let Some(image) = image else { return };
        for record in records.iter().filter(|record| record.header().image.digest != Some(image)) {
            let run = record.header().run;
            self.wrong.push(format!("Run {run}, line 1: it did not run the image {image}."));
        }
    }

    /// Each signed payment must be among those given, with the payments that its event names, and each
    /// given one must have been signed.
    pub(super) fn match_payments(&mut self, payments: &Payments, given: Vec<Signable>) {
        let mut signed_once = vec![false; given.len()];
        for signed in &payments.0 {
            let place = format!("Record {}, line {}", signed.sequence, signed.line);
            let unsigned = signed.event.unsigned;
            let mut found = false;
            for (one, seen) in given.iter().zip(&mut signed_once) {
                if one.unsigned != unsigned {
                    continue;
                }
                (found, *seen) = (true, true);
                let pays = |payment: &event::Payment| {
                    one.pays(signed.network, payment.address.as_str(), payment.amount.get())
                };
                if signed.event.payments.iter().all(pays) {
                    self.matched.push(format!("{place}: signed {}.", one.name));
                } else {
                    self.wrong.push(format!("{place}: {} does not pay what it names.", one.name));
                }
            }
            if !found {
                self.wrong.push(format!("{place}: signed {unsigned}, which was not given."));
            }
        }
        for (one, _) in given.iter().zip(&signed_once).filter(|(_, seen)| !**seen) {
            self.wrong.push(format!("{}: no event of these records signed it.", one.name));
        }
    }

    /// Does everything hold?
    pub(super) fn holds(&self) -> bool {
        self.wrong.is_empty()
    }

    /// For a person.
    pub(super) fn print(&self, out: &mut dyn Write) -> io::Result<()> {
        for row in &self.records {
            writeln!(out, "Record {}   {}", row.sequence, row.file)?;
            let kind = if row.rehearsal { "rehearsal, no evidence" } else { "no rehearsal" };
            writeln!(out, "  {}, {kind}, {}", row.network, row.outcome)?;
            writeln!(out, "  {} events, {} of them withheld", row.events, row.withheld)?;
            writeln!(out, "  image        {}", row.image.as_deref().unwrap_or("not known"))?;
            writeln!(out, "  fingerprint  {}", row.fingerprint)?;
            for (at, words) in row.words.split(' ').collect::<Vec<_>>().chunks(12).enumerate() {
                let label = if at == 0 { "in words" } else { "" };
                writeln!(out, "  {label:<11}  {}", words.join(" "))?;
            }
            if row.receipt_absent {
                writeln!(out, "  The receipt of the record before was not there at the start.")?;
            }
            for deviation in &row.deviations {
                writeln!(out, "  Deviation, {deviation}")?;
            }
        }
        for matched in &self.matched {
            writeln!(out, "{matched}")?;
        }
        for wrong in &self.wrong {
            writeln!(out, "WRONG  {wrong}")?;
        }
        if self.holds() {
            writeln!(out, "All of it holds: chains, links between records, and signatures.")
        } else {
            writeln!(out, "This does not hold. Ask for the whole records, and for the receipts.")
        }
    }
}

/// The report as one JSON object in one line.
pub(super) fn json(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer(&mut *out, report)?;
    writeln!(out)
}

/// What was signed, over all records.
pub(super) struct Payments<'a>(Vec<SignedAt<'a>>);

struct SignedAt<'a> {
    network: Network,
    rehearsal: bool,
    sequence: u64,
    line: usize,
    at: u64,
    event: &'a event::Signed,
}

impl<'a> Payments<'a> {
    /// The signed events that are not withheld.
    pub(super) fn of(records: &'a [Record]) -> Self {
        let signed = records.iter().flat_map(|record| {
            let header = record.header();
            record.entries().filter_map(move |entry| {
                let said = entry.said?;
                let Event::Signed(event) = &said.event else { return None };
                Some(SignedAt {
                    network: header.network,
                    rehearsal: header.rehearsal,
                    sequence: header.sequence.get(),
                    line: entry.line,
                    at: said.at.get(),
                    event,
                })
            })
        });
        let mut signed: Vec<_> = signed.collect();
        signed.sort_by_key(|signed| (signed.sequence, signed.line));
        Self(signed)
    }

    /// One line a payment (RFC 4180). Times are seconds since 1970, amounts are in sat; the fee stands
    /// with each payment of its transaction.
    pub(super) fn csv(&self) -> String {
        let mut text =
            String::from("record,line,time,network,rehearsal,transaction,address,sat,fee_sat\r\n");
        for signed in &self.0 {
            for payment in &signed.event.payments {
                let cells = [
                    signed.sequence.to_string(),
                    signed.line.to_string(),
                    signed.at.to_string(),
                    signed.network.code().to_owned(),
                    signed.rehearsal.to_string(),
                    signed.event.unsigned.to_string(),
                    // only what an address is spelled with: a table program runs what begins with =
                    payment.address.as_str().replace(|c: char| !c.is_ascii_alphanumeric(), "?"),
                    payment.amount.to_string(),
                    signed.event.fee.to_string(),
                ];
                text.push_str(&cells.join(","));
                text.push_str("\r\n");
            }
        }
        text
    }
}
