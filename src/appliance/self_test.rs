//! The self-test before any menu: known answers, the random source, and that no network exists.

use crate::app::appliance::SelfTest;
use crate::app::{Event, News};
use crate::device::random::KernelRandom;
use crate::keys::{Generator, known_answers};
use rustix::io::Errno;
use rustix::net::{AddressFamily, Protocol, SocketFlags, SocketType, socket_with, socketpair};
use rustix::process::setpriority_process;
use std::path::Path;
use std::sync::mpsc::SyncSender;
use std::thread::Builder;

/// Address families tried: all that Linux knows (AF_MAX of linux/socket.h is 46), and a few more.
const FAMILIES: u16 = 64;

/// The lowest priority of a thread (nice(2)).
const LOWEST: i32 = 19;

/// Socket types tried: all of linux/net.h.
const TYPES: [SocketType; 5] = [
    SocketType::STREAM,
    SocketType::DGRAM,
    SocketType::RAW,
    SocketType::RDM,
    SocketType::SEQPACKET,
];

/// The random source's name among the tests.
const RANDOM: &str = "the random source";

/// Runs all of it; what it says is this machine's own claim.
pub(super) fn run() -> SelfTest {
    match without_random() {
        Ok(()) => random(),
        Err(what) => SelfTest::Failed(what.into()),
    }
}

/// Runs all but the random source, and that one in a thread, which tells how all of it ended. After
/// a start the kernel gathers for a second what its generator begins with, and does nothing else
/// meanwhile: the thread has the lowest priority, so that the first screen need not wait for it.
pub(super) fn begin(events: SyncSender<Event>) -> SelfTest {
    if let Err(what) = without_random() {
        return SelfTest::Failed(what.into());
    }
    let thread = Builder::new().name("self-test".into()).spawn(move || {
        // Refused it only takes longer. On Linux a priority is the thread's own (setpriority(2)).
        let _ = setpriority_process(None, LOWEST);
        // Refused only when nobody listens.
        let _ = events.send(Event::Machine(News::SelfTest(random())));
    });
    match thread {
        Ok(_) => SelfTest::Running,
        Err(_) => SelfTest::Failed(RANDOM.into()),
    }
}

fn random() -> SelfTest {
    if random_source() { SelfTest::Passed } else { SelfTest::Failed(RANDOM.into()) }
}

/// The first of the other tests that fails.
fn without_random() -> Result<(), &'static str> {
    known_answers()?;
    if Path::new("/sys/class/net").exists() {
        return Err("that there is no network device");
    }
    if sockets() {
        return Err("that the system has no network sockets");
    }
    Ok(())
}

/// The kernel's generator answers, in full, and passes its health tests. Whether it is random cannot
/// be told from its outcome.
fn random_source() -> bool {
    Generator::new(KernelRandom).array::<32>().is_ok()
}

/// Does the system give a socket, or a pair of them, of any family and type? This is the one place
/// that asks for one, to see that there is none: without a network the call itself does not exist.
fn sockets() -> bool {
    (0..FAMILIES).any(|family| {
        let family = AddressFamily::from_raw(family);
        TYPES.into_iter().any(|kind| {
            let flags = SocketFlags::CLOEXEC;
            let one = socket_with(family, kind, flags, None::<Protocol>);
            let pair = socketpair(family, kind, flags, None::<Protocol>);
            !matches!((one, pair), (Err(Errno::NOSYS), Err(Errno::NOSYS)))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_random_source_of_this_system_answers() {
        assert!(random_source());
    }

    #[test]
    fn an_ordinary_system_has_sockets_and_fails() {
        assert!(sockets());
        assert!(matches!(run(), SelfTest::Failed(what) if what.contains("network")));
    }
}
