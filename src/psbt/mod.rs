//! PSBTs, version 0 (BIP174) and 2 (BIP370), with the Taproot (BIP371) and MuSig2 (BIP373) fields:
//! read strictly and within limits, kept to the byte, digested, written.

mod combine;
mod error;
mod field;
mod file;
mod finish;
mod locktime;
mod map;
mod model;
mod parse;
mod parse_maps;
mod read;
mod satisfy;
pub mod sighash;
mod sign;
mod strip;
mod value;

pub use combine::CombineError;
pub use error::ParseError;
pub use field::{Field, Place};
pub use file::{FileForm, decode_file};
pub use finish::{FinishError, verify};
pub use model::{Input, Output, PrevTx, Psbt, TapLeaf, TapOrigin, Unbuilt, UtxoFault, Version};
pub use parse::Limits;
pub use sign::{NewSignature, SignatureField};
pub use value::{read_transaction, read_witness};
