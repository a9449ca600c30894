//! A search for an address, on all cores beside the screen.

use crate::app::{AddressSearch, Searched};
use crate::wallet::Found;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

/// Steps that a thread takes at once: some milliseconds' work.
const SLICE: u64 = 128;

/// A search that is under way. It is given up when this is dropped.
pub struct Searching {
    shared: Arc<Shared>,
}

struct Shared {
    order: AddressSearch,
    /// The next step that nobody has taken.
    next: AtomicU64,
    /// Steps that were taken.
    done: AtomicU64,
    found: Mutex<Option<Found>>,
    stop: AtomicBool,
    /// Threads that are at work.
    workers: AtomicUsize,
}

impl Searching {
    /// Begins on as many threads as there are cores.
    pub fn begin(order: AddressSearch) -> Self {
        let cores = thread::available_parallelism().map_or(1, usize::from);
        let shared = Arc::new(Shared {
            order,
            next: AtomicU64::new(0),
            done: AtomicU64::new(0),
            found: Mutex::new(None),
            stop: AtomicBool::new(false),
            workers: AtomicUsize::new(0),
        });
        for number in 0..cores {
            let work = Arc::clone(&shared);
            work.workers.fetch_add(1, Ordering::SeqCst);
            let name = format!("search-{number}");
            if thread::Builder::new().name(name).spawn(move || work.run()).is_err() {
                shared.workers.fetch_sub(1, Ordering::SeqCst);
            }
        }
        if shared.workers.load(Ordering::SeqCst) == 0 && !shared.is_over() {
            // the system gives no thread: this one does all of it
            shared.workers.fetch_add(1, Ordering::SeqCst);
            shared.run();
        }
        Self { shared }
    }

    /// How far it has come.
    pub fn progress(&self) -> Searched {
        let ended = self.shared.workers.load(Ordering::SeqCst) == 0;
        let found = *self.shared.found.lock().unwrap_or_else(PoisonError::into_inner);
        let search = self.shared.order.number();
        Searched { search, steps: self.shared.done.load(Ordering::SeqCst), found, ended }
    }
}

impl Drop for Searching {
    fn drop(&mut self) {
        self.shared.stop.store(true, Ordering::SeqCst);
    }
}

impl Shared {
    fn is_over(&self) -> bool {
        self.next.load(Ordering::SeqCst) >= self.order.steps()
    }

    /// Takes slices until none is left.
    fn run(&self) {
        let _at_work = AtWork(&self.workers);
        let steps = self.order.steps();
        while !self.stop.load(Ordering::SeqCst) {
            let from = self.next.fetch_add(SLICE, Ordering::SeqCst);
            if from >= steps {
                break;
            }
            let to = (from + SLICE).min(steps);
            if let Some(found) = self.order.search().slice(from..to) {
                *self.found.lock().unwrap_or_else(PoisonError::into_inner) = Some(found);
                self.stop.store(true, Ordering::SeqCst);
            }
            self.done.fetch_add(to - from, Ordering::SeqCst);
        }
    }
}

/// One thread's part in the count, given back however it ends.
struct AtWork<'a>(&'a AtomicUsize);

impl Drop for AtWork<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}
