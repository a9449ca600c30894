//! The measuring side measured: the wallet's own signatures are accepted, tampered ones are not.

use crate::coordinator::{Coordinator, Policy, spent_outputs};
use crate::{core, families};
use bitcoin::Amount;

#[test]
fn core_accepts_what_the_wallet_signs_itself_and_nothing_tampered() {
    for (policy, signers) in families::ALL {
        let mut wallet = Coordinator::holding(*policy, signers, &[1_000_000, 2_000_000]);
        let psbt = wallet.pay(1_500_000);
        let spent = spent_outputs(&psbt);
        let tx = wallet.sign(psbt);
        assert!(core::accepts(&tx, &spent), "{}", policy.template);

        let mut dearer = tx.clone();
        dearer.output[0].value += Amount::ONE_SAT;
        assert!(!core::accepts(&dearer, &spent), "{}: another amount", policy.template);

        let mut other = spent;
        other[0].script_pubkey = other[1].script_pubkey.clone();
        assert!(!core::accepts(&tx, &other), "{}: another output spent", policy.template);
    }
}
