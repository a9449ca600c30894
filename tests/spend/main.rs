//! The whole spend path, for each script type: an independent wallet makes a transaction, the
//! signer reads it from pictures, reviews it, signs it and shows the answer as pictures; the wallet
//! reads that back, finishes it, and Bitcoin Core's script verification judges.

// the two sides and what stands between them
mod coordinator;
mod core;
mod cosigner;
mod families;
mod light;
mod road;
mod signer;
mod v2;

// the tests
mod command;
mod harness;
mod miniscript;
mod mixed;
mod multisig;
mod single_key;
mod taproot;
