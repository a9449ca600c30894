//! Which cameras are plugged in at this moment, and which of them is in use.

use super::Remark;
use super::pci::image_processor;
use crate::device::camera::find::{Found, cameras_in};
use std::path::PathBuf;

/// Reads the list anew each time that it is asked.
pub struct Roster {
    cameras: PathBuf,
    pci: PathBuf,
    chosen: Option<Found>,
}

/// A camera and its place among those that are plugged in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The camera.
    pub camera: Found,
    /// From 1.
    pub position: usize,
    /// How many there are.
    pub count: usize,
}

impl Place {
    /// Its name, and its position where there are several.
    pub fn label(&self) -> String {
        match self.count {
            1 => self.camera.name.clone(),
            count => format!("{}, {} of {count}", self.camera.name, self.position),
        }
    }
}

impl Roster {
    /// Reads folders like `/sys/class/video4linux` and `/sys/bus/pci/devices`.
    pub fn new(cameras: PathBuf, pci: PathBuf) -> Self {
        Self { cameras, pci, chosen: None }
    }

    /// The camera in use: the one that was chosen while it is there, else the first. Plugged in
    /// again it may have another number, and is known by its name.
    pub fn current(&self) -> Option<Place> {
        self.place(&cameras_in(&self.cameras))
    }

    fn place(&self, cameras: &[Found]) -> Option<Place> {
        let same = self.chosen.as_ref().and_then(|chosen| {
            let exactly = cameras.iter().position(|camera| camera == chosen);
            exactly.or_else(|| cameras.iter().position(|camera| camera.name == chosen.name))
        });
        let at = same.unwrap_or(0);
        let camera = cameras.get(at)?.clone();
        Some(Place { camera, position: at + 1, count: cameras.len() })
    }

    /// Is this camera still plugged in?
    pub fn has(&self, camera: &Found) -> bool {
        cameras_in(&self.cameras).contains(camera)
    }

    /// Chooses the camera after the one in use.
    pub fn next(&mut self) {
        let cameras = cameras_in(&self.cameras);
        if let Some(place) = self.place(&cameras) {
            // `position` counts from 1: as an index it is already the next.
            self.chosen = Some(cameras[place.position % cameras.len()].clone());
        }
    }

    /// What to say where no camera is plugged in.
    pub fn nothing(&self) -> Remark {
        image_processor(&self.pci).map_or(Remark::None, Remark::OnlyMipi)
    }

    /// What stands behind "camera:".
    pub fn label(&self) -> String {
        if let Some(place) = self.current() {
            return place.label();
        }
        match self.nothing() {
            Remark::OnlyMipi(processor) => format!("none that works here (MIPI, {processor})"),
            _ => "none plugged in".into(),
        }
    }
}
