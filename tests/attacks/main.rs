//! What a hostile coordinator tries, one file each. Every test first shows that the honest form
//! passes, so that the refusal is the attack's doing.

#[path = "../common/build.rs"]
mod build;

mod added_leaf;
mod altered_registration;
mod borrowed_origin;
mod downgraded_quorum;
mod duplicated_keys;
mod false_change;
mod false_xpub;
mod foreign_key_in_change;
mod foreign_network_key;
mod forged_signature;
mod hidden_text;
mod imitated_address;
mod network_mix;
mod not_to_successor;
mod other_registered_wallet;
mod overflow;
mod poisoned_script;
mod ransom_path;
mod registered;
mod reordered_keys;
mod shortened_timelock;
mod sighash;
mod spendable_internal_key;
mod swapped_cosigner;
mod swapped_leaf;
mod two_signatures;
mod wrong_previous;
