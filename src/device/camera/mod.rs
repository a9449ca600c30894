//! Where pictures come from: a webcam, a folder of frames, or the demo.
//!
//! On an ordinary computer they are read in this process ([`feed`]); on the dedicated machine in
//! one of their own ([`worker`]), by the cameras that are plugged in at that moment
//! ([`appliance`]).

pub mod appliance;
mod choose;
pub mod demo;
mod error;
pub mod eye;
pub mod feed;
pub mod find;
mod folder;
pub mod measure;
mod picture;
pub mod report;
mod slot;
mod webcam;
pub mod worker;

pub use error::CameraError;
pub use eye::{Eye, Looked, Sight};
pub use folder::Folder;
pub use webcam::Webcam;

use crate::qr::Luma;
use std::path::{Path, PathBuf};

/// A source of grey pictures.
pub trait Camera: Send {
    /// What to call it on the screen.
    fn name(&self) -> &str;

    /// Waits for the next picture. `Ok(None)`: the source has ended (a folder's last frame).
    /// After an error that is not [`CameraError::is_final`] the next picture can be asked for.
    fn next_frame(&mut self) -> Result<Option<Luma>, CameraError>;

    /// The file that the last picture, or the last error, came from.
    fn file(&self) -> Option<&str> {
        None
    }

    /// Must every picture be looked at, in order? A webcam's may be dropped when they come faster
    /// than they are read; a folder's wait.
    fn keeps_every_frame(&self) -> bool {
        false
    }
}

/// Where to take pictures from, as `--camera` says it. The demo is not among them: it is the
/// program's own and needs no device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// `/dev/videoN`.
    Webcam(u32),
    /// `dir:PATH`.
    Folder(PathBuf),
}

impl Source {
    /// Reads `/dev/videoN` (or a link to it, as in `/dev/v4l/by-id`) or `dir:PATH`.
    pub fn parse(text: &str) -> Result<Self, CameraError> {
        if let Some(path) = text.strip_prefix("dir:") {
            return Ok(Self::Folder(path.into()));
        }
        let number =
            |path: &Path| path.to_str()?.strip_prefix("/dev/video")?.parse().ok().map(Self::Webcam);
        number(Path::new(text))
            .or_else(|| number(&std::fs::canonicalize(text).ok()?))
            .ok_or_else(|| CameraError::Source(text.to_owned()))
    }

    /// Opens it. A webcam is opened in its own thread, and what is wrong with it is told by the
    /// first frame that is asked for.
    pub fn open(&self) -> Result<Box<dyn Camera>, CameraError> {
        Ok(match self {
            Self::Webcam(number) => Box::new(Webcam::open(*number)?),
            Self::Folder(path) => Box::new(Folder::open(path)?),
        })
    }
}
