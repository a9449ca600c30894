//! What the app's commands reach on the dedicated machine.

use super::handover::Handover;
use crate::app::Event;
use crate::app::appliance::{BootStick, Errand};
use crate::device::camera::appliance::{Cameras, Surroundings};
use crate::device::input::{DeviceId, Keyboards};
use crate::device::media::{Media, boot};
use crate::device::power;
use crate::device::random::KernelRandom;
use crate::keys::Generator;
use crate::ui::{self, Eye};
use std::io;
use std::sync::mpsc::SyncSender;

/// Cameras, keyboards and removable media, each with its thread, all telling into one channel.
pub(super) struct Machine {
    cameras: Cameras,
    keyboards: Keyboards,
    media: Media,
}

impl Machine {
    /// Starts them all. A first signer trusts the keyboards that it finds; a later one those that
    /// were handed over.
    pub(super) fn start(
        events: &SyncSender<Event>,
        handover: Option<&Handover>,
    ) -> io::Result<Self> {
        let keyboards =
            Keyboards::start(events.clone(), handover.map(|left| left.trusted.clone()))?;
        if let Some(keymap) = handover.and_then(|left| left.keymap) {
            keyboards.use_keymap(keymap);
        }
        if handover.is_none_or(|left| matches!(left.boot_stick, BootStick::Reading(_))) {
            boot::watch(events.clone())?;
        }
        power::watch(events.clone())?;
        let cameras = Cameras::new(Surroundings::default(), events.clone());
        Ok(Self {
            cameras,
            keyboards,
            media: Media::start(events.clone(), Generator::new(KernelRandom))?,
        })
    }

    /// What to call the camera in use, for the home screen.
    pub(super) fn camera(&self) -> String {
        self.cameras.name()
    }

    /// The keyboards that the next signer may trust.
    pub(super) fn trusted(&self) -> Vec<DeviceId> {
        self.keyboards.trusted()
    }
}

impl ui::Machine for Machine {
    fn eye(&mut self) -> &mut dyn Eye {
        &mut self.cameras
    }

    fn run(&mut self, errand: Errand) {
        match errand {
            Errand::UseKeymap(keymap) => {
                #[cfg(feature = "crash-test")]
                super::crash_test::on(keymap);
                self.keyboards.use_keymap(keymap);
            }
            Errand::Admit(answer) => self.keyboards.admit(answer),
            Errand::Files(errand) => self.media.run(errand),
            Errand::Vault(errand) => self.media.keep(errand),
        }
    }
}
