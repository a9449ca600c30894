//! Vaults and key files: bytes that are carried to a stick or a file and back, whatever they mean.

mod clerk;
mod error;
mod file;
mod keeper;
mod store;
mod trim;

pub(super) use clerk::VaultClerk;
pub use error::VaultError;
pub use file::VaultFile;
pub(super) use keeper::{Keeper, undone};
