//! The self-test before any menu: known answers, the random source, and that no network exists.

use crate::app::appliance::SelfTest;
use crate::keys::known_answers;
use rustix::io::Errno;
use rustix::net::{AddressFamily, Protocol, SocketFlags, SocketType, socket_with, socketpair};
use rustix::rand::{GetRandomFlags, getrandom};
use std::path::Path;

/// Address families tried: all that Linux knows (AF_MAX of linux/socket.h is 46), and a few more.
const FAMILIES: u16 = 64;

/// Socket types tried: all of linux/net.h.
const TYPES: [SocketType; 5] = [
    SocketType::STREAM,
    SocketType::DGRAM,
    SocketType::RAW,
    SocketType::RDM,
    SocketType::SEQPACKET,
];

/// Runs all of it; what it says is this machine's own claim.
pub(super) fn run() -> SelfTest {
    let failed = |what: &str| SelfTest::Failed(what.to_owned());
    if let Err(what) = known_answers() {
        return failed(what);
    }
    if !random_source() {
        return failed("the random source");
    }
    if Path::new("/sys/class/net").exists() {
        return failed("that there is no network device");
    }
    if sockets() {
        return failed("that the system has no network sockets");
    }
    SelfTest::Passed
}

/// The kernel's generator answers, in full, and not with a constant. Whether it is random cannot be
/// told from its outcome.
fn random_source() -> bool {
    let mut draws = [[0; 32]; 2];
    let filled = draws
        .iter_mut()
        .all(|draw| getrandom(&mut draw[..], GetRandomFlags::empty()) == Ok((32, 0).0));
    let varied = |draw: &[u8; 32]| draw.iter().any(|byte| *byte != draw[0]);
    filled && draws.iter().all(varied) && draws[0] != draws[1]
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
