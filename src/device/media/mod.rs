//! Removable sticks and memory cards, for where light does not serve: read while mounted
//! read-only, written to only for the moment that an answer takes. And the stick that the machine
//! was booted from.

mod answer;
pub mod boot;
mod clerk;
mod error;
mod filesystem;
mod find;
mod folder;
mod mount;
#[cfg(test)]
mod scratch;

pub use error::MediaError;
pub use find::{Disk, Roots, Volume, disks};

use crate::app::appliance::FileErrand;
use crate::app::{Event, News};
use clerk::Clerk;
use mount::KernelMounts;
use std::io;
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel};
use std::thread;

/// The thread that reads and writes sticks: a bad one may hold up a read for a minute.
pub struct Media {
    errands: Sender<FileErrand>,
    events: SyncSender<Event>,
}

impl Media {
    /// Starts the thread; what comes of its errands goes into `events` as [`News`]. It mounts, so
    /// it needs CAP_SYS_ADMIN, and no sandbox that forbids mounting (Landlock does).
    pub fn start(events: SyncSender<Event>) -> io::Result<Self> {
        let (errands, queue) = channel();
        let outcome = events.clone();
        thread::Builder::new().name("media".into()).spawn(move || work(&queue, &outcome))?;
        Ok(Self { errands, events })
    }

    /// Has this done, without waiting.
    pub fn run(&self, errand: FileErrand) {
        if let Err(unsent) = self.errands.send(errand) {
            let why = MediaError::Stopped.to_string();
            let news = match unsent.0 {
                FileErrand::List => News::Files(Err(why)),
                FileErrand::Read(id) => News::FileRead(id, Err(why)),
                FileErrand::Write(_) => News::FileWritten(Err(why)),
            };
            // A full channel means that the app is not reading: it has no question open.
            let _ = self.events.try_send(Event::Machine(news));
        }
    }
}

fn work(queue: &Receiver<FileErrand>, events: &SyncSender<Event>) {
    let mut clerk = Clerk::new(Roots::default(), KernelMounts::default());
    for errand in queue {
        let said = |error: MediaError| error.to_string();
        let news = match errand {
            FileErrand::List => News::Files(clerk.list().map_err(said)),
            FileErrand::Read(id) => News::FileRead(id, clerk.read(id).map_err(said)),
            FileErrand::Write(answered) => News::FileWritten(clerk.write(&answered).map_err(said)),
        };
        if events.send(Event::Machine(news)).is_err() {
            return;
        }
    }
}
