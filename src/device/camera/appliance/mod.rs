//! The cameras of the dedicated machine: plugged in and pulled out at any moment, each looked
//! through by a worker process.

mod look;
mod pci;
mod remark;
mod roster;

pub use remark::Remark;
pub use roster::{Place, Roster};

use super::demo::DemoCamera;
use super::feed::{Feed, Outlet};
use super::worker::remote::{Launch, Leash};
use crate::app::{Event, News, Source};
use crate::ui;
use look::Look;
use std::path::PathBuf;
use std::sync::mpsc::{SyncSender, TrySendError};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{Builder, JoinHandle, sleep};
use std::time::Duration;

/// Where a machine says what it has, and how workers are started there.
#[derive(Debug, Clone)]
pub struct Surroundings {
    /// The kernel's list of cameras.
    pub cameras: PathBuf,
    /// The kernel's list of what is built in.
    pub pci: PathBuf,
    /// How workers are started.
    pub launch: Launch,
}

impl Default for Surroundings {
    /// Those of the image.
    fn default() -> Self {
        Self {
            cameras: "/sys/class/video4linux".into(),
            pci: "/sys/bus/pci/devices".into(),
            launch: Launch::own(),
        }
    }
}

/// The eye of the dedicated machine.
pub struct Cameras {
    roster: Arc<Mutex<Roster>>,
    launch: Launch,
    events: SyncSender<Event>,
    open: Option<Open>,
    /// The thread of the look before: the camera is free when it has ended.
    before: Option<JoinHandle<()>>,
}

enum Open {
    /// Held to be dropped.
    Demo(#[expect(dead_code, reason = "dropping it ends the look")] Feed),
    Worker {
        outlet: Arc<Outlet>,
        leash: Arc<Leash>,
        thread: JoinHandle<()>,
    },
}

/// Between two looks at what is plugged in.
const WATCH: Duration = Duration::from_secs(1);

impl Cameras {
    /// What is seen goes into `events`; so does, within a second, each change of what is plugged
    /// in, as [`News::Camera`].
    pub fn new(surroundings: Surroundings, events: SyncSender<Event>) -> Self {
        let Surroundings { cameras, pci, launch } = surroundings;
        let roster = Arc::new(Mutex::new(Roster::new(cameras, pci)));
        let (watched, teller) = (Arc::clone(&roster), events.clone());
        // Without this thread only the home screen's name of the camera stays as it was.
        let _ = Builder::new().name("cameras".into()).spawn(move || watch(&watched, &teller));
        Self { roster, launch, events, open: None, before: None }
    }

    /// What to call the camera in use, or what to say where there is none.
    pub fn name(&self) -> String {
        lock(&self.roster).label()
    }

    /// Looks through the camera in use, or through the demo's. A look under way ends.
    pub fn open(&mut self, source: Source) {
        self.close();
        let opened = match source {
            Source::Demo => self.demo(),
            Source::Camera => self.worker(),
        };
        match opened {
            Ok(open) => self.open = Some(open),
            // Full: the loop is behind by hundreds of events, and the user will look again.
            Err(why) => drop(self.events.try_send(Event::SourceFailed(why))),
        }
    }

    /// Looks through the next camera that is plugged in.
    pub fn next(&mut self) {
        self.close();
        lock(&self.roster).next();
        self.open(Source::Camera);
    }

    /// Ends the look and kills its worker. Does not wait; nothing of that look is sent any more.
    pub fn close(&mut self) {
        if let Some(Open::Worker { outlet, leash, thread }) = self.open.take() {
            outlet.close();
            leash.cut();
            self.before = Some(thread);
        }
    }

    fn demo(&self) -> Result<Open, String> {
        let camera = DemoCamera::new().map_err(|error| error.to_string())?;
        let feed = Feed::open(Box::new(camera), self.events.clone());
        feed.map(Open::Demo).map_err(|error| Remark::not_started(&error).to_string())
    }

    fn worker(&mut self) -> Result<Open, String> {
        let outlet = Arc::new(Outlet::new(self.events.clone()));
        let leash = Arc::new(Leash::default());
        let look = Look::new(
            Arc::clone(&self.roster),
            self.launch.clone(),
            Arc::clone(&outlet),
            Arc::clone(&leash),
        );
        let before = self.before.take();
        let thread = Builder::new().name("look".into()).spawn(move || {
            if let Some(before) = before {
                // It only ever waits for a process that was killed.
                let _ = before.join();
            }
            look.run();
        });
        let thread = thread.map_err(|error| Remark::not_started(&error).to_string())?;
        Ok(Open::Worker { outlet, leash, thread })
    }
}

impl ui::Eye for Cameras {
    fn open(&mut self, source: Source) {
        Cameras::open(self, source);
    }

    fn next(&mut self) {
        Cameras::next(self);
    }

    fn close(&mut self) {
        Cameras::close(self);
    }
}

impl Drop for Cameras {
    fn drop(&mut self) {
        self.close();
    }
}

fn lock(roster: &Mutex<Roster>) -> MutexGuard<'_, Roster> {
    // What it holds is one choice, set in one step.
    roster.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Tells each change of what is plugged in, until nobody listens.
fn watch(roster: &Mutex<Roster>, events: &SyncSender<Event>) {
    let mut told = String::new();
    loop {
        let name = lock(roster).label();
        if name != told {
            match events.try_send(Event::Machine(News::Camera(name.clone()))) {
                Ok(()) => told = name,
                // Tried again.
                Err(TrySendError::Full(_)) => {}
                Err(TrySendError::Disconnected(_)) => return,
            }
        }
        sleep(WATCH);
    }
}
