//! The eye of the signer: a thread that takes pictures and reads them.

use super::SignerOptions;
use crate::app::{Event, Sight, Source};
use crate::cli::exit::CliError;
use crate::device::camera::demo::DemoCamera;
use crate::device::camera::Camera;
use crate::qr::{self, Luma};
use crate::ui;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;
use std::thread;

pub(super) struct Eyes {
    usual: Source,
    events: Sender<Event>,
    stop: Arc<AtomicBool>,
}

impl Eyes {
    pub(super) fn new(options: &SignerOptions, events: Sender<Event>) -> Result<Self, CliError> {
        let _ = options;
        Ok(Self { usual: Source::Demo, events, stop: Arc::default() })
    }
    pub(super) fn usual(&self) -> Source {
        self.usual
    }
}

impl ui::Eye for Eyes {
    fn open(&mut self, source: Source) {
        self.close();
        let _ = source;
        let stop = Arc::new(AtomicBool::new(false));
        self.stop = stop.clone();
        let events = self.events.clone();
        thread::spawn(move || {
            let mut camera = match DemoCamera::new() {
                Ok(camera) => camera,
                Err(error) => {
                    let _ = events.send(Event::SourceFailed(format!("{error:?}")));
                    return;
                }
            };
            let _ = events.send(Event::SourceOpened(camera.name().to_string()));
            while !stop.load(Ordering::Relaxed) {
                let Ok(Some(picture)) = camera.next_frame() else { return };
                let symbols = qr::read(&picture);
                let sight = Sight { preview: Some(small(&picture)), symbols, frames_per_second: 8.0, read_percent: 100, hint: None };
                if events.send(Event::Sight(sight)).is_err() {
                    return;
                }
            }
        });
    }
    fn next(&mut self) {}
    fn close(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
    }
}

fn small(picture: &Luma) -> Luma {
    let (w, h) = (picture.width() / 4, picture.height() / 4);
    let mut data = vec![];
    for y in 0..h {
        for x in 0..w {
            data.push(picture.data()[(y * 4 * picture.width() + x * 4) as usize]);
        }
    }
    Luma::new(w, h, data).unwrap()
}
