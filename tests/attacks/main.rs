//! What a hostile coordinator tries, one file each. Every test first shows that the honest form
//! passes, so that the refusal is the attack's doing.

#[path = "../common/build.rs"]
mod build;

mod borrowed_origin;
mod downgraded_quorum;
mod false_change;
mod false_xpub;
mod foreign_key_in_change;
mod forged_signature;
mod hidden_text;
mod network_mix;
mod not_to_successor;
mod overflow;
mod poisoned_script;
mod ransom_path;
mod sighash;
mod swapped_leaf;
mod two_signatures;
mod wrong_previous;
