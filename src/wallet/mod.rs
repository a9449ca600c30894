//! Public knowledge: network, key origin, accounts, descriptors, addresses, amounts.

mod network;
mod ring;

pub use network::Network;
pub use ring::KeyRing;
