//! The measuring side measured: the signatures of `bitcoin`'s own signer are accepted, tampered ones are not.

use crate::coordinator::{Coordinator, spent_outputs};
use crate::cosigner::Cosigner;
use crate::road::{Form, assert_accepted};
use crate::{core, families, light};
use bitcoin::Amount;
use coldlight::transport::Dialect;

#[test]
fn core_accepts_other_softwares_signatures_and_nothing_tampered() {
    for (policy, signers) in families::ALL {
        let mut wallet = Coordinator::new(*policy, &[1_000_000, 2_000_000]);
        let mut psbt = wallet.pay(1_500_000);
        let spent = spent_outputs(&psbt);
        for number in *signers {
            Cosigner::new(*number).sign_elsewhere(&mut psbt);
        }
        let tx = wallet.finish(psbt.clone());
        assert_accepted(&psbt, &tx, policy.template);
        assert!(core::accepts(&tx, &spent), "{}", policy.template);

        let mut dearer = tx.clone();
        dearer.output[0].value += Amount::ONE_SAT;
        assert!(!core::accepts(&dearer, &spent), "{}: another amount", policy.template);

        let mut other = spent;
        other[0].script_pubkey = other[1].script_pubkey.clone();
        assert!(!core::accepts(&tx, &other), "{}: another output spent", policy.template);
    }
}

#[test]
fn both_versions_cross_the_gap_as_pictures_in_every_dialect() {
    let psbt = Coordinator::new(families::P2WPKH, &[1_000_000]).pay(500_000);
    for form in [Form::V0, Form::V2] {
        let sent = form.of(&psbt);
        for dialect in [
            Dialect::Ur,
            Dialect::Bbqr,
            Dialect::Specter,
            Dialect::Base64,
            Dialect::Base43,
            Dialect::Hex,
        ] {
            let seen = light::carry(&sent, dialect);
            assert!(seen.bytes() == sent, "{form:?} {dialect:?}");
            assert_eq!(seen.dialect(), dialect, "so that the answer comes in the same");
        }
    }
}
