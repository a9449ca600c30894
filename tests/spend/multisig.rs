//! Two of three, one seed after the other, in any pair and order.

use crate::families::{P2SH_MULTISIG, P2SH_P2WSH_MULTISIG, P2WSH_MULTISIG};
use crate::road::spend;
use coldlight::review::InputScript;

#[test]
fn p2sh_multisig_is_spent_by_two_seeds_of_three() {
    spend(P2SH_MULTISIG, &[0, 1], InputScript::P2sh);
}

#[test]
fn p2sh_p2wsh_multisig_is_spent_by_two_seeds_of_three() {
    spend(P2SH_P2WSH_MULTISIG, &[1, 2], InputScript::P2shP2wsh);
}

#[test]
fn p2wsh_multisig_is_spent_by_two_seeds_of_three() {
    spend(P2WSH_MULTISIG, &[2, 0], InputScript::P2wsh);
}
