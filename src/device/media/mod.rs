//! Removable sticks and memory cards, for where light does not serve: read while mounted
//! read-only, written to only for the moment that an answer or a vault takes. And the stick that the
//! machine was booted from.

mod answer;
pub mod boot;
mod clerk;
#[cfg(feature = "crash-test")]
pub mod crash_test;
mod draft;
mod error;
mod filesystem;
mod find;
mod folder;
mod mount;
#[cfg(test)]
mod scratch;
mod stick;
mod vault;

pub use error::MediaError;
pub use find::{Disk, Roots, Volume, disks};
pub use vault::{VaultError, VaultFile};

use crate::app::appliance::FileErrand;
use crate::app::storage::VaultErrand;
use crate::app::{Event, News};
use crate::keys::Generator;
use clerk::Clerk;
use mount::KernelMounts;
use std::io;
use std::sync::mpsc::{Sender, SyncSender, channel};
use std::thread;
use stick::Sticks;
use vault::{Keeper, VaultClerk, undone};

/// What is done with sticks.
enum Task {
    /// With transactions on them.
    Files(FileErrand),
    /// With vaults on them.
    Vault(VaultErrand),
}

/// The thread that reads and writes sticks: a bad one may hold up a read for a minute. One for all,
/// as there is one place to mount at.
pub struct Media {
    tasks: Sender<Task>,
    events: SyncSender<Event>,
}

impl Media {
    /// Starts the thread; what comes of its errands goes into `events` as [`News`]. Key files are
    /// made of what `random` gives. It mounts, so it needs CAP_SYS_ADMIN, and no sandbox that
    /// forbids mounting (Landlock does).
    pub fn start(events: SyncSender<Event>, random: Generator) -> io::Result<Self> {
        let sticks = || Sticks::new(Roots::default(), KernelMounts::default());
        let mut files = Clerk::new(sticks());
        let mut vaults = VaultClerk::new(sticks(), random);
        let tasks = take_turns("media", events.clone(), move |task| match task {
            Task::Files(errand) => files.run(errand),
            Task::Vault(errand) => News::Vault(vaults.run(errand)),
        })?;
        Ok(Self { tasks, events })
    }

    /// Has this done with transactions, without waiting.
    pub fn run(&self, errand: FileErrand) {
        self.begin(Task::Files(errand));
    }

    /// Has this done with vaults, without waiting.
    pub fn keep(&self, errand: VaultErrand) {
        self.begin(Task::Vault(errand));
    }

    fn begin(&self, task: Task) {
        if let Err(unsent) = self.tasks.send(task) {
            let why = MediaError::Stopped.to_string();
            let news = match unsent.0 {
                Task::Files(FileErrand::List) => News::Files(Err(why)),
                Task::Files(FileErrand::Read(id)) => News::FileRead(id, Err(why)),
                Task::Files(FileErrand::Write(_)) => News::FileWritten(Err(why)),
                Task::Vault(errand) => News::Vault(undone(&errand, why)),
            };
            // A full channel means that the app is not reading: it has no question open.
            let _ = self.events.try_send(Event::Machine(news));
        }
    }
}

/// A thread of this name that does one task after the other, and tells what came of each.
fn take_turns<T: Send + 'static>(
    name: &str,
    events: SyncSender<Event>,
    mut work: impl FnMut(T) -> News + Send + 'static,
) -> io::Result<Sender<T>> {
    let (tasks, queue) = channel();
    thread::Builder::new().name(name.into()).spawn(move || {
        for task in queue {
            if events.send(Event::Machine(work(task))).is_err() {
                return;
            }
        }
    })?;
    Ok(tasks)
}
