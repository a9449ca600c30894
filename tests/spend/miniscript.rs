//! P2WSH miniscript with timelocks.

use crate::families::{HEIR, NOT_BEFORE, OWNER};
use crate::road::spend;
use coldlight::review::InputScript;

#[test]
fn the_owner_spends_without_waiting() {
    spend(OWNER, &[0], InputScript::P2wsh);
}

#[test]
fn the_heir_spends_by_the_branch_with_a_relative_timelock() {
    spend(HEIR, &[1], InputScript::P2wsh);
}

#[test]
fn two_seeds_spend_after_an_absolute_timelock() {
    spend(NOT_BEFORE, &[0, 1], InputScript::P2wsh);
}
