//! The ends that no key asks for: a signal, or a terminal that is gone.

use crate::app::Event;
use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM};
use signal_hook::flag;
use std::io::{self, IsTerminal, stdin};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::SyncSender;
use std::thread::{self, sleep};
use std::time::Duration;

/// Between two looks.
const LOOK: Duration = Duration::from_millis(200);

/// Sends [`Event::Ended`] once the program is asked to end or nobody sits before it any more, so
/// that it ends in order: secrets wiped, the terminal given back. A second signal ends it at once.
pub(super) fn watch(events: SyncSender<Event>) -> io::Result<()> {
    let asked = Arc::new(AtomicBool::new(false));
    for signal in [SIGHUP, SIGINT, SIGQUIT, SIGTERM] {
        // In this order: the first signal finds the flag unset, and sets it.
        flag::register_conditional_default(signal, Arc::clone(&asked))?;
        flag::register(signal, Arc::clone(&asked))?;
    }
    thread::spawn(move || {
        // A terminal that hung up is none any more. The reader of keys cannot tell: it reads
        // nothing for ever.
        while !asked.load(Ordering::Relaxed) && stdin().is_terminal() {
            sleep(LOOK);
        }
        // Refused only when nobody listens: then the program ends already.
        let _ = events.send(Event::Ended);
    });
    Ok(())
}
