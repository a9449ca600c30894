//! The open vault: where it stands, what is in it, and what of that is not on its stick yet.
//!
//! A change is sealed and written at once, in two halves (see [`crate::vault`]); each is one errand.
//! What is not written, because the stick is gone or holds something else by now, is kept and named
//! until it is written or the vault is locked.

mod child;
mod keeping;
mod session;

pub(super) use session::copy_of;

use super::appliance::Errand;
use super::core::Core;
use super::event::Command;
use super::storage::{Patch, Plugged, VaultEntry, VaultErrand, VaultNews};
use crate::vault::layout::{HEAD, SLOTS};
use crate::vault::{Contents, Opened, Peek, Piece, Standing, Step, VaultError, Write, peek};

/// An open vault. Dropping it wipes its keys and what is in it.
pub struct OpenVault {
    place: VaultEntry,
    opened: Opened,
    contents: Box<Contents>,
    /// Something in `contents` is not sealed in any write yet.
    changed: bool,
    under_way: UnderWay,
    /// Why the last write did not reach the stick.
    trouble: Option<String>,
}

/// The write that was asked for last.
enum UnderWay {
    Nothing,
    /// The first half: new contents. Until it is on the stick the old ones are in force.
    Contents(Box<Write>),
    /// The second half: the file's other copy.
    Mirror,
    /// A first half that may be on the stick or not: the stick was pulled, or did not read back.
    Unknown(Box<Write>),
}

/// Whether what is in an open vault is on its stick.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Saving {
    /// It is.
    Saved,
    /// It is being written.
    Writing,
    /// It is not: why.
    Unsaved(String),
}

impl OpenVault {
    /// Holds what was just opened at `place`. A write that was cut short when the vault was open
    /// last is finished.
    pub(super) fn hold(
        place: VaultEntry,
        opened: Opened,
        contents: Box<Contents>,
        core: &mut Core,
    ) {
        let under_way = UnderWay::Nothing;
        let vault = Self { place, opened, contents, changed: false, under_way, trouble: None };
        if let Some(errand) = core.vault.insert(vault).mirror() {
            core.ask_vault(errand);
        }
        core.take_up_settings();
        core.load_vault_wallets();
        core.name_session();
    }

    /// What is in it.
    pub(super) fn contents(&self) -> &Contents {
        &self.contents
    }

    /// What opens it, and for whom.
    pub(super) fn opened(&self) -> &Opened {
        &self.opened
    }

    /// Its file's name and stick.
    pub(super) fn place(&self) -> String {
        format!("{} on {}", self.place.name, self.place.medium)
    }

    /// Is this its file?
    pub(super) fn is_at(&self, entry: &VaultEntry) -> bool {
        let same = |theirs: &Peek| self.opened.peek().beside(theirs) != Standing::Other;
        peek(&entry.heads).is_ok_and(|theirs| same(&theirs))
    }

    /// Is what is in it on its stick?
    pub(super) fn saving(&self) -> Saving {
        match (&self.under_way, &self.trouble) {
            (UnderWay::Contents(_) | UnderWay::Mirror, _) => Saving::Writing,
            (UnderWay::Nothing, None) if !self.changed => Saving::Saved,
            (_, why) => Saving::Unsaved(why.clone().unwrap_or_default()),
        }
    }

    /// The second half of a write, where it is due.
    fn mirror(&mut self) -> Option<VaultErrand> {
        let step = self.opened.mirror()?;
        self.under_way = UnderWay::Mirror;
        Some(self.errand(&step))
    }

    fn errand(&self, step: &Step) -> VaultErrand {
        let patch = |piece: &Piece| Patch { offset: piece.offset, bytes: piece.bytes.clone() };
        VaultErrand::Write {
            vault: self.place.id,
            patch: patch(&step.patch),
            guard: patch(&step.guard),
        }
    }

    /// Asks for a write that was made of this vault.
    fn begin(&mut self, write: Write) -> VaultErrand {
        let errand = self.errand(write.step());
        self.under_way = UnderWay::Contents(Box::new(write));
        (self.changed, self.trouble) = (false, None);
        errand
    }
}

impl Core {
    fn ask_vault(&mut self, errand: VaultErrand) {
        self.ask(Command::Errand(Errand::Vault(errand)));
    }

    /// Changes what is in the open vault, and writes it. What `change` gives is given back; None
    /// without an open vault.
    pub(super) fn change_vault<T>(&mut self, change: impl FnOnce(&mut Contents) -> T) -> Option<T> {
        let vault = self.vault.as_mut()?;
        let changed = change(&mut vault.contents);
        vault.changed = true;
        self.save_vault();
        Some(changed)
    }

    /// Writes what is not written yet, unless a write is under way: that goes on by itself.
    pub(super) fn save_vault(&mut self) {
        let Some(vault) = &mut self.vault else { return };
        let errand = match std::mem::replace(&mut vault.under_way, UnderWay::Nothing) {
            under_way @ (UnderWay::Contents(_) | UnderWay::Mirror) => {
                vault.under_way = under_way;
                None
            }
            // It may have changed what opens the vault: the same is written once more.
            UnderWay::Unknown(write) => {
                let changed = vault.changed;
                let errand = vault.begin(*write);
                vault.changed = changed;
                Some(errand)
            }
            UnderWay::Nothing if !vault.changed => {
                vault.trouble = None;
                vault.mirror()
            }
            UnderWay::Nothing => {
                match vault.opened.seal(&vault.contents, &mut self.settings.random) {
                    Ok(write) => Some(vault.begin(write)),
                    Err(error) => {
                        vault.trouble = Some(error.to_string());
                        None
                    }
                }
            }
        };
        if let Some(errand) = errand {
            self.ask_vault(errand);
        }
    }

    /// Writes something else than new contents: other locks, another second vault. The reason why
    /// not is a sentence.
    pub(super) fn write_vault(
        &mut self,
        make: impl FnOnce(&Opened, &Contents, &mut crate::keys::Generator) -> Result<Write, VaultError>,
    ) -> Result<(), String> {
        let Some(vault) = &mut self.vault else { return Ok(()) };
        if vault.saving() != Saving::Saved {
            return Err(FIRST.into());
        }
        let write = make(&vault.opened, &vault.contents, &mut self.settings.random)
            .map_err(|error| error.to_string())?;
        let errand = vault.begin(write);
        self.ask_vault(errand);
        Ok(())
    }

    /// A write of the open vault came to its end. Gives the news back when it is another's.
    pub(super) fn vault_told(&mut self, news: VaultNews) -> Option<VaultNews> {
        let Some(vault) = &mut self.vault else { return Some(news) };
        if let VaultNews::Found(Ok(plugged)) = &news {
            // Every list gives new names. Where its file is not in it, that is said once it is needed.
            let _ = vault.find(plugged);
        }
        let VaultNews::Written(id, outcome) = news else { return Some(news) };
        if id != vault.place.id {
            return Some(VaultNews::Written(id, outcome));
        }
        let next = vault.written(outcome);
        match next {
            Some(errand) => self.ask_vault(errand),
            None if vault.is_due() => self.save_vault(),
            None => {}
        }
        None
    }

    /// Looks for the open vault's file among what is plugged in now, and writes what is unsaved. A
    /// file that was written by somebody else meanwhile is left as it is.
    pub(super) fn save_vault_among(&mut self, plugged: &Plugged) -> Result<(), NotThere> {
        let Some(vault) = &mut self.vault else { return Ok(()) };
        vault.find(plugged)?;
        self.save_vault();
        Ok(())
    }
}

/// Why an open vault is not written to what is plugged in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum NotThere {
    /// No file of this vault is there.
    Missing,
    /// There is one, on this stick, but it was written by somebody else.
    Changed(String),
}

impl std::fmt::Display for NotThere {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Missing => f.write_str(
                "The open vault's stick is not plugged in. Plug it in, then press w again.",
            ),
            Self::Changed(medium) => write!(
                f,
                "The vault on {medium} is not as it was when this one was opened: another copy, or \
                 it was written elsewhere since. Nothing is written over it. Plug in the stick that \
                 was opened, or lock, open that one, and make the changes there."
            ),
        }
    }
}

impl OpenVault {
    fn is_due(&self) -> bool {
        self.changed && self.trouble.is_none() && matches!(self.under_way, UnderWay::Nothing)
    }

    /// Takes the outcome of what is under way; gives what follows on it.
    fn written(&mut self, outcome: Result<(), String>) -> Option<VaultErrand> {
        match (std::mem::replace(&mut self.under_way, UnderWay::Nothing), outcome) {
            (UnderWay::Contents(write), Ok(())) => {
                self.opened.settle(*write);
                return self.mirror();
            }
            (UnderWay::Contents(write), Err(why)) => {
                self.under_way = UnderWay::Unknown(write);
                self.trouble = Some(why);
            }
            (UnderWay::Mirror, Ok(())) => {
                self.opened.mirrored();
                self.trouble = None;
            }
            (UnderWay::Mirror, Err(why)) => self.trouble = Some(why),
            (other, _) => self.under_way = other,
        }
        None
    }

    /// Finds its file in a new list, where it has a new name. A write that may be on the stick or not
    /// is found there, or is not.
    fn find(&mut self, plugged: &Plugged) -> Result<(), NotThere> {
        let mut changed = None;
        for entry in &plugged.vaults {
            let Ok(theirs) = peek(&entry.heads) else { continue };
            let pending = match &self.under_way {
                UnderWay::Unknown(write) => peek_of(write.step()),
                _ => None,
            };
            if pending.is_some_and(|ours| ours.beside(&theirs) == Standing::Same) {
                // It reached the stick after all.
                if let UnderWay::Unknown(write) =
                    std::mem::replace(&mut self.under_way, UnderWay::Nothing)
                {
                    self.opened.settle(*write);
                }
                return self.found(entry);
            }
            match self.opened.peek().beside(&theirs) {
                Standing::Same => return self.found(entry),
                Standing::Other => {}
                Standing::Newer | Standing::Older | Standing::Diverged => {
                    changed = Some(NotThere::Changed(entry.medium.clone()));
                }
            }
        }
        Err(changed.unwrap_or(NotThere::Missing))
    }

    fn found(&mut self, entry: &VaultEntry) -> Result<(), NotThere> {
        self.place = entry.clone();
        Ok(())
    }
}

/// The generation that a write brings.
fn peek_of(step: &Step) -> Option<Peek> {
    let head = step.patch.bytes.get(..HEAD)?;
    peek(&[(); SLOTS].map(|()| head.to_vec())).ok()
}

const FIRST: &str = "What was changed before is not on the stick yet. Wait until it is, or plug the stick in and write \
    it first.";
