//! Records as they are used: written, redacted, followed over a year, carried by light, verified.

#[path = "common/record.rs"]
mod made;
#[path = "common/prng.rs"]
mod prng;

use bitcoin::hashes::{Hash, sha256};
use bitcoin::{Address, Network};
use coldlight::demo;
use coldlight::psbt::{Limits, Psbt};
use coldlight::qr::Modules;
use coldlight::record::event::{Payment, Signed};
use coldlight::record::{Chain, Digest, Event, Level, Record, Whole};
use coldlight::transport::{Collector, Dialect, Kind, Offered, Reel, ReelOptions};
use made::{name, record, record_of};
use prng::Prng;
use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output};

fn folder(name: &str) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&path);
    fs::create_dir_all(&path).unwrap();
    path
}

fn coldlight(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_coldlight")).args(arguments).output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8([&output.stdout[..], &output.stderr[..]].concat()).unwrap()
}

#[test]
fn every_line_is_what_another_writer_of_canonical_json_writes() {
    let closed = record(None, 40, &mut Prng(1));
    for line in closed.text.lines() {
        let value: serde_json::Value = serde_json::from_str(line).unwrap();
        assert_eq!(serde_json_canonicalizer::to_string(&value).unwrap(), line);
    }
}

#[test]
fn redaction_keeps_the_fingerprint_and_hides_what_is_above_its_level() {
    let closed = record(None, 40, &mut Prng(2));
    let whole = Record::read(closed.text.as_bytes()).unwrap();
    for level in Level::ALL {
        let redacted = whole.redacted(level);
        let read = Record::read(redacted.as_bytes()).unwrap();
        assert_eq!(read.fingerprint(), whole.fingerprint());
        for (entry, before) in read.entries().zip(whole.entries()) {
            assert_eq!(entry.said, before.said.filter(|_| before.level <= level));
        }
        assert_eq!(redacted.contains("the bag was torn"), level == Level::Internal);
        assert_eq!(redacted.contains("tb1qw508"), level >= Level::Auditor);
        assert_eq!(read.redacted(level), redacted);
    }
    assert_eq!(whole.redacted(Level::Internal), closed.text);
}

#[test]
fn a_year_of_records_is_verified_in_one_call_with_its_payments() {
    let folder = folder("year");
    let mut random = Prng(3);
    let (mut previous, mut files) = (None, Vec::new());
    for n in 0..48 {
        let closed = record(previous, 10, &mut random);
        let file = folder.join(format!("{n}.jsonl"));
        fs::write(&file, &closed.text).unwrap();
        files.push(file.to_str().unwrap().to_owned());
        previous = Some(closed.receipt);
    }
    files.reverse();
    let receipt = previous.unwrap().text();
    let csv = folder.join("payments.csv");
    let mut arguments = vec!["verify-record"];
    arguments.extend(files.iter().map(String::as_str));
    arguments.extend(["--receipt", &receipt]);
    let image = "07".repeat(32);
    let all = [&arguments[..], &["--image-sum", &image, "--csv", csv.to_str().unwrap()]].concat();
    let output = coldlight(&all);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    assert!(said(&output).contains("All of it holds"), "{}", said(&output));
    assert_eq!(said(&output).matches("Deviation, line 10: step bag").count(), 48);
    let payments = fs::read_to_string(&csv).unwrap();
    assert_eq!(payments.lines().count(), 49);
    assert!(payments.contains(",tb1qw508d6qejxtdg4y5r3zarvary0c5xw7kxpjzsx,1500000,1410\r\n"));

    // without one of them, and with another image
    let without: Vec<&str> =
        all[..all.len() - 2].iter().copied().filter(|a| *a != files[20]).collect();
    let output = coldlight(&without);
    assert_eq!(output.status.code(), Some(3));
    assert!(said(&output).contains("the record before it is not here"), "{}", said(&output));
    let output =
        coldlight(&[&arguments[..], &["--image-sum", &"08".repeat(32), "--json"]].concat());
    assert_eq!(output.status.code(), Some(3));
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(report["wrong"].as_array().unwrap().len(), 48);
}

#[test]
fn two_hundred_events_leave_by_codes_of_version_20_and_come_back() {
    let closed = record(None, 200, &mut Prng(4));
    let options = ReelOptions { fragment: Some(1_240) };
    let reel = Reel::new(closed.text.as_bytes(), Kind::Text, Dialect::Bbqr, options).unwrap();
    assert!(reel.len() <= 90, "{} frames", reel.len());
    let mut collector = Collector::default();
    for n in 0..reel.len() {
        let frame = reel.frame(n);
        let version = (Modules::draw(frame.as_bytes()).unwrap().side() - 17) / 4;
        assert!(version <= 20, "frame {n} has version {version}");
        match collector.offer(frame.as_bytes()) {
            Offered::Complete(payload) => {
                assert_eq!(n + 1, reel.len());
                assert!(payload.bytes() == closed.text.as_bytes());
                return;
            }
            offered => assert!(matches!(offered, Offered::New), "frame {n}"),
        }
    }
    panic!("the record never came whole");
}

#[test]
fn a_record_shown_and_scanned_is_verified() {
    let folder = folder("shown");
    let closed = record(None, 200, &mut Prng(5));
    let (file, back) = (folder.join("record"), folder.join("back"));
    fs::write(&file, &closed.text).unwrap();
    let path = |path: &PathBuf| path.to_str().unwrap().to_owned();
    let frames = folder.join("frames");
    let shown = coldlight(&[
        "show",
        &path(&file),
        "--format",
        "bbqr",
        "--fragment",
        "1240",
        "--frames",
        &path(&frames),
    ]);
    assert_eq!(shown.status.code(), Some(0), "{}", said(&shown));
    let source = format!("dir:{}", path(&frames));
    let scanned = coldlight(&["scan", "--camera", &source, "-o", &path(&back)]);
    assert_eq!(scanned.status.code(), Some(0), "{}", said(&scanned));
    let read = Record::read(&fs::read(&back).unwrap()).unwrap();
    assert_eq!(read.receipt(), &closed.receipt);
    let output = coldlight(&["verify-record", &path(&back), "--receipt", &closed.receipt.text()]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
}

#[test]
fn a_changed_file_is_named_with_its_line() {
    let folder = folder("changed");
    let closed = record(None, 9, &mut Prng(6));
    let file = folder.join("record");
    fs::write(&file, closed.text.replace("1500000", "1500001")).unwrap();
    let output = coldlight(&["verify-record", file.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(3));
    assert!(said(&output).contains("record: Line 6: it does not follow"), "{}", said(&output));
}

/// The event of signing the demo's payment; `more` is added to its first amount.
fn signed(more: u64) -> Event {
    let bytes = demo::unsigned();
    let psbt = Psbt::parse(&bytes, &Limits::default()).unwrap();
    let payments = psbt.tx().output.iter().map(|output| Payment {
        address: name(
            &Address::from_script(&output.script_pubkey, Network::Testnet).unwrap().to_string(),
        ),
        amount: Whole::at_most(output.value.to_sat() + more),
    });
    Event::Signed(Signed {
        digest: Digest(sha256::Hash::hash(&bytes).to_byte_array()),
        fee: Whole::from(1_410),
        inputs: Whole::at_most(psbt.inputs().len() as u64),
        payments: payments.take(1).collect(),
        unsigned: Digest::of_txid(psbt.tx().compute_txid()),
    })
}

#[test]
fn each_signed_event_is_matched_with_the_payment_that_is_given() {
    let folder = folder("matched");
    let psbt = folder.join("payment.psbt");
    fs::write(&psbt, demo::unsigned()).unwrap();
    let verified = |events: Vec<Event>| {
        let file = folder.join("record");
        fs::write(&file, record_of(None, events, &mut Prng(7)).text).unwrap();
        let (file, psbt) = (file.to_str().unwrap(), psbt.to_str().unwrap());
        let output = coldlight(&["verify-record", file, "--psbt", psbt]);
        (output.status.code(), said(&output))
    };
    let (code, text) = verified(vec![signed(0)]);
    assert_eq!(code, Some(0), "{text}");
    assert!(text.contains("Record 0, line 2: signed "), "{text}");

    let (code, text) = verified(vec![signed(1)]);
    assert_eq!(code, Some(3));
    assert!(text.contains("payment.psbt does not pay what it names."), "{text}");

    let (code, text) = verified(vec![Event::Locked]);
    assert_eq!(code, Some(3));
    assert!(text.contains("payment.psbt: no event of these records signed it."), "{text}");

    let Event::Signed(mut other) = signed(0) else { unreachable!() };
    other.unsigned = Digest([9; 32]);
    let (code, text) = verified(vec![signed(0), Event::Signed(other)]);
    assert_eq!(code, Some(3));
    assert!(text.contains("line 3: signed 0909") && text.contains("was not given."), "{text}");
}

#[test]
fn a_chain_of_none_has_no_gap() {
    assert_eq!(Chain::of(&[]).gaps, []);
}
