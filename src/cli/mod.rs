//! The commands of the host program.

pub mod exit;
pub mod scan;
pub mod show;
pub mod signer;
