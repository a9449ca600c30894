//! The whole spend path, for each script type: an independent wallet makes a transaction, the
//! signer reads it from pictures, reviews it, signs it and shows the answer as pictures; the wallet
//! reads that back, finishes it, and Bitcoin Core's script verification judges.

mod coordinator;
mod core;
mod cosigner;
mod families;
mod harness;
