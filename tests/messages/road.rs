//! Every kind of address signs a message that holds, and only under that message.

use crate::build::*;
use crate::{request, signed, text, walk};
use bitcoin::ScriptBuf;
use coldlight::message::{Signature, Verdict, smallest_form, to_spend, verify};
use coldlight::review::message::{MessageForm, OwnPlace, draft, find};
use coldlight::wallet::{Chain, Network, ScriptType, address};

/// Core's verdict on the first input of a finished `to_sign` (no Taproot).
fn core_accepts(signature: &Signature, message: &str, script: &ScriptBuf) -> bool {
    let to_spend = to_spend(&text(message), script);
    let to_sign = match signature {
        Signature::Full(to_sign) => {
            let mut to_sign = to_sign.clone();
            to_sign.input[0].previous_output.txid = to_spend.compute_txid();
            to_sign
        }
        Signature::Simple(witness) => {
            let mut to_sign = coldlight::message::to_sign(&to_spend);
            to_sign.input[0].witness = witness.clone();
            to_sign
        }
        _ => panic!("another form"),
    };
    // Core judges scripts; that the input spends this message's output is read here.
    if to_sign.input[0].previous_output.txid != to_spend.compute_txid() {
        return false;
    }
    let bytes = bitcoin::consensus::serialize(&to_sign);
    let flags = bitcoinconsensus::VERIFY_ALL_PRE_TAPROOT;
    bitcoinconsensus::verify_with_flags(script.as_bytes(), 0, &bytes, None, 0, flags).is_ok()
}

fn assert_holds(signature: &Signature, message: &str, script: &ScriptBuf) {
    let read = Signature::read(&signature.to_string()).unwrap_or_else(|e| panic!("{e}"));
    assert!(matches!(verify(script, &text(message), &read), Verdict::Valid(_)));
    let longer = format!("{message}.");
    assert!(matches!(verify(script, &text(&longer), &read), Verdict::Invalid(_)));
    assert!(matches!(verify(&payee(), &text(message), &read), Verdict::Invalid(_)));
    if !script.is_p2tr() {
        assert!(core_accepts(&read, message, script));
        assert!(!core_accepts(&read, &longer, script));
    }
}

#[test]
fn each_single_key_address_signs_what_is_typed_at_its_path_or_address() {
    let ours = Person::new(OURS);
    let desk = Desk::of(&ours);
    let kinds = [
        ("m/44'/1'/0'/0/3", MessageForm::Full),
        ("m/49'/1'/0'/1/0", MessageForm::Full),
        ("m/84'/1'/2'/0/17", MessageForm::Simple),
        ("m/86'/1'/0'/0/0", MessageForm::Simple),
    ];
    for (path, form) in kinds {
        let place = find(path, &desk.context()).unwrap_or_else(|e| panic!("{path}: {e}"));
        let request = draft(&text("Hello World"), &place, &desk.context()).expect("a request");
        let script = request.challenge().clone();
        let shown = address(&script, Network::Test).expect("an address");
        assert_eq!(find(&shown, &desk.context()), Ok(place), "{path}");
        let walk = walk(&desk, request);
        assert_eq!((walk.facts().form, walk.to_sign()), (form, 1), "{path}");
        assert_eq!(walk.facts().address.as_ref(), Some(&shown));
        let signed = signed(&desk, walk);
        assert_holds(signed.signature().expect("complete"), "Hello World", &script);
    }
}

#[test]
fn each_shared_address_signs_once_enough_have_signed() {
    let people = [Person::new(OURS), Person::new(BOB), Person::new(CAROL)];
    let [ours, bob, carol] = &people;
    let both = |form: &str| Multi::new(form, &[ours, bob]);
    let leaf = |owner: &Person| format!("{}/{{}}", owner.origin("m/48h/1h/0h/2h"));
    let families = [
        (both("wsh(sortedmulti(2,KEYS))"), MessageForm::Simple),
        (both("sh(wsh(sortedmulti(2,KEYS)))"), MessageForm::Full),
        (both("sh(sortedmulti(2,KEYS))"), MessageForm::Full),
        (
            Multi::of_template(format!("wsh(and_v(v:pk({}),pk({})))", leaf(ours), leaf(bob))),
            MessageForm::Simple,
        ),
        (
            Multi::of_template(format!(
                "tr({},and_v(v:pk({}),pk({})))",
                leaf(carol),
                leaf(ours),
                leaf(bob)
            )),
            MessageForm::Simple,
        ),
    ];
    for (family, form) in families {
        let place = OwnPlace::Wallet { number: 0, chain: Chain::Receive, index: 5 };
        let desks = [ours, bob].map(|person| Desk::of(person).with(family.wallet("Family")));
        let asked = draft(&text("We both say so"), &place, &desks[0].context()).expect("asked");
        let script = asked.challenge().clone();
        let shown = address(&script, Network::Test).expect("an address");
        assert_eq!(find(&shown, &desks[1].context()), Ok(place));
        let first = walk(&desks[0], asked);
        assert_eq!(first.facts().form, form, "{}", family.text());
        let first = signed(&desks[0], first);
        assert!(first.signature().is_none(), "Bob has not signed");
        let psbt = first.psbt().expect("a request").clone();
        let again = coldlight::message::Request::of(psbt).unwrap_or_else(|_| panic!("no request"));
        let second = walk(&desks[1], again);
        assert_eq!(second.facts().signatures.present, 1);
        let second = signed(&desks[1], second);
        assert_holds(second.signature().expect("complete"), "We both say so", &script);
    }
}

#[test]
fn a_taproot_address_with_leaves_signs_by_its_key() {
    let (ours, bob) = (Person::new(OURS), Person::new(BOB));
    let key = |person: &Person| format!("{}/{{}}", person.origin("m/48h/1h/0h/2h"));
    let family = Multi::of_template(format!("tr({},pk({}))", key(&ours), key(&bob)));
    let desk = Desk::of(&ours).with(family.wallet("Ours"));
    let place = OwnPlace::Wallet { number: 0, chain: Chain::Change, index: 0 };
    let asked = draft(&text("by the key"), &place, &desk.context()).expect("asked");
    let script = asked.challenge().clone();
    let signed = signed(&desk, walk(&desk, asked));
    let signature = signed.signature().expect("complete");
    let Signature::Simple(witness) = signature else { panic!("another form") };
    assert_eq!(witness.len(), 1, "the key path shows no leaf");
    assert_holds(signature, "by the key", &script);
}

#[test]
fn a_request_is_the_same_whoever_writes_it() {
    let ours = Person::new(OURS);
    let desk = Desk::of(&ours);
    let place = OwnPlace::Seed {
        path: "m/84'/1'/0'/0/0".parse().expect("a path"),
        script_type: ScriptType::NativeSegwit,
    };
    let typed = draft(&text("same"), &place, &desk.context()).expect("a request");
    let mut psbt =
        bitcoin::Psbt::deserialize(&typed.psbt().serialize()).unwrap_or_else(|e| panic!("{e}"));
    // a coordinator that gives only the output, as BIP322 lets it
    psbt.inputs[0].non_witness_utxo = None;
    let first = signed(&desk, walk(&desk, typed));
    let second = signed(&desk, walk(&desk, request(&psbt)));
    let written = |signed: &coldlight::keys::SignedMessage| {
        signed.signature().map(ToString::to_string).expect("complete")
    };
    assert_eq!(written(&first), written(&second));
    assert!(written(&first).starts_with("smp"));
    assert!(smallest_form(first.psbt().expect("a request")).is_ok());
}

#[test]
fn what_is_typed_and_not_ours_is_refused_in_a_sentence() {
    let ours = Person::new(OURS);
    let desk = Desk::of(&ours);
    for typed in [
        "",
        "m",
        "m/84'/1'/0'/0",
        "m/84'/0'/0'/0/0",
        "m/45'/1'/0'/0/0",
        "m/84'/1'/0'/0/0'",
        "tb1qw508d6qejxtdg4y5r3zarvary0c5xw7kxpjzsx",
        "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4",
        "tb1qw508d6qejxtdg4y5r3zarvary0c5xw7kxpjzsy",
        &"m/0".repeat(10_000),
    ] {
        let error = find(typed, &desk.context()).expect_err("not ours");
        assert!(error.to_string().ends_with('.'), "{error}");
    }
}
