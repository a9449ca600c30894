//! Public knowledge: network, key origin, accounts, descriptors, addresses, amounts.

mod account;
mod address;
mod amount;
mod attested;
mod descriptor;
mod difference;
pub mod export;
mod expression;
mod extended_key;
mod function;
mod grade;
mod judge;
mod labels;
mod network;
mod policy;
mod registered;
pub mod registration;
mod ring;
mod search;
mod signer;
mod single_key;
mod successor;
mod unspendable;
mod untrusted;

pub use account::{Account, Layout, ScriptType, of_another_network, single_sig_script};
pub use address::{address, groups_of_four};
pub use amount::{btc, sat};
pub use attested::{AttestedError, Attester};
use descriptor::holds_private_key;
pub use descriptor::{Chain, Derived, Wallet, WalletError, WalletKey};
pub use difference::{Difference, KeyDifference};
pub use extended_key::{ExtendedKeyError, Prefix, read_extended_key, write_extended_key};
pub use function::Function;
pub use grade::Grade;
pub use judge::{Judged, Known, Owner, RegistrationFinding, judge, judge_registration, thresholds};
pub use labels::{Label, LabelFault, Labelled, Labels, LabelsError};
pub use network::Network;
pub use policy::{
    Alternative, Condition, HashKind, HashLock, Lock, PathPlace, PlacedPolicy, PolicyError, Quorum,
    SpendingPath, SpendingPolicy,
};
pub use registered::Registered;
pub use ring::KeyRing;
pub use search::{AddressError, Found, Search, read_address};
pub use signer::{KeyUse, Signer, SignerKey};
pub use single_key::single_key_descriptor;
pub use successor::{Successor, SuccessorError, SuccessorPlace};
pub use unspendable::{ChainCodeOf, Unspendable};
pub use untrusted::{text, visible};
