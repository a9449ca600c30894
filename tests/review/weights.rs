//! Weights against transactions that were really signed and finished.

use crate::build::*;
use bitcoin::{Sequence, Transaction};
use coldlight::psbt::Psbt;
use coldlight::review::Facts;

/// Signed by all, one after the other, then finished.
fn finished(draft: &Draft, people: &[&Person], wallets: &[&Multi]) -> Transaction {
    let mut psbt = draft.psbt.clone();
    for person in people {
        let mut desk = Desk::of(person);
        desk.wallets = wallets.iter().map(|wallet| wallet.wallet("W").into()).collect();
        let signed: Psbt = desk.sign(&Draft { psbt: psbt.clone() });
        psbt = bitcoin::Psbt::deserialize(&signed.serialize()).unwrap();
    }
    Draft { psbt }.parsed().finish().unwrap()
}

/// ECDSA: an upper bound, at most `slack` units above what came out. Else exact.
fn assert_weight(facts: &Facts, tx: &Transaction, slack: Option<u64>) {
    let told = facts.weight.expect("a weight");
    let real = tx.weight().to_wu();
    match slack {
        None => {
            assert_eq!(told, real);
            assert!(facts.weight_exact);
        }
        Some(slack) => {
            assert!(real <= told && told <= real + slack, "told {told}, real {real}");
            assert!(!facts.weight_exact);
        }
    }
}

#[test]
fn one_ecdsa_input_of_ours_counts_71_bytes_of_signature() {
    let ours = Person::new(OURS);
    // version 4, counts 2, input 41, outputs 2 * 31, locktime 4; marker and flag; witness
    let facts = Desk::of(&ours).facts(&Draft::ordinary(&ours));
    assert_eq!(facts.weight, Some(4 * (4 + 1 + 41 + 1 + 2 * 31 + 4) + 2 + 1 + (1 + 71) + (1 + 33)));
    assert!(!facts.weight_exact);
    // 1,000 sat of fee over 561 / 4 vB
    assert_eq!(facts.fee_rate, Some(713));
}

#[test]
fn single_key_inputs_weigh_what_they_come_out_at() {
    let ours = Person::new(OURS);
    let forms = [
        ("pkh(KEY)", 44, Some(8)),
        ("sh(wpkh(KEY))", 49, Some(2)),
        ("wpkh(KEY)", 84, Some(2)),
        ("tr(KEY)", 86, None),
    ];
    for (form, purpose, slack) in forms {
        let mut draft = Draft::new();
        draft.spend(&form.replace("KEY", &ours.at(&format!("m/{purpose}h/1h/0h/0/0"))), 1_000_000);
        draft.pay(payee(), 999_000);
        let facts = Desk::of(&ours).facts(&draft);
        assert_weight(&facts, &finished(&draft, &[&ours], &[]), slack);
    }
}

#[test]
fn many_kinds_together_weigh_what_they_come_out_at() {
    let ours = Person::new(OURS);
    let mut draft = Draft::new();
    for (form, purpose) in
        [("pkh(KEY)", 44), ("sh(wpkh(KEY))", 49), ("wpkh(KEY)", 84), ("tr(KEY)", 86)]
    {
        for index in 0..3 {
            let key = ours.at(&format!("m/{purpose}h/1h/0h/0/{index}"));
            draft.spend(&form.replace("KEY", &key), 100_000);
        }
    }
    draft.pay(payee(), 1_190_000);
    let facts = Desk::of(&ours).facts(&draft);
    assert_weight(&facts, &finished(&draft, &[&ours], &[]), Some(3 * 8 + 6 * 2));
}

#[test]
fn an_explicit_sighash_type_makes_taproot_one_byte_longer() {
    let ours = Person::new(OURS);
    let mut draft = Draft::new();
    draft.spend(&format!("tr({})", ours.at("m/86h/1h/0h/0/0")), 1_000_000);
    draft.pay(payee(), 999_000);
    let plain = Desk::of(&ours).facts(&draft).weight.unwrap();
    draft.psbt.inputs[0].sighash_type = Some(bitcoin::psbt::PsbtSighashType::from_u32(1));
    let facts = Desk::of(&ours).facts(&draft);
    assert_eq!(facts.weight, Some(plain + 1));
    assert_weight(&facts, &finished(&draft, &[&ours], &[]), None);
}

#[test]
fn multisig_counts_ours_with_71_and_others_with_72() {
    let (ours, bob, carol) = (Person::new(OURS), Person::new(BOB), Person::new(CAROL));
    for (form, per_signature) in [
        ("wsh(sortedmulti(2,KEYS))", 1),
        ("sh(wsh(multi(2,KEYS)))", 1),
        ("sh(sortedmulti(2,KEYS))", 4),
    ] {
        let family = Multi::new(form, &[&ours, &bob, &carol]);
        let mut draft = Draft::new();
        draft.spend(&family.at(0, 3), 1_000_000);
        draft.pay(payee(), 990_000);
        let desk = Desk::of(&ours).with(family.wallet("Family"));
        let facts = desk.facts(&draft);
        let tx = finished(&draft, &[&ours, &bob], &[&family]);
        // Bob signs with low R too here: one byte less than he is trusted with
        assert_weight(&facts, &tx, Some(per_signature * 5));
    }
    // the exact number for P2WSH 2-of-3 with 71 and 72 bytes
    let family = Multi::new("wsh(sortedmulti(2,KEYS))", &[&ours, &bob, &carol]);
    let mut draft = Draft::new();
    draft.spend(&family.at(0, 3), 1_000_000);
    draft.pay(payee(), 990_000);
    let facts = Desk::of(&ours).with(family.wallet("Family")).facts(&draft);
    let base = 4 * (4 + 1 + 41 + 1 + 31 + 4);
    assert_eq!(facts.weight, Some(base + 2 + 1 + 1 + (1 + 71) + (1 + 72) + (1 + 105)));
}

#[test]
fn a_signature_that_is_there_counts_as_it_is() {
    let (ours, bob, carol) = (Person::new(OURS), Person::new(BOB), Person::new(CAROL));
    let family = Multi::new("wsh(sortedmulti(2,KEYS))", &[&ours, &bob, &carol]);
    let mut draft = Draft::new();
    draft.spend(&family.at(0, 3), 1_000_000);
    draft.pay(payee(), 990_000);
    let bobs = Desk::of(&bob).with(family.wallet("Family")).sign(&draft);
    let theirs = bobs.inputs()[0].partial_sigs[0].1.len() as u64;
    let facts = Desk::of(&ours).with(family.wallet("Family")).examine_psbt(bobs).facts().clone();
    let base = 4 * (4 + 1 + 41 + 1 + 31 + 4);
    assert_eq!(facts.weight, Some(base + 2 + 1 + 1 + (1 + 71) + (1 + theirs) + (1 + 105)));
    assert_eq!(facts.inputs[0].signatures.present, 1);
}

#[test]
fn a_taproot_leaf_weighs_exactly_what_it_comes_out_at() {
    let (ours, bob) = (Person::new(OURS), Person::new(BOB));
    // BIP341's point without known key, so that only the leaf can spend
    let nums = "50929b74c1a04954b78b4b6035e97a5e078a5a0f28ec96d547bfee9ace803ac0";
    let tree = Multi::new(&format!("tr({nums},multi_a(2,KEYS))"), &[&ours, &bob]);
    let mut draft = Draft::new();
    draft.spend(&tree.at(0, 0), 1_000_000);
    draft.pay(payee(), 990_000);
    let facts = Desk::of(&ours).with(tree.wallet("Tree")).facts(&draft);
    let tx = finished(&draft, &[&ours, &bob], &[&tree]);
    // ours has 64 bytes; Bob might write his sighash type out
    let real = tx.weight().to_wu();
    assert_eq!((facts.weight, facts.weight_exact), (Some(real + 1), false));
    assert_eq!(facts.inputs[0].signatures.needed, Some(2));

    let alone = Multi::new(&format!("tr({nums},pk(KEYS))"), &[&ours]);
    let mut draft = Draft::new();
    draft.spend(&alone.at(0, 0), 1_000_000);
    draft.pay(payee(), 990_000);
    let facts = Desk::of(&ours).with(alone.wallet("Tree")).facts(&draft);
    assert_weight(&facts, &finished(&draft, &[&ours], &[&alone]), None);
}

#[test]
fn of_several_branches_the_largest_that_our_signature_serves_is_told() {
    let (ours, bob) = (Person::new(OURS), Person::new(BOB));
    let key = |person: &Person| format!("{}/{{}}", person.origin("m/48h/1h/0h/2h"));
    // either of us alone, Bob after ten blocks
    let template = format!("wsh(or_d(pk({}),and_v(v:pkh({}),older(10))))", key(&ours), key(&bob));
    let vault = Multi::of_template(template);
    let script = {
        let definite = definite(&vault.at(0, 0));
        definite.explicit_script().unwrap().len() as u64
    };
    let base = 4 * (4 + 1 + 41 + 1 + 31 + 4);
    let mut draft = Draft::new();
    draft.spend(&vault.at(0, 0), 1_000_000);
    draft.pay(payee(), 990_000);
    // ours: one signature, the script
    let desk = Desk::of(&ours).with(vault.wallet("Vault"));
    let facts = desk.facts(&draft);
    assert_eq!(facts.weight, Some(base + 2 + 1 + (1 + 71) + (1 + script)));
    assert_eq!(facts.inputs[0].signatures.needed, Some(1));
    assert_weight(&facts, &finished(&draft, &[&ours], &[&vault]), Some(2));
    // before the lock is met Bob's signature serves nothing: what is left is the other's branch
    let desk = Desk::of(&bob).with(vault.wallet("Vault"));
    assert_eq!(desk.facts(&draft).weight, Some(base + 2 + 1 + (1 + 72) + (1 + script)));
    // Bob's branch: signature, key, an empty element, the script
    draft.psbt.unsigned_tx.input[0].sequence = Sequence::from_height(10);
    let facts = desk.facts(&draft);
    assert_eq!(facts.weight, Some(base + 2 + 1 + (1 + 71) + (1 + 33) + 1 + (1 + script)));
    assert_weight(&facts, &finished(&draft, &[&bob], &[&vault]), Some(2));
}

#[test]
fn a_stranger_s_input_counts_with_72_and_an_untold_script_makes_the_weight_unknown() {
    let (ours, bob) = (Person::new(OURS), Person::new(BOB));
    let mut draft = Draft::ordinary(&ours);
    let alone = Desk::of(&ours).facts(&draft).weight.unwrap();
    let n = draft.spend(&ours_at(&bob, 0, 0), 5_000);
    let facts = Desk::of(&ours).facts(&draft);
    assert_eq!(facts.weight, Some(alone + 4 * 41 + 1 + (1 + 72) + (1 + 33)));
    draft.psbt.inputs[n].non_witness_utxo = None;
    draft.psbt.inputs[n].witness_utxo = None;
    let facts = Desk::of(&ours).facts(&draft);
    assert_eq!((facts.weight, facts.fee, facts.fee_rate), (None, None, None));
}
