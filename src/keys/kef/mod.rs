//! KEF, Krux's encryption format: any secret as one small code under a key that a person types.
//!
//! In: all twelve versions that the specification names (KEF Encryption Format, of Krux's
//! documentation). Out: AES-GCM, versions 20 and 21. The format has no mark of its own, and its
//! checks are short: a wrong key passes once in 16 million tries at best, and gives nonsense then.
//!
//! An envelope is bytes; Krux shows it as base43 text in a QR code, others as base32, base64 or hex.

mod cipher;
mod deflate;
mod envelope;
mod open;
mod seal;

pub use envelope::{Envelope, Version};
pub use open::{Looks, OpenError, Opened, Opening};
pub use seal::{SealError, Sealing};

#[cfg(test)]
mod tests;
