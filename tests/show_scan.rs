//! `show` writes frames, `scan` reads them: files there and back through pictures.

use coldlight::cli::exit::{CliError, Exit};
use coldlight::cli::scan::{self, ScanArgs};
use coldlight::cli::show::{self, Format, ShowArgs};
use coldlight::device::camera::{Camera, CameraError, Source};
use coldlight::qr::{Luma, Modules};
use std::collections::VecDeque;
use std::fs;
use std::path::{Path, PathBuf};

const FORMATS: [Format; 6] =
    [Format::Ur, Format::Bbqr, Format::Specter, Format::Base43, Format::Base64, Format::Hex];

/// One test's own folder below cargo's; made anew.
fn folder(test: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("show_scan").join(test);
    fs::remove_dir_all(&folder).ok();
    fs::create_dir_all(&folder).expect("a folder below target/");
    folder
}

/// A PSBT's magic and what does not deflate.
fn psbt(len: usize) -> Vec<u8> {
    let mut state = 1_u32;
    let noise = std::iter::repeat_with(|| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 24) as u8
    });
    b"psbt\xff".iter().copied().chain(noise).take(len).collect()
}

fn args(file: &Path, format: Format, frames: &Path) -> ShowArgs {
    ShowArgs {
        file: file.to_owned(),
        format,
        fragment: None,
        extra: None,
        frames: Some(frames.to_owned()),
    }
}

fn shown(args: &ShowArgs) -> Result<(), CliError> {
    show::run(args, None, &mut Vec::new(), &mut |_| panic!("frames are not played"))
}

/// What `scan` writes of this folder's frames, and what it says.
fn scanned(frames: &Path, output: Option<PathBuf>) -> (Result<Vec<u8>, CliError>, String) {
    let source = format!("dir:{}", frames.display());
    let mut camera = Source::parse(&source).and_then(|source| source.open()).expect("a folder");
    let args = ScanArgs { camera: Some(source), output, stats: true, each: false };
    let (mut out, mut notes) = (Vec::new(), Vec::new());
    let result = scan::run(&args, camera.as_mut(), &mut out, &mut notes);
    (result.map(|()| out), String::from_utf8(notes).expect("text"))
}

fn pictures(folder: &Path) -> Vec<PathBuf> {
    let mut names: Vec<_> =
        fs::read_dir(folder).expect("a folder").flatten().map(|entry| entry.path()).collect();
    names.sort();
    names
}

#[test]
fn every_format_goes_through_pictures_and_back() {
    let folder = folder("formats");
    let file = folder.join("a.psbt");
    fs::write(&file, psbt(700)).expect("written");
    for format in FORMATS {
        let frames = folder.join(format!("{format:?}"));
        shown(&args(&file, format, &frames)).expect("shown");
        let (read, notes) = scanned(&frames, None);
        assert!(read.expect("read") == psbt(700), "{format:?}");
        assert!(notes.contains("700 bytes"), "{notes}");
    }
}

#[test]
fn frames_are_numbered_one_loop_and_as_many_of_the_fountain_as_asked_for() {
    let folder = folder("extra");
    let (file, frames) = (folder.join("a.psbt"), folder.join("frames"));
    fs::write(&file, psbt(397)).expect("written");
    let asked =
        ShowArgs { fragment: Some(100), extra: Some(20), ..args(&file, Format::Ur, &frames) };
    shown(&asked).expect("shown");
    let names: Vec<_> = pictures(&frames);
    assert_eq!(names.len(), 4 + 20);
    assert!(names[0].ends_with("0001.png") && names[23].ends_with("0024.png"));
    // The fountain's parts alone are the message, too.
    for pure in &names[..4] {
        fs::remove_file(pure).expect("removed");
    }
    assert!(scanned(&frames, None).0.expect("read") == psbt(397));
    // Pictures of another run are not mixed with these.
    let error = shown(&asked).expect_err("the folder is in use");
    assert_eq!(error.exit, Exit::Usage);
}

#[test]
fn pictures_have_ten_pixels_a_module_and_a_quiet_zone_of_four() {
    let folder = folder("pixels");
    let (file, frames) = (folder.join("a.txt"), folder.join("frames"));
    fs::write(&file, "hello\n").expect("written");
    shown(&args(&file, Format::Ur, &frames)).expect("shown");
    let picture = fs::read(&pictures(&frames)[0]).expect("a picture");
    let side = u32::from_be_bytes(picture[16..20].try_into().expect("the width of a PNG"));
    assert_eq!(side % 10, 0);
    let modules = side / 10 - 8;
    assert!(modules >= 21 && modules % 4 == 1, "{modules}");
    // The newline at a text's end is not its own.
    assert!(scanned(&frames, None).0.expect("read") == b"hello");
}

#[test]
fn hex_and_base64_files_are_shown_as_what_they_hold() {
    let folder = folder("encoded");
    for (name, content) in [
        ("hex", data_encoding::HEXLOWER.encode(&psbt(60))),
        ("base64", data_encoding::BASE64.encode(&psbt(60)) + "\n"),
    ] {
        let (file, frames) = (folder.join(name), folder.join(format!("{name}-frames")));
        fs::write(&file, content).expect("written");
        shown(&args(&file, Format::Bbqr, &frames)).expect("shown");
        assert!(scanned(&frames, None).0.expect("read") == psbt(60), "{name}");
    }
}

#[test]
fn what_cannot_be_shown_is_said_with_its_limit() {
    let folder = folder("limits");
    let (file, frames) = (folder.join("a.psbt"), folder.join("frames"));
    fs::write(&file, psbt(3000)).expect("written");
    for (format, limit) in
        [(Format::Hex, "4296"), (Format::Base64, "2953"), (Format::Base43, "4296")]
    {
        let error = shown(&args(&file, format, &frames)).expect_err("too long");
        assert_eq!(error.exit, Exit::Usage);
        assert!(error.text.contains(limit), "{error}");
    }
    let wrong = [
        ShowArgs { fragment: Some(0), ..args(&file, Format::Ur, &frames) },
        ShowArgs { fragment: Some(3003), ..args(&file, Format::Ur, &frames) },
        ShowArgs { fragment: Some(9), ..args(&file, Format::Bbqr, &frames) },
        ShowArgs { fragment: Some(5000), ..args(&file, Format::Specter, &frames) },
        ShowArgs { extra: Some(1), ..args(&file, Format::Bbqr, &frames) },
        args(&folder.join("nowhere"), Format::Ur, &frames),
    ];
    for args in wrong {
        let error = shown(&args).expect_err("refused");
        assert_eq!((error.exit, error.text.ends_with('.')), (Exit::Usage, true), "{error}");
    }
    fs::write(&file, b"").expect("written");
    let error = shown(&args(&file, Format::Ur, &frames)).expect_err("empty");
    assert_eq!(error.exit, Exit::Unreadable);
    assert!(!frames.exists() || pictures(&frames).is_empty());
}

#[test]
fn without_a_folder_the_reel_is_played_and_fits_the_screen() {
    let folder = folder("played");
    let file = folder.join("a.psbt");
    fs::write(&file, psbt(700)).expect("written");
    let asked = ShowArgs { frames: None, ..args(&file, Format::Ur, &folder) };
    let played = |asked: &ShowArgs, side| {
        let mut reels = Vec::new();
        let play = &mut |reel: &coldlight::transport::Reel| {
            let drawn = Modules::draw(reel.frame(0).as_bytes()).expect("drawn");
            reels.push((reel.len(), drawn.side() + 8));
            Ok(())
        };
        show::run(asked, side, &mut Vec::new(), play).expect("played");
        reels
    };
    let [(usual, side)] = played(&asked, None)[..] else { panic!("played once") };
    assert_eq!((usual, played(&asked, Some(side))[0].0), (5, 5));
    let small = played(&asked, Some(50))[0];
    assert!(small.0 > usual && small.1 <= 50, "{small:?}");
    // What was asked for is played, fit or not.
    assert_eq!(played(&ShowArgs { fragment: Some(704), ..asked }, Some(50))[0].0, 1);
}

#[test]
fn an_existing_file_is_never_overwritten() {
    let folder = folder("output");
    let (file, frames, output) = (folder.join("a.psbt"), folder.join("f"), folder.join("out"));
    fs::write(&file, psbt(80)).expect("written");
    shown(&args(&file, Format::Ur, &frames)).expect("shown");
    assert_eq!(scanned(&frames, Some(output.clone())).0, Ok(Vec::new()));
    assert!(fs::read(&output).expect("written") == psbt(80));
    fs::write(&output, "mine").expect("written");
    let error = scanned(&frames, Some(output.clone())).0.expect_err("it exists");
    assert_eq!(error.exit, Exit::Usage);
    assert_eq!(fs::read(&output).expect("still there"), b"mine");
}

#[test]
fn a_source_that_ends_early_names_the_missing_parts() {
    for (format, fragment) in [(Format::Ur, 50), (Format::Bbqr, 104), (Format::Specter, 90)] {
        let folder = folder(&format!("early-{format:?}"));
        let (file, frames) = (folder.join("a.psbt"), folder.join("frames"));
        fs::write(&file, psbt(347)).expect("written");
        let asked = ShowArgs { fragment: Some(fragment), ..args(&file, format, &frames) };
        shown(&asked).expect("shown");
        let names = pictures(&frames);
        for gone in [1, 3, 4] {
            fs::remove_file(&names[gone]).expect("removed");
        }
        let error = scanned(&frames, None).0.expect_err("parts are missing");
        assert_eq!(error.exit, Exit::Unreadable);
        let all = names.len();
        assert!(error.text.contains(&format!("{} of {all} parts", all - 3)), "{error}");
        assert!(error.text.contains("Missing: 2, 4-5."), "{error}");
        assert!(!error.text.contains('\n'));
    }
}

/// Frames that are made up: a picture of these texts one after the other, some unreadable.
struct Made(VecDeque<Result<&'static str, CameraError>>);

impl Camera for Made {
    fn name(&self) -> &str {
        "made up"
    }

    fn next_frame(&mut self) -> Result<Option<Luma>, CameraError> {
        let draw = |text: &str| Modules::draw(text.as_bytes()).expect("drawn").picture(4, 4);
        self.0.pop_front().map(|text| text.map(draw)).transpose()
    }
}

fn scan_made(frames: &[Result<&'static str, CameraError>]) -> (Result<Vec<u8>, CliError>, String) {
    let args = ScanArgs { camera: None, output: None, stats: false, each: false };
    let (mut out, mut notes) = (Vec::new(), Vec::new());
    let result =
        scan::run(&args, &mut Made(frames.iter().cloned().collect()), &mut out, &mut notes);
    (result.map(|()| out), String::from_utf8(notes).expect("text"))
}

#[test]
fn what_is_wrong_with_a_code_is_said_once_in_a_row_and_the_scan_goes_on() {
    let torn = || CameraError::Picture("7.png".into(), "it is cut off".into());
    let (read, notes) = scan_made(&[
        Ok("ur:bytes/1of3/tuqhyl/tyq"),
        Ok("ur:bytes/1of3/tuqhyl/tyq"),
        Err(torn()),
        Ok("B$HU0200AA"),
        Ok("p1of2 abc"),
        Ok("B$HU020142"),
    ]);
    // 0xAA 0x42 is no text.
    assert_eq!(read.map_err(|error| error.exit), Err(Exit::Unreadable));
    let lines: Vec<&str> = notes.lines().collect();
    assert_eq!(lines.len(), 4, "{notes}");
    assert!(lines[0].contains("UR version 1") && lines[1].contains("7.png"));
    assert!(lines[2].contains("another message") && lines[3].contains("BBQr"));

    let (read, notes) = scan_made(&[Err(torn()), Ok("B$HU010041")]);
    assert_eq!((read, notes.lines().count()), (Ok(b"A".to_vec()), 1));
    let (read, _) = scan_made(&[Err(CameraError::Unplugged("eye".into()))]);
    assert_eq!(read.map_err(|error| error.exit), Err(Exit::Usage));
    let (read, _) = scan_made(&[]);
    assert_eq!(read.map_err(|error| error.exit), Err(Exit::Unreadable));
}

#[test]
fn each_frame_has_a_line_and_a_seed_is_withheld() {
    let seed = "vacuum bridge buddy supreme exclude milk consider tail expand wasp pattern nuclear";
    let seed_qr = "192402220235174306311124037817700641198012901210";
    // The Bitcoin wiki's example of a key in wallet import format.
    let wif = "5HueCGU8rMjxEXxiPuD5BDku4MkFqeZyd4dZ1jvhTVqvbTLvyTJ";
    let torn = CameraError::Picture("x".into(), "it is cut off".into());
    let frames =
        [Ok("HELLO"), Ok(seed), Ok(seed_qr), Ok(wif), Err(torn), Ok("123456789012345678901234")];
    let mut camera = Made(frames.into_iter().collect());
    let mut out = Vec::new();
    let numbered = std::iter::from_fn(|| camera.next_frame().transpose()).zip(1..);
    let frames = numbered.map(|(picture, n)| (format!("{n}.png"), picture));
    scan::each(frames, &mut out).expect("all lines");
    let out = String::from_utf8(out).expect("text");
    let lines: Vec<serde_json::Value> =
        out.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!(lines.len(), 6);
    for line in &lines {
        assert!(
            line["file"].as_str().is_some_and(|file| file.ends_with(".png"))
                && line["ms"].is_number(),
            "{line}"
        );
        assert_eq!(line["texts"].as_array().map(Vec::len), line["hex"].as_array().map(Vec::len));
    }
    assert_eq!(
        (&lines[0]["texts"][0], &lines[0]["hex"][0]),
        (&"HELLO".into(), &"48454c4c4f".into())
    );
    for withheld in &lines[1..4] {
        assert!(withheld["texts"][0].as_str().is_some_and(|text| text.starts_with("withheld")));
        assert!(withheld["hex"][0].is_null());
    }
    assert!(!out.contains("vacuum") && !out.contains("1924") && !out.contains("5Hue"));
    assert!(lines[4]["error"].as_str().is_some_and(|error| error.contains("cut off")));
    assert_eq!(lines[5]["texts"][0], "123456789012345678901234");
}

#[test]
fn a_seed_inside_an_envelope_is_withheld_too() {
    // The seed of BCR-2020-006's example, and BIP39's all-zero words as text in BBQr and Specter.
    const UR: &str = "UR:CRYPTO-SEED/OYADGDSTASLPLABGHYDRPFMKBGGUFGLUDPRFGMAOTPIECFFLTNLPQDENOS";
    let words = format!("{}about", "abandon ".repeat(11));
    let hex = data_encoding::HEXUPPER.encode(words.as_bytes());
    let bbqr: &'static str = format!("B$HU0100{hex}").leak();
    let specter: &'static str = format!("p1of1 {words}").leak();
    let public = "UR:BYTES/GRISIHJZJZJLCXKTJLJPJZIEHHWLKPYA"; // "hello world"
    let frames = [Ok(UR), Ok(bbqr), Ok(specter), Ok(public)];
    let mut camera = Made(frames.into_iter().collect());
    let mut out = Vec::new();
    let frames = std::iter::from_fn(|| camera.next_frame().transpose());
    scan::each(frames.map(|picture| ("1.png".into(), picture)), &mut out).expect("all lines");
    let out = String::from_utf8(out).expect("text");
    let lines: Vec<serde_json::Value> =
        out.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    for withheld in &lines[..3] {
        let text = withheld["texts"][0].as_str().expect("a code was read");
        assert!(text.starts_with("withheld"), "{withheld}");
        assert!(withheld["hex"][0].is_null());
    }
    assert_eq!(lines[3]["texts"][0], public);
}
