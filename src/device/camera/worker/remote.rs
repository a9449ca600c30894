//! The signer's side: starts a worker, hears it, ends it. A worker that was started is always
//! waited for, so that none stays behind as a zombie.

use super::protocol::{Message, ProtocolError, decode};
use super::{NAME, Task, USER};
use crate::device::camera::Source;
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fs::chown;
use rustix::process::{Gid, Uid};
use std::io::{self, Read};
use std::os::unix::process::CommandExt;
use std::path::PathBuf;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// How workers are started.
#[derive(Debug, Clone)]
pub struct Launch {
    program: PathBuf,
    user: Option<u32>,
    frames: Option<PathBuf>,
}

impl Launch {
    /// In the image: this program again, under the worker's own user.
    pub fn own() -> Self {
        Self { program: "/proc/self/exe".into(), user: Some(USER), frames: None }
    }

    /// Without a camera (tests): `program`, under the same user, and the frames of a folder in
    /// place of every camera's.
    pub fn rehearsal(program: PathBuf, frames: PathBuf) -> Self {
        Self { program, user: None, frames: Some(frames) }
    }

    /// The same, under the worker's own user; only root may.
    pub fn as_own_user(self) -> Self {
        Self { user: Some(USER), ..self }
    }

    /// Does a folder stand in for the cameras?
    pub(in crate::device::camera) fn is_rehearsal(&self) -> bool {
        self.frames.is_some()
    }

    /// Starts a worker that looks through `/dev/video{number}`.
    fn start(&self, number: u32, skip: u32) -> io::Result<Child> {
        let source = match &self.frames {
            Some(frames) => Source::Folder(frames.clone()),
            None => Source::Webcam(number),
        };
        if let (Some(user), None) = (self.user, &self.frames) {
            // devtmpfs makes the node for root alone.
            let node = format!("/dev/video{number}");
            chown(node, Some(Uid::from_raw(user)), Some(Gid::from_raw(user)))?;
        }
        // The worker becomes its own user by itself, and its directory stays as it is: when the
        // standard library does either, it asks the system for a pair of sockets, and the image has
        // none.
        Command::new(&self.program)
            .arg0(NAME)
            .args(Task { source, skip, user: self.user }.arguments())
            .env_clear()
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
    }
}

/// Holds the worker of one look, so that the look can be ended from another thread.
#[derive(Default)]
pub struct Leash(Mutex<Held>);

#[derive(Default)]
struct Held {
    cut: bool,
    worker: Option<Child>,
}

impl Leash {
    /// Starts a worker and gives what it says. The thread that calls this must be the one that
    /// calls [`Leash::reap`] and must not end before: the worker is killed with it.
    pub fn start(&self, launch: &Launch, number: u32, skip: u32) -> io::Result<Words> {
        let mut child = launch.start(number, skip)?;
        let pipe = child.stdout.take();
        let mut held = self.lock();
        if held.cut {
            // Gone if this fails.
            let _ = child.kill();
        }
        held.worker = Some(child);
        drop(held);
        match pipe {
            Some(pipe) => Ok(Words { pipe }),
            None => {
                self.reap();
                Err(io::Error::other("no pipe"))
            }
        }
    }

    /// Kills the worker, and any that is started later; does not wait.
    pub fn cut(&self) {
        let mut held = self.lock();
        held.cut = true;
        if let Some(worker) = &mut held.worker {
            // Gone if this fails.
            let _ = worker.kill();
        }
    }

    /// Kills the worker and waits until it is gone.
    pub fn reap(&self) {
        let worker = self.lock().worker.take();
        if let Some(mut worker) = worker {
            let _ = worker.kill();
            // Fails only where somebody else waited for it.
            let _ = worker.wait();
        }
    }

    fn lock(&self) -> MutexGuard<'_, Held> {
        // Each change is one assignment.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What a worker says.
pub struct Words {
    pipe: ChildStdout,
}

/// Between two questions whether to go on waiting.
const GLANCE: Duration = Duration::from_millis(500);

impl Words {
    /// The next message. While nothing comes, `go_on` is asked twice a second, with how long it has
    /// been quiet; when it says no, the error is [`ProtocolError::Pipe`] of `TimedOut`.
    pub fn next(&mut self, go_on: impl FnMut(Duration) -> bool) -> Result<Message, ProtocolError> {
        decode(&mut Patient { pipe: &mut self.pipe, go_on })
    }
}

/// Reads as long as it is told to wait.
struct Patient<'a, F> {
    pipe: &'a mut ChildStdout,
    go_on: F,
}

impl<F: FnMut(Duration) -> bool> Read for Patient<'_, F> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let glance = Timespec::try_from(GLANCE).map_err(io::Error::other)?;
        let since = Instant::now();
        loop {
            let mut pipe = [PollFd::new(&*self.pipe, PollFlags::IN)];
            match poll(&mut pipe, Some(&glance)) {
                Ok(0) if (self.go_on)(since.elapsed()) => {}
                Ok(0) => return Err(io::ErrorKind::TimedOut.into()),
                Ok(_) => return self.pipe.read(buffer),
                Err(rustix::io::Errno::INTR) => {}
                Err(why) => return Err(why.into()),
            }
        }
    }
}
