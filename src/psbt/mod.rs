//! PSBTs, version 0 (BIP174) and 2 (BIP370), with the Taproot (BIP371) and MuSig2 (BIP373) fields:
//! read strictly and within limits, kept to the byte, digested, written.

mod error;
mod finish;
mod map;
mod model;
mod parse;
pub mod sighash;
mod sign;
mod strip;

pub use error::ParseError;
pub use finish::FinishError;
pub use model::{Input, Output, PrevTx, Psbt, TapLeaf, TapOrigin, Unbuilt, Version};
pub use parse::Limits;
pub use sign::{NewSignature, SignatureField};
