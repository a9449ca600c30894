//! The eye of the signer: which cameras there are, and what the one in use sees, as events.

use super::SignerOptions;
use crate::app::{Event, Source};
use crate::cli::exit::CliError;
use crate::device::camera::demo::DemoCamera;
use crate::device::camera::feed::Feed;
use crate::device::camera::{self, Camera, CameraError, find};
use crate::ui;
use std::sync::mpsc::SyncSender;

/// The cameras, and the eye that is open.
pub(super) struct Eyes {
    /// Each with what to call it.
    sources: Vec<(String, camera::Source)>,
    place: usize,
    /// The demo's camera serves where there is no other.
    demo: bool,
    events: SyncSender<Event>,
    open: Option<Feed>,
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

    fn start(&self, source: Source) -> Result<Feed, String> {
        let camera = self.camera(source).map_err(|error| error.to_string())?;
        let feed = Feed::open(camera, self.events.clone());
        feed.map_err(|error| format!("The camera's threads could not start: {error}."))
    }
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
        self.open = None;
    }
}
