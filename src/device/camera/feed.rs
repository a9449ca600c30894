//! From a look through a camera into the channel that the main loop reads.

use super::{Camera, Eye, report::Report};
use crate::app::Event;
use std::sync::mpsc::{SyncSender, TrySendError};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// Between two tries to put an event into a full channel.
const RETRY: Duration = Duration::from_millis(5);

/// The channel's end that belongs to one look. Once closed, nothing of that look comes through, not
/// even what a thread is about to send.
pub struct Outlet {
    events: SyncSender<Event>,
    closed: Mutex<bool>,
    closing: Condvar,
}

impl Outlet {
    /// An open one.
    pub fn new(events: SyncSender<Event>) -> Self {
        Self { events, closed: Mutex::new(false), closing: Condvar::new() }
    }

    /// Waits for room in the channel, but not for a loop that is closing the look. False: nobody
    /// listens any more.
    pub fn send(&self, event: impl Into<Event>) -> bool {
        let mut event = event.into();
        let mut closed = self.lock();
        while !*closed {
            // Under the lock, and never waiting: `close` is not held up.
            match self.events.try_send(event) {
                Ok(()) => return true,
                Err(TrySendError::Disconnected(_)) => break,
                Err(TrySendError::Full(back)) => event = back,
            }
            closed = self.wait(closed, RETRY);
        }
        false
    }

    /// Waits, or until closed. False when closed.
    pub fn pause(&self, time: Duration) -> bool {
        let (closed, _) = self
            .closing
            .wait_timeout_while(self.lock(), time, |closed| !*closed)
            .unwrap_or_else(PoisonError::into_inner);
        !*closed
    }

    /// From now on nothing is sent. Does not wait.
    pub fn close(&self) {
        *self.lock() = true;
        self.closing.notify_all();
    }

    /// Was it closed?
    pub fn is_closed(&self) -> bool {
        *self.lock()
    }

    fn wait<'a>(&self, closed: MutexGuard<'a, bool>, time: Duration) -> MutexGuard<'a, bool> {
        self.closing.wait_timeout(closed, time).unwrap_or_else(PoisonError::into_inner).0
    }

    fn lock(&self) -> MutexGuard<'_, bool> {
        // One flag, set in one step.
        self.closed.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A look through a camera whose pictures are read in this process. Dropping it ends it.
pub struct Feed {
    outlet: Arc<Outlet>,
    _eye: Eye,
}

impl Feed {
    /// Starts to look. The first event is the camera's name.
    pub fn open(camera: Box<dyn Camera>, events: SyncSender<Event>) -> std::io::Result<Self> {
        // Full: the loop is behind by hundreds of events, and the first picture will say as much.
        let _ = events.try_send(Event::SourceOpened(camera.name().to_owned()));
        let outlet = Arc::new(Outlet::new(events));
        let sink = Arc::clone(&outlet);
        let _eye = Eye::open(camera, move |sight| sink.send(Report::from(sight)))?;
        Ok(Self { outlet, _eye })
    }
}

impl Drop for Feed {
    fn drop(&mut self) {
        // First the word, then the end: a reader that waits for room must not be waited for.
        self.outlet.close();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc::sync_channel;

    #[test]
    fn a_closed_outlet_lets_nothing_through_and_frees_who_waits() {
        let (sender, events) = sync_channel(1);
        let outlet = Outlet::new(sender);
        assert!(outlet.send(Event::SourceEnded));
        std::thread::scope(|scope| {
            // The channel is full: this waits until the outlet is closed.
            let waiting = scope.spawn(|| outlet.send(Event::SourceEnded));
            outlet.close();
            assert!(!waiting.join().unwrap());
        });
        assert!(!outlet.pause(Duration::from_secs(600)), "a closed outlet is not waited for");
        assert_eq!(events.try_iter().count(), 1);
        assert!(!outlet.send(Event::SourceEnded));
        assert_eq!(events.try_iter().count(), 0);
    }

    #[test]
    fn an_outlet_without_a_listener_says_so() {
        let (sender, events) = sync_channel(1);
        drop(events);
        assert!(!Outlet::new(sender).send(Event::SourceEnded));
    }
}
