//! Test builds only: layouts that make the signer fail when they are chosen, to see what becomes of
//! the machine then, and one that makes it write vaults until the power is cut.

use crate::app::Keymap;
use crate::device::media;
use std::thread;

/// The Swiss layout ends the main thread in a panic, the Italian one another thread. The French one
/// keeps vaults on whatever is plugged in.
pub(super) fn on(chosen: Keymap) {
    match chosen {
        Keymap::Ch => panic!("on purpose"),
        Keymap::It => drop(thread::spawn(|| panic!("on purpose"))),
        Keymap::Fr => media::crash_test::keep_vaults().expect("a thread"),
        _ => {}
    }
}
