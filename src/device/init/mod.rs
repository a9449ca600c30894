//! PID 1 of the image: mounts, starts the signer, waits for it, and powers off.
//!
//! It holds no secret and outlives every process that does. A signer that left its wallet is
//! replaced by a fresh one, so that the kernel (`init_on_free`) wipes what the old one knew; every
//! other end of it, expected or not, powers the machine off.

mod blank;
mod mounts;
mod power;

use rustix::io::Errno;
use rustix::process::{Pid, Signal, WaitOptions, kill_process_group, wait};
use std::io::{self, Read, Write};
use std::os::unix::process::CommandExt;
use std::process::{ChildStdout, Command, Stdio};
use std::sync::mpsc::channel;
use std::thread::{Builder, sleep};
use std::time::{Duration, Instant};

/// The name by which the kernel starts the program as PID 1.
pub const INIT: &str = "/init";

/// The signer's name, as its first argument.
pub const SIGNER: &str = "coldlight-signer";

/// With this code a signer says that it left its wallet, and that another may start.
pub const LEFT: u8 = 10;

/// Longest public hand-over from one signer to the next, bytes.
pub const HANDOVER_MAX: usize = 4096;

/// How long a fault is left on the screen before the power goes.
const TO_READ: Duration = Duration::from_secs(20);

/// How long is waited for what a broken device may hold up for ever: the end of a process that is
/// inside its driver, what is still to be written to it.
const PATIENCE: Duration = Duration::from_secs(20);

/// Between two looks whether all have ended.
const LOOK: Duration = Duration::from_millis(5);

/// What the end of a signer means.
#[derive(Debug, PartialEq, Eq)]
enum Next {
    Another,
    PowerOff,
}

/// Runs the machine; never returns.
pub fn main() -> ! {
    // A panic in here would otherwise be the kernel's.
    std::panic::set_hook(Box::new(|_| power_off()));
    match mounts::all() {
        Ok(()) => serve(),
        Err(error) => tell(&error),
    }
    power_off()
}

/// One signer after the other, until one ends in another way than by leaving its wallet.
fn serve() {
    power::watch();
    let mut handover = Vec::new();
    loop {
        match signer(&handover) {
            Ok((Next::Another, next)) => handover = next,
            Ok((Next::PowerOff, _)) => return,
            Err(error) => return tell(&error),
        }
        if !everything_ends() {
            return;
        }
        blank::screen();
        mounts::take_out();
    }
}

/// Starts a signer and waits for its end. `handover` is what the last one left, and what this one
/// leaves is given back: public, and never more than [`HANDOVER_MAX`] bytes.
fn signer(handover: &[u8]) -> io::Result<(Next, Vec<u8>)> {
    let mut child = Command::new(INIT)
        .arg0(SIGNER)
        .env_clear()
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()?;
    if let Some(mut input) = child.stdin.take() {
        // It fits into the pipe, so this never waits; and a signer that does not read it is its
        // own affair.
        let _ = input.write_all(handover);
    }
    let output = child.stdout.take();
    let code = end_of(Pid::from_child(&child))?;
    Ok((next(code), output.map(left_behind).unwrap_or_default()))
}

/// Reaps whatever ends, until `pid` does. Its exit code, or None when a signal ended it.
fn end_of(pid: Pid) -> io::Result<Option<i32>> {
    loop {
        match wait(WaitOptions::empty()) {
            Ok(Some((ended, status))) if ended == pid => return Ok(status.exit_status()),
            Ok(_) | Err(Errno::INTR) => {}
            Err(error) => return Err(error.into()),
        }
    }
}

fn next(code: Option<i32>) -> Next {
    if code == Some(i32::from(LEFT)) { Next::Another } else { Next::PowerOff }
}

fn left_behind(output: ChildStdout) -> Vec<u8> {
    let mut left = Vec::with_capacity(HANDOVER_MAX);
    // The writer has ended, and its helpers hold other pipes, so that this comes to an end.
    match output.take(HANDOVER_MAX as u64).read_to_end(&mut left) {
        Ok(_) => left,
        Err(_) => Vec::new(),
    }
}

/// Ends every other process and waits until the last is gone and its memory is wiped. False when one
/// does not end in time.
fn everything_ends() -> bool {
    let began = Instant::now();
    loop {
        // Process group 1, negated, is every process but this one (kill(2)). Each time: one may have
        // been about to start.
        let _ = kill_process_group(Pid::INIT, Signal::KILL);
        match wait(WaitOptions::NOHANG) {
            Err(Errno::CHILD) => return true,
            Ok(Some(_)) => {}
            _ if began.elapsed() >= PATIENCE => return false,
            _ => sleep(LOOK),
        }
    }
}

/// Does `work` in a thread of its own, and waits for it no longer than `patience`.
fn within(patience: Duration, work: impl FnOnce() + Send + 'static) {
    let (done, end) = channel();
    let work = move || {
        work();
        let _ = done.send(());
    };
    if Builder::new().spawn(work).is_ok() {
        let _ = end.recv_timeout(patience);
    }
}

/// Says on the console why the machine does not start.
fn tell(error: &io::Error) {
    let text = format!("\r\nColdlight cannot start: {error}. The power goes off.\r\n");
    let _ = std::fs::write("/dev/console", text);
    sleep(TO_READ);
}

fn power_off() -> ! {
    everything_ends();
    blank::screen();
    within(PATIENCE, rustix::fs::sync);
    power::off()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_signer_that_left_its_wallet_is_followed_by_another() {
        assert_eq!(next(Some(i32::from(LEFT))), Next::Another);
        // asked to power off; a failure; a panic; ended by a signal
        for end in [Some(0), Some(1), Some(101), None] {
            assert_eq!(next(end), Next::PowerOff, "{end:?}");
        }
    }

    #[test]
    fn work_that_never_ends_is_not_waited_for() {
        let (never, end) = channel::<()>();
        within(Duration::from_millis(1), move || while end.recv().is_ok() {});
        drop(never);
    }

    #[test]
    fn work_that_ends_is_waited_for() {
        let (done, end) = channel();
        within(Duration::from_secs(600), move || {
            let _ = done.send(7);
        });
        assert_eq!(end.try_recv(), Ok(7));
    }

    #[test]
    fn no_more_than_the_bound_is_taken_from_a_signer() {
        let mut child = Command::new("head")
            .args(["-c", "100000", "/dev/zero"])
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let left = left_behind(child.stdout.take().unwrap());
        assert_eq!(left.len(), HANDOVER_MAX);
        child.wait().unwrap();
    }
}
