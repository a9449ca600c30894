//! A payment dressed as a message, a message dressed as a payment: neither is signed.

use crate::build::*;
use crate::reserves::proof;
use crate::{parsed, request, walk};
use bitcoin::psbt::raw;
use bitcoin::{Amount, ScriptBuf, TxOut};
use coldlight::message::{Falsehood, Request, falsehood};
use coldlight::review::message::{MessageExamined, examine};
use coldlight::review::{Code, Examined, Grade, Place};

fn field() -> raw::Key {
    raw::Key { type_value: 9, key: vec![] }
}

/// Refused on the road of payments, and no message either.
fn assert_false(desk: &Desk, psbt: &bitcoin::Psbt, reason: Falsehood) {
    let psbt = parsed(psbt);
    assert!(Request::of(psbt.clone()).is_err(), "{reason}");
    assert_eq!(falsehood(&psbt), Some(reason));
    assert_refused(&desk.examine_psbt(psbt), Code::MessageFalse, Place::Tx);
}

fn honest(ours: &Person) -> bitcoin::Psbt {
    proof(&Desk::of(ours), "I say so", &|draft| {
        draft.spend(&ours_at(ours, 0, 1), 1_000_000);
    })
}

#[test]
fn a_true_message_is_never_signed_as_a_payment() {
    let ours = Person::new(OURS);
    let desk = Desk { allow: true, ..Desk::of(&ours) };
    let psbt = honest(&ours);
    assert_eq!(falsehood(&parsed(&psbt)), Some(Falsehood::True));
    assert_refused(&desk.examine_psbt(parsed(&psbt)), Code::MessageFalse, Place::Tx);
    assert_eq!(walk(&desk, request(&psbt)).to_sign(), 2);
}

#[test]
fn a_payment_hidden_in_a_message_is_refused() {
    let ours = Person::new(OURS);
    let desk = Desk::of(&ours);
    let thief = TxOut { value: Amount::from_sat(900_000), script_pubkey: payee() };
    // beside the empty output, instead of it, as its amount, as its script
    for change in 0..4 {
        let mut psbt = honest(&ours);
        match change {
            0 => {
                psbt.unsigned_tx.output.push(thief.clone());
                psbt.outputs.push(Default::default());
            }
            1 => psbt.unsigned_tx.output[0] = thief.clone(),
            2 => psbt.unsigned_tx.output[0].value = Amount::ONE_SAT,
            _ => psbt.unsigned_tx.output[0].script_pubkey = ScriptBuf::new_op_return([1]),
        }
        assert_false(&desk, &psbt, Falsehood::Pays);
    }
}

#[test]
fn a_first_input_that_spends_a_coin_is_refused() {
    let ours = Person::new(OURS);
    let desk = Desk::of(&ours);
    // the coins alone, all of them to the miners
    let mut psbt = honest(&ours);
    psbt.unsigned_tx.input.remove(0);
    psbt.inputs.remove(0);
    psbt.inputs[0].witness_utxo = None;
    let claimed = parsed(&psbt);
    assert!(Request::of(claimed.clone()).is_err());
    assert_refused(&desk.examine_psbt(claimed), Code::MessageFalse, Place::Tx);
    // another message than the one that is shown
    let mut psbt = honest(&ours);
    psbt.unknown.insert(field(), b"I say no".to_vec());
    assert_false(&desk, &psbt, Falsehood::OtherFirstInput);
    // another place of the same transaction
    let mut psbt = honest(&ours);
    psbt.inputs[0].non_witness_utxo = None;
    psbt.unsigned_tx.input[0].previous_output.vout = 1;
    assert_false(&desk, &psbt, Falsehood::OtherFirstInput);
    // another address than the one that signs
    let mut psbt = honest(&ours);
    psbt.inputs[0].non_witness_utxo = None;
    psbt.inputs[0].witness_utxo = Some(TxOut { value: Amount::ZERO, script_pubkey: payee() });
    assert_false(&desk, &psbt, Falsehood::OtherFirstInput);
    // the coin first, the message behind it
    let mut psbt = honest(&ours);
    psbt.unsigned_tx.input.swap(0, 1);
    psbt.inputs.swap(0, 1);
    let swapped = parsed(&psbt);
    assert!(Request::of(swapped.clone()).is_err());
    assert_refused(&desk.examine_psbt(swapped), Code::MessageFalse, Place::Tx);
}

#[test]
fn a_message_without_its_words_is_refused() {
    let ours = Person::new(OURS);
    let desk = Desk::of(&ours);
    let mut psbt = honest(&ours);
    psbt.unknown.clear();
    assert_false(&desk, &psbt, Falsehood::Unnamed);
    // the form alone gives it away, whatever is told about its input
    psbt.inputs[0].non_witness_utxo = None;
    assert_false(&desk, &psbt, Falsehood::Unnamed);
    // and so does what it spends, whatever its outputs
    let mut psbt = honest(&ours);
    psbt.unknown.clear();
    psbt.unsigned_tx.output[0] = TxOut { value: Amount::ONE_SAT, script_pubkey: payee() };
    assert_false(&desk, &psbt, Falsehood::Unnamed);
}

#[test]
fn an_ordinary_payment_with_a_message_beside_it_is_refused() {
    let ours = Person::new(OURS);
    let desk = Desk::of(&ours);
    let mut draft = Draft::ordinary(&ours);
    assert!(matches!(desk.examine(&draft), Examined::Reviewed(_)));
    draft.psbt.unknown.insert(field(), b"a harmless greeting".to_vec());
    let psbt = parsed(&draft.psbt);
    assert!(Request::of(psbt.clone()).is_err());
    assert_refused(&desk.examine_psbt(psbt), Code::MessageFalse, Place::Tx);
}

#[test]
fn a_second_message_hidden_behind_the_first_is_refused() {
    let ours = Person::new(OURS);
    let desk = Desk::of(&ours);
    let mut psbt = honest(&ours);
    let hidden = proof(&desk, "and I owe you a house", &|_| {});
    psbt.unsigned_tx.input.push(hidden.unsigned_tx.input[0].clone());
    psbt.inputs.push(hidden.inputs[0].clone());
    assert_false(&desk, &psbt, Falsehood::SecondMessage(2));
}

#[test]
fn words_that_cannot_be_shown_are_refused() {
    let ours = Person::new(OURS);
    let desk = Desk::of(&ours);
    for bytes in [vec![0xff, 0xfe], vec![b'a'; 4_097]] {
        let mut psbt = honest(&ours);
        psbt.unknown.insert(field(), bytes.clone());
        let psbt = parsed(&psbt);
        assert!(matches!(falsehood(&psbt), Some(Falsehood::Text(_))));
        assert_refused(&desk.examine_psbt(psbt), Code::MessageFalse, Place::Tx);
    }
    let mut psbt = honest(&ours);
    psbt.unsigned_tx.version = bitcoin::transaction::Version::ONE;
    assert_false(&desk, &psbt, Falsehood::Version(1));
    let mut psbt = honest(&ours);
    psbt.inputs[0].non_witness_utxo = None;
    psbt.inputs[0].witness_utxo = None;
    assert_false(&desk, &psbt, Falsehood::NoAddress);
}

/// A signature that does not commit to the whole transaction would serve for others.
#[test]
fn a_signature_that_could_be_moved_to_a_payment_is_refused_even_to_the_expert() {
    let ours = Person::new(OURS);
    let desk = Desk { allow: true, ..Desk::of(&ours) };
    for input in 0..2 {
        for kind in [0x02, 0x03, 0x81, 0x82, 0x83] {
            let mut psbt = honest(&ours);
            psbt.inputs[input].sighash_type = Some(bitcoin::psbt::PsbtSighashType::from_u32(kind));
            let examined = examine(request(&psbt), &desk.context());
            assert!(matches!(examined, MessageExamined::Refused(_)), "{kind:#x}");
            let found = examined.facts().findings.iter();
            let place = Place::Input(input);
            assert!(
                found
                    .map(|it| (it.code, it.grade, it.place))
                    .any(|it| { it == (Code::SighashUnusual, Grade::Refuse, place) })
            );
        }
    }
}

#[test]
fn a_key_that_is_not_in_the_address_is_refused() {
    let (ours, bob) = (Person::new(OURS), Person::new(BOB));
    let desk = Desk::of(&ours);
    let mut psbt = honest(&ours);
    psbt.inputs[0].bip32_derivation =
        [(bob.key("m/84h/1h/0h/0/0"), ours.source("m/84h/1h/0h/0/0"))].into();
    let examined = examine(request(&psbt), &desk.context());
    assert!(matches!(examined, MessageExamined::Refused(_)));
    assert!(examined.facts().findings.iter().any(|it| it.code == Code::ScriptWrong));
}

#[test]
fn the_same_coin_twice_is_refused() {
    let ours = Person::new(OURS);
    let desk = Desk::of(&ours);
    let mut psbt = honest(&ours);
    psbt.unsigned_tx.input.push(psbt.unsigned_tx.input[1].clone());
    psbt.inputs.push(psbt.inputs[1].clone());
    let examined = examine(request(&psbt), &desk.context());
    assert!(matches!(examined, MessageExamined::Refused(_)));
    assert!(examined.facts().findings.iter().any(|it| it.code == Code::TxInvalid));
}
