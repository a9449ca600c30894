//! The power: its button, and the end.

use crate::device::input::wait_for_power_button;
use rustix::system::{RebootCommand, reboot};
use std::thread::{Builder, sleep};
use std::time::Duration;

/// What the signer gets to end by itself when the button is pressed.
const GRACE: Duration = Duration::from_secs(3);

/// Ends everything once the power button is pressed, in a thread of its own. The signer hears of it,
/// too, and is usually faster.
pub(super) fn watch() {
    // Without this thread the signer's own ear is all there is.
    let _ = Builder::new().name("button".into()).spawn(|| {
        wait_for_power_button();
        sleep(GRACE);
        super::power_off();
    });
}

/// Powers off. Where the firmware does not, the processor halts; never back to a caller.
pub(super) fn off() -> ! {
    let _ = reboot(RebootCommand::PowerOff);
    let _ = reboot(RebootCommand::Halt);
    loop {
        sleep(Duration::from_secs(3600));
    }
}
