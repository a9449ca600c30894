//! The measuring side measured: the signatures of `bitcoin`'s own signer are accepted, tampered ones are not.

use crate::coordinator::{Coordinator, spent_outputs};
use crate::cosigner::Cosigner;
use crate::{core, families};
use bitcoin::Amount;

#[test]
fn core_accepts_other_softwares_signatures_and_nothing_tampered() {
    for (policy, signers) in families::ALL {
        let mut wallet = Coordinator::new(*policy, &[1_000_000, 2_000_000]);
        let mut psbt = wallet.pay(1_500_000);
        let spent = spent_outputs(&psbt);
        for number in *signers {
            Cosigner::new(*number).sign_elsewhere(&mut psbt);
        }
        let tx = wallet.finish(psbt);
        assert!(core::accepts(&tx, &spent), "{}", policy.template);

        let mut dearer = tx.clone();
        dearer.output[0].value += Amount::ONE_SAT;
        assert!(!core::accepts(&dearer, &spent), "{}: another amount", policy.template);

        let mut other = spent;
        other[0].script_pubkey = other[1].script_pubkey.clone();
        assert!(!core::accepts(&tx, &other), "{}: another output spent", policy.template);
    }
}
