//! An allocator that counts what each thread holds, so that a test can say how much memory a hostile
//! input was given. A test file that includes this module has it as its allocator.
#![allow(unsafe_code)]

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

/// Hands everything to [`System`] and counts.
struct Counting;

#[global_allocator]
static COUNTING: Counting = Counting;

/// Bytes above what was held at the start of the measurement.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Used {
    /// The most that was held at once.
    pub peak: usize,
    /// The largest single allocation.
    pub largest: usize,
}

thread_local! {
    static HELD: Cell<isize> = const { Cell::new(0) };
    static PEAK: Cell<isize> = const { Cell::new(0) };
    static LARGEST: Cell<usize> = const { Cell::new(0) };
}

/// Runs `work` and says what this thread used meanwhile.
pub fn measured<T>(work: impl FnOnce() -> T) -> (T, Used) {
    let before = HELD.get();
    PEAK.set(before);
    LARGEST.set(0);
    let done = work();
    let peak = PEAK.get().saturating_sub(before).max(0) as usize;
    (done, Used { peak, largest: LARGEST.get() })
}

fn count(more: usize, less: usize) {
    // Without the thread's counters (the thread is ending) there is nothing to count for.
    let _ = HELD.try_with(|held| {
        held.set(held.get() + more as isize - less as isize);
        let _ = PEAK.try_with(|peak| peak.set(peak.get().max(held.get())));
        let _ = LARGEST.try_with(|largest| largest.set(largest.get().max(more)));
    });
}

// SAFETY: every call goes to `System` with the same arguments; the counters allocate nothing (they
// are constant thread-locals without a destructor).
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count(layout.size(), 0);
        unsafe { System.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        count(layout.size(), 0);
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        count(0, layout.size());
        unsafe { System.dealloc(block, layout) }
    }

    unsafe fn realloc(&self, block: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        // Old and new may both be there while the bytes are moved.
        count(size, 0);
        let moved = unsafe { System.realloc(block, layout, size) };
        count(0, if moved.is_null() { size } else { layout.size() });
        moved
    }
}
