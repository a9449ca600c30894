//! Public knowledge: network, key origin, accounts, descriptors, addresses, amounts.

mod account;
mod address;
mod amount;
mod descriptor;
mod network;
mod ring;
mod single_key;
mod successor;
mod untrusted;

pub use account::{Account, Layout, ScriptType, of_another_network, single_sig_script};
pub use address::{address, groups_of_four};
pub use amount::{btc, sat};
pub use descriptor::{Chain, Derived, Wallet, WalletError, WalletKey};
pub use network::Network;
pub use ring::KeyRing;
pub use single_key::single_key_descriptor;
pub use successor::{Successor, SuccessorError, SuccessorPlace};
pub use untrusted::{text, visible};
