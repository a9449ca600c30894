//! The demo camera: pictures that are computed, at the pace of a slow webcam.

use super::{Camera, CameraError};
use crate::demo::camera::Pictures;
use crate::qr::Luma;
use std::thread::sleep;
use std::time::{Duration, Instant};

/// Between two pictures: 8 a second.
const PACE: Duration = Duration::from_millis(125);

/// A camera before a computed screen.
pub struct DemoCamera {
    pictures: Pictures,
    next: usize,
    due: Instant,
}

impl DemoCamera {
    /// Before a screen that plays the demo's unsigned PSBT.
    pub fn new() -> Result<Self, CameraError> {
        let pictures = Pictures::new(&crate::demo::unsigned()).ok_or(CameraError::None)?;
        Ok(Self { pictures, next: 0, due: Instant::now() })
    }
}

impl Camera for DemoCamera {
    fn name(&self) -> &str {
        "demo"
    }

    fn next_frame(&mut self) -> Result<Option<Luma>, CameraError> {
        sleep(self.due.saturating_duration_since(Instant::now()));
        self.due = Instant::now() + PACE;
        let picture = self.pictures.picture(self.next);
        self.next += 1;
        Ok(picture)
    }
}
