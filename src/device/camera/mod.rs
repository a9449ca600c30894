//! Where pictures come from: a webcam, a folder of frames, or the demo.

pub mod demo;

use crate::qr::Luma;

/// A source of grey pictures.
pub trait Camera: Send {
    /// What to call it on the screen.
    fn name(&self) -> &str;
    /// Waits for the next picture. `Ok(None)`: the source has ended (a folder's last frame).
    fn next_frame(&mut self) -> Result<Option<Luma>, CameraError>;
}

/// Why there is no picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CameraError {
    /// No camera was found.
    None,
}
