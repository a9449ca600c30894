//! Replacing a key: the one that is left waits while the new one is made, or opened, and drilled in
//! the ordinary way; then the new one is registered as its successor, and the old one comes back for
//! the sweep.

use super::core::{Core, Session};
use crate::vault::contents::{State, WrongMove};
use crate::wallet::{Successor, SuccessorError, Wallet};

/// The key that is left, waiting.
pub struct Rotation {
    pub(super) left: Session,
}

/// Why the new key does not take over yet.
pub(super) enum NotYet {
    /// None is open.
    NoWallet,
    /// No backup of it was read back.
    NotDrilled,
    /// It cannot be the successor.
    Unfit(SuccessorError),
    /// The old key cannot change so.
    State(WrongMove),
}

impl Core {
    /// The open key waits, and another may be opened beside it.
    pub(super) fn begin_rotation(&mut self) {
        if let Some(left) = self.session.take() {
            self.rotation = Some(Rotation { left });
        }
    }

    /// The key that waits is open again; the new one is wiped.
    pub(super) fn give_up_rotation(&mut self) {
        if let Some(rotation) = self.rotation.take() {
            self.session = Some(rotation.left);
        }
    }

    /// The open key as the successor of the one that waits.
    pub(super) fn successor(&self) -> Result<Successor, NotYet> {
        let (Some(new), Some(rotation)) = (&self.session, &self.rotation) else {
            return Err(NotYet::NoWallet);
        };
        if new.drills.is_empty() {
            return Err(NotYet::NotDrilled);
        }
        let name = new.name();
        let network = self.settings.network;
        let wallets = new.seed.descriptors();
        let wallets = wallets.iter().filter_map(|text| Wallet::parse(text, &name, network).ok());
        let kind = if new.demo { "Demo wallet" } else { "Wallet" };
        let kind = new.named.as_deref().unwrap_or(kind);
        Successor::new(kind, wallets.collect(), &rotation.left.seed).map_err(NotYet::Unfit)
    }

    /// The new key takes over: it is registered, the old one changes its state and is open again, and
    /// the new one is wiped. On an error all stays as it was.
    pub(super) fn take_over(&mut self, to: State) -> Result<(), NotYet> {
        let successor = self.successor()?;
        let now = self.date();
        let Some(rotation) = &mut self.rotation else { return Err(NotYet::NoWallet) };
        rotation.left.note_drills();
        rotation.left.retire(to, now).map_err(NotYet::State)?;
        rotation.left.successor = Some(successor);
        self.give_up_rotation();
        Ok(())
    }
}
