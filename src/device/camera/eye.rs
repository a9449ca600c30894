//! From camera to codes: a thread that takes pictures and threads that read them.
//!
//! A webcam's pictures are read newest first and older ones are dropped, so that the screen is
//! never behind; a folder's are all read, in order.

use super::measure::{self, Light, Stats};
use super::slot::{Slot, Taken};
use super::{Camera, CameraError};
use crate::qr::{Luma, Symbol, look};
use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// What the eye tells.
pub enum Sight {
    /// A new picture, made small, and how it goes.
    Preview(Shown),
    /// A picture was looked at.
    Looked(Looked),
    /// Something is wrong; after [`CameraError::is_final`] only `Ended` follows.
    Trouble(CameraError),
    /// The source has ended. The last sight.
    Ended,
}

/// A small picture for the screen.
pub struct Shown {
    /// At most 160 x 120 pixels.
    pub picture: Luma,
    /// The last two seconds.
    pub stats: Stats,
    _ticket: Ticket,
}

/// One picture, looked at.
pub struct Looked {
    /// The codes in it.
    pub symbols: Vec<Symbol>,
    /// The file it came from, if from a folder.
    pub file: Option<String>,
    /// Time that the look took, in milliseconds.
    pub ms: f64,
    /// Corner marks of QR codes seen, read or not.
    pub marks: usize,
    /// Pixels a module of the largest code seen.
    pub module: Option<f32>,
    _ticket: Option<Ticket>,
}

impl Looked {
    /// Looks at one picture, in this thread.
    pub fn at(picture: &Luma, file: Option<&str>) -> Self {
        let start = Instant::now();
        let look = look(picture);
        Self {
            symbols: look.symbols,
            file: file.map(str::to_owned),
            ms: start.elapsed().as_secs_f64() * 1e3,
            marks: look.marks,
            module: look.module,
            _ticket: None,
        }
    }
}

/// Looks at one picture after the other in this thread, for commands without a screen. A final
/// error is the last item.
pub fn looks(mut camera: Box<dyn Camera>) -> impl Iterator<Item = Result<Looked, CameraError>> {
    let mut ended = false;
    std::iter::from_fn(move || {
        if ended {
            return None;
        }
        match camera.next_frame() {
            Ok(Some(picture)) => Some(Ok(Looked::at(&picture, camera.file()))),
            Ok(None) => None,
            Err(error) => {
                ended = error.is_final();
                Some(Err(error))
            }
        }
    })
}

/// Counts the sights that nobody has dropped yet.
struct Ticket(#[expect(dead_code, reason = "its count is what is read")] Arc<()>);

/// Sights under way at most; then a webcam's are dropped and a folder waits, so that a stuck
/// receiver does not fill the memory.
const MOST_UNHEARD: usize = 64;

/// Frames in the pipeline: a folder's frame waits here until a reader takes it.
struct Frame {
    picture: Luma,
    file: Option<String>,
}

struct Closing<'a>(&'a Slot<Result<Frame, CameraError>>);

impl Drop for Closing<'_> {
    fn drop(&mut self) {
        self.0.close();
    }
}

type Sink = dyn Fn(Sight) -> bool + Send + Sync;

struct Shared {
    sink: Box<Sink>,
    stop: AtomicBool,
    frames: Slot<Result<Frame, CameraError>>,
    readers: AtomicUsize,
    window: Mutex<Window>,
    tickets: Arc<()>,
    patient: bool,
}

/// The pipeline. Dropping it ends and joins its threads: at once, or when the camera's next frame
/// or the word that none comes has arrived (3 seconds at most).
pub struct Eye {
    shared: Arc<Shared>,
    threads: Vec<JoinHandle<()>>,
    name: String,
}

impl Eye {
    /// Starts to look. `sink` gets every sight, from several threads; it answers false when nobody
    /// listens any more, and then the eye closes. It must not wait for the thread that drops the
    /// eye.
    pub fn open(
        mut camera: Box<dyn Camera>,
        sink: impl Fn(Sight) -> bool + Send + Sync + 'static,
    ) -> std::io::Result<Self> {
        let patient = camera.keeps_every_frame();
        // One reader keeps a folder's frames in order.
        let readers = if patient { 1 } else { spare_cores() };
        let shared = Arc::new(Shared {
            sink: Box::new(sink),
            stop: AtomicBool::new(false),
            frames: Slot::new(),
            readers: AtomicUsize::new(readers),
            window: Mutex::default(),
            tickets: Arc::new(()),
            patient,
        });
        let name = camera.name().to_owned();
        // Built first, so that an error on the way ends the threads started so far.
        let mut eye = Self { shared, threads: Vec::new(), name };
        for n in 0..readers {
            eye.spawn(format!("reader {n}"), |shared| shared.read())?;
        }
        eye.spawn("pictures".into(), move |shared| shared.capture(&mut *camera))?;
        Ok(eye)
    }

    /// The camera's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    fn spawn(
        &mut self,
        name: String,
        work: impl FnOnce(&Shared) + Send + 'static,
    ) -> std::io::Result<()> {
        let shared = Arc::clone(&self.shared);
        let thread = std::thread::Builder::new().name(name).spawn(move || work(&shared))?;
        self.threads.push(thread);
        Ok(())
    }
}

impl Drop for Eye {
    fn drop(&mut self) {
        self.shared.stop();
        for thread in self.threads.drain(..) {
            let _ = thread.join();
        }
    }
}

/// Cores but one, which draws: at least 1, at most 4 (30 frames a second need no more).
fn spare_cores() -> usize {
    std::thread::available_parallelism().map_or(1, |cores| cores.get() - 1).clamp(1, 4)
}

impl Shared {
    fn stop(&self) {
        self.stop.store(true, Ordering::Relaxed);
        self.frames.close();
    }

    fn stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }

    fn tell(&self, sight: Sight) {
        if !self.stopped() && !(self.sink)(sight) {
            self.stop();
        }
    }

    /// A ticket for one more sight. None: too many are under way, and the camera does not wait.
    fn ticket(&self) -> Option<Ticket> {
        while Arc::strong_count(&self.tickets) > MOST_UNHEARD && !self.stopped() {
            if !self.patient {
                return None;
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        Some(Ticket(Arc::clone(&self.tickets)))
    }

    fn window<T>(&self, user: impl FnOnce(&mut Window) -> T) -> T {
        // Statistics only: a thread that died holding them does no harm.
        user(&mut self.window.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn capture(&self, camera: &mut dyn Camera) {
        // Also when a camera panics: the readers then end and say so.
        let _closing = Closing(&self.frames);
        while !self.stopped() {
            match camera.next_frame() {
                Ok(Some(picture)) => {
                    self.show(&picture);
                    let frame = Frame { picture, file: camera.file().map(str::to_owned) };
                    if self.patient {
                        self.frames.put(Ok(frame));
                    } else {
                        self.frames.replace(Ok(frame));
                    }
                }
                Ok(None) => break,
                Err(error) => {
                    let last = error.is_final();
                    if last || self.patient {
                        // By way of the readers, so that it comes after what was before it.
                        self.frames.put(Err(error));
                    } else {
                        // There the next picture would take its place.
                        self.tell(Sight::Trouble(error));
                    }
                    if last {
                        break;
                    }
                }
            }
        }
    }

    fn show(&self, picture: &Luma) {
        let light = measure::light(picture);
        let stats = self.window(|window| window.captured(Instant::now(), light));
        if let Some(_ticket) = self.ticket() {
            let picture = measure::preview(picture);
            self.tell(Sight::Preview(Shown { picture, stats, _ticket }));
        }
    }

    fn read(&self) {
        loop {
            match self.frames.take(Duration::from_secs(1)) {
                Taken::Thing(_) if self.stopped() => break,
                Taken::Thing(Ok(frame)) => {
                    let mut looked = Looked::at(&frame.picture, frame.file.as_deref());
                    self.window(|window| window.looked(Instant::now(), &looked));
                    if let Some(ticket) = self.ticket() {
                        looked._ticket = Some(ticket);
                        self.tell(Sight::Looked(looked));
                    }
                }
                Taken::Thing(Err(error)) => self.tell(Sight::Trouble(error)),
                Taken::Nothing => {}
                Taken::Closed => break,
            }
        }
        // The last reader to end has nobody behind it who could still tell something.
        if self.readers.fetch_sub(1, Ordering::AcqRel) == 1 {
            self.tell(Sight::Ended);
        }
    }
}

/// The time over which rates are counted.
const WINDOW: Duration = Duration::from_secs(2);

/// Events counted in that time, at most (no camera gives 250 frames a second).
const MOST_EVENTS: usize = 512;

#[derive(Default)]
struct Window {
    captured: VecDeque<Instant>,
    looked: VecDeque<(Instant, bool)>,
    marks: usize,
    module: Option<f32>,
}

impl Window {
    fn captured(&mut self, now: Instant, light: Light) -> Stats {
        self.captured.push_back(now);
        let old = |then: Instant| now.saturating_duration_since(then) > WINDOW;
        while self.captured.len() > MOST_EVENTS || self.captured.front().is_some_and(|t| old(*t)) {
            self.captured.pop_front();
        }
        while self.looked.front().is_some_and(|(t, _)| old(*t)) {
            self.looked.pop_front();
        }
        let first = self.captured.front().copied().unwrap_or(now);
        let seconds = now.saturating_duration_since(first).as_secs_f32();
        let read = self.looked.iter().filter(|(_, read)| *read).count();
        Stats {
            frames_per_second: match self.captured.len() {
                0 | 1 => 0.0,
                frames => (frames - 1) as f32 / seconds.max(1e-3),
            },
            read_share: read as f32 / self.looked.len().max(1) as f32,
            light,
            marks: self.marks,
            module: self.module,
        }
    }

    fn looked(&mut self, now: Instant, looked: &Looked) {
        self.looked.push_back((now, !looked.symbols.is_empty()));
        if self.looked.len() > MOST_EVENTS {
            self.looked.pop_front();
        }
        self.marks = looked.marks;
        self.module = looked.module;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIGHT: Light = Light { brightness: 200, sharpness: None };

    fn looked(read: bool) -> Looked {
        let symbols = if read { vec![Symbol::new(b"A".to_vec())] } else { Vec::new() };
        Looked { symbols, file: None, ms: 4.0, marks: 3, module: Some(3.5), _ticket: None }
    }

    #[test]
    fn rates_are_those_of_the_last_two_seconds() {
        let start = Instant::now();
        let at = |ms| start + Duration::from_millis(ms);
        let mut window = Window::default();
        assert_eq!(window.captured(start, LIGHT).frames_per_second, 0.0);
        // Five seconds at 10 frames a second; codes are read from the fourth second on.
        for n in 1..=50 {
            window.looked(at(100 * n), &looked(n > 40));
            window.captured(at(100 * n), LIGHT);
        }
        let stats = window.captured(at(5_000), LIGHT);
        assert!((9.5..11.0).contains(&stats.frames_per_second), "{}", stats.frames_per_second);
        assert!((0.45..0.52).contains(&stats.read_share), "{}", stats.read_share);
        assert_eq!((stats.marks, stats.module), (3, Some(3.5)));
        // After a silence nothing is known any more.
        assert_eq!(window.captured(at(60_000), LIGHT).read_share, 0.0);
    }
}
