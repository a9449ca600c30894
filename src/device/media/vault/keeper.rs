//! The errands about vaults: who does them, and what is said of each.

use super::VaultError;
use crate::app::storage::{
    Destruction, MediumId, Patch, Plugged, VaultEntry, VaultErrand, VaultId, VaultNews,
};
use zeroize::Zeroizing;

/// Who keeps vaults.
pub(in super::super) trait Keeper {
    /// What is plugged in.
    fn look(&mut self) -> Result<Plugged, VaultError>;
    /// All of a vault that was listed.
    fn read(&self, vault: VaultId) -> Result<Vec<u8>, VaultError>;
    /// A new vault, read back.
    fn create(&mut self, on: MediumId, bytes: &[u8]) -> Result<VaultEntry, VaultError>;
    /// A part of a vault, written in place and read back.
    fn write(&self, vault: VaultId, patch: &Patch, guard: &Patch) -> Result<(), VaultError>;
    /// What a key file holds.
    fn read_key_file(&self, on: MediumId) -> Result<Zeroizing<Vec<u8>>, VaultError>;
    /// A new key file of random bytes, read back; gives what it holds.
    fn create_key_file(&mut self, on: MediumId) -> Result<Zeroizing<Vec<u8>>, VaultError>;
    /// The end of a vault.
    fn destroy(
        &self,
        vault: VaultId,
        keys_first: &[(u64, usize)],
    ) -> Result<Destruction, VaultError>;

    /// Does an errand, and says what came of it.
    fn run(&mut self, errand: VaultErrand) -> VaultNews {
        let said = |error: VaultError| error.to_string();
        match errand {
            VaultErrand::Look => VaultNews::Found(self.look().map_err(said)),
            VaultErrand::Read(vault) => VaultNews::Read(vault, self.read(vault).map_err(said)),
            VaultErrand::Create { on, bytes } => {
                VaultNews::Created(self.create(on, &bytes).map_err(said))
            }
            VaultErrand::Write { vault, patch, guard } => {
                VaultNews::Written(vault, self.write(vault, &patch, &guard).map_err(said))
            }
            VaultErrand::ReadKeyFile(on) => {
                VaultNews::KeyFile(self.read_key_file(on).map_err(said))
            }
            VaultErrand::CreateKeyFile(on) => {
                VaultNews::KeyFileCreated(self.create_key_file(on).map_err(said))
            }
            VaultErrand::Destroy { vault, keys_first } => {
                VaultNews::Destroyed(vault, self.destroy(vault, &keys_first).map_err(said))
            }
        }
    }
}

/// What is said of an errand that nobody is left to do.
pub(in super::super) fn undone(errand: &VaultErrand, why: String) -> VaultNews {
    match errand {
        VaultErrand::Look => VaultNews::Found(Err(why)),
        VaultErrand::Read(vault) => VaultNews::Read(*vault, Err(why)),
        VaultErrand::Create { .. } => VaultNews::Created(Err(why)),
        VaultErrand::Write { vault, .. } => VaultNews::Written(*vault, Err(why)),
        VaultErrand::ReadKeyFile(_) => VaultNews::KeyFile(Err(why)),
        VaultErrand::CreateKeyFile(_) => VaultNews::KeyFileCreated(Err(why)),
        VaultErrand::Destroy { vault, .. } => VaultNews::Destroyed(*vault, Err(why)),
    }
}
