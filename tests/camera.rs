//! Cameras: the folder of frames, the list of webcams, the pipeline from frame to code.

use coldlight::device::camera::{
    Camera, CameraError, Eye, Folder, Looked, Sight, Source, eye, find, measure,
};
use coldlight::qr::{Luma, Modules, png};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, mpsc};
use std::time::Duration;

/// A folder of its own for each test, removed at the end.
struct Scratch(PathBuf);

impl Scratch {
    fn new(test: &str) -> Self {
        let path = std::env::temp_dir().join(format!("coldlight-{test}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn write(&self, name: &str, bytes: &[u8]) {
        let path = self.0.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    fn code(&self, name: &str, content: &[u8]) {
        self.write(name, &png(&Modules::draw(content).unwrap().picture(4, 4)));
    }

    fn open(&self) -> Box<dyn Camera> {
        Source::Folder(self.0.clone()).open().unwrap()
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn texts(looked: &Looked) -> Vec<&str> {
    looked.symbols.iter().map(|symbol| symbol.text().unwrap()).collect()
}

/// Hands over each sight, up to the last. (An eye waits when too many are held.)
fn watch(camera: Box<dyn Camera>, mut each: impl FnMut(Sight)) {
    let (to, sights) = mpsc::channel();
    let _eye = Eye::open(camera, move |sight| to.send(sight).is_ok()).unwrap();
    loop {
        match sights.recv_timeout(Duration::from_secs(120)).expect("the eye says `Ended`") {
            Sight::Ended => return,
            sight => each(sight),
        }
    }
}

#[test]
fn a_folder_gives_its_frames_in_name_order() {
    let scratch = Scratch::new("order");
    for name in ["frame10.png", "frame02.PNG", "b.png", "a.png"] {
        scratch.code(name, name.as_bytes());
    }
    scratch.write("notes.txt", b"no picture");
    let seen: Vec<_> = eye::looks(scratch.open())
        .map(|looked| {
            let looked = looked.unwrap();
            assert_eq!(texts(&looked), [looked.file.as_deref().unwrap()]);
            looked.file.clone().unwrap()
        })
        .collect();
    assert_eq!(seen, ["a.png", "b.png", "frame02.PNG", "frame10.png"]);
}

#[test]
fn one_bad_file_is_reported_and_left_out() {
    let scratch = Scratch::new("bad");
    scratch.code("1.png", b"ONE");
    scratch.write("2.png", b"no picture");
    scratch.write("3.jpg/inside.txt", b"a folder that is called like a picture");
    scratch.code("4.png", b"FOUR");
    let seen: Vec<_> = eye::looks(scratch.open())
        .map(|looked| match looked {
            Ok(looked) => texts(&looked).join(","),
            Err(error) => {
                assert!(!error.is_final());
                error.to_string()
            }
        })
        .collect();
    assert_eq!(seen[0], "ONE");
    assert_eq!(
        seen[1],
        "The picture 2.png cannot be read: it is neither PNG nor JPEG. It is left out."
    );
    assert!(seen[2].contains("3.jpg") && seen[2].contains("it is not a file"), "{}", seen[2]);
    assert_eq!(seen[3], "FOUR");
    assert_eq!(seen.len(), 4);
}

#[test]
fn a_folder_that_is_missing_or_empty_is_named() {
    let scratch = Scratch::new("empty");
    let empty = Folder::open(&scratch.0).err().unwrap();
    assert_eq!(empty, CameraError::NoPictures(scratch.0.display().to_string()));
    let missing = Folder::open(&scratch.0.join("missing")).err().unwrap();
    assert!(missing.to_string().contains("it does not exist"), "{missing}");
    scratch.write("file", b"");
    let file = Folder::open(&scratch.0.join("file")).err().unwrap();
    assert!(file.to_string().contains("it is not a folder"), "{file}");
}

#[test]
fn the_eye_looks_at_every_frame_of_a_folder_in_order() {
    let scratch = Scratch::new("eye");
    let names: Vec<String> = (0..40).map(|n| format!("{n:03}.png")).collect();
    for name in &names {
        scratch.code(name, name.as_bytes());
    }
    scratch.write("017.png", b"broken");
    let mut order = Vec::new();
    let mut previews = 0;
    watch(scratch.open(), |sight| match sight {
        Sight::Looked(looked) => order.push(texts(&looked).join(",")),
        Sight::Trouble(CameraError::Picture(file, _)) => order.push(format!("{file} broken")),
        Sight::Trouble(error) => panic!("{error}"),
        Sight::Preview(shown) => {
            previews += 1;
            assert!(shown.picture.width() <= measure::PREVIEW_WIDTH);
            assert!(shown.picture.height() <= measure::PREVIEW_HEIGHT);
            assert!((0.0..=1.0).contains(&shown.stats.read_share));
            assert_eq!(shown.stats.light.brightness, 255);
        }
        Sight::Ended => unreachable!("the last sight is not handed over"),
    });
    let mut expected = names;
    expected[17] += " broken";
    assert_eq!(order, expected);
    assert_eq!(previews, 39);
}

/// A camera that never ends, like a webcam.
struct Endless(Vec<u8>, u32);

impl Camera for Endless {
    fn name(&self) -> &str {
        "endless"
    }

    fn next_frame(&mut self) -> Result<Option<Luma>, CameraError> {
        Ok(Luma::new(self.1, self.1, self.0.clone()))
    }
}

fn endless() -> Box<Endless> {
    let picture = Modules::draw(b"ENDLESS").unwrap().picture(4, 4);
    Box::new(Endless(picture.data().to_vec(), picture.width()))
}

#[test]
fn dropping_the_eye_ends_its_threads() {
    let (to, sights) = mpsc::channel();
    let eye = Eye::open(endless(), move |sight| to.send(sight).is_ok()).unwrap();
    assert_eq!(eye.name(), "endless");
    let read = sights.iter().any(|sight| match sight {
        Sight::Looked(looked) => texts(&looked) == ["ENDLESS"],
        _ => false,
    });
    assert!(read);
    drop(eye);
    // The threads owned the senders: the channel ends only when they have.
    assert!(sights.iter().all(|sight| !matches!(sight, Sight::Ended)));
}

#[test]
fn an_eye_that_nobody_listens_to_closes() {
    let told = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&told);
    let _eye = Eye::open(endless(), move |_| {
        count.fetch_add(1, Ordering::SeqCst);
        false
    })
    .unwrap();
    while told.load(Ordering::SeqCst) == 0 {
        std::thread::sleep(Duration::from_millis(5));
    }
    std::thread::sleep(Duration::from_millis(200));
    // Each thread may have been about to tell one.
    assert!(told.load(Ordering::SeqCst) <= 5);
}

#[test]
fn a_receiver_that_is_stuck_is_not_buried_in_sights() {
    let (to, sights) = mpsc::channel();
    let eye = Eye::open(endless(), move |sight| to.send(sight).is_ok()).unwrap();
    let mut held = vec![sights.recv().unwrap()];
    std::thread::sleep(Duration::from_millis(300));
    held.extend(sights.try_iter());
    assert!(held.len() < 80, "{} sights", held.len());
    held.clear();
    assert!(sights.recv_timeout(Duration::from_secs(60)).is_ok(), "it goes on when they are heard");
    drop(eye);
}

/// A camera that gives out after some frames.
struct Failing(u32);

impl Camera for Failing {
    fn name(&self) -> &str {
        "failing"
    }

    fn next_frame(&mut self) -> Result<Option<Luma>, CameraError> {
        self.0 += 1;
        match self.0 {
            1 | 3 => Ok(Luma::new(40, 40, vec![200; 1600])),
            2 => Err(CameraError::Stalled("failing".into())),
            4 => Err(CameraError::Unplugged("failing".into())),
            _ => panic!("asked again after a final error"),
        }
    }
}

#[test]
fn a_silent_camera_is_waited_for_and_an_unplugged_one_ends_the_eye() {
    let mut troubles = Vec::new();
    watch(Box::new(Failing(0)), |sight| {
        if let Sight::Trouble(error) = sight {
            troubles.push(error);
        }
    });
    let name = || "failing".to_owned();
    assert_eq!(troubles, [CameraError::Stalled(name()), CameraError::Unplugged(name())]);
    assert_eq!(eye::looks(Box::new(Failing(0))).count(), 4);
}

#[test]
fn cameras_are_listed_without_their_metadata_nodes() {
    let scratch = Scratch::new("sysfs");
    let nodes = [
        ("video10", "0", "Zweite\u{1b}[31m\u{202e} Kamera®\u{6f22}"),
        ("video0", "0", "HD Webcam C525"),
        ("video1", "1", "HD Webcam C525"),
        ("v4l-subdev0", "0", "sensor"),
        ("videoX", "0", "no number"),
    ];
    for (node, index, name) in nodes {
        scratch.write(&format!("{node}/index"), format!("{index}\n").as_bytes());
        scratch.write(&format!("{node}/name"), format!("{name}\n").as_bytes());
    }
    fs::create_dir(scratch.0.join("video7")).unwrap();
    let found: Vec<_> =
        find::cameras_in(&scratch.0).into_iter().map(|c| (c.number, c.name)).collect();
    let expected = [(0, "HD Webcam C525"), (10, "Zweite?[31m? Kamera®?")];
    assert_eq!(found, expected.map(|(n, name)| (n, name.to_owned())));
    assert!(find::cameras_in(Path::new("/nonexistent")).is_empty());
}

#[test]
fn sources_are_told_apart() {
    assert_eq!(Source::parse("/dev/video3"), Ok(Source::Webcam(3)));
    assert_eq!(Source::parse("dir:a b/c"), Ok(Source::Folder("a b/c".into())));
    for wrong in ["", "video3", "/dev/null", "/dev/videoX", "/dev/video-1", "/dev/video99999999999"]
    {
        assert_eq!(Source::parse(wrong), Err(CameraError::Source(wrong.into())));
    }
}

#[test]
fn every_camera_error_says_what_happened_and_what_to_do() {
    let name = || "Cam".to_owned();
    let errors = [
        CameraError::None,
        CameraError::Source(name()),
        CameraError::Busy(name()),
        CameraError::Permission("/dev/video0".into()),
        CameraError::Format(name()),
        CameraError::Unplugged(name()),
        CameraError::Stalled(name()),
        CameraError::Folder(name(), "it does not exist".into()),
        CameraError::NoPictures(name()),
        CameraError::Picture(name(), "it is damaged".into()),
    ];
    let mut texts: Vec<_> = errors.iter().map(ToString::to_string).collect();
    for text in &texts {
        assert!(text.ends_with('.') && text.matches(". ").count() == 1, "{text}");
    }
    assert!(texts[3].contains("group `video`"));
    texts.dedup();
    assert_eq!(texts.len(), errors.len());
}
