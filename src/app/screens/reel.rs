//! Something shown as a code: one picture where it fits the window, else as many as are needed, one
//! after the other.

use super::room::too_large;
use super::*;
use crate::qr::Modules;
use crate::transport::{Dialect, Kind, Reel, ReelOptions};

/// Milliseconds a frame: four a second.
const PACE: u64 = 250;

/// What is shown, cut for the window.
pub struct Showing {
    bytes: Vec<u8>,
    kind: Kind,
    dialect: Dialect,
    reel: Option<Reel>,
    shown: Option<Modules>,
    frame: usize,
    due: u64,
    remark: Option<String>,
}

impl Showing {
    pub(super) fn of(bytes: Vec<u8>, kind: Kind, dialect: Dialect, core: &Core) -> Self {
        let (reel, shown, remark) = (None, None, None);
        let mut showing = Self { bytes, kind, dialect, reel, shown, frame: 0, due: 0, remark };
        showing.resized(core);
        showing
    }

    /// The code that is on, when it fits.
    pub(super) fn code(&self) -> Option<&Modules> {
        self.shown.as_ref()
    }

    /// Why there is none.
    pub(super) fn remark(&self) -> Option<&str> {
        self.remark.as_deref()
    }

    /// `what`, and which part of it is on.
    pub(super) fn words(&self, what: &str) -> String {
        match &self.reel {
            Some(reel) if reel.len() > 1 => {
                let part = (reel.part_at(self.frame) + 1).min(reel.len());
                format!("{what}, part {part} of {}", reel.len())
            }
            _ => what.into(),
        }
    }

    /// Cuts it anew: as densely as usual where that fits, else sparser.
    pub(super) fn resized(&mut self, core: &Core) {
        self.frame = 0;
        let fragments = self.dialect.fragments();
        let usual = self.dialect.usual_fragment() + 1;
        let mut cuts = fragments.iter().take(usual).rev().copied().map(Some);
        // a static code has one cut
        let mut cut = cuts.next().flatten();
        loop {
            match Reel::new(&self.bytes, self.kind, self.dialect, ReelOptions { fragment: cut }) {
                Ok(reel) => self.reel = Some(reel),
                Err(error) => {
                    (self.reel, self.shown, self.remark) = (None, None, Some(error.to_string()));
                    break;
                }
            }
            self.draw(core);
            if self.shown.is_some() {
                break;
            }
            let Some(sparser) = cuts.next() else { break };
            cut = sparser;
        }
        self.due = core.now + PACE;
    }

    /// Goes on to the next frame when it is due.
    pub(super) fn tick(&mut self, core: &Core) {
        let moves = self.reel.as_ref().is_some_and(|reel| reel.len() > 1) && self.shown.is_some();
        if moves && core.now >= self.due {
            self.frame += 1;
            self.due = core.now + PACE;
            self.draw(core);
        }
    }

    /// The frame that is on, where it fits; else why it does not.
    fn draw(&mut self, core: &Core) {
        let Some(reel) = &self.reel else { return };
        (self.shown, self.remark) = match Modules::draw(reel.frame(self.frame).as_bytes()) {
            Ok(modules) => {
                let side = modules.side() + 2 * QUIET;
                if side <= room(core.size).modules {
                    (Some(modules), None)
                } else {
                    (None, Some(too_large(side, core.size)))
                }
            }
            Err(error) => (None, Some(error.to_string())),
        };
    }
}
