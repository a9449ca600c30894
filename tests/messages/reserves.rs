//! Proof of reserves: coins shown with a message, and nothing spent.

use crate::build::*;
use crate::{request, signed, text, walk};
use bitcoin::{Amount, Sequence, TxOut};
use coldlight::message::{Invalid, Signature, Verdict, verify};
use coldlight::review::message::{MessageForm, OwnPlace, draft};
use coldlight::review::{Code, Grade, PageKind, Place};

/// A request for the first address of account 0, and the coins of `spend` after it.
pub fn proof(desk: &Desk, message: &str, spend: &dyn Fn(&mut Draft)) -> bitcoin::Psbt {
    let place = OwnPlace::Seed {
        path: "m/84'/1'/0'/0/0".parse().expect("a path"),
        script_type: coldlight::wallet::ScriptType::NativeSegwit,
    };
    let asked = draft(&text(message), &place, &desk.context()).expect("asked");
    let mut psbt =
        bitcoin::Psbt::deserialize(&asked.psbt().serialize()).unwrap_or_else(|e| panic!("{e}"));
    let mut coins = Draft::new();
    spend(&mut coins);
    psbt.unsigned_tx.input.extend(coins.psbt.unsigned_tx.input);
    psbt.inputs.extend(coins.psbt.inputs);
    psbt
}

#[test]
fn coins_of_several_kinds_are_shown_summed_signed_and_verified() {
    let (ours, bob) = (Person::new(OURS), Person::new(BOB));
    let family = Multi::new("wsh(sortedmulti(1,KEYS))", &[&ours, &bob]);
    let desk = Desk::of(&ours).with(family.wallet("Family"));
    let asked = proof(&desk, "Audit of 2026", &|draft| {
        draft.spend(&format!("pkh({})", ours.at("m/44h/1h/0h/0/1")), 10_000_000);
        draft.spend(&format!("sh(wpkh({}))", ours.at("m/49h/1h/0h/0/1")), 20_000_000);
        draft.spend(&format!("tr({})", ours.at("m/86h/1h/0h/0/1")), 30_000_000);
        draft.spend(&family.at(0, 4), 40_000_000);
    });
    let walk = walk(&desk, request(&asked));
    let facts = walk.facts().clone();
    assert_eq!((facts.form, facts.to_sign, facts.coins.len()), (MessageForm::Funds, 5, 4));
    let sums = facts.reserves();
    assert_eq!(sums.proven, Some(Amount::ONE_BTC));
    assert_eq!((sums.claimed, sums.others), (Some(Amount::ZERO), Some(Amount::ZERO)));
    let pages: String = walk.pages().iter().map(|page| page.text()).collect();
    assert!(walk.pages().iter().any(|page| page.kind == PageKind::Reserves));
    for coin in &facts.coins {
        assert!(pages.contains(&coin.outpoint.to_string()), "{pages}");
    }
    assert!(pages.contains("1.000 000 00 BTC"), "{pages}");
    let signed = signed(&desk, walk);
    assert_eq!(signed.made(), 5);
    let written = signed.signature().expect("complete").to_string();
    assert!(written.starts_with("pof"));
    let read = Signature::read(&written).unwrap_or_else(|e| panic!("{e}"));
    let script = asked.inputs[0].witness_utxo.as_ref().expect("told").script_pubkey.clone();
    let Verdict::Valid(proof) = verify(&script, &text("Audit of 2026"), &read) else {
        panic!("does not hold")
    };
    let sat: Vec<u64> = proof.coins.iter().map(|coin| coin.txout.value.to_sat()).collect();
    assert_eq!(sat, [10_000_000, 20_000_000, 30_000_000, 40_000_000]);
    assert!(proof.coins.iter().all(|coin| coin.proven));
    let verdict = verify(&script, &text("Audit of 2027"), &read);
    assert_eq!(verdict, Verdict::Invalid(Invalid::OtherMessage));
}

#[test]
fn the_transaction_that_is_signed_is_no_payment() {
    let ours = Person::new(OURS);
    let desk = Desk::of(&ours);
    let asked = proof(&desk, "reserves", &|draft| {
        draft.spend(&ours_at(&ours, 0, 1), 50_000_000);
    });
    let signed = signed(&desk, walk(&desk, request(&asked)));
    let to_sign = signed.psbt().expect("a request").finish().unwrap_or_else(|e| panic!("{e}"));
    // its first input spends the output of a transaction that spends what cannot exist
    let to_spend = coldlight::message::to_spend(
        &text("reserves"),
        &asked.inputs[0].witness_utxo.as_ref().expect("told").script_pubkey,
    );
    assert!(to_spend.input[0].previous_output.is_null());
    assert_eq!(to_sign.input[0].previous_output.txid, to_spend.compute_txid());
    assert_eq!(to_sign.output.len(), 1);
    assert_eq!(to_sign.output[0].value, Amount::ZERO);
    assert!(to_sign.output[0].script_pubkey.is_op_return());
    // each signature commits to the first input too: without it none holds
    let mut alone = to_sign.clone();
    alone.input.remove(0);
    let coin = asked.inputs[1].witness_utxo.clone().expect("told");
    assert!(coldlight::psbt::verify(&alone, &[&coin]).is_err());
}

#[test]
fn a_repeated_previous_transaction_may_be_left_out() {
    let ours = Person::new(OURS);
    let desk = Desk::of(&ours);
    let pkh = |index: u32| format!("pkh({})", ours.at(&format!("m/44h/1h/0h/0/{index}")));
    let mut asked = proof(&desk, "twice", &|draft| {
        draft.spend(&pkh(1), 1_000);
        draft.spend(&pkh(2), 2_000);
    });
    // both coins out of one transaction, which only the first of them shows
    let second = definite(&pkh(2)).script_pubkey();
    let previous = asked.inputs[1].non_witness_utxo.as_mut().expect("a transaction");
    previous.output.push(TxOut { value: Amount::from_sat(2_000), script_pubkey: second });
    let txid = previous.compute_txid();
    asked.unsigned_tx.input[1].previous_output.txid = txid;
    asked.unsigned_tx.input[2].previous_output = bitcoin::OutPoint { txid, vout: 2 };
    asked.inputs[2].non_witness_utxo = None;
    let walk = walk(&desk, request(&asked));
    assert_eq!(walk.facts().reserves().proven, Some(Amount::from_sat(3_000)));
    let signed = signed(&desk, walk);
    let signature = signed.signature().expect("complete");
    let script = asked.inputs[0].witness_utxo.as_ref().expect("told").script_pubkey.clone();
    let Verdict::Valid(proof) = verify(&script, &text("twice"), signature) else {
        panic!("does not hold")
    };
    assert!(proof.coins.iter().all(|coin| coin.proven) && proof.coins.len() == 2);
}

#[test]
fn what_is_only_claimed_is_called_claimed() {
    let ours = Person::new(OURS);
    let desk = Desk::of(&ours);
    let mut asked = proof(&desk, "claims", &|draft| {
        let n = draft.spend(&ours_at(&ours, 0, 1), 7_000_000);
        draft.unproven(n);
    });
    let sums = walk(&desk, request(&asked)).facts().reserves();
    assert_eq!(
        (sums.proven, sums.claimed),
        (Some(Amount::ZERO), Some(Amount::from_sat(7_000_000)))
    );
    // an old coin's amount is not even claimed without its transaction
    let coin = TxOut {
        value: Amount::from_sat(1),
        script_pubkey: definite(&format!("pkh({})", ours.at("m/44h/1h/0h/0/1"))).script_pubkey(),
    };
    asked.inputs[1].witness_utxo = Some(coin);
    asked.inputs[1].bip32_derivation =
        [(ours.key("m/44h/1h/0h/0/1"), ours.source("m/44h/1h/0h/0/1"))].into();
    let examined = coldlight::review::message::examine(request(&asked), &desk.context());
    let found = examined.facts().findings.iter();
    assert!(
        found
            .map(|it| (it.code, it.grade, it.place))
            .any(|it| { it == (Code::PrevTxMissing, Grade::Refuse, Place::Input(1)) })
    );
}

#[test]
fn strangers_coins_and_a_strangers_address_are_named() {
    let (ours, bob) = (Person::new(OURS), Person::new(BOB));
    let asked = proof(&Desk::of(&ours), "whose", &|draft| {
        draft.spend(&ours_at(&ours, 0, 1), 1_000);
        draft.spend(&ours_at(&bob, 0, 0), 2_000);
    });
    let facts = walk(&Desk::of(&ours), request(&asked)).facts().clone();
    assert_eq!(facts.reserves().others, Some(Amount::from_sat(2_000)));
    let warned = |facts: &coldlight::review::message::MessageFacts, place: Place| {
        facts.graded(Grade::Warn).any(|it| it.code == Code::ForeignInput && it.place == place)
    };
    assert!(warned(&facts, Place::Input(2)) && !warned(&facts, Place::Input(0)));
    // to Bob the address is a stranger's, and he is told what that means
    let facts = walk(&Desk::of(&bob), request(&asked)).facts().clone();
    assert!(warned(&facts, Place::Input(0)));
    assert_eq!(facts.to_sign, 1);
    assert!(!facts.ours());
}

#[test]
fn times_of_a_request_are_told() {
    let ours = Person::new(OURS);
    let desk = Desk::of(&ours);
    let mut asked = proof(&desk, "later", &|_| {});
    asked.unsigned_tx.version = bitcoin::transaction::Version::TWO;
    asked.unsigned_tx.input[0].sequence = Sequence::from_consensus(5);
    let walk = walk(&desk, request(&asked));
    assert_eq!(walk.facts().form, MessageForm::Full);
    let pages: String = walk.pages().iter().map(|page| page.text()).collect();
    assert!(pages.contains("age 5"), "{pages}");
    let signed = signed(&desk, walk);
    let script = asked.inputs[0].witness_utxo.clone().expect("told").script_pubkey;
    let verdict = verify(&script, &text("later"), signed.signature().expect("complete"));
    assert!(matches!(verdict, Verdict::Valid(proof) if proof.sequence == 5));
}
