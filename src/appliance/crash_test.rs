//! Test builds only: layouts that make the signer fail when they are chosen, to see what becomes of
//! the machine then.

use crate::app::Keymap;
use std::thread;

/// The Swiss layout ends the main thread in a panic, the Italian one another thread.
pub(super) fn on(chosen: Keymap) {
    match chosen {
        Keymap::Ch => panic!("on purpose"),
        Keymap::It => drop(thread::spawn(|| panic!("on purpose"))),
        _ => {}
    }
}
