//! One seed's standard accounts (BIP44, 49, 84, 86), found without any wallet file.

use crate::families::{P2PKH, P2SH_P2WPKH, P2TR, P2WPKH};
use crate::road::spend;
use coldlight::review::InputScript;

#[test]
fn p2pkh_is_spent() {
    spend(P2PKH, &[0], InputScript::P2pkh);
}

#[test]
fn p2sh_p2wpkh_is_spent() {
    spend(P2SH_P2WPKH, &[0], InputScript::P2shP2wpkh);
}

#[test]
fn p2wpkh_is_spent() {
    spend(P2WPKH, &[0], InputScript::P2wpkh);
}

#[test]
fn p2tr_is_spent_by_its_key_path() {
    spend(P2TR, &[0], InputScript::P2trKey);
}
