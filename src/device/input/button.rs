//! The power button, for PID 1: it works also when the signer does not answer any more.

use super::codes;
use super::devices::{Bus, Kind, Tree};
use super::record::{Motion, RECORD, Report};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use std::os::fd::OwnedFd;
use std::thread::sleep;
use std::time::Duration;

/// Between two looks for buttons: one may be on a device that is plugged in later.
const LOOK: Timespec = Timespec { tv_sec: 5, tv_nsec: 0 };

/// Waits until a power button is pressed, however long. Keyboards are not looked at: what is typed
/// is none of PID 1's business.
pub fn wait_for_power_button() {
    let mut bus = Tree::of_machine();
    loop {
        let found = bus.found().into_iter().filter(|found| found.kind == Kind::PowerButton);
        let buttons: Vec<OwnedFd> = found.filter_map(|found| bus.open(&found).ok()).collect();
        let mut watched: Vec<_> =
            buttons.iter().map(|button| PollFd::new(button, PollFlags::IN)).collect();
        let waited = poll(&mut watched, Some(&LOOK)).is_ok();
        if buttons.iter().any(is_pressed) {
            return;
        }
        if !waited {
            sleep(Duration::from_secs(1));
        }
    }
}

/// Reads what a button sent; it gives nothing when nothing was sent.
fn is_pressed(button: &OwnedFd) -> bool {
    let mut record = [0; RECORD];
    while rustix::io::read(button, &mut record) == Ok(RECORD) {
        if let Some(Report::Key { code: codes::POWER, motion: Motion::Down }) =
            Report::read(&record)
        {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::device::input::record::record;
    use rustix::fs::{OFlags, fcntl_setfl};
    use std::io::{Write, pipe};

    #[test]
    fn only_the_power_key_going_down_counts() {
        let sent = |records: &[[u8; RECORD]]| {
            let (reader, mut writer) = pipe().unwrap();
            fcntl_setfl(&reader, OFlags::NONBLOCK).unwrap();
            writer.write_all(&records.concat()).unwrap();
            is_pressed(&reader.into())
        };
        let [down, up] = [1, 0].map(|value| record(codes::TYPE_KEY, codes::POWER, value));
        let other = record(codes::TYPE_KEY, codes::ENTER, 1);
        assert!(!sent(&[]));
        assert!(!sent(&[up, other]));
        assert!(sent(&[other, down]));
    }
}
