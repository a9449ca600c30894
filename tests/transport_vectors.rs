//! The dialects against what others published: the UR papers, BBQr's test data and its real scan.

mod common;

use coldlight::transport::{
    Collector, Dialect, Kind, Offered, Payload, Reel, ReelOptions, Trouble, UrForeign,
};
use common::vectors;
use data_encoding::{HEXLOWER_PERMISSIVE, HEXUPPER};
use std::fs;
use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    vectors::run(vec![
        vectors::bulk!("bcr-papers", the_papers_fountain_is_the_crates),
        vectors::bulk!("foundation-json", published_urs_are_read_or_named),
        vectors::bulk!("bbqr", payload_files_survive_every_encoding),
        vectors::bulk!("bbqr", the_real_scan_is_read),
        vectors::bulk!("bbqr", published_payloads_survive_all_dialects),
    ])
}

fn reel(bytes: &[u8], kind: Kind, dialect: Dialect, fragment: Option<usize>) -> Reel {
    Reel::new(bytes, kind, dialect, ReelOptions { fragment }).expect("it can be shown")
}

/// The payload of parts that are all good.
fn collected<'a>(parts: impl IntoIterator<Item = &'a str>) -> Option<Payload> {
    let mut collector = Collector::default();
    parts.into_iter().find_map(|part| match collector.offer(part.as_bytes()) {
        Offered::Complete(payload) => Some(payload),
        Offered::New | Offered::Known => None,
        Offered::Foreign => panic!("a good part was held for another message's: {part}"),
        Offered::Refused(trouble) => panic!("a good part was refused: {trouble} {part}"),
    })
}

/// The text of the paper's test function `name`.
fn paper<'a>(text: &'a str, name: &str) -> &'a str {
    let start = text.find(&format!("func {name}(")).expect("the paper has this test");
    let end = text[start..].find("\n}\n").expect("it ends");
    &text[start..start + end]
}

fn quoted(text: &str) -> impl Iterator<Item = &str> {
    text.split('"').skip(1).step_by(2)
}

fn unhex(text: &str) -> Vec<u8> {
    HEXLOWER_PERMISSIVE.decode(text.as_bytes()).expect("hex")
}

fn the_papers_fountain_is_the_crates(folder: &Path) {
    let text = fs::read_to_string(folder.join("bcr-2024-001-multipart-ur.md")).expect("the paper");
    // The message of 1024 bytes, its checksum, and its eleven fragments.
    let fragments: Vec<Vec<u8>> = quoted(paper(&text, "testPartitionAndJoin")).map(unhex).collect();
    let message = &fragments.concat()[..1024];
    let checked = paper(&text, "testCRC32_2");
    assert!(message == unhex(quoted(checked).next().expect("hex")));
    let mut encoder = ur::fountain::Encoder::new(message, 100).expect("a message");
    let chosen = paper(&text, "testFragmentChooser");
    let lists = chosen.split("expectedFragmentIndexes = [").nth(1).expect("the lists");
    let lists: Vec<Vec<usize>> = lists
        .lines()
        .filter_map(|line| line.trim().strip_prefix('[')?.split(']').next())
        .map(|list| list.split(", ").map(|index| index.parse().expect("a number")).collect())
        .collect();
    assert_eq!((fragments.len(), lists.len()), (11, 50));
    for expected in &lists {
        let part = encoder.next_part();
        let mut indexes = part.indexes();
        indexes.sort_unstable();
        assert_eq!(&indexes, expected);
        let mut sum = vec![0; fragments[0].len()];
        for index in indexes {
            sum.iter_mut().zip(&fragments[index]).for_each(|(sum, byte)| *sum ^= byte);
        }
        assert!(part.data() == sum);
    }
    // Parts as CBOR, in words, through our own collector. Their message is no CBOR, so that the
    // collector solves it, checks its checksum, and then refuses it.
    let parts: Vec<Vec<u8>> = quoted(paper(&text, "testEncoderCBOR")).map(unhex).collect();
    assert_eq!(parts.len(), 20);
    let mut collector = Collector::default();
    for (at, cbor) in parts.iter().enumerate().skip(9) {
        let body = ur::bytewords::encode(cbor, ur::bytewords::Style::Minimal);
        let offered = collector.offer(format!("ur:bytes/{}-9/{body}", at + 1).as_bytes());
        match (collector.progress(), offered) {
            (Some(progress), Offered::New | Offered::Known) => assert!(progress.have < 9),
            (None, Offered::Refused(trouble)) => {
                assert_eq!(trouble, Trouble::Damaged(Dialect::Ur));
                return;
            }
            _ => panic!("part {} was not taken", at + 1),
        }
    }
    panic!("the mixed parts have full rank");
}

fn published_urs_are_read_or_named(folder: &Path) {
    let mut read = 0;
    for name in ["bcr-2020-006", "bcr-2020-007", "bcr-2020-008", "bcr-2020-009"] {
        let text = fs::read_to_string(folder.join(format!("{name}.json"))).expect("vectors");
        let cases: Vec<serde_json::Value> = serde_json::from_str(&text).expect("JSON");
        for case in cases {
            let ur = case["as-ur"].as_str().expect("every case has it");
            let cbor = unhex(case["as-cbor"].as_str().expect("every case has it"));
            match Collector::default().offer(ur.as_bytes()) {
                Offered::Complete(payload) => {
                    read += 1;
                    assert!(cbor.ends_with(payload.bytes()));
                    let psbt = ur.starts_with("ur:psbt/");
                    assert_eq!(payload.kind() == Kind::Psbt, psbt);
                    let kind = payload.kind();
                    let again = reel(payload.bytes(), kind, Dialect::Ur, Some(1000)).frame(0);
                    assert_eq!(again.split('/').nth(1), ur.to_ascii_uppercase().split('/').nth(1));
                }
                Offered::Refused(trouble) => {
                    let expected = match name {
                        "bcr-2020-007" => Trouble::UrType(UrForeign::Key),
                        "bcr-2020-009" => Trouble::UrType(UrForeign::Address),
                        _ => Trouble::Secret,
                    };
                    assert_eq!(trouble, expected, "{ur}");
                }
                _ => panic!("neither read nor named: {ur}"),
            }
        }
    }
    assert_eq!(read, 2);
}

/// The payload files: not the specification, the source note and the scan.
fn payloads(folder: &Path) -> Vec<(String, Kind, Vec<u8>)> {
    let mut files: Vec<_> = fs::read_dir(folder)
        .expect("the folder is there")
        .flatten()
        .filter_map(|entry| {
            let path = entry.path();
            let kind = match path.extension()?.to_str()? {
                "psbt" => Kind::Psbt,
                "txn" => Kind::Transaction,
                _ => return None,
            };
            Some((path.display().to_string(), kind, fs::read(path).expect("a file")))
        })
        .collect();
    files.sort_by(|one, other| one.0.cmp(&other.0));
    assert_eq!(files.len(), 10);
    files
}

fn payload_files_survive_every_encoding(folder: &Path) {
    for (name, kind, bytes) in payloads(folder) {
        let letter = if kind == Kind::Psbt { 'P' } else { 'T' };
        // Some of the files are text: what BBQr carries is what the sender says.
        let deflated = {
            let mut deflate =
                flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::best());
            std::io::Write::write_all(&mut deflate, &bytes).expect("to memory");
            deflate.finish().expect("to memory")
        };
        let base32 = |bytes: &[u8]| data_encoding::BASE32_NOPAD.encode(bytes);
        for (encoding, text) in
            [('H', HEXUPPER.encode(&bytes)), ('2', base32(&bytes)), ('Z', base32(&deflated))]
        {
            let pieces: Vec<&[u8]> = text.as_bytes().chunks(4288).collect();
            let total = pieces.len();
            let digits = |n: usize| {
                let digit = |n: usize| {
                    char::from_digit(n as u32, 36).expect("below 36").to_ascii_uppercase()
                };
                format!("{}{}", digit(n / 36), digit(n % 36))
            };
            let parts: Vec<String> = pieces
                .iter()
                .enumerate()
                .map(|(at, piece)| {
                    format!(
                        "B${encoding}{letter}{}{}{}",
                        digits(total),
                        digits(at),
                        String::from_utf8_lossy(piece)
                    )
                })
                .collect();
            if kind == Kind::Psbt && !bytes.starts_with(b"psbt\xff") {
                continue;
            }
            let payload = collected(parts.iter().map(String::as_str)).expect("whole");
            assert!(payload.bytes() == bytes && payload.kind() == kind, "{name} {encoding}");
        }
    }
}

fn the_real_scan_is_read(folder: &Path) {
    let text = fs::read_to_string(folder.join("real-scan.txt")).expect("the scan");
    let lines: Vec<&str> = text.lines().filter(|line| !line.is_empty()).collect();
    let payload = collected(lines.iter().copied()).expect("the scan has all eight parts");
    assert_eq!((payload.kind(), payload.dialect()), (Kind::Text, Dialect::Bbqr));
    // The `bbqr` crate's own reader agrees.
    let parts = lines.iter().map(|line| (*line).to_owned()).collect();
    let theirs = bbqr::join::Joined::try_from_parts(parts).expect("a good scan");
    assert!(payload.bytes() == theirs.data);
    assert!(
        std::str::from_utf8(payload.bytes()).is_ok_and(|text| text.contains("Zlib compressed"))
    );
}

fn published_payloads_survive_all_dialects(folder: &Path) {
    for (name, _, bytes) in payloads(folder) {
        // Three of the files are hex text.
        let file = Payload::of_file(bytes);
        let (bytes, kind) = (file.bytes(), file.kind());
        assert!(matches!(kind, Kind::Psbt | Kind::Transaction), "{name}");
        for dialect in [
            Dialect::Ur,
            Dialect::Bbqr,
            Dialect::Specter,
            Dialect::Base64,
            Dialect::Base43,
            Dialect::Hex,
        ] {
            let Ok(reel) = Reel::new(bytes, kind, dialect, ReelOptions::default()) else {
                assert!(bytes.len() > 2000, "{name} {dialect:?}");
                continue;
            };
            let parts: Vec<String> = (0..reel.len()).map(|n| reel.frame(n)).collect();
            let payload = collected(parts.iter().map(String::as_str)).expect("whole");
            assert!(payload.bytes() == bytes, "{name} {dialect:?}");
        }
    }
}
