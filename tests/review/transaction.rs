//! Findings about the transaction as a whole.

use crate::build::*;
use bitcoin::absolute::LockTime;
use bitcoin::{Amount, Sequence};
use coldlight::review::Code::*;
use coldlight::review::Grade::*;
use coldlight::review::Place::*;
use coldlight::review::Verdict;
use coldlight::wallet::Network;

#[test]
fn an_ordinary_payment_raises_nothing() {
    let ours = Person::new(OURS);
    let facts = Desk::of(&ours).facts(&Draft::ordinary(&ours));
    assert_eq!(codes(&facts), []);
    assert_eq!(facts.verdict(), Verdict::Clean);
    assert_eq!(facts.fee, Some(Amount::from_sat(1_000)));
    assert_eq!(facts.paid, Amount::from_sat(600_000));
    assert!(facts.fee_proven);
}

/// A payment whose fee is what is asked for, weight known: 561 units.
fn with_fee(fee: u64) -> (Person, Draft) {
    let ours = Person::new(OURS);
    let mut draft = Draft::ordinary(&ours);
    draft.psbt.unsigned_tx.output[1].value = Amount::from_sat(400_000 - fee);
    (ours, draft)
}

#[test]
fn a_fee_rate_above_500_is_warned_about_and_500_is_not() {
    // 561 weight units at 500 sat/vB: 70,125 sat
    let (ours, draft) = with_fee(70_125);
    assert_lacks(&Desk::of(&ours).facts(&draft), FeeHighRate);
    let (ours, draft) = with_fee(70_126);
    assert_found(&Desk::of(&ours).facts(&draft), FeeHighRate, Warn, Tx);
}

#[test]
fn a_fee_above_a_tenth_of_what_is_paid_is_warned_about() {
    let (ours, draft) = with_fee(60_000);
    assert_lacks(&Desk::of(&ours).facts(&draft), FeeHighShare);
    let (ours, draft) = with_fee(60_001);
    let facts = Desk::of(&ours).facts(&draft);
    assert_found(&facts, FeeHighShare, Warn, Tx);
    assert_eq!(facts.fee_share, Some(1_000));
}

#[test]
fn without_payees_the_fee_is_compared_with_all_inputs() {
    let ours = Person::new(OURS);
    for (fee, warned) in [(100_000, false), (100_001, true)] {
        let mut draft = Draft::new();
        draft.spend(&ours_at(&ours, 0, 0), 1_000_000);
        draft.back(&ours_at(&ours, 1, 0), 1_000_000 - fee);
        let facts = Desk::of(&ours).facts(&draft);
        assert_eq!(codes(&facts).iter().any(|found| found.0 == FeeHighShare), warned);
    }
}

#[test]
fn claimed_amounts_warn_once_and_are_noted_one_by_one() {
    let ours = Person::new(OURS);
    let mut draft = Draft::ordinary(&ours);
    draft.spend(&ours_at(&ours, 0, 1), 1_000);
    draft.unproven(0);
    draft.unproven(1);
    let facts = Desk::of(&ours).facts(&draft);
    let found = codes(&facts);
    assert_eq!(
        found,
        [
            (FeeUnproven, Warn, Tx),
            (AmountUnproven, Note, Input(0)),
            (AmountUnproven, Note, Input(1)),
        ]
    );
    assert!(!facts.fee_proven && !facts.inputs[0].proven);
}

#[test]
fn the_only_input_is_proven_by_its_own_signature_when_it_is_segwit() {
    let ours = Person::new(OURS);
    let mut draft = Draft::ordinary(&ours);
    draft.unproven(0);
    let facts = Desk::of(&ours).facts(&draft);
    assert_eq!(codes(&facts), []);
    assert!(facts.inputs[0].proven);
}

#[test]
fn a_taproot_signature_of_ours_proves_every_amount() {
    let ours = Person::new(OURS);
    let mut draft = Draft::ordinary(&ours);
    draft.spend(&format!("tr({})", ours.at("m/86h/1h/0h/0/0")), 5_000);
    draft.unproven(0);
    draft.unproven(1);
    let facts = Desk::of(&ours).facts(&draft);
    assert!(facts.inputs.iter().all(|input| input.proven));
    assert_lacks(&facts, FeeUnproven);
    // somebody else's Taproot input proves nothing to us
    let bob = Person::new(BOB);
    let mut draft = Draft::ordinary(&ours);
    draft.spend(&format!("tr({})", bob.at("m/86h/1h/0h/0/0")), 5_000);
    draft.unproven(0);
    assert_found(&Desk::of(&ours).facts(&draft), AmountUnproven, Note, Input(0));
}

#[test]
fn with_anyonecanpay_a_taproot_signature_proves_nothing() {
    let ours = Person::new(OURS);
    let mut draft = Draft::ordinary(&ours);
    let n = draft.spend(&format!("tr({})", ours.at("m/86h/1h/0h/0/0")), 5_000);
    draft.psbt.inputs[n].sighash_type = Some(bitcoin::psbt::PsbtSighashType::from_u32(0x81));
    draft.unproven(0);
    let desk = Desk { allow: true, ..Desk::of(&ours) };
    assert_found(&desk.facts(&draft), AmountUnproven, Note, Input(0));
}

#[test]
fn values_up_to_the_largest_number_are_refused_not_misread() {
    let ours = Person::new(OURS);
    let desk = Desk::of(&ours);
    for value in [2_100_000_000_000_001, i64::MAX as u64, u64::MAX - 1, u64::MAX] {
        let mut draft = Draft::ordinary(&ours);
        draft.pay(payee(), value);
        assert_refused(&desk.examine(&draft), ValueRange, Output(2));
        let mut draft = Draft::ordinary(&ours);
        draft.spend(&ours_at(&ours, 0, 1), value);
        assert_refused(&desk.examine(&draft), ValueRange, Input(1));
    }
    // all the coins there will ever be: in range, and the sum is above
    let mut draft = Draft::ordinary(&ours);
    draft.spend(&ours_at(&ours, 0, 1), 2_100_000_000_000_000);
    let facts = desk.facts(&draft);
    assert!(!codes(&facts).contains(&(ValueRange, Refuse, Input(1))));
    assert_found(&facts, ValueRange, Refuse, Tx);
}

#[test]
fn sums_that_overflow_are_refused() {
    let ours = Person::new(OURS);
    let mut draft = Draft::ordinary(&ours);
    draft.pay(payee(), u64::MAX);
    draft.pay(payee(), u64::MAX);
    let examined = Desk::of(&ours).examine(&draft);
    assert_refused(&examined, ValueRange, Tx);
    assert_eq!(examined.facts().fee, None);
}

#[test]
fn outputs_above_inputs_are_refused_and_equal_ones_are_not() {
    let ours = Person::new(OURS);
    let mut draft = Draft::ordinary(&ours);
    draft.psbt.unsigned_tx.output[1].value = Amount::from_sat(400_001);
    assert_refused(&Desk::of(&ours).examine(&draft), ValueRange, Tx);
    draft.psbt.unsigned_tx.output[1].value = Amount::from_sat(400_000);
    let facts = Desk::of(&ours).facts(&draft);
    assert_lacks(&facts, ValueRange);
    assert_eq!(facts.fee, Some(Amount::ZERO));
}

#[test]
fn a_transaction_that_cannot_be_valid_is_refused() {
    let ours = Person::new(OURS);
    let desk = Desk::of(&ours);
    let mut twice = Draft::ordinary(&ours);
    let (txin, input) = (twice.psbt.unsigned_tx.input[0].clone(), twice.psbt.inputs[0].clone());
    twice.psbt.unsigned_tx.input.push(txin);
    twice.psbt.inputs.push(input);
    assert_refused(&desk.examine(&twice), TxInvalid, Tx);

    let mut no_outputs = Draft::new();
    no_outputs.spend(&ours_at(&ours, 0, 0), 1_000);
    assert_refused(&desk.examine(&no_outputs), TxInvalid, Tx);

    assert_lacks(&desk.facts(&Draft::ordinary(&ours)), TxInvalid);
}

#[test]
fn version_2_locktimes_that_cannot_be_joined_are_refused() {
    use bitcoin::absolute::{Height, Time};
    use psbt_v2::v2;
    let ours = Person::new(OURS);
    let desk = Desk::of(&ours);
    let mut draft = Draft::ordinary(&ours);
    draft.spend(&ours_at(&ours, 0, 1), 1_000);
    // BIP370: one input asks for a height, the other for a time
    let with = |locks: [(Option<Height>, Option<Time>); 2]| {
        let unsigned = &draft.psbt.unsigned_tx;
        let inputs = draft.psbt.inputs.iter().zip(&unsigned.input).zip(locks);
        let inputs = inputs.map(|((input, txin), (min_height, min_time))| v2::Input {
            sequence: Some(Sequence::ENABLE_LOCKTIME_NO_RBF),
            witness_utxo: input.witness_utxo.clone(),
            non_witness_utxo: input.non_witness_utxo.clone(),
            bip32_derivations: input
                .bip32_derivation
                .iter()
                .map(|(key, source)| ((*key).into(), source.clone()))
                .collect(),
            min_height,
            min_time,
            ..v2::Input::new(&txin.previous_output)
        });
        let global = v2::Global {
            version: psbt_v2::Version::TWO,
            tx_version: unsigned.version,
            input_count: 2,
            output_count: 2,
            ..v2::Global::default()
        };
        let outputs = unsigned.output.iter().cloned().map(v2::Output::new).collect();
        let bytes = v2::Psbt { global, inputs: inputs.collect(), outputs }.serialize();
        desk.examine_psbt(
            coldlight::psbt::Psbt::parse(&bytes, &Default::default()).expect("a version 2 PSBT"),
        )
    };
    let height = Some(Height::from_consensus(800_000).unwrap());
    let time = Some(Time::from_consensus(1_600_000_000).unwrap());
    assert_refused(&with([(height, None), (None, time)]), TxInvalid, Tx);
    let joined = with([(height, time), (None, time)]);
    assert_eq!(codes(joined.facts()), [(Locktime, Note, Tx)]);
    assert_eq!(joined.facts().lock_time, 1_600_000_000);
}

#[test]
fn a_locktime_in_force_is_noted_and_one_far_ahead_is_warned_about() {
    let ours = Person::new(OURS);
    let desk = Desk::of(&ours);
    let now = desk.now.unwrap() as u32;
    let year = 365 * 24 * 3600;
    for (lock, sequence, expected) in [
        (800_000, Sequence::MAX, None),
        (0, Sequence::ENABLE_LOCKTIME_NO_RBF, None),
        (800_000, Sequence::ENABLE_LOCKTIME_NO_RBF, Some(Note)),
        (2_000_000, Sequence::ENABLE_LOCKTIME_NO_RBF, Some(Note)),
        (2_000_001, Sequence::ENABLE_LOCKTIME_NO_RBF, Some(Warn)),
        (now + year, Sequence::ENABLE_LOCKTIME_NO_RBF, Some(Note)),
        (now + year + 1, Sequence::ENABLE_LOCKTIME_NO_RBF, Some(Warn)),
    ] {
        let mut draft = Draft::ordinary(&ours);
        draft.psbt.unsigned_tx.lock_time = LockTime::from_consensus(lock);
        draft.psbt.unsigned_tx.input[0].sequence = sequence;
        let facts = desk.facts(&draft);
        match expected {
            Some(grade) => assert_found(&facts, Locktime, grade, Tx),
            None => assert_lacks(&facts, Locktime),
        }
        assert_lacks(&facts, RbfOn);
    }
}

#[test]
fn a_replaceable_transaction_is_noted() {
    let ours = Person::new(OURS);
    let mut draft = Draft::ordinary(&ours);
    draft.psbt.unsigned_tx.input[0].sequence = Sequence::ENABLE_RBF_NO_LOCKTIME;
    let facts = Desk::of(&ours).facts(&draft);
    assert_eq!(codes(&facts), [(RbfOn, Note, Tx)]);
    assert!(facts.rbf);
}

#[test]
fn a_transaction_above_400_000_units_is_warned_about() {
    let ours = Person::new(OURS);
    let desk = Desk::of(&ours);
    // 561 units with two outputs; each further one to P2WSH has 43 bytes, 172 units
    for (more, warned) in [(2_320, false), (2_330, true)] {
        let mut draft = Draft::ordinary(&ours);
        draft.psbt.unsigned_tx.output[0].value = Amount::ZERO;
        for n in 0..more {
            let mut hash = [0u8; 32];
            hash[..8].copy_from_slice(&(n as u64).to_le_bytes());
            let program = bitcoin::hashes::Hash::from_byte_array(hash);
            draft.pay(bitcoin::ScriptBuf::new_p2wsh(&program), 0);
        }
        let facts = desk.facts(&draft);
        assert_eq!(codes(&facts).contains(&(TxTooLarge, Warn, Tx)), warned, "{:?}", facts.weight);
    }
}

#[test]
fn an_extended_key_in_our_name_must_be_ours() {
    let ours = Person::new(OURS);
    let bob = Person::new(BOB);
    let desk = Desk::of(&ours);
    let mut draft = Draft::ordinary(&ours);
    draft.psbt.xpub.insert(ours.xpub("m/84h/1h/0h"), ours.source("m/84h/1h/0h"));
    draft.psbt.xpub.insert(bob.xpub("m/84h/1h/0h"), bob.source("m/84h/1h/0h"));
    assert_eq!(codes(&desk.facts(&draft)), []);
    let mut draft = Draft::ordinary(&ours);
    draft.psbt.xpub.insert(bob.xpub("m/84h/1h/0h"), ours.source("m/84h/1h/0h"));
    assert_refused(&desk.examine(&draft), KeyOriginFalse, Tx);
    // the right key with a false chain code gives other children
    let mut false_code = ours.xpub("m/84h/1h/0h");
    false_code.chain_code = bob.xpub("m").chain_code;
    let mut draft = Draft::ordinary(&ours);
    draft.psbt.xpub.insert(false_code, ours.source("m/84h/1h/0h"));
    assert_refused(&desk.examine(&draft), KeyOriginFalse, Tx);
}

#[test]
fn keys_of_another_network_are_refused() {
    let ours = Person::new(OURS);
    let mut draft = Draft::ordinary(&ours);
    let mut main = ours.xpub("m/84h/1h/0h");
    main.network = bitcoin::NetworkKind::Main;
    draft.psbt.xpub.insert(main, ours.source("m/84h/1h/0h"));
    assert_refused(&Desk::of(&ours).examine(&draft), NetworkWrong, Tx);

    let mut draft = Draft::new();
    draft.spend(&format!("wpkh({})", ours.at("m/84h/0h/0h/0/0")), 1_000_000);
    draft.pay(payee(), 999_000);
    assert_refused(&Desk::of(&ours).examine(&draft), NetworkWrong, Input(0));
    let main = Desk { network: Network::Main, ..Desk::of(&ours) };
    assert_eq!(codes(&main.facts(&draft)), []);

    let mut draft = Draft::ordinary(&ours);
    draft.back(&format!("wpkh({})", ours.at("m/84h/0h/0h/1/0")), 500);
    assert_refused(&Desk::of(&ours).examine(&draft), NetworkWrong, Output(2));
}

#[test]
fn without_a_key_of_ours_there_is_nothing_to_sign() {
    let ours = Person::new(OURS);
    let draft = Draft::ordinary(&Person::new(BOB));
    let examined = Desk::of(&ours).examine(&draft);
    assert_refused(&examined, NothingToSign, Tx);
    assert_found(examined.facts(), ForeignInput, Warn, Input(0));
    // without keys nobody asked to sign
    let facts = Desk::keyless().facts(&draft);
    assert_lacks(&facts, NothingToSign);
    assert_found(&facts, ForeignInput, Warn, Input(0));
    assert_eq!(facts.verdict(), Verdict::Warned);
}

#[test]
fn the_txid_is_told_when_every_input_is_segwit_nested_included() {
    let ours = Person::new(OURS);
    let desk = Desk::of(&ours);
    let mut draft = Draft::ordinary(&ours);
    draft.spend(&format!("sh(wpkh({}))", ours.at("m/49h/1h/0h/0/0")), 5_000);
    draft.spend(&format!("tr({})", ours.at("m/86h/1h/0h/0/0")), 5_000);
    let facts = desk.facts(&draft);
    let finished = desk.sign(&draft).finish().unwrap();
    assert_eq!(facts.txid, Some(finished.compute_txid()));
    draft.spend(&format!("pkh({})", ours.at("m/44h/1h/0h/0/0")), 5_000);
    assert_eq!(desk.facts(&draft).txid, None);
}

#[test]
fn what_is_not_built_is_refused_by_its_name() {
    let ours = Person::new(OURS);
    let mut draft = Draft::ordinary(&ours);
    // BIP373: PSBT_IN_MUSIG2_PARTICIPANT_PUBKEYS with one participant
    draft.psbt.inputs[0].unknown.insert(
        bitcoin::psbt::raw::Key { type_value: 0x1a, key: ours.key("m/0").serialize().to_vec() },
        ours.key("m/1").serialize().to_vec(),
    );
    let examined = Desk::of(&ours).examine(&draft);
    assert_refused(&examined, FeatureUnsupported, Tx);
    assert!(examined.facts().findings[0].what.contains("MuSig2"));
}

#[test]
fn what_was_signed_before_is_remembered() {
    let ours = Person::new(OURS);
    let mut desk = Desk::of(&ours);
    let draft = Draft::ordinary(&ours);
    let mut walk = desk.reviewed(&draft).walk();
    while walk.next() {}
    let approved = walk.confirm("sign").unwrap_or_else(|_| panic!("not approved"));
    desk.history.remember(approved.footprint());
    // the same again is said
    assert_eq!(codes(&desk.facts(&draft)), [(AlreadySigned, Note, Tx)]);
    // another transaction of the same coin is nothing special
    let mut replaced = Draft::ordinary(&ours);
    replaced.psbt.unsigned_tx.output[1].value = Amount::from_sat(398_000);
    assert_eq!(codes(&desk.facts(&replaced)), []);
    // the same coin with another amount is refused
    let mut changed = Draft::ordinary(&ours);
    changed.unproven(0);
    changed.psbt.inputs[0].witness_utxo.as_mut().unwrap().value = Amount::from_sat(1_000_001);
    assert_refused(&desk.examine(&changed), AmountChanged, Input(0));
}
