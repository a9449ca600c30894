//! Bad input through the built program: one clear sentence, the right exit code, no panic, and never
//! more memory than the limits allow.

use coldlight::qr::Modules;
use coldlight::transport::{Dialect, Kind, Reel, ReelOptions};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// Address space that each run may use, in KiB: far below what a count of four billion asks for.
const ADDRESS_SPACE: u32 = 2 * 1024 * 1024;

/// One test's own folder below cargo's; made anew.
fn folder(test: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("limits").join(test);
    fs::remove_dir_all(&folder).ok();
    fs::create_dir_all(&folder).expect("a folder below target/");
    folder
}

/// Writes `content` to a file of that name in the test's folder and gives its path as text.
fn file(folder: &Path, name: &str, content: impl AsRef<[u8]>) -> String {
    let path = folder.join(name);
    fs::write(&path, content).expect("a file below target/");
    path.to_str().expect("a path in UTF-8").to_owned()
}

/// Runs the program under the memory limit.
fn coldlight(args: &[&str]) -> Output {
    Command::new("sh")
        .args(["-c", "ulimit -v \"$0\"; exec \"$@\"", &ADDRESS_SPACE.to_string()])
        .arg(env!("CARGO_BIN_EXE_coldlight"))
        .args(args)
        .stdin(Stdio::null())
        .output()
        .expect("the program runs")
}

/// Runs the program, which must end with `code` and say why in one line; gives the line.
fn refused(code: i32, args: &[&str]) -> String {
    let output = coldlight(args);
    let said = String::from_utf8(output.stderr).expect("text");
    assert_eq!(output.status.code(), Some(code), "{args:?} said: {said}");
    assert_eq!(said.trim_end().lines().count(), 1, "{args:?} said more than a line: {said}");
    for trace in ["panicked", "RUST_BACKTRACE", "unwrap", "Error(", "Some(", "{ "] {
        assert!(!said.contains(trace), "{args:?} shows its insides: {said}");
    }
    assert!(said.trim_end().ends_with('.'), "{args:?} does not end its sentence: {said}");
    said
}

/// Does the line name what is wrong? Any letter case.
fn names(said: &str, what: &str) -> bool {
    said.to_lowercase().contains(&what.to_lowercase())
}

/// Draws texts as numbered PNG frames.
fn frames<'a>(folder: &Path, texts: impl IntoIterator<Item = &'a str>) -> String {
    let frames = folder.join("frames");
    fs::create_dir_all(&frames).expect("a folder below target/");
    for (number, text) in texts.into_iter().enumerate() {
        let picture = Modules::draw(text.as_bytes())
            .unwrap_or_else(|error| panic!("{error:?}"))
            .picture(6, 4);
        let out = fs::File::create(frames.join(format!("{number:04}.png"))).expect("a frame");
        let mut png = png::Encoder::new(out, picture.width(), picture.height());
        png.set_color(png::ColorType::Grayscale);
        png.write_header().and_then(|mut w| w.write_image_data(picture.data())).expect("a PNG");
    }
    format!("dir:{}", frames.display())
}

/// The texts of a message's parts.
fn parts(message: &[u8], dialect: Dialect, fragment: usize) -> Vec<String> {
    let options = ReelOptions { fragment: Some(fragment) };
    let reel = Reel::new(message, Kind::Psbt, dialect, options).expect("a reel");
    (0..reel.len()).map(|part| reel.frame(part)).collect()
}

/// A PSBT's global map from its pairs, and what follows.
fn psbt(global: &[(u8, &[u8])], rest: &[u8]) -> Vec<u8> {
    let mut bytes = b"psbt\xff".to_vec();
    for (key, value) in global {
        bytes.extend([1, *key, value.len() as u8]);
        bytes.extend(*value);
    }
    bytes.push(0);
    bytes.extend(rest);
    bytes
}

const INSPECT: [&str; 3] = ["inspect", "--network", "test"];

fn inspect<'a>(more: &[&'a str]) -> Vec<&'a str> {
    [&INSPECT[..], more].concat()
}

#[test]
fn a_file_that_is_no_psbt_is_named_so() {
    let folder = folder("no_psbt");
    let contents: [&[u8]; 5] = [b"", b"psbt", b"hello\n", b"cHNidP8=", &[0xff; 5000]];
    for (number, content) in contents.iter().enumerate() {
        let path = file(&folder, &number.to_string(), content);
        assert!(names(&refused(2, &inspect(&[&path])), "psbt"));
    }
}

#[test]
fn a_psbt_with_counts_of_four_billion_is_refused_within_the_memory_limit() {
    let folder = folder("counts");
    let four_billion: &[u8] = &[0xfe, 0xff, 0xff, 0xff, 0xff];
    let beyond: &[u8] = &[0xff; 9];
    for count in [four_billion, beyond] {
        // BIP370: global 0x02 transaction version, 0x04 and 0x05 counts, 0xfb PSBT version
        let (two, one): (&[u8], &[u8]) = (&[2, 0, 0, 0], &[1]);
        let inputs = [(2, two), (4, count), (5, one), (0xfb, two)];
        let outputs = [(2, two), (4, one), (5, count), (0xfb, two)];
        // BIP174: global 0x00, a transaction that claims so many inputs, or so many outputs
        let many_in = [two, count].concat();
        let many_out = [two, &[1], &[0; 36], &[0], &[0; 4], count].concat();
        let of_v0 = [[(0, &many_in[..])], [(0, &many_out[..])]];
        let mut cases = vec![psbt(&inputs, &[]), psbt(&outputs, &[0; 8])];
        cases.extend(of_v0.map(|global| psbt(&global, &[0; 8])));
        // a pair whose key or value claims to be that long
        cases.push([b"psbt\xff", count, &[0; 8]].concat());
        cases.push([&b"psbt\xff\x01\x00"[..], count, &[0; 8]].concat());
        for (number, case) in cases.iter().enumerate() {
            let path = file(&folder, &number.to_string(), case);
            refused(2, &inspect(&[&path]));
        }
    }
}

#[test]
fn a_file_beyond_the_limit_is_refused_by_its_size() {
    let folder = folder("size");
    let mut content = b"psbt\xff".to_vec();
    content.resize(17 * 1024 * 1024, 0);
    let path = file(&folder, "large", content);
    let said = refused(2, &inspect(&[&path]));
    assert!(names(&said, "large") || names(&said, "long") || names(&said, "MiB"), "{said}");
}

/// The smallest PSBT that keeps the rules: one input, one output, nothing said of either.
fn valid_psbt() -> Vec<u8> {
    let tx = bitcoin::Transaction {
        version: bitcoin::transaction::Version::TWO,
        lock_time: bitcoin::absolute::LockTime::ZERO,
        input: vec![bitcoin::TxIn::default()],
        output: vec![bitcoin::TxOut::NULL],
    };
    bitcoin::Psbt::from_unsigned_tx(tx).expect("unsigned").serialize()
}

/// A message that no compression shortens.
fn message(length: usize, seed: u32) -> Vec<u8> {
    let mut state = seed;
    let noise = std::iter::repeat_with(|| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 24) as u8
    });
    b"psbt\xff".iter().copied().chain(noise).take(length).collect()
}

#[test]
fn a_descriptor_with_a_wrong_checksum_is_refused_as_that() {
    let folder = folder("descriptor");
    let psbt = file(&folder, "psbt", valid_psbt());
    // BIP380's descriptor: raw(deadbeef) has the checksum 89f8spxm
    for wrong in ["raw(deadbeef)#89f8spxn", "raw(deadbeef)", "raw(deedbeef)#89f8spxm"] {
        let wallet = file(&folder, "wallet", wrong);
        let said = refused(2, &inspect(&[&psbt, "--wallet", &wallet]));
        assert!(names(&said, "checksum"), "{said}");
    }
}

#[test]
fn words_that_are_no_mnemonic_are_refused_without_being_repeated() {
    let folder = folder("mnemonic");
    let psbt = file(&folder, "psbt", valid_psbt());
    let words = ["zebra ".repeat(11), "abandon ".repeat(12), "notaword ".repeat(12)];
    for (number, words) in words.iter().enumerate() {
        let path = file(&folder, &format!("words{number}"), words);
        let said = refused(2, &inspect(&[&psbt, "--mnemonic-file", &path]));
        let word = words.split(' ').next().expect("a word");
        assert!(!names(&said, word), "the words are a secret: {said}");
    }
}

#[test]
fn what_cannot_be_opened_is_an_error_of_use_not_of_content() {
    let folder = folder("missing");
    let nowhere = folder.join("nowhere").display().to_string();
    refused(1, &inspect(&[&nowhere]));
    refused(1, &["scan", "--camera", &format!("dir:{nowhere}")]);
    assert_eq!(coldlight(&["inspect"]).status.code(), Some(1), "usage");
    assert_eq!(coldlight(&["no-such-command"]).status.code(), Some(1), "usage");
    assert_eq!(coldlight(&inspect(&[&nowhere, "--network", "moon"])).status.code(), Some(1));
}

#[test]
fn a_scan_that_ends_early_names_the_missing_parts_in_every_dialect() {
    for (dialect, fragment) in [(Dialect::Ur, 50), (Dialect::Bbqr, 100), (Dialect::Specter, 80)] {
        let folder = folder(&format!("early_{dialect:?}"));
        let parts = parts(&message(300, 7), dialect, fragment);
        assert!(parts.len() > 3, "{dialect:?}");
        let all_but_two = parts.iter().enumerate().filter(|(at, _)| ![1, 2].contains(at));
        let source = frames(&folder, all_but_two.map(|(_, part)| part.as_str()));
        let said = refused(2, &["scan", "--camera", &source]);
        // from 1, as the senders count
        assert!(said.contains('2') && said.contains('3'), "{dialect:?}: {said}");
    }
}

#[test]
fn parts_of_two_messages_are_never_put_together() {
    for (dialect, fragment) in [(Dialect::Ur, 50), (Dialect::Bbqr, 100)] {
        let folder = folder(&format!("mixed_{dialect:?}"));
        let one = parts(&message(300, 1), dialect, fragment);
        // BBQr's parts carry nothing of their message but its kind and their count: another count
        let other = parts(&message(400, 2), dialect, fragment);
        let mixed = one[..2].iter().chain(&other[2..]).map(String::as_str);
        let source = frames(&folder, mixed);
        let said = refused(2, &["scan", "--camera", &source]);
        assert!(names(&said, "other") || names(&said, "missing"), "{dialect:?}: {said}");
    }
}

#[test]
fn hostile_parts_end_in_a_sentence_within_the_memory_limit() {
    let hostile = [
        // BBQr: 1,295 parts of which one is shown; a part beyond the total; an unknown encoding
        "B$HPZZ00AABB",
        "B$HP0205AABB",
        "B$9P0100AABB",
        // Specter: none of none, beyond the total, a total of a billion
        "p0of0 cHNidP8=",
        "p9of2 cHNidP8=",
        "p1of999999999 cHNidP8=",
        // UR: no such body, a first generation code, a type that is no PSBT
        "UR:CRYPTO-PSBT/1-4294967295/AEAEAEAE",
        "UR:CRYPTO-PSBT/0-2/AEAEAEAE",
        "UR:BYTES/1OF3/TYQ3WFHS/TYPQ",
        "UR:CRYPTO-SEED/OYADGDAA",
    ];
    for (number, text) in hostile.iter().enumerate() {
        let folder = folder(&format!("hostile_{number}"));
        let source = frames(&folder, [*text]);
        refused(2, &["scan", "--camera", &source]);
    }
}

#[test]
fn a_bbqr_that_inflates_without_end_is_stopped() {
    let folder = folder("inflate");
    let mut deflate = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::best());
    for _ in 0..64 {
        std::io::Write::write_all(&mut deflate, &[0; 1 << 20]).expect("into memory");
    }
    let bomb = deflate.finish().expect("into memory");
    let text = base32(&bomb);
    let size = 4_000;
    let total = text.len().div_ceil(size);
    let digits = |n: usize| [n / 36, n % 36].map(|d| b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"[d]);
    let parts: Vec<String> = text
        .as_bytes()
        .chunks(size)
        .enumerate()
        .map(|(at, piece)| {
            let header = [&b"B$ZP"[..], &digits(total), &digits(at), piece].concat();
            String::from_utf8(header).expect("ASCII")
        })
        .collect();
    let source = frames(&folder, parts.iter().map(String::as_str));
    refused(2, &["scan", "--camera", &source]);
}

/// RFC 4648 base32 without padding.
fn base32(bytes: &[u8]) -> String {
    let bits = |at: usize| bytes.get(at / 8).map_or(0, |byte| byte >> (7 - at % 8) & 1);
    (0..(bytes.len() * 8).div_ceil(5))
        .map(|place| (0..5).fold(0, |digit, bit| digit << 1 | bits(place * 5 + bit)))
        .map(|digit| b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"[digit as usize] as char)
        .collect()
}

#[test]
fn pictures_that_are_none_are_passed_over_with_a_sentence() {
    let folder = folder("pictures");
    let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";
    // 2,147,483,647 pixels wide and high, 8-bit grey
    let huge = [&png[..], &[0x7f, 255, 255, 255, 0x7f, 255, 255, 255, 8, 0, 0, 0, 0]].concat();
    let broken: [(&str, &[u8]); 4] =
        [("empty.png", b""), ("cut.png", png), ("huge.png", &huge), ("cut.jpg", b"\xff\xd8\xff")];
    for (name, content) in broken {
        fs::remove_dir_all(folder.join("frames")).ok();
        fs::create_dir_all(folder.join("frames")).expect("a folder below target/");
        file(&folder.join("frames"), name, content);
        let source = format!("dir:{}", folder.join("frames").display());
        let output = coldlight(&["scan", "--camera", &source]);
        let said = String::from_utf8(output.stderr).expect("text");
        assert!(matches!(output.status.code(), Some(1 | 2)), "{name}: {said}");
        assert!(!said.is_empty() && !said.contains("panicked"), "{name}: {said}");
    }
}
