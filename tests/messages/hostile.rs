//! Mutated requests and signatures: no panic, no request that is a payment too, no false signature
//! that holds.

use crate::build::*;
use crate::prng::Prng;
use crate::reserves::proof;
use crate::{request, signed, text, walk};
use coldlight::message::{Request, Signature, Verdict, verify};
use coldlight::psbt::{Limits, Psbt};
use coldlight::review::Examined;
use coldlight::review::message::{MessageExamined, examine};

fn mutated(bytes: &[u8], random: &mut Prng) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for _ in 0..=random.below(3) {
        let at = random.below(bytes.len());
        match random.below(3) {
            0 => bytes[at] ^= 1 << random.below(8),
            1 => bytes[at] = random.below(256) as u8,
            _ => {
                bytes.remove(at);
            }
        }
    }
    bytes
}

#[test]
fn a_mutated_request_is_a_message_or_nothing_and_never_a_payment() {
    let ours = Person::new(OURS);
    let desk = Desk { allow: true, ..Desk::of(&ours) };
    let honest = proof(&desk, "I say so", &|draft| {
        draft.spend(&ours_at(&ours, 0, 1), 1_000_000);
    })
    .serialize();
    let mut random = Prng(322);
    let (mut read, mut messages) = (0, 0);
    for _ in 0..4_000 {
        let bytes = mutated(&honest, &mut random);
        let Ok(psbt) = Psbt::parse(&bytes, &Limits::default()) else { continue };
        read += 1;
        let Ok(asked) = Request::of(psbt.clone()) else { continue };
        messages += 1;
        assert!(matches!(desk.examine_psbt(psbt), Examined::Refused(_)));
        let pays = asked.psbt().tx().output.iter().any(|output| output.value.to_sat() > 0);
        assert!(!pays && asked.psbt().tx().output.len() == 1);
        if let MessageExamined::Reviewed(reviewed) = examine(asked, &desk.context()) {
            assert_eq!(reviewed.facts().text, text("I say so"));
        }
    }
    assert!(read > 100 && messages > 10, "{read} read, {messages} messages");
}

#[test]
fn a_mutated_signature_never_holds_for_other_words() {
    let ours = Person::new(OURS);
    let desk = Desk::of(&ours);
    let asked = proof(&desk, "mine", &|draft| {
        draft.spend(&ours_at(&ours, 0, 1), 1_000_000);
    });
    let script = asked.inputs[0].witness_utxo.as_ref().expect("told").script_pubkey.clone();
    let funds = signed(&desk, walk(&desk, request(&asked)));
    let alone = proof(&desk, "mine", &|_| {});
    let simple = signed(&desk, walk(&desk, request(&alone)));
    let mut random = Prng(137);
    for written in [&funds, &simple].map(|it| it.signature().expect("complete").to_string()) {
        for _ in 0..1_500 {
            let bytes = mutated(written.as_bytes(), &mut random);
            let Ok(read) = Signature::read(&String::from_utf8_lossy(&bytes)) else { continue };
            let verdict = verify(&script, &text("yours"), &read);
            assert!(!matches!(verdict, Verdict::Valid(_)));
            let _ = verify(&script, &text("mine"), &read);
        }
    }
}
