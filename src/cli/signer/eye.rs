//! The eye of the signer: which cameras there are, and what the one in use sees, as events.

use super::SignerOptions;
use crate::app::appliance::Errand;
use crate::app::{self, Event, Source};
use crate::cli::exit::CliError;
use crate::device::camera::demo::DemoCamera;
use crate::device::camera::eye::Shown;
use crate::device::camera::measure::{self, Hint};
use crate::device::camera::{self, Camera, CameraError, Eye, Sight, find};
use crate::ui;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{SyncSender, TrySendError};
use std::thread::sleep;
use std::time::Duration;

/// The cameras, and the eye that is open.
pub(super) struct Eyes {
    /// Each with what to call it.
    sources: Vec<(String, camera::Source)>,
    place: usize,
    /// The demo's camera serves where there is no other.
    demo: bool,
    events: SyncSender<Event>,
    open: Option<Open>,
}

struct Open {
    _eye: Eye,
    closing: Arc<AtomicBool>,
}

impl Eyes {
    /// The camera that was asked for; else those that are plugged in; else only the demo's, but not
    /// for a user who brought keys of value.
    pub(super) fn new(
        options: &SignerOptions,
        events: SyncSender<Event>,
    ) -> Result<Self, CliError> {
        let sources = match options.camera.as_deref() {
            _ if options.demo => vec![],
            Some("demo") => vec![],
            Some(text) => {
                vec![(text.into(), camera::Source::parse(text).map_err(CliError::usage)?)]
            }
            None => {
                let found = find::cameras().into_iter();
                found.map(|found| (found.name, camera::Source::Webcam(found.number))).collect()
            }
        };
        let asked_for = options.demo || options.camera.as_deref() == Some("demo");
        let demo = sources.is_empty() && (asked_for || !options.mainnet);
        Ok(Self { sources, place: 0, demo, events, open: None })
    }

    /// What a payment is scanned with.
    pub(super) fn usual(&self) -> Source {
        if self.demo { Source::Demo } else { Source::Camera }
    }

    /// What to call the camera in use.
    pub(super) fn name(&self) -> String {
        let without = if self.demo { "demo" } else { "none found" };
        self.sources.get(self.place).map_or(without.into(), |(name, _)| name.clone())
    }

    fn camera(&self, source: Source) -> Result<Box<dyn Camera>, CameraError> {
        match (source, self.sources.get(self.place)) {
            (Source::Demo, _) => Ok(Box::new(DemoCamera::new()?)),
            (Source::Camera, Some((_, source))) => source.open(),
            (Source::Camera, None) => Err(CameraError::None),
        }
    }

    /// Both the main loop and a full channel may be slow; neither may hold up the other.
    fn start(&self, source: Source) -> Result<Open, String> {
        let camera = self.camera(source).map_err(|error| error.to_string())?;
        let closing = Arc::new(AtomicBool::new(false));
        let (flag, events) = (Arc::clone(&closing), self.events.clone());
        let _ = events.try_send(Event::SourceOpened(camera.name().to_owned()));
        let eye = Eye::open(camera, move |sight| send(&events, translate(sight), &flag));
        let _eye =
            eye.map_err(|error| format!("The camera's threads could not start: {error}."))?;
        Ok(Open { _eye, closing })
    }
}

/// An ordinary terminal has an eye and runs no errands: the app asks for none there.
impl ui::Machine for Eyes {
    fn eye(&mut self) -> &mut dyn ui::Eye {
        self
    }

    fn run(&mut self, _: Errand) {}
}

impl ui::Eye for Eyes {
    fn open(&mut self, source: Source) {
        self.close();
        match self.start(source) {
            Ok(open) => self.open = Some(open),
            // Full: the loop is behind by hundreds of events, and the user will look again.
            Err(why) => drop(self.events.try_send(Event::SourceFailed(why))),
        }
    }

    fn next(&mut self) {
        if !self.sources.is_empty() {
            self.place = (self.place + 1) % self.sources.len();
        }
        self.open(Source::Camera);
    }

    fn close(&mut self) {
        if let Some(open) = self.open.take() {
            // First the word, then the end: a reader that waits for room must not be waited for.
            open.closing.store(true, Ordering::Relaxed);
        }
    }
}

/// Waits for room in the channel, but not for a loop that is closing the eye.
fn send(events: &SyncSender<Event>, mut event: Event, closing: &AtomicBool) -> bool {
    loop {
        if closing.load(Ordering::Relaxed) {
            return false;
        }
        match events.try_send(event) {
            Ok(()) => return true,
            Err(TrySendError::Disconnected(_)) => return false,
            Err(TrySendError::Full(back)) => event = back,
        }
        sleep(Duration::from_millis(5));
    }
}

fn translate(sight: Sight) -> Event {
    match sight {
        Sight::Preview(Shown { picture, stats, .. }) => Event::Sight(app::Sight {
            preview: picture,
            frames_per_second: stats.frames_per_second,
            read_percent: (stats.read_share * 100.0).round() as u8,
            hint: measure::hint(&stats).and_then(|hint| match hint {
                Hint::TooDark => Some(app::Hint::TooDark),
                Hint::Blurred => Some(app::Hint::Blurred),
                Hint::TooFar => Some(app::Hint::TooFar),
                Hint::NoCode => None,
            }),
        }),
        Sight::Looked(looked) => Event::Codes(looked.symbols),
        Sight::Trouble(error) => Event::SourceFailed(error.to_string()),
        Sight::Ended => Event::SourceEnded,
    }
}
