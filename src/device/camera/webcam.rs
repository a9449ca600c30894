//! A webcam (V4L2, by `nokhwa`).
//!
//! `nokhwa` waits for a frame without limit and can panic when a camera goes away, so it lives in a
//! thread of its own. That thread hands over its newest frame; when none comes, the reader says so.
//! Only the end of the process ends a thread that waits so; a worker process is ended and started
//! again with the camera's next format (see [`Trial`]).

use super::choose::{Offer, Pixels, candidates};
use super::slot::{Slot, Taken};
use super::{Camera, CameraError, find, picture};
use crate::qr::{Luma, detect::guarded};
use nokhwa::NokhwaError;
use nokhwa::utils::{
    CameraFormat, CameraIndex, FrameFormat, RequestedFormat, RequestedFormatType, Resolution,
};
use std::io::ErrorKind;
use std::mem::ManuallyDrop;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// How long a camera may be silent before the reader is told.
const PATIENCE: Duration = Duration::from_secs(3);

/// Frames in a row that cannot be read before a format is given up.
const BAD_FRAMES: u32 = 15;

type Frames = Slot<Result<Luma, CameraError>>;

/// The format that is being tried: its place among the camera's, best first.
#[derive(Default)]
pub struct Trial(Mutex<Option<(usize, Instant)>>);

impl Trial {
    /// The format that streams for 3 seconds or more and has not sent one frame that can be read.
    pub fn silent(&self) -> Option<usize> {
        let (format, since) = (*self.lock())?;
        (since.elapsed() >= PATIENCE).then_some(format)
    }

    fn begin(&self, format: usize) {
        *self.lock() = Some((format, Instant::now()));
    }

    fn end(&self) {
        *self.lock() = None;
    }

    fn lock(&self) -> MutexGuard<'_, Option<(usize, Instant)>> {
        // Each change is one assignment.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A webcam that plays.
pub struct Webcam {
    name: String,
    frames: Arc<Frames>,
    trial: Arc<Trial>,
}

impl Webcam {
    /// Opens `/dev/videoN`. Formats are tried in the camera's thread.
    pub fn open(number: u32) -> Result<Self, CameraError> {
        Self::open_after(number, 0)
    }

    /// Opens `/dev/videoN`, and leaves out so many of the formats that would be tried first.
    pub fn open_after(number: u32, formats: usize) -> Result<Self, CameraError> {
        let path = format!("/dev/video{number}");
        let name = find::cameras()
            .into_iter()
            .find(|camera| camera.number == number)
            .map_or_else(|| path.clone(), |camera| camera.name);
        // `nokhwa` gives its reasons as text; the usual ones are found out here.
        if let Err(why) = std::fs::File::options().read(true).write(true).open(&path) {
            return Err(match why.kind() {
                ErrorKind::NotFound => CameraError::None,
                ErrorKind::PermissionDenied => CameraError::Permission(path),
                ErrorKind::ResourceBusy => CameraError::Busy(name),
                _ => CameraError::Unplugged(name),
            });
        }
        let frames = Arc::new(Frames::new());
        let trial = Arc::new(Trial::default());
        let (thread_frames, thread_name) = (Arc::clone(&frames), name.clone());
        let thread_trial = Arc::clone(&trial);
        // Not joined: it may wait for a frame of a stuck camera for ever. It holds nothing but the
        // device and ends with the first frame after the slot is closed.
        std::thread::Builder::new()
            .name("camera".into())
            .spawn(move || {
                let end = guarded(|| {
                    let found = candidates(&offers(number, &thread_name)?);
                    let tried = found.into_iter().enumerate().skip(formats);
                    play(number, &thread_name, tried, &thread_frames, &thread_trial)
                });
                if let Err(error) = end.unwrap_or(Err(CameraError::Unplugged(thread_name))) {
                    thread_frames.put(Err(error));
                }
                thread_frames.close();
            })
            .map_err(|_| CameraError::Stalled(name.clone()))?;
        Ok(Self { name, frames, trial })
    }

    /// How the format does that is being tried.
    pub fn trial(&self) -> Arc<Trial> {
        Arc::clone(&self.trial)
    }
}

impl Camera for Webcam {
    fn name(&self) -> &str {
        &self.name
    }

    fn next_frame(&mut self) -> Result<Option<Luma>, CameraError> {
        match self.frames.take(PATIENCE) {
            Taken::Thing(frame) => frame.map(Some),
            Taken::Nothing => Err(CameraError::Stalled(self.name.clone())),
            Taken::Closed => Ok(None),
        }
    }
}

impl Drop for Webcam {
    fn drop(&mut self) {
        self.frames.close();
    }
}

/// Plays the first format that streams, until the slot is closed or the camera goes away.
fn play(
    number: u32,
    name: &str,
    formats: impl Iterator<Item = (usize, Offer)>,
    frames: &Frames,
    trial: &Trial,
) -> Result<(), CameraError> {
    for (place, offer) in formats {
        trial.begin(place);
        match stream(number, name, offer, frames, trial) {
            Err(CameraError::Format(_)) => continue,
            end => return end,
        }
    }
    trial.end();
    Err(CameraError::Format(name.to_owned()))
}

fn offers(number: u32, name: &str) -> Result<Vec<Offer>, CameraError> {
    // Opened in whatever format it has; only the list is wanted.
    let any = RequestedFormat::with_formats(RequestedFormatType::None, &KNOWN);
    let camera = nokhwa::Camera::new(CameraIndex::Index(number), any);
    with_camera(camera.map_err(|e| error(&e, name))?, |camera| {
        let formats = camera.compatible_camera_formats().map_err(|e| error(&e, name))?;
        let offer = |format: CameraFormat| {
            let pixels = match format.format() {
                FrameFormat::MJPEG => Pixels::Mjpeg,
                FrameFormat::YUYV => Pixels::Yuyv,
                FrameFormat::GRAY => Pixels::Gray,
                _ => return None,
            };
            let (width, height) = (format.width(), format.height());
            Some(Offer { pixels, width, height, rate: format.frame_rate() })
        };
        Ok(formats.into_iter().filter_map(offer).collect())
    })
}

const KNOWN: [FrameFormat; 3] = [FrameFormat::MJPEG, FrameFormat::YUYV, FrameFormat::GRAY];

/// Streams one format. An error of kind `Format` says that another may do.
fn stream(
    number: u32,
    name: &str,
    offer: Offer,
    frames: &Frames,
    trial: &Trial,
) -> Result<(), CameraError> {
    let format = match offer.pixels {
        Pixels::Mjpeg => FrameFormat::MJPEG,
        Pixels::Yuyv => FrameFormat::YUYV,
        Pixels::Gray => FrameFormat::GRAY,
    };
    let exact = CameraFormat::new(Resolution::new(offer.width, offer.height), format, offer.rate);
    let request = RequestedFormat::with_formats(RequestedFormatType::Exact(exact), &KNOWN);
    let camera = nokhwa::Camera::new(CameraIndex::Index(number), request);
    with_camera(camera.map_err(|e| error(&e, name))?, |camera| {
        camera.open_stream().map_err(|e| error(&e, name))?;
        let mut bad = 0;
        let mut good = false;
        loop {
            let frame = match camera.frame() {
                Ok(frame) => frame,
                // What streamed once and stops has gone; what never streamed may in another format.
                Err(_) if good => return Err(CameraError::Unplugged(name.to_owned())),
                Err(e) => return Err(error(&e, name)),
            };
            let read = match offer.pixels {
                Pixels::Mjpeg => picture::from_mjpeg,
                Pixels::Yuyv => picture::from_yuyv,
                Pixels::Gray => picture::from_gray,
            };
            match read(frame.buffer(), offer.width, offer.height) {
                Some(picture) => {
                    if !good {
                        trial.end();
                    }
                    (bad, good) = (0, true);
                    if !frames.replace(Ok(picture)) {
                        return Ok(());
                    }
                }
                // The first frames of many cameras are damaged.
                None => bad += 1,
            }
            if bad > BAD_FRAMES {
                return Err(CameraError::Format(name.to_owned()));
            }
        }
    })
}

/// Uses a camera and drops it with care: stopping a stream panics on some errors, and a panic while
/// another unwinds would end the program.
fn with_camera<T>(
    camera: nokhwa::Camera,
    user: impl FnOnce(&mut nokhwa::Camera) -> Result<T, CameraError>,
) -> Result<T, CameraError> {
    let mut camera = ManuallyDrop::new(camera);
    let used = guarded(|| user(&mut camera));
    guarded(|| drop(ManuallyDrop::into_inner(camera)));
    used.unwrap_or(Err(CameraError::Format(String::new())))
}

/// `nokhwa` keeps the system's error number only within its text.
fn error(error: &NokhwaError, name: &str) -> CameraError {
    let text = error.to_string();
    let is = |number: u32| text.contains(&format!("(os error {number})"));
    let name = name.to_owned();
    // Linux: EBUSY 16; ENXIO 6 and ENODEV 19; EACCES 13.
    match () {
        () if is(16) => CameraError::Busy(name),
        () if is(6) || is(19) => CameraError::Unplugged(name),
        () if is(13) => CameraError::Permission(name),
        () => CameraError::Format(name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_reasons_of_the_driver_are_recognised() {
        let of = |text: &str| error(&NokhwaError::OpenStreamError(text.into()), "Cam");
        let cam = || "Cam".to_owned();
        assert_eq!(of("Device or resource busy (os error 16)"), CameraError::Busy(cam()));
        assert_eq!(of("No such device (os error 19)"), CameraError::Unplugged(cam()));
        assert_eq!(of("Permission denied (os error 13)"), CameraError::Permission(cam()));
        assert_eq!(of("Invalid argument (os error 22)"), CameraError::Format(cam()));
        assert_eq!(of("(os error 161)"), CameraError::Format(cam()));
    }

    #[test]
    fn a_format_is_silent_only_after_a_while_and_until_its_first_frame() {
        let trial = Trial::default();
        assert_eq!(trial.silent(), None);
        trial.begin(2);
        assert_eq!(trial.silent(), None);
        *trial.lock() = Instant::now().checked_sub(PATIENCE).map(|then| (2, then));
        assert_eq!(trial.silent(), Some(2));
        trial.end();
        assert_eq!(trial.silent(), None);
    }

    #[test]
    fn a_webcam_that_is_not_there_is_no_camera() {
        assert_eq!(Webcam::open(9_999).err(), Some(CameraError::None));
    }
}
