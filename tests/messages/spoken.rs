//! `signmessage`: BIP137 by light.

use crate::build::*;
use crate::{signed, text, walk_of};
use coldlight::keys::{Mnemonic, Passphrase, Seed};
use coldlight::message::{Signature, Spoken, Verdict, verify};
use coldlight::review::message::{MessageExamined, MessageForm, examine_spoken};
use coldlight::review::{Code, Grade};
use coldlight::wallet::Network;

fn spoken(text: &str) -> Spoken {
    let read = Spoken::read(text.as_bytes()).expect("a spoken request");
    read.unwrap_or_else(|e| panic!("{text}: {e}"))
}

/// trezor-firmware's test words, `tests/device_tests/bitcoin/test_signmessage.py`.
fn all_all() -> Desk {
    let words = ["all"; 12].join(" ");
    let words = Mnemonic::parse(&words).unwrap_or_else(|_| panic!("words"));
    let seed = Seed::open(&words, &Passphrase::new(""), Network::Main);
    Desk { seed: Some(seed), network: Network::Main, ..Desk::keyless() }
}

#[test]
fn published_signatures_are_made_to_the_byte() {
    const EXAMPLE: &str = "This is an example of a signed message.";
    let long = "VeryLongMessage!".repeat(64);
    let cases = [
        (
            "m/44h/0h/0h/0/0",
            "1JAd7XCBzGudGpJQSDSfpmJhiygtLQWaGL",
            EXAMPLE,
            "20fd8f2f7db5238fcdd077d5204c3e6949c261d700269cefc1d9d2dcef6b95023630ee617f6c8acf9eb40c8edd704c9ca74ea4afc393f43f35b4e8958324cbdd1c",
        ),
        (
            "m/49'/0'/0'/0/0",
            "3L6TyTisPBmrDAj6RoKmDzNnj4eQi54gD2",
            EXAMPLE,
            "23744de4516fac5c140808015664516a32fead94de89775cec7e24dbc24fe133075ac09301c4cc8e197bea4b6481661d5b8e9bf19d8b7b8a382ecdb53c2ee0750d",
        ),
        (
            "m/84h/0h/0h/0/0",
            "bc1qannfxke2tfd4l7vhepehpvt05y83v3qsf6nfkk",
            EXAMPLE,
            "28b55d7600d9e9a7e2a49155ddf3cfdb8e796c207faab833010fa41fb7828889bc47cf62348a7aaa0923c0832a589fab541e8f12eb54fb711c90e2307f0f66b194",
        ),
        (
            "m/84h/0h/0h/0/0",
            "bc1qannfxke2tfd4l7vhepehpvt05y83v3qsf6nfkk",
            &long,
            "28c6f86e255eaa768c447d635d91da01631ac54af223c2c182d4fa3676cfecae4a199ad33a74fe04fb46c39432acb8d83de74da90f5f01123b3b7d8bc252bc7f71",
        ),
    ];
    let desk = all_all();
    for (path, address, message, expected) in cases {
        let asked = spoken(&format!("signmessage {path} ascii:{message}"));
        let walk = walk_of(examine_spoken(asked, &desk.context()));
        assert_eq!(walk.facts().address.as_deref(), Some(address));
        assert!(matches!(walk.facts().form, MessageForm::Legacy(_)));
        let signed = signed(&desk, walk);
        assert!(signed.psbt().is_none());
        let Some(Signature::Recoverable(signature)) = signed.signature() else { panic!("{path}") };
        let hex: String = signature.to_bytes().iter().map(|it| format!("{it:02x}")).collect();
        assert_eq!(hex, expected, "{path}");
        let script = address.parse::<bitcoin::Address<_>>().expect("an address");
        let script = script.assume_checked().script_pubkey();
        let written = signed.signature().expect("complete");
        assert!(matches!(verify(&script, &text(message), written), Verdict::Valid(_)));
    }
}

fn refused(desk: &Desk, path: &str) -> Vec<(Code, Grade)> {
    match examine_spoken(spoken(&format!("signmessage {path} ascii:x")), &desk.context()) {
        MessageExamined::Reviewed(_) => panic!("{path} passes"),
        MessageExamined::Refused(refusal) => {
            assert!(!refusal.pages().is_empty());
            refusal.facts().findings.iter().map(|it| (it.code, it.grade)).collect()
        }
    }
}

#[test]
fn other_paths_and_networks_are_refused() {
    let ours = Person::new(OURS);
    let desk = Desk::of(&ours);
    for (path, code) in [
        ("m", Code::UnusualPath),
        ("m/84h/1h/0h/0", Code::UnusualPath),
        ("m/48h/1h/0h/2h/0/0", Code::UnusualPath),
        ("m/84h/1h/999h/0/0", Code::UnusualPath),
        ("m/84h/1h/0h/0/20000", Code::UnusualPath),
        ("m/84h/0h/0h/0/0", Code::NetworkWrong),
        ("m/86h/1h/0h/0/0", Code::FeatureUnsupported),
    ] {
        assert_eq!(refused(&desk, path), [(code, Grade::Refuse)], "{path}");
    }
    assert_eq!(
        refused(&Desk::keyless(), "m/84h/1h/0h/0/0"),
        [(Code::NothingToSign, Grade::Refuse)]
    );
}

#[test]
fn another_seed_signs_nothing_of_it() {
    let (ours, bob) = (Person::new(OURS), Person::new(BOB));
    let desk = Desk::of(&ours);
    let asked = spoken("signmessage m/84h/1h/0h/0/0 ascii:mine");
    let mut walk = walk_of(examine_spoken(asked, &desk.context()));
    while walk.next() {}
    let approved = walk.confirm("sign").unwrap_or_else(|_| panic!("not approved"));
    let error = coldlight::keys::sign_message(approved, &bob.seed()).err();
    assert_eq!(error, Some(coldlight::keys::SignError::MessageKeyDiffers));
}
