//! What the app's commands reach in an ordinary terminal: cameras, and a vault in a file.

use super::eye::Eyes;
use crate::app::appliance::Errand;
use crate::device::media::VaultFile;
use crate::ui::{self, Eye};

/// An eye, and the vault's file where one was named.
pub(super) struct Terminal {
    pub(super) eyes: Eyes,
    pub(super) vault: Option<VaultFile>,
}

impl ui::Machine for Terminal {
    fn eye(&mut self) -> &mut dyn Eye {
        &mut self.eyes
    }

    fn run(&mut self, errand: Errand) {
        match (errand, &self.vault) {
            (Errand::Vault(errand), Some(vault)) => vault.run(errand),
            // The settings say that there is no vault: the app asks for none. Keyboards and sticks
            // belong to the dedicated machine.
            (Errand::Vault(_), None)
            | (Errand::UseKeymap(_) | Errand::Admit(_) | Errand::Files(_), _) => {}
        }
    }
}
