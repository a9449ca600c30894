//! A place for the one newest thing, between a thread that makes and threads that take.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// Holds at most one thing.
pub struct Slot<T> {
    state: Mutex<State<T>>,
    changed: Condvar,
}

struct State<T> {
    thing: Option<T>,
    closed: bool,
}

/// What waiting for a thing came to.
pub enum Taken<T> {
    /// The thing.
    Thing(T),
    /// Nothing came in time.
    Nothing,
    /// Closed and empty: nothing will come.
    Closed,
}

impl<T> Slot<T> {
    pub fn new() -> Self {
        Self { state: Mutex::new(State { thing: None, closed: false }), changed: Condvar::new() }
    }

    /// Puts a thing in place of an older one that nobody took. False when closed.
    pub fn replace(&self, thing: T) -> bool {
        let mut state = self.lock();
        if state.closed {
            return false;
        }
        state.thing = Some(thing);
        self.changed.notify_all();
        true
    }

    /// Puts a thing in when the older one was taken. False when closed.
    pub fn put(&self, thing: T) -> bool {
        let mut state = self.lock();
        while state.thing.is_some() && !state.closed {
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        if state.closed {
            return false;
        }
        state.thing = Some(thing);
        self.changed.notify_all();
        true
    }

    /// Waits for a thing, at most `patience`.
    pub fn take(&self, patience: Duration) -> Taken<T> {
        let empty = |state: &mut State<T>| state.thing.is_none() && !state.closed;
        let (mut state, _) = self
            .changed
            .wait_timeout_while(self.lock(), patience, empty)
            .unwrap_or_else(PoisonError::into_inner);
        let taken = state.thing.take();
        let closed = state.closed;
        self.changed.notify_all();
        match (taken, closed) {
            (Some(thing), _) => Taken::Thing(thing),
            (None, true) => Taken::Closed,
            (None, false) => Taken::Nothing,
        }
    }

    /// Nothing more goes in; what is in can still be taken.
    pub fn close(&self) {
        self.lock().closed = true;
        self.changed.notify_all();
    }

    fn lock(&self) -> MutexGuard<'_, State<T>> {
        // Each change is one assignment, so a thread that died holding the lock left nothing half
        // done.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now<T>(slot: &Slot<T>) -> Option<T> {
        match slot.take(Duration::ZERO) {
            Taken::Thing(thing) => Some(thing),
            Taken::Nothing | Taken::Closed => None,
        }
    }

    #[test]
    fn the_newest_replaces_what_nobody_took() {
        let slot = Slot::new();
        assert!(slot.replace(1) && slot.replace(2));
        assert_eq!(now(&slot), Some(2));
        assert_eq!(now(&slot), None);
    }

    #[test]
    fn a_closed_slot_gives_what_it_holds_and_takes_no_more() {
        let slot = Slot::new();
        assert!(slot.put(1));
        slot.close();
        assert!(!slot.put(2) && !slot.replace(2));
        assert_eq!(now(&slot), Some(1));
        assert!(matches!(slot.take(Duration::from_secs(60)), Taken::Closed));
    }

    #[test]
    fn putting_waits_until_the_older_thing_was_taken() {
        let slot = Slot::new();
        let mut seen = Vec::new();
        std::thread::scope(|scope| {
            scope.spawn(|| {
                (0..100).for_each(|n| assert!(slot.put(n)));
                slot.close();
            });
            while let Taken::Thing(n) = slot.take(Duration::from_secs(60)) {
                seen.push(n);
            }
        });
        assert_eq!(seen, (0..100).collect::<Vec<_>>());
    }
}
