//! Taproot with leaves: by a leaf, and by the key path beside leaves.

use crate::families::{TAPROOT_MULTISIG, TAPROOT_TIMELOCK, TAPROOT_WITH_LEAVES};
use crate::road::spend;
use coldlight::review::InputScript;

#[test]
fn a_leaf_for_two_seeds_of_three_is_spent_without_a_key_path() {
    spend(TAPROOT_MULTISIG, &[0, 1], InputScript::P2trScript);
}

#[test]
fn a_miniscript_leaf_with_a_timelock_is_spent_beside_a_foreign_key_path() {
    spend(TAPROOT_TIMELOCK, &[0], InputScript::P2trScript);
}

#[test]
fn the_key_path_is_spent_beside_leaves() {
    spend(TAPROOT_WITH_LEAVES, &[0], InputScript::P2trKey);
}
