//! What a worker is told to look through, and as whom: its three arguments.

use crate::device::camera::Source;
use std::ffi::OsString;
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::path::PathBuf;

/// Cameras that the kernel can number (VIDEO_NUM_DEVICES in drivers/media/v4l2-core/v4l2-dev.c).
const CAMERAS: u32 = 256;

/// In place of a user: to stay who it is.
const SAME: &str = "same";

/// Users that can be named: 16 bits of them.
const USERS: u32 = 1 << 16;

/// Formats that can be left out, at most; no camera is tried in more.
const MOST_SKIPPED: u32 = 16;

/// One look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Task {
    /// The camera. A folder of frames stands in for one where there is none (tests).
    pub source: Source,
    /// So many of the camera's formats are left out, since they sent no picture.
    pub skip: u32,
    /// The user and group to become first. None: to stay who it is (tests).
    pub user: Option<u32>,
}

impl Task {
    /// As the worker's arguments.
    pub fn arguments(&self) -> [OsString; 3] {
        let source = match &self.source {
            Source::Webcam(number) => number.to_string().into(),
            Source::Folder(path) => {
                OsString::from_vec([b"dir:", path.as_os_str().as_bytes()].concat())
            }
        };
        let user = self.user.map_or(SAME.into(), |user| user.to_string());
        [source, self.skip.to_string().into(), user.into()]
    }

    /// Reads the worker's arguments: exactly these three, in the form in which they are written.
    pub fn parse(arguments: impl IntoIterator<Item = OsString>) -> Option<Self> {
        let mut arguments = arguments.into_iter();
        let (source, skip, user) = (arguments.next()?, arguments.next()?, arguments.next()?);
        if arguments.next().is_some() {
            return None;
        }
        let source = match source.as_bytes().strip_prefix(b"dir:") {
            Some(path) => Source::Folder(PathBuf::from(OsString::from_vec(path.to_vec()))),
            None => Source::Webcam(number(&source, CAMERAS)?),
        };
        let user = match user == SAME {
            true => None,
            // never root
            false => Some(number(&user, USERS).filter(|user| *user != 0)?),
        };
        Some(Self { source, skip: number(&skip, MOST_SKIPPED + 1)?, user })
    }
}

/// Digits only, no leading zero, below `limit`.
fn number(text: &OsString, limit: u32) -> Option<u32> {
    let text = text.to_str()?;
    let number: u32 = text.parse().ok()?;
    (number < limit && number.to_string() == text).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(arguments: &[&str]) -> Option<Task> {
        Task::parse(arguments.iter().map(OsString::from))
    }

    #[test]
    fn a_task_is_read_as_it_was_written() {
        for source in [Source::Webcam(0), Source::Webcam(255), Source::Folder("/a b/c".into())] {
            for user in [None, Some(61_001)] {
                let task = Task { source: source.clone(), skip: 3, user };
                assert_eq!(Task::parse(task.arguments()), Some(task));
            }
        }
    }

    #[test]
    fn arguments_in_any_other_form_are_no_task() {
        for wrong in [
            &[][..],
            &["0"],
            &["0", "0"],
            &["0", "0", "same", "0"],
            &["", "0", "same"],
            &["+1", "0", "same"],
            &["01", "0", "same"],
            &["-1", "0", "same"],
            &["256", "0", "same"],
            &["99999999999999999999", "0", "same"],
            &["/dev/video0", "0", "same"],
            &["0", "17", "same"],
            &["0", " 1", "same"],
            &["0", "0", ""],
            &["0", "0", "root"],
            &["0", "0", "0"],
            &["0", "0", "65536"],
        ] {
            assert_eq!(parse(wrong), None, "{wrong:?}");
        }
    }
}
