//! One spend from the wallet's unsigned PSBT to Core's verdict.

use crate::coordinator::{Coordinator, Policy, spent_outputs};
use crate::cosigner::Cosigner;
use crate::{core, light, signer, v2};
use bdk_wallet::bitcoin::{Amount, Psbt, Transaction};
use coldlight::psbt::Limits;
use coldlight::review::{Facts, InputScript, OutputKind};
use coldlight::transport::Dialect;

/// The PSBT version that goes over the gap.
#[derive(Debug, Clone, Copy)]
pub enum Form {
    V0,
    V2,
}

impl Form {
    /// The wallet's PSBT as the signer gets it.
    pub fn of(self, psbt: &Psbt) -> Vec<u8> {
        match self {
            Self::V0 => psbt.serialize(),
            Self::V2 => v2::from_v0(psbt),
        }
    }

    /// The answer put together with what the wallet has.
    pub fn combine_into(self, psbt: &mut Psbt, answer: &[u8]) {
        match self {
            Self::V0 => psbt
                .combine(Psbt::deserialize(answer).expect("bdk reads our answer"))
                .expect("an answer to this PSBT"),
            Self::V2 => v2::combine_into(psbt, answer),
        }
    }
}

/// Coins of 1,000,000 and 2,000,000 sat pay 1,500,000 to a stranger, signed by one seed after the
/// other; in both versions. `script` is what the review must call the inputs.
pub fn spend(policy: Policy, signers: &[usize], script: InputScript) {
    for (form, dialect) in [(Form::V0, Dialect::Ur), (Form::V2, Dialect::Bbqr)] {
        let mut wallet = Coordinator::new(policy, &[1_000_000, 2_000_000]);
        let mut psbt = wallet.pay(1_500_000);
        let mut told = Vec::new();
        for (already, number) in signers.iter().enumerate() {
            let facts = over_the_gap(&mut psbt, form, dialect, *number, &policy.wallets());
            for input in &facts.inputs {
                assert!(input.ours && input.proven, "{}: {input:?}", policy.template);
                assert_eq!(input.script, script, "{}", policy.template);
                assert_eq!(input.signatures.present, already, "{}", policy.template);
                assert_eq!(input.signatures.needed, Some(signers.len()), "{}", policy.template);
            }
            told.push(facts);
        }
        for facts in &told {
            assert_told_right(facts, &psbt, policy.template);
        }
        let tx = wallet.finish(psbt.clone());
        for facts in &told {
            assert_weighed_right(facts, &tx, policy.template);
            assert_named_right(facts, &tx, policy.template);
        }
        assert_accepted(&psbt, &tx, policy.template);
    }
}

/// Over to the signer of seed `number`, and its answer back into `psbt`; gives what it was told.
pub fn over_the_gap(
    psbt: &mut Psbt,
    form: Form,
    dialect: Dialect,
    number: usize,
    wallets: &[coldlight::wallet::Wallet],
) -> Facts {
    let sent = form.of(psbt);
    let seen = light::carry(&sent, dialect);
    assert!(seen.bytes() == sent, "{form:?}: the signer reads what the wallet showed");
    let answer = signer::sign(seen.bytes(), &Cosigner::new(number), wallets);
    assert_eq!(answer.signed.made(), psbt.inputs.len(), "one signature an input");
    let shown = light::carry(&answer.signed.psbt().stripped().serialize(), seen.dialect());
    form.combine_into(psbt, shown.bytes());
    answer.facts
}

/// The numbers on the pages against the transaction itself.
fn assert_told_right(facts: &Facts, psbt: &Psbt, name: &str) {
    assert_eq!(facts.fee, psbt.fee().ok(), "{name}");
    let kinds: Vec<_> = facts.outputs.iter().map(|output| output.kind).collect();
    assert_eq!(kinds, [OutputKind::External, OutputKind::Change], "{name}");
    assert_eq!(facts.outputs[0].amount, Amount::from_sat(1_500_000), "{name}");
    assert_eq!(facts.outputs[1].index, Some(0), "{name}");
}

/// The weight told is the finished one, or above it and said to be a bound.
fn assert_weighed_right(facts: &Facts, tx: &Transaction, name: &str) {
    let (said, is) = (facts.weight.expect("a weight"), tx.weight().to_wu());
    assert!(said >= is, "{name}: {said} said, {is} weighed");
    assert!(!facts.weight_exact || said == is, "{name}: {said} said exactly, {is} weighed");
}

/// The txid told before signing is the finished one, nested scripts included; a legacy signature
/// changes it, so there it is not told.
fn assert_named_right(facts: &Facts, tx: &Transaction, name: &str) {
    let segwit = tx.input.iter().all(|input| !input.witness.is_empty());
    assert_eq!(facts.txid, segwit.then(|| tx.compute_txid()), "{name}");
}

/// Core accepts the wallet's transaction and the one that our own finisher makes.
pub fn assert_accepted(psbt: &Psbt, tx: &Transaction, name: &str) {
    let spent = spent_outputs(psbt);
    assert!(core::accepts(tx, &spent), "{name}: finished by bdk");
    for form in [Form::V0, Form::V2] {
        let ours = coldlight::psbt::Psbt::parse(&form.of(psbt), &Limits::default())
            .unwrap_or_else(|error| panic!("{name}: {error}"))
            .finish()
            .unwrap_or_else(|error| panic!("{name}: {error:?}"));
        assert_eq!(ours.compute_txid(), tx.compute_txid(), "{name}");
        assert!(core::accepts(&ours, &spent), "{name}: finished by our own finisher");
    }
}
