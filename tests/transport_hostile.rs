//! Hostile light: parts that lie about counts and lengths, mixed messages, bombs, and seeded damage.

#[path = "common/alloc.rs"]
mod alloc;
#[path = "common/prng.rs"]
mod prng;

use alloc::{Used, measured};
use coldlight::transport::{
    Collector, Dialect, Kind, MAX_MESSAGE, Offered, Reel, ReelOptions, Trouble,
};
use data_encoding::{BASE32_NOPAD, HEXUPPER};
use prng::Prng;
use ur::bytewords::{Style, decode, encode};

/// What any one part may cost beyond its own size: the tables over at most 10,000 fragments from
/// which the fountain draws.
const TABLES: usize = 1024 * 1024;

/// What a part may cost for each of its characters: its decoded forms, and the row of 10,000 bits
/// that the smallest part takes.
const PER_CHARACTER: usize = 32;

fn bounded(used: Used, received: usize) {
    let limit = TABLES + PER_CHARACTER * received;
    assert!(used.peak <= limit, "{used:?} for {received} characters");
}

/// A part with these five fields, well-formed down to its checksum.
fn ur_part(head: &str, sequence: u64, count: u64, len: u64, crc: u64, data: &[u8]) -> String {
    let mut cbor = Vec::new();
    minicbor::Encoder::new(&mut cbor)
        .array(5)
        .and_then(|e| e.u64(sequence)?.u64(count)?.u64(len)?.u64(crc)?.bytes(data))
        .expect("to memory");
    format!("ur:{head}/{}", encode(&cbor, Style::Minimal))
}

fn offered(content: &[u8]) -> (Offered, Used) {
    measured(|| Collector::default().offer(content))
}

#[test]
fn parts_that_lie_about_their_counts_are_refused_before_anything_is_allocated_for_them() {
    let data = [7; 100];
    for (why, part) in [
        (
            "seqLen 2^32-1",
            ur_part("bytes/1-4294967295", 1, u32::MAX.into(), u32::MAX.into(), 1, &[7]),
        ),
        ("seqLen 2^64-1", ur_part("bytes/1-18446744073709551615", 1, u64::MAX, u64::MAX, 1, &[7])),
        ("seqLen 10,001", ur_part("bytes/1-10001", 1, 10_001, 10_001, 1, &[7])),
        ("messageLen 2^40", ur_part("bytes/1-3", 1, 3, 1 << 40, 1, &data)),
        (
            "messageLen above 16 MiB",
            ur_part("bytes/1-10000", 1, 10_000, MAX_MESSAGE as u64 + 1, 1, &[7; 1678]),
        ),
        ("seqNum 0", ur_part("bytes/0-3", 0, 3, 300, 1, &data)),
        ("seqNum 2^32", ur_part("bytes/4294967296-3", 1 << 32, 3, 300, 1, &data)),
        ("seqLen 0", ur_part("bytes/1-0", 1, 0, 300, 1, &data)),
        ("checksum above 32 bits", ur_part("bytes/1-3", 1, 3, 300, 1 << 32, &data)),
        ("no data", ur_part("bytes/1-3", 1, 3, 300, 1, &[])),
        ("too little data", ur_part("bytes/1-3", 1, 3, 301, 1, &data)),
        ("too much data", ur_part("bytes/1-3", 1, 3, 200, 1, &data)),
        ("another number in the text", ur_part("bytes/2-3", 1, 3, 300, 1, &data)),
        ("another count in the text", ur_part("bytes/1-4", 1, 3, 300, 1, &data)),
        ("a sign in the text", ur_part("bytes/+1-3", 1, 3, 300, 1, &data)),
        ("a fourth field of the text", ur_part("bytes/1-3/x", 1, 3, 300, 1, &data)),
        ("BBQr: a count in small letters", "B$HPa000AA".into()),
        ("BBQr: part 3 of 2", "B$HP0202AA".into()),
        ("Specter: 4 billion parts", "p1of4294967295 cHNi".into()),
        ("Specter: a number of 30 digits", format!("p1of{} cHNi", "9".repeat(30))),
    ] {
        let (offered, used) = offered(part.as_bytes());
        assert!(matches!(offered, Offered::Refused(_)), "{why}");
        assert!(used.peak <= 8 * 1024 + PER_CHARACTER * part.len(), "{why}: {used:?}");
    }
}

#[test]
fn the_smallest_part_of_the_largest_count_costs_little() {
    let mut collector = Collector::default();
    let part =
        |sequence| ur_part(&format!("bytes/{sequence}-10000"), sequence, 10_000, 10_000, 1, &[7]);
    for sequence in [1, 10_000, 10_001, 77_777, u64::from(u32::MAX)] {
        let text = part(sequence);
        let (offered, used) = measured(|| collector.offer(text.as_bytes()));
        assert!(matches!(offered, Offered::New), "{sequence}");
        bounded(used, text.len());
    }
    let progress = collector.progress().expect("parts are there");
    assert_eq!((progress.have, progress.need), (5, 10_000));
}

#[test]
fn parts_of_two_messages_never_make_one() {
    let message = |seed| [b"psbt\xff".to_vec(), Prng(seed).bytes(1_500)].concat();
    for (dialect, fragment) in [(Dialect::Ur, 100), (Dialect::Bbqr, 200), (Dialect::Specter, 200)] {
        let options = ReelOptions { fragment: Some(fragment) };
        let reel = |seed| Reel::new(&message(seed), Kind::Psbt, dialect, options).expect("a reel");
        let (one, other) = (reel(1), reel(2));
        let mut collector = Collector::default();
        let mut whole = None;
        for n in 0..one.len() {
            assert!(whole.is_none());
            match collector.offer(one.frame(n).as_bytes()) {
                Offered::Complete(payload) => whole = Some(payload.into_bytes()),
                Offered::New => {}
                _ => panic!("a part of the first message is taken"),
            }
            // A numbered part of the other is told from this one's by what stands in its place.
            assert!(matches!(
                collector.offer(other.frame(n).as_bytes()),
                Offered::Foreign | Offered::Known
            ));
        }
        assert!(whole == Some(message(1)), "{dialect:?}");
    }
}

#[test]
fn a_message_that_fails_its_checksum_is_said_and_started_over() {
    // Two halves of nothing that has this checksum.
    let part = |sequence| ur_part(&format!("bytes/{sequence}-2"), sequence, 2, 20, 99, &[7; 10]);
    let mut collector = Collector::default();
    assert!(matches!(collector.offer(part(1).as_bytes()), Offered::New));
    assert!(matches!(collector.offer(part(2).as_bytes()), Offered::Refused(Trouble::Checksum)));
    assert_eq!(collector.progress(), None);
    // A part that contradicts the others is of another message.
    assert!(matches!(collector.offer(part(1).as_bytes()), Offered::New));
    let liar = ur_part("bytes/1-2", 1, 2, 20, 99, &[8; 10]);
    assert!(matches!(collector.offer(liar.as_bytes()), Offered::Foreign));
}

#[test]
fn a_bomb_in_bbqr_is_stopped_at_the_limit() {
    let deflated = |zeros: usize, tail: &[u8]| {
        let mut deflate =
            flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::best());
        std::io::Write::write_all(&mut deflate, &vec![0; zeros]).expect("to memory");
        [deflate.finish().expect("to memory"), tail.to_vec()].concat()
    };
    let parts = |bytes: &[u8], file_type: char| -> Vec<String> {
        let text = BASE32_NOPAD.encode(bytes);
        let pieces = text.as_bytes().chunks(4000);
        let total = pieces.len();
        assert!(total < 36);
        let digit =
            |n: usize| char::from_digit(n as u32, 36).expect("one digit").to_ascii_uppercase();
        pieces
            .enumerate()
            .map(|(at, piece)| {
                let piece = String::from_utf8_lossy(piece);
                format!("B$Z{file_type}0{}0{}{piece}", digit(total), digit(at))
            })
            .collect()
    };
    for (zeros, tail, expected) in [
        (MAX_MESSAGE, &b""[..], None),
        (MAX_MESSAGE + 1, b"", Some(Trouble::TooLarge)),
        (4 * MAX_MESSAGE, b"", Some(Trouble::TooLarge)),
        (100, b"more", Some(Trouble::NotInflated)),
    ] {
        let parts = parts(&deflated(zeros, tail), 'T');
        let mut collector = Collector::default();
        let (last, used) = measured(|| {
            parts.iter().map(|part| collector.offer(part.as_bytes())).last().expect("a part")
        });
        match (last, expected) {
            (Offered::Complete(payload), None) => assert_eq!(payload.bytes().len(), zeros),
            (Offered::Refused(trouble), Some(expected)) => assert_eq!(trouble, expected),
            _ => panic!("{zeros} zeros"),
        }
        // Growing to 16 MiB moves the bytes once more.
        assert!(used.peak <= 3 * MAX_MESSAGE + TABLES, "{used:?}");
        assert!(used.largest <= 2 * MAX_MESSAGE + TABLES, "{used:?}");
    }
    let cut = deflated(1000, b"");
    let part = format!("B$ZT0100{}", BASE32_NOPAD.encode(&cut[..cut.len() - 1]));
    assert!(matches!(offered(part.as_bytes()).0, Offered::Refused(Trouble::NotInflated)));
}

#[test]
fn oversized_and_truncated_codes_are_refused() {
    for content in [vec![b'A'; 7_090], b"psbt\xff".repeat(4_000), b"ur:bytes/".repeat(100_000)] {
        let (offered, used) = offered(&content);
        assert!(matches!(offered, Offered::Refused(Trouble::TooLarge)));
        assert!(used.peak == 0, "{used:?}");
    }
    let reel = |dialect| {
        let bytes = [b"psbt\xff".to_vec(), Prng(3).bytes(400)].concat();
        Reel::new(&bytes, Kind::Psbt, dialect, ReelOptions { fragment: Some(104) }).expect("a reel")
    };
    let part = reel(Dialect::Ur).part(1);
    for len in 0..part.len() {
        let refused = !matches!(offered(&part.as_bytes()[..len]).0, Offered::New);
        assert!(refused, "a UR part cut to {len}");
    }
}

/// Damages a text: flips, drops, doubles, swaps in other letters of the same kind, or cuts.
fn damage(text: &[u8], prng: &mut Prng) -> Vec<u8> {
    let mut text = text.to_vec();
    for _ in 0..=prng.below(3) {
        if text.is_empty() {
            break;
        }
        let at = prng.below(text.len());
        match prng.below(7) {
            0 => text[at] = prng.next() as u8,
            1 => text[at] ^= 1 << prng.below(8),
            2 => text[at] = text[prng.below(text.len())],
            3 => drop(text.remove(at)),
            4 => text.insert(at, text[prng.below(text.len())]),
            5 => text.truncate(at),
            _ => text[at] = b"09AZaz-/$ "[prng.below(10)],
        }
    }
    text
}

/// A part whose damage is under its own checksum: the fields themselves are wrong.
fn damage_below_the_checksum(part: &str, prng: &mut Prng) -> Vec<u8> {
    let lower = part.to_ascii_lowercase();
    let (head, body) = lower.rsplit_once('/').expect("a UR");
    let mut cbor = damage(&decode(body, Style::Minimal).expect("a good part"), prng);
    if prng.chance(30) && cbor.len() > 12 {
        // Counts of all sizes in the first fields, where they are read.
        let wide =
            [0x1a, prng.next() as u8, prng.next() as u8, prng.next() as u8, prng.next() as u8];
        let small = [0x19, prng.below(0x28) as u8, prng.next() as u8];
        let at = 1 + prng.below(4);
        let field: &[u8] = if prng.chance(50) { &wide } else { &small };
        cbor.splice(at..at + 1, field.iter().copied());
    }
    // Half of the time the text names the same numbers, so that the part is looked at further.
    let named = minicbor::decode::<(u64, u64)>(&[&[0x82], cbor.get(1..).unwrap_or(&[])].concat());
    let mut fields: Vec<String> = head.split('/').map(str::to_owned).collect();
    if let (Ok((sequence, count)), true, 2) = (named, prng.chance(80), fields.len()) {
        fields[1] = format!("{sequence}-{count}");
    }
    format!("{}/{}", fields.join("/"), encode(&cbor, Style::Minimal)).into_bytes()
}

/// What a whole payload gives back when it is shown again.
fn comes_back(payload: &coldlight::transport::Payload) {
    let options = ReelOptions { fragment: Some(1000) };
    let dialect = Dialect::Ur;
    let reel = Reel::new(payload.bytes(), payload.kind(), dialect, options).expect("a reel");
    let mut collector = Collector::default();
    for n in 0..reel.len() {
        if let Offered::Complete(again) = collector.offer(reel.frame(n).as_bytes()) {
            assert!(again.bytes() == payload.bytes());
            return;
        }
    }
    panic!("what was read cannot be shown");
}

fn mutations(dialect: Dialect, count: usize, seed: u64) {
    let mut prng = Prng(seed);
    let (mut completed, mut taken) = (0, 0);
    let bytes = [b"psbt\xff".to_vec(), prng.bytes(700)].concat();
    let reels = [1000, 300, 104, 40].map(|fragment| {
        let options = ReelOptions { fragment: Some(fragment) };
        Reel::new(&bytes, Kind::Psbt, dialect, options).expect("a reel")
    });
    let mut collector = Collector::default();
    let mut received = 0;
    for round in 0..count {
        let reel = &reels[prng.below(reels.len())];
        let part = reel.part(prng.below(3 * reel.len()));
        let text = match dialect {
            Dialect::Ur if prng.chance(60) => damage_below_the_checksum(&part, &mut prng),
            _ => damage(part.as_bytes(), &mut prng),
        };
        // A camera that sees one message at a time: now and then the next.
        if round % 20 == 0 {
            collector.start_over();
            received = 0;
        }
        received += text.len();
        let (offered, used) = measured(|| collector.offer(&text));
        bounded(used, received);
        match offered {
            Offered::Complete(payload) => {
                completed += 1;
                comes_back(&payload);
                collector.start_over();
            }
            Offered::New => taken += 1,
            Offered::Known | Offered::Foreign => {}
            Offered::Refused(trouble) => assert!(trouble.to_string().ends_with('.')),
        }
        if let Some(progress) = collector.progress() {
            assert!(progress.have <= progress.need && progress.parts.0.len() == progress.need);
        }
    }
    // The damage is not so great that nothing is looked at.
    assert!(taken > count / 100, "{taken} taken, {completed} completed of {count}");
}

#[test]
fn thirty_thousand_damaged_ur_parts_stay_within_the_limits() {
    mutations(Dialect::Ur, 30_000, 1);
}

#[test]
fn twenty_thousand_damaged_bbqr_parts_stay_within_the_limits() {
    mutations(Dialect::Bbqr, 20_000, 2);
}

#[test]
fn five_thousand_damaged_specter_parts_stay_within_the_limits() {
    mutations(Dialect::Specter, 5_000, 3);
}

#[test]
fn five_thousand_damaged_hex_and_deflated_bbqr_parts_stay_within_the_limits() {
    let mut prng = Prng(4);
    let bytes = [b"psbt\xff".to_vec(), b"0123456789".repeat(40)].concat();
    let deflated = Reel::new(&bytes, Kind::Psbt, Dialect::Bbqr, ReelOptions { fragment: Some(48) })
        .expect("a reel");
    assert!(deflated.part(0).starts_with("B$ZP"));
    for _ in 0..5_000 {
        let mut collector = Collector::default();
        let spoilt = prng.below(deflated.len());
        let mut received = 0;
        for n in 0..deflated.len() {
            let part = deflated.part(n);
            let mut text = part.into_bytes();
            if n == spoilt && prng.chance(70) {
                // Below base32's own check: another letter of its alphabet.
                let at = 8 + prng.below(text.len() - 8);
                text[at] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"[prng.below(32)];
            } else if n == spoilt {
                text =
                    format!("B$HP0100{}", HEXUPPER.encode(&damage(&bytes, &mut prng))).into_bytes();
            }
            received += text.len();
            let (offered, used) = measured(|| collector.offer(&text));
            bounded(used, received);
            if let Offered::Complete(payload) = offered {
                comes_back(&payload);
            }
        }
    }
}
