//! What can be wrong with a camera, and what to do about it.

use std::fmt;

/// Why there is no picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CameraError {
    /// No camera was found.
    None,
    /// What `--camera` was given is no source of pictures.
    Source(String),
    /// Another program uses the camera of this name.
    Busy(String),
    /// This user may not open the device of this path.
    Permission(String),
    /// The camera of this name gives none of the formats that are understood.
    Format(String),
    /// The camera of this name has gone.
    Unplugged(String),
    /// The camera of this name has sent nothing for some seconds.
    Stalled(String),
    /// The folder of this path cannot be read, with the system's reason.
    Folder(String, String),
    /// The folder of this path has no PNG or JPEG file.
    NoPictures(String),
    /// The picture of this file name cannot be read, with the reason.
    Picture(String, String),
}

impl CameraError {
    /// Is there nothing to be expected from this source any more? A single picture that cannot be
    /// read is not final, nor is a camera that is silent for the moment.
    pub fn is_final(&self) -> bool {
        !matches!(self, Self::Picture(..) | Self::Stalled(_))
    }
}

impl fmt::Display for CameraError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::None => f.write_str(
                "No camera was found. Plug one in, or use --camera dir:FOLDER or --camera demo.",
            ),
            Self::Source(text) => write!(
                f,
                "\"{text}\" is no camera. Use /dev/video0 (or another number), dir:FOLDER or demo."
            ),
            Self::Busy(name) => write!(
                f,
                "The camera {name} is in use by another program. Close that program and try again."
            ),
            Self::Permission(path) => write!(
                f,
                "You may not use {path}. Add yourself to the group `video` with \
                 `sudo usermod -aG video $USER`, log out, log in and try again."
            ),
            Self::Format(name) => write!(
                f,
                "The camera {name} gives no picture that can be read here (MJPEG or YUYV in whole \
                 frames a second). Use another camera."
            ),
            Self::Unplugged(name) => {
                write!(f, "The camera {name} was unplugged. Plug it in and scan again.")
            }
            Self::Stalled(name) => write!(
                f,
                "The camera {name} sends no pictures. Unplug it, plug it in and scan again, or use \
                 another camera."
            ),
            Self::Folder(path, why) => {
                write!(f, "The folder {path} cannot be read: {why}. Check its name and rights.")
            }
            Self::NoPictures(path) => write!(
                f,
                "There is no PNG or JPEG picture in the folder {path}. Choose the folder that has \
                 the frames."
            ),
            Self::Picture(file, why) => {
                write!(f, "The picture {file} cannot be read: {why}. It is left out.")
            }
        }
    }
}

impl std::error::Error for CameraError {}
