//! Several accounts and script types in one transaction.

use crate::coordinator::{Coordinator, Policy};
use crate::families::{P2PKH, P2SH_P2WPKH, P2TR, P2WPKH};
use crate::road::{Form, assert_accepted, over_the_gap};
use coldlight::review::{InputScript, OutputKind};
use coldlight::transport::Dialect;

#[test]
fn one_seed_signs_for_five_accounts_of_four_kinds_in_one_transaction() {
    let fourth_account = Policy::new("wpkh(@0/**)", "84'/1'/3'");
    let others = [P2PKH, P2SH_P2WPKH, P2TR, fourth_account];
    for form in [Form::V0, Form::V2] {
        let mut wallet = Coordinator::new(P2WPKH, &[1_000_000]);
        let wallets = others.map(|policy| Coordinator::new(policy, &[500_000]));
        let mut psbt = wallet.pay_with(&wallets, 2_500_000);
        let facts = over_the_gap(&mut psbt, form, Dialect::Ur, 0, &[]);

        let mut scripts: Vec<_> = facts.inputs.iter().map(|input| input.script).collect();
        scripts.sort_by_key(|script| format!("{script:?}"));
        let all = [
            InputScript::P2pkh,
            InputScript::P2shP2wpkh,
            InputScript::P2trKey,
            InputScript::P2wpkh,
            InputScript::P2wpkh,
        ];
        assert_eq!(scripts, all);
        assert!(facts.inputs.iter().all(|input| input.ours && input.proven));
        assert_eq!(facts.outputs[1].kind, OutputKind::Change);
        assert_eq!(facts.fee, psbt.fee().ok());

        let tx = wallet.finish_with(&wallets, psbt.clone());
        assert_accepted(&psbt, &tx, "five accounts");
    }
}
