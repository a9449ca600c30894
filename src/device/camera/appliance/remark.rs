//! What the dedicated machine says about its cameras.

use crate::device::camera::CameraError;
use std::fmt;

/// Why there is no picture at the moment. Each is one remark on the screen that goes on looking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Remark {
    /// No camera is plugged in.
    None,
    /// No camera is plugged in that works here, but there is an image processor of this name for
    /// one that does not.
    OnlyMipi(&'static str),
    /// The camera of this name was pulled out.
    Unplugged(String),
    /// The worker ended, or went silent, so many times in this look.
    Restarting(u32),
    /// The camera of this name sends nothing at the moment.
    Stalled(String),
    /// The camera of this name sends nothing in one of its formats.
    OtherFormat(String),
    /// The camera of this name sends nothing that can be read.
    Unreadable(String),
    /// The camera of this name cannot be opened.
    Closed(String),
    /// A process or a thread could not be started: the system's number for the reason (errno), 0 when
    /// it gave none.
    NotStarted(i32),
}

impl Remark {
    /// Why a process or a thread could not be started.
    pub fn not_started(error: &std::io::Error) -> Self {
        Self::NotStarted(error.raw_os_error().unwrap_or(0))
    }

    /// What a worker's trouble with the camera of this name comes to here. The name is the
    /// machine's own word, not the worker's.
    pub(super) fn of(error: &CameraError, name: &str) -> Self {
        let name = name.to_owned();
        match error {
            CameraError::None | CameraError::Unplugged(_) => Self::Unplugged(name),
            CameraError::Stalled(_) => Self::Stalled(name),
            CameraError::Format(_)
            | CameraError::Picture(..)
            | CameraError::NoPictures(_)
            | CameraError::Folder(..) => Self::Unreadable(name),
            CameraError::Busy(_) | CameraError::Permission(_) | CameraError::Source(_) => {
                Self::Closed(name)
            }
        }
    }
}

impl fmt::Display for Remark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::None => {
                f.write_str("No camera is plugged in. Plug in a USB webcam; it is found by itself.")
            }
            Self::OnlyMipi(processor) => write!(
                f,
                "If this computer has a built-in camera, it is of a kind (MIPI, {processor}) that \
                 does not work here. Plug in a USB webcam."
            ),
            Self::Unplugged(name) => write!(
                f,
                "The camera {name} was unplugged. Plug one in; scanning then goes on by itself."
            ),
            Self::Restarting(times) => {
                write!(f, "The camera stopped; starting it again ({times}).")
            }
            Self::Stalled(name) => write!(
                f,
                "The camera {name} sends no pictures. If that lasts, unplug it and plug it in again."
            ),
            Self::OtherFormat(name) => {
                write!(f, "The camera {name} sends no pictures in one format; trying another.")
            }
            Self::Unreadable(name) => write!(
                f,
                "The camera {name} sends nothing that can be read here. Plug in another camera."
            ),
            Self::Closed(name) => {
                write!(f, "The camera {name} cannot be opened. Unplug it and plug it in again.")
            }
            Self::NotStarted(reason) => {
                write!(f, "The camera could not be started (reason {reason}). Restart the machine.")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_remark_is_whole_sentences_that_say_what_happened_and_what_to_do() {
        let name = || "Cam".to_owned();
        let remarks = [
            Remark::None,
            Remark::OnlyMipi("Intel IPU6"),
            Remark::Unplugged(name()),
            Remark::Restarting(3),
            Remark::Stalled(name()),
            Remark::OtherFormat(name()),
            Remark::Unreadable(name()),
            Remark::Closed(name()),
            Remark::NotStarted(12),
        ];
        let mut texts: Vec<_> = remarks.iter().map(ToString::to_string).collect();
        for text in &texts {
            assert!(text.ends_with('.'), "{text}");
            let two = text.matches(". ").count() == 1 || text.contains("; ");
            assert!(two, "what happened and what to do: {text}");
        }
        texts.sort();
        texts.dedup();
        assert_eq!(texts.len(), remarks.len());
        assert_eq!(Remark::Restarting(3).to_string(), "The camera stopped; starting it again (3).");
    }

    #[test]
    fn a_workers_trouble_is_told_with_the_machines_name_for_the_camera() {
        let error = CameraError::Busy("Press q now".into());
        assert_eq!(Remark::of(&error, "Cam"), Remark::Closed("Cam".into()));
    }
}
