//! The sealed form of what outlives an open wallet: seeds, wallets, labels, records, settings. Bytes
//! in, bytes out: what carries them to a stick and back is not known here.

pub mod contents;
pub mod layout;
