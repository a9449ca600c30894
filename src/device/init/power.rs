//! The power: its button, and the end.

use rustix::system::{RebootCommand, reboot};
use std::thread::sleep;
use std::time::Duration;

/// Powers off. Where the firmware does not, the processor halts; never back to a caller.
pub(super) fn off() -> ! {
    let _ = reboot(RebootCommand::PowerOff);
    let _ = reboot(RebootCommand::Halt);
    loop {
        sleep(Duration::from_secs(3600));
    }
}
