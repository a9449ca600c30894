//! The camera worker as a process: started, heard, killed, started again. The frames of a folder
//! stand in for a camera; all else is as in the image.

#[path = "common/stage.rs"]
mod stage;

use coldlight::app::{Command as Asked, Event, News, Screen, Settings, Source};
use coldlight::device::camera::appliance::{Cameras, Remark, Roster, Surroundings};
use coldlight::device::camera::find::Found;
use coldlight::device::camera::report::Report;
use coldlight::device::camera::worker::protocol::{Message, ProtocolError};
use coldlight::device::camera::worker::remote::{Launch, Leash};
use coldlight::device::camera::worker::{NAME, USER};
use coldlight::device::camera::{CameraError, worker};
use coldlight::qr::{Modules, Symbol, png};
use coldlight::transport::{Dialect, Kind, Reel, ReelOptions};
use landlock::{ABI, Access, AccessFs, CompatLevel, Compatible, Ruleset, RulesetAttr};
use rustix::process::{Pid, Signal, geteuid, getpid, kill_process};
use stage::Stage;
use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::mpsc::{Receiver, sync_channel};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// Longer than anything here takes; only a test that fails waits for so long.
const PATIENCE: Duration = Duration::from_secs(60);

/// The children of this process are counted, so one test at a time has some.
fn alone() -> MutexGuard<'static, ()> {
    static ONE: Mutex<()> = Mutex::new(());
    ONE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A folder with frames, and folders like the kernel's lists. Removed at the end.
struct Scratch(PathBuf);

impl Scratch {
    /// So many frames with the code `text`.
    fn new(test: &str, text: &str, frames: usize) -> Self {
        let path = std::env::temp_dir().join(format!("coldlight-{test}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        for folder in ["frames", "class", "pci"] {
            fs::create_dir_all(path.join(folder)).unwrap();
        }
        let picture = png(&Modules::draw(text.as_bytes()).unwrap().picture(4, 4));
        let first = path.join("frames/00000.png");
        fs::write(&first, picture).unwrap();
        for n in 1..frames {
            fs::hard_link(&first, path.join(format!("frames/{n:05}.png"))).unwrap();
        }
        Self(path)
    }

    fn plug(&self, number: u32, name: &str) {
        // All at once, as the kernel does it.
        let (node, made) = (self.0.join(format!("class/video{number}")), self.0.join("made"));
        fs::create_dir_all(&made).unwrap();
        fs::write(made.join("index"), "0\n").unwrap();
        fs::write(made.join("name"), format!("{name}\n")).unwrap();
        fs::rename(made, node).unwrap();
    }

    fn unplug(&self, number: u32) {
        let away = self.0.join("away");
        fs::rename(self.0.join(format!("class/video{number}")), &away).unwrap();
        fs::remove_dir_all(away).unwrap();
    }

    fn launch(&self) -> Launch {
        Launch::rehearsal(env!("CARGO_BIN_EXE_coldlight").into(), self.0.join("frames"))
    }

    fn surroundings(&self) -> Surroundings {
        Surroundings {
            cameras: self.0.join("class"),
            pci: self.0.join("pci"),
            launch: self.launch(),
        }
    }

    fn cameras(&self) -> (Cameras, Events) {
        let (sender, events) = sync_channel(16);
        (Cameras::new(self.surroundings(), sender), Events(events))
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

struct Events(Receiver<Event>);

impl Events {
    /// Waits for what `wanted` takes out of an event.
    fn until<T>(&self, what: &str, wanted: impl Fn(Event) -> Option<T>) -> T {
        let until = Instant::now() + PATIENCE;
        loop {
            let left = until.saturating_duration_since(Instant::now());
            let event = self.0.recv_timeout(left).unwrap_or_else(|_| panic!("no {what}"));
            if let Some(found) = wanted(event) {
                return found;
            }
        }
    }

    fn code(&self) -> String {
        self.until("code", |event| match event {
            Event::Codes(symbols) => Some(symbols.first()?.text()?.to_owned()),
            _ => None,
        })
    }

    fn opened(&self) -> String {
        self.until("opened source", |event| match event {
            Event::SourceOpened(name) => Some(name),
            _ => None,
        })
    }

    fn failed(&self) -> String {
        self.until("remark", |event| match event {
            Event::SourceFailed(why) => Some(why),
            _ => None,
        })
    }

    fn home_says(&self, wanted: &str) {
        self.until(wanted, |event| match event {
            Event::Machine(News::Camera(name)) => (name == wanted).then_some(()),
            _ => None,
        });
    }
}

/// The children of this process: number, and state as in `/proc/N/stat`.
fn children() -> Vec<(i32, char)> {
    let own = getpid().as_raw_nonzero().get();
    let stat = |pid: i32| {
        let text = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
        // The name in parentheses may hold anything.
        let mut fields = text.rsplit_once(')')?.1.split_whitespace();
        let state = fields.next()?.chars().next()?;
        let parent: i32 = fields.next()?.parse().ok()?;
        (parent == own).then_some((pid, state))
    };
    let entries = fs::read_dir("/proc").unwrap().flatten();
    entries.filter_map(|entry| stat(entry.file_name().to_str()?.parse().ok()?)).collect()
}

/// The one worker that runs.
fn worker() -> i32 {
    let running: Vec<_> = children().into_iter().filter(|(_, state)| *state != 'Z').collect();
    assert_eq!(running.len(), 1, "{running:?}");
    running[0].0
}

fn kill(pid: i32) {
    kill_process(Pid::from_raw(pid).unwrap(), Signal::KILL).unwrap();
}

/// Waits until no child is left, not even as a zombie.
fn none_is_left() {
    let until = Instant::now() + PATIENCE;
    while !children().is_empty() {
        assert!(Instant::now() < until, "left behind: {:?}", children());
        sleep(Duration::from_millis(5));
    }
}

fn status(pid: i32, field: &str) -> String {
    let text = fs::read_to_string(format!("/proc/{pid}/status")).unwrap();
    let line = text.lines().find_map(|line| line.strip_prefix(field)?.strip_prefix(':'));
    line.unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn what_a_worker_sees_arrives_as_events() {
    let _alone = alone();
    let scratch = Scratch::new("worker-sees", "SEEN BY A WORKER", 12);
    scratch.plug(0, "HD Webcam");
    let (mut cameras, events) = scratch.cameras();
    cameras.open(Source::Camera);
    let (mut sights, mut codes) = (0, 0);
    let mut opened = None;
    events.until("end of the frames", |event| match event {
        Event::SourceEnded => Some(()),
        _ => None,
    });
    cameras.open(Source::Camera);
    loop {
        match events.0.recv_timeout(PATIENCE).unwrap() {
            Event::SourceOpened(name) => opened = Some(name),
            Event::Sight(sight) => {
                assert!(opened.is_some(), "the name comes before the first picture");
                assert!(sight.preview.width() <= 160 && sight.preview.height() <= 120);
                sights += 1;
            }
            Event::Codes(symbols) => {
                assert_eq!(symbols.first().and_then(Symbol::text), Some("SEEN BY A WORKER"));
                codes += 1;
            }
            Event::SourceEnded => break,
            Event::SourceFailed(why) => panic!("{why}"),
            _ => {}
        }
    }
    assert_eq!((sights, codes), (12, 12));
    assert_eq!(opened.as_deref(), Some("HD Webcam"));
    none_is_left();
}

#[test]
fn a_worker_killed_a_hundred_times_comes_back_each_time_and_leaves_no_zombie() {
    let _alone = alone();
    let scratch = Scratch::new("worker-killed", "STILL HERE", 2000);
    scratch.plug(0, "HD Webcam");
    let (mut cameras, events) = scratch.cameras();
    cameras.open(Source::Camera);
    let mut pids = BTreeSet::new();
    for times in 1..=100 {
        assert_eq!(events.code(), "STILL HERE");
        let pid = worker();
        assert!(pids.insert(pid), "a new process each time");
        kill(pid);
        assert_eq!(events.failed(), format!("The camera stopped; starting it again ({times})."));
        assert_eq!(events.opened(), "HD Webcam");
    }
    assert_eq!(events.code(), "STILL HERE");
    cameras.close();
    none_is_left();
}

#[test]
fn closing_the_eye_ends_the_worker_and_silences_it() {
    let _alone = alone();
    let scratch = Scratch::new("worker-closed", "SECRET", 2000);
    scratch.plug(0, "HD Webcam");
    let (mut cameras, events) = scratch.cameras();
    cameras.open(Source::Camera);
    let first = events.code().and_pid();
    cameras.close();
    let left: Vec<_> = events.0.try_iter().collect();
    none_is_left();
    let of_the_eye = |event: &Event| !matches!(event, Event::Machine(_));
    assert!(!events.0.try_iter().any(|event| of_the_eye(&event)), "nothing came after the close");
    drop(left);
    // Each look is another process: what the last one saw is gone with its memory.
    cameras.open(Source::Camera);
    assert_ne!(events.code().and_pid(), first);
    drop(cameras);
    none_is_left();
}

#[test]
fn what_was_scanned_stays_when_the_worker_dies_in_the_middle() {
    let _alone = alone();
    let scratch = Scratch::new("worker-parts", "OF ANOTHER SORT", 1);
    scratch.plug(0, "HD Webcam");
    let payment = coldlight::demo::unsigned();
    let options = ReelOptions { fragment: Some(40) };
    let reel = Reel::new(&payment, Kind::Psbt, Dialect::Bbqr, options).unwrap();
    for n in 0..reel.len() {
        let picture = Modules::draw(reel.part(n).as_bytes()).unwrap().picture(4, 4);
        fs::write(scratch.0.join(format!("frames/{n:05}.png")), png(&picture)).unwrap();
    }
    let (mut cameras, events) = scratch.cameras();
    let settings = Settings { demo: false, ..stage::settings() };
    let mut stage = Stage::with(settings, 80, 25);
    stage.type_keys("sp");
    assert_eq!(stage.commands, [Asked::OpenEye(Source::Camera)]);
    cameras.open(Source::Camera);
    let (mut most, mut killed) = (0, false);
    while let Screen::Scan(scan) = stage.app.screen() {
        let have = scan.progress().map_or(0, |progress| progress.have);
        assert!(have >= most, "parts were lost: {have} of {most}");
        most = have;
        if have == 3 && !killed {
            kill(worker());
            killed = true;
        }
        stage.send(events.0.recv_timeout(PATIENCE).unwrap());
    }
    assert!(killed && most > 3);
    assert_eq!(stage.commands.last(), Some(&Asked::CloseEye));
    assert!(stage.text().contains("The payment is read"), "{}", stage.text());
    cameras.close();
    none_is_left();
}

trait AndPid {
    fn and_pid(self) -> i32;
}

impl AndPid for String {
    /// The worker that this code came from.
    fn and_pid(self) -> i32 {
        worker()
    }
}

#[test]
fn pulling_the_camera_out_is_told_and_plugging_one_in_goes_on() {
    let _alone = alone();
    let scratch = Scratch::new("worker-unplugged", "PART", 2000);
    scratch.plug(0, "HD Webcam");
    let (mut cameras, events) = scratch.cameras();
    events.home_says("HD Webcam");
    cameras.open(Source::Camera);
    assert_eq!(events.opened(), "HD Webcam");
    assert_eq!(events.code(), "PART");
    scratch.unplug(0);
    kill(worker());
    assert_eq!(events.failed(), Remark::Unplugged("HD Webcam".into()).to_string());
    events.home_says("none plugged in");
    assert!(children().is_empty(), "nothing is started without a camera");
    scratch.plug(3, "Other Webcam");
    assert_eq!(events.opened(), "Other Webcam");
    assert_eq!(events.code(), "PART");
    cameras.close();
    none_is_left();
}

#[test]
fn a_camera_that_is_plugged_in_later_is_found_by_itself() {
    let _alone = alone();
    let scratch = Scratch::new("worker-later", "LATER", 2000);
    let (mut cameras, events) = scratch.cameras();
    assert_eq!(cameras.name(), "none plugged in");
    cameras.open(Source::Camera);
    assert_eq!(events.failed(), Remark::None.to_string());
    scratch.plug(0, "HD Webcam");
    assert_eq!(events.opened(), "HD Webcam");
    assert_eq!(events.code(), "LATER");
    drop(cameras);
    none_is_left();
}

#[test]
fn the_next_of_two_cameras_is_named_with_its_position() {
    let _alone = alone();
    let scratch = Scratch::new("worker-two", "TWO", 2000);
    scratch.plug(0, "Built in");
    scratch.plug(2, "HD Webcam");
    let (mut cameras, events) = scratch.cameras();
    cameras.open(Source::Camera);
    assert_eq!(events.opened(), "Built in, 1 of 2");
    cameras.next();
    assert_eq!(events.opened(), "HD Webcam, 2 of 2");
    events.home_says("HD Webcam, 2 of 2");
    cameras.next();
    assert_eq!(events.opened(), "Built in, 1 of 2");
    drop(cameras);
    none_is_left();
}

#[test]
fn the_demos_camera_needs_no_worker() {
    let _alone = alone();
    let scratch = Scratch::new("worker-demo", "UNUSED", 1);
    let (mut cameras, events) = scratch.cameras();
    cameras.open(Source::Demo);
    assert_eq!(events.opened(), "demo");
    assert!(!events.code().is_empty());
    assert!(children().is_empty());
}

#[test]
fn a_program_that_is_no_worker_is_tried_again_and_waited_for() {
    let _alone = alone();
    let scratch = Scratch::new("worker-none", "UNUSED", 1);
    scratch.plug(0, "HD Webcam");
    let none = Launch::rehearsal("/bin/true".into(), scratch.0.join("frames"));
    let (sender, events) = sync_channel(16);
    let events = Events(events);
    let mut cameras = Cameras::new(Surroundings { launch: none, ..scratch.surroundings() }, sender);
    cameras.open(Source::Camera);
    for times in 1..4 {
        assert_eq!(events.failed(), Remark::Restarting(times).to_string());
    }
    drop(cameras);
    none_is_left();
    let absent = Launch::rehearsal("/nonexistent".into(), scratch.0.join("frames"));
    let (sender, events) = sync_channel(16);
    let mut cameras =
        Cameras::new(Surroundings { launch: absent, ..scratch.surroundings() }, sender);
    cameras.open(Source::Camera);
    assert_eq!(Events(events).failed(), Remark::NotStarted(2).to_string());
    drop(cameras);
    none_is_left();
}

/// A program in the worker's place: what a shell does with `$1`, the source, and `$2`, the formats
/// to leave out.
fn impostor(scratch: &Scratch, commands: &str) -> Launch {
    let program = scratch.0.join("impostor");
    fs::write(&program, format!("#!/bin/sh\n{commands}\n")).unwrap();
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
    Launch::rehearsal(program, scratch.0.join("frames"))
}

#[test]
fn a_format_without_a_picture_is_left_out_by_the_next_worker() {
    let _alone = alone();
    let scratch = Scratch::new("worker-silent", "UNUSED", 1);
    scratch.plug(0, "HD Webcam");
    let told = scratch.0.join("told");
    // Format 2 is silent; without the first three there is none that can be read.
    let commands = format!(
        r#"echo "$2" >> {}
           case $2 in
             0) printf '\004\001\000\000\000\002' ;;
             *) printf '\003\003\000\000\000\004\000\000\005\000\000\000\000' ;;
           esac"#,
        told.display()
    );
    let launch = impostor(&scratch, &commands);
    let (sender, events) = sync_channel(16);
    let events = Events(events);
    let mut cameras = Cameras::new(Surroundings { launch, ..scratch.surroundings() }, sender);
    cameras.open(Source::Camera);
    let name = || "HD Webcam".to_owned();
    for _ in 0..2 {
        assert_eq!(events.failed(), Remark::OtherFormat(name()).to_string());
        assert_eq!(events.failed(), Remark::Unreadable(name()).to_string());
    }
    drop(cameras);
    none_is_left();
    assert!(fs::read_to_string(told).unwrap().starts_with("0\n3\n0\n3\n"));
}

#[test]
fn a_worker_that_hangs_in_the_middle_of_a_message_is_given_up() {
    let _alone = alone();
    let scratch = Scratch::new("worker-hangs", "UNUSED", 1);
    let launch = impostor(&scratch, r"printf '\002\100\000'; exec /bin/sleep 1000");
    let leash = Leash::default();
    let mut words = leash.start(&launch, 0, 0).unwrap();
    let mut asked = 0;
    let heard = words.next(|_| {
        asked += 1;
        asked < 2
    });
    assert_eq!(heard.err(), Some(ProtocolError::Pipe(std::io::ErrorKind::TimedOut)));
    leash.reap();
    none_is_left();
}

#[test]
fn a_worker_that_talks_nonsense_is_replaced() {
    let _alone = alone();
    let scratch = Scratch::new("worker-nonsense", "UNUSED", 1);
    scratch.plug(0, "HD Webcam");
    // It would go on for ever.
    let launch = impostor(&scratch, "exec /bin/cat /dev/zero");
    let (sender, events) = sync_channel(16);
    let events = Events(events);
    let mut cameras = Cameras::new(Surroundings { launch, ..scratch.surroundings() }, sender);
    cameras.open(Source::Camera);
    for times in 1..4 {
        assert_eq!(events.failed(), Remark::Restarting(times).to_string());
    }
    drop(cameras);
    none_is_left();
}

/// All messages of one worker.
fn messages(launch: &Launch) -> Vec<Message> {
    let leash = Leash::default();
    let mut words = leash.start(launch, 0, 0).unwrap();
    let mut messages = Vec::new();
    loop {
        match words.next(|_| true) {
            Ok(message) => messages.push(message),
            Err(error) => {
                assert_eq!(error, ProtocolError::Closed);
                leash.reap();
                return messages;
            }
        }
    }
}

#[test]
fn a_worker_reaches_no_file_but_its_camera() {
    let _alone = alone();
    let scratch = Scratch::new("worker-fence", "INSIDE", 1);
    let outside = Scratch::new("worker-outside", "OUTSIDE", 1);
    symlink(outside.0.join("frames/00000.png"), scratch.0.join("frames/99999.png")).unwrap();
    let seen = messages(&scratch.launch());
    let codes = |wanted: &str| {
        let holds = |symbol: &Symbol| symbol.text() == Some(wanted);
        let has = |message: &&Message| matches!(message, Message::Report(Report::Codes(codes)) if codes.iter().any(holds));
        seen.iter().filter(has).count()
    };
    let refused = seen.iter().any(|message| {
        matches!(message, Message::Report(Report::Trouble(CameraError::Picture(file, why)))
            if file == "99999.png" && why == "you may not read it")
    });
    let fenced = Ruleset::default()
        .set_compatibility(CompatLevel::HardRequirement)
        .handle_access(AccessFs::from_all(ABI::V6))
        .is_ok();
    assert_eq!(codes("INSIDE"), 1);
    // Without Landlock in the kernel a folder is played all the same, a camera never.
    assert_eq!((codes("OUTSIDE"), refused), if fenced { (0, true) } else { (1, false) });
    assert!(matches!(seen.last(), Some(Message::Report(Report::Ended))));
}

#[test]
fn a_worker_has_given_up_what_it_does_not_need() {
    let _alone = alone();
    let scratch = Scratch::new("worker-limits", "LIMITS", 2000);
    let leash = Leash::default();
    let launch = scratch.launch();
    let launch = if geteuid().is_root() { launch.as_own_user() } else { launch };
    let mut words = leash.start(&launch, 0, 0).unwrap();
    assert!(words.next(|_| true).is_ok());
    let pid = worker();
    assert_eq!(status(pid, "NoNewPrivs"), "1");
    assert_eq!(fs::read_to_string(format!("/proc/{pid}/oom_score_adj")).unwrap().trim(), "1000");
    if geteuid().is_root() {
        assert_eq!(status(pid, "CapEff"), "0000000000000000");
        assert_eq!(status(pid, "Uid"), [USER; 4].map(|user| user.to_string()).join(" "));
        assert_eq!(status(pid, "Gid"), [USER; 4].map(|group| group.to_string()).join(" "));
        assert_eq!(status(pid, "Groups"), "");
    }
    let limits = fs::read_to_string(format!("/proc/{pid}/limits")).unwrap();
    let limit = |name: &str| {
        let line = limits.lines().find_map(|line| line.strip_prefix(name));
        line.unwrap_or_default().split_whitespace().next().unwrap_or_default().to_owned()
    };
    assert_eq!(limit("Max file size"), "0");
    assert_eq!(limit("Max core file size"), "0");
    assert_eq!(limit("Max data size"), (160 << 20).to_string());
    let cmdline = fs::read(format!("/proc/{pid}/cmdline")).unwrap();
    assert!(cmdline.starts_with(NAME.as_bytes()));
    if geteuid().is_root() {
        assert_eq!(fs::read(format!("/proc/{pid}/environ")).unwrap(), b"");
        // Standard input, the pipe, standard error, and the pipe again without a buffer.
        let open = fs::read_dir(format!("/proc/{pid}/fd")).unwrap().flatten();
        let open: BTreeSet<_> = open
            .filter_map(|entry| fs::read_link(entry.path()).ok())
            .filter(|path| !path.starts_with(&scratch.0))
            .map(|path| path.to_string_lossy().split(':').next().unwrap_or_default().to_owned())
            .collect();
        assert_eq!(open, ["/dev/null", "pipe"].map(str::to_owned).into());
    }
    leash.reap();
    none_is_left();
}

#[test]
fn a_worker_that_nobody_hears_ends() {
    let _alone = alone();
    let scratch = Scratch::new("worker-unheard", "UNHEARD", 2000);
    // The signer's end of the pipe is gone before the worker writes.
    let mut child = Command::new(env!("CARGO_BIN_EXE_coldlight"))
        .arg0(NAME)
        .args(
            worker::Task {
                source: coldlight::device::camera::Source::Folder(scratch.0.join("frames")),
                skip: 0,
                user: None,
            }
            .arguments(),
        )
        .stdout(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    assert!(child.wait().unwrap().success());
}

#[test]
fn a_worker_without_a_task_does_nothing() {
    let _alone = alone();
    for arguments in [&[][..], &["7"], &["x", "0"], &["0", "0"], &["0", "0", "0"]] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_coldlight"));
        let output = command.arg0(NAME).args(arguments).output().unwrap();
        assert_eq!(output.status.code(), Some(1));
        assert!(output.stdout.is_empty() && output.stderr.is_empty());
    }
}

#[test]
fn a_camera_that_is_not_there_is_said_by_the_worker() {
    let _alone = alone();
    let output = Command::new(env!("CARGO_BIN_EXE_coldlight"))
        .arg0(NAME)
        .args(["255", "0"])
        .output()
        .unwrap();
    let said = coldlight::device::camera::worker::protocol::decode(&mut &output.stdout[..]);
    match said {
        Ok(Message::Report(Report::Trouble(error))) => assert_eq!(error, CameraError::None),
        // A kernel without the whole fence: it does not look at all.
        _ => assert_eq!((output.status.code(), output.stdout.len()), (Some(1), 0)),
    }
}

#[test]
fn a_chosen_camera_is_known_again_by_its_name() {
    let scratch = Scratch::new("roster", "UNUSED", 1);
    let mut roster = Roster::new(scratch.0.join("class"), scratch.0.join("pci"));
    assert_eq!(roster.current(), None);
    roster.next();
    for (number, name) in [(0, "A"), (2, "B"), (4, "B")] {
        scratch.plug(number, name);
    }
    let in_use = |roster: &Roster| {
        let place = roster.current().unwrap();
        (place.camera.number, place.position, place.count)
    };
    assert_eq!(in_use(&roster), (0, 1, 3));
    roster.next();
    roster.next();
    // Two of one name are told apart by their numbers.
    assert_eq!(in_use(&roster), (4, 3, 3));
    scratch.unplug(4);
    scratch.unplug(2);
    assert_eq!(in_use(&roster), (0, 1, 1));
    assert!(!roster.has(&Found { number: 4, name: "B".into() }));
    scratch.plug(6, "B");
    assert_eq!(in_use(&roster), (6, 2, 2));
    roster.next();
    assert_eq!(in_use(&roster), (0, 1, 2));
}

#[test]
fn a_computer_with_only_a_mipi_camera_is_told_to_take_a_webcam() {
    let scratch = Scratch::new("mipi", "UNUSED", 1);
    let device = |place: &str, vendor: &str, device: &str| {
        let path: &Path = &scratch.0.join("pci").join(place);
        fs::create_dir_all(path).unwrap();
        fs::write(path.join("vendor"), vendor).unwrap();
        fs::write(path.join("device"), device).unwrap();
    };
    let roster = Roster::new(scratch.0.join("class"), scratch.0.join("pci"));
    device("0000:00:00.0", "0x8086\n", "0x4641\n");
    device("0000:00:01.0", "0x10de\n", "0x465d\n");
    device("0000:00:02.0", "garbage", "\u{0}");
    assert_eq!(roster.nothing(), Remark::None);
    device("0000:00:05.0", "0x8086\n", "0x465d\n");
    assert_eq!(roster.nothing(), Remark::OnlyMipi("Intel IPU6"));
    assert_eq!(roster.label(), "none that works here (MIPI, Intel IPU6)");
    scratch.plug(0, "HD Webcam");
    assert_eq!(roster.label(), "HD Webcam");
}
