//! The worker's side: looks, and writes what it sees into the pipe.

use super::protocol::{Message, encode};
use super::{Task, fence};
use crate::device::camera::report::Report;
use crate::device::camera::webcam::Trial;
use crate::device::camera::{Camera, CameraError, Eye, Sight, Source, Webcam};
use std::ffi::OsString;
use std::fs::File;
use std::io::{self, Write};
use std::os::fd::AsFd;
use std::process::ExitCode;
use std::sync::mpsc::{SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};

/// The worker with its arguments, the program's name left out. Ends when the source has ended, when
/// nobody reads the pipe, or when the fence does not hold.
pub fn main(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let Some(task) = Task::parse(arguments) else { return ExitCode::FAILURE };
    if fence::enter(&task).is_err() {
        return ExitCode::FAILURE;
    }
    // Not by way of `Stdout`: its buffer would keep codes back, and keep them.
    let Ok(out) = io::stdout().as_fd().try_clone_to_owned() else { return ExitCode::FAILURE };
    let pipe = Arc::new(Pipe(Mutex::new(out.into())));
    let served = match open(&task) {
        Ok((camera, trial)) => look(camera, trial, &pipe),
        Err(error) => {
            pipe.write(&Message::Report(Report::Trouble(error)));
            pipe.write(&Message::Report(Report::Ended));
            true
        }
    };
    if served { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// The camera, and how the format does that it tries.
type Opened = (Box<dyn Camera>, Option<Arc<Trial>>);

fn open(task: &Task) -> Result<Opened, CameraError> {
    match &task.source {
        Source::Webcam(number) => {
            let webcam = Webcam::open_after(*number, task.skip as usize)?;
            let trial = webcam.trial();
            Ok((Box::new(webcam), Some(trial)))
        }
        folder => Ok((folder.open()?, None)),
    }
}

/// Looks until the source has ended or nobody listens. False: the threads could not be started.
fn look(camera: Box<dyn Camera>, trial: Option<Arc<Trial>>, pipe: &Arc<Pipe>) -> bool {
    let (ended, end) = sync_channel(1);
    let sink = Arc::clone(pipe);
    let eye = Eye::open(camera, move |sight| tell(sight, trial.as_deref(), &sink, &ended));
    // The sink's own end of the channel goes with the eye's last thread.
    let _ = eye.as_ref().map(|_| end.recv());
    let started = eye.is_ok();
    // The process ends with this thread, whatever the others wait for.
    std::mem::forget(eye);
    started
}

/// Writes one sight. False when it was the last.
fn tell(sight: Sight, trial: Option<&Trial>, pipe: &Pipe, ended: &SyncSender<()>) -> bool {
    let silent = match sight {
        Sight::Trouble(CameraError::Stalled(_)) => trial.and_then(Trial::silent),
        _ => None,
    };
    let (message, last) = match (silent, Report::from(sight)) {
        (Some(format), _) => (Message::Silent(u8::try_from(format).unwrap_or(u8::MAX)), true),
        (None, report) => {
            let last = matches!(report, Report::Ended);
            (Message::Report(report), last)
        }
    };
    let goes_on = pipe.write(&message) && !last;
    if !goes_on {
        // Full: the end was told already.
        let _ = ended.try_send(());
    }
    goes_on
}

/// The way to the signer, for several threads.
struct Pipe(Mutex<File>);

impl Pipe {
    /// False when nobody reads.
    fn write(&self, message: &Message) -> bool {
        let bytes = encode(message);
        // A thread that died while it wrote left half a message: the signer will see that.
        let written =
            self.0.lock().unwrap_or_else(PoisonError::into_inner).write_all(&bytes).is_ok();
        #[cfg(feature = "crash-test")]
        super::crash_test::told(message);
        written
    }
}
