//! The pipe from the camera worker: what is written comes back, and what is hostile is refused
//! before memory is taken for it.

#[path = "common/alloc.rs"]
mod alloc;
#[path = "common/prng.rs"]
mod prng;

use alloc::measured;
use coldlight::device::camera::CameraError;
use coldlight::device::camera::measure::{Light, PREVIEW_HEIGHT, PREVIEW_WIDTH, Stats};
use coldlight::device::camera::report::Report;
use coldlight::device::camera::worker::protocol::{
    MAX_SYMBOLS, MAX_TEXT, Message, ProtocolError, decode, encode,
};
use coldlight::qr::{Luma, Symbol};
use coldlight::transport::MAX_SYMBOL;
use prng::Prng;
use std::io::{self, Read};

/// What one message may cost beyond its own length: the list of its codes, its texts.
const OVERHEAD: usize = 4096;

/// The longest message, in bytes.
const LONGEST: usize = 5 + 1 + MAX_SYMBOLS * (2 + MAX_SYMBOL);

fn preview(prng: &mut Prng) -> Message {
    let (width, height) = (1 + prng.below(160) as u32, 1 + prng.below(120) as u32);
    let pixels = prng.bytes((width * height) as usize);
    let share = |prng: &mut Prng| prng.below(1001) as f32 / 1000.0;
    let stats = Stats {
        frames_per_second: prng.below(1001) as f32,
        read_share: share(prng),
        light: Light {
            brightness: prng.next() as u8,
            sharpness: prng.chance(50).then(|| share(prng)),
        },
        marks: prng.below(65_536),
        module: prng.chance(50).then(|| 10.0 * share(prng)),
    };
    let picture = Luma::new(width, height, pixels).unwrap();
    Message::Report(Report::Preview { picture, stats })
}

fn codes(prng: &mut Prng) -> Message {
    let count = prng.below(4);
    let symbol = |prng: &mut Prng| {
        let len = prng.below(300);
        Symbol::new(prng.bytes(len))
    };
    Message::Report(Report::Codes((0..count).map(|_| symbol(prng)).collect()))
}

fn errors() -> Vec<CameraError> {
    let name = || "HD Kamera Größe 5".to_owned();
    vec![
        CameraError::None,
        CameraError::Source(name()),
        CameraError::Busy(name()),
        CameraError::Permission(name()),
        CameraError::Format(name()),
        CameraError::Unplugged(name()),
        CameraError::Stalled(name()),
        CameraError::Folder(name(), "it does not exist".into()),
        CameraError::NoPictures(name()),
        CameraError::Picture(name(), "it is damaged".into()),
    ]
}

fn message(prng: &mut Prng) -> Message {
    match prng.below(5) {
        0 => preview(prng),
        1 | 2 => codes(prng),
        3 => {
            let errors = errors();
            let at = prng.below(errors.len());
            Message::Report(Report::Trouble(errors.into_iter().nth(at).unwrap()))
        }
        _ if prng.chance(50) => Message::Silent(prng.next() as u8),
        _ => Message::Report(Report::Ended),
    }
}

/// Nothing of a message is lost or changed.
fn assert_same(one: &Message, other: &Message) {
    match (one, other) {
        (
            Message::Report(Report::Preview { picture, stats }),
            Message::Report(Report::Preview { picture: again, stats: stats_again }),
        ) => {
            assert_eq!((picture.width(), picture.height()), (again.width(), again.height()));
            assert!(picture.data() == again.data());
            assert_eq!(stats, stats_again);
        }
        (Message::Report(Report::Codes(codes)), Message::Report(Report::Codes(again))) => {
            assert!(codes.iter().map(Symbol::bytes).eq(again.iter().map(Symbol::bytes)));
        }
        (Message::Report(Report::Trouble(error)), Message::Report(Report::Trouble(again))) => {
            assert_eq!(error, again);
        }
        (Message::Silent(format), Message::Silent(again)) => assert_eq!(format, again),
        (Message::Report(Report::Ended), Message::Report(Report::Ended)) => {}
        _ => panic!("another kind came back"),
    }
}

/// Reads messages until the first error, within the memory that the bytes read allow.
fn read_all(mut bytes: &[u8]) -> (usize, ProtocolError) {
    let mut count = 0;
    loop {
        let before = bytes.len();
        let (message, used) = measured(|| decode(&mut bytes));
        // What is not there yet may be waited for in memory, but no more than the longest message.
        let given = before - bytes.len();
        assert!(used.peak <= LONGEST + OVERHEAD + 2 * given, "{used:?} for {given} bytes");
        match message {
            Ok(message) => {
                assert!(used.peak <= OVERHEAD + 3 * given, "{used:?} for {given} bytes");
                // What was taken is what an honest worker writes, and is written the same again.
                assert_same(&message, &decode(&mut &encode(&message)[..]).unwrap());
                count += 1;
            }
            Err(error) => return (count, error),
        }
    }
}

/// Gives one byte at a time, as a pipe may.
struct Drip<'a>(&'a [u8]);

impl Read for Drip<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let len = self.0.len().min(buffer.len()).min(1);
        self.0.read(&mut buffer[..len])
    }
}

#[test]
fn every_message_comes_back_as_it_was_written() {
    let mut prng = Prng(1);
    let mut messages: Vec<_> = (0..400).map(|_| message(&mut prng)).collect();
    messages.extend(errors().into_iter().map(|e| Message::Report(Report::Trouble(e))));
    let stream: Vec<u8> = messages.iter().flat_map(|message| encode(message).to_vec()).collect();
    let (mut whole, mut drip) = (&stream[..], Drip(&stream));
    for message in &messages {
        assert_same(message, &decode(&mut whole).unwrap());
        assert_same(message, &decode(&mut drip).unwrap());
    }
    assert_eq!(decode(&mut whole).err(), Some(ProtocolError::Closed));
}

#[test]
fn a_message_is_written_into_memory_of_its_size_at_once() {
    // A buffer that grew would have left parts of a seed behind.
    let mut prng = Prng(2);
    for _ in 0..200 {
        let message = message(&mut prng);
        let (bytes, used) = measured(|| encode(&message));
        assert!(used.peak == used.largest && bytes.len() <= used.largest, "{used:?}");
    }
}

#[test]
fn a_stream_cut_at_any_byte_is_told_from_one_that_ended() {
    let mut prng = Prng(3);
    let messages = [codes(&mut prng), Message::Silent(3), message(&mut prng)];
    let trouble = Message::Report(Report::Trouble(CameraError::Picture("a".into(), "b".into())));
    let mut ends = vec![0];
    let mut stream = Vec::new();
    for message in messages.iter().chain([&trouble]) {
        stream.extend_from_slice(&encode(message));
        ends.push(stream.len());
    }
    for len in 0..=stream.len() {
        let (count, error) = read_all(&stream[..len]);
        match ends.iter().position(|end| *end == len) {
            Some(whole) => assert_eq!((count, error), (whole, ProtocolError::Closed)),
            None => assert_eq!(error, ProtocolError::Cut, "{len}"),
        }
    }
}

#[test]
fn what_is_too_long_is_cut_by_the_writer_and_not_taken_by_the_reader() {
    let text = "ä\u{1b}".repeat(MAX_TEXT);
    let error = CameraError::Picture(text.clone(), text);
    let written = encode(&Message::Report(Report::Trouble(error)));
    let Ok(Message::Report(Report::Trouble(CameraError::Picture(file, why)))) =
        decode(&mut &written[..])
    else {
        panic!("a cut text is a text");
    };
    assert!(!file.is_empty() && file.len() <= MAX_TEXT && file == why);
    assert!(file.chars().all(|c| c == 'ä'));

    let symbols = (0..100).map(|n| Symbol::new(vec![n; MAX_SYMBOL])).collect();
    let written = encode(&Message::Report(Report::Codes(symbols)));
    assert_eq!(written.len(), LONGEST);
    let Ok(Message::Report(Report::Codes(symbols))) = decode(&mut &written[..]) else {
        panic!("the first codes of many are codes");
    };
    assert_eq!(symbols.len(), MAX_SYMBOLS);
    let one_too_long = Report::Codes(vec![Symbol::new(vec![0; MAX_SYMBOL + 1])]);
    let written = encode(&Message::Report(one_too_long));
    assert!(matches!(decode(&mut &written[..]),
        Ok(Message::Report(Report::Codes(symbols))) if symbols.is_empty()));
}

#[test]
fn numbers_that_a_camera_makes_impossible_still_cross() {
    let picture = || Luma::new(PREVIEW_WIDTH, PREVIEW_HEIGHT, vec![9; 160 * 120]).unwrap();
    for number in [f32::NAN, f32::INFINITY, f32::NEG_INFINITY, -1.0, 1e30] {
        let stats = Stats {
            frames_per_second: number,
            read_share: number,
            light: Light { brightness: 1, sharpness: Some(number) },
            marks: usize::MAX,
            module: Some(number),
        };
        let written = encode(&Message::Report(Report::Preview { picture: picture(), stats }));
        let read = decode(&mut &written[..]);
        assert!(matches!(read, Ok(Message::Report(Report::Preview { stats, .. }))
            if (0.0..=1.0).contains(&stats.read_share)));
    }
}

#[test]
fn lengths_and_kinds_that_do_not_exist_are_refused_before_memory_is_taken() {
    let lies = [
        (0, 0, ProtocolError::Kind(0)),
        (6, 0, ProtocolError::Kind(6)),
        (255, u32::MAX, ProtocolError::Kind(255)),
        (1, 160 * 120 + 24, ProtocolError::Length(1, 160 * 120 + 24)),
        (2, u32::MAX, ProtocolError::Length(2, u32::MAX)),
        (2, LONGEST as u32 - 4, ProtocolError::Length(2, LONGEST as u32 - 4)),
        (3, 1 << 31, ProtocolError::Length(3, 1 << 31)),
        (4, 2, ProtocolError::Length(4, 2)),
        (5, 1, ProtocolError::Length(5, 1)),
    ];
    for (kind, len, expected) in lies {
        let bytes = [&[kind][..], &len.to_le_bytes(), &[0; 64]].concat();
        let (read, used) = measured(|| decode(&mut &bytes[..]).err());
        assert_eq!(read, Some(expected));
        assert_eq!(used.peak, 0, "{expected:?}");
    }
}

#[test]
fn contents_that_no_honest_worker_writes_are_refused() {
    let message = |kind: u8, rest: &[u8]| {
        let bytes = [&[kind][..], &(rest.len() as u32).to_le_bytes(), rest].concat();
        decode(&mut &bytes[..]).err()
    };
    let stats =
        |sides: [u8; 2], rate: f32| [&sides[..], &rate.to_le_bytes(), &[0; 17], &[7; 6]].concat();
    assert_eq!(message(1, &stats([2, 3], 30.0)), None);
    for (kind, rest) in [
        (1, stats([2, 2], 30.0)),       // a pixel too many
        (1, stats([2, 4], 30.0)),       // too few
        (1, stats([0, 3], 30.0)),       // no width
        (1, stats([161, 3], 30.0)),     // too wide
        (1, stats([2, 121], 30.0)),     // too high
        (1, stats([2, 3], f32::NAN)),   // no number
        (1, stats([2, 3], -1.0)),       // no rate
        (1, vec![]),                    // nothing
        (2, vec![]),                    // no count
        (2, vec![33]),                  // too many codes
        (2, vec![1, 1, 0]),             // a code that is not there
        (2, vec![1, 0xb2, 0x1b]),       // a code that is too long
        (2, vec![0, 0]),                // more than the codes
        (3, vec![5]),                   // no name
        (3, vec![10, 0, 0]),            // no such trouble
        (3, vec![0, 1, b'a', 0]),       // a name too many
        (3, vec![5, 1, b'a', 1, b'b']), // a reason too many
        (3, vec![5, 1, 0xff, 0]),       // no UTF-8
        (3, vec![5, 1, 0x1b, 0]),       // an escape sequence
        (4, vec![]),                    // no number
    ] {
        assert_eq!(message(kind, &rest), Some(ProtocolError::Content(kind)), "{kind} {rest:?}");
    }
    let long = [vec![5, 201], vec![b'a'; 201], vec![0]].concat();
    assert_eq!(message(3, &long), Some(ProtocolError::Content(3)));
}

#[test]
fn a_million_streams_of_noise_stay_within_the_limits() {
    let mut prng = Prng(4);
    let mut taken = 0;
    for _ in 0..1_000_000 {
        let len = prng.below(80);
        let mut bytes = prng.bytes(len);
        // Half of them get past the header.
        if prng.chance(50) && bytes.len() >= 5 {
            bytes[0] = 1 + prng.below(5) as u8;
            let len = match prng.below(3) {
                0 => bytes.len() as u32 - 5,
                1 => prng.below(64) as u32,
                _ => prng.next() as u32 >> prng.below(32),
            };
            bytes[1..5].copy_from_slice(&len.to_le_bytes());
        }
        taken += read_all(&bytes).0;
    }
    assert!(taken > 1000, "only {taken} messages were looked at");
}

#[test]
fn two_hundred_thousand_damaged_streams_stay_within_the_limits() {
    let mut prng = Prng(5);
    let mut taken = 0;
    for _ in 0..200_000 {
        let mut stream = Vec::new();
        for _ in 0..=prng.below(3) {
            stream.extend_from_slice(&encode(&message(&mut prng)));
        }
        for _ in 0..=prng.below(4) {
            // Most damage where it tells: in the first bytes.
            let reach = if prng.chance(70) { stream.len().min(40) } else { stream.len() };
            let at = prng.below(reach.max(1));
            match prng.below(5) {
                _ if stream.len() <= at => {}
                0 => stream[at] = prng.next() as u8,
                1 => stream[at] ^= 1 << prng.below(8),
                2 => drop(stream.remove(at)),
                3 => stream.insert(at, prng.next() as u8),
                _ => stream.truncate(at),
            }
        }
        taken += read_all(&stream).0;
    }
    assert!(taken > 10_000, "only {taken} messages were looked at");
}

#[test]
fn every_protocol_error_is_one_sentence() {
    let errors = [
        ProtocolError::Closed,
        ProtocolError::Cut,
        ProtocolError::Kind(9),
        ProtocolError::Length(2, 1 << 31),
        ProtocolError::Content(1),
        ProtocolError::Pipe(io::ErrorKind::TimedOut),
    ];
    let texts: std::collections::BTreeSet<_> = errors.iter().map(ToString::to_string).collect();
    assert_eq!(texts.len(), errors.len());
    assert!(texts.iter().all(|text| text.starts_with("The camera worker") && text.ends_with('.')));
}
